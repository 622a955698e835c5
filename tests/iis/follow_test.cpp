#include "base/base64.hpp"
#include "iis/follow.hpp"
#include "iis/mailroot.hpp"
#include "support/catch.hpp"
#include "support/fake_files.hpp"
#include "support/fake_folders.hpp"

#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::iis;
using namespace relaytool::test;

namespace {

const std::string ours = "From: a@example.com\nMessage-ID: <1@x>\n\nHi\n";
const std::string other = "From: a@example.com\nMessage-ID: <2@x>\n\nHi\n";

/// A MailRoot, a message with the id 1@x in Pickup, and somebody who follows it.
struct World {
    FakeFiles files;
    FakeFolders folders{files};
    Follower follower{"m.eml", "1@x", {}};

    World() {
        folders.folders = {"m", "m/Pickup", "m/Queue", "m/BadMail"};
        files.files["m/BadMail/old.BAD"] = ours; // of an earlier attempt
        follower = Follower("m.eml", "1@x", look());
        files.files["m/Pickup/m.eml"] = ours;
    }

    Snapshot look() const {
        Snapshot snapshot{*folders.list("m/Pickup"), std::nullopt, std::nullopt};
        if (folders.exists("m/Queue")) snapshot.queue = *folders.list("m/Queue");
        if (folders.exists("m/BadMail")) snapshot.badmail = *folders.list("m/BadMail");
        return snapshot;
    }

    Sighting step(std::int64_t seconds) {
        return follower.step(
            look(),
            [this](const std::string& path) -> std::optional<std::string> {
                std::string bytes;
                if (!files.read(path, [&](std::string_view text) { bytes = text; })) return std::nullopt;
                return bytes;
            },
            seconds);
    }

    void move(const std::string& from, const std::string& to) {
        files.files[to] = files.files[from];
        files.files.erase(from);
    }
};

} // namespace

TEST_CASE("a message on its way through the folders", "[iis][follow]") {
    World world;
    CHECK(world.step(0).where == Whereabouts::in_pickup);
    CHECK(world.step(2).age == 2);
    world.move("m/Pickup/m.eml", "m/Queue/NTFS_1.EML");
    world.files.files["m/Queue/NTFS_2.EML"] = other;
    CHECK(world.step(3).where == Whereabouts::in_queue);
    CHECK(world.step(10).age == 7);
    world.files.files.erase("m/Queue/NTFS_1.EML");
    CHECK(world.step(11).where == Whereabouts::leaving);
    CHECK(world.step(13).where == Whereabouts::leaving);
    CHECK(world.step(14).where == Whereabouts::gone);
}

TEST_CASE("a message that comes back", "[iis][follow]") {
    World world;
    world.move("m/Pickup/m.eml", "m/BadMail/new.BAD");
    world.files.files["m/BadMail/new.BDR"] = "The specific error code was 0xC00402CE. 1@x";
    world.files.files["m/BadMail/foreign.BAD"] = other;
    const Sighting sighting = world.step(1);
    CHECK(sighting.where == Whereabouts::bounced);
    CHECK(sighting.badmail == std::vector<std::string>{"m/BadMail/new.BAD"});
}

TEST_CASE("a report that is still being written is read again", "[iis][follow]") {
    World world;
    world.files.files.erase("m/Pickup/m.eml");
    world.files.files["m/BadMail/new.BAD"] = "From: postmaster@x\n";
    CHECK(world.step(1).where == Whereabouts::leaving);
    world.files.files["m/BadMail/new.BAD"] += "\nMessage-ID: <1@x>\n";
    CHECK(world.step(2).where == Whereabouts::bounced);
}

TEST_CASE("without a Queue to look into nothing is called delivered", "[iis][follow]") {
    World world;
    world.folders.folders = {"m", "m/Pickup"};
    world.files.files.erase("m/Pickup/m.eml");
    CHECK(world.step(0).where == Whereabouts::leaving);
    CHECK(world.step(5).where == Whereabouts::picked_up);
}

TEST_CASE("a new file in Queue that cannot be read may be ours", "[iis][follow]") {
    World world;
    world.files.files.erase("m/Pickup/m.eml");
    Snapshot snapshot = world.look();
    snapshot.queue->push_back({"NTFS_9.EML", "m/Queue/NTFS_9.EML", EntryKind::file, 10, 0});
    const auto unreadable = [](const std::string&) { return std::optional<std::string>{}; };
    CHECK(world.follower.step(snapshot, unreadable, 0).where == Whereabouts::in_queue);
}

TEST_CASE("what a mail is about", "[iis][follow]") {
    CHECK(is_about(ours, "1@x"));
    CHECK_FALSE(is_about(other, "1@x"));
    CHECK_FALSE(is_about(ours, ""));
    CHECK(is_about("Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n" +
                       ours + "\n--b--\n",
                   "1@x"));
    CHECK(is_about("Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: text/rfc822-headers\n"
                   "Content-Transfer-Encoding: base64\n\n" +
                       encoding::to_base64(ours) + "\n--b--\n",
                   "1@x"));
}

TEST_CASE("the folders of a MailRoot", "[iis][mailroot]") {
    FakeFiles files;
    FakeFolders folders(files);
    folders.folders = {"m", "m/PICKUP", "m/queue", "m/Badmail", "p"};
    const auto root = find_mailroot(folders, "m");
    REQUIRE(root);
    CHECK(root->pickup == "m/PICKUP");
    CHECK(root->queue == "m/queue");
    CHECK(root->badmail == "m/Badmail");
    CHECK(mailroot_around(folders, "m/PICKUP")->queue == "m/queue");
    CHECK(mailroot_around(folders, "p")->queue.empty());
    CHECK_FALSE(find_mailroot(folders, "p"));
    CHECK_FALSE(find_mailroot(folders, "nowhere"));
    CHECK_FALSE(mailroot_around(folders, "nowhere"));
}
