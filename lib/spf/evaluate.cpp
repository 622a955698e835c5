#include "spf/evaluate.hpp"

#include "base/ascii.hpp"
#include "spf/prefetch.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::spf {
namespace {

/// The outcome of one record, or of a look-up that ended the check.
struct Outcome {
    Verdict verdict = Verdict::neutral;
    Reason reason = Reason::no_match;
    std::string at;
};

/// A record being evaluated; an include puts another one on top of it.
struct Frame {
    dns::Name domain;
    std::string domain_text; ///< %{d}
    PolicyPtr policy;
    std::size_t next = 0; ///< term to look at
};

/// Whether a term matched, or what ended the check there.
struct Match {
    bool matched = false;
    std::optional<Outcome> end;
};

Verdict verdict_of(Qualifier qualifier) {
    switch (qualifier) {
    case Qualifier::pass: return Verdict::pass;
    case Qualifier::fail: return Verdict::fail;
    case Qualifier::softfail: return Verdict::softfail;
    case Qualifier::neutral: return Verdict::neutral;
    }
    return Verdict::neutral;
}

/// One run of check_host(), with its counts.
class Evaluation {
public:
    Evaluation(Policies& policies, Check& check)
        : policies_(policies), dns_(policies.dns()), check_(check), query_(check.query),
          waited_before_(dns_.waited()) {}

    void run(const dns::Name& domain) {
        Outcome outcome = evaluate_all(domain);
        check_.verdict = outcome.verdict;
        check_.reason = outcome.reason;
        check_.at = std::move(outcome.at);
        if (check_.verdict == Verdict::fail) explain();
    }

private:
    Outcome evaluate_all(const dns::Name& domain) {
        std::optional<Outcome> done = enter(domain);
        if (done) return *done;
        check_.record = frames_.front().policy->record.text;
        while (true) {
            if (done) { // a record has come to its end: RFC 7208 section 5.2 says what that means above it
                if (frames_.size() == 1 || is_final(*done)) return *done;
                leave();
                done = after_include(*done);
                continue;
            }
            done = step();
        }
    }

    static bool is_final(const Outcome& outcome) {
        return outcome.verdict == Verdict::temperror || outcome.verdict == Verdict::permerror;
    }

    /// Reads the record of `domain` and puts it on top; an outcome when there is nothing to evaluate.
    std::optional<Outcome> enter(const dns::Name& domain) {
        const PolicyPtr policy = policies_.query(domain);
        const std::string text = domain.text();
        if (out_of_time()) return Outcome{Verdict::temperror, Reason::out_of_time, text};
        if (policy->answer->failed()) return Outcome{Verdict::temperror, Reason::dns_failure, text};
        if (policy->answer->status == dns::Status::no_name)
            return Outcome{Verdict::none, Reason::no_domain, text};
        if (policy->records == 0) return Outcome{Verdict::none, Reason::no_record, text};
        if (policy->records > 1) return Outcome{Verdict::permerror, Reason::many_records, text};
        frames_.push_back({domain, text, policy, 0});
        if (policy->record.is_valid) return std::nullopt;
        for (const Term& term : policy->record.terms)
            if (term.kind == Kind::bad) {
                check_.path.push_back(term.text);
                break;
            }
        return Outcome{Verdict::permerror, Reason::syntax, text};
    }

    void leave() { frames_.pop_back(); }

    /// RFC 7208 section 5.2: what the result of an included record means. `path` still ends with the include
    /// and what decided below it.
    std::optional<Outcome> after_include(const Outcome& child) {
        Frame& frame = frames_.back();
        const Term& term = frame.policy->record.terms[frame.next - 1];
        const std::size_t length = path_lengths_.back();
        path_lengths_.pop_back();
        if (child.verdict == Verdict::pass) {
            mark_matched(term);
            return Outcome{verdict_of(term.qualifier), Reason::matched, frame.domain_text};
        }
        check_.path.resize(length);
        return std::nullopt;
    }

    /// Evaluates the next term of the record on top.
    std::optional<Outcome> step() {
        Frame& frame = frames_.back();
        const std::vector<Term>& terms = frame.policy->record.terms;
        while (frame.next < terms.size() && !terms[frame.next].is_mechanism())
            ++frame.next;
        if (frame.next == terms.size()) return at_end(frame);
        const Term& term = terms[frame.next++];
        visit(frame, term);
        if (term.is_lookup() && ++check_.lookups > max_lookup_terms)
            return stop(term, Reason::too_many_lookups);
        if (term.kind == Kind::include) return include(frame, term);
        const Match match = look(frame, term);
        if (match.end) {
            check_.path.push_back(term.text);
            return match.end;
        }
        if (!match.matched) return std::nullopt;
        check_.visits.back().matched = true;
        check_.path.push_back(term.text);
        return Outcome{verdict_of(term.qualifier), Reason::matched, frame.domain_text};
    }

    void visit(const Frame& frame, const Term& term) {
        check_.visits.push_back({static_cast<unsigned>(frames_.size() - 1), frame.policy, &term, false});
    }

