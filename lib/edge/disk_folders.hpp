#pragma once

#include "base/folders.hpp"

namespace relaytool::edge {

/// The folders of this machine.
class DiskFolders final : public Folders {
public:
    Result<std::vector<FolderEntry>> list(const std::string& folder) const override;
    std::string parent(const std::string& path) const override;
    Result<std::string> put(const std::string& folder, const std::string& name,
                            std::string_view bytes) override;
};

} // namespace relaytool::edge
