#include "route/authres.hpp"

#include "base/ascii.hpp"
#include "route/tokens.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::route {
namespace {

using Kind = Token::Kind;

std::string_view value_of(const std::vector<Property>& properties, std::string_view name) {
    const auto at = std::find_if(properties.begin(), properties.end(),
                                 [&](const Property& property) { return property.name == name; });
    return at == properties.end() ? std::string_view{} : std::string_view(at->value);
}

/// What stands between two semicolons: words, pairs and comments in their order.
struct Statement {
    std::vector<std::string> words; ///< not part of a pair
    std::vector<Property> pairs;    ///< names in lower case
    std::string comment;
};

/// Whether `word` goes on with what stands in front of it: white space and comments may stand around the
/// slash of a version and the dot of a property (RFC 8601 section 2.2).
bool goes_on(std::string_view before, std::string_view word) {
    const auto joins = [](char c) { return c == '/' || c == '.'; };
    return !before.empty() && (joins(before.back()) || joins(word.front()));
}

/// Reads statement by statement.
class Statements {
public:
    explicit Statements(std::string_view value) : tokens_(value) { advance(); }

    bool next(Statement& statement) {
        statement = {};
        if (token_.kind == Kind::end) return false;
        std::string word;
        while (token_.kind != Kind::end && token_.kind != Kind::semicolon) {
            if (token_.kind == Kind::comment) {
                take_comment(statement);
            } else if (token_.kind == Kind::equals) {
                advance();
                keep(statement.pairs, {ascii::to_lower(std::exchange(word, {})), value(statement)});
            } else {
                if (!token_.text.empty() && !goes_on(word, token_.text) && !word.empty())
                    keep(statement.words, std::exchange(word, {}));
                word += token_.text;
                advance();
            }
        }
        if (!word.empty()) keep(statement.words, std::move(word));
        if (token_.kind == Kind::semicolon) advance();
        return true;
    }

private:
    void advance() { token_ = tokens_.next(); }

    template <class T>
    static void keep(std::vector<T>& list, T item) {
        if (list.size() < max_results) list.push_back(std::move(item));
    }

    void take_comment(Statement& statement) {
        if (!statement.comment.empty()) statement.comment += "; ";
        statement.comment += ascii::fold_space(token_.text);
        advance();
    }

    /// What stands behind an equals sign: one word, which may hold more equals signs and quoted parts
    /// (`"a b"@example.com`).
    std::string value(Statement& statement) {
        while (token_.kind == Kind::comment)
            take_comment(statement);
        std::string out;
        for (bool is_first = true; is_first || token_.glued; is_first = false) {
            if (token_.kind != Kind::word && token_.kind != Kind::quoted && token_.kind != Kind::equals)
                break;
            out += token_.text;
            advance();
        }
        return out;
    }

    Tokens tokens_;
    Token token_;
};

/// `dkim/1` is version 1 of the method (RFC 8601 section 2.2).
std::string method_name(std::string_view name) {
    return std::string(name.substr(0, name.find('/')));
}

MethodResult read_method(Statement& statement) {
    MethodResult method;
    method.method = method_name(statement.pairs.front().name);
    method.result = ascii::to_lower(statement.pairs.front().value);
    method.comment = std::move(statement.comment);
    for (std::size_t i = 1; i < statement.pairs.size(); ++i) {
        if (statement.pairs[i].name == "reason")
            method.reason = std::move(statement.pairs[i].value);
        else
            method.properties.push_back(std::move(statement.pairs[i]));
    }
    return method;
}

} // namespace

std::string_view MethodResult::property(std::string_view name) const {
    return value_of(properties, name);
}

const MethodResult* AuthResults::find(std::string_view method) const {
    const auto at = std::find_if(results.begin(), results.end(),
                                 [&](const MethodResult& result) { return result.method == method; });
    return at == results.end() ? nullptr : &*at;
}

AuthResults read_auth_results(std::string_view value) {
    AuthResults out;
    Statements statements(value);
    Statement statement;
    bool is_first = true;
    while (out.results.size() < max_results && statements.next(statement)) {
        const bool is_instance = is_first && statement.pairs.size() == 1 &&
                                 statement.pairs.front().name == "i" && statement.words.empty();
        if (is_instance) continue;
        // A word in front is the server, or (the old form of Microsoft) a domain that belongs to nothing.
        if (is_first && !statement.words.empty() && out.server.empty()) out.server = statement.words.front();
        is_first = false;
        if (!statement.pairs.empty()) out.results.push_back(read_method(statement));
    }
    return out;
}

std::string_view ReceivedSpf::value(std::string_view key) const {
    return value_of(pairs, key);
}

std::optional<ip::Address> ReceivedSpf::client_ip() const {
    return ip::read_address(value("client-ip"));
}

ReceivedSpf read_received_spf(std::string_view value) {
    ReceivedSpf out;
    Statements statements(value);
    Statement statement;
    bool is_first = true;
    while (out.pairs.size() < max_results && statements.next(statement)) {
        if (is_first && !statement.words.empty()) out.result = ascii::to_lower(statement.words.front());
        if (is_first) out.comment = std::move(statement.comment);
        is_first = false;
        for (Property& pair : statement.pairs)
            out.pairs.push_back(std::move(pair));
    }
    return out;
}

} // namespace relaytool::route
