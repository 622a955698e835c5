#pragma once

#include "base/ip.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::route {

/// `smtp.mailfrom=contoso.com`: what was looked at, or what came out beside the result.
struct Property {
    std::string name; ///< in lower case: "smtp.mailfrom", "header.d", Microsoft's "action"
    std::string value;
};

/// The result of one method (RFC 8601 section 2.2, resinfo).
struct MethodResult {
    std::string method;  ///< in lower case: "spf", "dkim", "dmarc", "arc", Microsoft's "compauth"
    std::string result;  ///< in lower case: "pass", "fail", "bestguesspass"
    std::string reason;  ///< behind `reason=`
    std::string comment; ///< behind the result, several joined by "; "
    std::vector<Property> properties;

    /// The value of the property, or "".
    std::string_view property(std::string_view name) const;
};

/// An Authentication-Results field, RFC 8601, and what Microsoft writes in its place: no server name in
/// front, or a domain between the results.
struct AuthResults {
    std::string server; ///< the authserv-id; empty where it was left out
    std::vector<MethodResult> results;

    /// The first result of that method, or null.
    const MethodResult* find(std::string_view method) const;
};

/// Methods and properties that are kept of one field.
inline constexpr std::size_t max_results = 100;

/// Reads the value of Authentication-Results, folded or not; also of ARC-Authentication-Results, behind whose
/// `i=1;` it begins. Never fails.
AuthResults read_auth_results(std::string_view value);

/// A Received-SPF field, RFC 7208 section 9.1.
struct ReceivedSpf {
    std::string result;  ///< in lower case: "pass", "softfail"
    std::string comment; ///< in the first parentheses
    std::vector<Property> pairs;

    std::string_view value(std::string_view key) const;
    std::optional<ip::Address> client_ip() const;
};

/// Reads the field's value, folded or not. Never fails.
ReceivedSpf read_received_spf(std::string_view value);

} // namespace relaytool::route
