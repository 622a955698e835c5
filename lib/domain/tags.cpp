#include "domain/tags.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace relaytool::domain {
namespace {

constexpr std::size_t most_tags = 64;

} // namespace

const Tag* TagList::find(std::string_view name) const {
    const auto found = std::find_if(tags.begin(), tags.end(),
                                    [&](const Tag& tag) { return ascii::iequals(tag.name, name); });
    return found == tags.end() ? nullptr : &*found;
}

std::string_view TagList::value(std::string_view name) const {
    const Tag* tag = find(name);
    return tag == nullptr ? std::string_view{} : std::string_view(tag->value);
}

std::vector<std::string> TagList::doubled() const {
    std::vector<std::string> names;
    for (const Tag& tag : tags)
        if (&tag != find(tag.name) && std::find(names.begin(), names.end(), tag.name) == names.end())
            names.push_back(tag.name);
    return names;
}

TagList read_tags(std::string_view record) {
    TagList list;
    for (const std::string& part : read_list(record, ';')) {
        const std::size_t equals = part.find('=');
        const std::string_view name = ascii::trim(std::string_view(part).substr(0, equals));
        if (equals == std::string::npos || name.empty())
            list.broken.push_back(part);
        else
            list.tags.push_back(
                {std::string(name), std::string(ascii::trim(std::string_view(part).substr(equals + 1)))});
    }
    return list;
}

std::vector<std::string> read_list(std::string_view value, char separator) {
    std::vector<std::string> parts;
    while (!value.empty() && parts.size() < most_tags) {
        const std::size_t end = std::min(value.find(separator), value.size());
        if (const std::string_view part = ascii::trim(value.substr(0, end)); !part.empty())
            parts.emplace_back(part);
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return parts;
}

} // namespace relaytool::domain
