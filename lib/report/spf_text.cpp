#include "base/ascii.hpp"
#include "report/finding.hpp"
#include "report/spf.hpp"
#include "spf/received.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::report {
namespace {

using diagnosis::Finding;
using diagnosis::Severity;

std::string rule_line(const Style& style) {
    return paint(std::string(std::min<std::size_t>(style.width, 72), '-'), Tone::quiet, style) + "\n";
}

std::size_t count_of(const std::vector<Finding>& findings, Severity severity) {
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(),
                      [&](const Finding& finding) { return finding.severity == severity; }));
}

/// "2 problems and 1 warning", or "" when there are none.
std::string problems(const std::vector<Finding>& findings) {
    const std::size_t errors = count_of(findings, Severity::error);
    const std::size_t warnings = count_of(findings, Severity::warning);
    if (errors > 0 && warnings > 0)
        return fmt::format("{} and {}", plural(errors, "problem"), plural(warnings, "warning"));
    if (errors > 0) return plural(errors, "problem");
    return warnings > 0 ? plural(warnings, "warning") : std::string{};
}

std::string verdict(const SpfRecord& record, const Style& style) {
    const std::string domain = sanitise_line(record.tree.root().domain.text(), style);
    const std::string found = problems(record.findings);
    if (found.empty()) return paint(fmt::format("{}: the SPF record is in order", domain), Tone::good, style);
    const Tone tone = count_of(record.findings, Severity::error) > 0 ? Tone::bad : Tone::warning;
    return paint(fmt::format("{}: {}", domain, found), tone, style);
}

std::string who_may_send(const spf::Sources& sources) {
    const double v4 = sources.pass.size(ip::Family::v4);
    const double v6 = sources.pass.size(ip::Family::v6);
    std::string text =
        v4 + v6 == 0 ? "nobody" : fmt::format("{} IPv4 address{}", count_text(v4), v4 == 1 ? "" : "es");
    if (v6 > 0) text += fmt::format(", {} IPv6 address{}", count_text(v6), v6 == 1 ? "" : "es");
    if (!sources.open.empty()) text += ", and whoever passes terms that depend on the message";
    if (!sources.is_complete) text += " (as far as the DNS answered)";
    return text;
}

std::string findings_text(const std::vector<Finding>& findings, const Style& style) {
    std::string out;
    for (const Finding& finding : findings) {
        out += fmt::format("\n{}{}\n\n", rule_line(style), headline(finding, style));
        out += labelled("In", finding.evidence, style);
        out += advice(finding, style);
    }
    return out;
}

std::string path_text(const spf::Check& check) {
    std::string text = check.query.domain;
    for (const std::string& term : check.path)
        text += " > " + term;
    return text;
}

Tone tone_of(spf::Verdict result) {
    switch (result) {
    case spf::Verdict::pass: return Tone::good;
    case spf::Verdict::fail:
    case spf::Verdict::permerror: return Tone::bad;
    default: return Tone::warning;
    }
}

std::string change_reason(const spf::Change& change) {
    switch (change.why) {
    case spf::Why::stays: return change.subject;
    case spf::Why::second_record: return "from the other record";
    case spf::Why::wanted:
        return change.subject.empty() ? "added: you named it" : fmt::format("added for {}", change.subject);
    case spf::Why::evidence: return fmt::format("added: the domain's mail is at {}", change.subject);
    case spf::Why::spelling: return "corrected";
    case spf::Why::replaced: return "the old name has had its day";
    case spf::Why::not_listed:
        return fmt::format(
            "not in --sends-via: mail that still leaves there{} fails from now on (--keep keeps it)",
            change.subject.empty() ? "" : fmt::format(" ({})", change.subject));
    case spf::Why::duplicate: return "stands there twice";
    case spf::Why::contained: return fmt::format("{} has it already", change.subject);
    case spf::Why::behind_all:
        return "stood behind all, and was never looked at: add it with --sends-via if it sends";
    case spf::Why::dead: return "leads nowhere, or in a circle";
    case spf::Why::broken:
        return "the record there is invalid, and makes yours invalid too: tell its owner, then put it back";
    case spf::Why::too_many: return "more than ten mail hosts: name those that send with --sends-via";
    case spf::Why::ptr: return "not to be used any more: name the servers with --sends-via ADDRESS";
    case spf::Why::everyone: return "allowed the whole Internet";
    case spf::Why::not_public: return "no address on the Internet";
    case spf::Why::meaningless: return "does nothing";
    case spf::Why::unreadable: return "cannot be read: name what it was meant for with --sends-via";
    case spf::Why::limit:
        return "written out, to stay within 10 look-ups: a copy that you must keep up to date";
    case spf::Why::policy:
        return change.before.empty() ? "the end that was missing" : "says more about strangers";
    }
    return {};
}

