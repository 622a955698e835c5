#pragma once

#include <string>
#include <string_view>

namespace relaytool::route {

/// How a domain would be read by somebody in a hurry: letters of other scripts, accents, digits and pairs
/// that look like Latin letters become those ("rn" → "m", "0" → "o"). `xn--` labels are decoded. In lower
/// case.
std::string skeleton_of(std::string_view domain);

/// Whether a label of the domain mixes Latin letters with those of a script that looks like it (Greek,
/// Cyrillic, Armenian, Cherokee), or writes a Latin word with such letters alone (UTS 39 section 5.1 and 4).
bool has_mixed_script(std::string_view domain);

/// Whether two different domains look alike: the same skeleton, or names of five letters and more under the
/// same top-level domain that differ by one letter, or by two that changed places.
bool look_alike(std::string_view a, std::string_view b);

} // namespace relaytool::route
