#include "report/diagnose.hpp"
#include "report/finding.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::report {
namespace {

using bounce::Bounce;
using bounce::Kind;
using bounce::Recipient;
using diagnosis::Finding;
using diagnosis::Verdict;

constexpr std::size_t shown_names = 5;
constexpr std::size_t shown_evidence = 1200; // bytes

/// "a, b, c and 4 more".
std::string list_names(const std::vector<std::string>& names, std::size_t total) {
    std::string out;
    for (const std::string& name : names) {
        if (!out.empty()) out += ", ";
        out += name;
    }
    if (total > names.size()) out += fmt::format(" and {} more", total - names.size());
    return out;
}

std::string evidence_lines(const Finding& finding, std::string_view server, const Style& style) {
    if (finding.evidence.empty()) return {};
    std::string words = without_diagnostics(finding.evidence);
    const bool is_long = words.size() > shown_evidence;
    words.resize(std::min(words.size(), shown_evidence));
    if (is_long) words += " …";
    return labelled(server.empty() ? "Answer" : "Server", server, style) +
           labelled(server.empty() ? "Answer" : "said", words, style, Tone::strong);
}

/// Recipients of one mail that share a finding.
struct Cause {
    const Finding* finding;
    std::vector<const Recipient*> recipients;
};

std::vector<Cause> causes_of(const Verdict& verdict) {
    std::vector<Cause> causes;
    for (std::size_t i = 0; i < verdict.findings.size(); ++i) {
        const Finding& finding = verdict.findings[i];
        const Recipient* recipient =
            i < verdict.bounce.recipients.size() ? &verdict.bounce.recipients[i] : nullptr;
        auto same = std::find_if(causes.begin(), causes.end(), [&](const Cause& cause) {
            return cause.finding->id == finding.id && cause.finding->title == finding.title;
        });
        if (same == causes.end()) same = causes.insert(causes.end(), {&finding, {}});
        if (recipient != nullptr) same->recipients.push_back(recipient);
    }
    return causes;
}

std::string recipient_list(const std::vector<const Recipient*>& recipients) {
    std::vector<std::string> names;
    for (const Recipient* recipient : recipients)
        if (names.size() < shown_names)
            names.push_back(recipient->address.empty() ? "(unnamed)" : recipient->address);
    return list_names(names, recipients.size());
}

std::string mail_facts(const Bounce& bounce, const Style& style) {
    std::string mail =
        bounce.original.subject.empty() ? std::string{} : fmt::format("\"{}\" ", bounce.original.subject);
    if (!bounce.original.from.empty()) mail += fmt::format("from {} ", bounce.original.from);
    if (!bounce.original.date.empty()) mail += fmt::format("({})", bounce.original.date);
    std::string relay = bounce.reporting_host;
    if (!bounce.submitted_by.empty()) relay += fmt::format(", which had it from {}", bounce.submitted_by);
    std::string out =
        labelled("Mail", mail, style) + labelled("Reported", relay.empty() ? "" : "by " + relay, style);
    out += labelled("Queue id", bounce.queue_id, style);
    if (!bounce.retry_until.empty()) out += labelled("Retrying", "until " + bounce.retry_until, style);
    return out;
}

std::string_view outcome_word(const Finding& finding) {
    if (!finding.permanent) return "";
    return *finding.permanent ? "permanent: it is not tried again"
                              : "temporary: the server tries again by itself";
}

} // namespace

std::string verdict_text(std::string_view file, const Verdict& verdict, const Style& style) {
    const std::string name = paint(sanitise_line(file, style), Tone::quiet, style);
    if (verdict.bounce.kind == Kind::unreadable)
        return fmt::format("{}: {}\n", name, sanitise(verdict.bounce.notice, style));
    std::string out = name + '\n';
    if (verdict.bounce.left_out > 0)
        out += fmt::format("The first {} recipients of {} are read\n", verdict.bounce.recipients.size(),
                           verdict.bounce.recipients.size() + verdict.bounce.left_out);
    bool first = true;
    for (const Cause& cause : causes_of(verdict)) {
        if (!first) out += '\n';
        const Recipient* some = cause.recipients.empty() ? nullptr : cause.recipients.front();
        out += headline(*cause.finding, style) + "\n\n";
        out += labelled("To", recipient_list(cause.recipients), style);
        out += evidence_lines(*cause.finding, some == nullptr ? "" : some->reply.host, style);
        if (cause.finding->severity == diagnosis::Severity::error || verdict.bounce.kind == Kind::delay)
            out += labelled("Outcome", outcome_word(*cause.finding), style);
        if (first) out += mail_facts(verdict.bounce, style);
        out += advice(*cause.finding, style);
        first = false;
    }
    if (verdict.badmail)
        out += fmt::format("\n{}\n\n{}{}", headline(*verdict.badmail, style),
                           labelled("IIS said", verdict.badmail->evidence, style),
                           advice(*verdict.badmail, style));
    return out;
}

