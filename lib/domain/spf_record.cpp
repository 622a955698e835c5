#include "domain/spf_record.hpp"

#include "base/ascii.hpp"
#include "domain/tags.hpp"

#include <algorithm>

namespace relaytool::domain {

bool SpfRecord::sends_nothing() const {
    const std::string* text = only();
    return text != nullptr && ascii::iequals(ascii::fold_space(*text), "v=spf1 -all");
}

bool SpfRecord::names_senders() const {
    const auto is_sender = [](std::string_view term) {
        if (ascii::istarts_with(term, "redirect=")) return true;
        if (term.starts_with('-') || ascii::istarts_with(term, "v=") || ascii::istarts_with(term, "exp="))
            return false;
        if (!term.empty() && std::string_view{"+?~"}.find(term.front()) != std::string_view::npos)
            term.remove_prefix(1);
        return !ascii::iequals(term, "all");
    };
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
        const std::vector<std::string> terms = read_list(text, ' ');
        return std::any_of(terms.begin(), terms.end(), is_sender);
    });
}

bool SpfRecord::may_include(std::string_view prefix) const {
    const std::string* text = only();
    if (text == nullptr) return false;
    const std::vector<std::string> terms = read_list(*text, ' ');
    return std::any_of(terms.begin(), terms.end(), [&](std::string_view term) {
        if (!term.empty() && std::string_view{"+?~"}.find(term.front()) != std::string_view::npos)
            term.remove_prefix(1);
        const bool redirect = ascii::istarts_with(term, "redirect=");
        if (!redirect && !ascii::istarts_with(term, "include:")) return false;
        const std::string_view target = term.substr(redirect ? 9 : 8);
        if (ascii::istarts_with(target, prefix)) return true;
        const auto name = dns::Name::from_text(target);
        return redirect || (name && name->is_within(records.name));
    });
}

bool SpfRecord::has_microsoft_proof() const {
    return std::any_of(records.texts.begin(), records.texts.end(),
                       [](const std::string& text) { return ascii::istarts_with(text, "MS=ms"); });
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
