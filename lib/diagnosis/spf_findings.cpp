#include "diagnosis/spf_findings.hpp"

#include "diagnosis/check.hpp"
#include "spf/provider.hpp"

#include <fmt/format.h>

namespace relaytool::diagnosis {
namespace {

using spf::Problem;
using spf::Reason;
using spf::Verdict;

std::string join(const std::vector<std::string>& words, std::string_view between) {
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : std::string(between)) + word;
    return out;
}

/// How a look-up went wrong, in words.
std::string detail_of(const dns::AnswerPtr& answer) {
    if (!answer) return "no answer in time";
    if (!answer->detail.empty()) return answer->detail;
    return answer->status == dns::Status::timeout ? "no answer in time"
                                                  : "the server answered with a failure";
}

/// Why a check ended in a permanent error.
std::string_view words_for(Reason reason) {
    switch (reason) {
    case Reason::many_records: return "there is more than one SPF record";
    case Reason::syntax: return "a term that SPF does not know";
    case Reason::too_many_lookups: return "more than 10 DNS look-ups";
    case Reason::too_many_voids: return "more than 2 look-ups that find nothing";
    case Reason::too_many_hosts: return "an mx with more than 10 hosts";
    case Reason::include_none: return "an include or redirect that leads to no record";
    case Reason::out_of_time: return "more than 20 seconds of waiting";
    default: return "the DNS does not answer";
    }
}

/// The provider whose include a check went through, if it shares its servers.
const spf::Provider* shared_on_way(const spf::Check& check) {
    for (const std::string& term : check.path) {
        const spf::Record record = spf::read_record("v=spf1 " + term);
        if (record.terms.empty() || record.terms.front().kind != spf::Kind::include) continue;
        const auto name = dns::Name::from_text(term.substr(term.find(':') + 1));
        const spf::Provider* provider = name ? spf::provider_by_include(*name) : nullptr;
        if (provider != nullptr && provider->sharing != spf::Sharing::mailboxes) return provider;
    }
    return nullptr;
}

std::string_view row_of(const spf::Check& check, const spf::Provider* shared, const spf::Provider* owner) {
    const bool denied = check.verdict == Verdict::fail || check.verdict == Verdict::softfail ||
                        check.verdict == Verdict::neutral;
    if (denied && owner != nullptr && !owner->includes.front().empty()) return "spf-check-provider-missing";
    switch (check.verdict) {
    case Verdict::pass: return shared != nullptr ? "spf-check-pass-shared" : "spf-check-pass";
    case Verdict::fail: return "spf-check-fail";
    case Verdict::softfail: return "spf-check-softfail";
    case Verdict::neutral: return "spf-check-neutral";
    case Verdict::permerror: return "spf-check-invalid";
    case Verdict::temperror: return "spf-check-dns-failure";
    case Verdict::none: break;
    }
    if (check.reason == Reason::bad_domain) return "spf-check-bad-domain";
    return check.reason == Reason::no_domain ? "spf-no-domain" : "spf-check-no-record";
}

} // namespace

