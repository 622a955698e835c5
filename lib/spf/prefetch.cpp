#include "spf/prefetch.hpp"

#include <algorithm>

namespace relaytool::spf {
namespace {

/// Look-ups started ahead for one check: what an evaluation within its limits could want, and not more.
constexpr unsigned max_terms_ahead = 2 * max_lookup_terms;

/// What the answers share while they come in. They may come after the check is over: it owns its copy of the
/// query.
struct Job {
    Policies policies; // a copy: the caller's may be gone by then
    Query query;
    unsigned terms = 0;

    bool take() { return terms++ < max_terms_ahead; }
    dns::Type address_type() const {
        return query.ip.family() == ip::Family::v4 ? dns::Type::a : dns::Type::aaaa;
    }
};

using JobPtr = std::shared_ptr<Job>;

/// Whether the term is seen to end its record without a look-up.
bool ends_here(const Term& term, const Query& query) {
    if (term.kind == Kind::all) return true;
    return (term.kind == Kind::ip4 || term.kind == Kind::ip6) && term.network.contains(query.ip);
}

std::optional<dns::Name> target_of(const Term& term, const Query& query, const dns::Name& domain) {
    if (!term.domain) return domain;
    if (term.domain->uses('p')) return std::nullopt; // needs look-ups of its own
    const std::string text = domain.text();
    const MacroValues values{query.sender_local, query.sender_domain, text,     query.ip, "",
                             query.helo,         query.receiver,      query.now};
    return dns::Name::from_text(expand_domain(*term.domain, values));
}

void prefetch_hosts(const JobPtr& job, const dns::Question& question) {
    const auto ask_hosts = [job](const dns::AnswerPtr& answer) {
        std::size_t hosts = 0;
        for (const dns::Record& record : answer->records) {
            const auto* mx = std::get_if<dns::Mx>(&record.data);
            const auto* name = std::get_if<dns::Name>(&record.data);
            if (mx != nullptr) name = &mx->exchange;
            if (name == nullptr || name->is_root()) continue;
            if (++hosts > max_host_names) return;
            job->policies.dns().prefetch({*name, job->address_type()});
        }
    };
    job->policies.dns().prefetch(question, ask_hosts);
}

/// `-all` is reached: the text for refused mail is going to be wanted.
void prefetch_explanation(const JobPtr& job, const Record& record, const dns::Name& domain) {
    const Term* exp = record.modifier(Kind::exp);
    if (exp == nullptr) return;
    if (const auto target = target_of(*exp, job->query, domain))
        job->policies.dns().prefetch({*target, dns::Type::txt});
}

/// Whose record it is: only the domain's own, and those it redirects to, explain (RFC 7208 section 6.2).
enum class Level { own, included };

void prefetch_record(const JobPtr& job, const dns::Name& domain, Level level);

void prefetch_term(const JobPtr& job, const Term& term, const dns::Name& domain, Level level) {
    if (!term.is_lookup() || !job->take()) return;
    if (term.kind == Kind::ptr) {
        if (const auto name = dns::Name::from_text(ip::reverse_name(job->query.ip)))
            prefetch_hosts(job, {*name, dns::Type::ptr});
        return;
    }
    const auto target = target_of(term, job->query, domain);
    if (!target) return;
    switch (term.kind) {
    case Kind::include: prefetch_record(job, *target, Level::included); break;
    case Kind::redirect: prefetch_record(job, *target, level); break;
    case Kind::a: job->policies.dns().prefetch({*target, job->address_type()}); break;
    case Kind::exists: job->policies.dns().prefetch({*target, dns::Type::a}); break;
    case Kind::mx: prefetch_hosts(job, {*target, dns::Type::mx}); break;
    default: break;
    }
}

/// Starts what the record's terms need, up to one that ends it.
void prefetch_terms(const JobPtr& job, const Record& record, const dns::Name& domain, Level level) {
    for (const Term& term : record.terms) {
        if (job->terms >= max_terms_ahead) return;
        if (term.kind == Kind::all && term.qualifier == Qualifier::fail && level == Level::own)
            prefetch_explanation(job, record, domain);
        if (ends_here(term, job->query)) return;
        if (term.kind != Kind::redirect) prefetch_term(job, term, domain, level);
    }
    if (const Term* redirect = record.modifier(Kind::redirect))
        prefetch_term(job, *redirect, domain, level); // it counts last, wherever it stands
}

/// From one level to the next by way of an answer: Job::take() bounds how deep that goes.
void prefetch_record(const JobPtr& job, const dns::Name& domain, Level level) { // NOLINT(misc-no-recursion)
    job->policies.prefetch(domain, [job, domain, level](const PolicyPtr& policy) {
        if (policy->has_record() && policy->record.is_valid)
            prefetch_terms(job, policy->record, domain, level);
    });
}

} // namespace

void prefetch(Policies& policies, const Query& query) {
    const auto domain = dns::Name::from_text(query.domain);
    if (domain && domain->label_count() >= 2)
        prefetch_record(std::make_shared<Job>(Job{policies, query}), *domain, Level::own);
}

} // namespace relaytool::spf
