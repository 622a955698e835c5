#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Requests to the sandbox's web server, and what it answers (RFC 9110), as values.
namespace relaytool::sandbox {

/// A request, as far as anybody here looks at it.
struct WebRequest {
    std::string method; ///< "GET", in capitals
    std::string path;   ///< as sent, without the query
    std::string query;  ///< as sent, without the question mark
    std::string body;
};

struct WebReply {
    int status = 200;
    std::string content_type;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers = {}; ///< more of them; no control characters
};

/// Fields of a form or a query: `application/x-www-form-urlencoded` (WHATWG URL standard, section 5.1).
class Form {
public:
    /// The first 100 fields; broken escapes stay as they are.
    explicit Form(std::string_view text);

    /// The first field of that name; empty when there is none.
    std::string_view value(std::string_view name) const;
    bool has(std::string_view name) const;

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// Without percent escapes (RFC 3986 section 2.1). Broken escapes stay as they are.
std::string percent_decoded(std::string_view text);

} // namespace relaytool::sandbox
