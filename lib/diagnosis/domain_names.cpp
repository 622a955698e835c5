#include "base/ascii.hpp"
#include "diagnosis/domain_sheet.hpp"

#include <fmt/format.h>

namespace relaytool::diagnosis {
namespace {

using domain::OfficeName;
using domain::OfficeRecord;

/// Legacy names and device management: nobody misses them who does not use them.
bool is_needed(OfficeName name) {
    return name == OfficeName::autodiscover;
}

void judge_msoid(Sheet& sheet, const OfficeRecord& record) {
    if (record.found.empty() || ascii::icontains(record.found, "partner.microsoftonline-p.net.cn")) return;
    sheet.line({"msoid", domain::lower_text(record.name), "CNAME", "", record.found, RecordVerdict::ok, ""});
    sheet.find("domain-msoid");
}

void judge_office_record(Sheet& sheet, const OfficeRecord& record) {
    const domain::OfficeExpectation& expected = *record.expected;
    sheet.line({std::string(expected.labels), domain::lower_text(record.name), dns::to_string(expected.type),
                std::string(expected.text), record.found,
                record.is_right ? RecordVerdict::ok : RecordVerdict::absent, ""});
    if (record.failed() && !record.is_right) return sheet.failed("no answer", Sheet::Weight::detail);
    if (record.is_right) return;
    if (expected.name == OfficeName::autodiscover) {
        const Severity severity = sheet.facts().is_subdomain() ? Severity::info : Severity::warning;
        sheet.find(record.found.empty() ? "domain-autodiscover-missing" : "domain-autodiscover-elsewhere", {},
                   severity);
    } else if (!record.found.empty()) {
        sheet.find("domain-office-record", {{"host", record.found}});
    }
}

} // namespace

void judge_office(Sheet& sheet) {
    for (const OfficeRecord& record : sheet.facts().office) {
        if (record.expected->name == OfficeName::msoid)
            judge_msoid(sheet, record);
        else if (!record.found.empty() || record.failed() || is_needed(record.expected->name))
            judge_office_record(sheet, record);
    }
}

namespace {

/// Whether SPF lets the address send.
void judge_spf_of(Sheet& sheet, const domain::SendingAddress& address) {
    const std::string ip = ip::to_string(address.address);
    const std::string verdict{to_string(address.spf)};
    sheet.line({fmt::format("SPF {}", ip), sheet.domain(), "TXT", "pass", verdict, RecordVerdict::ok, ""});
    switch (address.spf) {
    case spf::Verdict::pass: return;
    case spf::Verdict::temperror:
        return sheet.failed("a look-up that SPF needs was not answered", Sheet::Weight::matters);
    case spf::Verdict::fail:
    case spf::Verdict::permerror: return sheet.find("domain-sender-spf", {{"ip", ip}}, Severity::error);
    case spf::Verdict::softfail:
    case spf::Verdict::neutral:
    case spf::Verdict::none: return sheet.find("domain-sender-spf", {{"ip", ip}}, Severity::warning);
    }
}

} // namespace

void judge_addresses(Sheet& sheet) {
    for (const domain::SendingAddress& address : sheet.facts().addresses) {
        const std::string ip = ip::to_string(address.address);
        std::vector<std::string> names;
        for (const dns::Name& name : address.names)
            names.push_back(domain::lower_text(name));
        sheet.line({fmt::format("PTR {}", ip), ip::reverse_name(address.address), "PTR",
                    "a name that leads back", joined(names), RecordVerdict::ok, ""});
        if (address.is_private)
            sheet.find("domain-sender-private", {{"ip", ip}});
        else if (address.failed())
            sheet.failed("no answer", Sheet::Weight::matters);
        else if (names.empty())
            sheet.find("domain-sender-no-name", {{"ip", ip}});
        else if (address.confirmed.empty() && address.could_not_confirm)
            sheet.failed("the name's address could not be looked up", Sheet::Weight::matters);
        else if (address.confirmed.empty())
            sheet.find("domain-sender-not-confirmed", {{"ip", ip}, {"host", names.front()}});
        if (!address.is_private) judge_spf_of(sheet, address);
    }
}

} // namespace relaytool::diagnosis
