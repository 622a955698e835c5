#include "spf/tree.hpp"

#include "spf/evaluate.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace relaytool::spf {
namespace {

constexpr std::size_t max_nodes = 120;
constexpr std::size_t max_tree_terms = 4000;         // of all records together
constexpr unsigned max_depth = max_lookup_terms + 1; // deeper than any check gets

/// The tree while its answers come in. Shared with the answers, which may come after the walk has given up.
struct Growth {
    Policies policies; // a copy: the caller's may be gone by then
    Tree tree;
    std::size_t pending = 0;
    std::size_t terms = 0; ///< read so far
};

using GrowthPtr = std::shared_ptr<Growth>;

Branch& branch_at(const GrowthPtr& growth, std::size_t node, std::size_t branch) {
    return growth->tree.nodes[node].branches[branch];
}

/// Asks, and lets `use` store the answer in the branch.
template <class Use>
void ask(const GrowthPtr& growth, const dns::Question& question, Use use) {
    ++growth->pending;
    growth->policies.dns().prefetch(question, [growth, use](const dns::AnswerPtr& answer) {
        --growth->pending;
        use(answer);
    });
}

void ask_hosts(const GrowthPtr& growth, std::size_t node, std::size_t branch) {
    const dns::AnswerPtr answer = branch_at(growth, node, branch).answer;
    std::vector<Host>& hosts = branch_at(growth, node, branch).hosts;
    for (const dns::Mx* mx : answer->all<dns::Mx>())
        if (hosts.size() < max_host_names && !mx->exchange.is_root()) hosts.push_back({mx->exchange, {}, {}});
    const std::vector<Host> asked = hosts;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        ask(growth, {asked[i].name, dns::Type::a},
            [=](const dns::AnswerPtr& found) { branch_at(growth, node, branch).hosts[i].a = found; });
        ask(growth, {asked[i].name, dns::Type::aaaa},
            [=](const dns::AnswerPtr& found) { branch_at(growth, node, branch).hosts[i].aaaa = found; });
    }
}

void add_node(const GrowthPtr& growth, Node node);

/// include and redirect: the record below, unless it is one of those above.
void follow(const GrowthPtr& growth, std::size_t parent, std::size_t number) {
    Tree& tree = growth->tree;
    Branch& branch = branch_at(growth, parent, number);
    for (std::size_t above = parent; above != no_node; above = tree.nodes[above].parent)
        branch.is_loop = branch.is_loop || tree.nodes[above].domain == *branch.target;
    if (branch.is_loop) return;
    if (tree.nodes.size() >= max_nodes || tree.nodes[parent].depth >= max_depth) {
        branch.is_left_out = true;
        tree.is_complete = false;
        return;
    }
    branch.node = tree.nodes.size();
    Node node;
    node.domain = *branch.target;
    node.parent = parent;
    node.parent_branch = number;
    node.depth = tree.nodes[parent].depth + 1;
    add_node(growth, std::move(node));
}

void grow(const GrowthPtr& growth, std::size_t node, std::size_t number) {
    Branch& branch = branch_at(growth, node, number);
    const Term& term = growth->tree.term(growth->tree.nodes[node], branch);
    const auto store = [=](const dns::AnswerPtr& answer) { branch_at(growth, node, number).answer = answer; };
    switch (term.kind) {
    case Kind::ip4:
    case Kind::ip6: branch.networks.push_back(term.network); return;
    case Kind::include:
    case Kind::redirect:
        if (branch.target && !branch.is_unreachable) follow(growth, node, number);
        return;
    default: break;
    }
    if (!branch.target || branch.is_unreachable) return;
    const dns::Name target = *branch.target;
    switch (term.kind) {
    case Kind::a:
        ask(growth, {target, dns::Type::a}, store);
        ask(growth, {target, dns::Type::aaaa},
            [=](const dns::AnswerPtr& answer) { branch_at(growth, node, number).aaaa = answer; });
        return;
    case Kind::mx:
        ask(growth, {target, dns::Type::mx}, [=](const dns::AnswerPtr& answer) {
            branch_at(growth, node, number).answer = answer;
            ask_hosts(growth, node, number);
        });
        return;
    case Kind::exists: ask(growth, {target, dns::Type::a}, store); return;
    case Kind::exp: ask(growth, {target, dns::Type::txt}, store); return;
    default: return;
    }
}

/// The name a term asks for, when it is the same for every message.
std::optional<dns::Name> target_of(const Term& term, const dns::Name& domain) {
    if (!term.domain) return domain;
    if (!term.domain->is_fixed()) return std::nullopt;
    const std::string text = domain.text();
    MacroValues values;
    values.domain = text;
    return dns::Name::from_text(expand_domain(*term.domain, values));
}

void read_terms(const GrowthPtr& growth, std::size_t number) {
    Node& node = growth->tree.nodes[number];
    const std::vector<Term>& terms = node.policy->record.terms;
    const bool has_all = node.policy->record.all() != nullptr;
    bool behind_all = false;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        if (growth->terms++ >= max_tree_terms) {
            growth->tree.is_complete = false;
            break;
        }
        Branch branch;
        branch.term = i;
        branch.target = target_of(terms[i], node.domain);
        branch.is_unreachable =
            (behind_all && terms[i].is_mechanism()) || (terms[i].kind == Kind::redirect && has_all);
        behind_all = behind_all || terms[i].kind == Kind::all;
        node.branches.push_back(std::move(branch));
    }
    const std::size_t count = node.branches.size();
    for (std::size_t i = 0; i < count; ++i)
        grow(growth, number, i);
}

