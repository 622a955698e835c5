#include "edge/disk_files.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace relaytool::edge {
namespace {

namespace fs = std::filesystem;

constexpr int deepest_folder = 16;

/// Whether `name` fits `pattern` with `*` and `?`, case ignored as on the systems where IIS lives. Linear but
/// for the last star.
bool fits(std::string_view name, std::string_view pattern) {
    std::size_t n = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t retry = 0;
    while (n < name.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || ascii::lower(pattern[p]) == ascii::lower(name[n]))) {
            ++n;
            ++p;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            retry = n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++retry;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

bool is_hidden(const std::string& name) {
    return name.starts_with('.');
}

/// Folders still to be listed, with their depth.
using Folders = std::vector<std::pair<fs::path, int>>;

/// Adds the files of one folder, and its folders to `waiting`. Links to folders are not followed: they may
/// lead in circles. Pipes and devices are left out: reading them may never end.
std::error_code list_one(const fs::path& folder, int depth, std::vector<std::string>& files,
                         Folders& waiting) {
    std::error_code error;
    for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator{};
         at.increment(error)) {
        std::error_code ignored; // a broken link is neither file nor folder
        const std::string name = at->path().filename().string();
        if (is_hidden(name)) continue;
        if (at->is_directory(ignored) && !at->is_symlink(ignored)) {
            if (name != "tmp" && depth < deepest_folder) waiting.emplace_back(at->path(), depth + 1);
        } else if (at->is_regular_file(ignored)) {
            files.push_back(at->path().string());
        }
    }
    return error;
}

/// All files in and below a folder. A folder below it that cannot be listed stands among the files: reading
/// it tells why.
Result<std::vector<std::string>> list_folder(const fs::path& top) {
    std::vector<std::string> files;
    Folders waiting;
    if (const std::error_code error = list_one(top, 0, files, waiting))
        return tl::unexpected(Error{top.string(), error.message()});
    while (!waiting.empty()) {
        const auto [folder, depth] = waiting.back();
        waiting.pop_back();
        if (list_one(folder, depth, files, waiting)) files.push_back(folder.string());
    }
    if (files.empty()) return tl::unexpected(Error{top.string(), "the folder holds no files"});
    std::sort(files.begin(), files.end());
    return files;
}

Result<std::vector<std::string>> list_pattern(const fs::path& pattern) {
    const fs::path folder = pattern.has_parent_path() ? pattern.parent_path() : fs::path(".");
    std::vector<std::string> files;
    Folders ignored;
    if (const std::error_code error = list_one(folder, deepest_folder, files, ignored))
        return tl::unexpected(Error{folder.string(), error.message()});
    std::erase_if(files, [&](const std::string& file) {
        return !fits(fs::path(file).filename().string(), pattern.filename().string());
    });
    if (!pattern.has_parent_path())
        for (std::string& file : files)
            file = fs::path(file).filename().string();
    if (files.empty()) return tl::unexpected(Error{pattern.string(), "no file matches"});
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

Result<std::vector<std::string>> DiskFiles::expand(const std::string& argument) const {
    if (argument == "-") return std::vector<std::string>{argument};
    std::error_code error;
    const fs::file_status status = fs::status(argument, error);
    if (fs::is_directory(status)) return list_folder(argument);
    if (fs::exists(status)) return std::vector<std::string>{argument};
    if (fs::path(argument).filename().string().find_first_of("*?") != std::string::npos)
        return list_pattern(argument);
    return tl::unexpected(Error{argument, "no such file or folder"});
}

Result<void> DiskFiles::read(const std::string& name,
                             const std::function<void(std::string_view)>& use) const {
    return read_bytes(name, use);
}

Result<void> DiskFiles::write(const std::string& name, std::string_view bytes) const {
    std::ofstream file(name, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (file) return {};
    return tl::unexpected(Error{name, "cannot be written: does its folder exist, and may you write there?"});
}

std::string DiskFiles::absolute(const std::string& name) const {
    if (name == "-") return name;
    std::error_code error;
    const fs::path path = fs::absolute(name, error);
    return error ? name : path.lexically_normal().string();
}

std::string DiskFiles::beside(const std::string& name, std::string_view extension) const {
    const fs::path path(name);
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    const std::lock_guard lock(mutex_);
    if (listed_folder_ != folder.string()) {
        listing_.clear();
        listed_folder_ = folder.string();
        std::error_code error;
        for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator{};
             at.increment(error)) {
            const std::string file = at->path().filename().string();
            if (ascii::iends_with(file, ".bdr")) listing_.emplace(ascii::to_lower(file), file);
        }
    }
    const auto found = listing_.find(ascii::to_lower(path.stem().string()) + ascii::to_lower(extension));
    if (found == listing_.end()) return {};
    return (path.has_parent_path() ? folder / found->second : fs::path(found->second)).string();
}

} // namespace relaytool::edge
