#include "domain/dkim.hpp"

#include "base/ascii.hpp"
#include "base/encoding.hpp"
#include "domain/mx.hpp"
#include "domain/public_key.hpp"
#include "domain/tags.hpp"

#include <algorithm>
#include <array>

namespace relaytool::domain {
namespace {

constexpr std::array<std::string_view, 8> probed{"selector1", "selector2", "google", "default",
                                                 "dkim",      "k1",        "s1",     "s2"};
constexpr std::size_t most_keys = 10;

KeyFault read_p(std::string_view value, DkimKey& key) {
    key.has_white_space = std::any_of(value.begin(), value.end(), ascii::is_space);
    if (ascii::trim(value).empty()) return KeyFault::revoked;
    if (key.type != "rsa" && key.type != "ed25519") return KeyFault::unknown_type;
    std::optional<std::string> octets = encoding::strict_base64(value);
    if (!octets) return KeyFault::bad_base64;
    key.octets = *std::move(octets);
    if (key.type == "ed25519") { // RFC 8463 section 4
        key.bits = 256;
        return key.octets.size() == 32 ? KeyFault::none : KeyFault::bad_key;
    }
    const PublicKey read = read_public_key(key.octets);
    key.bits = read.bits;
    return read.kind == PublicKey::Kind::rsa ? KeyFault::none : KeyFault::bad_key;
}

bool lists(std::string_view value, std::string_view word) {
    for (const std::string& each : read_list(value, ':'))
        if (ascii::iequals(each, word)) return true;
    return false;
}

/// Whether the text is meant as a key: other records turn up below wildcards.
bool looks_like_key(std::string_view text) {
    const TagList tags = read_tags(text);
    const std::string_view version = tags.value("v");
    return tags.find("p") != nullptr ? version.empty() || ascii::istarts_with(version, "DKIM")
                                     : ascii::istarts_with(version, "DKIM");
}

/// Whether a Microsoft target begins with this selector, and behind it with what stands for this domain.
bool is_target_of(const dns::Name& target, std::string_view selector, const dns::Name& domain,
                  std::string_view mx_label) {
    const std::string label = target.label_count() == 0 ? "" : ascii::to_lower(target.label(0));
    const std::string start = ascii::to_lower(selector) + "-";
    if (!label.starts_with(start)) return false;
    const std::string_view rest = std::string_view(label).substr(start.size());
    return (!mx_label.empty() && rest == mx_label) || is_label_of(rest, domain);
}

DkimSelector look_at_selector(dns::Cache& cache, const dns::Name& domain, std::string_view selector,
                              std::string_view mx_label) {
    DkimSelector found;
    found.selector = selector;
    found.records = look_at_text(cache, name_below(domain, found.selector + "._domainkey"));
    found.keys = read_dkim_keys(found.records);
    if (found.records.aliases.empty()) return found;
    const dns::Name& target = found.records.aliases.front();
    found.target = target_of(target);
    if (found.target == DkimTarget::microsoft_old || found.target == DkimTarget::microsoft_new)
        found.wrong_target = !is_target_of(target, selector, domain, mx_label);
    return found;
}

/// A selector that Microsoft or Google use for every customer.
bool is_service_selector(std::string_view selector) {
    return selector == "selector1" || selector == "selector2" || selector == "google";
}

bool same_texts(const TextRecords& a, const TextRecords& b) {
    return a.texts == b.texts && a.aliases == b.aliases;
}

} // namespace

std::string_view to_string(KeyFault fault) {
    switch (fault) {
    case KeyFault::none: return "none";
    case KeyFault::no_key: return "no-key";
    case KeyFault::revoked: return "revoked";
    case KeyFault::bad_version: return "bad-version";
    case KeyFault::unknown_type: return "unknown-type";
    case KeyFault::bad_base64: return "bad-base64";
    case KeyFault::bad_key: return "bad-key";
    case KeyFault::not_for_mail: return "not-for-mail";
    }
    return "";
}

DkimKey read_dkim_key(std::string_view text) {
    const TagList tags = read_tags(text);
    DkimKey key;
    key.text = text;
    const Tag* version = tags.find("v");
    key.has_version = version != nullptr;
    if (const std::string_view type = tags.value("k"); !type.empty()) key.type = ascii::to_lower(type);
    key.testing = lists(tags.value("t"), "y");
    key.strict = lists(tags.value("t"), "s");
    const std::string_view hashes = tags.value("h");
    key.sha1_only = !hashes.empty() && !lists(hashes, "sha256");
    const Tag* p = tags.find("p");
    key.fault = p == nullptr ? KeyFault::no_key : read_p(p->value, key);
    const std::string_view services = tags.value("s");
    if (key.fault == KeyFault::none && !services.empty() && !lists(services, "*") &&
        !lists(services, "email"))
        key.fault = KeyFault::not_for_mail;
    // v= is optional, but must be the first tag and say DKIM1.
    if (version != nullptr && (version->value != "DKIM1" || version != tags.tags.data()))
        key.fault = KeyFault::bad_version;
    return key;
}

std::vector<DkimKey> read_dkim_keys(const TextRecords& records) {
    std::vector<DkimKey> keys;
    for (const std::string& text : records.texts)
        if (looks_like_key(text) && keys.size() < most_keys) keys.push_back(read_dkim_key(text));
    return keys;
}

std::span<const std::string_view> known_selectors() {
    return probed;
}

DkimTarget target_of(const dns::Name& name) {
    const std::string text = lower_text(name);
    if (text.find("._domainkey.") != std::string::npos) {
        if (text.ends_with(".onmicrosoft.com")) return DkimTarget::microsoft_old;
        if (text.ends_with(".dkim.mail.microsoft")) return DkimTarget::microsoft_new;
    }
    return DkimTarget::other;
}

void prefetch_dkim(dns::Cache& cache, const dns::Name& domain, std::span<const std::string> selectors) {
    const auto ask = [&](std::string_view selector) {
        cache.prefetch({name_below(domain, std::string(selector) + "._domainkey"), dns::Type::txt});
    };
    ask("*");
    for (const std::string_view selector : probed)
        ask(selector);
    for (const std::string& selector : selectors)
        ask(selector);
}

std::vector<DkimSelector> look_at_dkim(dns::Cache& cache, const dns::Name& domain,
                                       std::span<const std::string> selectors, std::string_view mx_label) {
    std::vector<DkimSelector> found;
    for (const std::string& selector : selectors) {
        found.push_back(look_at_selector(cache, domain, selector, mx_label));
        found.back().origin = SelectorOrigin::wanted;
    }
    DkimSelector wildcard = look_at_selector(cache, domain, "*", mx_label);
    wildcard.origin = SelectorOrigin::wildcard;
    if (!wildcard.keys.empty()) found.push_back(wildcard);
    bool has_unanswered = false;
    for (const std::string_view selector : probed) {
        if (std::find(selectors.begin(), selectors.end(), selector) != selectors.end()) continue;
        DkimSelector one = look_at_selector(cache, domain, selector, mx_label);
        if (wildcard.is_found() && same_texts(one.records, wildcard.records)) continue;
        const bool is_there = !one.keys.empty() || !one.records.aliases.empty();
        if (!is_there && !one.records.failed()) continue;
        // Of selectors that no service insists on one stands for all: nothing was found, and that proves
        // nothing.
        const bool is_stand_in = !is_there && !is_service_selector(selector);
        if (is_stand_in && has_unanswered) continue;
        has_unanswered = has_unanswered || is_stand_in;
        found.push_back(std::move(one));
    }
    return found;
}

std::string sibling_target(const DkimSelector& known, std::string_view selector) {
    if (known.records.aliases.empty()) return {};
    const std::string target = known.records.aliases.front().text();
    if (!ascii::istarts_with(target, known.selector + "-")) return {};
    return std::string(selector) + target.substr(known.selector.size());
}

} // namespace relaytool::domain
