#include "report/json.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace relaytool::report {

namespace {

constexpr char del = '\x7F';
constexpr char c1_lead = '\xC2'; // of U+0080 to U+00BF in UTF-8; those up to U+009F are controls

/// DEL and the C1 controls as escapes: JSON allows them as they are, but a terminal obeys them. They can only
/// stand inside strings.
std::string escape_controls(std::string text) {
    constexpr std::string_view digits = "0123456789abcdef";
    // Mostly there are none: two quick looks instead of a slow one.
    if (text.find(del) == text.npos && text.find(c1_lead) == text.npos) return text;
    const char wanted[] = {del, c1_lead};
    const std::string_view either(wanted, sizeof wanted);
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = text.find_first_of(either); at != text.npos;
         at = text.find_first_of(either, at + 1)) {
        const bool is_del = text[at] == del;
        const auto octet = static_cast<unsigned char>(is_del ? text[at] : text[at + 1]);
        if (!is_del && octet >= 0xA0) continue;
        out.append(text, done, at - done);
        out += {'\\', 'u', '0', '0', digits[octet / 16], digits[octet % 16]};
        done = at + (is_del ? 1 : 2);
    }
    return out.append(text, done, text.npos);
}

} // namespace

Json object_of(std::size_t keys) {
    Json object = Json::object();
    object.get_ref<Json::object_t&>().reserve(keys);
    return object;
}

void add(Json& object, std::string_view key, Json value) {
    object.get_ref<Json::object_t&>().emplace_back(std::string(key), std::move(value));
}

Json text_or_null(std::string_view text) {
    return text.empty() ? Json(nullptr) : Json(std::string(text));
}

Json to_json(diagnosis::Finding finding) {
    Json json = object_of(10);
    add(json, "id", std::move(finding.id));
    add(json, "category", std::string(to_string(finding.category)));
    add(json, "severity", std::string(to_string(finding.severity)));
    add(json, "title", std::move(finding.title));
    add(json, "cause", std::move(finding.cause));
    add(json, "steps", std::move(finding.steps));
    add(json, "owner", std::string(to_string(finding.owner)));
    add(json, "permanent", finding.permanent ? Json(*finding.permanent) : Json(nullptr));
    add(json, "evidence", finding.evidence.empty() ? Json(nullptr) : Json(std::move(finding.evidence)));
    add(json, "reference", text_or_null(finding.reference));
    return json;
}

Json to_json(const smtp::Reply& reply) {
    Json json = object_of(4);
    add(json, "code", reply.code == 0 ? Json(nullptr) : Json(reply.code));
    add(json, "enhanced", reply.enhanced ? Json(smtp::to_string(*reply.enhanced)) : Json(nullptr));
    add(json, "text", text_or_null(reply.text));
    add(json, "host", text_or_null(reply.host));
    return json;
}

std::string dump(const Json& document) {
    return escape_controls(document.dump(-1, ' ', false, Json::error_handler_t::replace));
}

} // namespace relaytool::report
