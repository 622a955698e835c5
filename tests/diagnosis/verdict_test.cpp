#include "diagnosis/verdict.hpp"
#include "support/catch.hpp"
#include "support/mails.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::test;
using diagnosis::Category;
using diagnosis::Place;
using diagnosis::Verdict;

namespace {

const std::string unreturnable =
    "Unable to deliver this message because the follow error was encountered: \"This message is a delivery status "
    "notification that cannot be delivered.\".\r\n\r\nThe specific error code was 0xC00402C7.\r\n";
const std::string bad_pickup =
    "Unable to deliver this message because the follow error was encountered: \"Error is processing file in pickup "
    "directory.\".\r\n\r\nThe specific error code was 0xC00402CE.\r\n";

std::string names(const std::vector<diagnosis::Finding>& findings) {
    std::string out;
    for (const diagnosis::Finding& finding : findings)
        out.append(out.empty() ? "" : " ").append(to_string(finding.category));
    return out;
}

struct Row {
    const char* name;
    std::string mail;
    std::string bdr;
    Place place;
    bounce::Kind kind;
    std::string findings; ///< their categories
    std::string badmail;  ///< category, or nothing
};

} // namespace

TEST_CASE("one mail with what lies beside it", "[diagnosis][verdict]") {
    const std::string send_as = iis_report(
        {.status = "5.7.60",
         .diagnostic = "smtp;550 5.7.60 SMTP; Client does not have permissions to send as this sender\n"});
    const std::string no_from = "To: user@example.com\nSubject: Invoice 2024-17\n\nPlease pay.\n";
    const std::string no_to = "From: app@contoso.com\nSubject: Invoice 2024-17\n\nPlease pay.\n";
    const auto bounce = bounce::Kind::bounce;
    const std::vector<Row> rows = {
        {"a report", send_as, "", Place::anywhere, bounce, "send-as-denied", ""},
        {"a report that could not be returned", send_as, unreturnable, Place::badmail, bounce,
         "send-as-denied", "ndr-undeliverable"},
        {"the .BDR alone", "", unreturnable, Place::anywhere, bounce, "ndr-undeliverable", ""},
        {"the .BDR alone, given as the mail", unreturnable, "", Place::anywhere, bounce, "ndr-undeliverable",
         ""},
        {"a .BDR of a pickup file, alone", bad_pickup, "", Place::anywhere, bounce, "pickup-file-invalid",
         ""},
        {"a pickup file and its .BDR", no_from, bad_pickup, Place::badmail, bounce, "pickup-file-invalid",
         ""},
        {"a pickup file without From and without a .BDR", no_from, "", Place::badmail, bounce,
         "pickup-file-invalid", ""},
        {"a pickup file without recipients and without a .BDR", no_to, "", Place::badmail, bounce,
         "pickup-file-invalid", ""},
        {"a mail without From somewhere else", no_from, "", Place::anywhere, bounce::Kind::not_a_bounce,
         "not-a-bounce", ""},
        {"an ordinary mail", ordinary_mail(), "", Place::anywhere, bounce::Kind::not_a_bounce, "not-a-bounce",
         ""},
        {"two recipients, two causes",
         iis_report({.more_groups =
                         "\n\nFinal-Recipient: rfc822;other@example.com\nAction: failed\nStatus: 5.2.2\n"
                         "Diagnostic-Code: smtp;552 5.2.2 Mailbox full\n"}),
         "", Place::anywhere, bounce, "recipient-unknown mailbox-full", ""},
        {"delayed",
         iis_report({.status = "4.0.0",
                     .diagnostic = "",
                     .action = "delayed",
                     .sentence = "Delivery to the following recipients has been delayed."}),
         "", Place::anywhere, bounce::Kind::delay, "delayed", ""},
        {"delivered",
         iis_report({.status = "2.0.0",
                     .diagnostic = "",
                     .action = "delivered",
                     .sentence = "Your message was delivered."}),
         "", Place::anywhere, bounce::Kind::success, "delivered", ""},
        {"an automatic reply",
         "From: user@example.com\nTo: app@contoso.com\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nBack on Monday.\n",
         "", Place::anywhere, bounce::Kind::auto_reply, "auto-reply", ""},
    };
    for (const Row& row : rows) {
        for (const bool wide : {false, true}) {
            INFO(row.name);
            INFO((wide ? "CRLF" : "LF"));
            const Verdict verdict = diagnosis::judge(wide ? crlf(row.mail) : row.mail, row.bdr, row.place);
            CHECK(verdict.bounce.kind == row.kind);
            CHECK(names(verdict.findings) == row.findings);
            CHECK((verdict.badmail ? to_string(verdict.badmail->category) : "") == row.badmail);
        }
    }
}

TEST_CASE("the recipients of bad mail come from the .BDR or from the mail", "[diagnosis][verdict]") {
    const Verdict named = diagnosis::judge(
        ordinary_mail(),
        bad_pickup + "app@contoso.com\r\nSMTP;first@example.com\r\nSMTP;second@example.com\r\n",
        Place::badmail);
    REQUIRE(named.bounce.recipients.size() == 2);
    CHECK(named.bounce.recipients[0].address == "first@example.com");
    CHECK(named.bounce.recipients[1].address == "second@example.com");
    CHECK(named.findings.size() == 2);
    const Verdict unnamed = diagnosis::judge(ordinary_mail(), bad_pickup, Place::badmail);
    REQUIRE(unnamed.bounce.recipients.size() == 1);
    CHECK(unnamed.bounce.recipients[0].address == "user@example.com");
    CHECK(unnamed.bounce.format == "iis-badmail");
    CHECK(unnamed.bounce.local_error == 0xC00402CE);
}

