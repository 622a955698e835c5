#include "base/ascii.hpp"
#include "diagnosis/domain_sheet.hpp"
#include "domain/tags.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

namespace relaytool::diagnosis {
namespace {

using domain::Authorisation;
using domain::Dmarc;
using domain::DmarcLevel;
using domain::DmarcRecord;
using domain::Facts;
using domain::Policy;
using domain::ReportAddress;

std::string to_text(Policy policy) {
    return std::string(to_string(policy));
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view each) { return ascii::iequals(name, each); });
}

/// Whether a tag still means something beside another policy.
bool is_kept(const domain::Tag& tag, const DmarcRecord& record) {
    if (!is_one_of(tag.name, {"sp", "np", "psd", "adkim", "aspf", "fo"})) return false;
    // Not taken for a record so far, the policy begins with none: for subdomains, too.
    if (record.form != domain::DmarcForm::record && is_one_of(tag.name, {"sp", "np"})) return false;
    return std::none_of(record.bad_values.begin(), record.bad_values.end(),
                        [&](const domain::BadValue& bad) { return ascii::iequals(bad.tag, tag.name); });
}

/// "; rua=mailto:a@example.com": the addresses that can get reports; of a record of a domain above only those
/// that need no further permission.
std::string kept_addresses(const Dmarc& dmarc, std::string_view tag,
                           const std::vector<ReportAddress>& addresses) {
    std::vector<std::string> kept;
    for (const ReportAddress& address : addresses)
        if (address.form == ReportAddress::Form::mailto &&
            (!dmarc.is_inherited() || address.host.is_within(dmarc.organisation)))
            kept.push_back("mailto:" + address.address);
    return kept.empty() ? std::string{} : fmt::format("; {}={}", tag, joined(kept, ","));
}

/// A record to publish: that policy, and the rest of `record` as far as it still means something. What a
/// domain above says about its subdomains is not theirs to repeat.
std::string proposal(const Sheet& sheet, Policy policy, const DmarcRecord* record) {
    const Dmarc& dmarc = sheet.facts().dmarc;
    std::string out = fmt::format("v=DMARC1; p={}", to_string(policy));
    std::string addresses;
    if (record != nullptr) {
        const domain::TagList tags = domain::read_tags(record->text);
        for (const domain::Tag& tag : tags.tags)
            if (!dmarc.is_inherited() && is_kept(tag, *record) && &tag == tags.find(tag.name))
                out += fmt::format("; {}={}", ascii::to_lower(tag.name), tag.value);
        addresses = kept_addresses(dmarc, "rua", record->rua);
        out += addresses + kept_addresses(dmarc, "ruf", record->ruf);
    }
    if (addresses.empty() && !dmarc.is_inherited())
        out += fmt::format("; rua=mailto:dmarc@{}", sheet.domain());
    return out;
}

/// Adds a finding; where an alias stands in place of the record, what to do with it.
void find(Sheet& sheet, std::string_view rule, Values values = {}, std::optional<Severity> severity = {}) {
    const std::vector<dns::Name>& aliases = sheet.facts().dmarc.own().records.aliases;
    values.emplace_back("target", aliases.empty() ? "" : domain::lower_text(aliases.front()));
    sheet.find(rule, std::move(values), severity);
}

std::string found_text(const Dmarc& dmarc) {
    std::vector<std::string> texts;
    for (const DmarcRecord& record : dmarc.own().dmarc)
        texts.push_back(record.text);
    for (const DmarcRecord& record : dmarc.own().mistaken)
        texts.push_back(record.text);
    if (!texts.empty()) return joined(texts, " | ");
    if (!dmarc.is_inherited()) return {};
    return fmt::format("{} (from {}: {})", to_string(*dmarc.policy),
                       domain::lower_text(dmarc.levels[*dmarc.source].domain), dmarc.record()->text);
}

std::string why_ignored(domain::DmarcForm form) {
    switch (form) {
    case domain::DmarcForm::version_not_first: return "v=DMARC1 is not its first tag";
    case domain::DmarcForm::wrong_case: return "DMARC1 must be in capital letters";
    case domain::DmarcForm::wrong_separator: return "its parts are not separated by semicolons";
    case domain::DmarcForm::quoted: return "quotation marks are part of its text";
    case domain::DmarcForm::record:
    case domain::DmarcForm::other: break;
    }
    return {};
}

