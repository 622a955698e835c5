#pragma once

#include "base/gram_set.hpp"
#include "mail/mime.hpp"

#include <string>
#include <string_view>

namespace relaytool::bounce {

/// A mail made ready for the dialect readers.
struct Source {
    mail::Mime mime;
    std::string from;    ///< From: decoded, as a whole
    std::string subject; ///< decoded
    /// What the reporting server wrote for people, in UTF-8: the text parts, up to where the original begins.
    std::string report;
    GramSet grams; ///< of `from`, `subject`, `report` and `original`: readers ask for hundreds of words
    /// The original mail (or its header) in text form, when it is not a part of its own.
    std::string original;

    const mail::Fields& header() const { return mime.parts.front().header; }
};

/// Takes `message` apart. The views inside `mime` reach into it.
Source prepare(std::string_view message);

} // namespace relaytool::bounce
