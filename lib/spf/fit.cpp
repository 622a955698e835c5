#include "base/ip_set.hpp"
#include "spf/evaluate.hpp"
#include "spf/form.hpp"
#include "spf/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::spf {
namespace {

constexpr std::size_t longest_string = 255;
constexpr std::size_t longest_record = 450; // RFC 7208 section 3.4

/// "ip4:…" or "ip6:…"
std::string term_of(const ip::Network& network) {
    return (network.address.family() == ip::Family::v4 ? "ip4:" : "ip6:") + ip::to_string(network);
}

std::string terms_of(const ip::Set& set) {
    std::string text;
    for (const ip::Network& network : set.networks())
        text += (text.empty() ? "" : " ") + term_of(network);
    return text;
}

/// Whether all that a branch allows can be written as addresses.
bool is_listable(const Tree& tree, std::size_t node) {
    const Node& from = tree.nodes[node];
    if (!from.policy->has_record() || !from.policy->record.is_valid) return false;
    for (const Branch& branch : from.branches) {
        const Term& term = tree.term(from, branch);
        const bool open =
            term.kind == Kind::ptr || term.kind == Kind::exists || (term.is_lookup() && !branch.target);
        const bool failed = branch.answer && branch.answer->failed();
        if (!branch.is_unreachable && (open || failed)) return false;
    }
    return true;
}

bool is_listable_below(const Tree& tree, std::size_t top) {
    for (std::size_t n = top; n < tree.nodes.size(); ++n) {
        std::size_t above = n;
        while (above != no_node && above != top)
            above = tree.nodes[above].parent;
        if (above == top && !is_listable(tree, n)) return false;
    }
    return true;
}

} // namespace

std::vector<std::string> Publication::strings() const {
    std::vector<std::string> strings;
    std::string_view rest = text;
    while (rest.size() > longest_string) {
        std::size_t end = rest.rfind(' ', longest_string - 1); // the blank stays with the first of the two
        if (end == std::string_view::npos) end = longest_string - 1;
        strings.emplace_back(rest.substr(0, end + 1));
        rest.remove_prefix(end + 1);
    }
    strings.emplace_back(rest);
    return strings;
}

Suggestion propose(Policies& policies, const Tree& today, const Surroundings& around,
                   const SuggestOptions& options) {
    const dns::Name& domain = today.root().domain;
    Suggestion suggestion;
    if (const std::string form = mended(*today.root().policy); !form.empty()) {
        Policies drafts(policies.dns());
        drafts.pretend(domain, form);
        suggestion = suggest(walk(drafts, domain), around, options);
        suggestion.today = today.root().policy->record.text;
    } else {
        suggestion = suggest(today, around, options);
    }
    Policies next(policies.dns());
    next.pretend(domain, suggestion.records.front().text);
    suggestion.tree = walk(next, domain);
    const Tree& tree = suggestion.tree;
    suggestion.issues = lint(tree, around);
    std::erase_if(suggestion.issues, [](const Issue& issue) { return issue.problem == Problem::old_type; });
    for (const Branch& branch : tree.root().branches)
        for (Change& change : suggestion.changes)
            if (change.after == tree.term(tree.root(), branch).text) change.lookups = branch.lookups;
    if (options.form == SuggestOptions::Form::flat)
        flatten(suggestion, tree);
    else
        fit(suggestion, tree);
    return suggestion;
}

void fit(Suggestion& suggestion, const Tree& tree) {
    const Node& root = tree.root();
    const std::vector<ip::Set> by_node = sources_by_node(tree);
    unsigned lookups = root.lookups;
    struct Choice {
        const Branch* branch;
        std::string addresses;
    };
    std::vector<Choice> choices;
    for (const Branch& branch : root.branches) {
        const Term& term = tree.term(root, branch);
        if (branch.lookups == 0 || term.qualifier != Qualifier::pass) continue;
        ip::Set set;
        if (term.kind == Kind::include && branch.node != no_node && is_listable_below(tree, branch.node))
            set = by_node[branch.node];
        else if ((term.kind == Kind::a || term.kind == Kind::mx) && !branch.networks.empty())
            set.add(branch.networks);
        if (!set.empty()) choices.push_back({&branch, terms_of(set)});
    }
    // The shortest text for each look-up saved.
    std::stable_sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) {
        return a.addresses.size() * b.branch->lookups < b.addresses.size() * a.branch->lookups;
    });
    std::string& record = suggestion.records.front().text;
    for (const Choice& choice : choices) {
        if (lookups <= max_lookup_terms) break;
        const std::string term = tree.term(root, *choice.branch).text;
        const std::size_t at = (record + " ").find(" " + term + " ");
        if (at == std::string::npos) continue;
        record.replace(at + 1, term.size(), choice.addresses);
        lookups -= choice.branch->lookups;
        suggestion.stale.push_back(term);
        std::erase_if(suggestion.changes, [&](const Change& change) { return change.after == term; });
        suggestion.changes.push_back({Why::limit, term, choice.addresses, {}});
    }
    suggestion.lookups_after = lookups;
}

void flatten(Suggestion& suggestion, const Tree& tree) {
    const Node& root = tree.root();
    const Sources all = sources(tree);
    suggestion.is_sure = all.is_complete;
    std::vector<std::string> terms;
    for (const ip::Network& network : all.pass.networks())
        terms.push_back(term_of(network));
    std::string end;
    for (const Branch& branch : root.branches) {
        const Term& term = tree.term(root, branch);
        // Who passes stands in front; what is said of others stays as it is.
        const bool says_else =
            term.is_mechanism() && term.qualifier != Qualifier::pass && !branch.is_unreachable;
        if (says_else || term.kind == Kind::all || term.kind == Kind::exp) end += ' ' + term.text;
    }
    for (const Sources::Open& open : all.open) {
        // What depends on the message stays as it is; below an include it means that record's domain.
        const Node& node = tree.nodes[open.node];
        std::string term = open.node == 0 ? tree.term(node, node.branches[open.branch]).text
                                          : fmt::format("include:{}", node.domain.text());
        if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(std::move(term));
    }
    for (const Branch& branch : root.branches)
        if (tree.term(root, branch).kind == Kind::include)
            suggestion.stale.push_back(tree.term(root, branch).text);
    if (root.policy->record.all() == nullptr) end += " ~all";
    const std::string name = suggestion.records.front().name;
    suggestion.records.clear();
    suggestion.records.push_back({name, "v=spf1"});
    // Parts of their own, which the domain's record includes: RFC 7208 section 3.4 wants answers below 512
    // octets.
    std::vector<Publication> parts;
    std::string text = "v=spf1";
    for (const std::string& term : terms) {
        if (text.size() + term.size() + 1 + end.size() > longest_record) {
            parts.push_back({fmt::format("_spf{}.{}", parts.size() + 1, name), text + " ?all"});
            text = "v=spf1";
        }
        text += ' ' + term;
    }
    if (parts.empty()) {
        suggestion.records.front().text = text + end;
    } else {
        parts.push_back({fmt::format("_spf{}.{}", parts.size() + 1, name), text + " ?all"});
        for (const Publication& part : parts)
            suggestion.records.front().text += " include:" + part.name;
        suggestion.records.front().text += end;
    }
    suggestion.lookups_after = static_cast<unsigned>(parts.size() + all.open.size());
    suggestion.records.insert(suggestion.records.end(), parts.begin(), parts.end());
}

} // namespace relaytool::spf
