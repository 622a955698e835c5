#pragma once

#include "base/result.hpp"
#include "dns/name.hpp"

#include <string>
#include <string_view>

namespace relaytool::dns {

/// The domain name that somebody typed: white space around it does not count, and letters outside ASCII
/// become the form that the DNS has (RFC 5891 section 5, with the mapping of UTS 46, nontransitional). What
/// is ASCII stays as it is.
Result<Name> name_from_input(std::string_view typed);

/// The mail domain that somebody typed or pasted: a name as for name_from_input(), an address, also with a
/// name in front (`Info <info@example.com>`), or a link. An Error for an IP address, and for names with
/// characters that no host has.
Result<Name> domain_from_input(std::string_view typed);

/// A name for people: `bücher.example` for `xn--bcher-kva.example` where that is one to one, else as
/// Name::text().
std::string name_for_people(const Name& name);

} // namespace relaytool::dns
