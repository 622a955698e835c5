#include "diagnosis/catalogue.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <nlohmann/json.hpp>

#include <sstream>
#include <string>
#include <vector>

using namespace relaytool::test;
using nlohmann::json;
using relaytool::cli::Exit;

namespace {

const std::string send_as = "550 5.7.60 SMTP; Client does not have permissions to send as this sender";

FakeFiles stdin_with(const std::string& text) {
    FakeFiles files;
    files.files = {{"-", text}};
    return files;
}

/// The results of `explain --json` with these arguments.
json results(std::vector<std::string> arguments, const FakeFiles& files = {}) {
    arguments.insert(arguments.begin(), {"explain", "--json"});
    const Outcome outcome = run(arguments, files);
    INFO(outcome.out);
    REQUIRE(json::accept(outcome.out));
    const json document = json::parse(outcome.out);
    CHECK(document.at("schema") == "relaytool/explain/1");
    return document.at("results");
}

} // namespace

TEST_CASE("exit codes of explain", "[commands][explain]") {
    struct Row {
        const char* name;
        std::vector<std::string> arguments;
        Exit exit;
    };
    const std::vector<Row> rows = {
        {"explained", {send_as}, Exit::good},
        {"not explained", {"what is this"}, Exit::bad},
        {"one of two is not explained", {send_as, "what is this"}, Exit::bad},
        {"no text", {}, Exit::usage},
        {"no such option", {"--no-such-option"}, Exit::usage},
        {"a list", {"--list"}, Exit::good},
        {"Markdown", {"--markdown"}, Exit::good},
        {"help", {"--help"}, Exit::good},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        std::vector<std::string> arguments{"explain"};
        arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
        CHECK(run(arguments, {}).exit == row.exit);
    }
    CHECK(run({"explain", "-"}, {}).exit == Exit::could_not_tell);
    CHECK(run({"explain", "-"}, stdin_with("")).exit == Exit::could_not_tell);
    CHECK(run({"explain", "-"}, stdin_with("\n\n")).exit == Exit::could_not_tell);
    CHECK(run({"explain", "-"}, stdin_with(send_as)).exit == Exit::good);
}

TEST_CASE("words of one reply need no quotes", "[commands][explain]") {
    struct Row {
        const char* name;
        std::vector<std::string> words;
        std::vector<std::string> inputs;
    };
    const std::vector<Row> rows = {
        {"quoted", {send_as}, {send_as}},
        {"not quoted",
         {"550", "5.7.60", "SMTP;", "Client", "does", "not"},
         {"550 5.7.60 SMTP; Client does not"}},
        {"two quoted ones", {send_as, "535 5.7.8 no"}, {send_as, "535 5.7.8 no"}},
        {"a status", {"5.7.57"}, {"5.7.57"}},
        {"two statuses", {"5.7.57", "5.7.60"}, {"5.7.57", "5.7.60"}},
        {"a code and a status are one reply", {"550", "5.1.1"}, {"550 5.1.1"}},
        {"an HRESULT", {"0xC00402C7"}, {"0xC00402C7"}},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        std::vector<std::string> inputs;
        for (const json& result : results(row.words))
            inputs.push_back(result.at("input"));
        CHECK(inputs == row.inputs);
    }
}

