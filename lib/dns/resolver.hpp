#pragma once

#include "dns/record.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace relaytool::dns {

/// Which servers to ask, and how patiently.
struct Servers {
    /// "192.0.2.53", "192.0.2.53:5353", "::1", "[::1]:5353", or a host name with or without a port; asked in
    /// this order. Empty: those the system is set to.
    std::vector<std::string> addresses;
    std::chrono::milliseconds timeout{5000}; ///< for one look-up, all servers and repeats together
};

/// Something that answers questions: servers of the network, a zone file, a made-up world in a test. It keeps
/// no memory of what was asked; Cache does.
class Resolver {
public:
    virtual ~Resolver() = default;

    /// Starts a look-up. `done` is called exactly once, from inside this call or a later wait(), and may ask
    /// further questions. Whatever goes wrong comes as an Answer.
    virtual void ask(const Question& question, std::function<void(Answer)> done) = 0;

    /// Waits until at least one outstanding question is answered (or has timed out) and its `done` was
    /// called. Returns how long it waited. To be called only while something is outstanding.
    virtual std::chrono::nanoseconds wait() = 0;
};

} // namespace relaytool::dns
