#include "mail/dsn.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace relaytool::mail;
using namespace relaytool::test;
using namespace std::string_literals;

namespace {

void append(std::string& out, const Fields& fields) {
    for (const Field& field : fields.all())
        out.append(field.name).append("=").append(unfold(field.raw)).append("\n");
}

/// The fields about the mail; then, behind a line `-`, those of each recipient.
std::string outline(std::string_view text) {
    const DeliveryStatus status = read_delivery_status(text);
    std::string out;
    append(out, status.message);
    for (const Fields& recipient : status.recipients) {
        out += "-\n";
        append(out, recipient);
    }
    return out;
}

struct Row {
    const char* name;
    std::string text;
    std::string expected;
};

const std::string message_fields = "Reporting-MTA: dns;relay01.contoso.com\n";
const std::string message_outline = "Reporting-MTA=dns;relay01.contoso.com\n";

std::string group(std::string_view address) {
    return "Final-Recipient: rfc822;" + std::string(address) + "\nAction: failed\nStatus: 5.1.1\n";
}

std::string group_outline(std::string_view address) {
    return "-\nFinal-Recipient=rfc822;" + std::string(address) + "\nAction=failed\nStatus=5.1.1\n";
}

} // namespace

TEST_CASE("delivery statuses as servers write them", "[mail][dsn]") {
    const std::string a = group("a@example.com");
    const std::string b = group("b@example.com");
    const std::string both =
        message_outline + group_outline("a@example.com") + group_outline("b@example.com");
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"one recipient", message_fields + "\n" + a, message_outline + group_outline("a@example.com")},
        {"two recipients", message_fields + "\n" + a + "\n" + b + "\n", both},
        {"CRLF", crlf(message_fields + "\n" + a + "\n" + b + "\n"), both},
        {"two blank lines between groups", message_fields + "\n\n" + a + "\n\n" + b, both},
        {"five blank lines between groups", message_fields + "\n\n\n\n\n" + a + "\n\n\n\n\n" + b, both},
        {"blank lines in front", "\n\n" + message_fields + "\n" + a + "\n" + b, both},
        {"lines of blanks between groups", message_fields + " \t\n" + a + "  \n" + b, both},
        {"groups run together", message_fields + a + b, both},
        {"no fields about the mail", a + "\n" + b,
         group_outline("a@example.com") + group_outline("b@example.com")},
        {"no recipients", message_fields, message_outline},
        {"the fields about the mail in two groups", message_fields + "\nArrival-Date: today\n\n" + a,
         message_outline + "Arrival-Date=today\n" + group_outline("a@example.com")},
        {"a group of other fields behind a recipient", a + "\nX-Note: b\n",
         group_outline("a@example.com") + "X-Note=b\n"},
        {"a folded field", "Final-Recipient: rfc822;\n a@example.com\nStatus:\n\t5.1.1\n",
         "-\nFinal-Recipient=rfc822; a@example.com\nStatus=5.1.1\n"},
        {"Original-Recipient first", message_fields + "\nOriginal-Recipient: rfc822;o@example.com\n" + a,
         message_outline + "-\nOriginal-Recipient=rfc822;o@example.com\n" +
             group_outline("a@example.com").substr(2)},
        {"no Final-Recipient", "Action: failed\nStatus: 5.0.0\n", "-\nAction=failed\nStatus=5.0.0\n"},
        {"names in another case", "final-recipient: rfc822;a@example.com\nACTION: failed\n",
         "-\nfinal-recipient=rfc822;a@example.com\nACTION=failed\n"},
        {"cut off inside a name", "Final-Recipient: rfc822;a@example.com\nAct",
         "-\nFinal-Recipient=rfc822;a@example.com\n"},
        {"cut off inside a value", "Final-Recipient: rfc822;a@exam", "-\nFinal-Recipient=rfc822;a@exam\n"},
        {"no report at all", "Dear customer,\nplease pay.\n", ""},
        {"a NUL", "Final-Recipient: rfc822;a\0@example.com\n"s,
         "-\nFinal-Recipient=rfc822;a\0@example.com\n"s},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(outline(row.text) == row.expected);
    }
}

