#pragma once

#include "base/files.hpp"

#include <map>
#include <mutex>

namespace relaytool::edge {

/// The files of this machine.
class DiskFiles final : public Files {
public:
    Result<std::vector<std::string>> expand(const std::string& argument) const override;
    Result<void> read(const std::string& name,
                      const std::function<void(std::string_view)>& use) const override;
    Result<void> write(const std::string& name, std::string_view bytes) const override;
    std::string absolute(const std::string& name) const override;
    std::string beside(const std::string& name, std::string_view extension) const override;

private:
    /// Lower-case file name → name as it is, of the folder last asked about: BadMail holds thousands of
    /// triples, and one listing serves them all.
    mutable std::mutex mutex_;
    mutable std::string listed_folder_;
    mutable std::map<std::string, std::string> listing_;
};

/// Reads a whole file (or standard input, `-`) and calls `use` with its bytes.
Result<void> read_bytes(const std::string& name, const std::function<void(std::string_view)>& use);

} // namespace relaytool::edge
