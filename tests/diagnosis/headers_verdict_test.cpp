#include "diagnosis/filter_words.hpp"
#include "diagnosis/headers_verdict.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>

using namespace relaytool;
using diagnosis::HeadersVerdict;
using diagnosis::judge_headers;
using diagnosis::Placement;
using diagnosis::Severity;

namespace {

const std::string border =
    "Received: from host.example.net (host.example.net [192.0.2.9]) by mx.example.com with ESMTP id 1; "
    "Tue, 24 Nov 2026 08:00:00 +0000\n";
const std::string rest =
    "Date: Tue, 24 Nov 2026 08:00:00 +0000\nMessage-ID: <1@example.net>\nTo: a@example.com\n";

HeadersVerdict verdict_of(const std::string& header) {
    return judge_headers(route::read_headers(header + rest + "\n"), std::nullopt);
}

/// The ids of the findings, in their order.
std::string ids(const HeadersVerdict& verdict) {
    std::string out;
    for (const auto& finding : verdict.findings)
        out.append(out.empty() ? "" : " ").append(finding.id);
    return out;
}

bool has(const HeadersVerdict& verdict, std::string_view id) {
    return std::any_of(verdict.findings.begin(), verdict.findings.end(),
                       [&](const auto& finding) { return finding.id == id; });
}

} // namespace

TEST_CASE("DMARC is worked out from single results", "[diagnosis][headers]") {
    struct Row {
        const char* name;
        const char* results;
        int passes; ///< -1: cannot be told
    };
    const auto row = GENERATE(values<Row>({
        {"SPF, aligned", "spf=pass smtp.mailfrom=a@mail.shortstraw.be; dkim=none", 1},
        {"SPF, for somebody else", "spf=pass smtp.mailfrom=a@example.net; dkim=none", 0},
        {"DKIM, aligned", "spf=fail smtp.mailfrom=a@example.net; dkim=pass header.d=shortstraw.be", 1},
        {"DKIM by i=", "spf=fail smtp.mailfrom=a@example.net; dkim=pass header.i=@shortstraw.be", 1},
        {"DKIM, for somebody else", "spf=fail smtp.mailfrom=a@example.net; dkim=pass header.d=example.net",
         0},
        {"one of two signatures",
         "spf=none; dkim=fail header.d=shortstraw.be; dkim=pass header.d=shortstraw.be", 1},
        {"SPF alone", "spf=fail smtp.mailfrom=a@shortstraw.be", 0}, // there is no signature in the header
        {"nothing", "none", -1},
    }));
    INFO(row.name);
    const HeadersVerdict verdict =
        verdict_of("Authentication-Results: mx.example.com; " + std::string(row.results) + "\n" + border +
                   "From: a@shortstraw.be\n");
    CHECK((verdict.dmarc ? static_cast<int>(*verdict.dmarc) : -1) == row.passes);
}

TEST_CASE("results that came with the mail prove nothing", "[diagnosis][headers]") {
    const HeadersVerdict verdict = verdict_of(
        border +
        "Authentication-Results: mx.evil.example; spf=pass smtp.mailfrom=shortstraw.be; dmarc=pass\nFrom: a@shortstraw.be\n");
    CHECK(verdict.authentication.empty());
    CHECK(!verdict.dmarc);
    REQUIRE(verdict.headers.authentication.size() == 1);
    CHECK(!verdict.headers.authentication.front().is_own);
}

TEST_CASE("results without a server's name that came with the mail prove nothing to Microsoft either",
          "[diagnosis][headers]") {
    const HeadersVerdict verdict = verdict_of(
        "X-MS-Exchange-Organization-AuthAs: Anonymous\n"
        "Received: from host.example.net (192.0.2.9) by AM4PEPF00025F99.mail.protection.outlook.com (10.167.16.10) with Microsoft "
        "SMTP Server id 15.20 via Frontend Transport; Tue, 24 Nov 2026 08:00:00 +0000\n"
        "Authentication-Results: spf=pass smtp.mailfrom=shortstraw.be; dkim=pass header.d=shortstraw.be\nFrom: a@shortstraw.be\n");
    CHECK(verdict.authentication.empty());
    CHECK(!verdict.dmarc);
}

