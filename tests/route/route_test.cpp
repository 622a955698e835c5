#include "route/route.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace relaytool::route;
using relaytool::mail::read_header;

namespace {

Route route_of(const std::string& header, std::optional<std::int64_t> date = {}) {
    return read_route(read_header(header + "\n").fields, {}, date);
}

/// `own vouched claimed`, oldest first.
std::string trusts(const Route& route) {
    std::string out;
    for (const Hop& hop : route.hops)
        out.append(out.empty() ? "" : " ").append(to_string(hop.trust));
    return out;
}

std::string clocks(const Route& route) {
    std::string out;
    for (const Hop& hop : route.hops) {
        out.append(out.empty() ? "" : " ").append(to_string(hop.clock));
        if (hop.clock_off != 0) out += ":" + std::to_string(hop.clock_off);
        if (hop.delay) out += "+" + std::to_string(*hop.delay);
    }
    return out;
}

std::string line(const std::string& from, const std::string& by, const std::string& time) {
    return "Received: from " + from + " by " + by + " with ESMTP id 1; Tue, 24 Nov 2026 " + time + " +0000\n";
}

} // namespace

TEST_CASE("hops stand from the sender to the mailbox, and name their fields", "[route]") {
    const Route route =
        route_of("Delivered-To: a@example.com\n" + line("b.example", "c.example", "08:00:02") +
                 "Subject: x\n" + line("a.example", "b.example", "08:00:01"));
    REQUIRE(route.hops.size() == 2);
    CHECK(route.hops[0].received.by == "b.example");
    CHECK(route.hops[0].field == 3);
    CHECK(route.hops[1].field == 1);
    CHECK(route.hops[1].delay == 1);
    CHECK(route.total == 1);
}

TEST_CASE("the border is where the recipient's side took the mail", "[route]") {
    struct Row {
        const char* name;
        std::string header;
        int border; ///< -1: none
        const char* trusts;
    };
    const auto row = GENERATE(values<Row>({
        {"a stranger's server in front of one's own two",
         line("mx.example.com ([192.168.1.2])", "store.example.com", "08:00:03") +
             line("host.example.net (host.example.net [192.0.2.9])", "mx.example.com", "08:00:02") +
             line("pc (pc [10.0.0.5])", "host.example.net", "08:00:01"),
         1, "claimed own own"},
        {"a known company vouches for its own lines, and for no others",
         line(
             "mail-db8eur05on2055.outbound.protection.outlook.com (mail-db8eur05on2055.outbound.protection.outlook.com "
             "[40.107.6.55])",
             "mx.example.com", "08:00:03") +
             "Received: from X (203.0.113.10) by AM0PR02CA0012.eurprd02.prod.outlook.com (2603:10a6::1) with Microsoft "
             "SMTP Server id 15.20 via Frontend Transport; Tue, 24 Nov 2026 08:00:02 +0000\n" +
             line("app ([10.0.0.5])", "X", "08:00:01"),
         2, "claimed vouched own"},
        {"a name in EHLO alone proves nothing",
         line("mail-db8eur05on2055.outbound.protection.outlook.com ([192.0.2.66])", "mx.example.com",
              "08:00:03") +
             line("a", "AM0PR02CA0012.eurprd02.prod.outlook.com", "08:00:02"),
         1, "claimed own"},
        {"nor does it to an Exchange server",
         "Received: from EUR05-DB8-obe.outbound.protection.outlook.com (192.0.2.66) by "
         "AM4PEPF00025F99.mail.protection.outlook.com (10.167.16.10) with Microsoft SMTP Server id 15.20 via Frontend "
         "Transport; Tue, 24 Nov 2026 08:00:02 +0000\n" +
             line("pc", "AM0PR02CA0012.eurprd02.prod.outlook.com", "08:00:01"),
         1, "claimed own"},
        {"nor a greeting in the name of another company",
         line("michel.telenet-ops.be ([192.0.2.66])", "mx.example.com", "08:00:03") +
             line("a", "michel.telenet-ops.be", "08:00:02"),
         1, "claimed own"},
        {"inside Exchange Online servers have addresses of its own",
         "Received: from AM5PR06CA0017.eurprd06.prod.outlook.com (2603:10a6:203:a3::27) by "
         "AM0PR04MB4321.eurprd04.prod.outlook.com (2603:10a6:208:c1::14) with Microsoft SMTP Server id 15.20; Tue, 24 Nov "
         "2026 08:00:03 +0000\n" +
             line("x", "AM5PR06CA0017.eurprd06.prod.outlook.com", "08:00:02"),
         0, "own own"},
        {"one network",
         line("a.example.com ([10.0.0.1])", "b.example.com", "08:00:02") +
             line("localhost", "a.example.com", "08:00:01"),
         -1, "own own"},
        {"one tenant's mail to another",
         "Received: from EUR05-DB8-obe.outbound.protection.outlook.com (40.107.6.55) by "
         "AM4PEPF00025F99.mail.protection.outlook.com (10.167.16.10) with Microsoft SMTP Server id 15.20 via Frontend "
         "Transport; Tue, 24 Nov 2026 08:00:02 +0000\n"
         "Received: from A.eurprd04.prod.outlook.com ([fe80::1]) by A.eurprd04.prod.outlook.com ([fe80::1%4]) with mapi id "
         "15.20; Tue, 24 Nov 2026 08:00:01 +0000\n",
         1, "vouched own"},
    }));
    INFO(row.name);
    const Route route = route_of(row.header);
    CHECK((route.border ? static_cast<int>(*route.border) : -1) == row.border);
    CHECK(trusts(route) == row.trusts);
}

