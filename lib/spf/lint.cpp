#include "spf/lint.hpp"

#include "base/ascii.hpp"
#include "spf/evaluate.hpp"
#include "spf/form.hpp"
#include "spf/lint_record.hpp"
#include "spf/provider.hpp"
#include "spf/sources.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::spf {
namespace {

constexpr unsigned near_limit = max_lookup_terms - 1;

/// The findings that need the tree or what else the domain publishes.
class TreeLint {
public:
    TreeLint(const Tree& tree, const Surroundings& around) : tree_(tree), around_(around) {}

    std::vector<Issue> run() {
        const Policy& policy = *tree_.root().policy;
        other_texts(policy);
        if (around_.type99 && around_.type99->status == dns::Status::answer) add(Problem::old_type, 0, "");
        if (policy.answer->failed()) {
            add(Problem::dns_failure, 0, "", tree_.root().domain.text());
        } else if (policy.records == 0) {
            missing(policy);
        } else {
            if (policy.records > 1) {
                add(Problem::two_records, 0, policy.record.text);
                issues_.back().all = policy.other_records;
                issues_.back().count = policy.records;
            }
            lint_record(tree_, issues_);
            counts();
            for (std::size_t n = 0; n < tree_.nodes.size(); ++n)
                for (const Branch& branch : tree_.nodes[n].branches)
                    if (!branch.is_unreachable) look_at(n, branch);
            senders();
            if (!tree_.is_complete && tree_.root().lookups <= max_lookup_terms)
                add(Problem::too_big_to_walk, 0, "");
        }
        return std::move(issues_);
    }

private:
    void add(Problem problem, std::size_t node, std::string_view term, std::string subject = {},
             std::size_t count = 0) {
        issues_.push_back({problem, node, std::string(term), std::move(subject), {}, count});
    }

    void missing(const Policy& policy) {
        if (policy.answer->status == dns::Status::no_name)
            add(Problem::no_domain, 0, "");
        else
            add(has_null_mx(around_) ? Problem::no_record_no_mail : Problem::no_record, 0, "");
    }

    /// TXT records beside the record.
    void other_texts(const Policy& policy) {
        for (const dns::Text* text : policy.answer->all<dns::Text>()) {
            const std::string joined = text->joined();
            if (ascii::istarts_with(joined, "spf2.0"))
                add(Problem::sender_id, 0, joined);
            else if (is_almost_a_record(joined))
                add(Problem::almost_a_record, 0, joined);
        }
    }

    void counts() {
        const Node& root = tree_.root();
        if (root.lookups > max_lookup_terms) {
            add(Problem::too_many_lookups, 0, "", "", root.lookups);
            issues_.back().all = costs(root);
        } else if (root.lookups >= near_limit) {
            add(Problem::near_lookup_limit, 0, "", "", root.lookups);
            issues_.back().all = costs(root);
        }
        if (root.voids4 > max_void_lookups)
            add(Problem::void_lookups, 0, "", "", root.voids4);
        else if (root.voids6 > max_void_lookups)
            add(Problem::void_lookups_ipv6, 0, "", "", root.voids6);
    }

    std::vector<std::string> costs(const Node& node) const {
        std::vector<std::string> costs;
        for (const Branch& branch : node.branches)
            if (branch.lookups > 0)
                costs.push_back(fmt::format("{} {}", tree_.term(node, branch).text, branch.lookups));
        return costs;
    }

    void look_at(std::size_t n, const Branch& branch) {
        const Node& node = tree_.nodes[n];
        const Term& term = tree_.term(node, branch);
        switch (term.kind) {
        case Kind::all:
            if (n != 0 && term.qualifier == Qualifier::pass) add(Problem::plus_all, n, term.text);
            break;
        case Kind::a:
        case Kind::mx:
        case Kind::exists: hosts(n, term, branch); break;
        case Kind::include:
        case Kind::redirect: include(n, term, branch); break;
        default: break;
        }
    }

    /// Whether the DNS did not tell which addresses a term has.
    static bool has_failed(const Branch& branch) {
        const auto failed = [](const dns::AnswerPtr& answer) { return answer && answer->failed(); };
        return failed(branch.answer) || failed(branch.aaaa) ||
               std::any_of(branch.hosts.begin(), branch.hosts.end(),
                           [&](const Host& host) { return failed(host.a) || failed(host.aaaa); });
    }

    void hosts(std::size_t n, const Term& term, const Branch& branch) {
        if (!branch.answer) return; // depends on the message
        if (has_failed(branch)) {
            add(Problem::dns_failure, n, term.text, branch.target->text());
            return;
        }
        if (term.kind == Kind::exists) {
            if (branch.answer->records.empty()) add(Problem::no_address, n, term.text, branch.target->text());
            return;
        }
        if (term.kind == Kind::mx && branch.answer->records.size() > max_host_names)
            add(Problem::too_many_hosts, n, term.text, branch.target->text(), branch.answer->records.size());
        if (branch.networks.empty()) add(Problem::no_address, n, term.text, branch.target->text());
    }

