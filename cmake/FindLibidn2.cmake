# Libidn2::Libidn2. Its package has a pkg-config file only. Installed beside relaytoolConfig.cmake, which needs it.
find_path(Libidn2_INCLUDE_DIR idn2.h)
# With RELAYTOOL_STATIC the static library, where that and the one it needs are installed.
if(RELAYTOOL_STATIC)
  find_library(Libidn2_UNISTRING_LIBRARY NAMES libunistring.a)
endif()
if(Libidn2_UNISTRING_LIBRARY)
  find_library(Libidn2_LIBRARY NAMES libidn2.a idn2)
else()
  find_library(Libidn2_LIBRARY NAMES idn2)
endif()
mark_as_advanced(Libidn2_INCLUDE_DIR Libidn2_LIBRARY Libidn2_UNISTRING_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Libidn2 REQUIRED_VARS Libidn2_LIBRARY Libidn2_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "On Debian and Ubuntu: apt install libidn2-dev.")
if(Libidn2_FOUND AND NOT TARGET Libidn2::Libidn2)
  add_library(Libidn2::Libidn2 UNKNOWN IMPORTED)
  set_target_properties(Libidn2::Libidn2 PROPERTIES
    IMPORTED_LOCATION "${Libidn2_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${Libidn2_INCLUDE_DIR}")
  if(Libidn2_LIBRARY MATCHES "\\.a$")
    set_target_properties(Libidn2::Libidn2 PROPERTIES INTERFACE_LINK_LIBRARIES "${Libidn2_UNISTRING_LIBRARY}")
  endif()
endif()
