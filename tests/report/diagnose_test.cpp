#include "base/utf8.hpp"
#include "diagnosis/catalogue.hpp"
#include "diagnosis/explanation.hpp"
#include "diagnosis/verdict.hpp"
#include "report/diagnose.hpp"
#include "report/explain.hpp"
#include "support/catch.hpp"
#include "support/mails.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using namespace relaytool;
using namespace relaytool::test;
using diagnosis::Verdict;
using nlohmann::json;
using report::Style;
using namespace std::string_literals;

namespace {

constexpr Style utf8{.colour = false, .unicode = true, .width = 80};
constexpr Style ascii{.colour = false, .unicode = false, .width = 80};

/// Everything that a terminal would act on, in every place where a stranger's words can stand.
const std::string hostile = "\x1b]0;x\x07 \xC2\x9B"
                            "31m \xE2\x80\xAE \xED\xA0\x80 \xFF \r \x7F";

std::string hostile_report() {
    return iis_report({.status = "5.1.1 \x1b[31m",
                       .diagnostic = "smtp;550 5.1.1 \x1b]0;x\x07 \xC2\x9B"
                                     "31m \xE2\x80\xAE \xED\xA0\x80 \xFF \x7F unknown\n",
                       .recipient = "us\x1b[31mer@example.com",
                       .retry_until = "\x1b[2J never",
                       .original_from = "=?utf-8?B?G10wO3gH4oCu?= <app@contoso.com>"});
}

Verdict hostile_verdict() {
    Verdict verdict = diagnosis::judge(hostile_report());
    bounce::Bounce& bounce = verdict.bounce;
    for (std::string* text : {&bounce.reporting_host, &bounce.submitted_by, &bounce.queue_id, &bounce.arrival,
                              &bounce.retry_until, &bounce.notice, &bounce.original.from, &bounce.original.to,
                              &bounce.original.subject, &bounce.original.message_id, &bounce.original.date})
        *text = hostile;
    for (bounce::Recipient& recipient : bounce.recipients) {
        for (std::string* text : {&recipient.address, &recipient.status, &recipient.reply.text,
                                  &recipient.reply.host, &recipient.notice})
            *text = hostile;
    }
    for (diagnosis::Finding& finding : verdict.findings) {
        for (std::string* text : {&finding.title, &finding.cause, &finding.evidence})
            *text = hostile;
        finding.steps = {hostile, "`" + hostile + "`", repeated("`" + hostile, 3)};
    }
    verdict.badmail = verdict.findings.front();
    return verdict;
}

bool is_safe(std::string_view text) {
    const bool controls = std::any_of(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
    });
    return !controls && encoding::is_utf8(text) && text.find("\xC2\x9B") == std::string_view::npos &&
           text.find("\xE2\x80\xAE") == std::string_view::npos;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The line that holds `words`, or "".
std::string line_with(const std::string& text, std::string_view words) {
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line))
        if (line.find(words) != std::string::npos) return line;
    return {};
}

} // namespace

TEST_CASE("hostile mail reaches no terminal", "[report][diagnose]") {
    for (const Verdict& verdict :
         {hostile_verdict(), diagnosis::judge(hostile_report()), diagnosis::unreadable(hostile)}) {
        for (const Style& style : {utf8, ascii}) {
            CHECK(is_safe(report::verdict_text(hostile, verdict, style)));
            report::Summary summary;
            summary.add(hostile, verdict);
            summary.add("a.bad", diagnosis::judge(iis_report()));
            CHECK(is_safe(summary.text(style)));
            if (!style.unicode) CHECK(is_ascii(report::verdict_text(hostile, verdict, style)));
            if (!style.unicode) CHECK(is_ascii(summary.text(style)));
        }
    }
}

