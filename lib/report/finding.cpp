#include "report/finding.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::report {
namespace {

using diagnosis::Finding;
using diagnosis::Owner;
using diagnosis::Severity;

constexpr std::size_t label_width = 11;
/// A command of this length, or longer, gets a line of its own, so that it can be copied.
constexpr std::size_t long_command = 30;

Tone tone_of(Severity severity) {
    switch (severity) {
    case Severity::error: return Tone::bad;
    case Severity::warning: return Tone::warning;
    case Severity::info: return Tone::strong;
    case Severity::ok: return Tone::good;
    }
    return Tone::plain;
}

/// Keeps wrap() from breaking a command in two.
constexpr char hard_blank = '\x01';

std::string wrap_with_commands(std::string_view text, std::size_t indent, std::size_t used,
                               const Style& style) {
    std::string tied(text);
    bool in_command = false;
    for (char& c : tied) {
        if (c == '`') in_command = !in_command;
        if (in_command && c == ' ') c = hard_blank;
    }
    std::string out = wrap(tied, indent, used, style);
    std::replace(out.begin(), out.end(), hard_blank, ' ');
    return out;
}

/// Paints the backticked parts of text that is wrapped already; the backticks stay where there is no colour.
std::string paint_commands(std::string_view text, const Style& style) {
    if (!style.colour) return std::string(text);
    std::string out;
    while (!text.empty()) {
        const Piece piece = take_piece(text);
        out += paint(piece.text, piece.is_command ? Tone::command : Tone::plain, style);
    }
    return out;
}

/// Long commands move to lines of their own, without backticks.
std::string step_text(std::string_view step, std::size_t indent, const Style& style) {
    const std::string margin(indent, ' ');
    const std::string safe = sanitise(step, style);
    std::string_view rest = safe;
    std::string out;
    std::string prose;
    const auto flush = [&] {
        std::string_view text = prose;
        if (!out.empty())
            while (!text.empty() && std::string_view{" ,.;:"}.find(text.front()) != std::string_view::npos)
                text.remove_prefix(1);
        if (!text.empty()) {
            if (!out.empty()) out += '\n' + margin;
            out += paint_commands(wrap_with_commands(text, indent, indent, style), style);
        }
        prose.clear();
    };
    while (!rest.empty()) {
        const Piece piece = take_piece(rest);
        if (piece.is_command && piece.text.size() >= long_command) {
            flush();
            if (!out.empty()) out += '\n' + margin;
            out += paint(piece.text, Tone::command, style);
        } else if (piece.is_command) {
            prose += fmt::format("`{}`", piece.text);
        } else {
            prose += piece.text;
        }
    }
    flush();
    return out;
}

} // namespace

Piece take_piece(std::string_view& rest) {
    Piece piece;
    const std::size_t open = rest.find('`');
    if (open == 0) {
        const std::size_t close = rest.find('`', 1);
        piece = {rest.substr(1, close == std::string_view::npos ? close : close - 1), true};
        rest.remove_prefix(close == std::string_view::npos ? rest.size() : close + 1);
    } else {
        piece.text = rest.substr(0, open);
        rest.remove_prefix(piece.text.size());
    }
    return piece;
}

std::string without_diagnostics(std::string text) {
    constexpr std::string_view begin = "[BeginDiagnosticData]";
    constexpr std::string_view end = "[EndDiagnosticData]";
    const std::size_t from = text.find(begin);
    const std::size_t to = text.find(end);
    if (from == std::string::npos || to == std::string::npos || to < from) return text;
    return text.replace(from, to + end.size() - from, "[...]");
}

std::string_view who_acts(Owner owner) {
    switch (owner) {
    case Owner::you: return "you (whoever runs the sending software or the relay)";
    case Owner::tenant_admin:
        return "the administrator of your own mail organisation (Microsoft 365 or other)";
    case Owner::dns_admin: return "whoever manages your domain's DNS";
    case Owner::recipient: return "the recipient, or the recipient's mail administrator";
    case Owner::provider: return "the operator of a mail service in between";
    case Owner::nobody: return "nobody: nothing needs doing";
    }
    return "";
}

std::string title_line(const Finding& finding, const Style& style) {
    const std::string_view mark = finding.severity == Severity::error     ? "problem"
                                  : finding.severity == Severity::warning ? "warning"
                                                                          : "note";
    return fmt::format("  {:<9}{}\n", mark, wrap(sanitise(finding.title, style), 11, 11, style));
}

std::string headline(const Finding& finding, const Style& style) {
    const std::string title = wrap(sanitise(finding.title, style), 0, 0, style);
    return paint(title, tone_of(finding.severity), style);
}

std::string notes_text(const std::vector<Finding>& findings, const Style& style) {
    std::string out;
    for (const Finding& finding : findings) {
        if (finding.severity != Severity::info) continue;
        if (out.empty()) out = "Worth knowing:\n";
        const std::string line = fmt::format("{} [{}]", sanitise(finding.title, style), finding.id);
        out += fmt::format("  - {}\n", wrap(line, 4, 4, style));
    }
    return out.empty() ? out : out + paint("More about one: relaytool explain ID\n", Tone::quiet, style);
}

std::string labelled(std::string_view label, std::string_view value, const Style& style, Tone tone) {
    if (value.empty()) return {};
    const std::string text = wrap(sanitise(value, style), label_width, label_width, style);
    const std::string name = fmt::format("{:<{}}", label, label_width - 2);
    return fmt::format("  {}{}\n", paint(name, Tone::quiet, style), paint(text, tone, style));
}

std::string advice(const Finding& finding, const Style& style) {
    std::string out;
    if (!finding.cause.empty()) {
        const std::string cause = wrap_with_commands(sanitise(finding.cause, style), 0, 0, style);
        out += fmt::format("\n{}\n", paint_commands(cause, style));
    }
    out += fmt::format("\n{} {}\n", paint("Whose move:", Tone::strong, style),
                       wrap(who_acts(finding.owner), 0, 12, style));
    if (!finding.steps.empty()) out += '\n';
    std::size_t number = 0;
    for (const std::string& step : finding.steps)
        out += fmt::format("{:>3}. {}\n", ++number, step_text(step, 5, style));
    std::string source = finding.reference.empty() ? std::string{} : fmt::format("{} ", finding.reference);
    source += fmt::format("[{}]", finding.id);
    out += fmt::format("\n{} {}\n", paint("More:", Tone::quiet, style), source);
    return out;
}

} // namespace relaytool::report
