#pragma once

#include <string>
#include <string_view>

namespace relaytool::encoding {

/// Decodes UTF-7, RFC 2152, as the delivery reports of Microsoft servers use it. Always valid UTF-8. Those
/// reports also carry text which never was encoded, so a `+` which does not begin real base64 stays as it is:
/// `C++ error`,
/// `+49 30 1234`, `user+tag@example.com`. At most three times as long as `text`.
std::string utf7(std::string_view text);

} // namespace relaytool::encoding
