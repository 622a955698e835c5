#include "edge/disk_files.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

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

/// All files in and below a folder. Links to folders are not followed: they may lead in circles.
Result<std::vector<std::string>> list_folder(const fs::path& folder) {
    std::vector<std::string> files;
    std::error_code error;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
    if (error) return tl::unexpected(Error{folder.string(), error.message()});
    for (; at != fs::recursive_directory_iterator{}; at.increment(error)) {
        if (error) return tl::unexpected(Error{folder.string(), error.message()});
        const std::string name = at->path().filename().string();
        const bool is_folder = at->is_directory(error) && !at->is_symlink(error);
        if (is_folder && (is_hidden(name) || name == "tmp" || at.depth() >= deepest_folder))
            at.disable_recursion_pending();
        if (is_folder || is_hidden(name) || at->is_directory(error)) continue;
        files.push_back(at->path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

Result<std::vector<std::string>> list_pattern(const fs::path& pattern) {
    const fs::path folder = pattern.has_parent_path() ? pattern.parent_path() : fs::path(".");
    std::vector<std::string> files;
    std::error_code error;
    for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator{};
         at.increment(error))
        if (!at->is_directory() && fits(at->path().filename().string(), pattern.filename().string()))
            files.push_back((pattern.has_parent_path() ? at->path() : at->path().filename()).string());
    if (files.empty()) return tl::unexpected(Error{pattern.string(), "no file matches"});
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

Result<std::vector<std::string>> DiskFiles::expand(const std::string& argument) const {
    if (argument == "-") return std::vector<std::string>{argument};
    std::error_code error;
    const fs::file_status status = fs::status(argument, error);
    if (fs::is_directory(status)) {
        auto files = list_folder(argument);
        if (files && files->empty()) return tl::unexpected(Error{argument, "the folder holds no files"});
        return files;
    }
    if (fs::exists(status)) return std::vector<std::string>{argument};
    if (fs::path(argument).filename().string().find_first_of("*?") != std::string::npos)
        return list_pattern(argument);
    return tl::unexpected(Error{argument, "no such file or folder"});
}

Result<void> DiskFiles::read(const std::string& name,
                             const std::function<void(std::string_view)>& use) const {
    return read_bytes(name, use);
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