/// A record that was meant for _dmarc, but stands at the domain itself, or below a doubled name.
bool judge_misplaced(Sheet& sheet) {
    const Facts& facts = sheet.facts();
    for (const domain::TextRecords* records : {&facts.dmarc.doubled, &facts.spf.records}) {
        const std::vector<std::string> texts = records->of_version("v=DMARC1");
        if (texts.empty()) continue;
        DmarcRecord record = domain::read_dmarc(texts.front());
        record.form = domain::DmarcForm::other; // it never counted: begin with p=none
        find(sheet, "domain-dmarc-misplaced",
             {{"host", domain::lower_text(records->name)},
              {"expected", proposal(sheet, Policy::none, &record)}});
        return true;
    }
    return false;
}

/// There is no record, or none that counts.
void judge_missing(Sheet& sheet) {
    const Dmarc& dmarc = sheet.facts().dmarc;
    const DmarcLevel& own = dmarc.own();
    const auto first_bad = [&](const DmarcRecord& record) {
        for (const domain::BadValue& bad : record.bad_values)
            if (bad.tag == "p" || bad.tag == "sp" || bad.tag == "np")
                return fmt::format("{}={}", bad.tag, bad.value);
        return std::string{};
    };
    if (own.dmarc.size() > 1) {
        find(sheet, "domain-dmarc-several", {{"count", std::to_string(own.dmarc.size())}},
             dmarc.source ? Severity::warning : Severity::error);
    } else if (own.dmarc.size() == 1 && !own.dmarc.front().counts()) {
        find(sheet, "domain-dmarc-bad-policy", {{"found", first_bad(own.dmarc.front())}});
    } else if (!own.mistaken.empty()) {
        const DmarcRecord& record = own.mistaken.front();
        find(sheet, "domain-dmarc-ignored",
             {{"why", why_ignored(record.form)}, {"expected", proposal(sheet, Policy::none, &record)}});
    } else if (!dmarc.source && judge_misplaced(sheet)) {
        return;
    } else if (!dmarc.source && sheet.facts().is_parked()) {
        find(sheet, "domain-dmarc-parked", {}, Severity::error);
    } else if (!dmarc.source) {
        find(sheet, "domain-dmarc-missing", {{"expected", proposal(sheet, Policy::none, nullptr)}});
    }
}

void judge_policy(Sheet& sheet, const DmarcRecord& record) {
    const Facts& facts = sheet.facts();
    const Policy policy = *facts.dmarc.policy;
    const Values values{{"policy", "p=" + to_text(policy)}};
    if (!facts.dmarc.is_inherited()) {
        if (!record.has_p)
            find(sheet, "domain-dmarc-no-p", {{"expected", proposal(sheet, Policy::none, &record)}});
        for (const domain::BadValue& bad : record.bad_values)
            if (bad.tag == "p" || bad.tag == "sp" || bad.tag == "np")
                find(sheet, "domain-dmarc-bad-policy", {{"found", fmt::format("{}={}", bad.tag, bad.value)}});
    }
    if (facts.is_parked() && policy != Policy::reject) {
        find(sheet, "domain-dmarc-parked");
        return;
    }
    if (policy == Policy::none && record.has_p && !record.has_bad_policy())
        find(sheet, "domain-dmarc-none", {{"expected", proposal(sheet, Policy::quarantine, &record)}});
    if (record.testing && policy != Policy::none) find(sheet, "domain-dmarc-testing", values);
}

/// Habits of RFC 7489 and what receivers ignore.
void judge_syntax(Sheet& sheet, const DmarcRecord& record) {
    const Policy policy = record.own_policy();
    if (record.pct && *record.pct < 100 && policy != Policy::none)
        find(sheet, "domain-dmarc-pct",
             {{"count", std::to_string(*record.pct)}, {"expected", proposal(sheet, policy, &record)}});
    else if (!record.historic.empty())
        find(sheet, "domain-dmarc-historic", {{"list", joined(record.historic)}});
    std::vector<std::string> odd = record.broken;
    for (const std::string& tag : record.unknown)
        odd.push_back(tag + "=");
    for (const std::string& tag : record.doubled)
        odd.push_back(tag + "= (twice)");
    for (const domain::BadValue& bad : record.bad_values)
        if (bad.tag != "p" && bad.tag != "sp" && bad.tag != "np")
            odd.push_back(fmt::format("{}={}", bad.tag, bad.value));
    if (!odd.empty()) find(sheet, "domain-dmarc-odd-tags", {{"list", joined(odd)}});
    if (record.p_not_second) find(sheet, "domain-dmarc-order");
}

