#include "diagnosis/host_family.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace relaytool::diagnosis;

namespace {

struct Row {
    std::string text;
    HostFamily family;
};

} // namespace

TEST_CASE("operators behind host names", "[diagnosis][host_family]") {
    const std::vector<Row> rows = {
        {"", HostFamily::any},
        {"mx.example.com", HostFamily::any},
        {"smtp.office365.com", HostFamily::microsoft},
        {"XX1EUR01FT049.eop-EUR01.prod.protection.OUTLOOK.com", HostFamily::microsoft},
        {"contoso-com.mail.protection.outlook.com", HostFamily::microsoft},
        {"outlook.com", HostFamily::microsoft},
        {"notoutlook.com", HostFamily::any},
        {"outlook.com.example.net", HostFamily::any},
        {"gmail-smtp-in.l.google.com", HostFamily::google},
        {"mta5.am0.yahoodns.net", HostFamily::yahoo},
        {"mx01.mail.icloud.com", HostFamily::apple},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(family_of_host(row.text) == row.family);
    }
}

TEST_CASE("operators behind wordings", "[diagnosis][host_family]") {
    const std::vector<Row> rows = {
        {"", HostFamily::any},
        {"550 5.1.1 User unknown", HostFamily::any},
        {"554 5.2.0 STOREDRV.Submission.Exception", HostFamily::microsoft},
        {"535 5.7.139 no, see https://aka.ms/smtp_auth_disabled", HostFamily::microsoft},
        {"550-5.1.1 no such account a1b2c3 - gsmtp", HostFamily::google},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(family_of_text(row.text) == row.family);
    }
}
