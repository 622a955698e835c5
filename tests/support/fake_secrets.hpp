#pragma once

#include "base/secrets.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace relaytool::test {

/// Secrets in a map.
struct FakeSecrets final : Secrets {
    std::map<std::string, std::string> files;
    int locks = 0; ///< taken so far

    Result<std::unique_ptr<Lock>> lock(const std::string&, std::chrono::milliseconds) override {
        ++locks;
        return std::make_unique<Lock>();
    }
    Result<std::optional<std::string>> read(const std::string& name) override {
        const auto found = files.find(name);
        if (found == files.end()) return std::optional<std::string>();
        return std::optional(found->second);
    }
    Result<void> write(const std::string& name, std::string_view bytes) override {
        files[name] = bytes;
        return {};
    }
    Result<bool> remove(const std::string& name) override { return files.erase(name) == 1; }
    Result<std::vector<std::string>> list() override {
        std::vector<std::string> names;
        for (const auto& [name, bytes] : files)
            names.push_back(name);
        return names;
    }
    std::string path(const std::string& name) override { return "/tokens/" + name; }
};

} // namespace relaytool::test
