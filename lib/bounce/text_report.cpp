#include "bounce/text_report.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "mail/address.hpp"
#include "mail/dsn.hpp"
#include "mail/text.hpp"

#include <algorithm>

namespace relaytool::bounce {
namespace {

/// Enough of one recipient's text; a hostile report may be one text of megabytes.
constexpr std::size_t longest_words = 8 * 1024;

bool holds_any(std::string_view line, Words words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view w) { return ascii::icontains(line, w); });
}

/// An address that opens a recipient, and what follows it on the line.
struct Head {
    std::string_view address;
    std::string_view rest;
};

std::string_view without_bullet(std::string_view line) {
    for (const std::string_view bullet :
         {"* ", "- ", "-- ", ">>> ", "> ", "\xE2\x80\xA2 ", "\xC2\xB7 ", "RCPT: ", "#"})
        if (line.starts_with(bullet)) return ascii::trim(line.substr(bullet.size()));
    return line;
}

/// `on Thu, 29 Apr 2010`, in the languages of Exchange.
bool begins_date(std::string_view words) {
    for (const std::string_view preposition : {"on ", "am ", "le ", "op ", "el "})
        if (ascii::istarts_with(words, preposition)) return true;
    return false;
}

/// What may follow an address that stands as a head: nothing, `:`, `[reason]`, `(reason)`, `...`, ` on date`.
bool may_follow_head(std::string_view rest, bool in_brackets) {
    if (rest.empty()) return true;
    if (in_brackets && (rest[0] == ' ' || rest[0] == '\t')) return rest.size() < 400;
    for (const std::string_view sign : {":", "...", ",", ";"})
        if (rest.starts_with(sign)) return true;
    const std::string_view words = ascii::trim(rest);
    if (words.empty()) return true;
    for (const std::string_view sign : {"[", "(", "<", "- ", "-- ", "="})
        if (words.starts_with(sign)) return true;
    return begins_date(words);
}

/// `user@example.com <user@example.com>`: the first is a name, RFC 5322 section 3.4.
void take_bracketed(Head& head) {
    const std::string_view rest = ascii::trim(head.rest);
    const std::size_t close = rest.find('>');
    if (!rest.starts_with('<') || close == std::string_view::npos) return;
    std::string_view inside = rest.substr(1, close - 1);
    if (ascii::istarts_with(inside, "mailto:")) inside.remove_prefix(7);
    if (mail::is_address(inside)) head = {inside, rest.substr(close + 1)};
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
        if (!before.empty() && !quoted && !ascii::iequals(before, "smtp:") &&
            !ascii::iequals(before, "mailto:"))
            return false;
        std::string_view rest = text.substr(skipped + found.size());
        if (quoted && !rest.empty() && rest.front() == before.front()) rest.remove_prefix(1);
        head = {found, rest};
        take_bracketed(head);
    }
    return may_follow_head(head.rest, in_brackets);
}

/// An address in a sentence, right behind one of the leading words.
bool read_lead(std::string_view line, Words leads, Head& head) {
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
    while (!text.empty() && std::string_view{" \t:>,;.)\"'"}.find(text.front()) != std::string_view::npos)
        text.remove_prefix(1);
    return text;
}

void append_line(std::string& text, std::string_view line) {
    line = ascii::trim(line);
    if (line.starts_with("<<<")) line = ascii::trim(line.substr(3)); // the arrow of a transcript
    if (line.empty() || text.size() + line.size() > longest_words) return;
    if (!text.empty()) text += '\n';
    text += line;
}

bool is_dropped(std::string_view line, Words drops) {
    line = ascii::trim(line);
    return std::any_of(drops.begin(), drops.end(), [&](std::string_view words) {
        return ascii::istarts_with(line, words) && (!words.ends_with(':') || line.size() == words.size());
    });
}

/// `--- Below this line is a copy of the message.`, `=====`: lines that divide.
bool is_ruler(std::string_view line) {
    line = ascii::trim(line);
    return line.starts_with("---") || line.starts_with("===") || line.starts_with("***") ||
           line.starts_with("___");
}