/// What a term of the new record costs.
std::string price(const spf::Change& change) {
    std::string text = change.lookups == 0 ? std::string{} : plural(change.lookups, "look-up");
    if (change.provider == nullptr || change.provider->sharing == spf::Sharing::mailboxes) return text;
    if (change.provider->sharing == spf::Sharing::bulk)
        return fmt::format("{}; {} shares its servers among its customers", text, change.provider->name);
    return fmt::format("{}; every customer of {} passes as you", text, change.provider->name);
}

std::string change_line(const spf::Change& change, const Style& style) {
    std::string out;
    const bool same = change.before == change.after;
    const std::string reason = change_reason(change);
    const auto line = [&](std::string_view sign, const std::string& term, Tone tone, std::string_view words) {
        const std::string safe = sanitise_line(term, style);
        out += paint(fmt::format("  {} {}", sign, safe), tone, style);
        if (!words.empty())
            out += "\n      " + paint(wrap(sanitise(words, style), 6, 6, style), Tone::quiet, style);
        out += '\n';
    };
    if (same) {
        line(" ", change.after, Tone::plain, price(change));
        return out;
    }
    if (!change.before.empty())
        line("-", change.before, Tone::bad, change.after.empty() ? reason : std::string{});
    if (!change.after.empty())
        line("+", change.after, Tone::good,
             price(change).empty() ? reason : fmt::format("{}; {}", reason, price(change)));
    return out;
}

std::string end_advice(const spf::Suggestion& suggestion) {
    if (suggestion.outcome == spf::Outcome::parked && suggestion.all() == spf::Qualifier::fail)
        return "-all: nobody sends as this domain.";
    if (suggestion.all() == spf::Qualifier::fail)
        return "-all: strangers are to be refused. Right when every sender is in the record; mail that is forwarded "
               "then depends on DKIM.";
    if (suggestion.all() == spf::Qualifier::softfail)
        return "~all: strangers are suspicious, mostly Junk. Right while you look for forgotten senders, and with DMARC "
               "in force as good as -all; change to -all when nothing legitimate fails any more.";
    return {};
}

/// The strings as one line of a zone file.
std::string zone_line(const spf::Publication& publication) {
    std::string out = fmt::format("{}. IN TXT", publication.name);
    for (const std::string& part : publication.strings()) {
        out += " \"";
        for (const char c : part) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        out += '"';
    }
    return out;
}

std::string publication_text(const spf::Publication& publication, const Style& style) {
    std::string out = fmt::format("TXT record of {}:\n\n", sanitise_line(publication.name, style));
    out += paint(sanitise_line(publication.text, style), Tone::command, style) + "\n";
    if (publication.strings().size() > 1)
        out += fmt::format("\nIt is longer than 255 octets; in a zone file it is split:\n\n{}\n",
                           paint(sanitise_line(zone_line(publication), style), Tone::command, style));
    return out;
}

