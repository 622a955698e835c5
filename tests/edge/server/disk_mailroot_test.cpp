#include "edge/server/disk_mailroot.hpp"
#include "edge/server/temporary_folder.hpp"
#include "support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <string>

using namespace relaytool;
using namespace relaytool::edge;
namespace fs = std::filesystem;

namespace {

struct World {
    TemporaryFolder folder;
    DiskMailroot mailroot;

    World() { REQUIRE(folder.make("relaytool-test").has_value()); }
    void open() { REQUIRE(mailroot.open(folder.path().string()).has_value()); }
    void put(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder.path() / name, std::ios::binary) << bytes;
    }
    bool has(const std::string& name) const { return fs::exists(folder.path() / name); }
};

} // namespace

TEST_CASE("the folders of a mailroot are made, or found in any case", "[edge][mailroot]") {
    World world;
    fs::create_directory(world.folder.path() / "Badmail");
    world.open();
    CHECK(world.has("Pickup"));
    CHECK(world.has("Queue"));
    CHECK(world.has("Drop"));
    CHECK_FALSE(world.has("BadMail"));
    REQUIRE(world.mailroot.write_bad_mail("a.BAD", "x").has_value());
    CHECK(world.has("Badmail/a.BAD"));
    CHECK_FALSE(world.has("Badmail/.a.BAD"));
    CHECK_FALSE(world.mailroot.write_bad_mail("a.BAD", "y").has_value());
}

TEST_CASE("a file's way through a mailroot", "[edge][mailroot]") {
    World world;
    world.open();
    world.put("Pickup/b.txt", "12");
    world.put("Pickup/a.txt", "1");
    fs::create_directory(world.folder.path() / "Pickup/folder");
    fs::create_symlink("/etc/passwd", world.folder.path() / "Pickup/link");
    const auto listing = world.mailroot.list();
    REQUIRE(listing.has_value());
    CHECK(listing->pickup == std::vector<sandbox::FolderFile>{{"a.txt", 1}, {"b.txt", 2}});
    CHECK(listing->queue.empty());
    REQUIRE(world.mailroot.move_to_queue("a.txt", "NTFS_1.EML").has_value());
    CHECK_FALSE(world.mailroot.move_to_queue("b.txt", "NTFS_1.EML").has_value());
    CHECK_FALSE(world.mailroot.move_to_queue("gone.txt", "NTFS_2.EML").has_value());
    CHECK(world.has("Pickup/b.txt"));
    CHECK(world.mailroot.read_queued("NTFS_1.EML").value() == "1");
    CHECK_FALSE(world.mailroot.read_queued("NTFS_2.EML").has_value());
    REQUIRE(world.mailroot.remove_queued("NTFS_1.EML").has_value());
    CHECK_FALSE(world.has("Queue/NTFS_1.EML"));
}

TEST_CASE("a mailroot that goes away is an error", "[edge][mailroot]") {
    World world;
    world.open();
    fs::remove_all(world.folder.path() / "Pickup");
    CHECK_FALSE(world.mailroot.list().has_value());
    World file;
    file.put("taken", "");
    CHECK_FALSE(file.mailroot.open((file.folder.path() / "taken").string()).has_value());
}
