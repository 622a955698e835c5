#include "diagnosis/verdict.hpp"
#include "sandbox/office365.hpp"
#include "sandbox/scenario.hpp"
#include "sandbox/session_hop.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::sandbox;
using namespace relaytool::test;

namespace {

struct World {
    Play play;
    Connections connections;
    std::vector<smtp::Mail> mails;
    std::string password = "secret";

    std::vector<RecipientReply> deliver(const PickedUp& mail) {
        play.logins = {{"relay@contoso.com", "secret"}};
        SessionHop::Settings settings;
        settings.policy = [this] { return std::make_unique<Office365>(play, connections); };
        settings.login = "relay@contoso.com";
        settings.password = password;
        settings.on_mail = [this](smtp::Mail got) { mails.push_back(std::move(got)); };
        return SessionHop(settings).deliver(mail);
    }
    /// The reply to a mail for one recipient.
    std::string reply_to(const std::string& sender, const std::string& recipient = "user@example.com") {
        const auto replies =
            deliver({sender, {recipient}, crlf("From: " + sender + "\nTo: " + recipient + "\n\nHello\n")});
        REQUIRE(replies.size() == 1);
        CHECK(replies[0].address == recipient);
        return replies[0].reply;
    }
};

} // namespace

TEST_CASE("mail is handed on octet by octet", "[sandbox][session_hop]") {
    World world;
    const std::string message =
        crlf("From: relay@contoso.com\nTo: a@example.com\n\n.\n..\n.dot\nna\xC3\xAFve\n\n");
    const auto replies = world.deliver({"relay@contoso.com", {"a@example.com", "b@example.com"}, message});
    REQUIRE(replies.size() == 2);
    CHECK(replies[0].reply.starts_with("250 2.0.0 OK"));
    CHECK(replies[1].reply == replies[0].reply);
    REQUIRE(world.mails.size() == 1);
    CHECK(world.mails[0].octets == message);
    CHECK(world.mails[0].login == "relay@contoso.com");
    CHECK(world.mails[0].sender.address == "relay@contoso.com");
    CHECK(world.mails[0].recipients.size() == 2);
}

TEST_CASE("refusals of the next hop come back as it said them", "[sandbox][session_hop]") {
    World world;
    CHECK(world.reply_to("other@contoso.com").starts_with("554 5.2.252 SendAsDenied; "));
    CHECK(world.reply_to("relay@contoso.com", "mailbox-full@example.com").starts_with("554 5.2.2 "));
    world.password = "wrong";
    CHECK(world.reply_to("relay@contoso.com").starts_with("535 5.7.139 "));
}

TEST_CASE("every step can fail", "[sandbox][session_hop]") {
    for (const Scenario& scenario : scenarios()) {
        if (scenario.server != Server::submission || scenario.reply.empty()) continue;
        INFO(scenario.name);
        World world;
        world.play.failing = {&scenario};
        const std::string reply = world.reply_to("relay@contoso.com");
        CHECK((reply.empty() || reply.substr(0, 3) == scenario.reply.substr(0, 3)));
    }
}

TEST_CASE("a connection that ends gives no reply", "[sandbox][session_hop]") {
    for (const char* step : {"connect", "helo", "auth", "mail", "rcpt", "data", "dot"}) {
        INFO(step);
        World world;
        world.play.drop_after = step_from(step);
        CHECK(world.reply_to("relay@contoso.com").empty());
    }
}

TEST_CASE("send-as denied ends in BadMail, and diagnose knows why", "[sandbox][session_hop]") {
    World world;
    IisPlayer player({.host = "relay01.contoso.com"}, 1);
    const std::string file =
        crlf("From: invoicing@contoso.com\nTo: user@example.com\nSubject: Invoice\n\nHello\n");
    const auto opened = player.open("NTFS_1.EML", file, 1740987736);
    const auto& mail = std::get<PickedUp>(opened);
    const auto actions = player.answered("NTFS_1.EML", mail, world.deliver(mail), 1740987737);
    REQUIRE(actions.size() == 3);
    const auto verdict =
        diagnosis::judge(std::get<WriteBadMail>(actions[1]).bytes, std::get<WriteBadMail>(actions[0]).bytes,
                         diagnosis::Place::badmail);
    CHECK(verdict.category() == diagnosis::Category::send_as_denied);
    REQUIRE(verdict.bounce.recipients.size() == 1);
    CHECK(verdict.bounce.recipients[0].status == "5.2.252");
    CHECK(verdict.bounce.recipients[0].address == "user@example.com");
}