void Summary::count(const Finding& finding, std::string_view file, const Recipient* recipient,
                    bool is_new_file) {
    constexpr std::size_t max_groups =
        2000; // titles hold addresses: a hostile folder could make one group each
    std::string key = finding.id + '\n' + finding.title;
    if (groups_.size() >= max_groups && groups_.find(key) == groups_.end()) key = finding.id;
    Group& group = groups_[key];
    if (group.files == 0) {
        group.finding = finding;
        group.server = recipient == nullptr ? "" : recipient->reply.host;
    }
    if (is_new_file) {
        ++group.files;
        if (group.some_files.size() < shown_names) group.some_files.emplace_back(file);
    }
    if (recipient == nullptr) return;
    std::vector<std::string>& names = group.some_recipients;
    if (std::find(names.begin(), names.end(), recipient->address) != names.end()) return;
    ++group.recipients;
    if (names.size() < shown_names) names.push_back(recipient->address);
}

void Summary::add(std::string_view file, const Verdict& verdict) {
    ++files_;
    if (verdict.bounce.kind == Kind::unreadable) {
        ++unreadable_;
        if (some_unreadable_.size() < shown_names)
            some_unreadable_.push_back({std::string(file), verdict.bounce.notice});
        return;
    }
    for (const Cause& cause : causes_of(verdict)) {
        if (cause.recipients.empty()) count(*cause.finding, file, nullptr, true);
        bool is_new_file = true;
        for (const Recipient* recipient : cause.recipients) {
            count(*cause.finding, file, recipient, is_new_file);
            is_new_file = false;
        }
    }
    if (verdict.badmail) count(*verdict.badmail, file, nullptr, true);
}

std::vector<const Summary::Group*> Summary::ranked() const {
    std::vector<const Group*> groups;
    for (const auto& [key, group] : groups_)
        groups.push_back(&group);
    std::stable_sort(groups.begin(), groups.end(), [](const Group* a, const Group* b) {
        if (a->finding.severity != b->finding.severity) return a->finding.severity < b->finding.severity;
        return a->files > b->files;
    });
    return groups;
}

std::string Summary::text(const Style& style) const {
    constexpr std::string_view times = "×";
    std::string out = paint(plural(files_, "file"), Tone::strong, style) + ":\n";
    const std::vector<const Group*> groups = ranked();
    for (const Group* group : groups) {
        const std::string count = fmt::format("{:>6} {} ", group->files, sanitise(times, style));
        const std::string title = wrap(sanitise(group->finding.title, style), 9, 9, style);
        out += count + title + '\n';
    }
    if (unreadable_ > 0)
        out += fmt::format("{:>6} {} could not be read\n", unreadable_, sanitise(times, style));
    for (const Group* group : groups) {
        out +=
            fmt::format("\n{}\n{}\n\n",
                        paint(std::string(std::min<std::size_t>(style.width, 72), '-'), Tone::quiet, style),
                        headline(group->finding, style));
        out += labelled("Files", sanitise_line(list_names(group->some_files, group->files), style), style);
        out += labelled("To", list_names(group->some_recipients, group->recipients), style);
        out += evidence_lines(group->finding, group->server, style);
        if (group->recipients > 1) out += labelled("Example", group->some_recipients.front(), style);
        out += advice(group->finding, style);
    }
    if (unreadable_ > 0) out += "\nNot read:\n";
    for (const Unreadable& each : some_unreadable_)
        out += fmt::format("  {}: {}\n", sanitise_line(each.file, style), sanitise_line(each.why, style));
    if (unreadable_ > some_unreadable_.size())
        out += fmt::format("  and {} more\n", unreadable_ - some_unreadable_.size());
    return out;
}

} // namespace relaytool::report
