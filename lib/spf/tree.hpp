#pragma once

#include "base/ip.hpp"
#include "spf/policy.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace relaytool::spf {

inline constexpr std::size_t no_node = static_cast<std::size_t>(-1);

/// A host that an mx names.
struct Host {
    dns::Name name;
    dns::AnswerPtr a;
    dns::AnswerPtr aaaa;
};

/// What a term that the DNS is asked for comes to.
struct Branch {
    std::size_t term = 0;            ///< index in the record
    std::optional<dns::Name> target; ///< the name asked for; absent when it depends on the sender or address
    std::size_t node = no_node;      ///< include, redirect: the record below
    bool is_loop = false;            ///< it leads back to a record above it
    bool is_left_out = false;        ///< not followed: the tree is too large
    bool is_unreachable = false;     ///< behind an `all`, or a redirect beside one: never looked at
    dns::AnswerPtr answer;           ///< mx: of MX; a, exists: of A; exp: of TXT
    dns::AnswerPtr aaaa;             ///< a: of AAAA
    std::vector<Host> hosts;         ///< mx: the first ten
    std::vector<ip::Network> networks; ///< a, mx, ip4, ip6: what it allows or denies
    unsigned lookups = 0;              ///< terms that count against the ten: this one and those below
    unsigned voids4 = 0;               ///< look-ups for nothing of an IPv4 client, here and below
    unsigned voids6 = 0;               ///< the same of an IPv6 client
};

/// One record in the tree.
struct Node {
    dns::Name domain;
    PolicyPtr policy; ///< never null once the tree is made
    std::size_t parent = no_node;
    std::size_t parent_branch = 0; ///< which branch of the parent leads here
    unsigned depth = 0;
    std::vector<Branch> branches; ///< one for each term, in order
    unsigned lookups = 0;         ///< of all its branches
    unsigned voids4 = 0;
    unsigned voids6 = 0;
};

/// A record with all that it includes: what a check would come across at most. Nodes stand behind their
/// parents; the first is the domain's own.
struct Tree {
    std::vector<Node> nodes;
    bool is_complete = true; ///< false: bounds or time kept parts out

    const Node& root() const { return nodes.front(); }
    const Term& term(const Node& node, const Branch& branch) const {
        return node.policy->record.terms[branch.term];
    }
    /// "shortstraw.be > include:sendgrid.net > include:ab.sendgrid.net": the way to a node, as words.
    std::vector<std::string> path_to(std::size_t node) const;
};

/// Which records of the tree are a permanent error themselves, or lead to one (RFC 7208
/// sections 4.5, 4.6, 5.2 and 6.1): those with a mistake, those that are missing, loops. What the DNS does
/// not answer is none.
std::vector<bool> broken_by_node(const Tree& tree);

/// Whether a check may end in a permanent error: the domain's record is broken, or it takes more look-ups
/// than RFC 7208 section 4.6.4 allows.
bool may_break(const Tree& tree);

/// Fetches the whole tree of `domain`, level by level, each level's look-ups together.
Tree walk(Policies& policies, const dns::Name& domain);

} // namespace relaytool::spf
