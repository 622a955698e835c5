# CAres::cares. Newer releases bring a package of their own (c-ares::cares); Debian 12's does not.
# With RELAYTOOL_STATIC the static library, where it is installed.
find_package(c-ares CONFIG QUIET)
if(TARGET c-ares::cares)
  if(NOT TARGET CAres::cares)
    add_library(CAres::cares INTERFACE IMPORTED)
    set_target_properties(CAres::cares PROPERTIES INTERFACE_LINK_LIBRARIES c-ares::cares)
  endif()
  set(CAres_FOUND TRUE)
  return()
endif()

find_path(CAres_INCLUDE_DIR ares.h)
if(RELAYTOOL_STATIC)
  find_library(CAres_LIBRARY NAMES libcares.a cares)
else()
  find_library(CAres_LIBRARY NAMES cares)
endif()
mark_as_advanced(CAres_INCLUDE_DIR CAres_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(CAres REQUIRED_VARS CAres_LIBRARY CAres_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "On Debian and Ubuntu: apt install libc-ares-dev.")
if(CAres_FOUND AND NOT TARGET CAres::cares)
  add_library(CAres::cares UNKNOWN IMPORTED)
  set_target_properties(CAres::cares PROPERTIES
    IMPORTED_LOCATION "${CAres_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${CAres_INCLUDE_DIR}")
endif()
