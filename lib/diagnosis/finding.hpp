#pragma once

#include "diagnosis/category.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relaytool::diagnosis {

/// What one failure means and what to do about it: a rule with everything that was seen filled in.
struct Finding {
    std::string id; ///< the rule's id, as in docs/catalogue.md
    Category category = Category::unknown;
    Severity severity = Severity::error;
    std::string title;              ///< one line, plain words
    std::string cause;              ///< why it happens
    std::vector<std::string> steps; ///< in order; commands stand between backticks
    Owner owner = Owner::you;
    std::optional<bool> permanent; ///< false: the sending server is still trying; absent: cannot be told
    std::string evidence;          ///< the server's own words, verbatim
    std::string reference;         ///< a document or an RFC section

    bool operator==(const Finding&) const = default;
};

} // namespace relaytool::diagnosis