TEST_CASE("hostile text in a reply reaches no terminal", "[report][explain]") {
    const std::vector<std::string> inputs = {hostile, "550 5.1.1 " + hostile,
                                             "host " + hostile + " said: 550 5.1.1 no", "\0"s,
                                             std::string(100'000, '\x1b')};
    for (const std::string& input : inputs) {
        const diagnosis::Explanation explanation = diagnosis::explain(input);
        CHECK(is_safe(report::explanation_text(explanation, utf8)));
        CHECK(is_ascii(report::explanation_text(explanation, ascii)));
        CHECK(json::accept(report::explanation_json(explanation)));
    }
}

TEST_CASE("our own texts are ASCII where the locale is", "[report][explain]") {
    CHECK(is_ascii(report::catalogue_text(ascii)));
    for (const diagnosis::Chapter& chapter : diagnosis::catalogue())
        for (const diagnosis::Rule& rule : chapter.rows) {
            INFO("row " << rule.id);
            CHECK(is_ascii(report::rule_text(rule, ascii)));
        }
}

TEST_CASE("JSON is valid whatever the mail holds", "[report][diagnose]") {
    const std::vector<Verdict> verdicts = {hostile_verdict(),
                                           diagnosis::judge(hostile_report()),
                                           diagnosis::judge(""),
                                           diagnosis::judge(iis_report()),
                                           diagnosis::judge(ordinary_mail()),
                                           diagnosis::unreadable(hostile)};
    for (const Verdict& verdict : verdicts) {
        const std::string text = report::verdict_json(hostile, verdict);
        INFO(text);
        CHECK(encoding::is_utf8(text));
        CHECK(text.find('\n') == std::string::npos);
        CHECK(json::accept(text));
    }
}

TEST_CASE("JSON has the keys of docs/json.md", "[report][diagnose]") {
    const json report = json::parse(report::verdict_json(
        "a.bad", diagnosis::judge(iis_report(
                     {.status = "5.7.60",
                      .diagnostic = "smtp;550 5.7.60 SMTP; Client does not have permissions to send as "
                                    "this sender\n"}))));
    CHECK(report.at("file") == "a.bad");
    CHECK(report.at("kind") == "bounce");
    CHECK(report.at("format") == "iis");
    CHECK(report.at("category") == "send-as-denied");
    CHECK(report.at("reporting_host") == "relay01.contoso.com");
    CHECK(report.at("submitted_by") == "APP01");
    CHECK(report.at("queue_id").is_null());
    CHECK(report.at("arrival") == "2024-05-01T08:15:30Z");
    CHECK(report.at("retry_until").is_null());
    CHECK(report.at("local_error").is_null());
    CHECK(report.at("original").at("message_id") == "invoice-2024-17@contoso.com");
    CHECK_FALSE(report.contains("diagnosis"));
    CHECK_FALSE(report.contains("badmail"));
    CHECK_FALSE(report.contains("error"));
    REQUIRE(report.at("recipients").size() == 1);
    const json& recipient = report.at("recipients")[0];
    CHECK(recipient.at("address") == "user@example.com");
    CHECK(recipient.at("action") == "failed");
    CHECK(recipient.at("status") == "5.7.60");
    CHECK(recipient.at("reply").at("code") == 550);
    CHECK(recipient.at("reply").at("enhanced") == "5.7.60");
    CHECK(recipient.at("reply").at("host").is_null());
    CHECK(recipient.at("stage").is_null());
    CHECK(recipient.at("diagnosis").at("category") == "send-as-denied");
    CHECK(recipient.at("diagnosis").at("permanent") == true);
    CHECK(recipient.at("diagnosis").at("steps").is_array());
    const json pickup = json::parse(
        report::verdict_json("b.bad", diagnosis::judge("", "The specific error code was 0xC00402CE.")));
    CHECK(pickup.at("local_error") == "0xC00402CE");
    CHECK(pickup.at("recipients").empty());
    CHECK(pickup.at("diagnosis").at("category") == pickup.at("category"));
    const json unreadable =
        json::parse(report::verdict_json("c.bad", diagnosis::unreadable("permission denied")));
    CHECK(unreadable.at("error") == "permission denied");
    CHECK(unreadable.at("category").is_null());
    CHECK(unreadable.at("recipients").empty());
}

TEST_CASE("text tells the verdict and the evidence and the cause and the steps", "[report][diagnose]") {
    const Verdict verdict = diagnosis::judge(iis_report(
        {.status = "5.2.252",
         .diagnostic =
             "smtp;554 5.2.252 SendAsDenied; login@contoso.com not allowed to send as app@contoso.com; STOREDRV\n"}));
    const std::string text = report::verdict_text("a.bad", verdict, utf8);
    INFO(text);
    CHECK(text.starts_with("a.bad\n"));
    for (const std::string_view words :
         {"user@example.com", "554 5.2.252 SendAsDenied;", "\"Invoice 2024-17\"", "from app@contoso.com",
          "by relay01.contoso.com", "APP01", "Whose move:", "  1. ", "More:", "login@contoso.com"}) {
        INFO(words);
        CHECK(text.find(words) != std::string::npos);
    }
    CHECK(text.ends_with("\n"));
}

TEST_CASE("a cause that recipients share is told once", "[report][diagnose]") {
    std::string groups;
    for (int i = 0; i < 9; ++i)
        groups +=
            "Final-Recipient: rfc822; user" + std::to_string(i) +
            "@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n\n";
    const std::string text =
        report::verdict_text("a.eml", diagnosis::judge(rfc3464_report("", groups)), utf8);
    INFO(text);
    std::size_t told = 0;
    for (std::size_t at = text.find("Whose move:"); at != std::string::npos;
         at = text.find("Whose move:", at + 1))
        ++told;
    CHECK(told == 1);
    CHECK(text.find("user4@example.com and 4 more") != std::string::npos);
}

TEST_CASE("a mail that was given up is not said to be tried again", "[report][diagnose]") {
    // RFC 3464 section 2.3.3: "failed" is final, whatever the class of the status
    const std::string given_up = report::verdict_text(
        "a.bad",
        diagnosis::judge(iis_report({.status = "4.4.7", .diagnostic = "", .local_error = "C00402D1"})), utf8);
    INFO(given_up);
    CHECK(given_up.find("tries again by itself") == std::string::npos);
    const std::string delayed = report::verdict_text(
        "a.bad", diagnosis::judge(iis_report({.status = "4.4.7", .diagnostic = "", .action = "delayed"})),
        utf8);
    INFO(delayed);
    CHECK(delayed.find("tries again by itself") != std::string::npos);
}

TEST_CASE("prose keeps to the width of the terminal and commands stay whole", "[report][diagnose]") {
    const std::string command =
        "Set-Something -Identity app@contoso.com -SmtpClientAuthenticationDisabled $false -WhatIf";
    Verdict verdict = diagnosis::judge(iis_report());
    for (diagnosis::Finding& finding : verdict.findings) {
        finding.id = "some-row";
        finding.title = repeated("A title of many words. ", 6);
        finding.cause = repeated("A cause of many words with `code` in it. ", 9);
        finding.steps = {repeated("A step of many words. ", 6),
                         "Type `" + command + "`, then wait for an hour or so, and try again."};
        finding.reference = "RFC 5321 section 4.2";
        finding.evidence = repeated("550 5.1.1 many words, ", 9);
    }
    verdict.badmail = verdict.findings.front();
    for (const std::size_t width : {40U, 60U, 80U}) {
        const Style style{.unicode = true, .width = width};
        report::Summary summary;
        summary.add("a.bad", verdict);
        std::istringstream lines(report::verdict_text("a.bad", verdict, style) + summary.text(style));
        std::string line;
        std::size_t commands = 0;
        while (std::getline(lines, line)) {
            if (line == "     " + command) {
                ++commands;
                continue;
            }
            CAPTURE(width);
            CAPTURE(line);
            CHECK(report::columns(line) <= width);
        }
        CHECK(commands == 3);
    }
}

TEST_CASE("a summary counts files and recipients by cause", "[report][diagnose]") {
    report::Summary summary;
    CHECK(summary.files() == 0);
    const Verdict unknown = diagnosis::judge(iis_report());
    const Verdict full = diagnosis::judge(iis_report(
        {.status = "5.2.2", .diagnostic = "smtp;552 5.2.2 Mailbox full\n", .recipient = "full@example.com"}));
    for (int i = 0; i < 7; ++i)
        summary.add("u" + std::to_string(i) + ".bad", unknown);
    summary.add("full.bad", full);
    for (int i = 0; i < 6; ++i)
        summary.add("locked" + std::to_string(i) + ".bad", diagnosis::unreadable("permission denied"));
    CHECK(summary.files() == 14);
    const std::string text = summary.text(utf8);
    INFO(text);
    CHECK(text.starts_with("14 files:\n"));
    CHECK_FALSE(line_with(text, "     7 \xC3\x97 ").empty());
    CHECK_FALSE(line_with(text, "     1 \xC3\x97 ").empty());
    CHECK(line_with(text, "could not be read") == "     6 \xC3\x97 could not be read");
    CHECK(text.find("     7 \xC3\x97 ") < text.find("     1 \xC3\x97 ")); // the most frequent cause first
    CHECK_FALSE(line_with(text, "full@example.com").empty());
    CHECK_FALSE(line_with(text, "u4.bad and 2 more").empty());
    CHECK_FALSE(line_with(text, "locked4.bad: permission denied").empty());
    CHECK(line_with(text, "locked5.bad").empty());
    CHECK_FALSE(line_with(text, "and 1 more").empty());
    CHECK(is_ascii(summary.text(ascii)));
}

TEST_CASE("a summary of one file says file", "[report][diagnose]") {
    report::Summary summary;
    summary.add("a.bad", diagnosis::judge(iis_report()));
    CHECK(summary.text(utf8).starts_with("1 file:\n"));
}

TEST_CASE("the size of a summary depends on the causes only", "[report][diagnose]") {
    report::Summary few;
    report::Summary many;
    const Verdict verdict = diagnosis::judge(iis_report());
    for (int i = 0; i < 10; ++i)
        few.add("mail.bad", verdict);
    for (int i = 0; i < 2'000; ++i)
        many.add("mail.bad", verdict);
    CHECK(many.text(utf8).size() < few.text(utf8).size() + 20);
}
