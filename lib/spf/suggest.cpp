#include "spf/suggest.hpp"

#include "base/ascii.hpp"
#include "base/ip_set.hpp"
#include "spf/evaluate.hpp"
#include "spf/term_typo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace relaytool::spf {
namespace {

std::string normal(std::string_view term) {
    std::string text = ascii::to_lower(term);
    if (text.starts_with('+')) text.erase(0, 1);
    return text;
}

std::optional<dns::Name> include_of(const std::string& term) {
    const Record record = read_record("v=spf1 " + term);
    if (!record.is_valid || record.terms.size() != 1 || record.terms.front().kind != Kind::include)
        return std::nullopt;
    const MacroString& domain = *record.terms.front().domain;
    return domain.is_literal() ? dns::Name::from_text(domain.literal()) : std::nullopt;
}

const Provider* provider_of(const std::string& term) {
    const auto include = include_of(term);
    return include ? provider_by_include(*include) : nullptr;
}

/// Puts the new record together.
class Draft {
public:
    Draft(const Tree& tree, const Surroundings& around, const SuggestOptions& options)
        : tree_(tree), root_(tree.root()), around_(around), options_(options),
          by_node_(sources_by_node(tree)), broken_(broken_by_node(tree)) {}

    Suggestion make() {
        suggestion_.today = root_.policy->record.text;
        suggestion_.lookups_before = root_.lookups;
        for (const Branch& branch : root_.branches)
            today(branch);
        for (const std::string& other : root_.policy->other_records)
            other_record(other);
        add_wanted();
        add_evident();
        end();
        std::string record = "v=spf1";
        for (const std::string& term : terms_)
            record += ' ' + term;
        suggestion_.records.push_back({root_.domain.text(), std::move(record)});
        return std::move(suggestion_);
    }

private:
    void keep(const std::string& before, const std::string& after, Why why, std::string subject = {}) {
        terms_.push_back(after);
        const bool passes =
            !after.empty() && std::string_view{"-~?"}.find(after.front()) == std::string_view::npos;
        suggestion_.changes.push_back(
            {why, before, after, std::move(subject), passes ? provider_of(after) : nullptr});
    }
    void drop(const std::string& before, Why why, std::string subject = {}) {
        suggestion_.changes.push_back({why, before, {}, std::move(subject)});
    }

    bool has(std::string_view term) const {
        return std::any_of(terms_.begin(), terms_.end(),
                           [&](const std::string& other) { return normal(other) == normal(term); });
    }

    /// A term of today's record.
    void today(const Branch& branch) {
        const Term& term = tree_.term(root_, branch);
        if (term.kind == Kind::all) return; // end() writes it
        if (branch.is_unreachable && term.is_mechanism()) return drop(term.text, Why::behind_all);
        if (term.is_reporting()) return keep(term.text, term.text, Why::stays);
        if (term.kind == Kind::bad || term.kind == Kind::unknown_modifier) return misspelt(term);
        const RetiredInclude* retired =
            branch.target && term.kind == Kind::include ? retired_include(*branch.target) : nullptr;
        if (retired != nullptr)
            return add_word(term.text, fmt::format("include:{}", retired->replacement), Why::replaced);
        if (const auto why = reason_to_drop(term, branch)) return drop(term.text, why->why, why->subject);
        add_word(term.text, term.text, Why::stays);
    }

    /// A term with a mistake, which may stand for several.
    void misspelt(const Term& term) {
        const std::string better = corrected(term);
        if (better.empty())
            return drop(term.text, term.kind == Kind::bad ? Why::unreadable : Why::meaningless);
        const Record record = read_record("v=spf1 " + better);
        std::string before = term.text;
        for (const Term& found : record.terms) {
            if (found.kind == Kind::all)
                misspelt_all_ = found.qualifier; // end() writes it
            else
                add_word(std::exchange(before, {}), found.text, Why::spelling);
        }
    }

    /// Takes a term over, unless it is there already or --sends-via has no place for it.
    void add_word(const std::string& before, const std::string& text, Why why) {
        if (has(text)) return drop(before.empty() ? text : before, Why::duplicate);
        if (!is_listed(text)) return drop(before.empty() ? text : before, Why::not_listed, name_of(text));
        keep(before, text, why, name_of(text));
    }

    struct Drop {
        Why why;
        std::string subject;
    };

