#include "edge/become_server.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>
#include <unistd.h>

namespace relaytool::edge {
namespace {

namespace fs = std::filesystem;
constexpr const char* name = "relaytool-server";

/// This program's file. `argv0` serves where there is no /proc and the program was called by its path.
fs::path own_file(const char* argv0) {
    std::error_code error;
    const fs::path linked = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::absolute(argv0, error) : linked;
}

} // namespace

Error become_server(char** argv) {
    const fs::path folder = own_file(argv[0]).parent_path();
    const fs::path installed = folder.parent_path() / "libexec" / "relaytool" / name;
    int reason = ENOENT;
    for (const fs::path& candidate : {folder / name, installed}) {
        ::execv(candidate.c_str(), argv);
        if (errno != ENOENT) reason = errno;
    }
    return {name, std::string(std::strerror(reason)) + ": looked for " + (folder / name).string() + " and " +
                      installed.string() + "; it is a part of relaytool, install it there"};
}

} // namespace relaytool::edge
