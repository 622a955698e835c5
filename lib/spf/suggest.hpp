#pragma once

#include "base/result.hpp"
#include "spf/lint.hpp"
#include "spf/provider.hpp"
#include "spf/sources.hpp"
#include "spf/tree.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relaytool::spf {

/// Something that is to send for the domain: one word of --sends-via.
struct Sender {
    std::string word;
    const Provider* provider = nullptr; ///< null: addresses, a host, or a term
    std::vector<std::string> terms;     ///< what the record needs for it
};

/// Reads "o365,telenet,203.0.113.7,2001:db8::/48,mail.example.com,mx,include:x.example". An Error names the
/// word.
Result<std::vector<Sender>> read_senders(std::string_view list);

/// Why a term of the new record, or of today's, is treated as it is.
enum class Why {
    stays,
    second_record, ///< added: stands in another SPF record today
    wanted,        ///< added: --sends-via names it
    evidence,      ///< added: mail for the domain comes in there
    spelling,      ///< corrected
    replaced,      ///< a retired include gives way to its successor
    not_listed,    ///< removed: --sends-via does not name it
    duplicate,     ///< removed: stands there twice
    contained,     ///< removed: another term has its addresses
    behind_all,    ///< removed: never looked at
    dead,          ///< removed: leads to nothing, or in a circle
    broken,        ///< removed: the record there is invalid, which makes this one invalid too
    too_many,      ///< removed: an mx with more than ten hosts
    ptr,           ///< removed: RFC 7208 section 5.5
    everyone,      ///< removed: allows the whole Internet
    not_public,    ///< removed: no mail comes from such an address
    meaningless,   ///< removed: does nothing
    unreadable,    ///< removed: a mistake that cannot be corrected
    limit,         ///< written out as addresses, to stay within ten look-ups
    policy,        ///< the qualifier of `all`
};

/// One line of the difference. Kept: both are equal; added: `before` is empty; removed: `after` is empty.
struct Change {
    Why why = Why::stays;
    std::string before;
    std::string after;
    std::string subject;                ///< provider's name, or the term that makes it needless
    const Provider* provider = nullptr; ///< of the include in `after`
    unsigned lookups = 0;               ///< what `after` costs of the ten
};

/// A TXT record to publish.
struct Publication {
    std::string name;
    std::string text;
    /// The text in strings of at most 255 octets, as zone files want it (RFC 7208 section 3.3).
    std::vector<std::string> strings() const;
};

/// Whether there is a record to publish, and for whom.
enum class Outcome {
    sends,  ///< somebody may send with it
    parked, ///< nobody may, and nobody is to: the domain takes no mail, or has always said that it sends none
    no_senders, ///< none: nothing tells who sends
    unsure,     ///< none: addresses are missing, because the DNS does not answer
};

struct Suggestion {
    /// Whether there is a record to publish.
    bool is_usable() const { return outcome == Outcome::sends || outcome == Outcome::parked; }
    /// Whether today's record is that one already.
    bool can_stay() const { return is_usable() && records.size() == 1 && records.front().text == today; }
    /// Whether there is a record to publish in place of today's.
    bool is_better() const { return is_usable() && !can_stay(); }
    /// The `all` of the new record; absent where a redirect stands for it.
    std::optional<Qualifier> all() const;

    std::vector<Publication> records; ///< the first is the domain's own; more only when flattened
    std::vector<Change> changes;      ///< in the order of today's record, then what is added
    std::string today;                ///< the record as it is, "" without one
    unsigned lookups_before = 0;
    unsigned lookups_after = 0;
    Outcome outcome = Outcome::no_senders;
    Tree tree;                      ///< of the new record, as if it were published
    std::vector<Issue> issues;      ///< what is still wrong with it; who shares its includes is in `changes`
    std::vector<std::string> stale; ///< terms written out as addresses: copies that grow old
};

/// What a new record is made from.
struct SuggestOptions {
    std::vector<Sender> senders;                            ///< all that send; empty: whoever sends today
    enum class Others { drop, keep } others = Others::drop; ///< today's senders that are not among `senders`
    enum class Form { includes, flat } form = Form::includes;
};

/// suggest() and what belongs to it: mends the form first; where the record takes more than ten look-ups,
/// writes out includes as addresses, those with the fewest blocks first; or all of them (Form::flat), split
/// over names of its own where that gets too long for one. Then walks what came out.
Suggestion propose(Policies& policies, const Tree& today, const Surroundings& surroundings,
                   const SuggestOptions& options);

/// The corrected record for the tree's domain. The trees of includes that are not in today's record are not
/// known here: to learn what it costs, walk it.
Suggestion suggest(const Tree& tree, const Surroundings& surroundings, const SuggestOptions& options);

} // namespace relaytool::spf
