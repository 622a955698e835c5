#include "commands/send_drop.hpp"
#include "mail/pickup.hpp"
#include "support/catch.hpp"
#include "support/fake_files.hpp"
#include "support/fake_folders.hpp"
#include "support/fake_machine.hpp"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>

using namespace relaytool;
using namespace relaytool::cli;
using namespace relaytool::test;

namespace {

const std::string dropped = "m/Pickup/relaytool-1examplecom.eml";

/// IIS in miniature: `on_tick` is called whenever the command waits, with the half seconds that have passed.
struct World {
    FakeFiles files;
    FakeFolders folders{files};
    std::function<void(int)> on_tick = [](int) {};
    DropOptions options;
    std::string out;
    std::string err;
    Terminal terminal{.utf8 = true};
    FakeMachine machine;

    World() {
        machine.on_sleep = [this](int times) { on_tick(times); };
        folders.folders = {"m", "m/Pickup", "m/Queue", "m/BadMail"};
        options.mailroot = "m";
        options.wait = std::chrono::seconds(20);
    }

    Exit run() {
        Context context{
            .files = files,
            .out = [&](std::string_view text) { out += text; },
            .err = [&](std::string_view text) { err += text; },
            .terminal = terminal,
            .folders = &folders,
            .machine = &machine,
        };
        return run_drop(options,
                        {"Message-ID: <1@example.com>\r\n\r\nHi\r\n", "1@example.com", {"b@example.org"}},
                        context);
    }

    void move(const std::string& from, const std::string& to) {
        files.files[to] = files.files[from];
        files.files.erase(from);
    }
};

} // namespace

TEST_CASE("a file that IIS takes and hands on", "[commands][drop]") {
    World world;
    world.on_tick = [&](int tick) {
        if (tick == 2) world.move(dropped, "m/Queue/NTFS_1.EML");
        if (tick == 6) world.files.files.erase("m/Queue/NTFS_1.EML");
    };
    CHECK(world.run() == Exit::good);
    CHECK(world.out.find("handed it to the next mail server") != std::string::npos);
    CHECK(world.err.empty());
    CHECK(world.machine.sleeps < 20);
}

TEST_CASE("a file that comes back is explained as diagnose does", "[commands][drop]") {
    World world;
    world.on_tick = [&](int tick) {
        if (tick == 2) world.move(dropped, "m/BadMail/0001.BAD");
        if (tick == 3)
            world.files.files["m/BadMail/0001.BDR"] =
                "Error is processing file in pickup directory.\nThe specific error code was 0xC00402CE.\n";
    };
    CHECK(world.run() == Exit::bad);
    CHECK(world.out.find("IIS could not make a mail of the file") != std::string::npos);
    CHECK(world.out.find("m/BadMail/0001.BAD") != std::string::npos);
}

TEST_CASE("a file that nobody takes", "[commands][drop]") {
    World world;
    CHECK(world.run() == Exit::could_not_tell);
    CHECK(world.out.find("Nobody took the file out of the Pickup folder") != std::string::npos);
    CHECK(world.out.find("Get-Service SMTPSVC") != std::string::npos);
    CHECK(world.out.find("after 20 seconds") != std::string::npos);
}

TEST_CASE("a file that stays in the queue", "[commands][drop]") {
    World world;
    world.terminal.err = true;
    world.on_tick = [&](int tick) {
        if (tick == 2) world.move(dropped, "m/Queue/NTFS_1.EML");
    };
    CHECK(world.run() == Exit::could_not_tell);
    CHECK(world.out.find("still waits in the queue") != std::string::npos);
    CHECK(world.err.find("waits in Queue: 5 s") != std::string::npos);
    CHECK(world.err.ends_with("\r\x1b[K"));
}

TEST_CASE("a clock that stands still ends the waiting all the same", "[commands][drop]") {
    World world;
    world.machine.is_stopped = true;
    CHECK(world.run() == Exit::could_not_tell);
    CHECK(world.machine.sleeps <= 41);
}

