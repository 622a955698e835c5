#pragma once

#include <string_view>

namespace relaytool::diagnosis {

/// What an operator says it is going to do. Plans change: they are data with a date, and never a fact about
/// anybody's tenant.
struct Announcement {
    std::string_view subject; ///< what it is looked up by
    std::string_view stated;  ///< day of the statement: "2026-01-27"
    std::string_view plan;    ///< in plain words, without a full stop
    std::string_view source;  ///< where it was said
    std::string_view checked; ///< the day up to which nothing newer was found
};

/// Microsoft's plan for passwords in SMTP client submission.
const Announcement& basic_auth_retirement();

} // namespace relaytool::diagnosis
