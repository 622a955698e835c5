#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "bounce/text_report.hpp"
#include "mail/address.hpp"
#include "mail/dsn.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relaytool::bounce {
namespace {

using mail::Fields;
using mail::Part;

constexpr std::size_t longest_status = 4 * 1024 * 1024;

Action read_action(std::string_view value) {
    static constexpr std::array<std::pair<std::string_view, Action>, 9> names{{
        {"failed", Action::failed},
        {"failure", Action::failed},
        {"fail", Action::failed},
        {"delayed", Action::delayed},
        {"delay", Action::delayed},
        {"delivered", Action::delivered},
        {"relayed", Action::relayed},
        {"expanded", Action::expanded},
        {"expired", Action::failed}, // BIND-era gateways
    }};
    value = ascii::trim(value.substr(0, value.find_first_of("(; ")));
    for (const auto& [name, action] : names)
        if (ascii::iequals(value, name)) return action;
    return Action::none;
}

/// `rfc822; <user@example.com>`: the address as written, whatever its type.
std::string read_recipient(std::string_view raw) {
    const std::string value = mail::read_typed(raw).value;
    const std::string_view found = mail::find_address(value);
    if (!found.empty()) return std::string(found);
    std::string_view bare = ascii::trim(value);
    if (bare.starts_with('<') && bare.ends_with('>')) bare = bare.substr(1, bare.size() - 2);
    return std::string(bare);
}

bool is_deliverable(std::string_view address) {
    return mail::is_address(address) && address.front() != '@';
}

/// The recipient the sender wrote is the one to report when the final one is a program, a file or a route.
std::string pick_address(const Fields& fields) {
    std::string final_one = read_recipient(fields.raw("Final-Recipient"));
    if (is_deliverable(final_one)) return final_one;
    for (const std::string_view name : {"Original-Recipient", "X-Actual-Recipient", "Removed-Recipient"}) {
        std::string other = read_recipient(fields.raw(name));
        if (is_deliverable(other)) return other;
    }
    return final_one;
}

/// `dns; mx.example.com (192.0.2.1)` → the host.
std::string read_host(std::string_view raw) {
    const std::string value = mail::read_typed(raw).value;
    std::string_view host = std::string_view(value).substr(0, value.find_first_of(" \t("));
    while (host.ends_with('.'))
        host.remove_suffix(1);
    return std::string(host);
}

bool names_a_host(std::string_view host) {
    return host.find('.') != std::string_view::npos && host != "0.0.0.0";
}

/// `X-Unix; 77`: the exit number of a mailer program, no reply.
bool is_exit_number(const Fields& fields, std::string_view words) {
    return mail::read_typed(fields.raw("Diagnostic-Code")).type == "x-unix" &&
           std::all_of(words.begin(), words.end(), ascii::is_digit);
}

Recipient read_group(const Fields& fields) {
    Recipient recipient;
    recipient.address = pick_address(fields);
    recipient.action = read_action(fields.value("Action"));
    recipient.status = fields.value("Status");
    const std::string words = mail::reply_of_diagnostic(fields.raw("Diagnostic-Code"));
    if (!words.empty() && !is_exit_number(fields, words)) {
        recipient.reply = smtp::read_reply(words);
        recipient.stage = smtp::stage_of(words);
    }
    std::string remote = read_host(fields.raw("Remote-MTA"));
    if (names_a_host(remote)) recipient.reply.host = std::move(remote);
    return recipient;
}

void read_message_fields(const Fields& fields, Bounce& bounce) {
    bounce.reporting_host = read_host(fields.raw("Reporting-MTA"));
    bounce.submitted_by = read_host(fields.raw("Received-From-MTA"));
    bounce.arrival = fields.value("Arrival-Date");
    for (const std::string_view name :
         {"X-Postfix-Queue-ID", "X-Queue-ID", "Original-Envelope-Id", "X-SMTPD-Queue-Id"})
        if (bounce.queue_id.empty()) bounce.queue_id = fields.value(name);
}

void read_report(std::string_view text, Bounce& bounce) {
    const mail::DeliveryStatus status = mail::read_delivery_status(text);
    read_message_fields(status.message, bounce);
    bounce.left_out = status.left_out;
    for (const Fields& group : status.recipients) {
        Recipient recipient = read_group(group);
        if (recipient.address.empty() && recipient.status.empty() && recipient.action == Action::none)
            continue;
        if (bounce.retry_until.empty()) bounce.retry_until = group.value("Will-Retry-Until");
        if (bounce.reporting_host.empty()) bounce.reporting_host = read_host(group.raw("Reporting-MTA"));
        if (bounce.arrival.empty()) bounce.arrival = group.value("Arrival-Date");
        // Some servers repeat a group for each attempt: the last word counts.
        const auto same =
            std::find_if(bounce.recipients.begin(), bounce.recipients.end(), [&](const Recipient& known) {
                return !known.address.empty() && ascii::iequals(known.address, recipient.address);
            });
        if (same == bounce.recipients.end())
            bounce.recipients.push_back(std::move(recipient));
        else if (!recipient.reply.text.empty() || same->reply.text.empty())
            *same = std::move(recipient);
    }
}

bool is_delivery_status(std::string_view type) {
    return type == "message/delivery-status" || type == "message/global-delivery-status" ||
           type == "text/delivery-status" || type == "message/x-delivery-status";
}

/// Fields inside the text itself: gateways that rewrite the report's structure.
std::string_view fields_in_text(std::string_view text) {
    constexpr std::string_view needed = "Final-Recipient:";
    const std::size_t last = ascii::ifind(text, needed);
    if (last == std::string_view::npos) return {};
    for (const std::string_view first :
         {std::string_view("Reporting-MTA:"), std::string_view("Original-Recipient:"), needed}) {
        const std::size_t at = ascii::ifind(text.substr(0, last + needed.size()), first);
        if (at != std::string_view::npos && (at == 0 || text[at - 1] == '\n')) return text.substr(at);
    }
    return {};
}

} // namespace

bool read_structured(const Source& source, Bounce& bounce) {
    // The report about this mail stands outside the mail that came back, which may be a report itself.
    const Part* chosen = nullptr;
    for (const Part& part : source.mime.parts)
        if (is_delivery_status(part.type.value) && (chosen == nullptr || part.depth < chosen->depth))
            chosen = &part;
    if (chosen != nullptr) read_report(mail::text_of(*chosen, longest_status), bounce);
    if (bounce.recipients.empty() && source.grams.may_hold("Final-Recipient:")) {
        for (const std::string* text : {&source.report, &source.original}) {
            const std::string_view fields = fields_in_text(*text);
            if (fields.empty()) continue;
            read_report(fields, bounce);
            break;
        }
    }
    return !bounce.recipients.empty();
}

} // namespace relaytool::bounce