/// For a shell: foreign records may hold $ and backticks. Ours have plain words, which any shell takes in
/// double quotes.
std::string quoted(std::string_view text) {
    static constexpr std::string_view plain = " .:/=_~?+-";
    const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
        return ascii::is_alnum(c) || plain.find(c) != std::string_view::npos;
    });
    if (is_plain) return fmt::format("\"{}\"", text);
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string changes_text(const spf::Suggestion& suggestion, const Style& style) {
    std::string out = labelled("Today", suggestion.today.empty() ? "no record" : suggestion.today, style);
    const Tone tone = suggestion.lookups_after > spf::max_lookup_terms ? Tone::bad : Tone::plain;
    out += labelled("Look-ups",
                    fmt::format("{} today, {} with the new record, 10 allowed", suggestion.lookups_before,
                                suggestion.lookups_after),
                    style, tone);
    out += '\n';
    for (const spf::Change& change : suggestion.changes)
        out += change_line(change, style);
    return out;
}

std::string stale_text(const spf::Suggestion& suggestion, const Style& style) {
    if (suggestion.stale.empty()) return {};
    std::string stale;
    for (const std::string& term : suggestion.stale)
        stale += (stale.empty() ? "" : ", ") + sanitise_line(term, style);
    const std::string words = fmt::format(
        "the addresses of {} are written out. Their owners change them without notice, and mail then fails "
        "until you write them out again: do it every week, or leave the includes.",
        stale);
    return "\n" + paint("Beware: ", Tone::warning, style) + wrap(words, 0, 8, style) + "\n";
}

/// Why there is nothing to publish.
std::string no_record_text(const spf::Tree& tree, const spf::Suggestion& suggestion, const Style& style) {
    const std::string domain = sanitise_line(tree.root().domain.text(), style);
    const bool is_unsure = suggestion.outcome == spf::Outcome::unsure;
    const std::string why =
        !is_unsure
            ? fmt::format("{}: no record can be written, since nothing in today's tells who sends", domain)
            : fmt::format(
                  "{}: the addresses cannot be written out, since the DNS does not answer for all of them",
                  domain);
    std::string out = paint(wrap(why, 0, 0, style), Tone::bad, style) + "\n\n";
    out += changes_text(suggestion, style);
    if (is_unsure) return out + "\nAsk again in some minutes.\n";
    out += "\n" +
           wrap("Name everything that sends for the domain: services, addresses of your own lines, hosts:", 0,
                0, style);
    return out + fmt::format("\nrelaytool spf suggest {} --sends-via o365,ADDRESS\n", domain);
}

} // namespace

std::string spf_record_text(const SpfRecord& record, const Style& style) {
    const spf::Node& root = record.tree.root();
    std::string out = verdict(record, style) + "\n";
    for (const Finding& finding : record.findings)
        out += title_line(finding, style);
    if (root.policy->records > 0) {
        out += '\n';
        out += labelled("Record", root.policy->record.text, style, Tone::strong);
        for (const std::string& other : root.policy->other_records)
            out += labelled("Another", other, style, Tone::strong);
        out += labelled("Look-ups",
                        fmt::format("{} of 10; {} of 2 that find nothing", root.lookups, root.voids4), style);
        out += labelled("May send", who_may_send(record.sources), style);
        if (!root.branches.empty()) out += "\n" + spf_tree_text(record.tree, TreeDetail::brief, style);
    }
    out += findings_text(record.findings, style);
    if (!problems(record.findings).empty() && record.suggestion.is_better()) {
        out += "\n" + rule_line(style);
        out += paint("What the record could be, with today's senders", Tone::strong, style) + "\n\n";
        out += paint(sanitise_line(record.suggestion.records.front().text, style), Tone::command, style) +
               "\n\n";
        out += wrap("Why each change, and for other senders:", 0, 0, style);
        out += fmt::format("\nrelaytool spf suggest {}\n", sanitise_line(root.domain.text(), style));
    }
    return out;
}

