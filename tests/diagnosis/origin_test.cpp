#include "diagnosis/origin.hpp"
#include "support/catch.hpp"

#include <string>

using namespace relaytool;
using diagnosis::find_origin;
using diagnosis::Origin;
using diagnosis::OriginKind;

namespace {

const std::string date = "; Tue, 24 Nov 2026 08:00:00 +0000\n";
const std::string people = "From: invoicing@shortstraw.be\nTo: accounts@example.com\n";
const std::string own_people = "From: scanner@shortstraw.be\nTo: boss@shortstraw.be\n";
const std::string left_microsoft =
    "Received: from EUR05-DB8-obe.outbound.protection.outlook.com "
    "(mail-db8eur05on2055.outbound.protection.outlook.com [40.107.6.55]) by mx.example.com with ESMTPS id 1" +
    date;

std::string entry(const std::string& name, const std::string& address) {
    return "Received: from " + name + " (" + address +
           ") by AM4PEPF00025F99.mail.protection.outlook.com (10.167.16.10) with Microsoft SMTP Server id 15.20 via "
           "Frontend Transport" +
           date;
}

Origin origin_of(const std::string& header) {
    return find_origin(route::read_headers(header + "\n"));
}

std::string words(const Origin& origin) {
    std::string out(to_string(origin.kind));
    if (origin.through != OriginKind::unknown) out.append(" through ").append(to_string(origin.through));
    if (origin.carrier) out.append(" ").append(origin.carrier->name);
    return out;
}

} // namespace

