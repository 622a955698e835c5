#include "commands/probe_paths.hpp"

#include "base/ascii.hpp"
#include "diagnosis/paths_verdict.hpp"
#include "mail/address.hpp"
#include "options/mx.hpp"
#include "probe/walk.hpp"
#include "report/paths.hpp"

#include <algorithm>
#include <future>
#include <optional>
#include <utility>

namespace relaytool::cli {
namespace {

/// The first address in the domain, or the first one outside it; "" when there is none.
enum class Side { inside, outside };
std::string first_on(Side side, const std::vector<std::string>& addresses, const std::string& domain) {
    const auto found = std::find_if(addresses.begin(), addresses.end(), [&](const std::string& address) {
        return ascii::iequals(mail::domain_of(address), domain) == (side == Side::inside);
    });
    return found == addresses.end() ? std::string{} : *found;
}

/// To the domain's MX as a server or a program without a login would go.
Result<probe::Plan> exchanger_plan(const PathsOptions& options, const probe::Plan& plan, Context& context) {
    probe::Plan other;
    other.target = plan.target;
    other.target.port = options.mx_port;
    other.target.addresses.clear();
    other.target.login.reset();
    other.target.tls.mode = smtp::TlsMode::opportunistic;
    other.target.tls.verification = smtp::Verification::none;
    auto targets = mx_targets(options.domain, other.target, options.dns, context);
    if (!targets) return tl::unexpected(targets.error());
    other.target = std::move(targets->front());
    other.senders = plan.senders;
    return other;
}

diagnosis::ProbeVerdict walk_one(const probe::Plan& plan, dns::Cache* cache, Context& context) {
    const auto clock = [&context] { return context.machine->uptime(); };
    smtp::Transcript transcript(clock);
    return diagnosis::judge_probe(probe::walk(plan, {*context.connector, cache, clock}, transcript),
                                  context.now());
}

} // namespace

Exit run_paths(const PathsOptions& options, const probe::Plan& plan, Context& context) {
    diagnosis::PathWalks walks;
    std::vector<std::string> inside_candidates = plan.recipients;
    inside_candidates.insert(inside_candidates.end(), plan.senders.begin(), plan.senders.end());
    walks.inside = first_on(Side::inside, inside_candidates, options.domain);
    walks.outside = first_on(Side::outside, plan.recipients, options.domain);
    auto other = exchanger_plan(options, plan, context);
    std::future<diagnosis::ProbeVerdict> exchanger;
    if (other) {
        for (const std::string& recipient : {walks.inside, walks.outside})
            if (!recipient.empty()) other->recipients.push_back(recipient);
        // Its addresses are known already: it needs no DNS, which is not for two threads.
        exchanger = std::async(std::launch::async, [&] { return walk_one(*other, nullptr, context); });
    } else {
        walks.no_exchanger = other.error().what + ": " + other.error().why;
    }
    const auto resolver = open_dns(options.dns, context);
    std::optional<dns::Cache> cache;
    if (resolver) cache.emplace(**resolver);
    walks.submission = walk_one(plan, cache ? &*cache : nullptr, context);
    if (exchanger.valid()) walks.exchanger = exchanger.get();
    const diagnosis::PathsVerdict verdict = diagnosis::judge_paths(std::move(walks));
    context.out(options.output.form == Form::text
                    ? report::paths_text(verdict, style_of(options.output, context.terminal))
                    : report::paths_json(verdict) + "\n");
    if (!verdict.recommended) return Exit::could_not_tell;
    const diagnosis::PathLine& taken = verdict.lines[static_cast<std::size_t>(*verdict.recommended)];
    return taken.verdict == diagnosis::StepVerdict::ok        ? Exit::good
           : taken.verdict == diagnosis::StepVerdict::problem ? Exit::bad
                                                              : Exit::could_not_tell;
}

} // namespace relaytool::cli