void judge_subdomains(Sheet& sheet, const DmarcRecord& record) {
    if (record.has_bad_policy()) return;
    const Policy own = record.own_policy();
    std::vector<std::string> weaker;
    if (record.sp && *record.sp < own) weaker.push_back("sp=" + to_text(*record.sp));
    if (record.np && *record.np < own) weaker.push_back("np=" + to_text(*record.np));
    if (!weaker.empty())
        find(sheet, "domain-dmarc-weak-subdomains",
             {{"found", joined(weaker)}, {"policy", "p=" + to_text(own)}});
}

void judge_reports(Sheet& sheet, const DmarcRecord& record) {
    const Facts& facts = sheet.facts();
    if (record.rua.empty() && !facts.is_parked())
        find(sheet, "domain-dmarc-no-reports", {{"expected", proposal(sheet, record.own_policy(), &record)}},
             record.own_policy() == Policy::none ? Severity::warning : Severity::info);
    for (const domain::ReportDestination& destination : facts.dmarc.destinations) {
        const ReportAddress& address = destination.address;
        const Values values{
            {"value", address.text},
            {"tag", destination.tag},
            {"host", domain::lower_text(address.host)},
            {"name", destination.authorisation == Authorisation::own
                         ? "_dmarc." + domain::lower_text(facts.dmarc.levels[*facts.dmarc.source].domain)
                         : domain::lower_text(destination.record)}};
        if (address.form != ReportAddress::Form::mailto)
            find(sheet, "domain-dmarc-bad-report-address", values);
        if (address.has_size_limit) find(sheet, "domain-dmarc-size-limit", values);
        if (destination.authorisation == Authorisation::missing)
            find(sheet, "domain-dmarc-foreign-reports", values);
    }
}

} // namespace

void judge_dmarc(Sheet& sheet) {
    const Facts& facts = sheet.facts();
    const Dmarc& dmarc = facts.dmarc;
    const bool is_enforced = dmarc.policy.value_or(Policy::none) != Policy::none;
    const std::string_view expected = facts.is_parked() ? "v=DMARC1; p=reject"
                                      : is_enforced     ? ""
                                                        : "v=DMARC1; p=quarantine or reject";
    sheet.line({"DMARC", "_dmarc." + sheet.domain(), "TXT", std::string(expected), found_text(dmarc),
                RecordVerdict::ok, ""});
    if (dmarc.failed()) {
        const auto bad = std::find_if(dmarc.levels.begin(), dmarc.levels.end(),
                                      [](const DmarcLevel& level) { return level.records.failed(); });
        return sheet.failed(bad->records.detail, Sheet::Weight::matters);
    }
    judge_missing(sheet);
    const DmarcRecord* record = dmarc.record();
    if (record == nullptr) return;
    // A record of its own that does not count has to be mended first: the other advice follows from it.
    const bool has_own = !dmarc.own().dmarc.empty() || !dmarc.own().mistaken.empty();
    if (dmarc.is_inherited() && has_own) return;
    judge_policy(sheet, *record);
    if (dmarc.is_inherited()) return; // the rest is the other domain's matter
    judge_reports(sheet, *record);
    judge_syntax(sheet, *record);
    judge_subdomains(sheet, *record);
}

void judge_alignment(Sheet& sheet) {
    const Facts& facts = sheet.facts();
    const DmarcRecord* record = facts.dmarc.record();
    if (record == nullptr || facts.is_parked() || facts.spf.sends_nothing()) return;
    std::vector<std::string> strict;
    if (record->adkim == domain::Alignment::strict) strict.emplace_back("adkim=s");
    if (record->aspf == domain::Alignment::strict) strict.emplace_back("aspf=s");
    if (!strict.empty()) sheet.find("domain-dmarc-strict", {{"list", joined(strict)}});
    if (*facts.dmarc.policy == Policy::none || facts.spf.records.failed()) return;
    const Values values{{"policy", "p=" + to_text(*facts.dmarc.policy)}};
    const bool spf = spf_works(facts);
    const bool dkim = dkim_works(facts);
    if (!dkim && dkim_is_unknown(facts)) return;
    // Without knowing who sends, a key under an unknown selector may do the work.
    const bool known_service = facts.expect != domain::Expect::any;
    if (!spf && !dkim)
        sheet.find("domain-dmarc-nothing-aligns", values,
                   known_service ? Severity::error : Severity::warning);
    else if (!dkim)
        sheet.find("domain-dmarc-spf-only", values, known_service ? Severity::warning : Severity::info);
    else if (!spf)
        sheet.find("domain-dmarc-dkim-only", values);
}

} // namespace relaytool::diagnosis
