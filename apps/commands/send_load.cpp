#include "commands/send_load.hpp"

#include "base/ip.hpp"
#include "diagnosis/sending_verdict.hpp"
#include "report/load.hpp"
#include "smtp/volley.hpp"

#include <CLI/Validators.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace relaytool::cli {
namespace {

using std::chrono::microseconds;

constexpr std::uint64_t most_for_strangers = 100;
constexpr std::uint64_t most_messages = 10'000'000;
constexpr std::size_t most_connections = 500;
constexpr std::size_t most_causes = 100;
constexpr std::size_t largest_message = 64 * 1024 * 1024;
constexpr double slowest_rate = 0.001; // messages a minute
constexpr double fastest_rate = 1e9;
constexpr std::chrono::milliseconds progress_interval{500};

bool is_loopback(const std::string& host) {
    const auto address = ip::read_address(host);
    if (!address) return host == "localhost";
    return *address == ip::Address::v6(0, 1) ||
           (address->family() == ip::Family::v4 && address->low() >> 24U == 127);
}

/// What the connections share.
class Range {
public:
    Range(const LoadOptions& options, Machine& machine)
        : options_(options), machine_(machine), begun_(machine.uptime()) {}

    /// The next number, when its turn has come; nothing when all are given out.
    std::optional<std::uint64_t> next() {
        const std::uint64_t number = given_++;
        if (number >= options_.count) return std::nullopt;
        if (options_.rate > 0) {
            const microseconds due(
                static_cast<microseconds::rep>(static_cast<double>(number) * 60e6 / options_.rate));
            const microseconds early = begun_ + due - machine_.uptime();
            if (early.count() > 0)
                machine_.sleep(std::chrono::duration_cast<std::chrono::milliseconds>(early));
        }
        return number + 1;
    }

    void done() { ++done_; }
    smtp::Pace pace() const { return options_.rate > 0 ? smtp::Pace::one_by_one : smtp::Pace::ahead; }
    std::uint64_t done_count() const { return done_; }
    microseconds elapsed() { return machine_.uptime() - begun_; }

private:
    const LoadOptions& options_;
    Machine& machine_;
    microseconds begun_;
    std::atomic<std::uint64_t> given_{0};
    std::atomic<std::uint64_t> done_{0};
};

/// What one connection saw.
struct Log {
    std::vector<std::uint32_t> latencies;
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;
    bool was_turned_away = false; ///< before the first message
    std::map<std::string, report::LoadCause> causes;
};

void count_findings(Log& log, const smtp::Outcome& outcome, const diagnosis::Sending& sending) {
    for (diagnosis::Finding& finding : diagnosis::judge_sending(outcome, sending)) {
        std::string key = finding.id + "\n" + finding.title;
        if (log.causes.size() >= most_causes && log.causes.count(key) == 0) key = log.causes.begin()->first;
        report::LoadCause& cause = log.causes[key];
        if (cause.times++ == 0) cause.finding = std::move(finding);
    }
}

/// One connection from its greeting to its end.
void shoot(const LoadTask& task, const diagnosis::Sending& sending, smtp::NumberedMessage message,
           Range& range, Context& context, Log& log) {
    smtp::Transcript transcript([&context] { return context.machine->uptime(); });
    smtp::Client client(*context.connector, task.target, transcript);
    if (!client.open(smtp::StopAfter::message, task.credentials) || !client.login(task.credentials)) {
        log.was_turned_away =
            client.outcome.fate == smtp::Fate::refused || client.outcome.obstacle != smtp::Obstacle::none;
        count_findings(log, client.outcome, sending);
        client.quit();
        return;
    }
    transcript.forget();
    smtp::Volley volley(*client.dialogue(), client.outcome.now, task.target.patience, task.composed.envelope,
                        range.pace());
    const auto done = [&](const smtp::Shot& shot) {
        log.latencies.push_back(
            static_cast<std::uint32_t>(std::min<microseconds::rep>(shot.took.count(), UINT32_MAX)));
        ++(shot.accepted ? log.accepted : log.refused);
        if (!shot.accepted) {
            smtp::Outcome outcome = client.outcome;
            outcome.fate = smtp::Fate::refused;
            outcome.reply = shot.reply;
            count_findings(log, outcome, sending);
        }
        range.done();
    };
    const smtp::Spoken<void> fired = volley.fire(
        message, [&] { return range.next(); }, done);
    if (!fired) {
        smtp::Outcome outcome = client.outcome;
        outcome.broken = fired.error();
        count_findings(log, outcome, sending);
        return;
    }
    client.quit();
}

/// The message as every server takes it, with room for the number, filled up with lines of its own.
Result<std::string> write_message(const LoadOptions& options, const Composed& composed) {
    constexpr std::string_view line =
        "This line fills a message of a load test up to its size: 0123456789.\r\n";
    auto written = write(composed, {});
    if (!written) return tl::unexpected(written.error());
    std::string octets = std::move(written->octets);
    // Each message gets a name of its own: the number goes into the one that they would share.
    const std::size_t id = octets.find(composed.message_id);
    if (id != std::string::npos) octets.insert(id + 1, std::string(smtp::NumberedMessage::mark) + ".");
    octets.reserve(options.size + line.size());
    while (octets.size() + line.size() <= options.size)
        octets.append(line);
    if (octets.size() + 2 <= options.size)
        octets.append(options.size - octets.size() - 2, '.').append("\r\n");
    return octets;
}

void watch(Range& range, std::uint64_t wanted, const std::atomic<bool>& over, Context& context) {
    if (!context.terminal.err) return;
    while (!over) {
        context.machine->sleep(progress_interval);
        context.err("\r" + report::load_progress(range.done_count(), wanted, range.elapsed()) + "\x1b[K");
    }
    context.err("\r\x1b[K");
}

void add_up(report::LoadReport& report, std::vector<Log>& logs) {
    std::map<std::string, report::LoadCause> causes;
    for (Log& log : logs) {
        report.accepted += log.accepted;
        report.refused += log.refused;
        report.latencies.insert(report.latencies.end(), log.latencies.begin(), log.latencies.end());
        for (auto& [key, cause] : log.causes) {
            report::LoadCause& sum = causes[key];
            if (sum.times == 0) sum.finding = std::move(cause.finding);
            sum.times += cause.times;
        }
    }
    std::sort(report.latencies.begin(), report.latencies.end());
    for (auto& [key, cause] : causes)
        report.causes.push_back(std::move(cause));
    std::stable_sort(
        report.causes.begin(), report.causes.end(),
        [](const report::LoadCause& a, const report::LoadCause& b) { return a.times > b.times; });
    report.unanswered = report.wanted - report.accepted - report.refused;
}

} // namespace

