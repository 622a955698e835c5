#include "base/ip.hpp"
#include "report/domain.hpp"
#include "report/json.hpp"

namespace relaytool::report {
namespace {

using diagnosis::DomainVerdict;
using domain::Facts;

Json name_or_null(const dns::Name& name) {
    return name.is_root() ? Json(nullptr) : Json(domain::lower_text(name));
}

Json names_of(const std::vector<dns::Name>& names) {
    return array_of(names, [](const dns::Name& name) { return domain::lower_text(name); });
}

Json addresses_of(const std::vector<ip::Address>& addresses) {
    return array_of(addresses, [](const ip::Address& address) { return ip::to_string(address); });
}

std::string status_of(dns::Status status) {
    return std::string(to_string(status));
}

std::string_view word_for(domain::MxOwner owner) {
    switch (owner) {
    case domain::MxOwner::microsoft: return "microsoft";
    case domain::MxOwner::microsoft_dnssec: return "microsoft-dnssec";
    case domain::MxOwner::microsoft_retired: return "microsoft-retired";
    case domain::MxOwner::google: return "google";
    case domain::MxOwner::other: break;
    }
    return "other";
}

Json mx_json(const domain::Mx& mx) {
    Json json = object_of(4);
    add(json, "status", status_of(mx.status));
    add(json, "null_mx", mx.null_mx);
    add(json, "hosts", array_of(mx.hosts, [](const domain::MxHost& host) {
            Json one = object_of(5);
            add(one, "preference", host.preference);
            add(one, "name", domain::lower_text(host.name));
            add(one, "owner", std::string(word_for(host.owner)));
            add(one, "alias_of", name_or_null(host.alias_of));
            add(one, "addresses", addresses_of(host.addresses));
            return one;
        }));
    add(json, "own_addresses", addresses_of(mx.own_addresses));
    return json;
}

Json spf_json(const domain::SpfRecord& spf) {
    Json json = object_of(4);
    add(json, "status", status_of(spf.records.status));
    add(json, "records", spf.texts);
    add(json, "lookups", spf.tree.root().lookups);
    add(json, "void_lookups", spf.tree.root().voids4);
    return json;
}

std::string_view word_for(domain::DkimTarget target) {
    switch (target) {
    case domain::DkimTarget::none: return "";
    case domain::DkimTarget::other: return "other";
    case domain::DkimTarget::microsoft_old: return "microsoft-old";
    case domain::DkimTarget::microsoft_new: return "microsoft-new";
    }
    return "";
}

std::string_view word_for(domain::SelectorOrigin origin) {
    switch (origin) {
    case domain::SelectorOrigin::wanted: return "wanted";
    case domain::SelectorOrigin::probed: return "probed";
    case domain::SelectorOrigin::wildcard: return "wildcard";
    }
    return "";
}

Json key_json(const domain::DkimKey& key) {
    Json json = object_of(7);
    add(json, "record", key.text);
    add(json, "type", key.type);
    add(json, "bits", key.bits == 0 ? Json(nullptr) : Json(key.bits));
    add(json, "fault",
        key.fault == domain::KeyFault::none ? Json(nullptr) : Json(std::string(to_string(key.fault))));
    add(json, "testing", key.testing);
    add(json, "strict", key.strict);
    add(json, "sha1_only", key.sha1_only);
    return json;
}

Json selector_json(const domain::DkimSelector& selector) {
    Json json = object_of(7);
    add(json, "selector", selector.selector);
    add(json, "origin", std::string(word_for(selector.origin)));
    add(json, "name", domain::lower_text(selector.records.name));
    add(json, "status", status_of(selector.records.status));
    add(json, "aliases", names_of(selector.records.aliases));
    add(json, "target", text_or_null(word_for(selector.target)));
    add(json, "keys", array_of(selector.keys, key_json));
    return json;
}

Json policy_or_null(const std::optional<domain::Policy>& policy) {
    return policy ? Json(std::string(to_string(*policy))) : Json(nullptr);
}

Json destinations_json(const domain::Dmarc& dmarc, std::string_view tag) {
    Json array = Json::array();
    for (const domain::ReportDestination& destination : dmarc.destinations) {
        if (destination.tag != tag) continue;
        Json json = object_of(4);
        add(json, "uri", destination.address.text);
        add(json, "address", text_or_null(destination.address.address));
        add(json, "authorisation", std::string(to_string(destination.authorisation)));
        add(json, "record", name_or_null(destination.record));
        array.push_back(std::move(json));
    }
    return array;
}

Json dmarc_json(const domain::Dmarc& dmarc) {
    Json json = object_of(18);
    add(json, "status", status_of(dmarc.own().records.status));
    const domain::DmarcRecord* record = dmarc.record();
    add(json, "record", record == nullptr ? Json(nullptr) : Json(record->text));
    add(json, "record_of",
        record == nullptr ? Json(nullptr) : name_or_null(dmarc.levels[*dmarc.source].domain));
    add(json, "organisation", name_or_null(dmarc.organisation));
    add(json, "policy", policy_or_null(dmarc.policy));
    if (record == nullptr) return json;
    add(json, "p", policy_or_null(record->p));
    add(json, "sp", policy_or_null(record->sp));
    add(json, "np", policy_or_null(record->np));
    add(json, "psd", std::string(1, record->psd));
    add(json, "testing", record->testing);
    add(json, "pct", record->pct ? Json(*record->pct) : Json(nullptr));
    add(json, "adkim", std::string(to_string(record->adkim)));
    add(json, "aspf", std::string(to_string(record->aspf)));
    add(json, "rua", destinations_json(dmarc, "rua"));
    add(json, "ruf", destinations_json(dmarc, "ruf"));
    return json;
}

Json sts_policy_json(const domain::StsPolicy& policy) {
    Json json = object_of(4);
    add(json, "mode", std::string(to_string(policy.mode)));
    add(json, "mx", policy.mx);
    add(json, "max_age", policy.max_age);
    add(json, "fault",
        policy.fault == domain::StsPolicyFault::none ? Json(nullptr)
                                                     : Json(std::string(to_string(policy.fault))));
    return json;
}

Json mta_sts_json(const domain::MtaSts& sts) {
    Json json = object_of(9);
    add(json, "status", status_of(sts.records.status));
    add(json, "records", sts.texts);
    add(json, "id", text_or_null(sts.id));
    add(json, "fetch", std::string(to_string(sts.fetch)));
    add(json, "url", sts.is_wanted() ? Json(sts.url) : Json(nullptr));
    add(json, "http_status", sts.status == 0 ? Json(nullptr) : Json(sts.status));
    add(json, "error", text_or_null(sts.why));
    add(json, "policy", sts.policy ? sts_policy_json(*sts.policy) : Json(nullptr));
    add(json, "uncovered", sts.uncovered);
    return json;
}

Json tls_rpt_json(const domain::TlsRpt& report) {
    Json json = object_of(3);
    add(json, "status", status_of(report.records.status));
    add(json, "records", report.texts);
    add(json, "rua", report.rua);
    return json;
}

Json bimi_json(const domain::Bimi& bimi) {
    Json json = object_of(4);
    add(json, "status", status_of(bimi.records.status));
    add(json, "records", bimi.texts);
    add(json, "logo", text_or_null(bimi.logo));
    add(json, "certificate", text_or_null(bimi.evidence));
    return json;
}

Json dane_json(const domain::Dane& dane) {
    Json json = object_of(2);
    add(json, "domain_signed", dane.domain_is_signed);
    add(json, "hosts", array_of(dane.hosts, [](const domain::DaneHost& host) {
            Json one = object_of(4);
            add(one, "host", domain::lower_text(host.host));
            add(one, "signed", host.is_signed);
            add(one, "tlsa", host.records.size());
            add(one, "usable", host.usable);
            return one;
        }));
    return json;
}

Json office_json(const domain::OfficeRecord& record) {
    Json json = object_of(5);
    add(json, "name", domain::lower_text(record.name));
    add(json, "type", dns::to_string(record.expected->type));
    add(json, "expected", text_or_null(record.expected->text));
    add(json, "found", text_or_null(record.found));
    add(json, "right", record.is_right);
    return json;
}

Json address_json(const domain::SendingAddress& address) {
    Json json = object_of(5);
    add(json, "ip", ip::to_string(address.address));
    add(json, "status", status_of(address.status));
    add(json, "names", names_of(address.names));
    add(json, "confirmed", names_of(address.confirmed));
    add(json, "spf", std::string(to_string(address.spf)));
    return json;
}

Json record_json(const diagnosis::CheckedRecord& record) {
    Json json = object_of(7);
    add(json, "record", record.record);
    add(json, "name", record.name);
    add(json, "type", record.type);
    add(json, "expected", text_or_null(record.expected));
    add(json, "found", text_or_null(record.found));
    add(json, "verdict", std::string(to_string(record.verdict)));
    add(json, "finding", text_or_null(record.finding));
    return json;
}

std::string_view word_for(domain::ExpectSource source) {
    switch (source) {
    case domain::ExpectSource::asked: return "asked";
    case domain::ExpectSource::mx: return "mx";
    case domain::ExpectSource::proof: return "ms-record";
    case domain::ExpectSource::spf: return "spf";
    case domain::ExpectSource::null_mx: return "null-mx";
    case domain::ExpectSource::no_reason: return "none";
    }
    return "";
}

void add_facts(Json& json, const Facts& facts) {
    add(json, "mx", mx_json(facts.mx));
    add(json, "spf", spf_json(facts.spf));
    add(json, "dkim", array_of(facts.dkim, selector_json));
    add(json, "dmarc", dmarc_json(facts.dmarc));
    add(json, "mta_sts", mta_sts_json(facts.mta_sts));
    add(json, "tls_rpt", tls_rpt_json(facts.tls_rpt));
    add(json, "bimi", bimi_json(facts.bimi));
    add(json, "dane", dane_json(facts.dane));
    add(json, "office", array_of(facts.office, office_json));
    add(json, "addresses", array_of(facts.addresses, address_json));
}

void add_verdict(Json& json, const DomainVerdict& verdict) {
    add(json, "domain", domain::lower_text(verdict.facts.domain));
    add(json, "expect", std::string(to_string(verdict.facts.expect)));
    add(json, "expect_source", std::string(word_for(verdict.facts.expect_source)));
    add(json, "verdict", verdict.could_not_tell ? "unknown" : verdict.is_good() ? "ok" : "bad");
    add(json, "errors", verdict.count(diagnosis::Severity::error));
    add(json, "warnings", verdict.count(diagnosis::Severity::warning));
    add(json, "records", array_of(verdict.records, record_json));
    add_facts(json, verdict.facts);
    add(json, "findings", array_of(verdict.findings, [](const diagnosis::Finding& f) { return to_json(f); }));
}

constexpr std::string_view schema = "relaytool/domain/1";

} // namespace

std::string domain_json(const DomainVerdict& verdict) {
    Json json = object_of(20);
    add_verdict(json, verdict);
    return dump(json);
}

std::string domain_document(const DomainVerdict& verdict) {
    Json json = object_of(20);
    add(json, "schema", std::string(schema));
    add_verdict(json, verdict);
    return dump(json) + '\n';
}

std::string unusable_domain_json(std::string_view text, std::string_view why) {
    Json json = object_of(3);
    add(json, "domain", std::string(text));
    add(json, "verdict", "unusable");
    add(json, "error", std::string(why));
    return dump(json);
}

std::string_view domains_json_begin() {
    return "{\"schema\":\"relaytool/domain/1\",\"domains\":[";
}
std::string_view domains_json_end() {
    return "]}\n";
}

} // namespace relaytool::report
