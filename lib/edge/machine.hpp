#pragma once

#include "base/machine.hpp"

namespace relaytool::edge {

/// This machine.
class ThisMachine final : public Machine {
public:
    std::chrono::microseconds uptime() override;
    void sleep(std::chrono::milliseconds time) override;
    Waking sleep_interruptibly(std::chrono::milliseconds time) override;
    std::string host_name() override;
    std::string user_name() override;
    std::string environment(const std::string& name) override;
    unsigned process_id() override;
    Result<std::string> first_line_of(const std::string& command) override;
    Result<std::string> ask_secret(const std::string& prompt) override;
};

} // namespace relaytool::edge
