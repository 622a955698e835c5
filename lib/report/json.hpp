#pragma once

#include "diagnosis/finding.hpp"
#include "smtp/reply.hpp"
#include "smtp/transcript.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

/// Shared by the renderers in report/*.cpp; not for the outside (the installed library's users need no JSON).
namespace relaytool::report {

using Json = nlohmann::ordered_json;

/// An object with room for `keys` members; add() fills it in order. (operator[] looks for the key first, and
/// the object grows member by member: a third of the time that a document takes.)
Json object_of(std::size_t keys);
void add(Json& object, std::string_view key, Json value);

/// An array with what `make` makes of each item.
template <class Items, class Make>
Json array_of(const Items& items, Make make) {
    Json array = Json::array();
    for (const auto& item : items)
        array.push_back(make(item));
    return array;
}

/// null for an empty text: a part that a server did not say is absent, not empty.
Json text_or_null(std::string_view text);

Json to_json(diagnosis::Finding finding);
Json to_json(const smtp::Reply& reply);
/// `[{ms, speaker, tls, text}]`.
Json to_json(const smtp::Transcript& transcript);

/// Times are in milliseconds, with fractions.
double milliseconds(std::chrono::microseconds time);

/// One line, always valid UTF-8, without any control character.
std::string dump(const Json& document);

} // namespace relaytool::report
