#include "spf/provider.hpp"
#include "spf/record.hpp"
#include "support/spf_world.hpp"

using namespace relaytool;
using relaytool::test::name;

namespace {

std::string_view id(const spf::Provider* provider) {
    return provider == nullptr ? "" : provider->id;
}

} // namespace

TEST_CASE("providers by what they are known by", "[spf][provider]") {
    struct Row {
        const char* text;
        const char* by_include;
        const char* by_mx;
    };
    const std::vector<Row> rows = {
        {"spf.protection.outlook.com", "o365", ""},
        {"SPF.Protection.Outlook.COM", "o365", ""},
        {"_spf.google.com", "google", "google"},
        {"_netblocks.google.com", "google", "google"},
        {"aspmx.l.google.com", "google", "google"},
        {"alt1.aspmx.l.google.com", "google", "google"},
        {"aspmx2.googlemail.com", "", "google"},
        {"contoso-com.mail.protection.outlook.com", "o365", "o365"},
        {"contoso-com.o-v1.mx.microsoft", "", "o365"},
        {"xprotection.outlook.com", "", ""}, // ends alike, lies elsewhere
        {"google.com.example", "", ""},
        {"example.com", "", ""},
        {"_spf.telenet-ops.be", "telenet", "telenet"},
        {"u1.wl.sendgrid.net", "sendgrid", ""},
        {"spf-001.pphosted.com", "proofpoint", "proofpoint"},
        {"com", "", ""},
        {".", "", ""},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(id(spf::provider_by_include(name(row.text))) == row.by_include);
        CHECK(id(spf::provider_by_mx(name(row.text))) == row.by_mx);
    }
    CHECK(id(spf::provider_by_id("O365")) == "o365");
    CHECK(spf::provider_by_id("") == nullptr);
    CHECK(id(spf::provider_by_address(ip::read_address("40.107.6.55").value())) == "o365");
    CHECK(id(spf::provider_by_address(ip::read_address("2a01:111:f400::1").value())) == "o365");
    CHECK(id(spf::provider_by_address(ip::read_address("209.85.128.5").value())) == "google");
    CHECK(spf::provider_by_address(ip::read_address("192.0.2.1").value()) == nullptr);
    CHECK(spf::provider_by_address(ip::Address{}) == nullptr);
}

TEST_CASE("the table of providers is sound", "[spf][provider]") {
    std::set<std::string> ids;
    std::set<std::string> names;
    for (const spf::Provider& provider : spf::providers()) {
        INFO(provider.id);
        CHECK(ids.emplace(provider.id).second);
        CHECK(names.emplace(provider.name).second);
        // A word of --sends-via must not read as anything else.
        CHECK(!spf::read_record("v=spf1 " + std::string(provider.id)).is_valid);
        CHECK(!ip::read_network(provider.id));
        bool known = false;
        for (const std::string_view include : provider.includes) {
            if (include.empty()) continue;
            known = true;
            CHECK(spf::read_record("v=spf1 include:" + std::string(include)).is_valid);
            CHECK(spf::provider_by_include(name(std::string(include))) == &provider);
        }
        for (const std::string_view domain : provider.domains) {
            if (domain.empty()) continue;
            known = true;
            CHECK(spf::provider_by_include(name("x." + std::string(domain))) == &provider);
        }
        CHECK(known);
        for (const std::string_view domain : provider.mx)
            if (!domain.empty()) CHECK(spf::provider_by_mx(name("x." + std::string(domain))) == &provider);
        for (const std::string_view network : provider.networks) {
            INFO(network);
            const auto read = ip::read_network(network);
            REQUIRE(read);
            CHECK(ip::first_of(*read) == read->address);
            CHECK(spf::provider_by_address(read->address) == &provider);
        }
    }
}

TEST_CASE("retired includes lead to what took their place", "[spf][provider]") {
    struct Row {
        const char* include;
        const char* replacement; ///< "": not retired
    };
    const std::vector<Row> rows = {
        {"spf.messaging.microsoft.com", "spf.protection.outlook.com"},
        {"OUTLOOK.com", "spf.protection.outlook.com"},
        {"aspmx.googlemail.com", "_spf.google.com"},
        {"spf.protection.outlook.com", ""},
        {"_spf.google.com", ""},
        {"x.outlook.com", ""},
        {"example.com", ""},
    };
    for (const Row& row : rows) {
        INFO(row.include);
        const spf::RetiredInclude* retired = spf::retired_include(name(row.include));
        CHECK((retired == nullptr ? "" : retired->replacement) == std::string_view(row.replacement));
        // Where one is sent is not retired itself.
        if (retired != nullptr)
            CHECK(spf::retired_include(name(std::string(retired->replacement))) == nullptr);
    }
}
