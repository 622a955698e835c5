# Warnings and sanitizers for our own targets: an INTERFACE target, so that they never leak into a library's code
# or into programs that use ours.

add_library(relaytool_options INTERFACE)
if(MSVC)
  target_compile_options(relaytool_options INTERFACE /W4 /WX /permissive- /utf-8)
else()
  target_compile_options(relaytool_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
    -Wold-style-cast -Wcast-align -Wformat=2 -Werror
    # Rows and options are written as designated initialisers that leave out what does not matter.
    -Wno-missing-field-initializers
    $<$<CXX_COMPILER_ID:Clang>:-Wreserved-identifier>
    # GCC 12 sees overlaps and sizes in `"text" + string` that are not there (GCC bug 105651 and its kin).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-stringop-overflow;-Wno-stringop-overread;-Wno-array-bounds>)
  if(RELAYTOOL_SANITIZE)
    target_compile_options(relaytool_options INTERFACE
      -fsanitize=${RELAYTOOL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(relaytool_options INTERFACE -fsanitize=${RELAYTOOL_SANITIZE})
  endif()
endif()
