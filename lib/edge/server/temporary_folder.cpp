#include "edge/server/temporary_folder.hpp"

#include <fmt/format.h>

#include <fstream>
#include <random>
#include <string>
#include <system_error>

namespace relaytool::edge {

namespace fs = std::filesystem;

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<void> TemporaryFolder::make(std::string_view name) {
    constexpr int attempts = 8;
    std::error_code error;
    const fs::path parent = fs::temp_directory_path(error);
    std::random_device random;
    for (int attempt = 0; !error && attempt < attempts; ++attempt) {
        const fs::path path = parent / fmt::format("{}-{:08x}{:08x}", name, random(), random());
        // Nobody else's folder: only one that was made just now counts.
        if (!fs::create_directory(path, error) || error) continue;
        fs::permissions(path, fs::perms::owner_all, error);
        path_ = path;
        if (!error) return {};
    }
    return tl::unexpected(Error{
        parent.string(), error ? error.message() : std::string("no temporary folder can be made here")});
}

Result<void> write_file(const fs::path& path, std::string_view octets) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(octets.data(), static_cast<std::streamsize>(octets.size()));
    file.close();
    if (file.fail()) return tl::unexpected(Error{path.string(), "cannot be written"});
    return {};
}

} // namespace relaytool::edge