TEST_CASE("standard input has a reply on each line", "[commands][explain]") {
    struct Row {
        const char* name;
        std::string text;
        std::vector<std::string> inputs;
    };
    const std::vector<Row> rows = {
        {"two replies", send_as + "\n535 5.7.8 no\n", {send_as, "535 5.7.8 no"}},
        {"CRLF and empty lines", "\r\n" + send_as + "\r\n\r\n535 5.7.8 no\r\n", {send_as, "535 5.7.8 no"}},
        {"a reply of several lines",
         "550-5.7.1 first\n550-5.7.1 second\n550 5.7.1 third\n535 5.7.8 no\n",
         {"550-5.7.1 first\n550-5.7.1 second\n550 5.7.1 third", "535 5.7.8 no"}},
        {"the same code twice is two replies", "550 5.1.1 a\n550 5.1.1 b\n", {"550 5.1.1 a", "550 5.1.1 b"}},
        {"a reply that is cut off", "550-5.7.1 first\n535 5.7.8 no\n", {"550-5.7.1 first", "535 5.7.8 no"}},
        {"lines of logs that failed, and others",
         "#Fields: date time\n"
         "May  1 10:15:30 relay01 postfix/qmgr[811]: 4F2A1: from=<app@contoso.com>, size=512, nrcpt=1 (queue active)\n"
         "May  1 10:15:30 relay01 postfix/smtp[812]: 4F2A1: to=<user@example.com>, relay=none, status=sent (250 2.0.0 Ok)\n"
         "May  1 10:15:31 relay01 postfix/smtp[812]: 4F2A2: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, "
         "status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 unknown)\n",
         {"May  1 10:15:31 relay01 postfix/smtp[812]: 4F2A2: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, "
          "status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 unknown)"}},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        std::vector<std::string> inputs;
        for (const json& result : results({"-"}, stdin_with(row.text)))
            inputs.push_back(result.at("input"));
        CHECK(inputs == row.inputs);
    }
}

TEST_CASE("what explain says in JSON", "[commands][explain]") {
    const json result = results({send_as})[0];
    CHECK(result.at("reply").at("code") == 550);
    CHECK(result.at("reply").at("enhanced") == "5.7.60");
    CHECK(result.at("reply").at("text") == send_as);
    CHECK(result.at("reply").at("host").is_null());
    CHECK(result.at("category") == "send-as-denied");
    CHECK(result.at("diagnosis").at("category") == "send-as-denied");
    CHECK(result.at("diagnosis").at("permanent") == true);
    const json unknown = results({"what is this"})[0];
    CHECK(unknown.at("reply").at("code").is_null());
    CHECK(unknown.at("category") == "unknown");
    CHECK(unknown.at("diagnosis").at("permanent").is_null());
}

TEST_CASE("JSON lines of explain are the results of the document", "[commands][explain]") {
    std::istringstream lines(run({"explain", "--jsonl", send_as, "535 5.7.8 no"}, {}).out);
    json found = json::array();
    std::string line;
    while (std::getline(lines, line))
        found.push_back(json::parse(line));
    CHECK(found == results({send_as, "535 5.7.8 no"}));
}

TEST_CASE("one row is shown by its id", "[commands][explain]") {
    for (const relaytool::diagnosis::Chapter& chapter : relaytool::diagnosis::catalogue()) {
        if (chapter.rows.empty()) continue;
        const std::string id(chapter.rows.front().id);
        INFO(id);
        const Outcome outcome = run({"explain", id}, {});
        CHECK(outcome.exit == Exit::good);
        CHECK(outcome.out.find("[" + id + "]") != std::string::npos);
    }
}

TEST_CASE("the whole catalogue is listed", "[commands][explain]") {
    const std::string list = run({"explain", "--list"}, {}).out;
    const std::string markdown = run({"explain", "--markdown"}, {}).out;
    std::size_t missing = 0;
    for (const relaytool::diagnosis::Chapter& chapter : relaytool::diagnosis::catalogue()) {
        CHECK(markdown.find("\n## " + std::string(chapter.title) + "\n") != std::string::npos);
        for (const relaytool::diagnosis::Rule& rule : chapter.rows) {
            if (list.find("  " + std::string(rule.id) + " ") == std::string::npos) ++missing;
            if (markdown.find("\n### " + std::string(rule.id) + "\n") == std::string::npos) ++missing;
        }
    }
    CHECK(missing == 0);
}

TEST_CASE("several results are told apart", "[commands][explain]") {
    const std::string text = run({"explain", send_as, "535 5.7.8 no"}, {}, {.utf8 = true, .columns = 60}).out;
    CHECK(text.find("\n" + std::string(60, '-') + "\n") != std::string::npos);
}
