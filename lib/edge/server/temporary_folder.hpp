#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <string_view>

namespace relaytool::edge {

/// A folder of our own, for this user only, which goes away with the object and all that is in it.
class TemporaryFolder {
public:
    TemporaryFolder() = default;
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    /// Makes it: `<name>-<random>` among the system's temporary files.
    Result<void> make(std::string_view name);
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Writes a new file; an Error when it cannot be written in full.
Result<void> write_file(const std::filesystem::path& path, std::string_view octets);

} // namespace relaytool::edge
