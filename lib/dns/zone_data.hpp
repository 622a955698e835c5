#pragma once

#include "base/result.hpp"
#include "dns/record.hpp"
#include "dns/zone_lines.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relaytool::dns {

/// What a word of a master file names as a type: those of Type, "TYPE99", and those that nothing here reads.
std::optional<Type> zone_type(std::string_view word);

/// Whether the type's records are only there for a zone's signature, and say nothing about its names.
bool is_signature(Type type);

/// A name as a master file has it: `@`, relative to `origin`, or with a dot at its end (RFC 1035
/// section 5.1). `origin` is null when the file has none.
tl::expected<Name, std::string> zone_name(std::string_view word, const Name* origin);

/// Seconds: "3600", "1h30m" (BIND's units). Nothing when it is neither, or above 2^31 - 1.
std::optional<std::uint32_t> zone_ttl(std::string_view word);

/// The words behind the type as data. An empty Opaque for types of which only the existence is known. What is
/// wrong, with the fix, comes as text.
tl::expected<Data, std::string> zone_data(Type type, const Word* words, std::size_t count,
                                          const Name* origin);

} // namespace relaytool::dns
