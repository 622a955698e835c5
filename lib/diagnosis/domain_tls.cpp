#include "base/ascii.hpp"
#include "diagnosis/domain_sheet.hpp"

#include <fmt/format.h>

namespace relaytool::diagnosis {
namespace {

using domain::Facts;
using domain::MtaSts;
using domain::StsFetch;
using domain::StsMode;
using domain::StsPolicy;
using domain::StsPolicyFault;
using domain::StsRecordFault;

std::string_view words_for(StsRecordFault fault) {
    switch (fault) {
    case StsRecordFault::several: return "there is more than one";
    case StsRecordFault::no_id: return "it has no id=";
    case StsRecordFault::bad_id: return "its id= is not 1 to 32 letters and digits";
    case StsRecordFault::none: break;
    }
    return "";
}

std::string_view words_for(StsPolicyFault fault) {
    switch (fault) {
    case StsPolicyFault::bad_version: return "it has no line version: STSv1";
    case StsPolicyFault::bad_mode: return "its mode is none of enforce, testing, none";
    case StsPolicyFault::no_mx: return "it names no mx";
    case StsPolicyFault::bad_mx: return "an mx line holds no host name";
    case StsPolicyFault::bad_max_age: return "its max_age is missing or above 31557600";
    case StsPolicyFault::none: break;
    }
    return "";
}

std::string found_policy(const MtaSts& sts) {
    switch (sts.fetch) {
    case StsFetch::offline: return "not fetched (offline)";
    case StsFetch::impossible: return "not fetched: " + sts.why;
    case StsFetch::no_host: return "the web server's name has no address";
    case StsFetch::failed: return sts.why;
    case StsFetch::refused: return fmt::format("HTTP {}", sts.status);
    case StsFetch::not_needed: return {};
    case StsFetch::fetched:
    case StsFetch::given: break;
    }
    const StsPolicy& policy = *sts.policy;
    if (policy.fault != StsPolicyFault::none) return std::string(words_for(policy.fault));
    return fmt::format("mode: {}, mx: {}", to_string(policy.mode), joined(policy.mx));
}

void judge_policy(Sheet& sheet, const MtaSts& sts) {
    constexpr std::uint64_t a_day = 86400;
    const StsPolicy& policy = *sts.policy;
    if (policy.fault != StsPolicyFault::none) {
        sheet.find("domain-mta-sts-policy", {{"why", std::string(words_for(policy.fault))}});
        return;
    }
    for (const std::string& host : sts.uncovered)
        sheet.find("domain-mta-sts-mx",
                   {{"host", host}, {"policy", fmt::format("mode: {}", to_string(policy.mode))}},
                   policy.mode == StsMode::enforce ? Severity::error : Severity::warning);
    if (policy.mode != StsMode::enforce)
        sheet.find("domain-mta-sts-testing", {{"policy", std::string(to_string(policy.mode))}});
    if (policy.max_age < a_day)
        sheet.find("domain-mta-sts-short-age", {{"count", std::to_string(policy.max_age)}});
    if (sts.fetch == StsFetch::fetched && !ascii::istarts_with(sts.content_type, "text/plain"))
        sheet.find("domain-mta-sts-content-type",
                   {{"found", sts.content_type.empty() ? "no type at all" : sts.content_type}});
}

void judge_fetch(Sheet& sheet, const MtaSts& sts) {
    if (sts.fetch == StsFetch::not_needed) return;
    sheet.line(
        {"MTA-STS policy", sts.url, "HTTPS", "mx: every MX host", found_policy(sts), RecordVerdict::ok, ""});
    switch (sts.fetch) {
    case StsFetch::offline:
    case StsFetch::impossible: sheet.undecided(); break;
    case StsFetch::no_host:
    case StsFetch::failed: sheet.find("domain-mta-sts-unreachable", {{"why", found_policy(sts)}}); break;
    case StsFetch::refused:
        sheet.find("domain-mta-sts-unreachable",
                   {{"why", fmt::format("the web server answers {}{}", sts.status,
                                        sts.status / 100 == 3 ? ", a redirect" : "")}});
        break;
    case StsFetch::fetched:
    case StsFetch::given: judge_policy(sheet, sts); break;
    case StsFetch::not_needed: break;
    }
}

} // namespace

void judge_mta_sts(Sheet& sheet) {
    const MtaSts& sts = sheet.facts().mta_sts;
    if (sheet.facts().is_parked() && !sts.is_wanted()) return;
    sheet.line({"MTA-STS", domain::lower_text(sts.records.name), "TXT", "", joined(sts.texts, " | "),
                sts.is_wanted() ? RecordVerdict::ok : RecordVerdict::absent, ""});
    if (sts.records.failed()) return sheet.failed(sts.records.detail, Sheet::Weight::detail);
    if (sts.fault != StsRecordFault::none)
        sheet.find("domain-mta-sts-record", {{"why", std::string(words_for(sts.fault))}});
    judge_fetch(sheet, sts);
}

void judge_tls_rpt(Sheet& sheet) {
    const domain::TlsRpt& report = sheet.facts().tls_rpt;
    const bool sts = sheet.facts().mta_sts.is_wanted();
    if (sheet.facts().is_parked() && report.texts.empty()) return;
    sheet.line({"TLS-RPT", domain::lower_text(report.records.name), "TXT", "", joined(report.texts, " | "),
                report.texts.empty() ? RecordVerdict::absent : RecordVerdict::ok, ""});
    if (report.records.failed()) return sheet.failed(report.records.detail, Sheet::Weight::detail);
    const auto broken = [&](std::string why) {
        sheet.find("domain-tls-rpt-broken", {{"why", std::move(why)}});
    };
    switch (report.fault) {
    case domain::TlsRptFault::several: return broken("there is more than one");
    case domain::TlsRptFault::no_rua: return broken("it has no rua=");
    case domain::TlsRptFault::bad_rua:
        return broken("rua= holds something else than mailto: and https: addresses");
    case domain::TlsRptFault::none: break;
    }
    if (report.texts.empty() && sts) sheet.find("domain-tls-rpt-missing");
}

void judge_bimi(Sheet& sheet) {
    const Facts& facts = sheet.facts();
    const domain::Bimi& bimi = facts.bimi;
    if (bimi.texts.empty()) return; // nobody misses a logo
    sheet.line({"BIMI", domain::lower_text(bimi.records.name), "TXT", "", joined(bimi.texts, " | "),
                RecordVerdict::ok, ""});
    const auto broken = [&](std::string why) { sheet.find("domain-bimi-broken", {{"why", std::move(why)}}); };
    switch (bimi.fault) {
    case domain::BimiFault::several: return broken("there is more than one");
    case domain::BimiFault::no_logo: return broken("it has no l=");
    case domain::BimiFault::not_https: return broken("l= is no https address");
    case domain::BimiFault::not_svg: return broken("l= is no SVG file");
    case domain::BimiFault::none: break;
    }
    if (bimi.declined) return;
    if (facts.dmarc.policy.value_or(domain::Policy::none) == domain::Policy::none)
        sheet.find("domain-bimi-needs-dmarc");
    if (bimi.evidence.empty()) sheet.find("domain-bimi-no-certificate");
}

namespace {

std::string found_dane(const domain::DaneHost& host) {
    return fmt::format("MX host's zone {}, {} TLSA", host.is_signed ? "signed" : "not signed",
                       host.records.empty() ? "no" : std::to_string(host.records.size()));
}

} // namespace

void judge_dane(Sheet& sheet) {
    const Facts& facts = sheet.facts();
    if (facts.mx.hosts.empty()) return;
    for (const domain::DaneHost& host : facts.dane.hosts) {
        const std::string name = domain::lower_text(host.host);
        // Not one line for every server of a large service that has nothing.
        if (host.records.empty() && &host != &facts.dane.hosts.front()) continue;
        const bool works = host.is_signed && host.usable > 0 && facts.dane.domain_is_signed;
        sheet.line({"DNSSEC, DANE", "_25._tcp." + name, "TLSA", "", found_dane(host),
                    works ? RecordVerdict::ok : RecordVerdict::absent, ""});
        if (host.records.empty()) continue;
        if (!host.is_signed)
            sheet.find("domain-dane-unsigned", {{"host", name}});
        else if (host.usable == 0)
            sheet.find("domain-dane-unusable", {{"host", name}});
        else if (!facts.dane.domain_is_signed)
            sheet.find("domain-dane-domain-unsigned", {{"host", name}});
    }
}

} // namespace relaytool::diagnosis