TEST_CASE("whether a failure is for good", "[diagnosis][verdict]") {
    struct Lasting {
        const char* name;
        IisReport report;
        std::optional<bool> permanent;
    };
    const std::vector<Lasting> rows = {
        {"a reply of class 5", {}, true},
        {"a reply of class 4, given up",
         {.status = "4.7.0", .diagnostic = "smtp;451 4.7.0 Temporary server error\n"},
         true},
        {"a status of class 5 and no reply", {.status = "5.0.0", .diagnostic = ""}, true},
        {"a status of class 4, given up", {.status = "4.4.7", .diagnostic = ""}, true},
        {"delayed", {.status = "4.4.7", .diagnostic = "", .action = "delayed"}, false},
        {"failed is final without any code", {.status = "", .diagnostic = ""}, true},
        {"delivered", {.status = "2.0.0", .diagnostic = "", .action = "delivered"}, std::nullopt},
    };
    for (const Lasting& row : rows) {
        INFO(row.name);
        const Verdict verdict = diagnosis::judge(iis_report(row.report));
        REQUIRE(verdict.findings.size() == 1);
        CHECK(verdict.findings[0].permanent == row.permanent);
    }
}

TEST_CASE("the category of a mail is that of its first failure", "[diagnosis][verdict]") {
    const std::string groups = "Final-Recipient: rfc822; a@example.com\nAction: delivered\nStatus: 2.0.0\n\n"
                               "Final-Recipient: rfc822; b@example.com\nAction: failed\nStatus: 5.1.1\n"
                               "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n";
    const Verdict verdict = diagnosis::judge(rfc3464_report("", groups));
    CHECK(names(verdict.findings) == "delivered recipient-unknown");
    CHECK(verdict.category() == Category::recipient_unknown);
    CHECK(Verdict{}.category() == Category::unknown);
}

TEST_CASE("what was seen is in the findings", "[diagnosis][verdict]") {
    const std::string refused =
        "554 5.2.252 SendAsDenied; login@contoso.com not allowed to send as app@contoso.com; STOREDRV.Submission";
    const Verdict verdict =
        diagnosis::judge(iis_report({.status = "5.2.252", .diagnostic = "smtp;" + refused + "\n"}));
    REQUIRE(verdict.findings.size() == 1);
    CHECK(verdict.findings[0].evidence == refused);
    CHECK(verdict.findings[0].category == Category::send_as_denied);
    std::string steps;
    for (const std::string& step : verdict.findings[0].steps)
        steps += step + '\n';
    CHECK(steps.find("login@contoso.com") != std::string::npos);
    CHECK(steps.find("app@contoso.com") != std::string::npos);
}

TEST_CASE("every mail gets a verdict", "[diagnosis][verdict]") {
    const std::vector<std::string> mails = {
        "",
        "\n",
        std::string(1000, '\0'),
        "From: \n\n",
        "X-DSNContext: \n\n",
        "Content-Type: multipart/report; boundary=b\n\n--b\n",
        std::string(1'000'000, '\xFF'),
        iis_report({.status = "\x1b[31m", .diagnostic = "smtp;\x1b]0;x\x07\n", .recipient = ""}),
    };
    for (const std::string& mail : mails)
        for (const std::string& bdr : {std::string{}, unreturnable, std::string("\xFF\xFE")}) {
            const Verdict verdict = diagnosis::judge(mail, bdr, Place::badmail);
            if (verdict.bounce.kind == bounce::Kind::unreadable) {
                CHECK_FALSE(verdict.bounce.notice.empty());
                CHECK(verdict.findings.empty());
                continue;
            }
            CHECK(verdict.findings.size() == std::max<std::size_t>(verdict.bounce.recipients.size(), 1));
        }
}

TEST_CASE("what has no header is no mail", "[diagnosis][verdict]") {
    struct Text {
        const char* name;
        std::string text;
        bool is_mail;
    };
    const std::string from = "From app@contoso.com Wed May  1 10:15:32 2024\n";
    const std::vector<Text> rows = {
        {"a mail", ordinary_mail(), true},
        {"a mail behind its mbox line", from + ordinary_mail(), true},
        {"a mail behind blank lines", "\n\r\n" + ordinary_mail(), true},
        {"a mail behind blank lines and its mbox line", "\n" + from + ordinary_mail(), true},
        {"text", "Dear customer,\nplease pay.\n", false},
        {"binary bytes",
         std::string("\x7F"
                     "ELF\x02\x01\x01\x00\x00",
                     9),
         false},
    };
    for (const Text& row : rows) {
        INFO(row.name);
        const bounce::Kind kind = diagnosis::judge(row.text).bounce.kind;
        CHECK((kind == bounce::Kind::unreadable) == !row.is_mail);
    }
}

TEST_CASE("a file that is no mail", "[diagnosis][verdict]") {
    const Verdict verdict = diagnosis::unreadable("permission denied");
    CHECK(verdict.bounce.kind == bounce::Kind::unreadable);
    CHECK(verdict.bounce.notice == "permission denied");
    CHECK(verdict.findings.empty());
}
