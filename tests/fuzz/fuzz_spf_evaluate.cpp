#include "diagnosis/spf_findings.hpp"
#include "dns/zone.hpp"
#include "fuzz/checks.hpp"
#include "report/spf.hpp"
#include "spf/evaluate.hpp"
#include "spf/received.hpp"

#include <algorithm>

namespace {

using namespace relaytool;

void check(bool holds) {
    if (!holds) std::abort();
}

std::string_view take(std::string_view& input, char separator) {
    const std::size_t end = std::min(input.find(separator), input.size());
    const std::string_view part = input.substr(0, end);
    input.remove_prefix(std::min(end + 1, input.size()));
    return part;
}

void check_limits(const spf::Check& found) {
    // The one too many is counted, and ends the check.
    check(found.lookups <= spf::max_lookup_terms + 1);
    check(found.void_lookups <= spf::max_void_lookups + 1);
    if (found.lookups > spf::max_lookup_terms) check(found.reason == spf::Reason::too_many_lookups);
    if (found.void_lookups > spf::max_void_lookups) check(found.reason == spf::Reason::too_many_voids);
    check((found.reason == spf::Reason::matched) == !found.mechanism().empty());
    check(found.explanation.empty() || found.verdict == spf::Verdict::fail);
    check(found.explanation.size() <= spf::longest_expansion);
}

} // namespace

/// `address sender helo` on the first line, a zone file on the others.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input(reinterpret_cast<const char*>(data), size);
    std::string_view line = take(input, '\n');
    spf::Query query;
    query.ip = ip::read_address(take(line, ' ')).value_or(ip::Address::v4(0xC0000201));
    std::string_view sender = take(line, ' ');
    query.sender_local = take(sender, '@');
    query.sender_domain = sender;
    query.domain = sender;
    query.helo = line;
    const auto zone = dns::read_zone(input, "fuzz");
    dns::ZoneResolver resolver;
    if (zone) resolver.add(*zone);
    dns::Cache cache(resolver);
    spf::Policies policies(cache);
    report::SpfCheck result;
    result.check = spf::evaluate(policies, query);
    check_limits(result.check);
    result.finding = diagnosis::finding_of(result.check);
    for (const char c : spf::received_field(result.check))
        check(c >= ' ' && c <= '~');
    fuzz::check_utf8(report::spf_checks_json({result}));
    fuzz::check_terminal(report::spf_check_text(result, {.unicode = true}));
    fuzz::check_terminal(report::spf_check_line(result.check, {.unicode = true}));
    return 0;
}
