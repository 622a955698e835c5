#include "diagnosis/catalogue.hpp"
#include "diagnosis/pickup_findings.hpp"
#include "diagnosis/verdict.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace relaytool;
using namespace relaytool::diagnosis;

namespace {

struct Row {
    const char* name;
    std::string file;
    std::string_view id;
};

} // namespace

TEST_CASE("a refused pickup file has its row", "[diagnosis][pickup]") {
    const std::vector<Row> rows = {
        {"nothing", "", "iis-pickup-file-invalid"},
        {"no From", "To: b@example.org\n\nHi\n", "iis-pickup-file-invalid"},
        {"a bad From", "From: x\nTo: b@example.org\n\nHi\n", "iis-pickup-file-invalid"},
        {"no header", "Hello\n", "iis-pickup-file-invalid"},
        {"no recipients", "From: a@example.com\n\nHi\n", "iis-pickup-no-recipients"},
        {"a bad recipient", "From: a@example.com\nTo: bob\n\nHi\n", "pickup-recipient-invalid"},
        {"binary", std::string("From: a@example.com\nTo: b@example.com\n\n\0", 40), "pickup-file-no-text"},
        {"a long header", "From: a@example.com\nX: " + std::string(300 * 1024, 'x'), "pickup-file-too-big"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        const auto pickup = mail::read_pickup(row.file);
        REQUIRE_FALSE(pickup);
        const Finding finding = finding_of(pickup.error());
        CHECK(finding.id == row.id);
        CHECK(find_rule(finding.id) != nullptr);
        CHECK(finding.permanent == true);
    }
}

TEST_CASE("the refusal is the finding of the BadMail file that IIS writes", "[diagnosis][pickup]") {
    const auto pickup = mail::read_pickup("To: b@example.org\n\nHi\n");
    REQUIRE_FALSE(pickup);
    const Finding ours = finding_of(pickup.error());
    const Verdict iis =
        judge("To: b@example.org\n\nHi\n",
              "Error is processing file in pickup directory.\nThe specific error code was 0xC00402CE.\n",
              Place::badmail);
    REQUIRE(iis.findings.size() == 1);
    CHECK(ours.id == iis.findings.front().id);
    CHECK(ours.category == iis.findings.front().category);
    CHECK(ours.evidence.find("0xC00402CE") != std::string::npos);
}