TEST_CASE("folders that cannot be used", "[commands][drop]") {
    World world;
    SECTION("no MailRoot") {
        world.options.mailroot = "nowhere";
        CHECK(world.run() == Exit::could_not_tell);
        CHECK(world.err == "relaytool: nowhere: no such folder\n");
    }
    SECTION("a Pickup that cannot be written into") {
        world.folders.is_read_only = true;
        CHECK(world.run() == Exit::could_not_tell);
        CHECK(world.err.find("permission denied") != std::string::npos);
    }
    CHECK(world.out.empty());
}

TEST_CASE("a Pickup folder alone", "[commands][drop]") {
    World world;
    world.options.mailroot.clear();
    world.options.drop = "p";
    world.folders.folders = {"p"};
    world.on_tick = [&](int tick) {
        if (tick == 2) world.files.files.erase("p/relaytool-1examplecom.eml");
    };
    CHECK(world.run() == Exit::could_not_tell);
    CHECK(world.out.find("--mailroot DIR") != std::string::npos);
}

TEST_CASE("the outcome as JSON", "[commands][drop]") {
    World world;
    world.options.output.form = Form::json;
    SECTION("handed on") {
        world.on_tick = [&](int tick) {
            if (tick == 2) world.files.files.erase(dropped);
        };
        CHECK(world.run() == Exit::good);
        const auto json = nlohmann::json::parse(world.out);
        CHECK(json["schema"] == "relaytool/send/1");
        CHECK(json["outcome"] == "accepted");
        CHECK(json["recipients"][0]["address"] == "b@example.org");
        CHECK(json["recipients"][0]["outcome"] == "accepted");
        CHECK(json["drop"]["where"] == "gone");
        CHECK(json["findings"][0]["id"] == "pickup-handed-on");
    }
    SECTION("bounced") {
        world.on_tick = [&](int tick) {
            if (tick != 2) return;
            world.files.files.erase(dropped);
            world.files.files["m/BadMail/2.bad"] =
                "Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n"
                "Content-Type: message/delivery-status\n\nReporting-MTA: dns;relay01.contoso.com\n\n"
                "Final-Recipient: rfc822;b@example.org\nAction: failed\nStatus: 5.1.1\n"
                "Diagnostic-Code: smtp;550 5.1.1 User unknown\n\n--x\nContent-Type: message/rfc822\n\n"
                "Message-ID: <1@example.com>\n\nHi\n--x--\n";
        };
        CHECK(world.run() == Exit::bad);
        const auto json = nlohmann::json::parse(world.out);
        CHECK(json["outcome"] == "refused");
        CHECK(json["recipients"][0]["outcome"] == "refused");
        CHECK(json["recipients"][0]["reply"]["code"] == 550);
        CHECK(json["findings"][0]["category"] == "recipient-unknown");
    }
}

TEST_CASE("what is written for IIS is what IIS reads", "[mail][pickup]") {
    const auto first =
        mail::read_pickup("From: a@example.com\nTo: b@example.org\nBcc: c@example.org\n\nGr\xFC\xDF"
                          "e\n");
    REQUIRE(first);
    const auto file = mail::write_pickup(first->envelope, first->message);
    REQUIRE(file);
    CHECK(file->starts_with(
        "x-sender: a@example.com\r\nx-receiver: b@example.org\r\nx-receiver: c@example.org\r\nFrom: "));
    const auto second = mail::read_pickup(*file);
    REQUIRE(second);
    CHECK(second->envelope.sender == first->envelope.sender);
    CHECK(second->envelope.recipients == first->envelope.recipients);
    CHECK(second->message.fields == first->message.fields);
    CHECK(second->message.body == first->message.body);
    CHECK(second->notes.empty());
    CHECK_FALSE(mail::write_pickup({"a@example.com", {"b\r\n@example.org"}}, first->message));
    CHECK_FALSE(mail::write_pickup({"a@example.com", {"b\xC3\xBC@example.org"}}, first->message));
    CHECK(mail::write_pickup({"", {"b@example.org"}}, first->message)->starts_with("x-sender: <>\r\n"));
}
