#pragma once

#include "base/ip_set.hpp"
#include "spf/tree.hpp"

#include <cstddef>
#include <vector>

namespace relaytool::spf {

/// Which addresses a record lets pass.
struct Sources {
    ip::Set pass;
    /// Terms whose addresses cannot be listed, because they depend on the message: exists and macros, ptr.
    struct Open {
        std::size_t node = 0;
        std::size_t branch = 0;
    };
    std::vector<Open> open;
    bool is_complete = true; ///< false: some look-up failed, or the tree is not whole
};

/// What each record of the tree lets pass by itself, in the order of the nodes: terms count in their order
/// with their qualifiers, so that an address denied in front stays out (RFC 7208 section 4.6.2).
std::vector<ip::Set> sources_by_node(const Tree& tree);

/// What the domain's record lets pass.
Sources sources(const Tree& tree);

} // namespace relaytool::spf
