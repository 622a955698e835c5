#include "bounce/text_report.hpp"

#include "base/ascii.hpp"
#include "mail/address.hpp"
#include "mail/dsn.hpp"
#include "mail/text.hpp"

#include <algorithm>

namespace relaytool::bounce {
namespace {

/// Enough of one recipient's text; a hostile report may be one text of megabytes.
constexpr std::size_t longest_words = 8 * 1024;

bool holds_any(std::string_view line, std::span<const std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view w) { return ascii::icontains(line, w); });
}

/// An address that opens a recipient, and what follows it on the line.
struct Head {
    std::string_view address;
    std::string_view rest;
};

std::string_view without_bullet(std::string_view line) {
    for (const std::string_view bullet : {"* ", "- ", "-- ", ">>> ", "> ", "\xE2\x80\xA2 ", "\xC2\xB7 ", "RCPT: ", "#"})
        if (line.starts_with(bullet)) return ascii::trim(line.substr(bullet.size()));
    return line;
}

/// What may follow an address that stands as a head: nothing, `:`, `[reason]`, `(reason)`, `...`, ` on date`.
bool may_follow_head(std::string_view rest, bool in_brackets) {
    if (rest.empty()) return true;
    if (in_brackets && (rest[0] == ' ' || rest[0] == '\t')) return rest.size() < 400;
    for (const std::string_view sign : {":", "...", ",", ";"})
        if (rest.starts_with(sign)) return true;
    const std::string_view words = ascii::trim(rest);
    if (words.empty()) return true;
    for (const std::string_view sign : {"[", "(", "<", "- ", "-- ", "on ", "="})
        if (words.starts_with(sign)) return true;
    return false;
}

bool read_head(std::string_view line, Head& head) {
    std::string_view text = without_bullet(ascii::trim(line));
    if (text.size() < 3 || text.size() > 1000) return false;
    const bool in_brackets = text.front() == '<';
    if (in_brackets) {
        const std::size_t close = text.find('>');
        if (close == std::string_view::npos) return false;
        const std::string_view found = mail::find_address(text.substr(1, close - 1));
        if (found.empty()) return false;
        head = {found, text.substr(close + 1)};
    } else {
        const std::string_view found = mail::find_address(text);
        if (found.empty()) return false;
        const auto skipped = static_cast<std::size_t>(found.data() - text.data());
        // `SMTP:user@example.com`, `"user@example.com"`; any other word in front makes it a sentence.
        const std::string_view before = text.substr(0, skipped);
        const bool quoted = before == "\"" || before == "'";
        if (!before.empty() && !quoted && !ascii::iequals(before, "smtp:") && !ascii::iequals(before, "mailto:"))
            return false;
        std::string_view rest = text.substr(skipped + found.size());
        if (quoted && !rest.empty() && rest.front() == before.front()) rest.remove_prefix(1);
        head = {found, rest};
    }
    if (!may_follow_head(head.rest, in_brackets)) return false;
    return true;
}

/// An address in a sentence, right behind one of the leading words.
bool read_lead(std::string_view line, std::span<const std::string_view> leads, Head& head) {
    for (const std::string_view lead : leads) {
        const std::size_t at = ascii::ifind(line, lead);
        if (at == std::string_view::npos) continue;
        const std::string_view rest = line.substr(at + lead.size());
        const std::string_view found = mail::find_address(rest.substr(0, 400));
        if (found.empty()) continue;
        const auto gap = static_cast<std::size_t>(found.data() - rest.data());
        if (rest.substr(0, gap).find_first_not_of(" \t:<\"'(`[") != std::string_view::npos) continue;
        head = {found, rest.substr(gap + found.size())};
        return true;
    }
    return false;
}

std::string_view without_leading_signs(std::string_view text) {
    while (!text.empty() && std::string_view{" \t:>,;)\"'"}.find(text.front()) != std::string_view::npos)
        text.remove_prefix(1);
    return text;
}

/// The part of the report that speaks of recipients.
std::string_view region(std::string_view report, const TextShape& shape) {
    if (shape.starts.empty()) return report;
    mail::Lines lines(report);
    std::string_view line;
    while (lines.next(line))
        if (holds_any(line, shape.starts)) return report.substr(lines.offset());
    return {};
}

void append_line(std::string& text, std::string_view line) {
    line = ascii::trim(line);
    if (line.empty() || text.size() + line.size() > longest_words) return;
    if (!text.empty()) text += '\n';
    text += line;
}

} // namespace

void set_words(Recipient& recipient, std::string_view text) {
    text = ascii::trim(text);
    if (text.empty()) return;
    smtp::Reply reply = smtp::read_reply(mail::reply_of_diagnostic(text));
    if (reply.code == 0 && !reply.enhanced) {
        recipient.notice = text;
        return;
    }
    recipient.stage = smtp::stage_of(text);
    recipient.reply = std::move(reply);
}

std::vector<Recipient> read_text_report(std::string_view report, const TextShape& shape) {
    std::vector<Recipient> found;
    std::vector<std::string> words; // of each recipient
    mail::Lines lines(region(report, shape));
    std::string_view line;
    Head head;
    while (lines.next(line) && found.size() < mail::max_recipients) {
        if (holds_any(line, shape.ends)) break;
        const bool is_lead = read_lead(line, shape.leads, head);
        if (is_lead || (shape.leads.empty() && read_head(line, head))) {
            const bool repeated = !found.empty() && ascii::iequals(found.back().address, head.address);
            if (!repeated) {
                found.emplace_back().address = head.address;
                words.emplace_back();
            }
            append_line(words.back(), without_leading_signs(head.rest));
        } else if (!found.empty()) {
            append_line(words.back(), line);
        }
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        found[i].action = Action::failed;
        set_words(found[i], words[i]);
    }
    return found;
}

void merge(std::vector<Recipient>& recipients, std::vector<Recipient> told) {
    if (recipients.empty()) {
        recipients = std::move(told);
        return;
    }
    for (Recipient& recipient : recipients) {
        if (!recipient.reply.text.empty()) continue;
        const auto same = std::find_if(told.begin(), told.end(), [&](const Recipient& other) {
            return ascii::iequals(other.address, recipient.address);
        });
        const auto source = same == told.end() && told.size() == 1 && recipients.size() == 1 ? told.begin() : same;
        if (source == told.end()) continue;
        recipient.reply = source->reply;
        recipient.notice = source->notice;
        if (recipient.stage == smtp::Stage::unknown) recipient.stage = source->stage;
    }
}

} // namespace relaytool::bounce
