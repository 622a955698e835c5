#include "diagnosis/announcement.hpp"
#include "diagnosis/host_family.hpp"
#include "diagnosis/probe_sheet.hpp"
#include "smtp/login.hpp"

#include <algorithm>

namespace relaytool::diagnosis {
namespace {

using probe::Facts;

void judge_secure_hello(ProbeSheet& sheet) {
    const smtp::Outcome& outcome = sheet.outcome();
    if (sheet.passed(ProbeStep::secure_hello) && !outcome.tls.is_on()) {
        sheet.line(ProbeStep::secure_hello, StepVerdict::skipped, "the connection is in clear");
        return;
    }
    const auto last = std::find_if(sheet.facts().exchanges.rbegin(), sheet.facts().exchanges.rend(),
                                   [](const smtp::Exchange& exchange) {
                                       return exchange.command == "EHLO" && exchange.wire == smtp::Wire::tls;
                                   });
    const bool has_times = last != sheet.facts().exchanges.rend() && last->answered > last->sent;
    sheet.walked(ProbeStep::secure_hello,
                 has_times ? last->answered - last->sent : std::chrono::microseconds{0},
                 sheet.passed(ProbeStep::secure_hello) ? offered_words(outcome.now) : std::string{});
}

std::string auth_words(const Facts& facts) {
    const smtp::Outcome& outcome = facts.outcome;
    std::string words =
        (outcome.mechanism ? std::string(to_string(*outcome.mechanism)) + " as " : std::string("as ")) +
        facts.login;
    const auto answer =
        std::find_if(facts.exchanges.rbegin(), facts.exchanges.rend(),
                     [](const smtp::Exchange& exchange) { return exchange.reply.code == 235; });
    if (outcome.broken) return words + ": " + outcome.broken->detail;
    if (outcome.reply.code >= 400) return words + ": " + smtp::flatten(outcome.reply.text);
    if (outcome.obstacle != smtp::Obstacle::none) return words + ": not tried";
    return answer == facts.exchanges.rend() ? words : words + ": " + smtp::flatten(answer->reply.text);
}

} // namespace

void judge_login(ProbeSheet& sheet) {
    judge_secure_hello(sheet);
    const Facts& facts = sheet.facts();
    const smtp::Outcome& outcome = facts.outcome;
    if (facts.login.empty()) {
        if (!sheet.passed(ProbeStep::auth)) {
            sheet.line(ProbeStep::auth, StepVerdict::skipped, "not reached");
            return;
        }
        sheet.line(ProbeStep::auth, StepVerdict::skipped,
                   "no --user was given; the server offers " + smtp::mechanism_names(outcome.now));
        return;
    }
    const bool is_reached = sheet.passed(ProbeStep::auth) || sheet.broke(ProbeStep::auth);
    const std::chrono::microseconds time = outcome.times.logged_in > outcome.times.ready
                                               ? outcome.times.logged_in - outcome.times.ready
                                               : std::chrono::microseconds{0};
    sheet.walked(ProbeStep::auth, time, is_reached ? auth_words(facts) : std::string{});
    const bool is_basic = outcome.mechanism && !sasl::takes_token(*outcome.mechanism);
    const bool is_microsoft = family_of_host(sheet.seen().host) == HostFamily::microsoft;
    if (!sheet.passed(ProbeStep::auth) || !is_basic || !is_microsoft) return;
    const Announcement& announced = basic_auth_retirement();
    sheet.find("probe-plan-basic-auth", {{"value", std::string(announced.stated)},
                                         {"policy", std::string(announced.plan)},
                                         {"after", std::string(announced.checked)}});
}

} // namespace relaytool::diagnosis
