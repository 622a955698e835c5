#pragma once

#include "diagnosis/domain_verdict.hpp"
#include "report/style.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace relaytool::report {

/// One domain of `relaytool domain check` as a JSON object on one line, without a line end (docs/json.md).
std::string domain_json(const diagnosis::DomainVerdict& verdict);

/// The same as a document of its own, with its schema.
std::string domain_document(const diagnosis::DomainVerdict& verdict);

/// A line of a list that names no domain: `why` in plain words.
std::string unusable_domain_json(std::string_view text, std::string_view why);

/// What stands around the objects when there are several.
std::string_view domains_json_begin();
std::string_view domains_json_end();

/// One domain for people: verdict, table, each problem with cause and steps, then what is worth knowing.
std::string domain_text(const diagnosis::DomainVerdict& verdict, const Style& style);

/// One domain on one line: "example.com: 1 problem, 2 warnings".
std::string domain_line(const diagnosis::DomainVerdict& verdict, const Style& style);

/// How often each finding occurred in many domains. Its size depends on the number of rules.
class DomainCounts {
public:
    void add(const diagnosis::DomainVerdict& verdict);
    void add_unusable() { ++unusable_; }
    std::string text(const Style& style) const;

private:
    struct Count {
        std::size_t domains = 0;
        diagnosis::Severity severity = diagnosis::Severity::ok; ///< the worst seen
    };
    std::map<std::string, Count> counts_; ///< by rule
    std::size_t domains_ = 0;
    std::size_t good_ = 0;
    std::size_t unknown_ = 0;
    std::size_t unusable_ = 0;
};

} // namespace relaytool::report
