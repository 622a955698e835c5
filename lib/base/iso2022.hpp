#pragma once

#include <string>
#include <string_view>

/// Internal to charset.cpp: the 7-bit charsets of East Asian mail rewritten as the 8-bit ones of the same
/// characters. There are no shift states then to lose, and half-width kana and vendor characters, which the
/// standards forbid and mail has, come through. What is invalid becomes the byte 0xFF, invalid in all of
/// them. Every line begins in US-ASCII, as the standards want it, so damage ends with its line. At most twice
/// as long.
namespace relaytool::encoding {

/// ISO-2022-JP (RFC 1468) with JIS X 0212 (RFC 2237) and half-width kana, to EUC-JP.
std::string iso2022_jp_to_euc(std::string_view bytes);

/// ISO-2022-KR (RFC 1557) to EUC-KR.
std::string iso2022_kr_to_euc(std::string_view bytes);

/// HZ (RFC 1843) to EUC-CN, the base of GBK and GB18030.
std::string hz_to_euc(std::string_view bytes);

} // namespace relaytool::encoding
