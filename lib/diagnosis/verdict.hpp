#pragma once

#include "bounce/bounce.hpp"
#include "diagnosis/finding.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::diagnosis {

/// Everything `diagnose` says about one mail.
struct Verdict {
    bounce::Bounce bounce;
    /// One for each recipient, in their order; exactly one when the mail names no recipient.
    std::vector<Finding> findings;
    /// Why IIS put the mail into BadMail (.BDR), when that is another matter than why it was not delivered.
    std::optional<Finding> badmail;

    /// The first failure's category, or what the mail is.
    Category category() const;
};

/// Where a mail was found: in a BadMail folder even an ordinary mail is a failure.
enum class Place { anywhere, badmail };

/// Reads and explains one mail. `bdr` holds the text of the .BDR file beside it, or is empty; `message` is
/// empty when only the .BDR is there. Both as from mail::readable_text.
Verdict judge(std::string_view message, std::string_view bdr = {}, Place place = Place::anywhere);

/// A verdict about a file that is no mail: `why` in plain words.
Verdict unreadable(std::string why);

} // namespace relaytool::diagnosis
