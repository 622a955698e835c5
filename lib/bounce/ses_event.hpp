#pragma once

#include "bounce/bounce.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relaytool::bounce {

/// What Amazon SES publishes about a mail, as JSON, when SNS sends it by mail.
struct SesEvent {
    std::string type; ///< "Bounce", "Complaint", "Delivery", "DeliveryDelay", "Reject"; empty: no event
    std::vector<Recipient> recipients;
    std::string reporting_host;
    std::string message_id; ///< of SES
    std::string source;     ///< the envelope sender
    std::string subject;
    std::string feedback; ///< complaintFeedbackType
};

/// Reads the event in `text`, plain or as a string inside the JSON of SNS. Never fails; bounded by the text.
SesEvent read_ses_event(std::string_view text);

} // namespace relaytool::bounce
