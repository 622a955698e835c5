#include "report/json.hpp"
#include "report/load.hpp"

namespace relaytool::report {

std::string load_json(const LoadReport& report) {
    Json latencies = object_of(5);
    const auto percentile = [&](std::string_view name, double share) {
        add(latencies, name, static_cast<double>(report.percentile(share)) / 1000);
    };
    percentile("p50", 0.5);
    percentile("p90", 0.9);
    percentile("p99", 0.99);
    percentile("max", 1);
    Json findings = Json::array();
    for (const LoadCause& cause : report.causes) {
        Json finding = to_json(cause.finding);
        add(finding, "times", cause.times);
        findings.push_back(std::move(finding));
    }
    Json json = object_of(13);
    add(json, "schema", "relaytool/send-load/1");
    add(json, "host", report.host);
    add(json, "port", report.port);
    add(json, "wanted", report.wanted);
    add(json, "accepted", report.accepted);
    add(json, "refused", report.refused);
    add(json, "unanswered", report.unanswered);
    add(json, "connections", report.connections);
    add(json, "message_size", report.message_size);
    add(json, "seconds", static_cast<double>(report.took.count()) / 1e6);
    add(json, "rate", report.rate());
    add(json, "latency_ms", std::move(latencies));
    add(json, "findings", std::move(findings));
    return dump(json);
}

} // namespace relaytool::report
