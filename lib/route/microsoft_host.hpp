#pragma once

#include "base/ip.hpp"

#include <string_view>

namespace relaytool::route {

/// What a host of Exchange Online does, told by its name. A name can be claimed by anybody: who reads it
/// decides whether the server that wrote it down is to be believed.
enum class MicrosoftHost {
    none,       ///< not of Exchange Online
    entry,      ///< takes mail from outside: the MX (`x.mail.protection.outlook.com`, `x.mx.microsoft`)
    submission, ///< takes mail of logged-in clients (`x.outlook.office365.com`,
                ///< `AM0PR01CA0012…prod.outlook.com`)
    mailbox,    ///< inside (`AM0PR01MB1234.eurprd01.prod.outlook.com`)
    outbound,   ///< hands mail to the outside (`mail-x.outbound.protection.outlook.com`)
};
std::string_view to_string(MicrosoftHost host);

/// By its name, case ignored.
MicrosoftHost microsoft_host(std::string_view host);

/// Whether the address is one that Exchange Online sends from, or one of those that its servers have among
/// themselves (2603:1000::/24).
bool is_microsoft_address(const ip::Address& address);

} // namespace relaytool::route
