#pragma once

#include <string>
#include <string_view>

namespace relaytool::mail {

/// The words of an HTML page, for reports that have no plain text: tags dropped, block elements and <br>
/// become line ends, entities resolved, <style>, <script> and comments left out. For reading, not for
/// showing.
std::string html_to_text(std::string_view html);

} // namespace relaytool::mail
