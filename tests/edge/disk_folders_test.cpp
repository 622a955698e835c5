#include "edge/disk_folders.hpp"
#include "support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>

using namespace relaytool;

namespace {

namespace fs = std::filesystem;

/// A folder that goes away.
struct Scratch {
    fs::path root = fs::temp_directory_path() / ("relaytool-test-" + std::to_string(::getpid()));
    Scratch() { fs::create_directories(root / "Pickup"); }
    ~Scratch() {
        std::error_code ignored;
        fs::permissions(root, fs::perms::owner_all, ignored);
        fs::remove_all(root, ignored);
    }
};

std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

TEST_CASE("a file is put whole, and never over another", "[edge][folders]") {
    const Scratch scratch;
    edge::DiskFolders folders;
    const std::string pickup = (scratch.root / "Pickup").string();
    const auto path = folders.put(pickup, "a.eml", "Hi\r\n");
    REQUIRE(path);
    CHECK(text_of(*path) == "Hi\r\n");
    CHECK_FALSE(folders.put(pickup, "a.eml", "other"));
    CHECK(text_of(*path) == "Hi\r\n");
    CHECK_FALSE(folders.put(pickup + "/nowhere", "a.eml", "x"));
    const auto entries = folders.list(pickup);
    REQUIRE(entries);
    REQUIRE(entries->size() == 1);
    CHECK(entries->front().name == "a.eml");
    CHECK(entries->front().path == *path);
    CHECK(entries->front().size == 4);
    CHECK(entries->front().modified > 1'500'000'000);
    const auto above = folders.list(scratch.root.string());
    REQUIRE(above);
    REQUIRE(above->size() == 1); // nothing is left behind
    CHECK(above->front().kind == EntryKind::folder);
}

TEST_CASE("where only Pickup itself can be written into", "[edge][folders]") {
    if (::geteuid() == 0) {
        SUCCEED("root may write everywhere");
        return;
    }
    const Scratch scratch;
    fs::permissions(scratch.root, fs::perms::owner_read | fs::perms::owner_exec);
    edge::DiskFolders folders;
    CHECK(folders.put((scratch.root / "Pickup").string(), "a.eml", "x"));
    fs::permissions(scratch.root / "Pickup", fs::perms::owner_read | fs::perms::owner_exec);
    CHECK_FALSE(folders.put((scratch.root / "Pickup").string(), "b.eml", "x"));
    fs::permissions(scratch.root / "Pickup", fs::perms::owner_all);
}

TEST_CASE("the folder above", "[edge][folders]") {
    const edge::DiskFolders folders;
    CHECK(folders.parent("/a/b") == "/a");
    CHECK(folders.parent("/a/b/") == "/a");
    CHECK(folders.parent("/").empty());
    CHECK(folders.parent("b") == fs::current_path().string());
    CHECK_FALSE(folders.list("/nowhere/at/all"));
}