    void include(std::size_t n, const Term& term, const Branch& branch) {
        if (branch.is_loop) add(Problem::loop, n, term.text, branch.target->text());
        if (!branch.target && term.domain->is_fixed()) // a name that cannot be
            add(Problem::include_missing, n, term.text, term.text.substr(term.text.find_first_of(":=") + 1));
        if (branch.node == no_node) return;
        const Policy& policy = *tree_.nodes[branch.node].policy;
        if (policy.answer->failed())
            add(Problem::include_unknown, n, term.text, branch.target->text());
        else if (policy.records == 0)
            add(Problem::include_missing, n, term.text, branch.target->text());
        else if (policy.records > 1 || !policy.record.is_valid)
            add(Problem::include_broken, n, term.text, branch.target->text());
        if (is_own(n)) provider(n, term, *branch.target);
    }

    /// Whether the record is the domain's, or one that it includes and that no known provider writes.
    bool is_own(std::size_t n) const {
        for (; n != 0; n = tree_.nodes[n].parent)
            if (provider_by_include(tree_.nodes[n].domain) != nullptr) return false;
        return true;
    }

    /// Includes of the domain's own records: who else passes with them.
    void provider(std::size_t n, const Term& term, const dns::Name& target) {
        if (term.qualifier != Qualifier::pass) return;
        if (const RetiredInclude* retired = retired_include(target))
            add(Problem::retired, n, term.text, std::string(retired->replacement));
        const Provider* provider = provider_by_include(target);
        if (provider == nullptr || provider->sharing == Sharing::mailboxes) return;
        const Problem problem = provider->sharing == Sharing::isp       ? Problem::shared_isp
                                : provider->sharing == Sharing::hosting ? Problem::shared_hosting
                                                                        : Problem::shared_bulk;
        for (Issue& issue : issues_)
            if (issue.problem == problem && issue.subject == provider->name) {
                issue.term += ' ' + term.text;
                return;
            }
        add(problem, n, term.text, std::string(provider->name));
    }

    /// Where mail comes in, mail goes out as well: mostly.
    void senders() {
        const auto is_missing = [&](std::string_view id) {
            return is_at(id, tree_, around_) && !may_send(tree_, *provider_by_id(id));
        };
        if (is_missing("o365")) add(Problem::microsoft_missing, 0, "");
        if (is_missing("google")) add(Problem::google_missing, 0, "");
    }

    const Tree& tree_;
    const Surroundings& around_;
    std::vector<Issue> issues_;
};

/// Whether some part of the tree is not there, where any include may stand.
bool has_hidden_part(const Tree& tree) {
    return !tree.is_complete || std::any_of(tree.nodes.begin(), tree.nodes.end(), [&](const Node& node) {
        if (node.policy->answer->failed()) return true;
        return std::any_of(node.branches.begin(), node.branches.end(), [&](const Branch& branch) {
            const Kind kind = tree.term(node, branch).kind;
            return (kind == Kind::include || kind == Kind::redirect) && !branch.target &&
                   !branch.is_unreachable;
        });
    });
}

} // namespace

void prefetch_surroundings(dns::Cache& dns, const dns::Name& domain) {
    dns.prefetch({domain, dns::Type::mx});
    dns.prefetch({domain, dns::Type::spf});
}

Surroundings look_around(dns::Cache& dns, const dns::Name& domain) {
    return {dns.query({domain, dns::Type::mx}), dns.query({domain, dns::Type::spf})};
}

bool has_null_mx(const Surroundings& around) {
    if (!around.mx) return false;
    const auto all = around.mx->all<dns::Mx>();
    return all.size() == 1 && all.front()->exchange.is_root();
}

bool may_send(const Tree& tree, const Provider& provider) {
    if (has_hidden_part(tree)) return true;
    const bool is_included = std::any_of(tree.nodes.begin(), tree.nodes.end(), [&](const Node& node) {
        return node.depth > 0 && provider_by_include(node.domain) == &provider;
    });
    if (is_included) return true;
    const ip::Set pass = sources(tree).pass;
    return std::any_of(provider.networks.begin(), provider.networks.end(),
                       [&](std::string_view network) { return pass.contains(*ip::read_network(network)); });
}

bool has_microsoft_proof(const Tree& tree) {
    const auto texts = tree.root().policy->answer->all<dns::Text>();
    return std::any_of(texts.begin(), texts.end(),
                       [](const dns::Text* text) { return ascii::istarts_with(text->joined(), "MS=ms"); });
}

bool is_at(std::string_view provider_id, const Tree& tree, const Surroundings& around) {
    const Provider* wanted = provider_by_id(provider_id);
    if (around.mx)
        for (const dns::Mx* mx : around.mx->all<dns::Mx>())
            if (provider_by_mx(mx->exchange) == wanted) return true;
    if (provider_id != "o365") return false;
    // The proof may be left over, so MX decides if it is another provider's.
    if (around.mx && around.mx->status == dns::Status::answer && !has_null_mx(around)) {
        const auto all = around.mx->all<dns::Mx>();
        const bool elsewhere = std::any_of(all.begin(), all.end(), [](const dns::Mx* mx) {
            const Provider* provider = provider_by_mx(mx->exchange);
            return provider != nullptr && provider->id == "google";
        });
        if (elsewhere) return false;
    }
    return has_microsoft_proof(tree);
}

std::vector<Issue> lint(const Tree& tree, const Surroundings& around) {
    std::vector<Issue> issues = TreeLint(tree, around).run();
    std::stable_sort(issues.begin(), issues.end(),
                     [](const Issue& a, const Issue& b) { return a.problem < b.problem; });
    return issues;
}

} // namespace relaytool::spf