void add_load_options(CLI::App& app, LoadOptions& options) {
    constexpr const char* group = "Load test, for your own server";
    app.add_option("--count", options.count, "Send the message N times, connections reused")
        ->option_text("N")
        ->check(CLI::Range(std::uint64_t{1}, most_messages))
        ->group(group);
    app.add_option("--parallel", options.parallel, "Over P connections at once (default 1)")
        ->option_text("P")
        ->check(CLI::Range(std::size_t{1}, most_connections))
        ->group(group);
    app.add_option("--rate", options.rate, "At most R messages a minute")
        ->option_text("R")
        ->check(CLI::Range(slowest_rate, fastest_rate))
        ->group(group);
    app.add_option("--size", options.size, "Fill each message up to this many octets")
        ->option_text("OCTETS")
        ->check(CLI::Range(std::size_t{1}, largest_message))
        ->group(group);
    app.add_flag("--i-own-this-server", options.is_own_server,
                 "More than 100 messages to another machine than this one")
        ->group(group);
}

Exit run_load(const LoadOptions& options, const OutputOptions& output, const LoadTask& task,
              Context& context) {
    if (std::isnan(options.rate)) { // which every CLI::Range lets pass
        complain(context, {"--rate", "not a number of messages a minute"});
        return Exit::usage;
    }
    if (options.count > most_for_strangers && !is_loopback(task.target.host) && !options.is_own_server) {
        complain(context,
                 {"--count " + std::to_string(options.count),
                  "more than 100 messages are for a server of your own: say so with --i-own-this-server"});
        return Exit::usage;
    }
    const auto octets = write_message(options, task.composed);
    if (!octets) {
        complain(context, octets.error());
        return Exit::could_not_tell;
    }
    report::LoadReport report;
    report.host = task.target.host;
    report.port = task.target.port;
    report.wanted = options.count;
    report.connections = std::min<std::uint64_t>(options.parallel, options.count);
    report.message_size = octets->size();
    const diagnosis::Sending sending{task.target.host, task.target.port, task.credentials.user,
                                     task.composed.envelope.sender};
    const smtp::NumberedMessage message(*octets);
    Range range(options, *context.machine);
    std::vector<Log> logs(report.connections);
    std::atomic<bool> over = false;
    std::thread watcher([&] { watch(range, options.count, over, context); });
    std::vector<std::thread> threads;
    threads.reserve(logs.size());
    for (Log& log : logs)
        threads.emplace_back([&] { shoot(task, sending, message, range, context, log); });
    for (std::thread& thread : threads)
        thread.join();
    report.took = range.elapsed();
    over = true;
    watcher.join();
    add_up(report, logs);
    const bool as_text = output.form == Form::text;
    context.out(as_text ? report::load_text(report, style_of(output, context.terminal))
                        : report::load_json(report) + "\n");
    if (report.accepted == report.wanted) return Exit::good;
    const bool has_no = report.refused > 0 || std::any_of(logs.begin(), logs.end(),
                                                          [](const Log& log) { return log.was_turned_away; });
    return has_no ? Exit::bad : Exit::could_not_tell;
}

} // namespace relaytool::cli
