#include "route/verification.hpp"

#include "base/ascii.hpp"
#include "mail/address.hpp"

#include <algorithm>

namespace relaytool::route {
namespace {

/// The first result about SPF that the recipient's side wrote.
const MethodResult* own_spf(const Headers& headers) {
    for (const AuthField& field : headers.authentication)
        if (const MethodResult* const spf = field.is_own ? field.results.find("spf") : nullptr) return spf;
    return nullptr;
}

/// Microsoft's `(sender IP is 203.0.113.5)`, Google's `designates 203.0.113.5 as permitted sender`.
std::optional<ip::Address> address_in(std::string_view comment) {
    while (!comment.empty()) {
        const std::size_t end = std::min(comment.find(' '), comment.size());
        if (const auto address = ip::read_address(comment.substr(0, end))) return address;
        comment.remove_prefix(std::min(end + 1, comment.size()));
    }
    return std::nullopt;
}

std::string sender_for_spf(const Headers& headers) {
    if (headers.return_path) return *headers.return_path;
    if (const MethodResult* const spf = own_spf(headers)) return std::string(spf->property("smtp.mailfrom"));
    for (const SpfField& field : headers.received_spf)
        if (field.is_own) return std::string(field.spf.value("envelope-from"));
    return {};
}

spf::Check check_spf(const HandOver& hand_over, dns::Cache& cache, std::int64_t now) {
    spf::Query query;
    query.ip = hand_over.ip;
    query.helo = hand_over.helo;
    query.now = now;
    const std::string_view domain = mail::domain_of(hand_over.mail_from);
    query.sender_domain =
        domain.empty() && !hand_over.mail_from.empty() ? hand_over.mail_from : std::string(domain);
    query.sender_local =
        domain.empty() ? "postmaster" : hand_over.mail_from.substr(0, hand_over.mail_from.rfind('@'));
    if (query.sender_domain.empty()) { // RFC 7208 section 2.4
        query.identity = spf::Identity::helo;
        query.sender_domain = hand_over.helo;
    }
    query.domain = query.sender_domain;
    spf::Policies policies(cache);
    return spf::evaluate(policies, query);
}

bool is_aligned(std::string_view domain, const dns::Name& from, const domain::Dmarc& dmarc,
                domain::Alignment mode) {
    const auto name = dns::Name::from_text(domain);
    if (!name) return false;
    return mode == domain::Alignment::strict ? *name == from
                                             : *name == from || name->is_within(dmarc.organisation);
}

void judge_dmarc(Verification& out, const dns::Name& from) {
    const domain::DmarcRecord* const record = out.dmarc->record();
    const domain::Alignment aspf = record ? record->aspf : domain::Alignment::relaxed;
    const domain::Alignment adkim = record ? record->adkim : domain::Alignment::relaxed;
    bool passes = false;
    bool unknown = false;
    if (out.spf) {
        out.spf_aligned = is_aligned(out.spf->query.sender_domain, from, *out.dmarc, aspf);
        passes = out.spf_aligned && out.spf->verdict == spf::Verdict::pass;
        unknown = out.spf_aligned && out.spf->verdict == spf::Verdict::temperror;
    }
    for (const dkim::Verification& signature : out.dkim) {
        const bool aligned = is_aligned(signature.signature.domain, from, *out.dmarc, adkim);
        out.dkim_aligned.push_back(aligned);
        passes = passes || (aligned && signature.outcome == dkim::Outcome::pass);
        unknown = unknown || (aligned && (signature.outcome == dkim::Outcome::temperror ||
                                          signature.reason == dkim::Reason::header_only));
    }
    if (record && !out.dmarc->failed() && (passes || !unknown)) out.dmarc_pass = passes;
}

/// When the message was received: signatures that have expired since were good then.
std::int64_t time_of(const Headers& headers, std::int64_t now) {
    const auto& hops = headers.route.hops;
    const auto last =
        std::find_if(hops.rbegin(), hops.rend(), [](const Hop& hop) { return hop.clock == Clock::fine; });
    return last == hops.rend() ? now : std::min(now, *last->received.time);
}

} // namespace

std::optional<HandOver> hand_over(const Headers& headers) {
    HandOver out;
    out.mail_from = sender_for_spf(headers);
    if (headers.route.border) {
        const Received& received = headers.route.hops[*headers.route.border].received;
        out.helo = received.helo;
        if (received.ip && !ip::is_private(*received.ip)) {
            out.ip = *received.ip;
            return out;
        }
    }
    for (const SpfField& field : headers.received_spf)
        if (const auto address = field.is_own ? field.spf.client_ip() : std::nullopt) {
            out.ip = *address;
            out.helo = field.spf.value("helo");
            return out;
        }
    const MethodResult* const spf = own_spf(headers);
    auto address = spf ? address_in(spf->comment) : std::nullopt;
    if (!address) address = ip::read_address(headers.filter.forefront.value("CIP"));
    if (!address || ip::is_private(*address)) return std::nullopt;
    out.ip = *address;
    out.helo = headers.filter.forefront.value("H");
    return out;
}

Verification verify(const Headers& headers, std::string_view text, dns::Cache& cache,
                    const dkim::Crypto& crypto, std::int64_t now) {
    Verification out;
    const auto from = dns::Name::from_text(headers.from_domain());
    const bool has_from = from && !from->is_root() && !headers.from_domain().empty();
    dkim::prefetch(cache, text);
    if (has_from) domain::prefetch_dmarc(cache, *from);
    if (const auto who = hand_over(headers)) out.spf = check_spf(*who, cache, now);
    out.dkim = dkim::verify(text, headers.has_body ? dkim::Body::there : dkim::Body::missing, cache, crypto,
                            time_of(headers, now));
    if (!has_from) return out;
    out.dmarc = domain::look_at_dmarc(cache, *from, domain::Existence::exists);
    judge_dmarc(out, *from);
    return out;
}

} // namespace relaytool::route