TEST_CASE("wrong clocks are told apart from queues", "[route][clocks]") {
    struct Row {
        const char* name;
        std::vector<const char*> times; ///< oldest first
        const char* date;               ///< of the Date field, or ""
        const char* expected;
    };
    const auto row = GENERATE(values<Row>({
        {"all fine", {"08:00:00", "08:00:02", "08:00:03"}, "", "fine fine+2 fine+1"},
        {"a queue", {"08:00:00", "08:30:00", "08:30:01"}, "", "fine fine+1800 fine+1"},
        {"a fast clock in front", {"09:00:00", "08:00:02", "08:00:03"}, "", "ahead:3598 fine fine+1"},
        {"a fast clock between", {"08:00:00", "08:10:00", "08:00:03"}, "", "fine ahead:597 fine+3"},
        {"a slow clock between", {"08:00:00", "07:00:00", "08:00:03"}, "", "fine behind:3600 fine+3"},
        {"a step of a second back is nothing",
         {"08:00:02", "08:00:01", "08:00:03"},
         "",
         "fine fine+0 fine+2"},
        {"Date unmasks a slow first clock",
         {"07:00:00", "08:00:02", "08:00:03"},
         "08:00:00",
         "behind:3600 fine fine+1"},
        {"Date leaves a true queue alone",
         {"07:00:00", "08:00:02", "08:00:03"},
         "06:59:58",
         "fine fine+3602 fine+1"},
    }));
    INFO(row.name);
    std::string header;
    for (const char* time : row.times)
        header = line("a.example", "b.example", time) + header;
    std::optional<std::int64_t> date;
    if (*row.date != '\0')
        date =
            1795478400 + 3600 * std::stoi(row.date) + 60 * std::stoi(row.date + 3) + std::stoi(row.date + 6);
    CHECK(clocks(route_of(header, date)) == row.expected);
}

TEST_CASE("a hop without a time takes part in nothing", "[route][clocks]") {
    const Route route = route_of(line("b", "c.example", "08:00:02") + "Received: from a by b with SMTP\n");
    CHECK(clocks(route) == "unknown fine");
    CHECK(!route.total);
}

TEST_CASE("a hundred thousand hops", "[route][clocks]") {
    std::string header;
    for (int i = 0; i < 100'000; ++i)
        header += line("a.example", "b.example", i % 3 == 0 ? "08:00:00" : "07:00:00");
    const Route route = read_route(read_header(header, 200'000).fields, {}, {});
    CHECK(route.hops.size() == 100'000);
}