    std::optional<Drop> reason_to_drop(const Term& term, const Branch& branch) const {
        switch (term.kind) {
        case Kind::ptr: return Drop{Why::ptr, {}};
        case Kind::ip4:
        case Kind::ip6:
            if (term.qualifier != Qualifier::pass) return std::nullopt;
            if (term.network.prefix == 0) return Drop{Why::everyone, {}};
            if (ip::is_private(term.network)) return Drop{Why::not_public, {}};
            return containment(term, branch);
        case Kind::include: return include_drop(branch);
        case Kind::a:
        case Kind::mx:
            if (auto contained = host_containment(term, branch)) return contained;
            if (term.kind == Kind::mx && branch.answer && branch.answer->records.size() > max_host_names)
                return Drop{Why::too_many, {}};
            [[fallthrough]];
        case Kind::exists: return is_dead(term, branch) ? std::optional(Drop{Why::dead, {}}) : std::nullopt;
        case Kind::redirect:
            return branch.is_unreachable ? std::optional(Drop{Why::meaningless, {}}) : include_drop(branch);
        case Kind::exp: return explains(branch) ? std::nullopt : std::optional(Drop{Why::dead, {}});
        default: return std::nullopt;
        }
    }

    /// include and redirect: whether they lead to a record, and to one that can be evaluated to its end.
    std::optional<Drop> include_drop(const Branch& branch) const {
        if (branch.is_loop) return Drop{Why::dead, {}};
        if (branch.node == no_node) return std::nullopt;
        const Policy& policy = *tree_.nodes[branch.node].policy;
        if (policy.answer->failed()) return std::nullopt; // not known: it stays
        if (policy.records == 0) return Drop{Why::dead, {}};
        return broken_[branch.node] ? std::optional(Drop{Why::broken, {}}) : std::nullopt;
    }

    static bool explains(const Branch& branch) {
        if (!branch.answer || branch.answer->failed()) return true; // depends on the message, or is not known
        const auto texts = branch.answer->all<dns::Text>();
        return texts.size() == 1 && read_macro_string(texts.front()->joined(), MacroPlace::explanation);
    }

    /// Whether the DNS says for certain that there is nothing.
    static bool is_dead(const Term& term, const Branch& branch) {
        const auto unsure = [](const dns::AnswerPtr& answer) { return !answer || answer->failed(); };
        if (unsure(branch.answer) || (term.kind == Kind::a && unsure(branch.aaaa))) return false;
        if (term.kind == Kind::exists) return branch.answer->records.empty();
        const bool hosts_unsure =
            std::any_of(branch.hosts.begin(), branch.hosts.end(),
                        [&](const Host& host) { return unsure(host.a) || unsure(host.aaaa); });
        return !hosts_unsure && branch.networks.empty();
    }

    /// Addresses that another term has as well, or that nobody sends from.
    std::optional<Drop> containment(const Term& term, const Branch& inner) const {
        for (const Branch& branch : root_.branches) {
            const Term& other = tree_.term(root_, branch);
            if (&branch == &inner || branch.is_unreachable || other.qualifier != Qualifier::pass) continue;
            if (!is_listed(other.text)) continue;
            const bool in_network = (other.kind == Kind::ip4 || other.kind == Kind::ip6) &&
                                    other.network.prefix > 0 && other.network.contains(term.network) &&
                                    other.network.prefix < term.network.prefix;
            const bool in_include = other.kind == Kind::include && branch.node != no_node &&
                                    by_node_[branch.node].contains(term.network);
            if (in_network || in_include) return Drop{Why::contained, other.text};
        }
        return std::nullopt;
    }

    /// Hosts that an include allows already: mostly an mx whose hosts are the mailbox provider's.
    std::optional<Drop> host_containment(const Term& term, const Branch& inner) const {
        if (inner.networks.empty() || term.qualifier != Qualifier::pass) return std::nullopt;
        for (const Branch& branch : root_.branches) {
            const Term& other = tree_.term(root_, branch);
            if (other.kind != Kind::include || branch.node == no_node || branch.is_unreachable) continue;
            if (other.qualifier != Qualifier::pass || !is_listed(other.text)) continue;
            const bool all =
                std::all_of(inner.networks.begin(), inner.networks.end(), [&](const ip::Network& network) {
                    return by_node_[branch.node].contains(network);
                });
            if (all) return Drop{Why::contained, other.text};
        }
        return std::nullopt;
    }

