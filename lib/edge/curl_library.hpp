#pragma once

#include "base/result.hpp"

#include <curl/curl.h>

namespace relaytool::edge {

/// The functions of libcurl that are used. The library is loaded at the first use: linked in, it would cost
/// every command some milliseconds at its start.
struct CurlLibrary {
    decltype(&curl_global_init) global_init = nullptr;
    decltype(&curl_easy_init) easy_init = nullptr;
    decltype(&curl_easy_setopt) easy_setopt = nullptr;
    decltype(&curl_easy_perform) easy_perform = nullptr;
    decltype(&curl_easy_getinfo) easy_getinfo = nullptr;
    decltype(&curl_easy_send) easy_send = nullptr;
    decltype(&curl_easy_recv) easy_recv = nullptr;
    decltype(&curl_easy_strerror) easy_strerror = nullptr;
    decltype(&curl_easy_cleanup) easy_cleanup = nullptr;
    decltype(&curl_slist_append) slist_append = nullptr;
    decltype(&curl_slist_free_all) slist_free_all = nullptr;
};

/// Loads the library once; the Error says which one is missing. It stays loaded.
Result<const CurlLibrary*> curl_library();

} // namespace relaytool::edge
