#include "mail/date.hpp"
#include "report/headers.hpp"
#include "report/json.hpp"

namespace relaytool::report {
namespace {

using diagnosis::HeadersVerdict;
using route::Headers;

constexpr std::string_view schema = "relaytool/headers/1";

template <class T>
Json value_or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json address_or_null(const std::optional<ip::Address>& address) {
    return address ? Json(ip::to_string(*address)) : Json(nullptr);
}

Json time_or_null(const std::optional<std::int64_t>& time) {
    return time ? Json(mail::to_rfc3339(*time)) : Json(nullptr);
}

Json people_json(const std::vector<mail::Mailbox>& mailboxes) {
    return array_of(mailboxes, [](const mail::Mailbox& mailbox) {
        Json one = object_of(2);
        add(one, "name", text_or_null(mailbox.name));
        add(one, "address", mailbox.address);
        return one;
    });
}

Json hop_json(const route::Hop& hop, std::size_t number) {
    const route::Received& received = hop.received;
    Json from = object_of(3);
    add(from, "helo", text_or_null(received.helo));
    add(from, "host", text_or_null(received.host));
    add(from, "ip", address_or_null(received.ip));
    Json by = object_of(2);
    add(by, "host", text_or_null(received.by));
    add(by, "ip", address_or_null(received.by_ip));
    Json json = object_of(25);
    add(json, "number", number);
    add(json, "from", std::move(from));
    add(json, "by", std::move(by));
    add(json, "with", text_or_null(received.with));
    add(json, "via", text_or_null(received.via));
    add(json, "tls", text_or_null(received.tls));
    add(json, "cipher", text_or_null(received.cipher));
    add(json, "encrypted", received.encrypted);
    add(json, "authenticated", received.authenticated);
    add(json, "user", text_or_null(received.user));
    add(json, "local", received.local);
    add(json, "account", text_or_null(received.account));
    add(json, "id", text_or_null(received.id));
    add(json, "for", text_or_null(received.for_));
    add(json, "sender", text_or_null(received.sender));
    add(json, "date", text_or_null(received.date));
    add(json, "time", time_or_null(received.time));
    add(json, "delay", value_or_null(hop.delay));
    add(json, "clock", std::string(to_string(hop.clock)));
    add(json, "clock_off", hop.clock_off);
    add(json, "trust", std::string(to_string(hop.trust)));
    add(json, "software", std::string(to_string(received.software)));
    add(json, "carrier", hop.carrier ? Json(std::string(hop.carrier->name)) : Json(nullptr));
    add(json, "microsoft",
        hop.microsoft == route::MicrosoftHost::none ? Json(nullptr)
                                                    : Json(std::string(to_string(hop.microsoft))));
    add(json, "text", hop.text);
    return json;
}

Json hops_json(const route::Route& route) {
    Json array = Json::array();
    for (std::size_t i = 0; i < route.hops.size(); ++i)
        array.push_back(hop_json(route.hops[i], i + 1));
    return array;
}

/// Hops are counted from 1 in JSON, as in the text.
Json number_or_null(const std::optional<std::size_t>& index) {
    return index ? Json(*index + 1) : Json(nullptr);
}

Json origin_json(const diagnosis::Origin& origin) {
    Json json = object_of(9);
    add(json, "verdict", std::string(to_string(origin.kind)));
    add(json, "through",
        origin.through == diagnosis::OriginKind::unknown ? Json(nullptr)
                                                         : Json(std::string(to_string(origin.through))));
    add(json, "iis", origin.has_iis);
    add(json, "carrier", origin.carrier ? Json(std::string(origin.carrier->name)) : Json(nullptr));
    add(json, "host", text_or_null(origin.host));
    add(json, "sender", address_or_null(origin.sender));
    add(json, "hop", number_or_null(origin.hop));
    add(json, "claimed", origin.is_claimed);
    add(json, "evidence", array_of(origin.evidence, [](const diagnosis::OriginEvidence& evidence) {
            Json one = object_of(4);
            add(one, "field", evidence.field);
            add(one, "hop", number_or_null(evidence.hop));
            add(one, "text", text_or_null(evidence.text));
            add(one, "says", evidence.says);
            return one;
        }));
    return json;
}

Json results_json(const std::vector<route::MethodResult>& results) {
    return array_of(results, [](const route::MethodResult& result) {
        Json one = object_of(5);
        add(one, "method", result.method);
        add(one, "result", result.result);
        add(one, "reason", text_or_null(result.reason));
        add(one, "comment", text_or_null(result.comment));
        Json properties = Json::object();
        for (const route::Property& property : result.properties)
            properties[property.name] = property.value;
        add(one, "properties", std::move(properties));
        return one;
    });
}

Json signature_json(const dkim::Signature& signature) {
    Json json = object_of(11);
    add(json, "domain", text_or_null(signature.domain));
    add(json, "selector", text_or_null(signature.selector));
    add(json, "identity", text_or_null(signature.identity));
    add(json, "algorithm", text_or_null(signature.algorithm));
    add(json, "header_canon", std::string(to_string(signature.header_canon)));
    add(json, "body_canon", std::string(to_string(signature.body_canon)));
    add(json, "signed_fields", signature.signed_fields);
    add(json, "body_length", value_or_null(signature.body_length));
    add(json, "signed_at", time_or_null(signature.signed_at));
    add(json, "expires", time_or_null(signature.expires));
    add(json, "fault",
        signature.fault == dkim::SignatureFault::none ? Json(nullptr)
                                                      : Json(std::string(to_string(signature.fault))));
    return json;
}

Json verified_json(const route::Verification& verification) {
    Json json = object_of(4);
    Json spf(nullptr);
    if (verification.spf) {
        spf = object_of(6);
        add(spf, "result", std::string(spf::to_string(verification.spf->verdict)));
        add(spf, "ip", ip::to_string(verification.spf->query.ip));
        add(spf, "domain", verification.spf->query.domain);
        add(spf, "identity", std::string(to_string(verification.spf->query.identity)));
        add(spf, "record", text_or_null(verification.spf->record));
        add(spf, "aligned", verification.spf_aligned);
    }
    add(json, "spf", std::move(spf));
    Json signatures = Json::array();
    for (std::size_t i = 0; i < verification.dkim.size(); ++i) {
        const dkim::Verification& one = verification.dkim[i];
        Json signature = object_of(11);
        add(signature, "domain", text_or_null(one.signature.domain));
        add(signature, "selector", text_or_null(one.signature.selector));
        add(signature, "algorithm", text_or_null(one.signature.algorithm));
        add(signature, "outcome", std::string(to_string(one.outcome)));
        add(signature, "reason", std::string(to_string(one.reason)));
        add(signature, "detail", text_or_null(one.detail.empty() ? one.signature.fault_detail : one.detail));
        add(signature, "body_ok", one.body_ok);
        add(signature, "header_ok", one.header_ok);
        add(signature, "unsigned_octets", one.unsigned_octets);
        add(signature, "unsigned_copies", one.unsigned_copies);
        add(signature, "aligned", i < verification.dkim_aligned.size() && verification.dkim_aligned[i]);
        signatures.push_back(std::move(signature));
    }
    add(json, "dkim", std::move(signatures));
    Json dmarc(nullptr);
    if (verification.dmarc) {
        dmarc = object_of(4);
        const domain::DmarcRecord* const record = verification.dmarc->record();
        add(dmarc, "record", record ? Json(record->text) : Json(nullptr));
        add(dmarc, "policy",
            verification.dmarc->policy ? Json(std::string(to_string(*verification.dmarc->policy)))
                                       : Json(nullptr));
        add(dmarc, "pass", value_or_null(verification.dmarc_pass));
    }
    add(json, "dmarc", std::move(dmarc));
    return json;
}

Json spf_fields_json(const Headers& headers) {
    return array_of(headers.received_spf, [](const route::SpfField& field) {
        Json one = object_of(4);
        add(one, "result", text_or_null(field.spf.result));
        add(one, "comment", text_or_null(field.spf.comment));
        add(one, "own", field.is_own);
        Json pairs = Json::object();
        for (const route::Property& pair : field.spf.pairs)
            pairs[pair.name] = pair.value;
        add(one, "values", std::move(pairs));
        return one;
    });
}

Json arc_json(const Headers& headers) {
    return array_of(headers.arc, [](const route::ArcSet& set) {
        Json one = object_of(6);
        add(one, "instance", set.instance);
        add(one, "chain", text_or_null(set.chain));
        add(one, "sealer", text_or_null(set.sealer));
        add(one, "selector", text_or_null(set.selector));
        add(one, "server", text_or_null(set.results.server));
        add(one, "results", results_json(set.results.results));
        return one;
    });
}

Json authentication_json(const HeadersVerdict& verdict) {
    Json json = object_of(7);
    add(json, "lines", array_of(verdict.authentication, [](const diagnosis::AuthLine& line) {
            Json one = object_of(7);
            add(one, "method", line.method);
            add(one, "result", line.result);
            add(one, "domain", text_or_null(line.domain));
            add(one, "aligned", value_or_null(line.aligned));
            add(one, "says", text_or_null(line.says));
            add(one, "source", line.source);
            add(one, "severity", std::string(to_string(line.severity)));
            return one;
        }));
    add(json, "dmarc_pass", value_or_null(verdict.dmarc));
    add(json, "fields", array_of(verdict.headers.authentication, [](const route::AuthField& field) {
            Json one = object_of(4);
            add(one, "server", text_or_null(field.results.server));
            add(one, "own", field.is_own);
            add(one, "original", field.is_original);
            add(one, "results", results_json(field.results.results));
            return one;
        }));
    add(json, "received_spf", spf_fields_json(verdict.headers));
    add(json, "arc", arc_json(verdict.headers));
    add(json, "signatures", array_of(verdict.headers.signatures, signature_json));
    add(json, "verified", verdict.verification ? verified_json(*verdict.verification) : Json(nullptr));
    return json;
}

Json entries_json(const route::Entries& entries) {
    return array_of(entries.list, [](const route::Entry& entry) {
        Json one = object_of(2);
        add(one, "key", entry.key);
        add(one, "value", text_or_null(entry.value));
        return one;
    });
}

Json filter_json(const HeadersVerdict& verdict) {
    const route::Filter& filter = verdict.headers.filter;
    Json json = object_of(12);
    add(json, "placement", std::string(to_string(verdict.filter.placement)));
    add(json, "decided_by", text_or_null(verdict.filter.decided_by));
    add(json, "says", text_or_null(verdict.filter.says));
    add(json, "scl", value_or_null(filter.scl));
    add(json, "pcl", value_or_null(filter.pcl));
    add(json, "bcl", value_or_null(filter.bcl));
    add(json, "words", array_of(verdict.filter.words, [](const diagnosis::FilterWord& word) {
            Json one = object_of(3);
            add(one, "key", word.key);
            add(one, "value", word.value);
            add(one, "says", text_or_null(word.says));
            return one;
        }));
    add(json, "forefront", entries_json(filter.forefront));
    add(json, "forefront_untrusted", entries_json(filter.forefront_untrusted));
    add(json, "antispam", entries_json(filter.antispam));
    add(json, "delivery", entries_json(filter.delivery));
    add(json, "marks", array_of(filter.marks, [](const route::FilterMark& mark) {
            Json one = object_of(6);
            add(one, "product", std::string(to_string(mark.product)));
            add(one, "field", mark.field);
            add(one, "spam", value_or_null(mark.spam));
            add(one, "score", value_or_null(mark.score));
            add(one, "required", value_or_null(mark.required));
            add(one, "detail", text_or_null(mark.detail));
            return one;
        }));
    return json;
}

Json exchange_json(const route::Exchange& exchange) {
    Json json = object_of(10);
    add(json, "auth_as", text_or_null(exchange.auth_as));
    add(json, "auth_source", text_or_null(exchange.auth_source));
    add(json, "auth_mechanism", text_or_null(exchange.auth_mechanism));
    add(json, "directionality", text_or_null(exchange.directionality));
    add(json, "cross_tenant_auth_as", text_or_null(exchange.cross_auth_as));
    add(json, "cross_tenant_auth_source", text_or_null(exchange.cross_auth_source));
    add(json, "from_entity", text_or_null(exchange.from_entity));
    add(json, "tenant", text_or_null(exchange.tenant));
    add(json, "attributed_to", text_or_null(exchange.attributed));
    add(json, "originator_org", text_or_null(exchange.originator_org));
    return json;
}

Json message_json(const Headers& headers) {
    Json json = object_of(10);
    add(json, "from", people_json(headers.people.from));
    add(json, "reply_to", people_json(headers.people.reply_to));
    add(json, "sender", people_json(headers.people.sender));
    add(json, "to", people_json(headers.people.to));
    add(json, "return_path", value_or_null(headers.return_path));
    add(json, "delivered_to", text_or_null(headers.delivered_to));
    add(json, "subject", text_or_null(headers.subject));
    add(json, "message_id", text_or_null(headers.message_id));
    add(json, "date", text_or_null(headers.date));
    add(json, "time", time_or_null(headers.time));
    return json;
}

Json repair_json(const route::Repair& repair) {
    Json json = Json::array();
    const auto add_word = [&](bool was_done, const char* word) {
        if (was_done) json.push_back(word);
    };
    add_word(repair.indented, "indented");
    add_word(repair.quoted, "quoted");
    add_word(repair.unwrapped, "unwrapped");
    add_word(repair.split, "split");
    add_word(repair.spaced, "spaced");
    add_word(repair.decoded, "decoded");
    add_word(repair.led, "led");
    add_word(repair.led, "led");
    return json;
}

void add_verdict(Json& json, const HeadersVerdict& verdict) {
    const Headers& headers = verdict.headers;
    add(json, "message", message_json(headers));
    add(json, "hops", hops_json(headers.route));
    add(json, "border", number_or_null(headers.route.border));
    add(json, "seconds", value_or_null(headers.route.total));
    add(json, "origin", origin_json(verdict.origin));
    add(json, "authentication", authentication_json(verdict));
    add(json, "filter", filter_json(verdict));
    add(json, "exchange", headers.exchange.empty() ? Json(nullptr) : exchange_json(headers.exchange));
    add(json, "oddities", array_of(headers.oddities, [](const route::OddField& odd) {
            Json one = object_of(4);
            add(one, "oddity", std::string(to_string(odd.oddity)));
            add(one, "field", odd.field);
            add(one, "value", text_or_null(odd.value));
            add(one, "other", text_or_null(odd.other));
            return one;
        }));
    add(json, "repair", repair_json(headers.repair));
    add(json, "findings",
        array_of(verdict.findings, [](const diagnosis::Finding& finding) { return to_json(finding); }));
}

void add_report(Json& json, const HeadersReport& report) {
    add(json, "source", report.source);
    add_verdict(json, report.verdict);
    // From the innermost to the outermost: each stands in the one around it.
    Json inner(nullptr);
    for (auto original = report.originals.rbegin(); original != report.originals.rend(); ++original) {
        Json one = object_of(12);
        add_verdict(one, *original);
        add(one, "original", std::move(inner));
        inner = std::move(one);
    }
    add(json, "original", std::move(inner));
}

} // namespace

std::string headers_json(const HeadersReport& report) {
    Json json = object_of(13);
    add_report(json, report);
    return dump(json);
}

std::string headers_document(const HeadersReport& report) {
    Json json = object_of(14);
    add(json, "schema", std::string(schema));
    add_report(json, report);
    return dump(json) + "\n";
}

std::string unreadable_headers_json(std::string_view source, std::string_view why) {
    Json json = object_of(2);
    add(json, "source", std::string(source));
    add(json, "error", std::string(why));
    return dump(json);
}

std::string_view headers_json_begin() {
    return "{\"schema\":\"relaytool/headers/1\",\"messages\":[";
}

std::string_view headers_json_end() {
    return "\n]}\n";
}

} // namespace relaytool::report
