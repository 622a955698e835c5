#include "edge/disk_folders.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace relaytool::edge {
namespace {

namespace fs = std::filesystem;

std::int64_t seconds_of(fs::file_time_type time) {
    const auto system = std::chrono::file_clock::to_sys(time);
    return std::chrono::duration_cast<std::chrono::seconds>(system.time_since_epoch()).count();
}

/// Nothing for what is neither a file nor a folder, or vanished meanwhile.
bool look_at(const fs::directory_entry& from, FolderEntry& entry) {
    std::error_code error;
    entry.name = from.path().filename().string();
    entry.path = from.path().string();
    if (entry.name.starts_with('.')) return false;
    if (from.is_directory(error)) {
        entry.kind = EntryKind::folder;
        return true;
    }
    if (!from.is_regular_file(error)) return false;
    entry.size = from.file_size(error);
    if (error) return false;
    const fs::file_time_type time = from.last_write_time(error);
    if (error) return false;
    entry.modified = seconds_of(time);
    return true;
}

std::error_code write_file(const fs::path& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    return file ? std::error_code{} : std::make_error_code(std::errc::io_error);
}

/// Writes beside the folder and renames; false when that place cannot be used.
bool put_by(const fs::path& place, const fs::path& target, std::string_view bytes) {
    const fs::path waiting = place / (".relaytool-" + target.filename().string() + ".tmp");
    std::error_code error = write_file(waiting, bytes);
    if (!error) fs::rename(waiting, target, error);
    if (!error) return true;
    std::error_code ignored;
    fs::remove(waiting, ignored);
    return false;
}

} // namespace

Result<std::vector<FolderEntry>> DiskFolders::list(const std::string& folder) const {
    std::vector<FolderEntry> entries;
    std::error_code error;
    for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator{};
         at.increment(error)) {
        FolderEntry entry;
        if (look_at(*at, entry)) entries.push_back(std::move(entry));
    }
    if (error) return tl::unexpected(Error{folder, error.message()});
    std::sort(entries.begin(), entries.end(),
              [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
    return entries;
}

std::string DiskFolders::parent(const std::string& path) const {
    std::error_code error;
    fs::path whole = fs::absolute(path, error).lexically_normal();
    if (error) return {};
    if (!whole.has_filename()) whole = whole.parent_path(); // a slash at the end
    return whole.has_parent_path() && whole.parent_path() != whole ? whole.parent_path().string()
                                                                   : std::string{};
}

Result<std::string> DiskFolders::put(const std::string& folder, const std::string& name,
                                     std::string_view bytes) {
    const fs::path target = fs::path(folder) / name;
    std::error_code error;
    if (!fs::is_directory(folder, error)) return tl::unexpected(Error{folder, "there is no such folder"});
    if (fs::exists(target, error))
        return tl::unexpected(Error{target.string(), "a file of that name is there already"});
    // The parent is on the same volume unless somebody mounted the folder. IIS takes every file in Pickup,
    // even one that is being written: only the last resort is to write there.
    const std::string above = parent(folder);
    if (!above.empty() && put_by(above, target, bytes)) return target.string();
    if (put_by(folder, target, bytes)) return target.string();
    return tl::unexpected(
        Error{folder, "cannot write into it: this account needs the right to add files there"});
}

} // namespace relaytool::edge
