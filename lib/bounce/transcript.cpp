#include "bounce/transcript.hpp"

#include "base/ascii.hpp"
#include "bounce/text_report.hpp"
#include "mail/address.hpp"
#include "mail/dsn.hpp"
#include "mail/text.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::bounce {
namespace {

/// Enough of what was said about one recipient.
constexpr std::size_t longest_words = 8 * 1024;

smtp::Stage stage_of_command(std::string_view command) {
    static constexpr std::pair<std::string_view, smtp::Stage> commands[] = {
        {"EHLO", smtp::Stage::helo},       {"HELO", smtp::Stage::helo}, {"MAIL FROM", smtp::Stage::mail_from},
        {"RCPT TO", smtp::Stage::rcpt_to}, {"DATA", smtp::Stage::data}, {"STARTTLS", smtp::Stage::starttls},
        {"AUTH", smtp::Stage::auth},
    };
    for (const auto& [name, stage] : commands)
        if (ascii::istarts_with(command, name)) return stage;
    return smtp::Stage::unknown;
}

bool begins_with_code(std::string_view line) {
    return line.size() >= 4 && line[0] >= '2' && line[0] <= '5' && ascii::is_digit(line[1]) &&
           ascii::is_digit(line[2]) && (line[3] == ' ' || line[3] == '-');
}

/// `550 5.1.1 <user@example.com>... User unknown`: the address in front of `...`, or behind a code and a
/// status.
std::string_view judged_address(std::string_view line) {
    const std::size_t dots = line.find("...");
    const std::string_view before = line.substr(0, dots);
    const bool bare = dots == std::string_view::npos;
    if (before.size() > 400 || (bare && !begins_with_code(line))) return {};
    const std::size_t open = before.find('<');
    if (open == std::string_view::npos) return bare ? std::string_view{} : mail::find_address(before);
    // Only codes stand in front of it; `from <a@b> via x, to <c@d>` is a sentence.
    if (before.substr(0, open).find_first_not_of("0123456789.- ") != std::string_view::npos) return {};
    return mail::find_address(before.substr(open));
}

/// A dialogue with two lines such as `503 Need RCPT`: what follows from the first refusal, no cause.
bool is_consequence(std::string_view line) {
    return ascii::icontains(line, "need rcpt") || ascii::icontains(line, "no valid recipients") ||
           ascii::icontains(line, "bad sequence");
}

void append(std::string& text, std::string_view line) {
    if (text.size() + line.size() > longest_words) return;
    if (!text.empty()) text += '\n';
    text += line;
}

class TranscriptReader {
public:
    void add_line(std::string_view line) {
        line = ascii::trim(line);
        if (line.empty()) return;
        if (line.starts_with(">>>")) return begin_command(ascii::trim(line.substr(3)));
        if (line.starts_with("<<<")) return add_reply(ascii::trim(line.substr(3)));
        if (const std::string_view host = behind(line, "while talking to "); !host.empty())
            return begin_host(host);
        const std::string_view address = judged_address(line);
        if (!address.empty() && out_.recipients.size() < mail::max_recipients)
            judge(address, line);
        else
            append(local_, line);
    }

    Transcript finish() {
        flush_refused();
        if (out_.rest.empty()) out_.rest = remote_.empty() ? local_ : remote_;
        if (out_.rest_stage == smtp::Stage::unknown) out_.rest_stage = stage_;
        if (out_.rest_host.empty()) out_.rest_host = host_;
        return std::move(out_);
    }

private:
    void begin_host(std::string_view host) {
        flush_refused();
        host = host.substr(0, host.find_first_of(" \t:"));
        while (host.ends_with('.'))
            host.remove_suffix(1);
        host_ = host;
    }

    void begin_command(std::string_view command) {
        flush_refused();
        stage_ = stage_of_command(command);
        named_ =
            stage_ == smtp::Stage::rcpt_to ? mail::find_address(command.substr(0, 1000)) : std::string_view{};
    }

    void add_reply(std::string_view line) {
        if (!is_consequence(line)) append(remote_, line);
    }

    /// A refused RCPT whose verdict the server did not print: the command names the recipient. Other refusals
    /// wait for the verdict that follows.
    void flush_refused() {
        if (named_.empty() || remote_.empty()) return;
        const std::string_view address = std::exchange(named_, {});
        if (out_.recipients.size() < mail::max_recipients) judge(address, {});
    }

    void judge(std::string_view address, std::string_view verdict) {
        Recipient& recipient = told_about(out_.recipients, address);
        if (verdict.starts_with('2') && begins_with_code(verdict)) recipient.action = Action::delivered;
        const bool heard = !recipient.reply.text.empty();
        if (!remote_.empty()) {
            set_words(recipient, remote_);
            recipient.stage = stage_;
            if (recipient.reply.host.empty()) recipient.reply.host = host_;
        } else if (!heard) {
            // `550 host (smtp)... 550 Host unknown` comes again in the verdict.
            std::string words = begins_with_code(local_) ? std::string{} : local_;
            append(words, verdict);
            set_words(recipient, words);
        }
        named_ = {};
        remote_.clear();
        local_.clear();
    }

    Transcript out_;
    std::string host_;
    std::string remote_;     ///< replies since the last verdict
    std::string local_;      ///< other lines since then: output of programs, notes
    std::string_view named_; ///< by the last RCPT TO
    smtp::Stage stage_ = smtp::Stage::unknown;
};

} // namespace

Transcript read_transcript(std::string_view text) {
    TranscriptReader reader;
    mail::Lines lines(text);
    std::string_view line;
    while (lines.next(line))
        reader.add_line(line);
    return reader.finish();
}

void tell_rest(std::vector<Recipient>& told, const Transcript& transcript) {
    if (transcript.rest.empty()) return;
    Recipient* silent = nullptr;
    for (Recipient& recipient : told) {
        if (!recipient.reply.text.empty() || !recipient.notice.empty()) continue;
        if (silent != nullptr) return; // whose would it be?
        silent = &recipient;
    }
    if (silent == nullptr) return;
    set_words(*silent, transcript.rest);
    silent->stage = transcript.rest_stage;
    if (silent->reply.host.empty() && silent->stage != smtp::Stage::unknown)
        silent->reply.host = transcript.rest_host;
}

} // namespace relaytool::bounce
