#include "edge/shared_library.hpp"

#include <dlfcn.h>
#include <utility>

namespace relaytool::edge {
namespace {

std::string file_of(const WantedLibrary& wanted) {
    const std::string version = std::to_string(wanted.version);
#ifdef __APPLE__
    return "lib" + wanted.name + "." + version + ".dylib";
#else
    return "lib" + wanted.name + ".so." + version;
#endif
}

} // namespace

// Lazy: most functions of these libraries, and of those that they need, are never called.
SharedLibrary::SharedLibrary(WantedLibrary wanted)
    : wanted_(std::move(wanted)), file_(file_of(wanted_)),
      handle_(dlopen(file_.c_str(), RTLD_LAZY | RTLD_LOCAL)) {
    if (handle_ != nullptr) return;
    const char* why = dlerror();
    problem_ = why == nullptr ? "no reason given" : why;
}

void* SharedLibrary::symbol(const char* name) {
    void* found = handle_ == nullptr ? nullptr : dlsym(handle_, name);
    if (found == nullptr && problem_.empty()) problem_ = std::string(name) + " is missing in it";
    return found;
}

Error SharedLibrary::missing(const std::string& why) const {
    return {file_, wanted_.purpose + " this library, and it cannot be loaded (" + why +
                       "); on Debian and Ubuntu: apt install " + wanted_.package};
}

Result<void> SharedLibrary::check() const {
    if (problem_.empty()) return {};
    return tl::unexpected(missing(problem_));
}

} // namespace relaytool::edge
