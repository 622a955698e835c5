#pragma once

#include "diagnosis/finding.hpp"
#include "diagnosis/verdict.hpp"
#include "iis/follow.hpp"
#include "report/style.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::report {

/// One file in BadMail that belongs to the message.
struct Bounced {
    std::string file;
    diagnosis::Verdict verdict;
};

/// What became of a message that was put into a Pickup folder.
struct Dropped {
    std::string file; ///< path in Pickup
    std::string message_id;
    std::vector<std::string> recipients;
    iis::Sighting sighting;                    ///< the last one
    std::vector<Bounced> bounces;              ///< when it bounced
    std::optional<diagnosis::Finding> finding; ///< when it did not
};

/// "accepted", "refused", "unknown": the words of the JSON contract of `send`.
std::string_view outcome_of(const Dropped& dropped);

std::string dropped_text(const Dropped& dropped, const Style& style);

/// One `relaytool/send/1` document with a line end.
std::string dropped_json(const Dropped& dropped);

/// "waits in Pickup", …: for a progress line.
std::string_view progress_of(iis::Whereabouts where);

} // namespace relaytool::report