/// Collects the recipients of a report line by line.
class Collector {
public:
    explicit Collector(const TextShape& shape) : shape_(shape) {}

    void add_line(std::string_view line) {
        Head head;
        const bool opens =
            read_lead(line, shape_.leads, head) || (shape_.leads.empty() && read_head(line, head));
        if (opens) {
            open(head, line);
        } else if (ascii::trim(line).empty()) {
            if (shape_.block == Block::paragraph && !words_.empty() && !words_.back().empty()) closed_ = true;
        } else if (!found_.empty() && !closed_ && !is_ruler(line) && !is_dropped(line, shape_.drops)) {
            append_line(words_.back(), line);
        }
    }

    bool full() const { return found_.size() >= mail::max_recipients; }

    std::vector<Recipient> finish() {
        for (std::size_t i = 0; i < found_.size(); ++i) {
            found_[i].action = Action::failed;
            set_words(found_[i], words_[i]);
        }
        return std::move(found_);
    }

private:
    void open(const Head& head, std::string_view line) {
        const bool repeated = !found_.empty() && ascii::iequals(found_.back().address, head.address);
        if (!repeated) {
            found_.emplace_back().address = head.address;
            words_.emplace_back();
        }
        closed_ = false;
        // `user@example.com on Thu, 29 Apr 2010 00:00:00 -0000`
        if (!begins_date(ascii::trim(head.rest)))
            // A reply may name the recipient again, at the start of a line.
            append_line(words_.back(), repeated ? line : without_leading_signs(head.rest));
    }

    const TextShape& shape_;
    std::vector<Recipient> found_;
    std::vector<std::string> words_; // of each recipient
    bool closed_ = false;
};

/// `[User unknown]`, `(User unknown)`: programs bracket a reason that stands on the line of its address.
std::string_view without_brackets(std::string_view text) {
    if (text.size() < 2) return text;
    const bool square = text.front() == '[' && text.find(']') == text.size() - 1;
    const bool round =
        text.front() == '(' && text.back() == ')' && text.find('(', 1) == std::string_view::npos;
    return square || round ? ascii::trim(text.substr(1, text.size() - 2)) : text;
}

/// The reply without code and status: what a program that keeps one line of it keeps.
std::string_view last_words(std::string_view reply) {
    const std::size_t begin = reply.find_first_not_of("0123456789.- ");
    return begin == std::string_view::npos ? std::string_view{} : reply.substr(begin);
}

/// Whether `own` is only the first or last line of what `other` tells in full, or nothing but a number of a
/// local program.
bool is_completed_by(const smtp::Reply& own, const smtp::Reply& other) {
    if (other.code == 0 || other.text.size() <= own.text.size()) return false;
    const std::string_view words = last_words(own.text);
    if (words.empty()) return true;
    if (own.code != other.code) return false;
    const std::string part = smtp::flatten(words);
    const std::string all = smtp::flatten(other.text);
    return ascii::iends_with(all, part) || ascii::istarts_with(last_words(all), part);
}

/// A Final-Recipient that is a program, a file or a route (`@relay.example.com`) says nobody's address.
bool names_nobody(std::string_view address) {
    return !mail::is_address(address);
}

void complete(Recipient& recipient, const Recipient& told) {
    if (names_nobody(recipient.address) && mail::is_address(told.address)) recipient.address = told.address;
    const bool empty = recipient.reply.text.empty();
    if (!empty && !is_completed_by(recipient.reply, told.reply)) return;
    std::string host = std::move(recipient.reply.host);
    recipient.reply = told.reply;
    if (!host.empty()) recipient.reply.host = std::move(host);
    recipient.notice = told.notice;
    if (recipient.stage == smtp::Stage::unknown) recipient.stage = told.stage;
}

} // namespace

