#include "domain/text_records.hpp"

#include "base/ascii.hpp"

namespace relaytool::domain {
namespace {

constexpr std::size_t most_texts = 50;

/// Whether `text` begins with a tag of that name and value.
bool begins_with(std::string_view text, std::string_view version) {
    const std::size_t equals = version.find('=');
    text = ascii::trim(text);
    if (!ascii::istarts_with(text, version.substr(0, equals))) return false;
    text = ascii::trim(text.substr(equals));
    if (!text.starts_with('=')) return false;
    text = ascii::trim(text.substr(1));
    const std::string_view value = version.substr(equals + 1);
    if (!ascii::istarts_with(text, value)) return false;
    return text.size() == value.size() || !ascii::is_alnum(text[value.size()]);
}

} // namespace

std::vector<std::string> TextRecords::of_version(std::string_view version) const {
    std::vector<std::string> found;
    for (const std::string& text : texts)
        if (begins_with(text, version)) found.push_back(text);
    return found;
}

TextRecords look_at_text(dns::Cache& cache, const dns::Name& name) {
    const dns::AnswerPtr answer = cache.query({name, dns::Type::txt});
    TextRecords found{name, answer->status, {}, answer->aliases, answer->detail};
    for (const dns::Text* text : answer->all<dns::Text>())
        if (found.texts.size() < most_texts) found.texts.push_back(text->joined());
    return found;
}

dns::Name name_below(const dns::Name& domain, std::string_view labels) {
    std::string text(labels);
    if (!domain.is_root()) text += "." + domain.text();
    return dns::Name::from_escaped(text).value_or(dns::Name{});
}

std::string lower_text(const dns::Name& name) {
    return ascii::to_lower(name.text());
}

} // namespace relaytool::domain
