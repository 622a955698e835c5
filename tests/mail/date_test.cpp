#include "mail/date.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

using namespace relaytool::mail;
using namespace std::string_literals;

namespace {

struct Row {
    const char* name;
    std::string text;
    std::optional<std::int64_t> seconds;
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(read_date(row.text) == row.seconds);
    }
}

} // namespace

TEST_CASE("the dates of RFC 5322 appendix A", "[mail][date]") {
    check({
        {"A.1.1", "Fri, 21 Nov 1997 09:55:06 -0600", 880127706},
        {"A.1.2", "Tue, 1 Jul 2003 10:52:37 +0200", 1057049557},
        {"A.1.3", "Thu, 13 Feb 1969 23:32:54 -0330", -27723426},
        {"A.2", "Fri, 21 Nov 1997 10:01:10 -0600", 880128070},
        {"A.5, folded, no seconds",
         "Thu,\r\n      13\r\n        Feb\r\n          1969\r\n      23:32\r\n               -0330 (Newfoundland Time)",
         -27723480},
        {"A.6.2, two digits of the year", "21 Nov 97 09:55:06 GMT", 880106106},
        {"A.6.3, comments and blanks in the time", "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600",
         880127706},
    });
}

TEST_CASE("dates as servers write them", "[mail][date]") {
    check({
        {"the zone's name in a comment", "29 Jun 20 17:51:32 -0700 (PDT)", 1593478292},
        {"no weekday", "29 Jun 2020 17:51:32 -0700", 1593478292},
        {"no zone", "Mon, 29 Jun 2020 17:51:32", 1593453092},
        {"a zone without a number", "Mon, 29 Jun 2020 17:51:32 PDT", 1593478292},
        {"lower case", "mon, 29 jun 2020 17:51:32 pdt", 1593478292},
        {"a whole month", "Mon, 29 June 2020 17:51:32 -0700", 1593478292},
        {"blanks everywhere", "  Mon ,  29  Jun  2020   17:51:32   -0700  ", 1593478292},
        {"no blank behind the weekday", "Mon,29 Jun 2020 17:51:32 -0700", 1593478292},
        {"one digit of the day", "Mon, 1 Jun 2020 00:00:00 +0000", 1590969600},
        {"two digits of the day", "Mon, 01 Jun 2020 00:00:00 +0000", 1590969600},
        {"Universal Time", "29 Feb 2024 00:00:00 UT", 1709164800},
        {"an unknown zone is UTC", "29 Feb 2024 00:00:00 XYZ", 1709164800},
        {"a military zone is UTC", "29 Feb 2024 00:00:00 Z", 1709164800},
        {"-0000", "29 Feb 2024 00:00:00 -0000", 1709164800},
        {"a leap second", "31 Dec 2016 23:59:60 +0000", 1483228800},
        {"year 00", "1 Jan 00 00:00:00 +0000", 946684800},
        {"year 49", "1 Jan 49 00:00:00 +0000", 2493072000},
        {"year 50", "1 Jan 50 00:00:00 +0000", -631152000},
        {"three digits of the year", "1 Jan 100 00:00:00 +0000", 946684800},
    });
}

TEST_CASE("dates in another order", "[mail][date]") {
    check({
        {"ctime", "Mon Jun 29 17:51:32 2020", 1593453092},
        {"ctime without a weekday", "Jun 29 17:51:32 2020", 1593453092},
        {"ctime with a zone behind", "Mon Jun 29 17:51:32 2020 -0700", 1593478292},
        {"ctime with a zone in front of the year", "Mon Jun 29 17:51:32 PDT 2020", 1593478292},
        {"ctime cut off", "Mon Jun 29 17:51:32", std::nullopt},
        {"dashes", "Mon, 29-Jun-2020 17:51:32 -0700", 1593478292},
        {"ISO 8601", "2020-06-29T17:51:32-07:00", 1593478292},
        {"ISO 8601 in UTC", "2020-06-30T00:51:32Z", 1593478292},
        {"ISO 8601 with a blank", "2020-06-29 17:51:32 -0700", 1593478292},
        {"ISO 8601 with a fraction", "2020-06-29T17:51:32.123456-07:00", 1593478292},
        {"ISO 8601, no month", "2020-13-29T17:51:32Z", std::nullopt},
        {"ISO 8601, the day alone", "2020-06-29", std::nullopt},
        {"GMT and a number", "Mon, 29 Jun 2020 17:51:32 GMT-0700", 1593478292},
        {"GMT, then a number", "Mon, 29 Jun 2020 17:51:32 GMT -0700", 1593478292},
        {"a colon in the zone", "Mon, 29 Jun 2020 17:51:32 -07:00", 1593478292},
        {"a zone of letters", "Mon, 29 Jun 2020 17:51:32 JST", 1593420692},
        {"the afternoon", "Mon, 29 Jun 2020 05:51:32 PM -0700", 1593478292},
        {"noon", "Mon, 29 Jun 2020 12:00:00 PM +0000", 1593432000},
        {"midnight", "Mon, 29 Jun 2020 12:00:00 AM +0000", 1593388800},
        {"a weekday that begins like a month", "mar, 30 Jun 2020 00:51:32 +0000", 1593478292},
        {"two dates", "Mon, 29 Jun 2020 17:51:32 -0700 Mon, 29 Jun 2020 17:51:32 -0700", 1593478292},
    });
}

