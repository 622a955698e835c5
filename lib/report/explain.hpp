#pragma once

#include "diagnosis/explanation.hpp"
#include "diagnosis/rule.hpp"
#include "report/style.hpp"

#include <string>
#include <string_view>

namespace relaytool::report {

/// One result of `relaytool explain` as a JSON object on one line, without a line end (docs/json.md).
std::string explanation_json(const diagnosis::Explanation& explanation);

/// What stands around the objects in one `relaytool/explain/1` document.
std::string_view explain_json_begin();
std::string_view explain_json_end();

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