std::string_view section_of(std::string_view text, Words starts, Words ends) {
    mail::Lines lines(text);
    std::string_view line;
    std::size_t begin = starts.empty() ? 0 : std::string_view::npos;
    while (true) {
        const std::size_t at = lines.offset();
        if (!lines.next(line)) break;
        if (begin == std::string_view::npos) {
            if (holds_any(line, starts)) begin = lines.offset();
        } else if (holds_any(line, ends)) {
            return text.substr(begin, at - begin);
        }
    }
    return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

std::string_view first_paragraph(std::string_view text) {
    mail::Lines lines(text);
    std::string_view line;
    bool begun = false;
    while (true) {
        const std::size_t at = lines.offset();
        if (!lines.next(line)) return text;
        const bool blank = ascii::trim(line).empty();
        if (blank && begun) return text.substr(0, at);
        begun = begun || !blank;
    }
}

std::string_view behind(std::string_view line, std::string_view label) {
    const std::size_t at = ascii::ifind(line, label);
    return at == std::string_view::npos ? std::string_view{} : ascii::trim(line.substr(at + label.size()));
}

std::string_view host_before_bracket(std::string_view text) {
    const std::size_t bracket = text.substr(0, 400).find('[');
    if (bracket == std::string_view::npos) return {};
    const std::string_view before = ascii::trim(text.substr(0, bracket));
    const std::size_t blank = before.find_last_of(" \t\n(<");
    const std::string_view host = blank == std::string_view::npos ? before : before.substr(blank + 1);
    const bool plain = std::all_of(host.begin(), host.end(),
                                   [](char c) { return ascii::is_alnum(c) || c == '.' || c == '-'; });
    return plain && host.find('.') != std::string_view::npos ? host : std::string_view{};
}

std::vector<Recipient> read_list(std::string_view text) {
    std::vector<Recipient> found = read_text_report(text, {});
    for (Recipient& recipient : found) {
        recipient.reply = {};
        recipient.notice.clear();
    }
    return found;
}

void tell_all(std::vector<Recipient>& recipients, std::string_view words) {
    Recipient told;
    set_words(told, encoding::beginning_of(words, longest_words));
    for (Recipient& recipient : recipients) {
        if (!recipient.reply.text.empty() || !recipient.notice.empty()) continue;
        recipient.reply = told.reply;
        recipient.notice = told.notice;
        recipient.stage = told.stage;
    }
}

Recipient& told_about(std::vector<Recipient>& recipients, std::string_view address) {
    const auto same = std::find_if(recipients.begin(), recipients.end(), [&](const Recipient& known) {
        return ascii::iequals(known.address, address);
    });
    if (same != recipients.end()) return *same;
    Recipient& added = recipients.emplace_back();
    added.address = address;
    added.action = Action::failed;
    return added;
}

void set_words(Recipient& recipient, std::string_view text) {
    text = without_brackets(ascii::trim(text));
    if (text.empty()) return;
    smtp::Reply reply = smtp::read_reply(mail::reply_of_diagnostic(text));
    if (reply.code == 0 && !reply.enhanced) {
        recipient.notice = ascii::fold_space(text);
        return;
    }
    recipient.stage = smtp::stage_of(text);
    recipient.reply = std::move(reply);
}

std::vector<Recipient> read_text_report(std::string_view report, const TextShape& shape) {
    Collector collector(shape);
    mail::Lines lines(section_of(report, shape.starts, shape.ends));
    std::string_view line;
    while (!collector.full() && lines.next(line))
        collector.add_line(line);
    return collector.finish();
}

void merge(std::vector<Recipient>& recipients, std::vector<Recipient> told) {
    if (recipients.empty()) {
        recipients = std::move(told);
        return;
    }
    for (Recipient& recipient : recipients) {
        const auto same = std::find_if(told.begin(), told.end(), [&](const Recipient& other) {
            return ascii::iequals(other.address, recipient.address);
        });
        const auto source =
            same == told.end() && told.size() == 1 && recipients.size() == 1 ? told.begin() : same;
        if (source != told.end()) complete(recipient, *source);
    }
}

} // namespace relaytool::bounce
