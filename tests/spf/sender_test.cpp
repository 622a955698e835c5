#include "spf/suggest.hpp"
#include "support/catch.hpp"

using namespace relaytool;

TEST_CASE("what --sends-via names", "[spf][sender]") {
    struct Row {
        const char* list;
        std::vector<std::string> terms;
        const char* provider; ///< of the first, or ""
    };
    const std::vector<Row> rows = {
        {"", {}, ""},
        {" , ,", {}, ""},
        {"o365", {"include:spf.protection.outlook.com"}, "o365"},
        {"O365", {"include:spf.protection.outlook.com"}, "o365"},
        {"proximus", {"include:ispmail.spf.secure-mail.be", "include:bgc.spf.secure-mail.be"}, "proximus"},
        {"203.0.113.7", {"ip4:203.0.113.7"}, ""},
        {"203.0.113.0/24", {"ip4:203.0.113.0/24"}, ""},
        {"2001:db8::/48", {"ip6:2001:db8::/48"}, ""},
        {"mail.example.com", {"a:mail.example.com"}, ""},
        {"mx", {"mx"}, ""},
        {"a", {"a"}, ""},
        {"mx:example.com/28", {"mx:example.com/28"}, ""},
        {"exists:%{i}.example.com", {"exists:%{i}.example.com"}, ""},
        {"include:u1.wl.sendgrid.net", {"include:u1.wl.sendgrid.net"}, "sendgrid"},
        {"include:spf.example.com", {"include:spf.example.com"}, ""},
        {"o365,telenet, 203.0.113.7 mx",
         {"include:spf.protection.outlook.com", "include:_spf.telenet-ops.be", "ip4:203.0.113.7", "mx"},
         "o365"},
    };
    for (const Row& row : rows) {
        INFO(row.list);
        const auto senders = spf::read_senders(row.list);
        REQUIRE(senders);
        std::vector<std::string> terms;
        for (const spf::Sender& sender : *senders)
            terms.insert(terms.end(), sender.terms.begin(), sender.terms.end());
        CHECK(terms == row.terms);
        const spf::Provider* first = senders->empty() ? nullptr : senders->front().provider;
        CHECK((first == nullptr ? "" : first->id) == std::string_view(row.provider));
    }
}

TEST_CASE("words that name no sender", "[spf][sender]") {
    struct Row {
        const char* list;
        const char* word; ///< that the error names
    };
    const std::vector<Row> rows = {
        {"o635", "o635"},
        {"o365,nobody", "nobody"},
        {"all", "all"},
        {"-all", "-all"},
        {"ptr", "ptr"},
        {"-ip4:192.0.2.1", "-ip4:192.0.2.1"},
        {"192.0.2.256", "192.0.2.256"},
        {"192.0.2.0/33", "192.0.2.0/33"},
        {"ipv4:192.0.2.1", "ipv4:192.0.2.1"},
        {"include:", "include:"},
        {"redirect=a.example", "redirect=a.example"},
        {"exp=a.example", "exp=a.example"},
        {"user@example.com", "user@example.com"},
        {"http://example.com", "http://example.com"},
        {"mimecast", "mimecast"}, // each customer has an include of its own
        {"\x1b[31m", "\x1b[31m"},
    };
    for (const Row& row : rows) {
        INFO(row.list);
        const auto senders = spf::read_senders(row.list);
        REQUIRE(!senders);
        CHECK(senders.error().what == row.word);
        CHECK(senders.error().why.find("include:") != std::string::npos); // what to write instead
    }
}
