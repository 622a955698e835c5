#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::bounce {

inline constexpr std::size_t max_originals = 20; ///< that are given of one mail

/// The mails inside a mail, the outer ones first: parts of type message/rfc822 and text/rfc822-headers,
/// attached or returned; else the original that a report of an old server quotes in its text; else a header
/// that stands anywhere in it.
std::vector<std::string> originals_in(std::string_view message);

} // namespace relaytool::bounce
