#include "edge/disk_files.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace relaytool::edge {
namespace {

constexpr std::size_t first_read = 64 * 1024;
/// Files from this size on are mapped instead of read: their pages can be taken back by the system.
constexpr std::size_t mapped_from = 4 * 1024 * 1024;
constexpr std::size_t longest_stream = std::size_t{1} << 30;

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ > STDIN_FILENO) ::close(fd_);
    }
    int get() const { return fd_; }

private:
    int fd_;
};

Error failure(const std::string& name) {
    return {name, std::strerror(errno)};
}

Result<void> use_mapped(const std::string& name, int fd, std::size_t size,
                        const std::function<void(std::string_view)>& use) {
    void* memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (memory == MAP_FAILED) // NOLINT(performance-no-int-to-ptr): the system's macro
        return tl::unexpected(failure(name));
    ::madvise(memory, size, MADV_SEQUENTIAL);
    use({static_cast<const char*>(memory), size});
    ::munmap(memory, size);
    return {};
}

/// Reads until the end of the file; a full first buffer of a regular file makes it worth asking for its size.
Result<void> use_read(const std::string& name, int fd, const std::function<void(std::string_view)>& use) {
    thread_local std::string buffer;
    if (buffer.size() < first_read) buffer.resize(first_read);
    std::size_t used = 0;
    while (true) {
        const ssize_t got = ::read(fd, buffer.data() + used, buffer.size() - used);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return tl::unexpected(failure(name));
        used += static_cast<std::size_t>(got);
        if (got == 0) break;
        if (used < buffer.size()) continue;
        struct stat status {};
        if (used == first_read && ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
            static_cast<std::size_t>(status.st_size) >= mapped_from)
            return use_mapped(name, fd, static_cast<std::size_t>(status.st_size), use);
        if (used >= longest_stream)
            return tl::unexpected(Error{name, "more than 1 GiB from a stream; give a file"});
        buffer.resize(buffer.size() * 2);
    }
    use({buffer.data(), used});
    constexpr std::size_t worth_keeping = 1024 * 1024;
    if (buffer.size() > worth_keeping) std::string().swap(buffer);
    return {};
}

} // namespace

Result<void> read_bytes(const std::string& name, const std::function<void(std::string_view)>& use) {
    const Descriptor file(name == "-" ? STDIN_FILENO : ::open(name.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return tl::unexpected(failure(name));
    return use_read(name, file.get(), use);
}

} // namespace relaytool::edge
