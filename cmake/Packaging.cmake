# cmake --install, find_package(relaytool) for other projects, cpack.

include(CMakePackageConfigHelpers)

install(TARGETS relaytool_core EXPORT relaytoolTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS relaytool RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS relaytool-server RUNTIME DESTINATION libexec/relaytool)
install(DIRECTORY lib/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/relaytool
        FILES_MATCHING PATTERN "*.hpp" PATTERN "edge" EXCLUDE
        PATTERN "json.hpp" EXCLUDE # the renderers share it; it needs nlohmann-json
        PATTERN "*_sheet.hpp" EXCLUDE) # each shared by the parts of one judge_…()
install(EXPORT relaytoolTargets NAMESPACE relaytool:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/relaytool)
configure_package_config_file(cmake/relaytoolConfig.cmake.in relaytoolConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/relaytool)
write_basic_package_version_file(relaytoolConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/relaytoolConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/relaytoolConfigVersion.cmake
              cmake/FindLibidn2.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/relaytool)
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
file(GLOB man_pages CONFIGURE_DEPENDS docs/man/*.1)
install(FILES ${man_pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
