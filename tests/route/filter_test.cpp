#include "route/filter.hpp"
#include "support/catch.hpp"

#include <string>

using namespace relaytool::route;
using relaytool::mail::read_header;

TEST_CASE("X-Forefront-Antispam-Report: all keys", "[route][filter]") {
    const Entries report = read_entries(
        "(null)CIP:2001:db8::25;CTRY:BE;LANG:nl;SCL:5;SRV:;IPV:NLI;SFV:SPM;H:albert.telenet-ops.be;\r\n"
        "\tPTR:albert.telenet-ops.be;CAT:SPOOF;SFTY:9.19;SFS:(13230040)(1)\r\n\t(2);DIR:INB;");
    CHECK(report.list.size() == 13);
    CHECK(report.value("CIP") == "2001:db8::25");
    CHECK(report.value("sfv") == "SPM");
    CHECK(report.value("SRV").empty());
    CHECK(report.value("SFS") == "(13230040)(1) (2)");
    CHECK(report.number("SCL") == 5);
    CHECK(!report.number("CAT"));
    CHECK(report.value("X-CustomSpam").empty());
}

TEST_CASE("Spam confidence comes from the organisation's own field first", "[route][filter]") {
    const auto header =
        read_header("X-Forefront-Antispam-Report: SCL:1;SFV:NSPM\n"
                    "X-MS-Exchange-Organization-SCL: -1\n"
                    "X-Microsoft-Antispam: BCL:7;ARA:1;\n"
                    "X-Microsoft-Antispam-Mailbox-Delivery: ucf:0;jmr:0;auth:0;dest:J;OFR:x;\n\n");
    const Filter filter = read_filter(header.fields);
    CHECK(filter.scl == -1);
    CHECK(filter.bcl == 7);
    CHECK(filter.delivery.value("dest") == "J");
    CHECK(filter.has_microsoft());
    CHECK(!filter.pcl);
}

TEST_CASE("Other filters' marks", "[route][filter]") {
    struct Row {
        const char* name;
        const char* header;
        const char* product;
        int spam; ///< -1: it does not say
        double score;
        double required;
        const char* detail;
    };
    const auto row = GENERATE(values<Row>({
        {"SpamAssassin",
         "X-Spam-Status: Yes, score=9.1 required=5.0 tests=BAYES_99,\n\tHTML_MESSAGE autolearn=no\n",
         "SpamAssassin", 1, 9.1, 5.0, "BAYES_99, HTML_MESSAGE"},
        {"SpamAssassin, old", "X-Spam-Status: No, hits=-2.6 required=5.0\n", "SpamAssassin", 0, -2.6, 5.0,
         ""},
        {"SpamAssassin, several fields", "X-Spam-Flag: YES\nX-Spam-Score: 12.5\n", "SpamAssassin", 1, 12.5, 0,
         ""},
        {"Rspamd", "X-Spamd-Result: default: False [1.20 / 15.00];\n\tR_SPF_ALLOW(-0.20)[+mx]; FROM(0)[]\n",
         "Rspamd", 0, 1.2, 15.0, "R_SPF_ALLOW(-0.20)[+mx]; FROM(0)[]"},
        {"Rspamd's action", "X-Rspamd-Action: add header\n", "Rspamd", 1, 0, 0, "add header"},
        {"Google", "X-Gm-Spam: 1\n", "Google", 1, 0, 0, ""},
        {"Barracuda", "X-Barracuda-Spam-Score: 0.00\n", "Barracuda", -1, 0, 0, ""},
        {"Proofpoint", "X-Proofpoint-Spam-Details: rule=notspam policy=default score=0 mlx=0\n", "Proofpoint",
         0, 0, 0, "notspam"},
        {"Proofpoint, outgoing", "X-Proofpoint-Spam-Details: rule=outbound_notspam policy=outbound score=0\n",
         "Proofpoint", 0, 0, 0, "outbound_notspam"},
        {"MailScanner", "X-MailScanner-SpamCheck: not spam, SpamAssassin (not cached, score=-2)\n",
         "MailScanner", 0, 0, 0, ""},
    }));
    INFO(row.name);
    const Filter filter = read_filter(read_header(std::string(row.header) + "\nbody").fields);
    REQUIRE(filter.marks.size() == 1);
    const FilterMark& mark = filter.marks.front();
    CHECK(to_string(mark.product) == row.product);
    CHECK((mark.spam ? static_cast<int>(*mark.spam) : -1) == row.spam);
    if (row.score != 0) CHECK(mark.score == row.score);
    if (row.required != 0) CHECK(mark.required == row.required);
    CHECK(mark.detail == row.detail);
}

TEST_CASE("A header without filters", "[route][filter]") {
    CHECK(read_filter(read_header("Subject: x\nX-Spam-Flag: perhaps\n\n").fields).empty());
}
