#pragma once

#include "base/machine.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace relaytool::test {

/// A machine on which waiting takes no time.
struct FakeMachine final : Machine {
    std::function<void(int)> on_sleep = [](int) {}; ///< called with the number of sleeps so far
    int sleeps = 0;
    std::optional<int> interrupted_in; ///< the number of the sleep in which Ctrl-C is pressed
    bool is_stopped = false;           ///< the clock stands still
    std::chrono::microseconds time{1'000'000'000};
    std::chrono::microseconds tick{0}; ///< passes whenever somebody looks at the clock; several threads may
    std::map<std::string, std::string> variables; ///< of the environment
    std::map<std::string, std::string> commands;  ///< the first line that each of them prints
    std::optional<std::string> typed;             ///< at a terminal; absent when there is none

    std::chrono::microseconds uptime() override { return time + tick * looks_++; }
    void sleep(std::chrono::milliseconds duration) override {
        if (!is_stopped) time += duration;
        on_sleep(++sleeps);
    }
    Waking sleep_interruptibly(std::chrono::milliseconds duration) override {
        sleep(duration);
        return interrupted_in == sleeps ? Waking::interrupted : Waking::slept;
    }
    std::string host_name() override { return "pc1.example.com"; }
    std::string user_name() override { return "user"; }
    std::string environment(const std::string& name) override {
        const auto found = variables.find(name);
        return found == variables.end() ? std::string{} : found->second;
    }
    unsigned process_id() override { return 1; }
    Result<std::string> first_line_of(const std::string& command) override {
        const auto found = commands.find(command);
        if (found == commands.end()) return tl::unexpected(Error{command, "there is no such command here"});
        return found->second;
    }
    Result<std::string> ask_secret(const std::string&) override {
        if (!typed) return tl::unexpected(Error{"standard input", "there is no terminal"});
        return *typed;
    }

private:
    std::atomic<int> looks_{0};
};

} // namespace relaytool::test
