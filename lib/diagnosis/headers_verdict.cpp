#include "diagnosis/headers_verdict.hpp"

#include "diagnosis/headers_sheet.hpp"
#include "spf/provider.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace relaytool::diagnosis {
namespace {

/// What the customers of a carrier put into their SPF record, or "".
std::string include_of(const route::Carrier* carrier) {
    const spf::Provider* const provider = carrier ? spf::provider_by_id(carrier->provider) : nullptr;
    return provider ? std::string(provider->includes.front()) : std::string{};
}

} // namespace

std::string_view to_string(Placement placement) {
    switch (placement) {
    case Placement::unknown: return "unknown";
    case Placement::inbox: return "inbox";
    case Placement::junk: return "junk";
    case Placement::custom: return "custom";
    }
    return "";
}

std::size_t HeadersVerdict::count(Severity severity) const {
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(),
                      [&](const Finding& finding) { return finding.severity == severity; }));
}

bool HeadersVerdict::could_not_tell() const {
    if (!verification) return false;
    const bool spf = verification->spf && verification->spf->verdict == spf::Verdict::temperror;
    const bool policy = verification->dmarc && verification->dmarc->failed();
    return spf || policy ||
           std::any_of(verification->dkim.begin(), verification->dkim.end(),
                       [](const dkim::Verification& signature) {
                           return signature.outcome == dkim::Outcome::temperror;
                       });
}

HeadersSheet::HeadersSheet(route::Headers headers, std::optional<route::Verification> verification) {
    verdict_.headers = std::move(headers);
    verdict_.verification = std::move(verification);
    verdict_.origin = find_origin(verdict_.headers);
    hand_over_ = route::hand_over(verdict_.headers);
}

AuthLine& HeadersSheet::line(AuthLine line) {
    return verdict_.authentication.emplace_back(std::move(line));
}

void HeadersSheet::find(std::string_view rule_id, Values values, std::string evidence,
                        std::optional<Severity> severity) {
    const Origin& origin = verdict_.origin;
    const route::People& people = verdict_.headers.people;
    const std::pair<std::string_view, std::string> own[] = {
        {"domain", verdict_.headers.from_domain()},
        {"from", people.from.empty() ? std::string{} : people.from.front().address},
        {"to", verdict_.headers.delivered_to},
        {"ip", hand_over_ ? ip::to_string(hand_over_->ip) : std::string{}},
        {"host", origin.host},
        {"carrier", origin.carrier ? std::string(origin.carrier->name) : std::string{}},
        {"include", include_of(origin.carrier)}};
    for (const auto& [name, value] : own) {
        const bool is_given = std::any_of(values.begin(), values.end(), [wanted = name](const auto& given) {
            return given.first == wanted;
        });
        // A step about an include is left out where none is known; of the others the name stands in its
        // place.
        if (!is_given && (!value.empty() || name == "include")) values.emplace_back(name, value);
    }
    Finding finding = finding_of(rule_id, values, std::move(evidence));
    if (severity) finding.severity = *severity;
    verdict_.findings.push_back(std::move(finding));
}

void HeadersSheet::find_first(std::string_view rule_id, Values values, std::string evidence,
                              std::optional<Severity> severity) {
    find(rule_id, std::move(values), std::move(evidence), severity);
    std::rotate(verdict_.findings.begin(), verdict_.findings.end() - 1, verdict_.findings.end());
}

HeadersVerdict HeadersSheet::finish() {
    std::stable_sort(verdict_.findings.begin(), verdict_.findings.end(),
                     [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
    return std::move(verdict_);
}

HeadersVerdict judge_headers(route::Headers headers, std::optional<route::Verification> verification) {
    HeadersSheet sheet(std::move(headers), std::move(verification));
    judge_proofs(sheet);
    judge_filter(sheet);
    judge_origin(sheet);
    judge_verification(sheet);
    judge_oddities(sheet);
    return sheet.finish();
}

} // namespace relaytool::diagnosis
