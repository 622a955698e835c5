#pragma once

#include "mail/fields.hpp"
#include "route/authres.hpp"

#include <string>
#include <vector>

namespace relaytool::route {

/// What one server vouched for when it handed the message on: the three fields with one `i=` (RFC 8617
/// section 4).
struct ArcSet {
    unsigned instance = 0;      ///< i=, 1 is the oldest
    std::string chain;          ///< cv= of its ARC-Seal: "none", "pass", "fail"
    std::string sealer;         ///< d= of its ARC-Seal
    std::string selector;       ///< s= of its ARC-Seal
    bool has_signature = false; ///< its ARC-Message-Signature is there
    AuthResults results;        ///< its ARC-Authentication-Results
};

inline constexpr unsigned max_arc_sets = 50; ///< RFC 8617 section 4.2.1

/// The sets of a header, the oldest first. Fields without a usable i= are left out. Nothing is verified.
std::vector<ArcSet> read_arc(const mail::Fields& fields);

} // namespace relaytool::route
