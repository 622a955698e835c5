#include "diagnosis/check.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace relaytool::diagnosis;

namespace {

std::string title_for(const std::string& domain) {
    return finding_of("domain-not-in-dns", {{"domain", domain}}).title;
}

} // namespace

TEST_CASE("a check's row is filled with what was found", "[diagnosis][check]") {
    const Finding finding = finding_of("domain-not-in-dns", {{"domain", "example.com"}}, "NXDOMAIN");
    CHECK(finding.id == "domain-not-in-dns");
    CHECK(finding.category == Category::host_unknown);
    CHECK(finding.severity == Severity::error);
    CHECK(finding.title == "example.com does not exist in the DNS");
    CHECK(finding.evidence == "NXDOMAIN");
    CHECK_FALSE(finding.permanent.has_value());
    CHECK_FALSE(finding.steps.empty());
}

TEST_CASE("what was not given becomes a name in angle brackets", "[diagnosis][check]") {
    CHECK(finding_of("domain-not-in-dns", {}).title == "<domain> does not exist in the DNS");
    CHECK(finding_of("no-such-row", {}).id == "no-such-row");
}

TEST_CASE("a stranger's words do not get into a command", "[diagnosis][check]") {
    for (const std::string& value : std::vector<std::string>{
             "a;b", "$(x)", "`x`", "a b", "a\nb", "\x1b]0;x\x07", "-x", "a\xC3\xA9", std::string(300, 'a')}) {
        INFO(value);
        CHECK(title_for(value) == "<domain> does not exist in the DNS");
    }
}

TEST_CASE("placeholders hold words or texts", "[diagnosis][check]") {
    CHECK(placeholder_of("domain") == Placeholder::word);
    CHECK(placeholder_of("record") == Placeholder::text);
    CHECK(placeholder_of("no-such-name") == Placeholder::none);
    CHECK(placeholder_of("") == Placeholder::none);
}