TEST_CASE("replies of several lines stay together", "[mail][dsn]") {
    struct Reply {
        const char* name;
        std::string diagnostic; ///< behind `Diagnostic-Code: `
        std::string expected;   ///< the reply
    };
    const std::vector<Reply> rows = {
        {"one line", "smtp;550 5.1.1 unknown\n", "550 5.1.1 unknown"},
        {"folded text", "smtp; 550 5.1.1 unknown\n\tuser\n", "550 5.1.1 unknown user"},
        {"folded lines of a reply", "smtp;550-5.1.1 first\n 550-5.1.1 second\n 550 5.1.1 third\n",
         "550-5.1.1 first\n550-5.1.1 second\n550 5.1.1 third"},
        // IIS SMTP and Exchange 2003
        {"behind a blank line, at column 0", "smtp;451-4.7.0 first\n\n451-4.7.0 second\n451 4.7.0 third\n",
         "451-4.7.0 first\n451-4.7.0 second\n451 4.7.0 third"},
        {"behind several blank lines", "smtp;451-4.7.0 first\n\n\n451-4.7.0 second\n\n451 4.7.0 third\n",
         "451-4.7.0 first\n451-4.7.0 second\n451 4.7.0 third"},
        {"at column 0, no blank line", "smtp;451-4.7.0 first\n451 4.7.0 second\n",
         "451-4.7.0 first\n451 4.7.0 second"},
        {"the type on a line of its own", "smtp;\n 550 5.1.1 unknown\n", "550 5.1.1 unknown"},
        {"wrapped text at column 0", "smtp;550 5.1.1 unknown user,\nask the postmaster\n",
         "550 5.1.1 unknown user, ask the postmaster"},
    };
    for (const Reply& row : rows) {
        const std::string text = group("a@example.com") + "Diagnostic-Code: " + row.diagnostic;
        for (const std::string& behind : {std::string{}, "\n" + group("b@example.com")}) {
            for (const std::string& whole : {text + behind, crlf(text + behind)}) {
                INFO(row.name);
                INFO(whole);
                const DeliveryStatus status = read_delivery_status(whole);
                REQUIRE(status.recipients.size() == (behind.empty() ? 1U : 2U));
                CHECK(reply_of_diagnostic(status.recipients[0].raw("Diagnostic-Code")) == row.expected);
            }
        }
    }
}

TEST_CASE("a field behind a broken reply belongs to the recipient", "[mail][dsn]") {
    const std::string text = group("a@example.com") +
                             "Diagnostic-Code: smtp;451-first\n\n451 last\nRemote-MTA: dns;mx.example.com\n";
    const DeliveryStatus status = read_delivery_status(text);
    REQUIRE(status.recipients.size() == 1);
    CHECK(status.recipients[0].value("Remote-MTA") == "dns;mx.example.com");
}

TEST_CASE("huge delivery statuses are read in bounds", "[mail][dsn]") {
    const std::string groups = repeated(group("a@example.com") + "\n", 100'000);
    CHECK(read_delivery_status(groups).recipients.size() == max_recipients);
    const std::string fields = repeated("Reporting-MTA: dns;a\n", 100'000);
    CHECK(read_delivery_status(fields).message.all().size() == max_fields);
    const std::string apart = repeated("Reporting-MTA: dns;a\n\n", 100'000);
    CHECK(read_delivery_status(apart).message.all().size() == max_fields);
    const std::string long_reply = "Final-Recipient: rfc822;a@example.com\nDiagnostic-Code: smtp;550-a\n" +
                                   repeated("550-b\n\n", 100'000);
    const DeliveryStatus status = read_delivery_status(long_reply);
    REQUIRE(status.recipients.size() == 1);
    CHECK(status.recipients[0].raw("Diagnostic-Code").size() > 500'000);
    CHECK(read_delivery_status(std::string(10'000'000, 'x')).recipients.empty());
}

TEST_CASE("typed values", "[mail][dsn]") {
    struct Typed {
        const char* name;
        std::string raw;
        std::string type;
        std::string value;
    };
    const std::vector<Typed> rows = {
        {"nothing", "", "", ""},
        {"a host", " dns; mx.example.com", "dns", "mx.example.com"},
        {"no blank", "DNS;mx.example.com", "dns", "mx.example.com"},
        {"blanks in front of the semicolon", "rfc822 ; a@example.com", "rfc822", "a@example.com"},
        {"no type", "mx.example.com", "", "mx.example.com"},
        {"folded", " rfc822;\n a@example.com", "rfc822", "a@example.com"},
        {"a semicolon in the value", "smtp; 550 a; b", "smtp", "550 a; b"},
        {"a semicolon in text without a type", "550 5.1.1 a; b", "", "550 5.1.1 a; b"},
        {"a vendor's type", "x-unix; 67", "x-unix", "67"},
        {"nothing behind the type", "dns;", "dns", ""},
    };
    for (const Typed& row : rows) {
        INFO(row.name);
        const TypedValue read = read_typed(row.raw);
        CHECK(read.type == row.type);
        CHECK(read.value == row.value);
    }
}

TEST_CASE("the reply in a diagnostic code", "[mail][dsn]") {
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"a type", " smtp; 550 5.1.1 unknown", "550 5.1.1 unknown"},
        {"another type", "X-Postfix; unknown user: \"a\"", "unknown user: \"a\""},
        {"no type", "550 5.1.1 unknown; ask", "550 5.1.1 unknown; ask"},
        {"no type and a colon", "mx.example.com: 550 5.1.1 a; b", "mx.example.com: 550 5.1.1 a; b"},
        {"only a type", "smtp;", ""},
        {"CRLF", "smtp;550-a\r\n 550 b", "550-a\n550 b"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(reply_of_diagnostic(row.text) == row.expected);
    }
}
