#pragma once

#include "base/ip.hpp"
#include "dns/name.hpp"

#include <array>
#include <span>
#include <string_view>

namespace relaytool::spf {

/// Who may use the servers that a provider's include allows, and so who passes SPF for a domain that has it.
enum class Sharing {
    mailboxes, ///< a mailbox service: all its tenants, who may send as their own domains only
    isp,       ///< an internet provider's mail servers: every customer, mostly with any sender
    hosting,   ///< a web or mail hoster's servers: every customer
    bulk,      ///< a service for mailings or programs: every customer, domains checked more or less
};

/// One service that sends mail for many domains.
struct Provider {
    std::string_view id;   ///< the word for --sends-via
    std::string_view name; ///< for people
    Sharing sharing;
    std::array<std::string_view, 2> includes = {}; ///< what its customers put behind `include:`
    /// Domains whose names below, or they themselves, are the provider's includes too.
    std::array<std::string_view, 3> domains = {};
    /// Domains of its MX hosts.
    std::array<std::string_view, 3> mx = {};
    /// Blocks it sends from, to name an address without a look-up. Not complete, and no part of any verdict.
    std::span<const std::string_view> networks = {};
};

std::span<const Provider> providers();

/// By the word of --sends-via, case ignored, or null.
const Provider* provider_by_id(std::string_view id);
/// By the name behind `include:` or `redirect=`, or null.
const Provider* provider_by_include(const dns::Name& include);
/// By an MX host, or null.
const Provider* provider_by_mx(const dns::Name& host);
/// By a sending address, or null.
const Provider* provider_by_address(const ip::Address& address);

/// An include that has had its day, and what took its place ("": nothing, take it out).
struct RetiredInclude {
    std::string_view include;
    std::string_view replacement;
};

/// The entry for that name, or null.
const RetiredInclude* retired_include(const dns::Name& include);

} // namespace relaytool::spf
