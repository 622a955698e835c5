#include "report/json.hpp"
#include "report/spf.hpp"
#include "spf/provider.hpp"
#include "spf/received.hpp"

#include <utility>

namespace relaytool::report {
namespace {

using spf::Branch;
using spf::Node;
using spf::Term;

constexpr std::string_view schema = "relaytool/spf/1";

Json strings(const std::vector<std::string>& texts) {
    Json array = Json::array();
    for (const std::string& text : texts)
        array.push_back(text);
    return array;
}

Json findings_json(const std::vector<diagnosis::Finding>& findings) {
    Json array = Json::array();
    for (const diagnosis::Finding& finding : findings)
        array.push_back(to_json(finding));
    return array;
}

Json networks_json(const std::vector<ip::Network>& networks) {
    Json array = Json::array();
    for (const ip::Network& network : networks)
        array.push_back(ip::to_string(network));
    return array;
}

std::string_view qualifier_name(spf::Qualifier qualifier) {
    switch (qualifier) {
    case spf::Qualifier::pass: return "pass";
    case spf::Qualifier::fail: return "fail";
    case spf::Qualifier::softfail: return "softfail";
    case spf::Qualifier::neutral: return "neutral";
    }
    return "";
}

Json term_json(const Term& term) {
    Json json = object_of(12);
    add(json, "term", term.text);
    add(json, "mechanism", std::string(to_string(term.kind)));
    add(json, "qualifier",
        term.is_mechanism() ? Json(std::string(qualifier_name(term.qualifier))) : Json(nullptr));
    return json;
}

Json branch_json(const spf::Tree& tree, const Node& node, const Branch& branch, std::vector<Json>& below) {
    Json json = term_json(tree.term(node, branch));
    add(json, "target", branch.target ? Json(branch.target->text()) : Json(nullptr));
    add(json, "lookups", branch.lookups);
    add(json, "void_lookups", branch.voids4);
    if (!branch.networks.empty()) add(json, "networks", networks_json(branch.networks));
    if (branch.target)
        if (const spf::Provider* provider = spf::provider_by_include(*branch.target))
            if (branch.node != spf::no_node) add(json, "provider", std::string(provider->name));
    if (branch.is_loop) add(json, "loop", true);
    if (branch.is_left_out) add(json, "left_out", true);
    if (branch.is_unreachable) add(json, "unreachable", true);
    if (branch.node != spf::no_node) add(json, "below", std::move(below[branch.node]));
    return json;
}

Json tree_json(const spf::Tree& tree) {
    std::vector<Json> done(tree.nodes.size());
    for (std::size_t i = tree.nodes.size(); i-- > 0;) { // children stand behind their parents
        const Node& node = tree.nodes[i];
        Json json = object_of(6);
        add(json, "domain", node.domain.text());
        add(json, "status", std::string(to_string(node.policy->answer->status)));
        add(json, "record", node.policy->records == 0 ? Json(nullptr) : Json(node.policy->record.text));
        add(json, "lookups", node.lookups);
        add(json, "void_lookups", node.voids4);
        Json terms = Json::array();
        for (const Branch& branch : node.branches)
            terms.push_back(branch_json(tree, node, branch, done));
        add(json, "terms", std::move(terms));
        done[i] = std::move(json);
    }
    return std::move(done.front());
}

/// The terms that were looked at, nested as the records include each other.
class VisitedTree {
public:
    Json make(const std::vector<spf::Visit>& visits) {
        for (const spf::Visit& visit : visits)
            add_visit(visit);
        while (open_.size() > 1)
            close();
        return open_.empty() ? Json(nullptr) : std::move(open_.front().json);
    }

private:
    struct Open {
        unsigned depth;
        bool ends_in_redirect;
        Json json;
    };

    void add_visit(const spf::Visit& visit) {
        while (!open_.empty() && open_.back().depth > visit.depth)
            close();
        // What a redirect leads to has its depth, and stands below the term that led there all the same.
        const bool is_new =
            open_.empty() || open_.back().depth < visit.depth || open_.back().ends_in_redirect;
        if (is_new) {
            Json json = object_of(3);
            add(json, "domain", visit.policy->domain.text());
            add(json, "record", visit.policy->record.text);
            add(json, "terms", Json::array());
            open_.push_back({visit.depth, false, std::move(json)});
        }
        open_.back().ends_in_redirect = visit.term->kind == spf::Kind::redirect;
        Json term = term_json(*visit.term);
        add(term, "matched", visit.matched);
        open_.back().json["terms"].push_back(std::move(term));
    }

    void close() {
        Json json = std::move(open_.back().json);
        open_.pop_back();
        add(open_.back().json["terms"].back(), "below", std::move(json));
    }

