#pragma once

#include "dns/record.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Questions and answers as octets on the wire (RFC 1035 section 4).
namespace relaytool::dns {

/// The largest answer that is asked for over UDP: what passes every network without fragments.
inline constexpr std::uint16_t largest_udp_answer = 1232;
/// The most CNAME records that are followed for one question.
inline constexpr std::size_t longest_alias_chain = 16;

/// Whether a query says what it can take (RFC 6891): some old servers and firewalls do not stand that.
enum class Edns { off, on };

/// Makes `out` a query: recursion desired, verification wanted (RFC 6840 section 5.7).
void write_query(const Question& question, std::uint16_t id, Edns edns, std::string& out);

/// Whether the answer was cut to fit, TC (RFC 1035 section 4.1.1): to be asked again over TCP.
bool is_truncated(std::string_view octets);

/// "SERVFAIL", "REFUSED" (RFC 1035 section 4.1.1 and later); "RCODE 12" for one without a name.
std::string rcode_name(unsigned rcode);

/// What a server's answer says about the question. Written by strangers: whatever cannot be read is
/// Status::failure with the reason. Only records that lie on the chain of aliases from the question's name
/// count; others are passed over, readable or not.
Answer read_answer(const Question& question, std::string_view octets);

/// RDATA without compression as data of its type; nothing when it is not of that type's form.
std::optional<Data> read_data(Type type, std::string_view octets);

/// The reverse; names in lower case, so that equal data gives equal octets (RFC 4034 section 6.2).
std::string canonical_octets(const Data& data);

} // namespace relaytool::dns
