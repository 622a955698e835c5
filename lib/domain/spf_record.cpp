#include "domain/spf_record.hpp"

#include <algorithm>

namespace relaytool::domain {

bool SpfRecord::sends_nothing() const {
    const spf::Policy& policy = *tree.root().policy;
    if (!policy.has_record() || !policy.record.is_valid || policy.record.all() == nullptr) return false;
    return std::all_of(policy.record.terms.begin(), policy.record.terms.end(), [](const spf::Term& term) {
        return !term.is_mechanism() ||
               (term.kind == spf::Kind::all && term.qualifier == spf::Qualifier::fail);
    });
}

bool SpfRecord::names_senders() const {
    const auto is_sender = [](const spf::Term& term) {
        if (term.kind == spf::Kind::redirect) return true;
        const bool is_meant = term.is_mechanism() || term.kind == spf::Kind::bad; // a misspelt one counts
        return is_meant && term.kind != spf::Kind::all && term.qualifier != spf::Qualifier::fail;
    };
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
        const spf::Record record = spf::read_record(text);
        return std::any_of(record.terms.begin(), record.terms.end(), is_sender);
    });
}

bool SpfRecord::includes(const spf::Provider& provider) const {
    const spf::Node& root = tree.root();
    return std::any_of(root.branches.begin(), root.branches.end(), [&](const spf::Branch& branch) {
        const spf::Term& term = tree.term(root, branch);
        const bool leads_on = term.kind == spf::Kind::include || term.kind == spf::Kind::redirect;
        return leads_on && term.qualifier != spf::Qualifier::fail && branch.target &&
               spf::provider_by_include(*branch.target) == &provider;
    });
}

void prefetch_spf(dns::Cache& cache, const dns::Name& domain) {
    cache.prefetch({domain, dns::Type::txt});
}

SpfRecord look_at_spf(dns::Cache& cache, const dns::Name& domain) {
    SpfRecord found;
    found.records = look_at_text(cache, domain);
    for (const std::string& text : found.records.texts)
        if (spf::is_record(text)) found.texts.push_back(text);
    spf::Policies policies(cache);
    found.tree = spf::walk(policies, domain);
    found.issues = spf::lint(found.tree, {cache.query({domain, dns::Type::mx}), nullptr});
    return found;
}

} // namespace relaytool::domain
