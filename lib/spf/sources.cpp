#include "spf/sources.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::spf {
namespace {

ip::Set everyone() {
    ip::Set set;
    set.add(ip::Network{ip::Address::v4(0), 0});
    set.add(ip::Network{ip::Address::v6(0, 0), 0});
    return set;
}

bool has_records(const dns::AnswerPtr& answer) {
    return answer && !answer->records.empty();
}

/// Adds the addresses that a term matches, as far as they can be listed.
void add_matched(const Term& term, const Branch& branch, const std::vector<ip::Set>& by_node, ip::Set& set) {
    if (term.kind == Kind::all || (term.kind == Kind::exists && has_records(branch.answer)))
        set.add(everyone());
    else if (branch.node != no_node)
        set.add(by_node[branch.node]);
    else
        set.add(branch.networks);
}

/// What is decided so far, term by term, and what of it passes.
class Tally {
public:
    void decide(ip::Set matched, Qualifier qualifier) {
        matched.remove(decided_);
        if (qualifier == Qualifier::pass) pass_.add(matched);
        decided_.add(matched);
    }
    const ip::Set& pass() const { return pass_; }

private:
    ip::Set decided_;
    ip::Set pass_;
};

ip::Set pass_set(const Tree& tree, const Node& node, const std::vector<ip::Set>& by_node) {
    if (!node.policy->has_record() || !node.policy->record.is_valid) return {};
    Tally tally;
    ip::Set run; // of neighbours with one qualifier, whose order does not matter
    Qualifier qualifier = Qualifier::pass;
    const Branch* redirect = nullptr;
    for (const Branch& branch : node.branches) {
        const Term& term = tree.term(node, branch);
        if (branch.is_unreachable) continue;
        if (term.kind == Kind::redirect) redirect = &branch;
        if (!term.is_mechanism()) continue;
        if (term.qualifier != qualifier) tally.decide(std::exchange(run, {}), qualifier);
        qualifier = term.qualifier;
        add_matched(term, branch, by_node, run);
    }
    tally.decide(run, qualifier);
    if (redirect != nullptr && redirect->node != no_node) // RFC 7208 section 6.1: behind all mechanisms
        tally.decide(by_node[redirect->node], Qualifier::pass);
    return tally.pass();
}

/// Whether the DNS kept back some of the addresses that the term allows.
bool is_unknown(const Term& term, const Branch& branch) {
    const auto failed = [](const dns::AnswerPtr& answer) { return answer && answer->failed(); };
    if (!term.is_mechanism()) return false;
    return failed(branch.answer) || failed(branch.aaaa) ||
           std::any_of(branch.hosts.begin(), branch.hosts.end(),
                       [&](const Host& host) { return failed(host.a) || failed(host.aaaa); });
}

/// Which records let somebody pass: not those below an include that denies.
std::vector<bool> passing_nodes(const Tree& tree) {
    std::vector<bool> passing(tree.nodes.size(), true);
    for (std::size_t n = 1; n < tree.nodes.size(); ++n) { // parents stand in front
        const Node& parent = tree.nodes[tree.nodes[n].parent];
        const Branch& branch = parent.branches[tree.nodes[n].parent_branch];
        passing[n] = passing[tree.nodes[n].parent] && tree.term(parent, branch).qualifier == Qualifier::pass;
    }
    return passing;
}

bool is_open(const Term& term, const Branch& branch) {
    if (branch.is_unreachable || term.qualifier != Qualifier::pass) return false;
    return term.kind == Kind::ptr || (term.is_lookup() && !branch.target);
}

} // namespace

std::vector<ip::Set> sources_by_node(const Tree& tree) {
    std::vector<ip::Set> by_node(tree.nodes.size());
    for (std::size_t i = tree.nodes.size(); i-- > 0;) // children stand behind their parents
        by_node[i] = pass_set(tree, tree.nodes[i], by_node);
    return by_node;
}

Sources sources(const Tree& tree) {
    Sources sources;
    sources.pass = sources_by_node(tree).front();
    sources.is_complete = tree.is_complete;
    const std::vector<bool> passing = passing_nodes(tree);
    for (std::size_t n = 0; n < tree.nodes.size(); ++n) {
        const Node& node = tree.nodes[n];
        sources.is_complete = sources.is_complete && !node.policy->answer->failed();
        for (std::size_t b = 0; b < node.branches.size(); ++b) {
            const Branch& branch = node.branches[b];
            if (passing[n] && is_open(tree.term(node, branch), branch)) sources.open.push_back({n, b});
            if (is_unknown(tree.term(node, branch), branch)) sources.is_complete = false;
        }
    }
    return sources;
}

} // namespace relaytool::spf
