#include "bounce/bounce.hpp"
#include "support/catch.hpp"
#include "support/mails.hpp"
#include "support/outline.hpp"
#include "support/text.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace relaytool;
using namespace relaytool::test;

namespace {

const std::string about_the_mail = "reporting relay01.contoso.com\n"
                                   "submitted by APP01\n"
                                   "arrival Wed, 1 May 2024 10:15:30 +0200\n";

std::string original(std::string_view to = "user@example.com") {
    return "original from app@contoso.com\n"
           "original to " +
           std::string(to) +
           "\nsubject Invoice 2024-17\n"
           "message id invoice-2024-17@contoso.com\n"
           "date Wed, 1 May 2024 10:15:29 +0200\n";
}

struct Row {
    const char* name;
    IisReport report;
    std::string expected;
};

const std::string failed = "notice Delivery to the following recipients failed.\n";

} // namespace

TEST_CASE("reports of IIS SMTP", "[bounce][iis]") {
    const std::vector<Row> rows = {
        {"the smart host refused",
         {.status = "5.7.60",
          .diagnostic = "smtp;550 5.7.60 SMTP; Client does not have permissions to send as this sender "
                        "[AM0P190CA0001.EURP190.PROD.OUTLOOK.COM]\n"},
         "bounce by iis\n" + about_the_mail + failed + original() +
             "to user@example.com\n  action failed\n  status 5.7.60\n  code 550\n  enhanced 5.7.60\n"
             "  text 550 5.7.60 SMTP; Client does not have permissions to send as this sender "
             "[AM0P190CA0001.EURP190.PROD.OUTLOOK.COM]\n  host AM0P190CA0001.EURP190.PROD.OUTLOOK.COM\n"},
        {"a reply of several lines, broken by a blank one",
         {.status = "4.7.0",
          .diagnostic =
              "smtp;451-4.7.0 Temporary server error.\n\n451-4.7.0 Please try\n451 4.7.0 again later.\n"},
         "bounce by iis\n" + about_the_mail + failed + original() +
             "to user@example.com\n  action failed\n  status 4.7.0\n  code 451\n  enhanced 4.7.0\n"
             "  text 451-4.7.0 Temporary server error.\n451-4.7.0 Please try\n451 4.7.0 again later.\n"},
        {"nobody answered: no reply, but a local error",
         {.status = "4.4.7",
          .diagnostic = "",
          .sentence =
              "Unable to deliver message to the following recipients, due to being unable to connect successfully to the "
              "destination mail server.",
          .local_error = "C00402D1"},
         "bounce by iis\n" + about_the_mail +
             "local error C00402D1\n"
             "notice Unable to deliver message to the following recipients, due to being unable to connect successfully to the "
             "destination mail server.\n" +
             original() + "to user@example.com\n  action failed\n  status 4.4.7\n"},
        {"delayed",
         {.status = "4.4.7",
          .diagnostic = "",
          .action = "delayed",
          .sentence = "Delivery to the following recipients has been delayed.",
          .local_error = "C00402D1",
          .retry_until = "Fri, 3 May 2024 10:15:30 +0200"},
         "delay by iis\n" + about_the_mail +
             "retry until Fri, 3 May 2024 10:15:30 +0200\nlocal error C00402D1\n"
             "notice Delivery to the following recipients has been delayed.\n" +
             original() + "to user@example.com\n  action delayed\n  status 4.4.7\n"},
        {"two recipients, two blank lines between them",
         {.more_groups = "\n\nFinal-Recipient: rfc822;other@example.com\nAction: failed\nStatus: 5.2.2\n"
                         "Diagnostic-Code: smtp;552 5.2.2 Mailbox full\n"},
         "bounce by iis\n" + about_the_mail + failed + original() +
             "to user@example.com\n  action failed\n  status 5.1.1\n  code 550\n  enhanced 5.1.1\n  text 550 5.1.1 User unknown\n"
             "to other@example.com\n  action failed\n  status 5.2.2\n  code 552\n  enhanced 5.2.2\n  text 552 5.2.2 Mailbox full\n"},
        {"no fields about recipients at all",
         {.status = "", .diagnostic = "", .action = ""},
         "bounce by iis\n" + about_the_mail + failed + original() + "to user@example.com\n"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        const std::string mail = iis_report(row.report);
        CHECK(outline(bounce::read(mail)) == row.expected);
        CHECK(outline(bounce::read(crlf(mail))) == row.expected);
    }
}

TEST_CASE("IIS SMTP is known by its boundary or its field", "[bounce][iis]") {
    const std::string mail = iis_report();
    const std::size_t field = mail.find("X-DSNContext:");
    const std::string without_field = std::string(mail).erase(field, mail.find('\n', field) + 1 - field);
    std::string without_boundary = mail;
    for (std::size_t at = without_boundary.find("9B095B5ADSN"); at != std::string::npos;
         at = without_boundary.find("9B095B5ADSN", at))
        without_boundary.replace(at, 11, "0000000-DSN");
    CHECK(bounce::read(mail).format == "iis");
    CHECK(bounce::read(without_field).format == "iis");
    CHECK(bounce::read(without_boundary).format == "iis");
}

TEST_CASE("local errors in the DSN context", "[bounce][iis]") {
    struct Context {
        const char* name;
        std::string field;
        std::uint32_t local_error;
    };
    const std::vector<Context> rows = {
        {"none", "7ce717b1 - 1196 - 00000002 - 00000000", 0},
        {"recipient refused here", "7ce717b1 - 1196 - 00000002 - 80040546", 0x80040546},
        {"could not connect", "7ce717b1 - 1148 - 00000004 - C00402D1", 0xC00402D1},
        {"lower case", "7ce717b1 - 1148 - 00000004 - c00402d1", 0xC00402D1},
        {"cut off", "7ce717b1 - 1148 -", 0},
        {"one word", "7ce717b1", 0},
        {"no number", "7ce717b1 - 1148 - 00000002 - nothing", 0},
        {"too long", "7ce717b1 - 1148 - 00000002 - C00402D1C00402D1", 0},
    };
    for (const Context& row : rows) {
        INFO(row.name);
        std::string mail = iis_report();
        const std::size_t begin = mail.find("7ce717b1");
        mail.replace(begin, mail.find('\n', begin) - begin, row.field);
        CHECK(bounce::read(mail).local_error == row.local_error);
    }
}