TEST_CASE("results below the border's own line count when they are of its server", "[diagnosis][headers]") {
    const HeadersVerdict verdict = verdict_of(
        border +
        "Authentication-Results: filter.example.com; spf=fail smtp.mailfrom=shortstraw.be\nFrom: a@shortstraw.be\n");
    CHECK(verdict.dmarc == false);
    CHECK(has(verdict, "headers-spf-fail"));
}

TEST_CASE("what Microsoft's filter did", "[diagnosis][headers]") {
    struct Row {
        const char* name;
        const char* report;
        Placement placement;
        const char* decided_by;
        const char* finding; ///< "" for none
    };
    const auto row = GENERATE(values<Row>({
        {"spoofing", "SCL:5;SFV:SPM;CAT:SPOOF", Placement::junk, "CAT:SPOOF", "headers-junk-spoof"},
        {"the recipient's own list", "SCL:6;SFV:BLK;CAT:SPM", Placement::junk, "SFV:BLK",
         "headers-junk-user"},
        {"a mail flow rule", "SCL:5;SFV:SKS", Placement::junk, "SFV:SKS", "headers-junk-policy"},
        {"a policy", "SCL:6;SFV:SKB", Placement::junk, "SFV:SKB", "headers-junk-policy"},
        {"bulk", "SCL:5;SRV:BULK;SFV:SPM", Placement::junk, "SRV:BULK", "headers-junk-bulk"},
        {"phishing", "SCL:9;SFV:SPM;CAT:HPHISH", Placement::junk, "CAT:HPHISH", "headers-junk-phish"},
        {"malware", "SFV:SPM;CAT:MALW", Placement::junk, "CAT:MALW", "headers-malware"},
        {"impersonation", "SCL:5;SFV:SPM;CAT:UIMP;SFTY:9.20", Placement::junk, "CAT:UIMP",
         "headers-junk-impersonation"},
        {"its own organisation", "SCL:5;CAT:INTOS", Placement::junk, "CAT:INTOS", "headers-junk-intra-org"},
        {"outgoing spam", "SCL:5;SFV:SPM;CAT:OSPM;DIR:OUT", Placement::junk, "CAT:OSPM",
         "headers-outbound-spam"},
        {"spam by level alone", "SCL:6", Placement::junk, "SCL:6", "headers-junk-spam"},
        {"an allow list", "SCL:-1;SFV:SKA", Placement::unknown, "SFV:SKA", "headers-not-filtered"},
        {"the IP allow list", "SCL:-1;IPV:CAL;SFV:NSPM", Placement::unknown, "IPV:CAL",
         "headers-not-filtered"},
        {"released", "SCL:9;SFV:SKQ", Placement::inbox, "SFV:SKQ", ""},
        {"no spam", "SCL:1;SFV:NSPM;CAT:NONE", Placement::unknown, "SFV:NSPM", ""},
    }));
    INFO(row.name);
    const HeadersVerdict verdict = verdict_of("X-Forefront-Antispam-Report: " + std::string(row.report) +
                                              "\nFrom: a@shortstraw.be\n" + border);
    CHECK(verdict.filter.placement == row.placement);
    CHECK(verdict.filter.decided_by == row.decided_by);
    CHECK((*row.finding == '\0' || has(verdict, row.finding)));
}

TEST_CASE("the mailbox put it into Junk though the filter did not", "[diagnosis][headers]") {
    const HeadersVerdict verdict =
        verdict_of("X-Forefront-Antispam-Report: SCL:1;SFV:NSPM\n"
                   "X-Microsoft-Antispam-Mailbox-Delivery: dest:J\nFrom: a@shortstraw.be\n" +
                   border);
    CHECK(verdict.filter.placement == Placement::junk);
    CHECK(verdict.filter.decided_by == "dest:J");
    CHECK(has(verdict, "headers-junk-mailbox"));
}

