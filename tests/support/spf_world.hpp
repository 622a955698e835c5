#pragma once

#include "diagnosis/spf_findings.hpp"
#include "dns/zone.hpp"
#include "spf/lint.hpp"
#include "spf/sources.hpp"
#include "spf/suggest.hpp"
#include "spf/tree.hpp"
#include "support/catch.hpp"
#include "support/fake_dns.hpp"

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

/// What tests of SPF share.
namespace relaytool::test {

inline dns::Name name(const std::string& text) {
    return FakeDns::name(text);
}

/// A DNS seen in one run.
struct SpfWorld {
    explicit SpfWorld(dns::Resolver& resolver) : cache(resolver) {}

    spf::Tree walk(const std::string& domain) { return spf::walk(policies, name(domain)); }
    std::vector<spf::Issue> issues(const std::string& domain) {
        return spf::lint(walk(domain), spf::look_around(cache, name(domain)));
    }
    /// The ids of what lint() finds, each once.
    std::set<std::string> findings(const std::string& domain) {
        std::set<std::string> ids;
        for (const spf::Issue& issue : issues(domain))
            ids.emplace(diagnosis::id_of(issue.problem));
        return ids;
    }
    /// The suggested record.
    std::string suggestion(const std::string& domain, std::string_view senders = {},
                           spf::SuggestOptions options = {}) {
        options.senders = spf::read_senders(senders).value();
        const spf::Tree tree = walk(domain);
        return spf::suggest(tree, spf::look_around(cache, name(domain)), options).records.front().text;
    }

    dns::Cache cache;
    spf::Policies policies{cache};
};

inline std::string read_source(const std::string& path) {
    std::ifstream file(std::string(RELAYTOOL_SOURCE_DIR) + "/" + path, std::ios::binary);
    REQUIRE(file);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The zone files that users try things with.
inline dns::ZoneResolver example_zones() {
    dns::ZoneResolver resolver;
    for (const char* file : {"examples/zones/shortstraw.be.zone", "examples/zones/broken.zone"})
        resolver.add(dns::read_zone(read_source(file), file).value());
    return resolver;
}

/// Networks one behind the other: "192.0.2.0/24 2001:db8::1".
inline std::string words(const std::vector<ip::Network>& networks) {
    std::string text;
    for (const ip::Network& network : networks)
        text += (text.empty() ? "" : " ") + ip::to_string(network);
    return text;
}

} // namespace relaytool::test
