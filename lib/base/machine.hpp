#pragma once

#include "base/result.hpp"

#include <chrono>
#include <string>

namespace relaytool {

/// How a wait ended.
enum class Waking {
    slept,       ///< the time is over
    interrupted, ///< the user wants to end it (Ctrl-C)
};

/// What a command may ask of the machine it runs on; implemented by the edge, and by plain fakes in the
/// tests.
class Machine {
public:
    virtual ~Machine() = default;

    /// Time since some fixed moment; never goes back.
    virtual std::chrono::microseconds uptime() = 0;
    virtual void sleep(std::chrono::milliseconds time) = 0;
    /// Sleeps, and wakes early on Ctrl-C, which then does not end the program: the caller does. For one
    /// thread at a time. Outside of it Ctrl-C ends the program as always.
    virtual Waking sleep_interruptibly(std::chrono::milliseconds time) = 0;

    /// The machine's own name, with its domain where it knows it.
    virtual std::string host_name() = 0;
    /// Of the person who is logged in; may be empty.
    virtual std::string user_name() = 0;
    /// "" when it is not set.
    virtual std::string environment(const std::string& name) = 0;
    virtual unsigned process_id() = 0;

    /// The first line that a shell command prints. The Error names the command.
    virtual Result<std::string> first_line_of(const std::string& command) = 0;
    /// Asks the person at the terminal, without echo. An Error when there is no terminal.
    virtual Result<std::string> ask_secret(const std::string& prompt) = 0;
};

} // namespace relaytool
