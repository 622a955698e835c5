#include "base/ascii.hpp"
#include "diagnosis/domain_sheet.hpp"
#include "diagnosis/spf_findings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::diagnosis {
namespace {

using domain::Expect;
using domain::Facts;
using domain::SpfRecord;

/// The service that the domain sends by, as far as it has an include of its own; or null.
const spf::Provider* service_of(const Facts& facts) {
    if (facts.is_parked()) return nullptr;
    if (facts.sends_by_microsoft()) return spf::provider_by_id("o365");
    return facts.expect == Expect::google ? spf::provider_by_id("google") : nullptr;
}

/// The record with the include right behind the version.
std::string with_include(const std::string& record, std::string_view include) {
    constexpr std::size_t version = 6; // v=spf1
    return fmt::format("{} include:{}{}", record.substr(0, version), include, record.substr(version));
}

} // namespace

bool spf_works(const Facts& facts) {
    if (facts.spf.only() == nullptr || facts.spf.sends_nothing()) return false;
    const spf::Provider* service = service_of(facts);
    return service == nullptr || spf::may_send(facts.spf.tree, *service);
}

void judge_spf(Sheet& sheet) {
    const Facts& facts = sheet.facts();
    const SpfRecord& spf = facts.spf;
    const spf::Provider* service = service_of(facts);
    const std::string expected = facts.is_parked()    ? "v=spf1 -all"
                                 : service != nullptr ? fmt::format("include:{}", service->includes.front())
                                                      : std::string{};
    sheet.line({"SPF", sheet.domain(), "TXT", expected, joined(spf.texts, " | "), RecordVerdict::ok, ""});
    if (spf.records.failed()) return sheet.failed(spf.records.detail, Sheet::Weight::matters);
    if (facts.is_parked() && !spf.sends_nothing()) return sheet.find("domain-spf-parked");
    std::vector<spf::Issue> issues = spf.issues;
    // Lint takes a null MX for a domain without mail; who says --expect knows that it sends.
    for (spf::Issue& issue : issues)
        if (issue.problem == spf::Problem::no_record_no_mail && service != nullptr)
            issue.problem = spf::Problem::no_record;
    for (Finding& finding : findings_of(spf.tree, issues))
        sheet.take(std::move(finding));
    if (service == nullptr || spf.only() == nullptr || spf::may_send(spf.tree, *service)) return;
    // lint() says it where the domain's MX shows the service; --expect may know better.
    const bool said = std::any_of(spf.issues.begin(), spf.issues.end(), [](const spf::Issue& issue) {
        return issue.problem == spf::Problem::microsoft_missing ||
               issue.problem == spf::Problem::google_missing;
    });
    if (!said)
        sheet.find("domain-spf-service",
                   {{"value", std::string(service->name)},
                    {"include", std::string(service->includes.front())},
                    {"expected", with_include(*spf.only(), service->includes.front())}});
}

} // namespace relaytool::diagnosis
