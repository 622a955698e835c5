#pragma once

#include <string>
#include <string_view>

namespace relaytool::diagnosis {

/// What an entry of X-Forefront-Antispam-Report, X-Microsoft-Antispam or
/// X-Microsoft-Antispam-Mailbox-Delivery means; "" when nothing is known about it. Source: Microsoft,
/// "Anti-spam message headers in cloud organizations".
std::string filter_words(std::string_view key, std::string_view value);

/// What a `reason=` behind compauth means; "" when nothing is known. The same source.
std::string compauth_words(std::string_view reason);

} // namespace relaytool::diagnosis
