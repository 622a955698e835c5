#include "edge/server/disk_mailroot.hpp"

#include "base/ascii.hpp"
#include "edge/server/temporary_folder.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

namespace relaytool::edge {
namespace {

namespace fs = std::filesystem;

/// Files of a folder that are looked at; the others have to wait.
constexpr std::size_t max_files = 10'000;

Error error_at(const fs::path& path, const std::error_code& code) {
    return {path.string(), code.message()};
}

/// The folder of that name, whatever its case.
Result<fs::path> folder_in(const fs::path& root, std::string_view name) {
    std::error_code error;
    for (fs::directory_iterator at(root, error), end; !error && at != end; at.increment(error))
        if (ascii::iequals(at->path().filename().string(), name)) return at->path();
    if (!error) fs::create_directories(root / name, error);
    if (error) return tl::unexpected(error_at(root / name, error));
    return root / name;
}

/// Regular files only: a link could lead to what nobody wants to send.
Result<std::vector<sandbox::FolderFile>> files_in(const fs::path& folder) {
    std::vector<sandbox::FolderFile> files;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code vanished; // between the listing and the look at it
        if (!fs::is_regular_file(at->symlink_status(vanished)) || vanished) continue;
        const std::uint64_t size = at->file_size(vanished);
        if (!vanished) files.push_back({at->path().filename().string(), size});
        if (files.size() == max_files) break;
    }
    if (error) return tl::unexpected(error_at(folder, error));
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return files;
}

} // namespace

Result<void> DiskMailroot::open(const std::string& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return tl::unexpected(error_at(folder, error));
    fs::path drop;
    for (const auto& [name, path] : {std::pair{"Pickup", &pickup_}, std::pair{"Queue", &queue_},
                                     std::pair{"BadMail", &bad_mail_}, std::pair{"Drop", &drop}}) {
        const auto found = folder_in(folder, name);
        if (!found) return tl::unexpected(found.error());
        *path = *found;
    }
    return {};
}

Result<sandbox::MailrootListing> DiskMailroot::list() {
    auto pickup = files_in(pickup_);
    if (!pickup) return tl::unexpected(pickup.error());
    auto queue = files_in(queue_);
    if (!queue) return tl::unexpected(queue.error());
    return sandbox::MailrootListing{*std::move(pickup), *std::move(queue)};
}

Result<void> DiskMailroot::move_to_queue(const std::string& pickup_name, const std::string& queue_name) {
    const fs::path to = queue_ / queue_name;
    std::error_code error;
    if (fs::exists(to, error)) return tl::unexpected(Error{to.string(), "there is such a file already"});
    fs::rename(pickup_ / pickup_name, to, error);
    if (error) return tl::unexpected(error_at(pickup_ / pickup_name, error));
    return {};
}

Result<std::string> DiskMailroot::read_queued(const std::string& name) {
    const fs::path path = queue_ / name;
    std::error_code error;
    const std::uint64_t size = fs::file_size(path, error);
    if (error) return tl::unexpected(error_at(path, error));
    std::string bytes(std::min<std::uint64_t>(size, sandbox::longest_queued), '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!file) return tl::unexpected(Error{path.string(), "it cannot be read"});
    return bytes;
}

Result<void> DiskMailroot::remove_queued(const std::string& name) {
    std::error_code error;
    fs::remove(queue_ / name, error);
    if (error) return tl::unexpected(error_at(queue_ / name, error));
    return {};
}

Result<void> DiskMailroot::write_bad_mail(const std::string& name, std::string_view bytes) {
    const fs::path path = bad_mail_ / name;
    const fs::path hidden = bad_mail_ / ('.' + name);
    std::error_code error;
    if (fs::exists(path, error)) return tl::unexpected(Error{path.string(), "there is such a file already"});
    if (const auto written = write_file(hidden, bytes); !written) {
        fs::remove(hidden, error); // part of it may be there
        return tl::unexpected(written.error());
    }
    fs::rename(hidden, path, error);
    if (error) return tl::unexpected(error_at(path, error));
    return {};
}

} // namespace relaytool::edge
