#include "bounce/ses_event.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "bounce/text_report.hpp"
#include "mail/dsn.hpp"

#include <utility>

namespace relaytool::bounce {
namespace {

constexpr std::size_t longest_json = 256 * 1024;

/// Four hexadecimal digits at `at`, or -1.
int read_hex4(std::string_view text, std::size_t at) {
    if (at + 4 > text.size()) return -1;
    int value = 0;
    for (const char c : text.substr(at, 4)) {
        if (!ascii::is_hex(c)) return -1;
        value = value * 16 + ascii::hex_value(c);
    }
    return value;
}

/// A token of JSON: a string, or one character of punctuation. Numbers and words are skipped.
struct Token {
    char sign = 0; ///< '"' for a string
    std::string text;
};

/// RFC 8259, as far as an event needs it. A mail server may have broken lines inside a string.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    bool next(Token& token) {
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c == '"') {
                token = {'"', read_string()};
                return true;
            }
            if (std::string_view{"{}[]:,"}.find(c) != std::string_view::npos) {
                token = {c, {}};
                return true;
            }
        }
        return false;
    }

private:
    std::string read_string() {
        std::string out;
        while (at_ < text_.size() && text_[at_] != '"') {
            const char c = text_[at_];
            if (c == '\\') {
                read_escape(out);
            } else if (c == '\r' || c == '\n') {
                skip_break(out);
            } else {
                out += c;
                ++at_;
            }
        }
        ++at_;
        return out;
    }

    void read_escape(std::string& out) {
        const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
        at_ += 2;
        if (c == 'n')
            out += '\n';
        else if (c == 't')
            out += '\t';
        else if (c == 'r' || c == 'b' || c == 'f')
            out += ' ';
        else if (c == 'u')
            read_code_point(out);
        else
            out += c;
    }

    void read_code_point(std::string& out) {
        const int high = read_hex4(text_, at_);
        if (high < 0) return;
        at_ += 4;
        char32_t point = static_cast<char32_t>(high);
        if (high >= 0xD800 && high < 0xDC00 && text_.substr(at_, 2) == "\\u") {
            const int low = read_hex4(text_, at_ + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                point = static_cast<char32_t>(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
                at_ += 6;
            }
        }
        const bool lone = point >= 0xD800 && point < 0xE000;
        encoding::append_utf8(out, lone ? char32_t{0xFFFD} : point);
    }

    /// Sendmail breaks a line that is too long by `!`, a line end and a blank.
    void skip_break(std::string& out) {
        if (out.ends_with('!')) out.pop_back();
        while (at_ < text_.size() && (text_[at_] == '\r' || text_[at_] == '\n'))
            ++at_;
        if (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

Action action_of(std::string_view type, std::string_view action) {
    if (action == "delayed" || type == "DeliveryDelay") return Action::delayed;
    if (type == "Delivery") return Action::delivered;
    return type == "Complaint" ? Action::none : Action::failed;
}

/// Takes the tokens in; knows nothing of nesting but "inside a list of recipients".
class EventReader {
public:
    void add(const Token& token) {
        if (token.sign == '"') {
            pending_ = token.text;
            has_pending_ = true;
        } else if (token.sign == ':') {
            key_ = std::exchange(pending_, {});
            has_pending_ = false;
        } else {
            take_value();
            add_sign(token.sign);
        }
    }

    SesEvent finish() {
        take_value();
        for (Recipient& recipient : event_.recipients) {
            recipient.action = action_of(event_.type, to_string(recipient.action));
            if (event_.type == "Delivery" && recipient.reply.text.empty()) set_words(recipient, response_);
        }
        return std::move(event_);
    }

private:
    void add_sign(char sign) {
        if (sign == '[') {
            // "recipients" is the list of a Delivery event.
            in_list_ = key_ == "bouncedRecipients" || key_ == "complainedRecipients" ||
                       key_ == "delayedRecipients" || key_ == "recipients";
        } else if (sign == ']') {
            in_list_ = false;
            key_.clear();
        } else if (sign == '{' && in_list_ && event_.recipients.size() < mail::max_recipients) {
            event_.recipients.emplace_back();
        }
    }

    void take_value() {
        if (!has_pending_) return;
        has_pending_ = false;
        if (in_list_)
            take_recipient_value();
        else
            take_event_value();
        pending_.clear();
    }

    void take_recipient_value() {
        if (key_ == "recipients") {
            if (event_.recipients.size() < mail::max_recipients)
                event_.recipients.emplace_back().address = pending_;
            return;
        }
        if (event_.recipients.empty()) return;
        Recipient& recipient = event_.recipients.back();
        if (key_ == "emailAddress")
            recipient.address = pending_;
        else if (key_ == "status")
            recipient.status = pending_;
        else if (key_ == "action" && pending_ == "delayed")
            recipient.action = Action::delayed;
        else if (key_ == "diagnosticCode")
            set_words(recipient, pending_);
    }

    void take_event_value() {
        if (key_ == "notificationType" || key_ == "eventType")
            event_.type = pending_;
        else if (key_ == "reportingMTA")
            event_.reporting_host = mail::read_typed(pending_).value;
        else if (key_ == "messageId" && !pending_.starts_with('<'))
            event_.message_id = pending_; // not that of commonHeaders
        else if (key_ == "source")
            event_.source = pending_;
        else if (key_ == "subject")
            event_.subject = pending_;
        else if (key_ == "complaintFeedbackType")
            event_.feedback = pending_;
        else if (key_ == "smtpResponse")
            response_ = pending_;
    }

    SesEvent event_;
    std::string response_;
    std::string key_;
    std::string pending_; ///< a string whose part is not known yet: key or value
    bool has_pending_ = false;
    bool in_list_ = false;
};

SesEvent read_json(std::string_view text) {
    Scanner scanner(text);
    EventReader reader;
    Token token;
    while (scanner.next(token))
        reader.add(token);
    return reader.finish();
}

/// The value of "Message" in what SNS wraps around an event.
std::string wrapped_message(std::string_view text) {
    Scanner scanner(text);
    Token token;
    bool is_message = false;
    while (scanner.next(token)) {
        if (token.sign == '"' && is_message) return token.text;
        if (token.sign == ':') continue;
        is_message = token.sign == '"' && token.text == "Message";
    }
    return {};
}

} // namespace

SesEvent read_ses_event(std::string_view text) {
    const std::size_t open = text.find('{');
    if (open == std::string_view::npos) return {};
    text = text.substr(open, longest_json);
    if (ascii::icontains(text, "\"notificationType\"") || ascii::icontains(text, "\"eventType\""))
        return read_json(text);
    const std::string inner = wrapped_message(text);
    return inner.starts_with('{') ? read_json(inner) : SesEvent{};
}

} // namespace relaytool::bounce