/// From one level to the next by way of an answer; max_depth and max_nodes bound it.
void add_node(const GrowthPtr& growth, Node node) { // NOLINT(misc-no-recursion)
    const std::size_t number = growth->tree.nodes.size();
    const dns::Name domain = node.domain;
    growth->tree.nodes.push_back(std::move(node));
    ++growth->pending;
    growth->policies.prefetch(domain, [growth, number](const PolicyPtr& policy) {
        --growth->pending;
        growth->tree.nodes[number].policy = policy;
        read_terms(growth, number);
    });
}

/// Addresses of an answer, with the prefix that the term gives them.
void add_networks(const dns::AnswerPtr& answer, const Term& term, std::vector<ip::Network>& networks) {
    if (!answer) return;
    for (const ip::Address* address : answer->all<ip::Address>())
        networks.push_back({*address, address->family() == ip::Family::v4 ? term.prefix4 : term.prefix6});
}

unsigned void_count(const dns::AnswerPtr& answer) {
    return answer && answer->is_void() ? 1 : 0;
}

/// Look-ups, void ones and networks of a branch whose node below is counted already.
void count(Tree& tree, const Node& node, Branch& branch) {
    const Term& term = tree.term(node, branch);
    if (branch.is_unreachable) return;
    branch.lookups = term.is_lookup() ? 1 : 0;
    if (branch.node != no_node) {
        const Node& below = tree.nodes[branch.node];
        const unsigned own = void_count(below.policy->answer);
        branch.lookups += below.lookups;
        branch.voids4 = below.voids4 + own;
        branch.voids6 = below.voids6 + own;
    }
    if (term.kind == Kind::exp) return;
    const unsigned own = void_count(branch.answer);
    branch.voids4 += own;
    branch.voids6 += term.kind == Kind::a ? void_count(branch.aaaa) : own;
    if (term.kind == Kind::a) {
        add_networks(branch.answer, term, branch.networks);
        add_networks(branch.aaaa, term, branch.networks);
    }
    for (const Host& host : branch.hosts) {
        branch.voids4 += void_count(host.a);
        branch.voids6 += void_count(host.aaaa);
        add_networks(host.a, term, branch.networks);
        add_networks(host.aaaa, term, branch.networks);
    }
}

/// Children stand behind their parents: from the last to the first, every sum is there when it is needed.
void count(Tree& tree) {
    const auto unknown = [] {
        auto policy = std::make_shared<Policy>();
        policy->answer = std::make_shared<const dns::Answer>();
        return policy;
    };
    for (Node& node : tree.nodes) {
        if (node.policy) continue;
        node.policy = unknown();
        tree.is_complete = false;
    }
    for (std::size_t i = tree.nodes.size(); i-- > 0;) {
        Node& node = tree.nodes[i];
        for (Branch& branch : node.branches) {
            count(tree, node, branch);
            node.lookups += branch.lookups;
            node.voids4 += branch.voids4;
            node.voids6 += branch.voids6;
        }
    }
}

} // namespace

std::vector<std::string> Tree::path_to(std::size_t node) const {
    std::vector<std::string> path;
    for (; nodes[node].parent != no_node; node = nodes[node].parent) {
        const Node& parent = nodes[nodes[node].parent];
        path.push_back(parent.policy->record.terms[nodes[node].parent_branch].text);
    }
    path.push_back(nodes.front().domain.text());
    std::reverse(path.begin(), path.end());
    return path;
}

std::vector<bool> broken_by_node(const Tree& tree) {
    std::vector<bool> broken(tree.nodes.size(), false);
    for (std::size_t i = tree.nodes.size(); i-- > 0;) { // children stand behind their parents
        const Node& node = tree.nodes[i];
        if (node.policy->answer->failed()) continue;
        broken[i] = !node.policy->has_record() || !node.policy->record.is_valid ||
                    std::any_of(node.branches.begin(), node.branches.end(), [&](const Branch& branch) {
                        return branch.is_loop || (branch.node != no_node && broken[branch.node]);
                    });
    }
    return broken;
}

bool may_break(const Tree& tree) {
    const Node& root = tree.root();
    return broken_by_node(tree).front() || root.lookups > max_lookup_terms || root.voids4 > max_void_lookups;
}

Tree walk(Policies& policies, const dns::Name& domain) {
    const auto growth = std::make_shared<Growth>(Growth{policies, {}, 0, 0});
    Node root;
    root.domain = domain;
    add_node(growth, std::move(root));
    dns::Cache& dns = policies.dns();
    const auto begin = dns.waited();
    dns.wait_until([&] { return growth->pending == 0 || dns.waited() - begin > max_waiting; });
    Tree tree = growth->tree; // a copy: answers that are late still go to the other one
    count(tree);
    return tree;
}

} // namespace relaytool::spf