TEST_CASE("what is no date", "[mail][date]") {
    check({
        {"nothing", "", std::nullopt},
        {"a sentence", "as soon as possible, of course", std::nullopt},
        {"cut off behind the month", "Mon, 29 Jun", std::nullopt},
        {"cut off behind the year", "Mon, 29 Jun 2020", std::nullopt},
        {"cut off inside the time", "Mon, 29 Jun 2020 17:", std::nullopt},
        {"day 0", "0 Jan 2020 00:00:00 +0000", std::nullopt},
        {"day 32", "32 Jan 2020 00:00:00 +0000", std::nullopt},
        {"30 February", "30 Feb 2020 00:00:00 +0000", std::nullopt},
        {"29 February of no leap year", "29 Feb 2023 00:00:00 +0000", std::nullopt},
        {"a negative day", "-1 Jan 2020 00:00:00 +0000", std::nullopt},
        {"hour 24", "1 Jan 2020 24:00:00 +0000", std::nullopt},
        {"minute 60", "1 Jan 2020 00:60:00 +0000", std::nullopt},
        {"second 61", "1 Jan 2020 00:00:61 +0000", std::nullopt},
        {"no month of this name", "1 Foo 2020 00:00:00 +0000", std::nullopt},
        {"a huge year", "1 Jan 99999999999999 00:00:00 +0000", std::nullopt},
        {"a NUL", "1 Jan\0 2020"s, std::nullopt},
        {"10 MB", std::string(10'000'000, '1'), std::nullopt},
    });
}

TEST_CASE("a hostile zone does not overflow", "[mail][date]") {
    CHECK(read_date("1 Jan 9999 23:59:59 -9999").has_value());
    CHECK(read_date("1 Jan 2020 00:00:00 +--12").has_value());
    CHECK(read_date("1 Jan 2020 00:00:00 +" + std::string(1000, '9')).has_value());
}

TEST_CASE("dates as RFC 3339 has them", "[mail][date]") {
    struct Written {
        const char* name;
        std::int64_t seconds;
        std::string text;
    };
    const std::vector<Written> rows = {
        {"the epoch", 0, "1970-01-01T00:00:00Z"},
        {"a second before it", -1, "1969-12-31T23:59:59Z"},
        {"a leap day", 1709164800 + 86399, "2024-02-29T23:59:59Z"},
        {"the last of four digits", 253402300799, "9999-12-31T23:59:59Z"},
        {"a bounce", 1593478292, "2020-06-30T00:51:32Z"},
    };
    for (const Written& row : rows) {
        INFO(row.name);
        CHECK(to_rfc3339(row.seconds) == row.text);
    }
}

TEST_CASE("dates are written as RFC 5322 has them", "[mail][date]") {
    CHECK(to_rfc5322(0) == "Thu, 01 Jan 1970 00:00:00 +0000");
    CHECK(to_rfc5322(880127706, -360) == "Fri, 21 Nov 1997 09:55:06 -0600");
    CHECK(to_rfc5322(-27723426, -210) == "Thu, 13 Feb 1969 23:32:54 -0330");
    CHECK(to_rfc5322(1057049557, 120) == "Tue, 01 Jul 2003 10:52:37 +0200");
    CHECK(read_date(to_rfc5322(4102444799, 345)) == 4102444799);
}
