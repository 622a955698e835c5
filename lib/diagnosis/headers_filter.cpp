#include "base/ascii.hpp"
#include "diagnosis/filter_words.hpp"
#include "diagnosis/headers_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace relaytool::diagnosis {
namespace {

using route::Filter;
using route::FilterMark;

/// An entry of Microsoft's report that puts a message into Junk, strongest first.
struct Decision {
    std::string_view key;
    std::string_view value;
    std::string_view rule;
};

constexpr Decision decisions[] = {
    {"SFV", "BLK", "headers-junk-user"},
    {"SFV", "SKB", "headers-junk-policy"},
    {"SFV", "SKS", "headers-junk-policy"},
    {"CAT", "MALW", "headers-malware"},
    {"CAT", "AMP", "headers-malware"},
    {"CAT", "SAP", "headers-malware"},
    {"CAT", "FTBP", "headers-malware"},
    {"CAT", "INTOS", "headers-junk-intra-org"},
    {"CAT", "SPOOF", "headers-junk-spoof"},
    {"CAT", "UIMP", "headers-junk-impersonation"},
    {"CAT", "DIMP", "headers-junk-impersonation"},
    {"CAT", "GIMP", "headers-junk-impersonation"},
    {"CAT", "BIMP", "headers-junk-impersonation"},
    {"CAT", "HPHSH", "headers-junk-phish"},
    {"CAT", "HPHISH", "headers-junk-phish"},
    {"CAT", "PHSH", "headers-junk-phish"},
    {"CAT", "OSPM", "headers-outbound-spam"},
    {"CAT", "BULK", "headers-junk-bulk"},
    {"SRV", "BULK", "headers-junk-bulk"},
    {"CAT", "HSPM", "headers-junk-spam"},
    {"CAT", "SPM", "headers-junk-spam"},
    {"SFV", "SPM", "headers-junk-spam"},
    {"SFV", "DMS", "headers-junk-spam"},
};

constexpr std::string_view verdict_keys[] = {"SCL", "SFV", "CAT",  "IPV",         "SFTY",
                                             "SRV", "BCL", "dest", "X-CustomSpam"};

bool is_verdict_key(std::string_view key) {
    return std::any_of(std::begin(verdict_keys), std::end(verdict_keys),
                       [&](std::string_view known) { return ascii::iequals(known, key); });
}

const Decision* decision_of(const Filter& filter) {
    const auto* const at =
        std::find_if(std::begin(decisions), std::end(decisions), [&](const Decision& decision) {
            return ascii::iequals(filter.forefront.value(decision.key), decision.value);
        });
    return at == std::end(decisions) ? nullptr : &*at;
}

Placement placement_of(const Filter& filter) {
    const std::string_view where = filter.delivery.value("dest");
    if (ascii::iequals(where, "I")) return Placement::inbox;
    if (ascii::iequals(where, "J")) return Placement::junk;
    if (ascii::iequals(where, "C")) return Placement::custom;
    if (ascii::iequals(filter.forefront.value("SFV"), "SKQ")) return Placement::inbox;
    return filter.scl.value_or(0) >= 5 ? Placement::junk : Placement::unknown;
}

void add_words(FilterVerdict& verdict, const Filter& filter) {
    const auto add = [&](std::string key, std::string value) {
        const bool is_there = std::any_of(verdict.words.begin(), verdict.words.end(),
                                          [&](const FilterWord& word) { return word.key == key; });
        if (is_there || value.empty()) return;
        std::string says = filter_words(key, value);
        const bool is_verdict = !says.empty() && value != "NLI" && value != "NONE" && is_verdict_key(key);
        verdict.words.push_back({std::move(key), std::move(value), std::move(says), is_verdict});
    };
    if (filter.scl) add("SCL", std::to_string(*filter.scl));
    for (const route::Entry& entry : filter.forefront.list)
        add(entry.key, entry.value);
    if (filter.bcl) add("BCL", std::to_string(*filter.bcl));
    if (filter.pcl) add("PCL", std::to_string(*filter.pcl));
    for (const std::string_view key : {"dest", "OFR"})
        add(std::string(key), std::string(filter.delivery.value(key)));
}

std::string entry_text(std::string_view key, std::string_view value) {
    return fmt::format("{}:{}", key, value);
}

/// Mail that the filter called good, or was told to let through.
void judge_good(HeadersSheet& sheet, const Filter& filter) {
    const std::string verdict(filter.forefront.value("SFV"));
    if (sheet.filter().placement == Placement::junk) {
        const std::string value =
            verdict.empty() ? "SCL:" + std::to_string(filter.scl.value_or(0)) : "SFV:" + verdict;
        const bool by_level = filter.scl.value_or(0) >= 5;
        sheet.filter().decided_by = by_level ? "SCL:" + std::to_string(*filter.scl) : "dest:J";
        sheet.find(by_level ? "headers-junk-spam" : "headers-junk-mailbox",
                   {{"value", by_level ? sheet.filter().decided_by : value}});
        return;
    }
    for (const auto& [key, value] : {std::pair{"SFV", "SKA"}, {"SFV", "SKN"}, {"SFV", "SFE"}, {"IPV", "CAL"}})
        if (ascii::iequals(filter.forefront.value(key), value)) {
            sheet.filter().decided_by = entry_text(key, value);
            sheet.find("headers-not-filtered",
                       {{"why", filter_words(key, value)}, {"value", entry_text(key, value)}});
            return;
        }
    if (!verdict.empty()) sheet.filter().decided_by = "SFV:" + verdict;
}

void judge_microsoft(HeadersSheet& sheet, const Filter& filter) {
    const Decision* const decision = decision_of(filter);
    if (!decision) {
        judge_good(sheet, filter);
        return;
    }
    const std::string entry = entry_text(decision->key, decision->value);
    sheet.filter().decided_by = entry;
    const bool arrived =
        sheet.filter().placement == Placement::inbox || sheet.filter().placement == Placement::custom;
    sheet.find(decision->rule, {{"value", entry}}, {},
               arrived ? std::optional(Severity::info) : std::nullopt);
    if (sheet.filter().placement == Placement::unknown) sheet.filter().placement = Placement::junk;
}

void judge_marks(HeadersSheet& sheet, const Filter& filter) {
    for (const FilterMark& mark : filter.marks) {
        if (!mark.spam.value_or(mark.score && mark.required && *mark.score >= *mark.required)) continue;
        std::string value = mark.score ? fmt::format("{:.1f} points", *mark.score) : mark.field;
        if (mark.score && mark.required) value += fmt::format(" of {:.1f}", *mark.required);
        sheet.find("headers-spam-mark",
                   {{"carrier", std::string(to_string(mark.product))},
                    {"value", value},
                    {"detail", mark.detail.empty() ? "not named" : mark.detail}},
                   mark.field);
        if (!filter.has_microsoft()) {
            sheet.filter().placement = Placement::junk;
            sheet.filter().decided_by = to_string(mark.product);
        }
    }
}

} // namespace

void judge_filter(HeadersSheet& sheet) {
    const Filter& filter = sheet.headers().filter;
    add_words(sheet.filter(), filter);
    sheet.filter().placement = placement_of(filter);
    if (filter.has_microsoft()) judge_microsoft(sheet, filter);
    judge_marks(sheet, filter);
    const std::string& by = sheet.filter().decided_by;
    const std::size_t colon = by.find(':');
    if (colon != std::string::npos)
        sheet.filter().says = filter_words(by.substr(0, colon), by.substr(colon + 1));
}

} // namespace relaytool::diagnosis
