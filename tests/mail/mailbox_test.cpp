#include "mail/mailbox.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

using namespace relaytool::mail;
using namespace relaytool::test;

namespace {

/// `name=address` one behind the other, broken ones with `!`.
std::string outline(std::string_view value) {
    const MailboxList list = read_mailboxes(value);
    std::string out;
    for (const Mailbox& mailbox : list.mailboxes)
        out.append(out.empty() ? "" : " | ").append(mailbox.name).append("=").append(mailbox.address);
    for (const std::string& broken : list.broken)
        out.append(out.empty() ? "" : " | ").append("!").append(broken);
    return out;
}

struct Row {
    const char* name;
    std::string value;
    std::string outline;
};

} // namespace

TEST_CASE("mailboxes as people write them", "[mail][mailbox]") {
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"an address", "a@example.com", "=a@example.com"},
        {"brackets", "<a@example.com>", "=a@example.com"},
        {"a name", "Ann <a@example.com>", "Ann=a@example.com"},
        {"a quoted name", "\"Ann, \\\"A\\\"\" <a@example.com>", "Ann, \"A\"=a@example.com"},
        {"a name with a comma", "Doe, John <a@example.com>, b@example.com", "Doe, John=a@example.com | =b@example.com"},
        {"an encoded name", "=?utf-8?Q?J=C3=BCrgen?= <a@example.com>", "J\xC3\xBCrgen=a@example.com"},
        {"a comment as name", "a@example.com (Ann (the first))", "Ann the first=a@example.com"},
        {"semicolons", "a@example.com; b@example.com;", "=a@example.com | =b@example.com"},
        {"a group", "Staff: a@example.com, Bob <b@example.com>;", "=a@example.com | Bob=b@example.com"},
        {"an empty group", "undisclosed-recipients:;", ""},
        {"a route", "<@relay.example:a@example.com>", "=a@example.com"},
        {"a quoted local part", "\"a,b\"@example.com", "=\"a,b\"@example.com"},
        {"an address literal", "a@[IPv6:2001:db8::1]", "=a@[IPv6:2001:db8::1]"},
        {"folds", "a@example.com,\r\n\tb@example.com", "=a@example.com | =b@example.com"},
        {"a name only", "Ann", "!Ann"},
        {"a name behind an address", "a@example.com, Ann", "=a@example.com | !Ann"},
        {"two in one", "a@example.com b@example.com", "!a@example.com b@example.com"},
        {"empty brackets", "Ann <>", "!<>"},
        {"an open bracket", "<a@example.com", "=a@example.com"},
        {"a command", "<a@example.com>\r\n RCPT TO:<x@example.com>", "!<a@example.com<x@example.com>"},
        {"8-bit rubbish in an address", "\xFF@example.com", "!\xFF@example.com"},
        {"a C1 control in an address", "a\xC2\x85@example.com", "!a\xC2\x85@example.com"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(outline(row.value) == row.outline);
    }
}

TEST_CASE("a long list is kept within bounds", "[mail][mailbox]") {
    const MailboxList list = read_mailboxes(repeated("a@example.com,", max_mailboxes + 5));
    CHECK(list.mailboxes.size() == max_mailboxes);
    CHECK(read_mailboxes(repeated("((((", 100000)).mailboxes.empty());
    CHECK(read_mailboxes(repeated("<", 100000)).mailboxes.empty());
}
