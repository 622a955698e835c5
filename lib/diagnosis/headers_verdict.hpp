#pragma once

#include "diagnosis/finding.hpp"
#include "diagnosis/origin.hpp"
#include "route/headers.hpp"
#include "route/verification.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::diagnosis {

/// What the recipient's side, or we, found out about one proof of the sender.
struct AuthLine {
    std::string method;          ///< "SPF", "DKIM", "DMARC", "ARC", "compauth"
    std::string result;          ///< in the words of RFC 8601: "pass", "softfail"
    std::string domain;          ///< for which domain; may be empty
    std::optional<bool> aligned; ///< with From; absent where it does not matter
    std::string says;            ///< what it means, in plain words; may be empty
    std::string source;          ///< who says so: a server's name, "verified now", "recomputed"
    Severity severity = Severity::ok;
};

/// One entry of a filter's report, in words.
struct FilterWord {
    std::string key;         ///< "SFV"
    std::string value;       ///< "SPM"
    std::string says;        ///< what it means; empty for those nobody outside Microsoft can read
    bool is_verdict = false; ///< it judges the message; the others say where it came from
};

enum class Placement { unknown, inbox, junk, custom };
std::string_view to_string(Placement placement);

/// Where the message was put, and by what.
struct FilterVerdict {
    Placement placement = Placement::unknown;
    std::string decided_by; ///< the entry that decided: "SFV:SPM"; empty when nothing did
    std::string says;       ///< the reason in one sentence
    std::vector<FilterWord> words;
};

/// Everything that `headers` says about one header.
struct HeadersVerdict {
    route::Headers headers;
    std::optional<route::Verification> verification;
    Origin origin;
    std::vector<AuthLine> authentication;
    std::optional<bool> dmarc; ///< recomputed from what the header says; absent when it does not say enough
    FilterVerdict filter;
    std::vector<Finding> findings; ///< errors first, then warnings, then what is worth knowing

    std::size_t count(Severity severity) const;
    bool is_good() const { return count(Severity::error) + count(Severity::warning) == 0; }
    /// A look-up failed on which the answer depends.
    bool could_not_tell() const;
};

HeadersVerdict judge_headers(route::Headers headers, std::optional<route::Verification> verification);

} // namespace relaytool::diagnosis
