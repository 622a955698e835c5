#include "sandbox/mail_api.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace relaytool::sandbox {
namespace {

constexpr std::string_view messages_path = "/api/v1/messages";
constexpr std::string_view message_path = "/api/v1/message/";
constexpr std::string_view view_path = "/view/";
constexpr std::string_view for_reading = "GET, HEAD";

bool is_reading(const WebRequest& request) {
    return request.method == "GET" || request.method == "HEAD";
}

std::size_t number_or(std::string_view text, std::size_t otherwise) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : otherwise;
}

MailListing list(const WebRequest& request, const MailStore& store, Audience audience) {
    const Form query(request.query);
    auto mails = store.all();
    MailListing listing{
        audience, {}, mails.size(), std::min(number_or(query.value("start"), 0), mails.size())};
    const std::size_t limit = std::min(number_or(query.value("limit"), default_listing), longest_listing);
    const std::size_t count = std::min(limit, mails.size() - listing.start);
    const auto first = mails.rbegin() + static_cast<std::ptrdiff_t>(listing.start);
    listing.mails.assign(first, first + static_cast<std::ptrdiff_t>(count));
    return listing;
}

MailAnswer remove(const WebRequest& request, MailStore& store, const IdReader& read_ids) {
    if (request.body.empty()) {
        const std::size_t count = store.all().size();
        store.clear();
        return MailsRemoved{count};
    }
    const auto ids = read_ids(request.body);
    if (!ids) return MailMisuse{400, Audience::programs}; // never take a broken list for "all"
    const auto count =
        std::count_if(ids->begin(), ids->end(), [&store](const std::string& id) { return store.remove(id); });
    return MailsRemoved{static_cast<std::size_t>(count)};
}

std::shared_ptr<const StoredMail> find(const MailStore& store, std::string_view id) {
    if (id != "latest") return store.find(id);
    const auto mails = store.all();
    return mails.empty() ? nullptr : mails.back();
}

/// `{id}`, `{id}/raw`, `{id}/headers`.
MailAnswer show(std::string_view rest, const MailStore& store) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    auto mail = find(store, rest.substr(0, slash));
    const std::string_view what = rest.substr(slash);
    if (mail != nullptr && what.empty()) return MailShown{Audience::programs, std::move(mail)};
    if (mail != nullptr && what == "/raw") return MailOctets{std::move(mail)};
    if (mail != nullptr && what == "/headers") return MailHeader{std::move(mail)};
    return MailMisuse{404, Audience::programs};
}

MailInfo look(const MailStore& store) {
    MailInfo info;
    for (const auto& mail : store.all()) {
        ++info.count;
        info.octets += mail->mail.octets.size();
    }
    return info;
}

} // namespace

MailAnswer answer_mail(const WebRequest& request, MailStore& store, const IdReader& read_ids) {
    const std::string_view path = request.path;
    const Audience audience = path.starts_with("/api/") ? Audience::programs : Audience::people;
    if (path == messages_path) {
        if (is_reading(request)) return list(request, store, audience);
        if (request.method == "DELETE") return remove(request, store, read_ids);
        return MailMisuse{405, audience, "GET, HEAD, DELETE"};
    }
    if (!is_reading(request)) return MailMisuse{405, audience, for_reading};
    if (path == "/") return list(request, store, audience);
    if (path == "/style.css") return StyleSheet{};
    if (path == "/api/v1/info") return look(store);
    if (path.starts_with(message_path)) return show(path.substr(message_path.size()), store);
    if (path.starts_with(view_path))
        if (auto mail = find(store, path.substr(view_path.size())))
            return MailShown{audience, std::move(mail)};
    return MailMisuse{404, audience};
}

} // namespace relaytool::sandbox
