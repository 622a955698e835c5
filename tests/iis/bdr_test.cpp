#include "iis/bdr.hpp"
#include "support/catch.hpp"
#include "support/mails.hpp"
#include "support/text.hpp"

#include <cstdint>
#include <string>
#include <vector>

using namespace relaytool::iis;
using namespace relaytool::test;
using namespace std::string_literals;

TEST_CASE("reports beside bad mail", "[iis][bdr]") {
    struct Row {
        const char* name;
        std::string text;
        std::string sentence;
        std::uint32_t error_code;
        std::vector<std::string> addresses;
    };
    const std::string status = "This message is a delivery status notification that cannot be delivered";
    const std::vector<Row> rows = {
        {"a report that could not be returned",
         "Unable to deliver this message because the follow error was encountered: \"" + status +
             ".\".\r\n\r\nThe specific error code was 0xC00402C7.\r\n",
         status,
         0xC00402C7,
         {}},
        {"without the slip of the pen",
         "Unable to deliver this message because the following error was encountered: \"" + status +
             ".\".\nThe specific error code was 0xC00402C7.\n",
         status,
         0xC00402C7,
         {}},
        {"no quotes",
         "the follow error was encountered: Hop count exceeded\nThe specific error code was 0xC00402C9.\n",
         "Hop count exceeded",
         0xC00402C9,
         {}},
        {"the sentence on a line of its own",
         "Error is processing file in pickup directory.\r\nThe specific error code was 0xC00402CE.\r\n",
         "Error is processing file in pickup directory",
         0xC00402CE,
         {}},
        {"sender and recipients",
         "the follow error was encountered: \"No.\".\nThe specific error code was 0xC00402C7.\n\n"
         "Sender: <app@contoso.com>\nRecipients:\nSMTP;user@example.com\nSMTP;other@example.com\nSMTP;user@example.com\n",
         "No",
         0xC00402C7,
         {"app@contoso.com", "user@example.com", "other@example.com"}},
        {"lower case digits", "The specific error code was 0xc00402c7.", "", 0xC00402C7, {}},
        {"no code", "the follow error was encountered: \"No.\".", "No", 0, {}},
        {"a code that is none", "The specific error code was unknown.", "", 0, {}},
        {"a decimal code", "The specific error code was 12.", "", 0, {}},
        {"cut off inside the code", "The specific error code was 0x", "", 0, {}},
        {"nothing", "", "", 0, {}},
        {"a NUL", "the follow error was encountered: \"a\0b\".\n"s, "a\0b"s, 0, {}},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        const BadMailReport report = read_bdr(row.text);
        CHECK(report.sentence == row.sentence);
        CHECK(report.error_code == row.error_code);
        CHECK(report.addresses == row.addresses);
    }
}

TEST_CASE("what is a report beside bad mail", "[iis][bdr]") {
    CHECK(is_bdr("The specific error code was 0xC00402C7."));
    CHECK(is_bdr("the follow error was encountered: \"No.\"."));
    CHECK(is_bdr("THE FOLLOWING ERROR WAS ENCOUNTERED: no"));
    CHECK_FALSE(is_bdr(""));
    CHECK_FALSE(is_bdr(ordinary_mail()));
    CHECK_FALSE(is_bdr(iis_report()));
    CHECK_FALSE(is_bdr(std::string(100'000, ' ') + "The specific error code was 0xC00402C7."));
}

TEST_CASE("a huge report beside bad mail is read in bounds", "[iis][bdr]") {
    CHECK(read_bdr(repeated("SMTP;a@example.com ", 1'000'000)).addresses.size() == 1);
    std::string many;
    for (int i = 0; i < 100'000; ++i)
        many += "a" + std::to_string(i) + "@b ";
    CHECK(read_bdr(many).addresses.size() <= 1000);
    CHECK(read_bdr(std::string(10'000'000, '@')).addresses.empty());
}
