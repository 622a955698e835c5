# Runs one case file against the program: cmake -DPROGRAM=… -DCASE=… -DSCRATCH=… -P run_case.cmake
#
# A case file is plain text in sections; what stands in front of the first one is a comment for readers.
#
#   --- args        one argument a line, taken literally, but <CR> and <LF> stand for these characters
#   --- stdin       what the program reads from standard input
#   --- env         NAME=VALUE a line; LC_ALL=C.UTF-8, COLUMNS=80 and TERM=dumb unless it says otherwise
#   --- directory   where to run, relative to the source tree; tests/cases/data when absent
#   --- exit        the exit code expected; 0 when absent
#   --- stdout      the lines expected, exactly; `...` alone on a line stands for any lines, or none, and at the end of
#                   a line for the rest of that line
#   --- stderr      the same for standard error
#
# An absent stdout or stderr section expects nothing in particular; an empty one expects no output.
cmake_minimum_required(VERSION 3.25)

# Cuts the first line off the text in `text_name`. No CMake lists: `;` and brackets are ordinary characters here.
function(take_line text_name line_name)
  set(text "${${text_name}}")
  string(FIND "${text}" "\n" end)
  if(end EQUAL -1)
    set(line "${text}")
    set(text "")
  else()
    string(SUBSTRING "${text}" 0 ${end} line)
    math(EXPR end "${end} + 1")
    string(SUBSTRING "${text}" ${end} -1 text)
  endif()
  set(${line_name} "${line}" PARENT_SCOPE)
  set(${text_name} "${text}" PARENT_SCOPE)
endfunction()

# Finds `block` in `rest` of the caller, at its start when `anchored`, and cuts off everything in front of its last
# line end; without one, in front of the end of the line that it begins.
macro(take_block)
  string(FIND "${rest}" "${block}" at)
  if(at EQUAL -1 OR (anchored AND NOT at EQUAL 0))
    set(${result_name} FALSE PARENT_SCOPE)
    return()
  endif()
  string(LENGTH "${block}" size)
  math(EXPR at "${at} + ${size}")
  if(block MATCHES "\n$")
    math(EXPR at "${at} - 1")
  endif()
  string(SUBSTRING "${rest}" ${at} -1 rest)
  string(FIND "${rest}" "\n" at)
  string(SUBSTRING "${rest}" ${at} -1 rest)
  set(block "\n")
endmacro()

# Whether `actual` is made of the lines of `expected`.
function(compare actual expected result_name)
  set(rest "\n${actual}")
  if(NOT rest MATCHES "\n$")
    string(APPEND rest "\n")
  endif()
  set(anchored TRUE)
  set(block "\n")
  while(NOT expected STREQUAL "")
    take_line(expected line)
    if(line STREQUAL "...")
      take_block()
      set(anchored FALSE)
    elseif(line MATCHES "[.][.][.]$")
      string(LENGTH "${line}" size)
      math(EXPR size "${size} - 3")
      string(SUBSTRING "${line}" 0 ${size} line)
      string(APPEND block "${line}")
      take_block()
      set(anchored TRUE)
    else()
      string(APPEND block "${line}\n")
    endif()
  endwhile()
  # What is left is the end.
  string(LENGTH "${block}" size)
  string(LENGTH "${rest}" total)
  math(EXPR at "${total} - ${size}")
  if(NOT at LESS 0 AND NOT anchored)
    string(SUBSTRING "${rest}" ${at} -1 rest)
  endif()
  if(rest STREQUAL block)
    set(${result_name} TRUE PARENT_SCOPE)
  else()
    set(${result_name} FALSE PARENT_SCOPE)
  endif()
endfunction()

function(check name actual)
  if(NOT DEFINED section_${name})
    return()
  endif()
  string(REPLACE "\r" "" actual "${actual}")
  compare("${actual}" "${section_${name}}" same)
  if(NOT same)
    message(NOTICE "-- ${name} expected --\n${section_${name}}-- ${name} --\n${actual}--")
    message(SEND_ERROR "${CASE}: ${name} differs")
  endif()
endfunction()

# The sections.
file(READ "${CASE}" text)
string(REPLACE "\r" "" text "${text}")
set(section "")
while(NOT text STREQUAL "")
  take_line(text line)
  if(line MATCHES "^--- (args|stdin|env|directory|exit|stdout|stderr)$")
    set(section "${CMAKE_MATCH_1}")
    set(section_${section} "")
  elseif(line MATCHES "^--- [a-z]+$")
    message(FATAL_ERROR "${CASE}: no section is called '${line}'")
  elseif(NOT section STREQUAL "")
    string(APPEND section_${section} "${line}\n")
  endif()
endwhile()

set(ENV{LC_ALL} "C.UTF-8")
set(ENV{COLUMNS} "80")
set(ENV{TERM} "dumb")
while(NOT "${section_env}" STREQUAL "")
  take_line(section_env line)
  if(line MATCHES "^([A-Za-z_0-9]+)=(.*)$")
    set(ENV{${CMAKE_MATCH_1}} "${CMAKE_MATCH_2}")
  endif()
endwhile()

get_filename_component(name "${CASE}" NAME_WE)
get_filename_component(folder "${CASE}" DIRECTORY)
if(folder MATCHES "/data$")
  set(directory "${folder}")
else()
  set(directory "${folder}/data")
endif()
if(DEFINED section_directory)
  string(STRIP "${section_directory}" section_directory)
  get_filename_component(directory "${CMAKE_CURRENT_LIST_DIR}/../../${section_directory}" ABSOLUTE)
endif()

file(WRITE "${SCRATCH}/${name}.stdin" "${section_stdin}")
set(command "[====[${PROGRAM}]====]")
while(NOT "${section_args}" STREQUAL "")
  take_line(section_args line)
  string(REPLACE "<CR>" "\r" line "${line}")
  string(REPLACE "<LF>" "\n" line "${line}")
  string(APPEND command " [====[${line}]====]")
endwhile()
# Arguments in brackets are taken literally, whatever is in them.
cmake_language(EVAL CODE "
  execute_process(COMMAND ${command}
    WORKING_DIRECTORY [====[${directory}]====]
    INPUT_FILE [====[${SCRATCH}/${name}.stdin]====]
    RESULT_VARIABLE exit OUTPUT_VARIABLE out ERROR_VARIABLE err TIMEOUT 60)")

set(expected_exit 0)
if(DEFINED section_exit)
  string(STRIP "${section_exit}" expected_exit)
endif()
if(NOT "${exit}" STREQUAL "${expected_exit}")
  message(NOTICE "-- stdout --\n${out}-- stderr --\n${err}--")
  message(SEND_ERROR "${CASE}: exit ${exit}, expected ${expected_exit}")
endif()
check(stdout "${out}")
check(stderr "${err}")
