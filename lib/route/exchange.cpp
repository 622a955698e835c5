#include "route/exchange.hpp"

#include "base/ascii.hpp"

namespace relaytool::route {
namespace {

struct Place {
    std::string_view field;
    std::string Exchange::*value;
};

constexpr Place places[] = {
    {"X-MS-Exchange-Organization-AuthAs", &Exchange::auth_as},
    {"X-MS-Exchange-Organization-AuthSource", &Exchange::auth_source},
    {"X-MS-Exchange-Organization-AuthMechanism", &Exchange::auth_mechanism},
    {"X-MS-Exchange-Organization-MessageDirectionality", &Exchange::directionality},
    {"X-MS-Exchange-CrossTenant-AuthAs", &Exchange::cross_auth_as},
    {"X-MS-Exchange-CrossTenant-AuthSource", &Exchange::cross_auth_source},
    {"X-MS-Exchange-CrossTenant-FromEntityHeader", &Exchange::from_entity},
    {"X-MS-Exchange-CrossTenant-Id", &Exchange::tenant},
    {"X-EOPTenantAttributedMessage", &Exchange::attributed},
    {"X-EOPAttributedMessage", &Exchange::attributed},
    {"X-OriginatorOrg", &Exchange::originator_org},
};

/// The organisation's own word first; what survives the way to another tenant else.
std::string_view who(const Exchange& exchange) {
    return exchange.auth_as.empty() ? std::string_view(exchange.cross_auth_as)
                                    : std::string_view(exchange.auth_as);
}

} // namespace

bool Exchange::is_authenticated() const {
    return ascii::iequals(who(*this), "Internal") || ascii::iequals(who(*this), "Partner");
}

bool Exchange::is_anonymous() const {
    return ascii::iequals(who(*this), "Anonymous");
}

bool Exchange::is_originating() const {
    return ascii::iequals(directionality, "Originating") || ascii::iequals(from_entity, "Hosted") ||
           ascii::iequals(from_entity, "HybridOnPrem");
}

Exchange read_exchange(const mail::Fields& fields) {
    Exchange exchange;
    for (std::size_t i = 0; i < fields.all().size(); ++i) {
        const mail::Field& field = fields.all()[i];
        if (field.name.empty() || ascii::lower(field.name.front()) != 'x') continue;
        for (const Place& place : places) {
            if (!ascii::iequals(field.name, place.field) || !(exchange.*place.value).empty()) continue;
            exchange.*place.value = mail::unfold(field.raw);
            if (!exchange.first_field) exchange.first_field = i;
        }
    }
    return exchange;
}

} // namespace relaytool::route