TEST_CASE("spam in the inbox is worth a note, no more", "[diagnosis][headers]") {
    const HeadersVerdict verdict =
        verdict_of("X-Forefront-Antispam-Report: SCL:5;SFV:SPM;CAT:SPM\n"
                   "X-Microsoft-Antispam-Mailbox-Delivery: dest:I\nFrom: a@shortstraw.be\n" +
                   border);
    CHECK(verdict.filter.placement == Placement::inbox);
    CHECK(verdict.count(Severity::error) == 0);
}

TEST_CASE("other filters", "[diagnosis][headers]") {
    const HeadersVerdict verdict = verdict_of(
        "X-Spam-Status: Yes, score=7.2 required=5.0 tests=RDNS_NONE,SPF_FAIL\nFrom: a@shortstraw.be\n" +
        border);
    CHECK(verdict.filter.placement == Placement::junk);
    CHECK(verdict.filter.decided_by == "SpamAssassin");
    REQUIRE(has(verdict, "headers-spam-mark"));
}

TEST_CASE("every oddity has its finding", "[diagnosis][headers]") {
    struct Row {
        const char* header;
        const char* finding;
    };
    const auto row = GENERATE(values<Row>({
        {"From: a@shortstraw.be\nFrom: b@shortstraw.be\n", "headers-field-twice"},
        {"From: a@shortstraw.be, b@shortstraw.be\n", "headers-from-several"},
        {"From: nobody\n", "headers-from-no-address"},
        {"Subject: x\n", "headers-field-missing"},
        {"From: \"boss@shortstraw.be\" <x@example.net>\n", "headers-name-address"},
        {"From: a@shortstraw.be\nReply-To: a@example.net\n", "headers-reply-elsewhere"},
        {"From: a@xn--shrtstraw-12h.be\n", "headers-script-mixed"},
        {"From: a@examp1e.com\n", "headers-look-alike"},
        {"From: a@shortstraw.be\nSubject: caf\xC3\xA9\n", "headers-octets-raw"},
    }));
    INFO(row.header);
    CHECK(has(verdict_of(border + row.header), row.finding));
}

TEST_CASE("the origin comes first among the errors", "[diagnosis][headers]") {
    const HeadersVerdict verdict = verdict_of(
        "Authentication-Results: mx.example.com; spf=fail smtp.mailfrom=shortstraw.be; dkim=none; dmarc=fail\n"
        "Received: from michel.telenet-ops.be (michel.telenet-ops.be [195.130.132.51]) by mx.example.com with ESMTP id 1; Tue, 24 "
        "Nov 2026 08:00:00 +0000\nFrom: a@shortstraw.be\n");
    CHECK(ids(verdict).starts_with("headers-isp headers-spf-fail headers-dmarc-fail"));
}

TEST_CASE("a provider's own customer is told nothing", "[diagnosis][headers]") {
    const HeadersVerdict verdict = verdict_of(
        "Received: from michel.telenet-ops.be (michel.telenet-ops.be [195.130.132.51]) by mx.example.com with ESMTP id 1; Tue, 24 "
        "Nov 2026 08:00:00 +0000\nFrom: a@telenet.be\n");
    CHECK(!has(verdict, "headers-isp"));
}

TEST_CASE("words for entries and reasons", "[diagnosis][headers]") {
    CHECK(diagnosis::filter_words("SFV", "SKS").find("mail flow rule") != std::string::npos);
    CHECK(diagnosis::filter_words("sfv", "sks") == diagnosis::filter_words("SFV", "SKS"));
    CHECK(diagnosis::filter_words("BCL", "9").find("many complaints") != std::string::npos);
    CHECK(diagnosis::filter_words("SFS", "(1)").empty());
    CHECK(diagnosis::filter_words("BCL", "x").empty());
    for (const char* reason :
         {"000", "001", "002", "010", "100", "130", "201", "301", "401", "601", "701", "901"})
        CHECK(!diagnosis::compauth_words(reason).empty());
    CHECK(diagnosis::compauth_words("801").empty());
}
