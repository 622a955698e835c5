#include "route/headers.hpp"

#include "base/ascii.hpp"
#include "mail/address.hpp"
#include "mail/date.hpp"
#include "mail/encoded_word.hpp"
#include "mail/mailbox.hpp"

#include <algorithm>

namespace relaytool::route {
namespace {

constexpr std::size_t max_people = 100;
constexpr std::size_t max_fields_of_a_kind = 100;

std::vector<mail::Mailbox> mailboxes_of(const mail::Fields& fields, std::string_view name) {
    std::vector<mail::Mailbox> out;
    for (const mail::Field& field : fields.all()) {
        if (!ascii::iequals(field.name, name)) continue;
        for (mail::Mailbox& mailbox : mail::read_mailboxes(field.raw).mailboxes) {
            if (out.size() == max_people) return out;
            out.push_back(std::move(mailbox));
        }
    }
    return out;
}

People people_of(const mail::Fields& fields) {
    People people{mailboxes_of(fields, "From"), mailboxes_of(fields, "Reply-To"),
                  mailboxes_of(fields, "Sender"), mailboxes_of(fields, "To")};
    for (mail::Mailbox& mailbox : mailboxes_of(fields, "Cc"))
        if (people.to.size() < max_people) people.to.push_back(std::move(mailbox));
    return people;
}

/// Which fields the recipient's side wrote. A server puts its results above its own Received line; filters
/// that it calls put them below it: those count when they name a server of the recipient's.
class OwnFields {
public:
    explicit OwnFields(const Route& route) {
        if (!route.border) return;
        border_ = route.hops[*route.border].field;
        next_ = *route.border > 0 ? route.hops[*route.border - 1].field : everything;
        server_ = route.hops[*route.border].received.by;
    }

    bool holds(std::size_t field, std::string_view server) const {
        return field < border_ || (field < next_ && same_organisation(server, server_));
    }

private:
    static constexpr std::size_t everything = static_cast<std::size_t>(-1);

    std::size_t border_ = everything; ///< the field of the border
    std::size_t next_ = everything;   ///< the field of the hop before it
    std::string server_;
};

void read_authentication(Headers& headers, const mail::Fields& fields) {
    const OwnFields own(headers.route);
    for (std::size_t i = 0; i < fields.all().size(); ++i) {
        const mail::Field& field = fields.all()[i];
        const bool is_original = ascii::iequals(field.name, "Authentication-Results-Original");
        if (is_original || ascii::iequals(field.name, "Authentication-Results")) {
            if (headers.authentication.size() == max_fields_of_a_kind) continue;
            AuthField result{read_auth_results(mail::unfold(field.raw)), i, is_original, false};
            result.is_own = !is_original && own.holds(i, result.results.server);
            headers.authentication.push_back(std::move(result));
        } else if (ascii::iequals(field.name, "Received-SPF")) {
            if (headers.received_spf.size() == max_fields_of_a_kind) continue;
            SpfField result{read_received_spf(mail::unfold(field.raw)), i, false};
            result.is_own = own.holds(i, result.spf.value("receiver"));
            headers.received_spf.push_back(std::move(result));
        } else if (ascii::iequals(field.name, "DKIM-Signature")) {
            if (headers.signatures.size() < max_fields_of_a_kind)
                headers.signatures.push_back(dkim::read_signature(field.raw));
        }
    }
}

std::string recipient_of(const Headers& headers, const mail::Fields& fields) {
    for (const std::string_view name : {"Delivered-To", "X-Original-To", "X-Envelope-To", "X-Delivered-To"})
        if (std::string address = mail::first_address(fields.value(name)); !address.empty()) return address;
    const auto& hops = headers.route.hops;
    const auto at =
        std::find_if(hops.rbegin(), hops.rend(), [](const Hop& hop) { return !hop.received.for_.empty(); });
    return at == hops.rend() ? std::string{} : at->received.for_;
}

std::string domain_in(std::string_view address) {
    return ascii::to_lower(mail::domain_of(address));
}

/// The envelope's sender, from Return-Path or from what checked it.
std::optional<std::string> return_path_of(const Headers& headers, const mail::Fields& fields) {
    if (fields.has("Return-Path")) return mail::first_address(fields.value("Return-Path"));
    for (const Hop& hop : headers.route.hops)
        if (!hop.received.sender.empty()) return hop.received.sender;
    return std::nullopt;
}

} // namespace

std::string Headers::from_domain() const {
    return people.from.empty() ? std::string{} : domain_in(people.from.front().address);
}

std::string Headers::recipient_domain() const {
    if (!delivered_to.empty()) return domain_in(delivered_to);
    return people.to.empty() ? std::string{} : domain_in(people.to.front().address);
}

Headers read_headers(std::string_view text) {
    const mail::Header header = mail::read_header(text, max_header_fields);
    const mail::Fields& fields = header.fields;
    Headers out;
    out.field_count = fields.all().size();
    out.has_body = header.body < text.size() && !ascii::trim(text.substr(header.body, 4096)).empty();
    out.subject = mail::decode_header(fields.value("Subject"));
    out.message_id = fields.value("Message-ID");
    out.date = fields.value("Date");
    out.time = mail::read_date(out.date);
    out.people = people_of(fields);
    out.filter = read_filter(fields);
    out.exchange = read_exchange(fields);
    out.route = read_route(fields, out.filter, out.time);
    out.delivered_to = recipient_of(out, fields);
    out.return_path = return_path_of(out, fields);
    out.arc = read_arc(fields);
    read_authentication(out, fields);
    out.oddities = find_oddities(text.substr(0, header.body), fields, out.people);
    return out;
}

} // namespace relaytool::route
