#include "base/place.hpp"
#include "report/finding.hpp"
#include "report/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace relaytool::report {
namespace {

std::string grouped(std::uint64_t value) {
    std::string text = std::to_string(value);
    for (std::size_t at = text.size(); at > 3; at -= 3)
        text.insert(at - 3, ",");
    return text;
}

std::string time_words(std::uint32_t microseconds) {
    const double ms = microseconds / 1000.0;
    if (ms < 10) return fmt::format("{:.2f} ms", ms);
    if (ms < 1000) return fmt::format("{:.0f} ms", ms);
    return fmt::format("{:.1f} s", ms / 1000);
}

std::string verdict(const LoadReport& report, const Style& style) {
    const std::string host = sanitise_line(report.host, style);
    if (report.accepted == report.wanted)
        return paint(fmt::format("{} took all {} messages, {:.0f} a second", host, grouped(report.wanted),
                                 report.rate()),
                     Tone::good, style);
    return paint(
        fmt::format("{} took {} of {} messages", host, grouped(report.accepted), grouped(report.wanted)),
        Tone::bad, style);
}

/// How many answers took how long: a bar for each power of two that occurs.
std::string drawing(const LoadReport& report, const Style& style) {
    constexpr std::size_t most_bars = 32;
    std::array<std::uint64_t, most_bars> bars{};
    for (const std::uint32_t latency : report.latencies)
        ++bars[static_cast<std::size_t>(std::log2(std::max<std::uint32_t>(latency, 1)))];
    const std::uint64_t highest = *std::max_element(bars.begin(), bars.end());
    const std::size_t room = std::min<std::size_t>(style.width > 40 ? style.width - 34 : 10, 50);
    std::string out;
    for (std::size_t i = 0; i < bars.size(); ++i) {
        if (bars[i] == 0) continue;
        const std::size_t length =
            std::max<std::size_t>(1, static_cast<std::size_t>(bars[i] * room / highest));
        std::string bar;
        for (std::size_t k = 0; k < length; ++k)
            bar += style.unicode ? "\u2588" : "#";
        out += fmt::format("  {:>9} - {:>9} {} {}\n", time_words(1U << i),
                           time_words(static_cast<std::uint32_t>((2ULL << i) - 1)),
                           paint(bar, Tone::command, style), grouped(bars[i]));
    }
    return out;
}

} // namespace

double LoadReport::rate() const {
    return took.count() == 0 ? 0 : static_cast<double>(accepted) * 1e6 / static_cast<double>(took.count());
}

std::uint32_t LoadReport::percentile(double share) const {
    if (latencies.empty()) return 0;
    const auto at = static_cast<std::size_t>(std::ceil(share * static_cast<double>(latencies.size())));
    return latencies[std::min(latencies.size() - 1, at == 0 ? 0 : at - 1)];
}

std::string load_text(const LoadReport& report, const Style& style) {
    std::string out = verdict(report, style) + "\n\n";
    out += labelled("Server", place_of(report.host, report.port), style);
    out += labelled("Messages",
                    fmt::format("{} accepted, {} refused, {} without an answer, {} octets each",
                                grouped(report.accepted), grouped(report.refused), grouped(report.unanswered),
                                grouped(report.message_size)),
                    style);
    out += labelled("Rate",
                    fmt::format("{:.1f} a second over {} connection{}, {:.2f} s in all", report.rate(),
                                report.connections, report.connections == 1 ? "" : "s",
                                static_cast<double>(report.took.count()) / 1e6),
                    style);
    if (!report.latencies.empty()) {
        out += labelled("Answers",
                        fmt::format("half within {}, 90 % {}, 99 % {}, all {}",
                                    time_words(report.percentile(0.5)), time_words(report.percentile(0.9)),
                                    time_words(report.percentile(0.99)), time_words(report.percentile(1))),
                        style);
        out += "\n" + drawing(report, style);
    }
    for (const LoadCause& cause : report.causes) {
        out += fmt::format("\n{} {}\n", grouped(cause.times), style.unicode ? "\u00D7" : "x") +
               headline(cause.finding, style) + "\n";
        out +=
            labelled("Evidence", cause.finding.evidence, style, Tone::strong) + advice(cause.finding, style);
    }
    return out;
}

std::string load_progress(std::uint64_t done, std::uint64_t wanted, std::chrono::microseconds elapsed) {
    const double seconds = static_cast<double>(elapsed.count()) / 1e6;
    return fmt::format("{} of {} messages, {:.0f}/s", grouped(done), grouped(wanted),
                       seconds > 0 ? static_cast<double>(done) / seconds : 0);
}

} // namespace relaytool::report
