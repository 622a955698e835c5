#include "edge/curl_certificates.hpp"

#include "mail/date.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

namespace relaytool::edge {
namespace {

constexpr int longest_chain = 10;
constexpr std::size_t most_names = 100;

/// libcurl gives "Name:value" lines.
std::string_view value_of(const curl_slist* list, std::string_view name) {
    for (; list != nullptr; list = list->next) {
        std::string_view line(list->data);
        if (line.size() <= name.size() || !line.starts_with(name) || line[name.size()] != ':') continue;
        line.remove_prefix(name.size() + 1);
        return line;
    }
    return {};
}

/// OpenSSL's "Nov  1 00:00:00 2026 GMT".
std::int64_t seconds_of(std::string_view date) {
    std::istringstream words{std::string(date)};
    std::string month;
    std::string day;
    std::string time;
    std::string year;
    words >> month >> day >> time >> year;
    return mail::read_date(day.append(" ").append(month).append(" ").append(year).append(" ").append(time) +
                           " +0000")
        .value_or(0);
}

/// "DNS:mail.example.com, DNS:example.com, IP Address:192.0.2.1".
std::vector<std::string> names_of(std::string_view list) {
    std::vector<std::string> names;
    while (!list.empty() && names.size() < most_names) {
        std::string_view item = list.substr(0, list.find(','));
        list.remove_prefix(std::min(item.size() + 1, list.size()));
        while (item.starts_with(' '))
            item.remove_prefix(1);
        for (const std::string_view kind : {std::string_view("DNS:"), std::string_view("IP Address:")})
            if (item.starts_with(kind)) names.emplace_back(item.substr(kind.size()));
    }
    return names;
}

/// "rsaEncryption" and "2048", or "id-ecPublicKey" and nothing.
std::string key_of(const curl_slist* list) {
    const std::string_view algorithm = value_of(list, "Public Key Algorithm");
    if (algorithm == "rsaEncryption") return "RSA " + std::string(value_of(list, "RSA Public Key"));
    if (algorithm == "id-ecPublicKey") return "ECDSA";
    return std::string(algorithm);
}

} // namespace

std::vector<smtp::Certificate> read_chain(const CurlLibrary& curl, CURL* easy) {
    std::vector<smtp::Certificate> chain;
    curl_certinfo* info = nullptr;
    if (curl.easy_getinfo(easy, CURLINFO_CERTINFO, &info) != CURLE_OK || info == nullptr) return chain;
    for (int i = 0; i < std::min(info->num_of_certs, longest_chain); ++i) {
        const curl_slist* list = info->certinfo[i]; // NOLINT(cppcoreguidelines-pro-bounds-pointer-arithmetic)
        chain.push_back({std::string(value_of(list, "Subject")), std::string(value_of(list, "Issuer")),
                         names_of(value_of(list, "X509v3 Subject Alternative Name")),
                         seconds_of(value_of(list, "Start date")), seconds_of(value_of(list, "Expire date")),
                         key_of(list)});
    }
    return chain;
}

} // namespace relaytool::edge