    /// Whether --sends-via, where it is given, names the term or its provider.
    bool is_listed(const std::string& text) const {
        if (options_.senders.empty() || options_.others == SuggestOptions::Others::keep) return true;
        const Record record = read_record("v=spf1 " + text);
        const Kind kind = record.terms.empty() ? Kind::bad : record.terms.front().kind;
        if (kind == Kind::exp || (kind != Kind::bad && record.terms.front().qualifier != Qualifier::pass))
            return true;
        const Provider* provider = provider_of(text);
        return std::any_of(options_.senders.begin(), options_.senders.end(), [&](const Sender& sender) {
            if (provider != nullptr && sender.provider == provider) return true;
            return std::any_of(sender.terms.begin(), sender.terms.end(),
                               [&](const std::string& wanted) { return normal(wanted) == normal(text); });
        });
    }

    static std::string name_of(const std::string& term) {
        const Provider* provider = provider_of(term);
        return provider == nullptr ? std::string{} : std::string(provider->name);
    }

    /// Terms of a second record: there must be one only.
    void other_record(const std::string& text) {
        for (const Term& term : read_record(text).terms) {
            if (term.kind == Kind::all || term.kind == Kind::bad || term.kind == Kind::ptr ||
                !term.is_mechanism())
                continue;
            if (has(term.text)) continue;
            if (!is_listed(term.text))
                drop(term.text, Why::not_listed, name_of(term.text));
            else
                keep({}, term.text, Why::second_record, name_of(term.text));
        }
    }

    void add_wanted() {
        for (const Sender& sender : options_.senders)
            for (const std::string& term : sender.terms)
                if (!has(term) && !is_covered(sender, term))
                    keep({}, term, Why::wanted,
                         sender.provider != nullptr ? std::string(sender.provider->name) : "");
    }

    /// A customer's own include of a provider serves as well as the general one.
    bool is_covered(const Sender& sender, const std::string& term) const {
        if (sender.provider == nullptr || sender.terms.size() != 1 || !term.starts_with("include:"))
            return false;
        return std::any_of(terms_.begin(), terms_.end(),
                           [&](const std::string& other) { return provider_of(other) == sender.provider; });
    }

    void add_evident() {
        if (!options_.senders.empty()) return;
        for (const std::string_view id : {"o365", "google"}) {
            const Provider* provider = provider_by_id(id);
            const bool present = std::any_of(terms_.begin(), terms_.end(), [&](const std::string& term) {
                return provider_of(term) == provider;
            });
            if (!present && is_at(id, tree_, around_))
                keep({}, fmt::format("include:{}", provider->includes.front()), Why::evidence,
                     std::string(provider->name));
        }
    }

    static bool decided_all(const std::optional<Qualifier>& all) {
        return all && (*all == Qualifier::fail || *all == Qualifier::softfail);
    }

    /// The `all` at the end, unless a redirect stands for it.
    void end() {
        const auto redirect = std::find_if(terms_.begin(), terms_.end(), [](const std::string& term) {
            return ascii::istarts_with(term, "redirect=");
        });
        suggestion_.outcome = Outcome::sends;
        if (redirect != terms_.end()) return; // the other record's all counts, RFC 7208 section 6.1
        const Term* all = root_.policy->record.all();
        std::optional<Qualifier> today = all != nullptr ? std::optional(all->qualifier) : misspelt_all_;
        const bool has_senders = std::any_of(terms_.begin(), terms_.end(), [](const std::string& term) {
            return !ascii::istarts_with(term, "exp=");
        });
        const bool said_none = root_.policy->has_record() && root_.policy->record.is_valid &&
                               root_.policy->record.terms.size() <= 1 && decided_all(today);
        const bool parked = !has_senders && has_null_mx(around_);
        if (!has_senders) suggestion_.outcome = parked || said_none ? Outcome::parked : Outcome::no_senders;
        const bool decided = decided_all(today);
        const std::string text = parked ? "-all" : decided ? fmt::format("{}all", sign_of(*today)) : "~all";
        const auto exp = std::find_if(terms_.begin(), terms_.end(), [](const std::string& term) {
            return ascii::istarts_with(term, "exp=");
        });
        terms_.insert(exp, text);
        const std::string before = all != nullptr ? all->text : "";
        suggestion_.changes.push_back({normal(before) == text ? Why::stays : Why::policy, before, text, {}});
    }

    const Tree& tree_;
    const Node& root_;
    const Surroundings& around_;
    const SuggestOptions& options_;
    std::vector<ip::Set> by_node_;
    std::vector<bool> broken_;
    std::vector<std::string> terms_;
    std::optional<Qualifier> misspelt_all_;
    Suggestion suggestion_;
};

} // namespace

Suggestion suggest(const Tree& tree, const Surroundings& around, const SuggestOptions& options) {
    return Draft(tree, around, options).make();
}

} // namespace relaytool::spf
