#pragma once

#include "spf/policy.hpp"

#include <string>
#include <string_view>

/// The form in which a record stands in the DNS, as far as people get it wrong.
namespace relaytool::spf {

/// A TXT record that was meant to be an SPF record and is none: `v=spf1ip4:…`, a blank or quote in front. Not
/// one of Sender ID.
bool is_almost_a_record(std::string_view text);

/// The two words that meet where one string of a record ends and the next begins.
struct Joint {
    std::string left;
    std::string right;
};

/// The words at the joint of two strings, when each is a term and, joined without the blank that is missing
/// between them (RFC 7208 section 3.3), they are not.
std::optional<Joint> broken_joint(const std::string& left, const std::string& right);

/// What the record was meant to be, where its form alone keeps it from being one, or from being read: quotes
/// and blanks in front, no blank behind v=spf1, strings that run into each other. Empty when there is nothing
/// of that kind.
std::string mended(const Policy& policy);

/// A record as somebody pasted it, without the quotes around it: those of a shell, or the strings of a zone
/// file, which are joined as the DNS does (RFC 7208 section 3.3). Other text as it is, without white space
/// around it.
std::string unquoted(std::string_view pasted);

} // namespace relaytool::spf
