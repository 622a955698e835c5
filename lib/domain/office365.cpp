#include "domain/office365.hpp"

#include "domain/text_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace relaytool::domain {
namespace {

using dns::Type;

constexpr std::array<OfficeExpectation, 8> expectations{{
    {OfficeName::autodiscover,
     "autodiscover",
     Type::cname,
     {"autodiscover.outlook.com"},
     "autodiscover.outlook.com",
     0},
    {OfficeName::enterprise_registration,
     "enterpriseregistration",
     Type::cname,
     {"enterpriseregistration.windows.net"},
     "enterpriseregistration.windows.net",
     0},
    {OfficeName::enterprise_enrollment,
     "enterpriseenrollment",
     Type::cname,
     {"enterpriseenrollment-s.manage.microsoft.com", "enterpriseenrollment.manage.microsoft.com"},
     "enterpriseenrollment-s.manage.microsoft.com",
     0},
    {OfficeName::sip, "sip", Type::cname, {"sipdir.online.lync.com"}, "sipdir.online.lync.com", 0},
    {OfficeName::lyncdiscover,
     "lyncdiscover",
     Type::cname,
     {"webdir.online.lync.com"},
     "webdir.online.lync.com",
     0},
    {OfficeName::sip_tls,
     "_sip._tls",
     Type::srv,
     {"sipdir.online.lync.com"},
     "100 1 443 sipdir.online.lync.com",
     443},
    {OfficeName::sip_federation,
     "_sipfederationtls._tcp",
     Type::srv,
     {"sipfed.online.lync.com"},
     "100 1 5061 sipfed.online.lync.com",
     5061},
    {OfficeName::msoid, "msoid", Type::cname, {}, "", 0},
}};

bool is_target(const OfficeExpectation& expected, const dns::Name& name) {
    const std::string text = lower_text(name);
    return std::any_of(std::begin(expected.targets), std::end(expected.targets),
                       [&](std::string_view target) { return !target.empty() && target == text; });
}

/// The address look-up of an alias tells its target, too, and whether that exists.
void read_alias(const dns::Answer& answer, OfficeRecord& record) {
    if (!answer.aliases.empty()) {
        record.found = lower_text(answer.aliases.front());
        record.is_right = is_target(*record.expected, answer.aliases.front());
        return;
    }
    for (const ip::Address* address : answer.all<ip::Address>())
        if (record.found.empty()) record.found = ip::to_string(*address);
}

void read_srv(const dns::Answer& answer, OfficeRecord& record) {
    for (const dns::Srv* srv : answer.all<dns::Srv>()) {
        if (record.is_right) return;
        record.found =
            fmt::format("{} {} {} {}", srv->priority, srv->weight, srv->port, lower_text(srv->target));
        record.is_right = is_target(*record.expected, srv->target) && srv->port == record.expected->port;
    }
}

/// Whether a name answers as the wildcard does.
bool is_same(const dns::Answer& answer, const dns::Answer& wildcard) {
    if (!answer.aliases.empty() || !wildcard.aliases.empty()) return answer.aliases == wildcard.aliases;
    const auto found = answer.all<ip::Address>();
    const auto all = wildcard.all<ip::Address>();
    return !found.empty() && std::all_of(found.begin(), found.end(), [&](const ip::Address* address) {
        return std::any_of(all.begin(), all.end(), [&](const ip::Address* one) { return *one == *address; });
    });
}

dns::Question question_of(const OfficeExpectation& expected, const dns::Name& domain) {
    return {name_below(domain, expected.labels), expected.type == Type::srv ? Type::srv : Type::a};
}

} // namespace

std::span<const OfficeExpectation> office_expectations() {
    return expectations;
}

void prefetch_office(dns::Cache& cache, const dns::Name& domain) {
    for (const OfficeExpectation& expected : expectations)
        cache.prefetch(question_of(expected, domain));
    cache.prefetch({name_below(domain, "*"), Type::a});
}

std::vector<OfficeRecord> look_at_office(dns::Cache& cache, const dns::Name& domain) {
    const dns::AnswerPtr wildcard = cache.query({name_below(domain, "*"), Type::a});
    std::vector<OfficeRecord> records;
    for (const OfficeExpectation& expected : expectations) {
        const dns::Question question = question_of(expected, domain);
        const dns::AnswerPtr answer = cache.query(question);
        OfficeRecord record{&expected, question.name, answer->status, {}, false};
        if (expected.type == Type::srv)
            read_srv(*answer, record);
        else
            read_alias(*answer, record);
        // Under a wildcard every name answers; nobody meant this one. Autodiscover is asked all the same.
        if (!record.is_right && expected.name != OfficeName::autodiscover && is_same(*answer, *wildcard))
            record.found.clear();
        records.push_back(std::move(record));
    }
    return records;
}

} // namespace relaytool::domain
