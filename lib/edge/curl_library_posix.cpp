#include "edge/curl_library.hpp"

#include <dlfcn.h>
#include <string>

namespace relaytool::edge {
namespace {

#ifdef __APPLE__
constexpr const char* file_name = "libcurl.4.dylib";
#else
constexpr const char* file_name = "libcurl.so.4";
#endif

template <class Function>
bool find(void* library, const char* name, Function& function) {
    // POSIX promises that a function's address fits.
    function = reinterpret_cast<Function>(dlsym(library, name));
    return function != nullptr;
}

Result<CurlLibrary> load() {
    const auto missing = [](const std::string& why) {
        return tl::unexpected(Error{file_name, "mail and https need this library, and it cannot be loaded (" +
                                                   why + "); on Debian and Ubuntu: apt install libcurl4"});
    };
    void* library = dlopen(file_name, RTLD_LAZY | RTLD_LOCAL);
    if (library == nullptr) {
        const char* why = dlerror();
        return missing(why == nullptr ? "no reason given" : why);
    }
    CurlLibrary functions;
    const bool complete = find(library, "curl_global_init", functions.global_init) &&
                          find(library, "curl_easy_init", functions.easy_init) &&
                          find(library, "curl_easy_setopt", functions.easy_setopt) &&
                          find(library, "curl_easy_perform", functions.easy_perform) &&
                          find(library, "curl_easy_getinfo", functions.easy_getinfo) &&
                          find(library, "curl_easy_send", functions.easy_send) &&
                          find(library, "curl_easy_recv", functions.easy_recv) &&
                          find(library, "curl_easy_strerror", functions.easy_strerror) &&
                          find(library, "curl_easy_cleanup", functions.easy_cleanup) &&
                          find(library, "curl_slist_append", functions.slist_append) &&
                          find(library, "curl_slist_free_all", functions.slist_free_all);
    if (!complete) return missing("functions are missing in it");
    if (functions.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return missing("it does not start");
    return functions;
}

} // namespace

Result<const CurlLibrary*> curl_library() {
    static const Result<CurlLibrary> loaded = load();
    if (!loaded) return tl::unexpected(loaded.error());
    return &*loaded;
}

} // namespace relaytool::edge