    /// The include was visited before the terms below it.
    void mark_matched(const Term& term) {
        const auto found = std::find_if(check_.visits.rbegin(), check_.visits.rend(),
                                        [&](const Visit& visited) { return visited.term == &term; });
        if (found != check_.visits.rend()) found->matched = true;
    }

    Outcome stop(const Term& term, Reason reason) {
        check_.path.push_back(term.text);
        return {Verdict::permerror, reason, frames_.back().domain_text};
    }

    /// RFC 7208 section 4.7: redirect, or the default.
    std::optional<Outcome> at_end(const Frame& frame) {
        const Term* term = frame.policy->record.modifier(Kind::redirect);
        if (term == nullptr || frame.policy->record.all() != nullptr)
            return Outcome{Verdict::neutral, Reason::no_match, frame.domain_text};
        visit(frame, *term);
        if (++check_.lookups > max_lookup_terms) return stop(*term, Reason::too_many_lookups);
        check_.path.push_back(term->text);
        const auto target = dns::Name::from_text(target_of(frame, *term));
        if (!target) return Outcome{Verdict::permerror, Reason::include_none, target_of(frame, *term)};
        leave(); // the target's record takes the place of this one, section 6.1
        return none_is_permerror(enter(*target));
    }

    /// RFC 7208 sections 5.2 and 6.1: "none" of an include or redirect is a permerror.
    static std::optional<Outcome> none_is_permerror(std::optional<Outcome> outcome) {
        if (outcome && outcome->verdict == Verdict::none) {
            outcome->verdict = Verdict::permerror;
            outcome->reason = Reason::include_none;
        }
        return outcome;
    }

    std::optional<Outcome> include(const Frame& frame, const Term& term) {
        const std::string text = target_of(frame, term);
        const auto target = dns::Name::from_text(text);
        path_lengths_.push_back(check_.path.size());
        check_.path.push_back(term.text);
        if (!target) return Outcome{Verdict::permerror, Reason::include_none, text};
        return none_is_permerror(enter(*target));
    }

    Match look(const Frame& frame, const Term& term) {
        switch (term.kind) {
        case Kind::all: return {true, {}};
        case Kind::ip4:
        case Kind::ip6: return {term.network.contains(query_.ip), {}};
        case Kind::ptr: return look_ptr(frame, term);
        default: break;
        }
        const auto target = dns::Name::from_text(target_of(frame, term));
        if (!target) return {}; // a name that cannot be: nothing matches it
        if (term.kind == Kind::mx) return look_mx(*target, term);
        const dns::Type type = term.kind == Kind::exists ? dns::Type::a : address_type(); // section 5.7
        dns::AnswerPtr answer;
        if (auto end = ask({*target, type}, answer)) return {false, std::move(end)};
        if (term.kind == Kind::exists) return {!answer->records.empty(), {}};
        return {has_address(*answer, term), {}};
    }

    /// RFC 7208 section 5.4.
    Match look_mx(const dns::Name& target, const Term& term) {
        dns::AnswerPtr answer;
        if (auto end = ask({target, dns::Type::mx}, answer)) return {false, std::move(end)};
        const std::vector<const dns::Mx*> hosts = answer->all<dns::Mx>();
        if (hosts.size() > max_host_names)
            return {false, Outcome{Verdict::permerror, Reason::too_many_hosts, target.text()}};
        for (const dns::Mx* host : hosts) {
            if (host->exchange.is_root()) continue; // RFC 7505: accepts no mail
            dns::AnswerPtr addresses;
            if (auto end = ask({host->exchange, address_type()}, addresses)) return {false, std::move(end)};
            if (has_address(*addresses, term)) return {true, {}};
        }
        return {};
    }

    /// RFC 7208 section 5.5: a failing look-up is no match, not an error.
    Match look_ptr(const Frame& frame, const Term& term) {
        const auto target = dns::Name::from_text(target_of(frame, term));
        if (!target) return {};
        bool found = false;
        auto end =
            for_validated([&](const dns::Name& name) { return found = name.is_within(*target); }, true);
        return {found, std::move(end)};
    }

    /// Calls `use` with each validated name of the client (RFC 7208 section 5.5) until it returns true.
    template <class Use>
    std::optional<Outcome> for_validated(Use use, bool counts) {
        dns::AnswerPtr names;
        const auto reverse = dns::Name::from_text(ip::reverse_name(query_.ip));
        if (auto end = ask_kindly({*reverse, dns::Type::ptr}, names, counts)) return end;
        std::size_t tried = 0;
        for (const dns::Name* name : names->all<dns::Name>()) {
            if (++tried > max_host_names) break;
            dns::AnswerPtr addresses;
            if (auto end = ask_kindly({*name, address_type()}, addresses, counts)) return end;
            const auto all = addresses->all<ip::Address>();
            const bool valid = std::any_of(all.begin(), all.end(),
                                           [&](const auto* address) { return *address == query_.ip; });
            if (valid && use(*name)) break;
        }
        return std::nullopt;
    }