TEST_CASE("where a message began", "[diagnosis][origin]") {
    struct Row {
        const char* name;
        std::string header;
        const char* expected;
    };
    const auto row = GENERATE(values<Row>({
        {"SMTP AUTH, client access by name",
         left_microsoft +
             "Received: from pc (203.0.113.10) by AM0PR02CA0012.eurprd02.prod.outlook.com (2603:10a6::1) with Microsoft SMTP "
             "Server (version=TLS1_2, cipher=X) id 15.20 via Frontend Transport" +
             date + people,
         "smtp-auth"},
        {"SMTP AUTH, outlook.office365.com",
         left_microsoft +
             "Received: from dev (203.0.113.5) by AM0PR0000CA0000.outlook.office365.com (2603:10a6::1) with Microsoft SMTP "
             "Server id 15.20 via Frontend Transport" +
             date + people,
         "smtp-auth"},
        {"SMTP AUTH, a mailbox server took it from outside",
         left_microsoft +
             "Received: from pc (203.0.113.10) by AM0PR04MB4321.eurprd04.prod.outlook.com (2603:10a6::1) with Microsoft SMTP "
             "Server id 15.20" +
             date + people,
         "smtp-auth"},
        {"a mailbox",
         left_microsoft +
             "Received: from A.eurprd04.prod.outlook.com ([fe80::1]) by A.eurprd04.prod.outlook.com ([fe80::1%4]) with mapi id "
             "15.20" +
             date + people,
         "mailbox"},
        {"only that it left Microsoft is known", left_microsoft + people, "mailbox"},
        {"internal",
         "Received: from A.eurprd04.prod.outlook.com ([fe80::1]) by A.eurprd04.prod.outlook.com ([fe80::1%4]) with "
         "mapi id 15.20" +
             date + own_people,
         "internal"},
        {"internal, servers of one's own",
         "Received: from app ([10.0.0.1]) by mail.shortstraw.local with ESMTP id 1" + date + own_people,
         "internal"},
        {"direct send",
         entry("scanner", "203.0.113.10") + "X-MS-Exchange-Organization-AuthAs: Anonymous\n" + own_people,
         "direct-send"},
        {"direct send from a line with the provider's reverse name",
         entry("scanner", "203.0.113.10") +
             "X-Forefront-Antispam-Report: CIP:203.0.113.10;PTR:ptr-203-0-113-10.dyn.telenet.be;\n" +
             own_people,
         "direct-send"},
        {"connector",
         entry("mail.shortstraw.be", "203.0.113.10") + "X-MS-Exchange-Organization-AuthAs: Internal\n" +
             own_people,
         "connector"},
        {"connector without the right to be internal",
         entry("mail.shortstraw.be", "203.0.113.10") +
             "X-MS-Exchange-Organization-AuthAs: Anonymous\n"
             "X-MS-Exchange-Organization-MessageDirectionality: Originating\n" +
             own_people,
         "connector"},
        {"a program with a login at Gmail",
         "Received: from mail-wm1-f41.google.com (mail-wm1-f41.google.com [209.85.128.41]) by mx.example.com with ESMTPS id 1" +
             date +
             "Received: from pc (pc.example.net. [203.0.113.10]) by smtp.gmail.com with ESMTPSA id 5b1f17b1804b1" +
             date + people,
         "other-provider Google"},
        {"connector: it went on to somebody else",
         left_microsoft + entry("mail.shortstraw.be", "203.0.113.10") + people, "connector"},
        {"forwarded by a mailbox, which is no connector",
         "Return-Path: <boss+SRS=abc=XY=example.net=a@shortstraw.be>\n" + left_microsoft +
             entry("host.example.net", "192.0.2.9") + "From: a@example.net\nTo: boss@shortstraw.be\n",
         "other-provider"},
        {"IIS, then a login",
         left_microsoft +
             "Received: from SRV (203.0.113.10) by AM0PR02CA0013.outlook.office365.com (2603::1) with Microsoft SMTP Server id "
             "15.20 via Frontend Transport" +
             date + "Received: from pc ([192.168.1.9]) by SRV with Microsoft SMTPSVC(10.0.14393.4169)" +
             date + people,
         "iis-relay through smtp-auth"},
        {"IIS, then the MX of Microsoft 365",
         entry("SRV", "203.0.113.10") + "Received: from mail pickup service by SRV with Microsoft SMTPSVC" +
             date + own_people,
         "iis-relay through direct-send"},
        {"IIS, then the internet provider",
         entry("michel.telenet-ops.be", "195.130.132.51") +
             "Received: from SRV ([203.0.113.10]) by michel.telenet-ops.be with bizsmtp id 1" + date +
             "Received: from pc ([192.168.1.9]) by SRV with Microsoft SMTPSVC(7.5.7601.22751)" + date +
             own_people,
         "isp Telenet"},
        {"the provider's own lines are gone", entry("michel.telenet-ops.be", "195.130.132.51") + own_people,
         "isp Telenet"},
        {"the provider by the reverse name alone",
         entry("mail", "195.130.132.51") +
             "X-Forefront-Antispam-Report: CIP:195.130.132.51;PTR:michel.telenet-ops.be;\n" + own_people,
         "isp Telenet"},
        {"the recipient's provider is not the sender's",
         "Received: from EUR05-DB8-obe.outbound.protection.outlook.com (mail-db8eur05on2055.outbound.protection.outlook.com "
         "[40.107.6.55]) by michel.telenet-ops.be with bizsmtp id 1" +
             date +
             "Received: from pc (203.0.113.10) by AM0PR02CA0012.eurprd02.prod.outlook.com (2603::1) with Microsoft SMTP Server id "
             "15.20 via Frontend Transport" +
             date + people,
         "smtp-auth"},
        {"another provider", entry("o1.ptr7777.sendgrid.net", "192.0.2.77") + own_people,
         "other-provider SendGrid"},
        {"a server of one's own",
         "Received: from mail.shortstraw.be (mail.shortstraw.be [203.0.113.10]) by mx.example.com with "
         "ESMTP id 1" +
             date + people,
         "other-provider"},
        {"lines of Microsoft's that the sender made up",
         "Received: from evil.example.net (evil.example.net [192.0.2.66]) by mx.example.com with ESMTP id 1" +
             date +
             "Received: from pc (203.0.113.10) by AM0PR02CA0012.eurprd02.prod.outlook.com (2603::1) with Microsoft SMTP Server id "
             "15.20 via Frontend Transport" +
             date + people,
         "other-provider"},
        {"a greeting in Microsoft's name, at Microsoft's own MX",
         entry("EUR05-DB8-obe.outbound.protection.outlook.com", "192.0.2.66") +
             "Received: from pc (203.0.113.10) by AM0PR02CA0012.eurprd02.prod.outlook.com (2603::1) with Microsoft "
             "SMTP Server id 15.20 via Frontend Transport" +
             date + people,
         "other-provider"},
        {"nothing at all", people, "unknown"},
    }));
    INFO(row.name);
    CHECK(words(origin_of(row.header)) == row.expected);
}

TEST_CASE("evidence names the field, verbatim", "[diagnosis][origin]") {
    const Origin origin =
        origin_of(entry("michel.telenet-ops.be", "195.130.132.51") +
                  "Received: from pc ([203.0.113.10]) by michel.telenet-ops.be\n with bizsmtp id 1" + date +
                  own_people);
    REQUIRE(!origin.evidence.empty());
    CHECK(origin.evidence.front().field == "Received");
    CHECK(origin.evidence.front().hop == 0);
    CHECK(origin.evidence.front().text ==
          "from pc ([203.0.113.10]) by michel.telenet-ops.be with bizsmtp id 1; Tue, 24 Nov "
          "2026 08:00:00 +0000");
    CHECK(origin.evidence.back().field == "X-OriginatorOrg");
    CHECK(origin.evidence.back().text.empty());
    REQUIRE(origin.sender);
    CHECK(ip::to_string(*origin.sender) == "203.0.113.10");
    CHECK(origin.host == "michel.telenet-ops.be");
}
