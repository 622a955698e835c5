#include "route/tokens.hpp"

#include "base/ascii.hpp"

namespace relaytool::route {

std::string Tokens::quoted() {
    std::string out;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
        out += text_[at_];
    }
    if (at_ < text_.size()) ++at_;
    return out;
}

std::string Tokens::comment() {
    std::string out;
    std::size_t depth = 1;
    for (++at_; at_ < text_.size(); ++at_) {
        const char c = text_[at_];
        if (c == '\\' && at_ + 1 < text_.size()) {
            out += text_[++at_];
            continue;
        }
        if (c == '(') ++depth;
        if (c == ')' && --depth == 0) break;
        out += c;
    }
    if (at_ < text_.size()) ++at_;
    return out;
}

Token Tokens::next() {
    const std::size_t before = at_;
    while (at_ < text_.size() && ascii::is_space(text_[at_]))
        ++at_;
    const bool glued = at_ == before && at_ > 0;
    if (at_ == text_.size()) return {Token::Kind::end, {}, glued};
    switch (text_[at_]) {
    case '"': return {Token::Kind::quoted, quoted(), glued};
    case '(': return {Token::Kind::comment, comment(), glued};
    case ';': ++at_; return {Token::Kind::semicolon, ";", glued};
    case '=': ++at_; return {Token::Kind::equals, "=", glued};
    default: break;
    }
    const std::size_t start = at_;
    while (at_ < text_.size() && !ascii::is_space(text_[at_]) && text_[at_] != ';' && text_[at_] != '=' &&
           text_[at_] != '(' && text_[at_] != '"')
        ++at_;
    return {Token::Kind::word, std::string(text_.substr(start, at_ - start)), glued};
}

} // namespace relaytool::route
