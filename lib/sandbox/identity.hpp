#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Names, times and numbers in the words of the servers that are played.
namespace relaytool::sandbox {

/// The server that talks to clients of the smart host, in the banner's words and in those of its errors.
inline constexpr std::string_view banner_host = "SBX2P001CA0042.outlook.office365.com";
inline constexpr std::string_view front_end = "SBX2P001CA0042.SBXP001.PROD.OUTLOOK.COM";
/// The server behind it, which takes the mail.
inline constexpr std::string_view mailbox_host = "SBX2P001MB0042.SBXP001.PROD.OUTLOOK.COM";
/// Microsoft's server for mail from outside.
inline constexpr std::string_view exchanger = "SBX2P001FT0042.eop-SBXP001.prod.protection.outlook.com";

/// Sixteen hexadecimal digits in capitals.
std::string hex16(std::uint64_t number);

/// "Thu, 19 Feb 2026 07:20:02 +0000" (RFC 5322 section 3.3). `seconds` since 1970-01-01 UTC.
std::string banner_time(std::int64_t seconds);

/// "2026-02-19T07:20:02.000Z".
std::string reply_time(std::int64_t seconds);

} // namespace relaytool::sandbox
