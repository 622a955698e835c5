#include "edge/curl_web.hpp"

#include "base/percent_encoded.hpp"
#include "edge/curl_library.hpp"
#include "edge/resolve_entry.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::edge {
namespace {

constexpr std::size_t longest_body = 64 * 1024; // RFC 8461 section 3.3 lets a policy be limited to 64 KB
constexpr std::size_t longest_token_answer = 256 * 1024;
constexpr long longest_wait = 10;            // seconds
constexpr long longest_wait_for_tokens = 30; // seconds

/// An answer that comes in, and how much of it is kept.
struct Incoming {
    HttpAnswer answer;
    std::size_t longest;
};

std::size_t keep(const char* data, std::size_t size, std::size_t count, void* user) {
    auto& [answer, longest] = *static_cast<Incoming*>(user);
    const std::size_t octets = size * count;
    const std::size_t room = longest - answer.body.size();
    answer.body.append(data, std::min(octets, room));
    if (octets <= room) return octets;
    answer.is_cut = true;
    return 0; // enough: ends the transfer
}

std::string_view host_of(std::string_view url) {
    constexpr std::size_t scheme = 8; // https://
    return url.substr(scheme, url.find_first_of(":/", scheme) - scheme);
}

std::string encoded(const HttpForm& form) {
    std::string body;
    for (const auto& [name, value] : form)
        body.append(body.empty() ? "" : "&")
            .append(percent_encoded(name))
            .append("=")
            .append(percent_encoded(value));
    return body;
}

/// What both kinds of requests have in common.
void set_up(const CurlLibrary& curl, CURL* easy, const std::string& url, std::string& why) {
    curl.easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl.easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl.easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl.easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl.easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl.easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl.easy_setopt(easy, CURLOPT_USERAGENT, "relaytool");
    curl.easy_setopt(easy, CURLOPT_ERRORBUFFER, why.data());
    curl.easy_setopt(easy, CURLOPT_WRITEFUNCTION, &keep);
}

Result<HttpAnswer> perform(const CurlLibrary& curl, CURL* easy, const std::string& url, std::size_t longest,
                           std::string& why) {
    Incoming incoming{{}, longest};
    HttpAnswer& answer = incoming.answer;
    curl.easy_setopt(easy, CURLOPT_WRITEDATA, &incoming);
    const CURLcode code = curl.easy_perform(easy);
    if (code != CURLE_OK && !answer.is_cut) {
        why.resize(std::min(why.find('\0'), why.size()));
        return tl::unexpected(Error{url, why.empty() ? curl.easy_strerror(code) : why});
    }
    long status = 0;
    curl.easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    const char* type = nullptr;
    curl.easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &type);
    answer.status = static_cast<int>(status);
    if (type != nullptr) answer.content_type = type;
    const char* redirect = nullptr;
    curl.easy_getinfo(easy, CURLINFO_REDIRECT_URL, &redirect);
    if (redirect != nullptr) answer.redirect = redirect;
    return std::move(answer);
}

} // namespace

Result<HttpAnswer> CurlWeb::post(const std::string& url, const HttpForm& form, const std::string& ca_file) {
    const auto library = curl_library();
    if (!library) return tl::unexpected(library.error());
    const CurlLibrary& curl = **library;
    const std::unique_ptr<CURL, decltype(curl.easy_cleanup)> handle(curl.easy_init(), curl.easy_cleanup);
    if (!handle) return tl::unexpected(Error{"libcurl", "out of memory"});
    std::string why(CURL_ERROR_SIZE, '\0');
    const std::string body = encoded(form);
    CURL* easy = handle.get();
    set_up(curl, easy, url, why);
    curl.easy_setopt(easy, CURLOPT_PROTOCOLS_STR, url.starts_with("http://") ? "http" : "https");
    if (url.starts_with("http://")) curl.easy_setopt(easy, CURLOPT_PROXY, ""); // loopback
    curl.easy_setopt(easy, CURLOPT_TIMEOUT, longest_wait_for_tokens);
    if (!ca_file.empty()) curl.easy_setopt(easy, CURLOPT_CAINFO, ca_file.c_str());
    curl.easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl.easy_setopt(easy, CURLOPT_POSTFIELDS, body.c_str());
    return perform(curl, easy, url, longest_token_answer, why);
}

Result<HttpAnswer> CurlWeb::get(const std::string& url, const std::vector<ip::Address>& addresses) {
    const auto library = curl_library();
    if (!library) return tl::unexpected(library.error());
    const CurlLibrary& curl = **library;
    const std::unique_ptr<CURL, decltype(curl.easy_cleanup)> handle(curl.easy_init(), curl.easy_cleanup);
    if (!handle) return tl::unexpected(Error{"libcurl", "out of memory"});
    const std::unique_ptr<curl_slist, decltype(curl.slist_free_all)> place(
        addresses.empty() ? nullptr
                          : curl.slist_append(nullptr, resolve_entry(host_of(url), 443, addresses).c_str()),
        curl.slist_free_all);
    std::string why(CURL_ERROR_SIZE, '\0');
    CURL* easy = handle.get();
    set_up(curl, easy, url, why);
    if (place) curl.easy_setopt(easy, CURLOPT_RESOLVE, place.get());
    curl.easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    curl.easy_setopt(easy, CURLOPT_TIMEOUT, longest_wait);
    return perform(curl, easy, url, longest_body, why);
}

} // namespace relaytool::edge
