#pragma once

#include "base/folders.hpp"
#include "support/fake_files.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::test {

/// Folders made of the names in FakeFiles; `folders` lists those that exist, also when nothing is in them.
struct FakeFolders final : Folders {
    explicit FakeFolders(FakeFiles& files_) : files(files_) {}

    FakeFiles& files;
    std::vector<std::string> folders;
    bool is_read_only = false;

    bool exists(const std::string& folder) const {
        return std::find(folders.begin(), folders.end(), folder) != folders.end();
    }

    Result<std::vector<FolderEntry>> list(const std::string& folder) const override {
        if (!exists(folder)) return tl::unexpected(Error{folder, "no such folder"});
        std::vector<FolderEntry> entries;
        for (const std::string& other : folders)
            if (parent(other) == folder)
                entries.push_back({other.substr(folder.size() + 1), other, EntryKind::folder, 0, 0});
        for (const auto& [path, bytes] : files.files)
            if (parent(path) == folder)
                entries.push_back({path.substr(folder.size() + 1), path, EntryKind::file, bytes.size(), 0});
        return entries;
    }

    std::string parent(const std::string& path) const override {
        const std::size_t slash = path.rfind('/');
        return slash == std::string::npos ? std::string{} : path.substr(0, slash);
    }

    Result<std::string> put(const std::string& folder, const std::string& name,
                            std::string_view bytes) override {
        if (is_read_only) return tl::unexpected(Error{folder, "permission denied"});
        files.files[folder + "/" + name] = bytes;
        return folder + "/" + name;
    }
};

} // namespace relaytool::test