std::string spf_check_text(const SpfCheck& result, const Style& style) {
    const spf::Check& check = result.check;
    const std::string ip = ip::to_string(check.query.ip);
    std::string out = paint(
        fmt::format("{}: {} as {}", to_string(check.verdict), ip, sanitise_line(check.query.domain, style)),
        tone_of(check.verdict), style);
    out += fmt::format("\n{}\n\n", wrap(sanitise(result.finding.title, style), 0, 0, style));
    const bool helo = check.query.identity == spf::Identity::helo;
    out += labelled(helo ? "HELO" : "Sender",
                    helo ? check.query.helo
                         : fmt::format("{}@{}", check.query.sender_local, check.query.sender_domain),
                    style);
    out += labelled("Decided", path_text(check), style, Tone::strong);
    out += labelled("Says", check.explanation, style);
    out += labelled("Record", check.record, style);
    if (!check.record.empty())
        out += labelled("Look-ups",
                        fmt::format("{} of 10; {} of 2 that find nothing", check.lookups, check.void_lookups),
                        style);
    out += labelled("Header", spf::received_field(check), style);
    return out + advice(result.finding, style);
}

std::string spf_check_line(const spf::Check& check, const Style& style) {
    const std::string result = fmt::format("{:<9}", to_string(check.verdict));
    return fmt::format("{} {:<15} {}\n", paint(result, tone_of(check.verdict), style),
                       ip::to_string(check.query.ip), sanitise_line(path_text(check), style));
}

std::string spf_suggestion_text(const spf::Tree& tree, const spf::Suggestion& suggestion,
                                const std::vector<Finding>& findings, const Style& style) {
    const std::string domain = sanitise_line(tree.root().domain.text(), style);
    if (!suggestion.is_usable()) return no_record_text(tree, suggestion, style);
    std::string out;
    const bool is_bad = count_of(findings, Severity::error) > 0;
    if (suggestion.can_stay() && !is_bad)
        out += paint(fmt::format("{}: the record can stay as it is", domain), Tone::good, style) + "\n\n";
    if (is_bad)
        out +=
            paint(wrap(fmt::format("{}: this record still has {}", domain, problems(findings)), 0, 0, style),
                  Tone::bad, style) +
            "\n";
    for (const Finding& finding : findings)
        if (finding.severity != Severity::info) out += title_line(finding, style);
    out += out.empty() || out.ends_with("\n\n") ? "" : "\n";
    for (std::size_t i = 0; i < suggestion.records.size(); ++i)
        out += (i == 0 ? "" : "\n") + publication_text(suggestion.records[i], style);
    for (const std::string& other : tree.root().policy->other_records)
        out += "\n" +
               wrap(sanitise(fmt::format("Delete the other SPF record: {}", other), style), 0, 0, style) +
               "\n";
    out += fmt::format("\n{}\n\n", paint("What changes", Tone::strong, style));
    out += changes_text(suggestion, style);
    if (const std::string end = end_advice(suggestion); !end.empty())
        out += fmt::format("\n{}\n", wrap(end, 0, 0, style));
    out += stale_text(suggestion, style);
    out += "\nCheck it before you publish it:\n" +
           fmt::format("relaytool spf check {} --record {}\n", domain,
                       quoted(sanitise_line(suggestion.records.front().text, style)));
    return out;
}

std::string spf_sources_text(const spf::Tree& tree, const spf::Sources& sources, const Style& style) {
    std::string out;
    for (const ip::Network& network : sources.pass.networks())
        out += ip::to_string(network) + '\n';
    for (const spf::Sources::Open& place : sources.open) {
        const spf::Node& node = tree.nodes[place.node];
        out += fmt::format("# cannot be listed, depends on the message: {} of {}\n",
                           sanitise_line(tree.term(node, node.branches[place.branch]).text, style),
                           sanitise_line(node.domain.text(), style));
    }
    if (!tree.is_complete)
        out += "# not complete: the tree is larger than any check goes, or too slow\n";
    else if (!sources.is_complete)
        out += "# not complete: the DNS did not answer for some names\n";
    return out;
}

} // namespace relaytool::report
