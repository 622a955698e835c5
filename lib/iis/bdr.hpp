#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::iis {

/// A `.BDR` file: why IIS SMTP put the mail beside it (same name, `.BAD`) into BadMail.
struct BadMailReport {
    std::string sentence;               ///< the error in IIS's words, without quotes
    std::uint32_t error_code = 0;       ///< HRESULT, such as 0xC00402C7; 0 when the file names none
    std::vector<std::string> addresses; ///< sender and recipients, in order of appearance
};

/// Whether `text` (as from mail::readable_text) is such a report.
bool is_bdr(std::string_view text);

/// Reads a report leniently: no complete description of the format is public.
BadMailReport read_bdr(std::string_view text);

} // namespace relaytool::iis
