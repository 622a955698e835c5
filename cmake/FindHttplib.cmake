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
    # Its classes have other members without them: the header has to see what the library was built with.
    find_package(PkgConfig QUIET)
    if(PKG_CONFIG_FOUND)
      pkg_check_modules(Httplib_PC QUIET cpp-httplib)
    endif()
    if(NOT Httplib_PC_CFLAGS_OTHER)
      set(Httplib_PC_CFLAGS_OTHER -DCPPHTTPLIB_OPENSSL_SUPPORT -DCPPHTTPLIB_ZLIB_SUPPORT -DCPPHTTPLIB_BROTLI_SUPPORT)
    endif()
    set_target_properties(Httplib::httplib PROPERTIES INTERFACE_COMPILE_OPTIONS "${Httplib_PC_CFLAGS_OTHER}")
  endif()
endif()
