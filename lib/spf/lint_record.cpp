#include "spf/lint_record.hpp"

#include "base/ascii.hpp"
#include "base/ip_set.hpp"
#include "spf/form.hpp"
#include "spf/sources.hpp"
#include "spf/term_typo.hpp"

#include <algorithm>
#include <unordered_map>

namespace relaytool::spf {
namespace {

/// A prefix this short covers more than any sender has: a million IPv4 addresses and more.
constexpr unsigned wide_prefix4 = 12;
constexpr unsigned wide_prefix6 = 31;
constexpr std::size_t safe_record_size = 450; // RFC 7208 section 3.4

/// The findings about the record at the root.
class RecordLint {
public:
    RecordLint(const Tree& tree, std::vector<Issue>& issues)
        : tree_(tree), node_(tree.root()), record_(node_.policy->record), issues_(issues) {}

    void run() {
        mistakes();
        if (record_.is_valid) policy();
        for (const Branch& branch : node_.branches)
            term(branch);
        repetitions();
        form();
    }

private:
    void add(Problem problem, std::string_view term, std::string subject = {}, std::size_t count = 0) {
        issues_.push_back({problem, 0, std::string(term), std::move(subject), {}, count});
    }

    static Problem problem_of(Fault fault) {
        switch (fault) {
        case Fault::none:
        case Fault::unknown_mechanism: return Problem::unknown_mechanism;
        case Fault::needs_argument: return Problem::missing_argument;
        case Fault::takes_no_argument: return Problem::extra_argument;
        case Fault::bad_domain: return Problem::bad_argument;
        case Fault::bad_address: return Problem::bad_address;
        case Fault::bad_prefix: return Problem::bad_prefix;
        case Fault::bad_macro: return Problem::bad_macro;
        case Fault::bad_character: return Problem::bad_character;
        case Fault::duplicate: return Problem::double_modifier;
        }
        return Problem::unknown_mechanism;
    }

    void mistakes() {
        constexpr std::size_t enough = 5;
        std::size_t found = 0;
        for (const Term& term : record_.terms)
            if (term.kind == Kind::bad && ++found <= enough)
                add(problem_of(term.fault), term.text, corrected(term));
    }

    /// How the record ends.
    void policy() {
        const Term* all = record_.all();
        const bool redirects = record_.modifier(Kind::redirect) != nullptr;
        if (all == nullptr) {
            if (!redirects) add(Problem::no_all, record_.text);
            return;
        }
        if (all->qualifier == Qualifier::pass) add(Problem::plus_all, all->text);
        if (all->qualifier == Qualifier::neutral) add(Problem::neutral_all, all->text);
        if (redirects) add(Problem::redirect_with_all, record_.modifier(Kind::redirect)->text);
        std::string behind;
        for (const Branch& branch : node_.branches)
            if (branch.is_unreachable && tree_.term(node_, branch).is_mechanism())
                behind += (behind.empty() ? "" : " ") + tree_.term(node_, branch).text;
        if (!behind.empty()) add(Problem::after_all, behind, all->text);
    }

    void term(const Branch& branch) {
        const Term& term = tree_.term(node_, branch);
        switch (term.kind) {
        case Kind::ptr: add(Problem::ptr, term.text); break;
        case Kind::ip4:
        case Kind::ip6: network(term); break;
        case Kind::a:
        case Kind::mx: wide_hosts(term, branch); break;
        case Kind::unknown_modifier: modifier(term); break;
        case Kind::exp: explanation(term, branch); break;
        default: break;
        }
    }

    void network(const Term& term) {
        if (term.qualifier != Qualifier::pass) return;
        const bool v4 = term.network.address.family() == ip::Family::v4;
        if (term.network.prefix == 0)
            add(Problem::everyone, term.text);
        else if (term.network.prefix <= (v4 ? wide_prefix4 : wide_prefix6))
            add(Problem::wide_range, term.text);
        if (ip::is_private(term.network)) add(Problem::private_range, term.text);
    }

