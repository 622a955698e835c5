#pragma once

#include "base/machine.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace relaytool::test {

/// A machine on which waiting takes no time.
struct FakeMachine final : Machine {
    std::function<void(int)> on_sleep = [](int) {}; ///< called with the number of sleeps so far
    int sleeps = 0;
    bool is_stopped = false; ///< the clock stands still
    std::chrono::microseconds time{1'000'000'000};

    std::chrono::microseconds uptime() override { return time; }
    void sleep(std::chrono::milliseconds duration) override {
        if (!is_stopped) time += duration;
        on_sleep(++sleeps);
    }
    std::string host_name() override { return "pc1.example.com"; }
    std::string user_name() override { return "user"; }
    std::string environment(const std::string&) override { return {}; }
    unsigned process_id() override { return 1; }
    Result<std::string> first_line_of(const std::string& command) override {
        return tl::unexpected(Error{command, "there are no commands here"});
    }
    Result<std::string> ask_secret(const std::string&) override {
        return tl::unexpected(Error{"standard input", "there is no terminal"});
    }
};

} // namespace relaytool::test
