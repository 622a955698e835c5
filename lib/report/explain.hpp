#pragma once

#include "diagnosis/explanation.hpp"
#include "diagnosis/rule.hpp"
#include "report/style.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::report {

/// One result of `relaytool explain` as a JSON object on one line, without a line end (docs/json.md).
std::string explanation_json(const diagnosis::Explanation& explanation);

/// What stands around the objects in one `relaytool/explain/1` document.
std::string_view explain_json_begin();
std::string_view explain_json_end();

/// Many explanations for people: how often each cause occurred, then each cause once, with its first text.
/// One explanation is shown as it is. Its size depends on the number of causes.
class Causes {
public:
    void add(diagnosis::Explanation explanation);
    std::string text(const Style& style) const;

private:
    struct Cause {
        diagnosis::Explanation first;
        std::size_t times = 0;
    };

    std::size_t total_ = 0;
    std::vector<Cause> causes_;
    std::map<std::string, std::size_t> places_; ///< of the causes, by rule and title
};

std::string explanation_text(const diagnosis::Explanation& explanation, const Style& style);

/// One row of the catalogue in full.
std::string rule_text(const diagnosis::Rule& rule, const Style& style);

/// Every row's id and title, by subject.
std::string catalogue_text(const Style& style);

/// The same as one `relaytool/explain/1` document with `rules`.
std::string catalogue_json();

/// Every row as docs/catalogue.md has it.
std::string catalogue_markdown();

} // namespace relaytool::report