std::string_view id_of(Problem problem) {
    switch (problem) {
    case Problem::no_domain: return "spf-no-domain";
    case Problem::no_record: return "spf-no-record";
    case Problem::no_record_no_mail: return "spf-no-record-parked";
    case Problem::almost_a_record: return "spf-almost-a-record";
    case Problem::two_records: return "spf-two-records";
    case Problem::dns_failure: return "spf-dns-failure";
    case Problem::unknown_mechanism: return "spf-unknown-mechanism";
    case Problem::missing_argument: return "spf-missing-argument";
    case Problem::bad_argument: return "spf-bad-name";
    case Problem::bad_address: return "spf-bad-address";
    case Problem::bad_prefix: return "spf-bad-prefix";
    case Problem::bad_character: return "spf-bad-character";
    case Problem::bad_macro: return "spf-bad-macro";
    case Problem::extra_argument: return "spf-extra-argument";
    case Problem::double_modifier: return "spf-modifier-twice";
    case Problem::too_many_lookups: return "spf-too-many-lookups";
    case Problem::near_lookup_limit: return "spf-near-lookup-limit";
    case Problem::void_lookups: return "spf-void-lookups";
    case Problem::void_lookups_ipv6: return "spf-void-lookups-ipv6";
    case Problem::no_address: return "spf-no-address";
    case Problem::too_many_hosts: return "spf-too-many-hosts";
    case Problem::include_missing: return "spf-include-missing";
    case Problem::include_broken: return "spf-include-broken";
    case Problem::include_unknown: return "spf-include-unknown";
    case Problem::loop: return "spf-loop";
    case Problem::plus_all: return "spf-plus-all";
    case Problem::neutral_all: return "spf-neutral-all";
    case Problem::no_all: return "spf-no-all";
    case Problem::after_all: return "spf-after-all";
    case Problem::redirect_with_all: return "spf-redirect-with-all";
    case Problem::ptr: return "spf-ptr";
    case Problem::everyone: return "spf-everyone";
    case Problem::wide_range: return "spf-wide-range";
    case Problem::private_range: return "spf-private-address";
    case Problem::duplicate: return "spf-duplicate";
    case Problem::contained: return "spf-contained";
    case Problem::modifier_typo: return "spf-modifier-typo";
    case Problem::unknown_modifier: return "spf-unknown-modifier";
    case Problem::broken_explanation: return "spf-broken-explanation";
    case Problem::upper_case: return "spf-upper-case";
    case Problem::old_type: return "spf-old-type";
    case Problem::sender_id: return "spf-sender-id";
    case Problem::too_long: return "spf-too-long";
    case Problem::split_in_word: return "spf-split-in-word";
    case Problem::too_big_to_walk: return "spf-tree-cut";
    case Problem::microsoft_missing: return "spf-microsoft-missing";
    case Problem::google_missing: return "spf-google-missing";
    case Problem::retired: return "spf-retired-include";
    case Problem::shared_isp: return "spf-shared-isp";
    case Problem::shared_hosting: return "spf-shared-hosting";
    case Problem::shared_bulk: return "spf-shared-bulk";
    }
    return "";
}

std::vector<Finding> findings_of(const spf::Tree& tree, const std::vector<spf::Issue>& issues) {
    std::vector<Finding> findings;
    for (const spf::Issue& issue : issues) {
        const Values values{
            {"domain", tree.root().domain.text()},
            {"term", issue.term},
            {"subject", issue.subject},
            {"target", issue.subject},
            {"correction", issue.subject},
            {"count", fmt::format("{}", issue.count)},
            {"list", join(issue.all, ", ")},
            {"detail", detail_of(tree.nodes[issue.node].policy->answer)},
        };
        std::vector<std::string> evidence = tree.path_to(issue.node);
        if (!issue.term.empty()) evidence.push_back(issue.term);
        findings.push_back(finding_of(id_of(issue.problem), values, join(evidence, " > ")));
    }
    return findings;
}

Finding finding_of(const spf::Check& check) {
    const spf::Provider* shared = check.verdict == Verdict::pass ? shared_on_way(check) : nullptr;
    const spf::Provider* owner = spf::provider_by_address(check.query.ip);
    const std::string term = check.path.empty() ? "the end of the record" : check.path.front();
    Values values{
        {"domain", check.query.domain},
        {"ip", ip::to_string(check.query.ip)},
        {"term", term},
        {"detail", std::string(words_for(check.reason))},
    };
    if (shared != nullptr) {
        values.emplace_back("subject", shared->name);
    } else if (check.verdict != Verdict::pass && owner != nullptr && check.verdict != Verdict::temperror) {
        values.emplace_back("subject", owner->name);
        values.emplace_back("include", fmt::format("include:{}", owner->includes.front()));
        values.emplace_back("provider", owner->id);
    } else {
        values.emplace_back("subject", check.at);
    }
    std::vector<std::string> evidence{check.query.domain};
    evidence.insert(evidence.end(), check.path.begin(), check.path.end());
    return finding_of(row_of(check, shared, owner), values, join(evidence, " > "));
}

} // namespace relaytool::diagnosis
