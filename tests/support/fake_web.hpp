#pragma once

#include "base/http.hpp"

#include <map>
#include <string>
#include <vector>

namespace relaytool::test {

/// A web made of addresses and answers; others cannot be reached.
struct FakeWeb final : Web {
    std::map<std::string, HttpAnswer> pages;
    std::vector<std::string> fetched;

    Result<HttpAnswer> get(const std::string& url, const std::vector<ip::Address>&) override {
        fetched.push_back(url);
        const auto found = pages.find(url);
        if (found == pages.end()) return tl::unexpected(Error{url, "connection refused"});
        return found->second;
    }
};

} // namespace relaytool::test
