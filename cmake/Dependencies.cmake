# The only find_package calls of the project. Installed libraries first, always; a download is a decision
# (RELAYTOOL_FETCH_DEPS), and only for libraries that are headers.

include(FetchContent)

function(relaytool_require package debian url tag)
  find_package(${package} QUIET)
  if(${package}_FOUND)
    return()
  endif()
  if(NOT RELAYTOOL_FETCH_DEPS)
    message(FATAL_ERROR "${package} was not found. On Debian and Ubuntu: apt install ${debian}. "
                        "Elsewhere install it, or set RELAYTOOL_FETCH_DEPS=ON to download it.")
  endif()
  FetchContent_Declare(${package} GIT_REPOSITORY ${url} GIT_TAG ${tag})
  FetchContent_MakeAvailable(${package})
endfunction()

relaytool_require(CLI11 libcli11-dev https://github.com/CLIUtils/CLI11.git v2.4.2)
relaytool_require(fmt libfmt-dev https://github.com/fmtlib/fmt.git 10.2.1)
relaytool_require(nlohmann_json nlohmann-json3-dev https://github.com/nlohmann/json.git v3.11.3)
relaytool_require(tl-expected libexpected-dev https://github.com/TartanLlama/expected.git v1.1.0)
# A shared libfmt would bring the shared C++ library with it.
if(RELAYTOOL_STATIC)
  add_library(relaytool_fmt STATIC ${CMAKE_CURRENT_LIST_DIR}/fmt_library.cpp)
  target_include_directories(relaytool_fmt SYSTEM PUBLIC $<TARGET_PROPERTY:fmt::fmt,INTERFACE_INCLUDE_DIRECTORIES>)
  # Who links relaytool_core of an installation has the ordinary one.
  set(relaytool_fmt $<BUILD_INTERFACE:relaytool_fmt> $<INSTALL_INTERFACE:fmt::fmt>)
else()
  set(relaytool_fmt fmt::fmt)
endif()
find_package(Iconv REQUIRED)
find_package(Libidn2 REQUIRED)
find_package(CAres REQUIRED)
find_package(CURL REQUIRED) # its headers; the program loads the library when it needs it
find_package(OpenSSL 3.0 REQUIRED) # its headers for the tool itself, which loads libcrypto when it signs
find_package(TomlPlusPlus REQUIRED) # profiles in config.toml
find_package(Threads REQUIRED)
# Of relaytool-server alone: the small program would start later with them.
find_package(Asio REQUIRED)
find_package(Httplib REQUIRED)
if(RELAYTOOL_BUILD_TESTS)
  # No version: version 3's package refuses to be asked for version 2, and both serve.
  relaytool_require(Catch2 catch2 https://github.com/catchorg/Catch2.git v3.5.4)
endif()
