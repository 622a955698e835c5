#pragma once

#include <optional>
#include <string_view>

namespace relaytool::diagnosis {

/// The closed set of causes. The names in JSON are the same words with hyphens; docs/catalogue.md lists what
/// each one covers.
enum class Category {
    auth_failed,
    smtp_auth_disabled,
    basic_auth_retired,
    auth_blocked_by_policy,
    auth_mechanism_unsupported,
    not_authenticated,
    send_as_denied,
    relay_not_attributed,
    wrong_region,
    direct_send_rejected,
    relay_denied,
    domain_not_registered,
    sending_limit,
    throttled,
    tenant_blocked,
    sender_blocked,
    sender_rejected,
    ip_blocked,
    spf_fail,
    dkim_fail,
    dmarc_fail,
    sender_authentication,
    ptr_missing,
    helo_bad,
    tls_required,
    tls_version,
    tls_certificate,
    host_unknown,
    host_not_accepting,
    connection_failed,
    expired,
    mail_loop,
    recipient_unknown,
    recipient_restricted,
    recipient_disabled,
    recipient_moved,
    mailbox_full,
    sender_mailbox_full,
    message_too_big,
    spam_reject,
    virus_reject,
    policy_reject,
    malformed_message,
    protocol_error,
    remote_system_error,
    remote_system_full,
    pickup_file_invalid,
    ndr_undeliverable,
    delayed,
    delivered,
    auto_reply,
    complaint,
    not_a_bounce,
    unknown,
};

/// Whose move it is.
enum class Owner {
    you,          ///< who runs the sending program or the relay
    tenant_admin, ///< who administers the sending organisation's Microsoft 365 (or other hosted mail)
    dns_admin,    ///< who can change the sending domain's DNS
    recipient,    ///< the recipient, or the recipient's administrator
    provider,     ///< the operator of a mail service or network in between
    nobody,       ///< nothing needs doing
};

enum class Severity { error, warning, info, ok };

/// "send-as-denied", "tenant-admin", "error": the words of the JSON contract.
std::string_view to_string(Category category);
std::string_view to_string(Owner owner);
std::string_view to_string(Severity severity);

std::optional<Category> category_from(std::string_view name);

} // namespace relaytool::diagnosis
