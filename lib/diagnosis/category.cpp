#include "diagnosis/category.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace relaytool::diagnosis {
namespace {

constexpr std::array<std::string_view, 54> categories{
    "auth-failed",
    "smtp-auth-disabled",
    "basic-auth-retired",
    "auth-blocked-by-policy",
    "auth-mechanism-unsupported",
    "not-authenticated",
    "send-as-denied",
    "relay-not-attributed",
    "wrong-region",
    "direct-send-rejected",
    "relay-denied",
    "domain-not-registered",
    "sending-limit",
    "throttled",
    "tenant-blocked",
    "sender-blocked",
    "sender-rejected",
    "ip-blocked",
    "spf-fail",
    "dkim-fail",
    "dmarc-fail",
    "sender-authentication",
    "ptr-missing",
    "helo-bad",
    "tls-required",
    "tls-version",
    "tls-certificate",
    "host-unknown",
    "host-not-accepting",
    "connection-failed",
    "expired",
    "mail-loop",
    "recipient-unknown",
    "recipient-restricted",
    "recipient-disabled",
    "recipient-moved",
    "mailbox-full",
    "sender-mailbox-full",
    "message-too-big",
    "spam-reject",
    "virus-reject",
    "policy-reject",
    "malformed-message",
    "protocol-error",
    "remote-system-error",
    "remote-system-full",
    "pickup-file-invalid",
    "ndr-undeliverable",
    "delayed",
    "delivered",
    "auto-reply",
    "complaint",
    "not-a-bounce",
    "unknown",
};
static_assert(categories.size() == static_cast<std::size_t>(Category::unknown) + 1);

constexpr std::array<std::string_view, 6> owners{"you",       "tenant-admin", "dns-admin",
                                                 "recipient", "provider",     "nobody"};
constexpr std::array<std::string_view, 4> severities{"error", "warning", "info", "ok"};

} // namespace

std::string_view to_string(Category category) {
    return categories[static_cast<std::size_t>(category)];
}
std::string_view to_string(Owner owner) {
    return owners[static_cast<std::size_t>(owner)];
}
std::string_view to_string(Severity severity) {
    return severities[static_cast<std::size_t>(severity)];
}

std::optional<Category> category_from(std::string_view name) {
    const auto found = std::find(categories.begin(), categories.end(), name);
    if (found == categories.end()) return std::nullopt;
    return static_cast<Category>(found - categories.begin());
}

} // namespace relaytool::diagnosis
