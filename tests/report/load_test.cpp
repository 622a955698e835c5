#include "diagnosis/sending_verdict.hpp"
#include "report/load.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <string>

using namespace relaytool;
using report::LoadReport;

namespace {

LoadReport good() {
    LoadReport report;
    report.host = "relay.example.com";
    report.port = 25;
    report.wanted = report.accepted = 1000;
    report.connections = 1;
    report.message_size = 4096;
    report.took = std::chrono::milliseconds(500);
    report.latencies.assign(900, 300);
    report.latencies.insert(report.latencies.end(), 99, 1500);
    report.latencies.push_back(2'000'000);
    return report;
}

LoadReport bad() {
    LoadReport report = good();
    report.connections = 10;
    report.accepted = 900;
    report.refused = 60;
    report.unanswered = 40;
    smtp::Outcome outcome;
    outcome.fate = smtp::Fate::refused;
    outcome.stage = smtp::Stage::rcpt_to;
    outcome.reply = smtp::read_reply("550 5.1.1 User \x1b[31munknown");
    outcome.reply.text = "550 5.1.1 User \x1b[31munknown";
    report.causes.push_back(
        {diagnosis::judge_sending(outcome, {"relay.example.com", 25, "", "a@example.com"}).at(0), 60});
    return report;
}

} // namespace

TEST_CASE("shares of the answers", "[report][load]") {
    LoadReport report;
    CHECK(report.percentile(0.5) == 0);
    CHECK(report.rate() == 0);
    report.latencies = {7};
    CHECK(report.percentile(0) == 7);
    CHECK(report.percentile(1) == 7);
    report.latencies = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    CHECK(report.percentile(0) == 1);
    CHECK(report.percentile(0.5) == 5);
    CHECK(report.percentile(0.9) == 9);
    CHECK(report.percentile(0.91) == 10);
    CHECK(report.percentile(0.99) == 10);
    CHECK(report.percentile(1) == 10);
    report.latencies.clear();
    for (std::uint32_t i = 1; i <= 1000; ++i)
        report.latencies.push_back(i);
    CHECK(report.percentile(0.5) == 500);
    CHECK(report.percentile(0.9) == 900);
    CHECK(report.percentile(0.99) == 990);
}

TEST_CASE("the rate counts what was accepted", "[report][load]") {
    CHECK(good().rate() == 2000);
    CHECK(bad().rate() == 1800);
}

TEST_CASE("a good load test, 80 columns wide, in ASCII", "[report][load]") {
    CHECK(report::load_text(good(), {.width = 80}) ==
          "relay.example.com took all 1,000 messages, 2000 a second\n"
          "\n"
          "  Server   relay.example.com:25\n"
          "  Messages 1,000 accepted, 0 refused, 0 without an answer, 4,096 octets each\n"
          "  Rate     2000.0 a second over 1 connection, 0.50 s in all\n"
          "  Answers  half within 0.30 ms, 90 % 0.30 ms, 99 % 1.50 ms, all 2.0 s\n"
          "\n"
          "    0.26 ms -   0.51 ms ############################################## 900\n"
          "    1.02 ms -   2.05 ms ##### 99\n"
          "      1.0 s -     2.1 s # 1\n");
}

TEST_CASE("a load test with refusals, 60 columns wide", "[report][load]") {
    const std::string text = report::load_text(bad(), {.width = 60});
    CHECK(text.starts_with("relay.example.com took 900 of 1,000 messages\n"));
    CHECK(text.find(
              "  Messages 900 accepted, 60 refused, 40 without an answer,\n           4,096 octets each\n") !=
          std::string::npos);
    CHECK(text.find("over 10 connections,") != std::string::npos);
    CHECK(text.find("\n60 x\nThe recipient's address does not exist\n") != std::string::npos);
    CHECK(text.find("550 5.1.1 User \\x1b[31munknown") != std::string::npos);
    for (const char c : text)
        CHECK(((c >= ' ' && c <= '~') || c == '\n'));
}

TEST_CASE("with UTF-8 the drawing has blocks", "[report][load]") {
    const std::string text = report::load_text(bad(), {.unicode = true});
    CHECK(text.find("\u2588 1\n") != std::string::npos);
    CHECK(text.find("\n60 \u00D7\nThe") != std::string::npos);
}

TEST_CASE("a load test without any answer has nothing to draw", "[report][load]") {
    LoadReport report = bad();
    report.accepted = report.refused = 0;
    report.unanswered = 1000;
    report.latencies.clear();
    const std::string text = report::load_text(report, {});
    CHECK(text.find("Answers") == std::string::npos);
    CHECK(text.find('#') == std::string::npos);
}

TEST_CASE("the shortest and the longest answer there can be", "[report][load]") {
    LoadReport report = good();
    report.latencies = {0, UINT32_MAX};
    const std::string text = report::load_text(report, {});
    CHECK(text.find("all 4295.0 s") != std::string::npos);
}

TEST_CASE("an IPv6 address has brackets", "[report][load]") {
    LoadReport report = good();
    report.host = "::1";
    CHECK(report::load_text(report, {}).find("  Server   [::1]:25\n") != std::string::npos);
}

TEST_CASE("the load test as JSON", "[report][load]") {
    const auto json = nlohmann::json::parse(report::load_json(bad()));
    CHECK(json["schema"] == "relaytool/send-load/1");
    CHECK(json["accepted"] == 900);
    CHECK(json["unanswered"] == 40);
    CHECK(json["seconds"] == 0.5);
    CHECK(json["rate"] == 1800.0);
    CHECK(json["latency_ms"]["p50"] == 0.3);
    CHECK(json["latency_ms"]["p99"] == 1.5);
    CHECK(json["latency_ms"]["max"] == 2000.0);
    CHECK(json["findings"][0]["times"] == 60);
    CHECK(json["findings"][0]["category"] == "recipient-unknown");
}

TEST_CASE("the progress on a terminal", "[report][load]") {
    CHECK(report::load_progress(12'345, 20'000, std::chrono::seconds(5)) ==
          "12,345 of 20,000 messages, 2469/s");
    CHECK(report::load_progress(0, 1, {}) == "0 of 1 messages, 0/s");
}
