#include "base/ip_set.hpp"
#include "spf/evaluate.hpp"
#include "spf/form.hpp"
#include "spf/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

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

/// Writes out includes of `tree` (of the suggested record) as addresses, those with the fewest blocks first,
/// until it takes at most ten look-ups. Leaves it as it is when it does already.
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
}

const Branch* redirect_of(const Tree& tree, const Node& node) {
    const auto found = std::find_if(node.branches.begin(), node.branches.end(), [&](const Branch& branch) {
        return tree.term(node, branch).kind == Kind::redirect && !branch.is_unreachable;
    });
    return found == node.branches.end() ? nullptr : &*found;
}

/// What is said of strangers. A record that is redirected ends as the other one does (RFC 7208 section 6.1).
std::string end_of(const Tree& tree) {
    const Node* node = &tree.root();
    const Branch* redirect = redirect_of(tree, *node);
    while (redirect != nullptr && redirect->node != no_node) {
        node = &tree.nodes[redirect->node];
        redirect = redirect_of(tree, *node);
    }
    if (redirect != nullptr && node == &tree.root()) return ' ' + tree.term(*node, *redirect).text;
    const Term* all = node->policy->record.all();
    return all == nullptr ? " ~all" : fmt::format(" {}all", sign_of(all->qualifier));
}

/// The terms that stay as they are, behind the addresses: whose addresses depend on the message, what is
/// denied, the end, and modifiers.
std::string rest_of(const Tree& tree, const std::vector<Sources::Open>& open) {
    const Node& root = tree.root();
    std::vector<std::string> terms;
    for (const Sources::Open& place : open) {
        const Node& node = tree.nodes[place.node];
        const Term& term = tree.term(node, node.branches[place.branch]);
        if (place.node == 0 && term.kind == Kind::redirect) continue; // the end
        // Below an include it means that record's domain.
        std::string text = place.node == 0 ? term.text : fmt::format("include:{}", node.domain.text());
        if (std::find(terms.begin(), terms.end(), text) == terms.end()) terms.push_back(std::move(text));
    }
    std::string modifiers;
    for (const Branch& branch : root.branches) {
        const Term& term = tree.term(root, branch);
        if (term.kind == Kind::exp || term.is_reporting())
            modifiers += ' ' + term.text;
        else if (term.is_mechanism() && term.kind != Kind::all && term.qualifier != Qualifier::pass &&
                 !branch.is_unreachable)
            terms.push_back(term.text);
    }
    std::string rest;
    for (const std::string& term : terms)
        rest += ' ' + term;
    return rest + end_of(tree) + modifiers;
}

/// The terms whose records were copied. What stays an include looks after itself.
std::vector<std::string> copied(const Tree& tree, const std::vector<Sources::Open>& open) {
    const Node& root = tree.root();
    std::vector<std::string> terms;
    for (const Branch& branch : root.branches) {
        const Term& term = tree.term(root, branch);
        const bool stays = std::any_of(open.begin(), open.end(),
                                       [&](const Sources::Open& place) { return place.node == branch.node; });
        if (branch.node != no_node && term.qualifier == Qualifier::pass && !stays) terms.push_back(term.text);
    }
    return terms;
}

/// Records of their own for the addresses, which the domain's record includes: RFC 7208 section 3.4 wants
/// answers below 512 octets.
std::vector<Publication> parts_of(const ip::Set& addresses, const std::string& domain) {
    static constexpr std::string_view end = " ?all";
    std::vector<Publication> parts;
    for (const ip::Network& network : addresses.networks()) {
        const std::string term = ' ' + term_of(network);
        if (parts.empty() || parts.back().text.size() + term.size() + end.size() > longest_record)
            parts.push_back({fmt::format("_spf{}.{}", parts.size() + 1, domain), "v=spf1"});
        parts.back().text += term;
    }
    for (Publication& part : parts)
        part.text += end;
    return parts;
}

/// The record as addresses alone, split over names of its own where it gets too long for one.
void flatten(Suggestion& suggestion, const Tree& tree) {
    const Sources all = sources(tree);
    if (!all.is_complete) suggestion.outcome = Outcome::unsure;
    suggestion.stale = copied(tree, all.open);
    const std::string rest = rest_of(tree, all.open);
    Publication& record = suggestion.records.front();
    record.text = "v=spf1" + (all.pass.empty() ? "" : ' ' + terms_of(all.pass)) + rest;
    if (record.text.size() <= longest_record || all.pass.empty()) return;
    const std::vector<Publication> parts = parts_of(all.pass, record.name);
    record.text = "v=spf1";
    for (const Publication& part : parts)
        record.text += " include:" + part.name;
    record.text += rest;
    suggestion.records.insert(suggestion.records.end(), parts.begin(), parts.end());
}

/// Whether it is the new record's fault. A record of the old type is beside it, and whose customers share an
/// include was so before: the change that keeps it says it.
bool is_about_new(Problem problem) {
    return problem != Problem::old_type && problem != Problem::shared_isp &&
           problem != Problem::shared_hosting && problem != Problem::shared_bulk;
}

/// The tree of the new record as if it were published.
Tree walk_new(Policies& policies, const Suggestion& suggestion, const dns::Name& domain) {
    Policies next(policies.dns());
    for (const Publication& publication : suggestion.records)
        if (const auto name = dns::Name::from_text(publication.name)) next.pretend(*name, publication.text);
    return walk(next, domain);
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

std::optional<Qualifier> Suggestion::all() const {
    const Term* all = tree.nodes.empty() ? nullptr : tree.root().policy->record.all();
    return all == nullptr ? std::nullopt : std::optional(all->qualifier);
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
    const std::string draft = suggestion.records.front().text;
    suggestion.tree = walk_new(policies, suggestion, domain);
    const Node& root = suggestion.tree.root();
    for (const Branch& branch : root.branches)
        for (Change& change : suggestion.changes)
            if (change.after == suggestion.tree.term(root, branch).text) change.lookups = branch.lookups;
    if (options.form == SuggestOptions::Form::flat)
        flatten(suggestion, suggestion.tree);
    else
        fit(suggestion, suggestion.tree);
    if (suggestion.records.front().text != draft) suggestion.tree = walk_new(policies, suggestion, domain);
    suggestion.lookups_after = suggestion.tree.root().lookups;
    suggestion.issues = lint(suggestion.tree, around);
    std::erase_if(suggestion.issues, [](const Issue& issue) { return !is_about_new(issue.problem); });
    return suggestion;
}

} // namespace relaytool::spf
