#pragma once

#include "base/ascii.hpp"
#include "base/files.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::test {

/// Files made of names and bytes. `folder/` stands for all names below it; what is listed in `locked` exists,
/// but cannot be read. Standard input is the file `-`.
struct FakeFiles final : Files {
    std::map<std::string, std::string> files;
    std::vector<std::string> locked;
    mutable std::map<std::string, std::string> written;

    Result<std::vector<std::string>> expand(const std::string& argument) const override {
        std::vector<std::string> found;
        for (const auto& [name, bytes] : files)
            if (name == argument || (argument.ends_with('/') && name.starts_with(argument)))
                found.push_back(name);
        for (const std::string& name : locked)
            if (name == argument || (argument.ends_with('/') && name.starts_with(argument)))
                found.push_back(name);
        if (found.empty()) return tl::unexpected(Error{argument, "no such file or folder"});
        return found;
    }

    Result<void> read(const std::string& name,
                      const std::function<void(std::string_view)>& use) const override {
        const auto found = files.find(name);
        if (found == files.end()) return tl::unexpected(Error{name, "permission denied"});
        use(found->second);
        return {};
    }

    Result<void> write(const std::string& name, std::string_view bytes) const override {
        if (std::find(locked.begin(), locked.end(), name) != locked.end())
            return tl::unexpected(Error{name, "permission denied"});
        written[name] = std::string(bytes);
        return {};
    }

    std::string absolute(const std::string& name) const override {
        return name.starts_with('/') || name == "-" ? name : "/here/" + name;
    }

    std::string beside(const std::string& name, std::string_view extension) const override {
        const std::string wanted = name.substr(0, name.rfind('.')).append(extension);
        for (const auto& [other, bytes] : files)
            if (ascii::iequals(other, wanted)) return other;
        for (const std::string& other : locked)
            if (ascii::iequals(other, wanted)) return other;
        return {};
    }
};

} // namespace relaytool::test
