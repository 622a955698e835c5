#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The records that a mail domain publishes, one reader each: facts, no words.
namespace relaytool::domain {

struct Tag {
    std::string name;  ///< as written
    std::string value; ///< without white space around it
};

/// A record of the form `a=1; b=2` (RFC 6376 section 3.2), read leniently.
struct TagList {
    std::vector<Tag> tags;           ///< in their order, the first 64
    std::vector<std::string> broken; ///< parts without a name or an equals sign
    /// The first tag of that name, case of the name ignored, or null.
    const Tag* find(std::string_view name) const;
    /// The tag's value, or "".
    std::string_view value(std::string_view name) const;
    /// Names that stand there twice.
    std::vector<std::string> doubled() const;
};

TagList read_tags(std::string_view record);

/// The parts between commas, without white space around them; empty ones are left out. At most 64.
std::vector<std::string> read_list(std::string_view value, char separator);

} // namespace relaytool::domain
