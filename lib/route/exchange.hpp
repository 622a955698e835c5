#pragma once

#include "mail/fields.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace relaytool::route {

/// What Exchange and Exchange Online write beside their verdict: X-MS-Exchange-*, X-OriginatorOrg and the
/// like. Empty where a field is not there. Servers remove those that come from outside, but the reader of a
/// header cannot see whether one did.
struct Exchange {
    std::string auth_as;        ///< X-MS-Exchange-Organization-AuthAs: Anonymous, Internal, Partner, External
    std::string auth_source;    ///< …-AuthSource: the server that decided it
    std::string auth_mechanism; ///< …-AuthMechanism: two digits
    std::string directionality; ///< …-MessageDirectionality: Incoming, Originating
    std::string cross_auth_as;  ///< X-MS-Exchange-CrossTenant-AuthAs
    std::string cross_auth_source;
    std::string from_entity; ///< X-MS-Exchange-CrossTenant-FromEntityHeader: Hosted, Internet, HybridOnPrem
    std::string tenant;      ///< X-MS-Exchange-CrossTenant-Id: the sending tenant
    std::string
        attributed; ///< X-EOPTenantAttributedMessage, X-EOPAttributedMessage: the tenant mail was put down to
    std::string originator_org; ///< X-OriginatorOrg: a domain of the sending organisation
    /// The first field of these, from 0, counted from the top of the header: below it stands what is older.
    std::optional<std::size_t> first_field;

    bool empty() const { return !first_field; }
    /// Exchange Online took the message from somebody who had shown who he is.
    bool is_authenticated() const;
    /// It took the message from a stranger.
    bool is_anonymous() const;
    /// A tenant's own: written in it, or taken from its own servers.
    bool is_originating() const;
};

Exchange read_exchange(const mail::Fields& fields);

} // namespace relaytool::route
