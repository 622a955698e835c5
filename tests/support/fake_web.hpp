#pragma once

#include "base/http.hpp"

#include <deque>
#include <map>
#include <string>
#include <utility>
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

    /// Answers to forms, in the order in which they are asked for; behind them nothing can be reached.
    std::deque<HttpAnswer> answers;
    std::vector<std::pair<std::string, HttpForm>> posted;

    Result<HttpAnswer> post(const std::string& url, const HttpForm& form, const std::string&) override {
        posted.emplace_back(url, form);
        if (answers.empty() || answers.front().status == 0) {
            if (!answers.empty()) answers.pop_front();
            return tl::unexpected(Error{url, "connection refused"});
        }
        HttpAnswer answer = std::move(answers.front());
        answers.pop_front();
        return answer;
    }
};

} // namespace relaytool::test
