#include "edge/curl_library.hpp"

#include "edge/shared_library.hpp"

namespace relaytool::edge {
namespace {

Result<CurlLibrary> load() {
    SharedLibrary library(
        {.name = "curl", .version = 4, .purpose = "mail and https need", .package = "libcurl4"});
    CurlLibrary functions;
    library.find("curl_global_init", functions.global_init);
    library.find("curl_easy_init", functions.easy_init);
    library.find("curl_easy_setopt", functions.easy_setopt);
    library.find("curl_easy_perform", functions.easy_perform);
    library.find("curl_easy_getinfo", functions.easy_getinfo);
    library.find("curl_easy_send", functions.easy_send);
    library.find("curl_easy_recv", functions.easy_recv);
    library.find("curl_easy_strerror", functions.easy_strerror);
    library.find("curl_easy_cleanup", functions.easy_cleanup);
    library.find("curl_slist_append", functions.slist_append);
    library.find("curl_slist_free_all", functions.slist_free_all);
    if (const Result<void> complete = library.check(); !complete) return tl::unexpected(complete.error());
    if (functions.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return tl::unexpected(library.missing("it does not start"));
    return functions;
}

} // namespace

Result<const CurlLibrary*> curl_library() {
    static const Result<CurlLibrary> loaded = load();
    if (!loaded) return tl::unexpected(loaded.error());
    return &*loaded;
}

} // namespace relaytool::edge