    /// `a/8`: the whole neighbourhood of a host.
    void wide_hosts(const Term& term, const Branch& branch) {
        if (term.qualifier != Qualifier::pass || branch.networks.empty()) return;
        if (term.prefix4 == 0 || term.prefix6 == 0)
            add(Problem::everyone, term.text);
        else if (term.prefix4 <= wide_prefix4 || term.prefix6 <= wide_prefix6)
            add(Problem::wide_range, term.text);
        const bool all_private =
            std::all_of(branch.networks.begin(), branch.networks.end(),
                        [](const ip::Network& network) { return ip::is_private(network.address); });
        if (all_private) add(Problem::private_range, term.text);
    }

    void modifier(const Term& term) {
        if (term.is_reporting()) return;
        if (const std::string meant = corrected(term); !meant.empty())
            add(Problem::modifier_typo, term.text, meant);
        else
            add(Problem::unknown_modifier, term.text);
    }

    void explanation(const Term& term, const Branch& branch) {
        if (!branch.answer || branch.answer->failed()) return; // depends on the message, or is not known
        const auto texts = branch.answer->all<dns::Text>();
        const bool readable = texts.size() == 1 &&
                              read_macro_string(texts.front()->joined(), MacroPlace::explanation).has_value();
        if (!readable) add(Problem::broken_explanation, term.text, branch.target->text());
    }

    /// The same term twice, and networks that lie in what stands in front of them.
    void repetitions() {
        std::unordered_map<std::string, std::size_t> seen;
        std::vector<const Branch*> networks;
        for (const Branch& branch : node_.branches) {
            const Term& term = tree_.term(node_, branch);
            if (!term.is_mechanism() || branch.is_unreachable) continue;
            std::string key = ascii::to_lower(term.text);
            if (key.starts_with('+')) key.erase(0, 1);
            if (const std::size_t times = ++seen[key]; times > 1) {
                if (times == 2) add(Problem::duplicate, term.text);
            } else if (term.kind == Kind::ip4 || term.kind == Kind::ip6) {
                networks.push_back(&branch);
            }
        }
        containments(networks);
    }

    void containments(const std::vector<const Branch*>& networks) {
        constexpr std::size_t most = 500; // a record of honest length has fewer
        if (networks.size() > most) return;
        const std::vector<ip::Set> by_node = sources_by_node(tree_);
        for (const Branch* inner : networks) {
            const Term& term = tree_.term(node_, *inner);
            if (term.qualifier != Qualifier::pass) continue;
            for (const Branch& other : node_.branches) {
                const Term& outer = tree_.term(node_, other);
                if (&other == inner || other.is_unreachable || outer.qualifier != Qualifier::pass) continue;
                if (!covers(other, outer, term.network, by_node)) continue;
                add(Problem::contained, term.text, outer.text);
                break;
            }
        }
    }

    static bool covers(const Branch& branch, const Term& term, const ip::Network& network,
                       const std::vector<ip::Set>& by_node) {
        if (term.kind == Kind::include)
            return branch.node != no_node && by_node[branch.node].contains(network);
        if (term.kind != Kind::ip4 && term.kind != Kind::ip6) return false;
        return term.network.contains(network) && term.network.prefix < network.prefix;
    }

    void form() {
        if (record_.text.substr(0, 6) != "v=spf1" || has_upper_mechanism())
            add(Problem::upper_case, record_.text);
        if (record_.text.size() > safe_record_size) add(Problem::too_long, "", "", record_.text.size());
        const std::vector<std::string>& strings = node_.policy->strings;
        for (std::size_t i = 0; i + 1 < strings.size(); ++i)
            if (const auto joint = broken_joint(strings[i], strings[i + 1])) {
                add(Problem::split_in_word, joint->left + joint->right, joint->left + " " + joint->right);
                break;
            }
    }

    bool has_upper_mechanism() const {
        return std::any_of(record_.terms.begin(), record_.terms.end(), [](const Term& term) {
            if (term.kind == Kind::bad || term.kind == Kind::unknown_modifier) return false;
            const std::string_view name =
                std::string_view(term.text).substr(0, term.text.find_first_of(":/="));
            return name != ascii::to_lower(name);
        });
    }

    const Tree& tree_;
    const Node& node_;
    const Record& record_;
    std::vector<Issue>& issues_;
};

} // namespace

void lint_record(const Tree& tree, std::vector<Issue>& issues) {
    RecordLint(tree, issues).run();
}

} // namespace relaytool::spf