    std::vector<Open> open_;
};

Json check_json(const SpfCheck& result) {
    const spf::Check& check = result.check;
    Json json = object_of(16);
    add(json, "domain", check.query.domain);
    add(json, "ip", ip::to_string(check.query.ip));
    add(json, "identity", std::string(to_string(check.query.identity)));
    add(json, "sender", check.query.sender_local + "@" + check.query.sender_domain);
    add(json, "helo", text_or_null(check.query.helo));
    add(json, "result", std::string(to_string(check.verdict)));
    add(json, "explanation", text_or_null(check.explanation));
    add(json, "mechanism", text_or_null(check.mechanism()));
    add(json, "path", strings(check.path));
    add(json, "lookups", check.lookups);
    add(json, "void_lookups", check.void_lookups);
    add(json, "received_spf", spf::received_field(check));
    add(json, "finding", result.finding.id);
    return json;
}

Json document(std::string_view domain, const std::string& record) {
    Json json = object_of(16);
    add(json, "schema", std::string(schema));
    add(json, "domain", std::string(domain));
    add(json, "record", text_or_null(record));
    return json;
}

Json suggestion_json(const spf::Suggestion& suggestion) {
    Json records = Json::array();
    for (const spf::Publication& publication : suggestion.records) {
        Json json = object_of(3);
        add(json, "name", publication.name);
        add(json, "record", publication.text);
        add(json, "strings", strings(publication.strings()));
        records.push_back(std::move(json));
    }
    return records;
}

std::string_view why_name(spf::Why why) {
    switch (why) {
    case spf::Why::stays: return "stays";
    case spf::Why::second_record: return "second-record";
    case spf::Why::wanted: return "wanted";
    case spf::Why::evidence: return "evidence";
    case spf::Why::spelling: return "spelling";
    case spf::Why::replaced: return "replaced";
    case spf::Why::not_listed: return "not-listed";
    case spf::Why::duplicate: return "duplicate";
    case spf::Why::contained: return "contained";
    case spf::Why::behind_all: return "behind-all";
    case spf::Why::dead: return "dead";
    case spf::Why::broken: return "broken";
    case spf::Why::too_many: return "too-many";
    case spf::Why::ptr: return "ptr";
    case spf::Why::everyone: return "everyone";
    case spf::Why::not_public: return "not-public";
    case spf::Why::meaningless: return "meaningless";
    case spf::Why::unreadable: return "unreadable";
    case spf::Why::limit: return "limit";
    case spf::Why::policy: return "policy";
    }
    return "";
}

} // namespace

std::string spf_record_json(const SpfRecord& record) {
    const Node& root = record.tree.root();
    Json json = document(root.domain.text(), root.policy->record.text);
    add(json, "result", nullptr);
    add(json, "explanation", nullptr);
    add(json, "checks", Json::array());
    add(json, "tree", tree_json(record.tree));
    add(json, "lookups", root.lookups);
    add(json, "void_lookups", root.voids4);
    add(json, "suggested",
        record.suggestion.is_better() ? suggestion_json(record.suggestion) : Json::array());
    add(json, "findings", findings_json(record.findings));
    return dump(json) + '\n';
}

std::string spf_check_json(const SpfCheck& check) {
    return dump(check_json(check));
}

std::string_view spf_checks_json_begin() {
    return "{\"schema\":\"relaytool/spf/1\",\"checks\":[";
}
std::string_view spf_checks_json_end() {
    return "]}\n";
}

std::string spf_checks_json(const std::vector<SpfCheck>& checks) {
    const spf::Check& first = checks.front().check;
    Json json = document(first.query.domain, first.record);
    add(json, "result", std::string(to_string(first.verdict)));
    add(json, "explanation", text_or_null(first.explanation));
    Json array = Json::array();
    Json findings = Json::array();
    for (const SpfCheck& check : checks) {
        array.push_back(check_json(check));
        findings.push_back(to_json(check.finding));
    }
    add(json, "checks", std::move(array));
    add(json, "tree", VisitedTree().make(first.visits));
    add(json, "lookups", first.lookups);
    add(json, "void_lookups", first.void_lookups);
    add(json, "suggested", Json::array());
    add(json, "findings", std::move(findings));
    return dump(json) + '\n';
}

std::string spf_suggestion_json(const spf::Tree& tree, const spf::Suggestion& suggestion,
                                const std::vector<diagnosis::Finding>& findings) {
    Json json = document(tree.root().domain.text(), suggestion.today);
    add(json, "suggested", suggestion.is_usable() ? suggestion_json(suggestion) : Json::array());
    add(json, "lookups", suggestion.lookups_before);
    add(json, "lookups_after", suggestion.lookups_after);
    Json changes = Json::array();
    for (const spf::Change& change : suggestion.changes) {
        Json entry = object_of(4);
        add(entry, "before", text_or_null(change.before));
        add(entry, "after", text_or_null(change.after));
        add(entry, "why", std::string(why_name(change.why)));
        add(entry, "about", text_or_null(change.subject));
        add(entry, "lookups", change.lookups);
        changes.push_back(std::move(entry));
    }
    add(json, "changes", std::move(changes));
    add(json, "written_out", strings(suggestion.stale));
    add(json, "findings", findings_json(findings));
    return dump(json) + '\n';
}

std::string spf_sources_json(const spf::Tree& tree, const spf::Sources& sources) {
    Json json = document(tree.root().domain.text(), tree.root().policy->record.text);
    add(json, "networks", networks_json(sources.pass.networks()));
    Json open = Json::array();
    for (const spf::Sources::Open& place : sources.open) {
        const Node& node = tree.nodes[place.node];
        Json entry = object_of(2);
        add(entry, "domain", node.domain.text());
        add(entry, "term", tree.term(node, node.branches[place.branch]).text);
        open.push_back(std::move(entry));
    }
    add(json, "not_listed", std::move(open));
    add(json, "complete", sources.is_complete && sources.open.empty());
    return dump(json) + '\n';
}

} // namespace relaytool::report
