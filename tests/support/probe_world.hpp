#pragma once

#include "diagnosis/probe_verdict.hpp"
#include "probe/walk.hpp"
#include "support/fake_dns.hpp"
#include "support/fake_machine.hpp"
#include "support/fake_network.hpp"
#include "support/run.hpp"
#include "support/text.hpp"

#include <string>
#include <utility>
#include <vector>

namespace relaytool::test {

/// `relaytool probe` on a made-up machine and network, where every look at the clock takes a millisecond.
struct ProbeWorld {
    FakeFiles files;
    FakeMachine machine;
    FakeNetwork network;
    FakeDns dns;
    probe::Plan plan; ///< of walk() and judge(): mx.example.net:587, nobody logs in
    std::int64_t now = 1'800'000'000;

    ProbeWorld() {
        machine.tick = std::chrono::milliseconds(1);
        machine.typed = "secret";
        dns.address("mx.example.net", "192.0.2.25");
        plan.target.host = "mx.example.net";
        plan.target.helo = "pc1.example.com";
    }

    void log_in() {
        plan.login.user = "a@example.com";
        plan.login.password = "secret";
    }

    probe::Facts walk() {
        dns::Cache cache(dns);
        const auto clock = [this] { return machine.uptime(); };
        smtp::Transcript transcript(clock);
        return probe::walk(plan, {network, &cache, clock}, transcript);
    }

    diagnosis::ProbeVerdict judge() { return diagnosis::judge_probe(walk(), now); }

    Outcome probe(std::vector<std::string> arguments, cli::Terminal terminal = {.utf8 = true}) {
        arguments.insert(arguments.begin(), "probe");
        return run(
            arguments, files,
            Surroundings{.dns = &dns, .connector = &network, .machine = &machine, .terminal = terminal});
    }
};

/// The line of that step, the first one where it has several.
inline const diagnosis::StepLine& line_of(const diagnosis::ProbeVerdict& verdict, diagnosis::ProbeStep step) {
    static const diagnosis::StepLine none;
    for (const diagnosis::StepLine& line : verdict.steps)
        if (line.step == step) return line;
    return none;
}

} // namespace relaytool::test
