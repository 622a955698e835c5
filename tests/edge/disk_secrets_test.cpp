#include "edge/disk_secrets.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace relaytool;
using namespace std::chrono_literals;

namespace {

/// A folder that goes away.
struct Folder {
    std::string path = (std::filesystem::temp_directory_path() / "relaytool-secrets-XXXXXX").string();
    Folder() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    Folder(Folder&&) = delete;
    Folder& operator=(Folder&&) = delete;
    std::string tokens() const { return path + "/a/tokens"; }
};

unsigned mode_of(const std::string& path) {
    struct stat facts {};
    REQUIRE(::stat(path.c_str(), &facts) == 0);
    return facts.st_mode & 0777U;
}

} // namespace

TEST_CASE("a secret is read as it was written, and is its owner's alone") {
    const Folder folder;
    edge::DiskSecrets secrets(folder.tokens());
    CHECK_FALSE(secrets.read("a.json")->has_value());
    CHECK(secrets.list()->empty());
    const mode_t before = ::umask(0);
    const bool is_written = secrets.write("a.json", "one").has_value();
    ::umask(before);
    REQUIRE(is_written);
    CHECK(mode_of(folder.tokens()) == 0700);
    CHECK(mode_of(secrets.path("a.json")) == 0600);
    REQUIRE(secrets.write("a.json", "two"));
    CHECK(secrets.read("a.json").value() == "two");
    CHECK(secrets.list().value() == std::vector<std::string>{"a.json"});
    CHECK(secrets.remove("a.json").value());
    CHECK_FALSE(secrets.remove("a.json").value());
}

TEST_CASE("a secret that others can read, or that is a link, is not taken") {
    const Folder folder;
    edge::DiskSecrets secrets(folder.tokens());
    REQUIRE(secrets.write("a.json", "one"));
    REQUIRE(::chmod(secrets.path("a.json").c_str(), 0640) == 0);
    const auto open = secrets.read("a.json");
    REQUIRE_FALSE(open);
    CHECK(open.error().what == secrets.path("a.json"));
    CHECK(open.error().why.find("chmod 600") != std::string::npos);
    REQUIRE(::symlink("a.json", secrets.path("b.json").c_str()) == 0);
    const auto link = secrets.read("b.json");
    REQUIRE_FALSE(link);
    CHECK(link.error().why.find("symbolic link") != std::string::npos);
}

TEST_CASE("a pipe among the secrets is not waited for") {
    const Folder folder;
    edge::DiskSecrets secrets(folder.tokens());
    REQUIRE(secrets.write("a.json", "one"));
    REQUIRE(::mkfifo(secrets.path("p.json").c_str(), 0600) == 0);
    const auto pipe = secrets.read("p.json");
    REQUIRE_FALSE(pipe);
    CHECK(pipe.error().why == "is no ordinary file");
}

TEST_CASE("a folder that is open to others is closed when it is read") {
    const Folder folder;
    edge::DiskSecrets secrets(folder.tokens());
    REQUIRE(secrets.write("a.json", "one"));
    REQUIRE(::chmod(folder.tokens().c_str(), 0777) == 0);
    CHECK(secrets.read("a.json").value() == "one");
    CHECK(mode_of(folder.tokens()) == 0700);
}

TEST_CASE("a lock keeps another process out, and is given back when that process dies") {
    const Folder folder;
    edge::DiskSecrets secrets(folder.tokens());
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        edge::DiskSecrets mine(folder.tokens());
        const auto lock = mine.lock("a.json", 1s);
        const char done = lock ? '1' : '0';
        if (::write(ready[1], &done, 1) == 1) ::pause();
        ::_exit(0);
    }
    char done = '0';
    REQUIRE(::read(ready[0], &done, 1) == 1);
    CHECK(done == '1');
    const auto refused = secrets.lock("a.json", 100ms);
    CHECK_FALSE(refused);
    CHECK(secrets.lock("b.json", 0ms));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    CHECK(secrets.lock("a.json", 5s));
    ::close(ready[0]);
    ::close(ready[1]);
}
