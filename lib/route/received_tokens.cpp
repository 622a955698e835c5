#include "route/received_tokens.hpp"

#include "base/ascii.hpp"

namespace relaytool::route {
namespace {

/// An address in angle brackets is hardly longer (RFC 5321 section 4.5.3.1.3).
constexpr std::size_t longest_bracket = 320;

class Tokenizer {
public:
    explicit Tokenizer(std::string_view text) : text_(text) {}

    std::vector<ReceivedToken> run() {
        tokens_.reserve(32);
        while (at_ < text_.size() && tokens_.size() < most_tokens) {
            const char c = text_[at_];
            if (c == ';') {
                add(ReceivedToken::Kind::semicolon, at_, at_ + 1);
                ++at_;
            } else if (c == '(') {
                read_comment();
            } else if (ascii::is_space(c) || c == ')' || c == '\0') {
                ++at_;
            } else {
                read_word();
            }
        }
        return std::move(tokens_);
    }

private:
    void add(ReceivedToken::Kind kind, std::size_t begin, std::size_t end) {
        tokens_.push_back({kind, text_.substr(begin, end - begin)});
    }

    /// Where the comment that opens at `at_` closes; `npos` when nowhere.
    std::size_t end_of_comment() const {
        if (unbalanced_) return text_.find(')', at_);
        std::size_t depth = 0;
        for (std::size_t i = at_; i < text_.size(); ++i) {
            if (text_[i] == '\\') {
                ++i;
            } else if (text_[i] == '(') {
                ++depth;
            } else if (text_[i] == ')' && --depth == 0) {
                return i;
            }
        }
        return std::string_view::npos;
    }

    void read_comment() {
        std::size_t end = none_closes_ ? std::string_view::npos : end_of_comment();
        if (end == std::string_view::npos && !unbalanced_) {
            // Counting has failed once and would again, at the price of the rest each time.
            unbalanced_ = true;
            end = end_of_comment();
        }
        if (end == std::string_view::npos) {
            none_closes_ = true;
            add(ReceivedToken::Kind::comment, at_ + 1, at_ + 1);
            ++at_;
            return;
        }
        add(ReceivedToken::Kind::comment, at_ + 1, end);
        at_ = end + 1;
    }

    /// Behind the bracket or quotation mark that closes the one at `i`; behind `i` itself when none does.
    std::size_t behind_bracket(std::size_t i) const {
        const char open = text_[i];
        const char close = open == '<' ? '>' : open == '[' ? ']' : open == '"' ? '"' : '\0';
        if (close == '\0') return i + 1;
        const std::size_t end = text_.substr(i + 1, longest_bracket).find(close);
        return end == std::string_view::npos ? i + 1 : i + 1 + end + 1;
    }

    void read_word() {
        const std::size_t begin = at_;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (ascii::is_space(c) || c == ';' || c == '(' || c == ')' || c == '\0') break;
            at_ = behind_bracket(at_);
        }
        add(ReceivedToken::Kind::word, begin, at_);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool unbalanced_ = false;
    bool none_closes_ = false;
    std::vector<ReceivedToken> tokens_;
};

} // namespace

std::vector<ReceivedToken> received_tokens(std::string_view text) {
    return Tokenizer(text).run();
}

} // namespace relaytool::route
