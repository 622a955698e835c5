#include "diagnosis/headers_sheet.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace relaytool::diagnosis {
namespace {

using dkim::Outcome;
using dkim::Reason;
using dkim::SignatureFault;
using domain::KeyFault;

std::string_view words_of(SignatureFault fault) {
    switch (fault) {
    case SignatureFault::none: return "";
    case SignatureFault::syntax: return "the field is not well-formed";
    case SignatureFault::missing_tag: return "a tag is missing";
    case SignatureFault::bad_version: return "its version is not 1";
    case SignatureFault::unknown_algorithm: return "its algorithm is unknown";
    case SignatureFault::sha1: return "rsa-sha1 is no longer trusted";
    case SignatureFault::bad_canon: return "its canonicalization is unknown";
    case SignatureFault::bad_base64: return "a value is no base64";
    case SignatureFault::bad_domain: return "its domain or selector is no DNS name";
    case SignatureFault::foreign_identity: return "its i= is not of its d=";
    case SignatureFault::from_not_signed: return "From is not signed";
    case SignatureFault::bad_number: return "a number in it is none";
    case SignatureFault::bad_query: return "it does not allow a look-up in the DNS";
    }
    return "";
}

std::string_view words_of(KeyFault fault) {
    switch (fault) {
    case KeyFault::none: return "";
    case KeyFault::no_key: return "the record holds no key";
    case KeyFault::revoked: return "it was revoked (p= is empty)";
    case KeyFault::bad_version: return "the record's version is not DKIM1";
    case KeyFault::unknown_type: return "its type is unknown";
    case KeyFault::bad_base64: return "the record is cut off, or no base64";
    case KeyFault::bad_key: return "it is no public key";
    case KeyFault::not_for_mail: return "it is not for mail";
    }
    return "";
}

std::string partial_words(const dkim::Verification& signature) {
    if (signature.unsigned_octets > 0)
        return fmt::format("{} octets at the end of the body are not signed (l=)", signature.unsigned_octets);
    return fmt::format("not signed: another {}", fmt::join(signature.unsigned_copies, ", "));
}

/// Why it did not verify, or what is weak about it, in a few words for the table.
std::string says_of(const dkim::Verification& signature) {
    switch (signature.reason) {
    case Reason::matched:
        return signature.unsigned_octets > 0 || !signature.unsigned_copies.empty() ? partial_words(signature)
                                                                                   : "";
    case Reason::header_only: return "the header is as signed; the body is not here";
    case Reason::body_altered: return "the body was changed";
    case Reason::header_altered: return "a signed field was changed";
    case Reason::bad_signature: return std::string(words_of(signature.signature.fault));
    case Reason::no_key: return "no key at " + signature.signature.key_name();
    case Reason::bad_key: return std::string(words_of(signature.key.fault));
    case Reason::many_keys: return "several keys at " + signature.signature.key_name();
    case Reason::wrong_key: return "the key is not for this signature";
    case Reason::short_key: return fmt::format("the key has {} bits, 1024 are the least", signature.key.bits);
    case Reason::expired: return "it has expired";
    case Reason::dns_failure: return "the look-up of the key failed";
    case Reason::no_crypto: return signature.detail;
    case Reason::too_many: return "not checked: there are too many";
    }
    return "";
}

Severity severity_of(const dkim::Verification& signature) {
    const bool is_whole = signature.unsigned_octets == 0 && signature.unsigned_copies.empty();
    switch (signature.outcome) {
    case Outcome::pass: return is_whole ? Severity::ok : Severity::warning;
    case Outcome::neutral: return Severity::info;
    default: return Severity::warning;
    }
}

void find_signature(HeadersSheet& sheet, const dkim::Verification& signature) {
    const std::string& name = signature.signature.domain;
    const std::string says = says_of(signature);
    const Values values{{"name", name},
                        {"selector", signature.signature.selector},
                        {"target", signature.signature.key_name()},
                        {"list", fmt::format("{}", fmt::join(signature.signature.signed_fields, ", "))},
                        {"value", signature.signature.fault == SignatureFault::none
                                      ? std::string(to_string(signature.reason))
                                      : std::string(to_string(signature.signature.fault))},
                        {"why", says}};
    switch (signature.reason) {
    case Reason::matched:
        if (!says.empty()) sheet.find("headers-dkim-partial", values);
        break;
    case Reason::body_altered: sheet.find("headers-dkim-body-altered", values); break;
    case Reason::header_altered: sheet.find("headers-dkim-header-altered", values); break;
    case Reason::no_key:
    case Reason::bad_key:
    case Reason::many_keys:
    case Reason::wrong_key:
    case Reason::short_key: sheet.find("headers-dkim-key", values); break;
    case Reason::bad_signature:
    case Reason::expired: sheet.find("headers-dkim-unusable", values); break;
    default: break;
    }
}

void judge_spf_now(HeadersSheet& sheet, const spf::Check& check, bool aligned) {
    const std::string now(spf::to_string(check.verdict));
    std::string before;
    for (const AuthLine& line : sheet.so_far().authentication)
        if (line.method == "SPF" && before.empty()) before = line.result;
    const Severity severity = check.verdict == spf::Verdict::pass   ? Severity::ok
                              : check.verdict == spf::Verdict::fail ? Severity::error
                                                                    : Severity::warning;
    sheet.line({"SPF", now, check.query.sender_domain, aligned,
                fmt::format("for {}", ip::to_string(check.query.ip)), "verified now", severity});
    const Values values{
        {"domain", check.query.sender_domain}, {"value", now}, {"before", before}, {"after", now}};
    if (!before.empty() && before != now)
        sheet.find("headers-spf-changed", values);
    else if (before.empty() &&
             (check.verdict == spf::Verdict::fail || check.verdict == spf::Verdict::softfail))
        sheet.find("headers-spf-fail", values, {},
                   check.verdict == spf::Verdict::fail ? Severity::error : Severity::warning);
    else if (before.empty() && check.verdict == spf::Verdict::none && !check.query.sender_domain.empty())
        sheet.find("headers-spf-none", values);
}

void judge_dmarc_now(HeadersSheet& sheet, const route::Verification& verification) {
    const std::optional<bool> passes = verification.dmarc_pass;
    const std::string domain = sheet.headers().from_domain();
    if (verification.dmarc->failed() || (!passes && verification.dmarc->record())) {
        sheet.line({"DMARC",
                    "temperror",
                    domain,
                    {},
                    "a look-up failed, or the body is not here",
                    "verified now",
                    Severity::warning});
        return;
    }
    if (!verification.dmarc->record()) {
        sheet.line({"DMARC", "none", domain, {}, "no policy is published", "verified now", Severity::info});
        return;
    }
    sheet.line({"DMARC",
                *passes ? "pass" : "fail",
                domain,
                {},
                fmt::format("the policy is {}", to_string(*verification.dmarc->policy)),
                "verified now",
                *passes ? Severity::ok : Severity::error});
    if (!*passes && !sheet.so_far().dmarc) sheet.find("headers-dmarc-fail");
}

} // namespace

void judge_verification(HeadersSheet& sheet) {
    if (!sheet.so_far().verification) return;
    const route::Verification verification = *sheet.so_far().verification;
    if (verification.spf) judge_spf_now(sheet, *verification.spf, verification.spf_aligned);
    for (std::size_t i = 0; i < verification.dkim.size(); ++i) {
        const dkim::Verification& signature = verification.dkim[i];
        std::optional<bool> aligned;
        if (i < verification.dkim_aligned.size()) aligned = verification.dkim_aligned[i];
        sheet.line({"DKIM", std::string(to_string(signature.outcome)), signature.signature.domain, aligned,
                    says_of(signature), "verified now", severity_of(signature)});
        find_signature(sheet, signature);
    }
    if (verification.dmarc) judge_dmarc_now(sheet, verification);
}

} // namespace relaytool::diagnosis
