#include "edge/disk_secrets.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace relaytool::edge {
namespace {

constexpr std::size_t longest_file = 256 * 1024;
constexpr std::chrono::milliseconds pause_between_tries{50};
constexpr mode_t owner_only = S_IRUSR | S_IWUSR;
constexpr mode_t others = S_IRWXG | S_IRWXO;

std::string words_of(int error) {
    return std::error_code(error, std::generic_category()).message();
}

/// A file descriptor that is closed again.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;

    int number() const { return number_; }
    bool is_open() const { return number_ >= 0; }

private:
    int number_;
};

class FileLock final : public Secrets::Lock {
public:
    explicit FileLock(Descriptor file) : file_(std::move(file)) {} // closing it gives the lock back

private:
    Descriptor file_;
};

std::string state_folder() {
    // The XDG Base Directory Specification: what is not absolute counts as not set.
    if (const char* state = std::getenv("XDG_STATE_HOME");
        state != nullptr && *state == '/') // NOLINT(concurrency-mt-unsafe)
        return std::string(state) + "/relaytool/tokens";
    const char* home = std::getenv("HOME"); // NOLINT(concurrency-mt-unsafe)
    return std::string(home == nullptr ? "." : home) + "/.local/state/relaytool/tokens";
}

/// Why a file could not be opened.
Error cannot_open(const std::string& path, int error) {
    if (error == ELOOP) // O_NOFOLLOW
        return {path, "is a symbolic link, and may lead to what others can read: put the file itself here"};
    return {path, words_of(error)};
}

/// A folder in which others may write holds what they like. One that is not there holds nothing.
Result<void> mend_folder(const std::string& folder) {
    struct stat facts {};
    if (::stat(folder.c_str(), &facts) != 0) return {};
    if (!S_ISDIR(facts.st_mode)) return tl::unexpected(Error{folder, "is no folder"});
    if (facts.st_uid != ::geteuid())
        return tl::unexpected(
            Error{folder, "belongs to another user: set XDG_STATE_HOME to a folder of yours"});
    if ((facts.st_mode & others) != 0 && ::chmod(folder.c_str(), S_IRWXU) != 0)
        return tl::unexpected(
            Error{folder, "is open to others, and that cannot be changed: " + words_of(errno)});
    return {};
}

Result<std::string> read_all(int file, const std::string& path) {
    std::string bytes;
    std::string room(4096, '\0');
    for (;;) {
        const ssize_t count = ::read(file, room.data(), room.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return tl::unexpected(Error{path, words_of(errno)});
        if (count == 0) return bytes;
        bytes.append(room, 0, static_cast<std::size_t>(count));
        if (bytes.size() > longest_file) return tl::unexpected(Error{path, "too large for a token file"});
    }
}

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

} // namespace

DiskSecrets::DiskSecrets(std::string folder) : folder_(std::move(folder)) {}

std::string DiskSecrets::path(const std::string& name) {
    if (folder_.empty()) folder_ = state_folder();
    return folder_ + "/" + name;
}

Result<void> DiskSecrets::make_folder() const {
    std::error_code error;
    const std::filesystem::path folder(folder_);
    std::filesystem::create_directories(folder.parent_path(), error);
    if (::mkdir(folder_.c_str(), S_IRWXU) != 0 && errno != EEXIST)
        return tl::unexpected(Error{folder_, "cannot be made: " + words_of(errno)});
    return mend_folder(folder_);
}

Result<std::unique_ptr<Secrets::Lock>> DiskSecrets::lock(const std::string& name,
                                                         std::chrono::milliseconds patience) {
    const std::string file = path(name + ".lock");
    if (auto made = make_folder(); !made) return tl::unexpected(made.error());
    Descriptor descriptor(
        ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, owner_only));
    if (!descriptor.is_open()) return tl::unexpected(cannot_open(file, errno));
    const auto end = std::chrono::steady_clock::now() + patience;
    while (::flock(descriptor.number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) return tl::unexpected(Error{file, words_of(errno)});
        if (std::chrono::steady_clock::now() >= end)
            return tl::unexpected(Error{
                file,
                "another relaytool has been busy with this login for too long: wait for it, or end it"});
        std::this_thread::sleep_for(pause_between_tries);
    }
    return std::make_unique<FileLock>(std::move(descriptor));
}

Result<std::optional<std::string>> DiskSecrets::read(const std::string& name) {
    const std::string file = path(name);
    if (auto mended = mend_folder(folder_); !mended) return tl::unexpected(mended.error());
    // A pipe that nobody writes into would be waited for, without O_NONBLOCK.
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!descriptor.is_open()) {
        if (errno == ENOENT) return std::optional<std::string>();
        return tl::unexpected(cannot_open(file, errno));
    }
    struct stat facts {};
    if (::fstat(descriptor.number(), &facts) != 0 || !S_ISREG(facts.st_mode))
        return tl::unexpected(Error{file, "is no ordinary file"});
    if (facts.st_uid != ::geteuid()) return tl::unexpected(Error{file, "belongs to another user"});
    if ((facts.st_mode & others) != 0)
        return tl::unexpected(Error{
            file,
            "others can read the token in it: make a new one (relaytool login), or at least: chmod 600 " +
                file});
    auto bytes = read_all(descriptor.number(), file);
    if (!bytes) return tl::unexpected(bytes.error());
    return std::optional(*std::move(bytes));
}

Result<void> DiskSecrets::write(const std::string& name, std::string_view bytes) {
    const std::string file = path(name);
    if (auto made = make_folder(); !made) return made;
    std::string temporary = file + ".XXXXXX";
    const Descriptor descriptor(::mkstemp(temporary.data())); // made with mode 0600
    if (!descriptor.is_open()) return tl::unexpected(Error{file, words_of(errno)});
    const bool is_written = write_all(descriptor.number(), bytes) && ::fsync(descriptor.number()) == 0 &&
                            ::rename(temporary.c_str(), file.c_str()) == 0;
    if (is_written) return {};
    const int error = errno;
    ::unlink(temporary.c_str());
    return tl::unexpected(Error{file, "cannot be written: " + words_of(error)});
}

Result<bool> DiskSecrets::remove(const std::string& name) {
    const std::string file = path(name);
    if (::unlink(file.c_str()) == 0) return true;
    if (errno == ENOENT) return false;
    return tl::unexpected(Error{file, "cannot be removed: " + words_of(errno)});
}

Result<std::vector<std::string>> DiskSecrets::list() {
    const std::string folder = std::filesystem::path(path("x")).parent_path().string();
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
        names.push_back(entry->path().filename().string());
    if (error && error != std::errc::no_such_file_or_directory)
        return tl::unexpected(Error{folder, error.message()});
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace relaytool::edge
