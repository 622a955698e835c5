# Httplib::httplib: cpp-httplib. Its own package brings httplib::httplib; Debian 12's is not complete, and its library is
# split from the header.
find_path(Httplib_INCLUDE_DIR httplib.h)
find_library(Httplib_LIBRARY NAMES cpp-httplib)
mark_as_advanced(Httplib_INCLUDE_DIR Httplib_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Httplib REQUIRED_VARS Httplib_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "On Debian and Ubuntu: apt install libcpp-httplib-dev.")
if(Httplib_FOUND AND NOT TARGET Httplib::httplib)
  # Elsewhere the header is all there is.
  add_library(Httplib::httplib INTERFACE IMPORTED)
  set_target_properties(Httplib::httplib PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${Httplib_INCLUDE_DIR}")
  if(Httplib_LIBRARY)
    set_target_properties(Httplib::httplib PROPERTIES INTERFACE_LINK_LIBRARIES "${Httplib_LIBRARY}")
  endif()
endif()