    /// A look-up whose failure ends the check (RFC 7208 section 5: temperror) and whose emptiness is counted.
    std::optional<Outcome> ask(const dns::Question& question, dns::AnswerPtr& answer) {
        if (auto end = ask_kindly(question, answer, true)) return end;
        if (answer->failed()) return Outcome{Verdict::temperror, Reason::dns_failure, question.name.text()};
        return std::nullopt;
    }

    /// A look-up whose failure is nothing found.
    std::optional<Outcome> ask_kindly(const dns::Question& question, dns::AnswerPtr& answer, bool counts) {
        answer = dns_.query(question);
        if (out_of_time()) return Outcome{Verdict::temperror, Reason::out_of_time, question.name.text()};
        if (counts && answer->is_void() && ++check_.void_lookups > max_void_lookups)
            return Outcome{Verdict::permerror, Reason::too_many_voids, question.name.text()};
        return std::nullopt;
    }

    bool out_of_time() const { return dns_.waited() - waited_before_ > max_waiting; }

    dns::Type address_type() const {
        return query_.ip.family() == ip::Family::v4 ? dns::Type::a : dns::Type::aaaa;
    }

    bool has_address(const dns::Answer& answer, const Term& term) const {
        const unsigned prefix = query_.ip.family() == ip::Family::v4 ? term.prefix4 : term.prefix6;
        const auto all = answer.all<ip::Address>();
        return std::any_of(all.begin(), all.end(), [&](const ip::Address* address) {
            return ip::Network{*address, prefix}.contains(query_.ip);
        });
    }

    std::string target_of(const Frame& frame, const Term& term) {
        if (!term.domain) return frame.domain_text;
        return expand_domain(*term.domain, values(frame.domain_text, *term.domain));
    }

    MacroValues values(std::string_view domain, const MacroString& macro) {
        if (macro.uses('p')) validate(domain);
        return {query_.sender_local, query_.sender_domain, domain,          query_.ip,
                validated_,          query_.helo,          query_.receiver, query_.now};
    }

    /// %{p}, RFC 7208 section 7.3: the domain itself, else a name below it, else any; "unknown" without one.
    void validate(std::string_view domain) {
        validated_ = "unknown";
        const auto wanted = dns::Name::from_text(domain);
        bool below = false;
        for_validated(
            [&](const dns::Name& name) {
                if (wanted && name == *wanted) return validated_ = name.text(), true;
                const bool is_below = wanted && name.is_within(*wanted);
                if (validated_ == "unknown" || (is_below && !below)) validated_ = name.text();
                below = below || is_below;
                return false;
            },
            false);
    }

    /// RFC 7208 section 6.2. Whatever goes wrong means that there is no explanation.
    void explain() {
        const Frame& frame = frames_.front(); // includes' exp does not count, a redirect's does
        const Term* term = frame.policy->record.modifier(Kind::exp);
        if (term == nullptr) return;
        const auto target = dns::Name::from_text(target_of(frame, *term));
        if (!target) return;
        const dns::AnswerPtr answer = dns_.query({*target, dns::Type::txt});
        const auto texts = answer->all<dns::Text>();
        if (texts.size() != 1) return;
        const std::string text = texts.front()->joined();
        const auto macro = read_macro_string(text, MacroPlace::explanation); // US-ASCII only, by its grammar
        if (!macro) return;
        check_.explanation = expand(*macro, values(frame.domain_text, *macro));
    }

    Policies& policies_;
    dns::Cache& dns_;
    Check& check_;
    const Query& query_;
    std::chrono::nanoseconds waited_before_;
    std::vector<Frame> frames_;
    std::vector<std::size_t> path_lengths_; ///< of check_.path in front of each include
    std::string validated_ = "unknown";
};

} // namespace

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
    case Verdict::none: return "none";
    case Verdict::neutral: return "neutral";
    case Verdict::pass: return "pass";
    case Verdict::fail: return "fail";
    case Verdict::softfail: return "softfail";
    case Verdict::temperror: return "temperror";
    case Verdict::permerror: return "permerror";
    }
    return "";
}

std::string_view to_string(Identity identity) {
    return identity == Identity::helo ? "helo" : "mailfrom";
}

std::string_view Check::mechanism() const {
    return reason == Reason::matched && !path.empty() ? std::string_view(path.back()) : std::string_view{};
}

Check evaluate(Policies& policies, const Query& query) {
    Check check;
    check.query = query;
    check.query.ip = ip::unmapped(query.ip); // RFC 7208 section 5
    const auto domain = dns::Name::from_text(query.domain);
    if (!domain || domain->label_count() < 2) { // section 4.3
        check.reason = Reason::bad_domain;
        check.at = query.domain;
        return check;
    }
    prefetch(policies, check.query);
    Evaluation(policies, check).run(*domain);
    return check;
}

} // namespace relaytool::spf
