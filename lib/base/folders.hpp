#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool {

enum class EntryKind { file, folder };

struct FolderEntry {
    std::string name;
    std::string path; ///< to read it by
    EntryKind kind = EntryKind::file;
    std::uint64_t size = 0;    ///< octets
    std::int64_t modified = 0; ///< seconds since 1970-01-01 UTC
};

/// Folders that are watched, and files that are put into them; implemented by the edge, and by plain fakes in
/// the tests.
class Folders {
public:
    virtual ~Folders() = default;

    /// The files and folders in `folder`, hidden ones left out, by name.
    virtual Result<std::vector<FolderEntry>> list(const std::string& folder) const = 0;

    /// The folder that holds `path`; empty when there is none.
    virtual std::string parent(const std::string& path) const = 0;

    /// Puts a file into `folder` so that nobody ever sees a part of it: written on the same volume, then
    /// renamed. An existing file is never replaced. Gives its path.
    virtual Result<std::string> put(const std::string& folder, const std::string& name,
                                    std::string_view bytes) = 0;
};

} // namespace relaytool
