#include "diagnosis/host_family.hpp"

#include "base/ascii.hpp"
#include "base/gram_set.hpp"

#include <utility>

namespace relaytool::diagnosis {
namespace {

using Row = std::pair<std::string_view, HostFamily>;

constexpr Row hosts[] = {
    {"outlook.com", HostFamily::microsoft},  {"office365.com", HostFamily::microsoft},
    {"outlook.cn", HostFamily::microsoft},   {"office365.us", HostFamily::microsoft},
    {"mx.microsoft", HostFamily::microsoft}, {"hotmail.com", HostFamily::microsoft},
    {"google.com", HostFamily::google},      {"googlemail.com", HostFamily::google},
    {"gmail.com", HostFamily::google},       {"yahoodns.net", HostFamily::yahoo},
    {"yahoo.com", HostFamily::yahoo},        {"aol.com", HostFamily::yahoo},
    {"icloud.com", HostFamily::apple},       {"apple.com", HostFamily::apple},
};

constexpr Row wordings[] = {
    {"AADSTS", HostFamily::microsoft},
    {".prod.outlook.com", HostFamily::microsoft},
    {".protection.outlook.com", HostFamily::microsoft},
    {"STOREDRV", HostFamily::microsoft},
    {"aka.ms/", HostFamily::microsoft},
    {"go.microsoft.com", HostFamily::microsoft},
    {"delist@microsoft.com", HostFamily::microsoft},
    {"sender.office.com", HostFamily::microsoft},
    {"support.microsoft.com", HostFamily::microsoft},
    {"gsmtp", HostFamily::google},
    {"support.google.com", HostFamily::google},
    {"Gmail", HostFamily::google},
    {"postmaster.yahooinc.com", HostFamily::yahoo},
    {"postmaster.yahoo", HostFamily::yahoo},
    {"support.apple.com", HostFamily::apple},
};

} // namespace

HostFamily family_of_host(std::string_view host) {
    for (const auto& [suffix, family] : hosts) {
        if (!ascii::iends_with(host, suffix)) continue;
        if (host.size() == suffix.size() || host[host.size() - suffix.size() - 1] == '.') return family;
    }
    return HostFamily::any;
}

HostFamily family_of_text(std::string_view text) {
    const GramSet grams(text);
    for (const auto& [words, family] : wordings)
        if (grams.may_hold(words) && ascii::icontains(text, words)) return family;
    return HostFamily::any;
}

} // namespace relaytool::diagnosis
