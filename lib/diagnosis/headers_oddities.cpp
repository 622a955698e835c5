#include "diagnosis/headers_sheet.hpp"
#include "diagnosis/waiting_time.hpp"
#include "mail/address.hpp"

namespace relaytool::diagnosis {
namespace {

using route::Oddity;

constexpr std::int64_t long_wait = 10 * 60; ///< seconds in a queue that are worth a word

std::string_view rule_of(Oddity oddity) {
    switch (oddity) {
    case Oddity::missing: return "headers-field-missing";
    case Oddity::missing_id: return "headers-id-missing";
    case Oddity::duplicate: return "headers-field-twice";
    case Oddity::bad_date: return "headers-date-bad";
    case Oddity::several_from: return "headers-from-several";
    case Oddity::no_address: return "headers-from-no-address";
    case Oddity::long_line: return "headers-line-long";
    case Oddity::raw_octets: return "headers-octets-raw";
    case Oddity::name_address: return "headers-name-address";
    case Oddity::reply_elsewhere: return "headers-reply-elsewhere";
    case Oddity::mixed_script: return "headers-script-mixed";
    case Oddity::look_alike: return "headers-look-alike";
    }
    return "";
}

Values values_of(const route::OddField& odd) {
    switch (odd.oddity) {
    case Oddity::name_address:
    case Oddity::look_alike: return {{"before", odd.value}, {"after", odd.other}};
    case Oddity::reply_elsewhere: return {{"to", odd.value}, {"from", odd.other}};
    case Oddity::mixed_script: return {{"type", odd.field}, {"name", odd.value}};
    case Oddity::raw_octets:
        return {{"name", odd.field}, {"value", odd.other.empty() ? "no UTF-8 either" : odd.other}};
    default: return {{"name", odd.field}, {"count", odd.value}, {"value", odd.value}};
    }
}

void judge_times(HeadersSheet& sheet) {
    for (const route::Hop& hop : sheet.headers().route.hops) {
        const std::string host = hop.received.by;
        if (hop.delay.value_or(0) >= long_wait)
            sheet.find("headers-queued", {{"value", waiting_time(*hop.delay)}, {"host", host}}, hop.text);
        const bool is_wrong = hop.clock == route::Clock::ahead || hop.clock == route::Clock::behind;
        if (is_wrong && hop.clock_off > 60)
            sheet.find("headers-clock",
                       {{"host", host},
                        {"value", waiting_time(hop.clock_off)},
                        {"type", hop.clock == route::Clock::ahead ? "fast" : "slow"}},
                       hop.text);
        if (sheet.so_far().findings.size() > 100) return; // a header of a stranger's making
    }
}

void judge_repair(HeadersSheet& sheet) {
    const route::Repair& repair = sheet.headers().repair;
    std::string list;
    const auto add = [&](bool was_done, std::string_view what) {
        if (!was_done) return;
        if (!list.empty()) list += ", ";
        list += what;
    };
    add(repair.indented, "indentation taken off");
    add(repair.quoted, "quotation marks taken off");
    add(repair.unwrapped, "broken lines joined");
    add(repair.split, "lost line ends put in");
    add(repair.spaced, "blank lines between the fields dropped");
    add(repair.decoded, "HTML characters decoded");
    add(repair.led, "text in front of it passed over");
    if (!list.empty()) sheet.find("headers-repaired", {{"list", list}});
}

} // namespace

void judge_oddities(HeadersSheet& sheet) {
    for (const route::OddField& odd : sheet.headers().oddities)
        sheet.find(rule_of(odd.oddity), values_of(odd));
    judge_times(sheet);
    judge_repair(sheet);
}

} // namespace relaytool::diagnosis
