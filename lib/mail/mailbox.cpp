#include "mail/mailbox.hpp"

#include "base/ascii.hpp"
#include "mail/address.hpp"
#include "mail/encoded_word.hpp"
#include "mail/fields.hpp"

namespace relaytool::mail {
namespace {

/// Takes the list apart in one pass.
class Reader {
public:
    MailboxList run(std::string_view text) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\\' && i + 1 < text.size() && (quoted_ || depth_ > 0)) {
                escaped(text[++i]);
            } else {
                take(text[i]);
            }
        }
        finish();
        if (!pending_.empty()) list_.broken.push_back(std::move(pending_));
        return std::move(list_);
    }

private:
    void escaped(char c) {
        if (depth_ > 0) {
            comment_ += c;
            return;
        }
        raw_.append({'\\', c});
        plain_ += c;
        if (in_angle_) angle_.append({'\\', c});
    }

    void take(char c) {
        if (depth_ > 0 || (c == '(' && !quoted_))
            take_comment(c);
        else if (c == '"')
            take_quote();
        else if (quoted_) // nothing below has a meaning inside quotes
            keep(c);      // NOLINT(bugprone-branch-clone)
        else if (c == '<')
            open_angle();
        else if (c == '>')
            in_angle_ = false;
        else if ((c == ',' || c == ';') && !in_angle_)
            finish();
        else if (c == ':' && !has_angle_ && raw_.find_first_of("@[") == std::string::npos)
            forget(); // the name of a group
        else
            keep(c);
    }

    void take_comment(char c) {
        if (c == '(') ++depth_;
        if (c == ')') --depth_;
        if (depth_ > 0 && c != '(' && c != ')') comment_ += c;
    }

    void take_quote() {
        quoted_ = !quoted_;
        raw_ += '"';
        if (in_angle_) angle_ += '"';
    }

    void open_angle() {
        if (has_angle_) angle_ += '<'; // two in one: no address
        in_angle_ = true;
        has_angle_ = true;
    }

    void keep(char c) {
        if (in_angle_) {
            angle_ += c;
            return;
        }
        raw_ += c;
        plain_ += c;
    }

    void finish() {
        const std::string_view raw = ascii::trim(raw_);
        const bool is_empty = raw.empty() && !has_angle_;
        if (is_empty) return forget();
        if (!has_angle_ && raw.find('@') == std::string_view::npos) {
            // Half of a name with a comma in it, when an address follows.
            if (!pending_.empty()) pending_ += ", ";
            pending_ += ascii::trim(plain_);
            return forget();
        }
        if (!has_angle_ && !pending_.empty()) list_.broken.push_back(std::move(pending_));
        std::string name(ascii::trim(has_angle_ && !ascii::trim(plain_).empty() ? plain_ : comment_));
        if (!pending_.empty()) name = name.empty() ? pending_ : pending_ + ", " + name;
        pending_.clear();
        add(name, has_angle_ ? without_route(ascii::trim(angle_)) : raw);
        forget();
    }

    void add(const std::string& name, std::string_view address) {
        if (list_.mailboxes.size() + list_.broken.size() >= max_mailboxes) return;
        if (is_envelope_address(address))
            list_.mailboxes.push_back({decode_header(name), std::string(address)});
        else
            list_.broken.emplace_back(has_angle_ ? "<" + std::string(address) + ">" : std::string(address));
    }

    /// RFC 5322 section 4.4: `<@relay,@relay:user@host>`.
    static std::string_view without_route(std::string_view path) {
        const std::size_t colon = path.starts_with('@') ? path.find(':') : std::string_view::npos;
        return colon == std::string_view::npos ? path : path.substr(colon + 1);
    }

    void forget() {
        raw_.clear();
        plain_.clear();
        angle_.clear();
        comment_.clear();
        has_angle_ = in_angle_ = false;
    }

    MailboxList list_;
    std::string raw_;     ///< outside of `<>`, with quotes
    std::string plain_;   ///< the same without them
    std::string angle_;   ///< inside of `<>`
    std::string comment_; ///< `user@example.com (Name)`: the form of old programs
    std::string pending_; ///< names without an address so far
    int depth_ = 0;       ///< of comments
    bool quoted_ = false;
    bool in_angle_ = false;
    bool has_angle_ = false;
};

} // namespace

MailboxList read_mailboxes(std::string_view value) {
    return Reader().run(unfold(value));
}

} // namespace relaytool::mail
