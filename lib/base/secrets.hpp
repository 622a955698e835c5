#pragma once

#include "base/result.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool {

/// Small files that only their owner may read; implemented by the edge, and by plain fakes in the tests.
/// Errors name the file and the fix.
class Secrets {
public:
    virtual ~Secrets() = default;

    /// While it lives, no other process holds one of that name.
    class Lock {
    public:
        virtual ~Lock() = default;
    };
    /// Waits for the other process, at most `patience`.
    virtual Result<std::unique_ptr<Lock>> lock(const std::string& name,
                                               std::chrono::milliseconds patience) = 0;

    /// Nothing when there is no such file. An Error when others could read it, or it is not ours.
    virtual Result<std::optional<std::string>> read(const std::string& name) = 0;
    /// All or nothing: a reader never sees a part, and a crash leaves the old one.
    virtual Result<void> write(const std::string& name, std::string_view bytes) = 0;
    /// Whether there was one.
    virtual Result<bool> remove(const std::string& name) = 0;
    /// The names there are, sorted.
    virtual Result<std::vector<std::string>> list() = 0;
    /// Where the file stands, for people.
    virtual std::string path(const std::string& name) = 0;
};

} // namespace relaytool
