#include "diagnosis/verdict.hpp"
#include "sandbox/mailroot.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <map>
#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::sandbox;
using namespace relaytool::test;
using What = MailrootEvent::What;

namespace {

/// Three folders in memory. What is listed in `locked` exists but cannot be written, read or removed.
struct FakeMailroot final : Mailroot {
    std::map<std::string, std::string> pickup;
    std::map<std::string, std::string> queue;
    std::map<std::string, std::string> bad_mail;
    bool is_queue_locked = false;
    bool is_bad_mail_locked = false;
    bool is_gone = false;

    static std::vector<FolderFile> files_of(const std::map<std::string, std::string>& folder) {
        std::vector<FolderFile> files;
        for (const auto& [name, bytes] : folder)
            files.push_back({name, bytes.size()});
        return files;
    }
    Result<MailrootListing> list() override {
        if (is_gone) return tl::unexpected(Error{"Pickup", "no such folder"});
        return MailrootListing{files_of(pickup), files_of(queue)};
    }
    Result<void> move_to_queue(const std::string& from, const std::string& to) override {
        if (is_queue_locked || queue.count(to) != 0) return tl::unexpected(Error{to, "permission denied"});
        queue[to] = pickup.at(from);
        pickup.erase(from);
        return {};
    }
    Result<std::string> read_queued(const std::string& name) override {
        if (is_queue_locked) return tl::unexpected(Error{name, "permission denied"});
        return queue.at(name);
    }
    Result<void> remove_queued(const std::string& name) override {
        queue.erase(name);
        return {};
    }
    Result<void> write_bad_mail(const std::string& name, std::string_view bytes) override {
        if (is_bad_mail_locked || bad_mail.count(name) != 0)
            return tl::unexpected(Error{name, "permission denied"});
        bad_mail[name] = bytes;
        return {};
    }
};

/// Answers by address; whoever is not listed is accepted.
struct FakeNextHop final : NextHop {
    std::map<std::string, std::string> replies;
    std::vector<PickedUp> mails;

    std::vector<RecipientReply> deliver(const PickedUp& mail) override {
        mails.push_back(mail);
        std::vector<RecipientReply> answers;
        for (const std::string& address : mail.recipients) {
            const auto found = replies.find(address);
            answers.push_back({address, found == replies.end() ? "250 2.0.0 OK" : found->second});
        }
        return answers;
    }
};

const std::string letter =
    crlf("From: app@contoso.com\nTo: a@example.com, b@example.com\nMessage-ID: <17@contoso.com>\n\nHello\n");
constexpr std::int64_t start = 1740987736;

struct Server {
    FakeMailroot mailroot;
    FakeNextHop next_hop;
    IisPlayer player{
        {.host = "relay01.contoso.com", .client = "INVOICE-PC", .retry_seconds = 60, .give_up_seconds = 600},
        7};

    std::vector<MailrootEvent> round(std::int64_t now) {
        const auto events = play_mailroot(player, mailroot, next_hop, now);
        REQUIRE(events.has_value());
        return *events;
    }
    /// Until the mail has been tried.
    std::vector<MailrootEvent> rounds(std::int64_t now) {
        round(now);
        round(now);
        return round(now);
    }
};

} // namespace

TEST_CASE("a file goes from Pickup through Queue to the next hop", "[sandbox][iis]") {
    Server server;
    server.mailroot.pickup["Email.txt"] = letter;
    CHECK(server.round(start).empty());
    const std::string queued = "NTFS_c8debc0001db8c0f00000007.EML";
    CHECK(server.round(start) == std::vector<MailrootEvent>{{What::picked_up, "Email.txt", queued}});
    CHECK(server.mailroot.pickup.empty());
    REQUIRE(server.mailroot.queue.count(queued) == 1);
    CHECK(server.round(start) == std::vector<MailrootEvent>{{What::delivered, queued, ""}});
    CHECK(server.mailroot.queue.empty());
    CHECK(server.mailroot.bad_mail.empty());
    REQUIRE(server.next_hop.mails.size() == 1);
    const PickedUp& mail = server.next_hop.mails[0];
    CHECK(mail.sender == "app@contoso.com");
    CHECK(mail.recipients == std::vector<std::string>{"a@example.com", "b@example.com"});
    CHECK(mail.message ==
          crlf("Received: from mail pickup service by relay01.contoso.com with Microsoft "
               "SMTPSVC(10.0.20348.1);\n\t Mon, 3 Mar 2025 07:42:16 +0000\n"
               "From: app@contoso.com\nTo: a@example.com, b@example.com\n"
               "Message-ID: <17@contoso.com>\nDate: Mon, 03 Mar 2025 07:42:16 +0000\n\nHello\n"));
}

TEST_CASE("mails without a Message-ID get one each, which stays", "[sandbox][iis]") {
    Server server;
    const std::string plain = crlf("From: app@contoso.com\nTo: a@example.com\n\nHello\n");
    server.mailroot.pickup = {{"1.txt", plain}, {"2.txt", plain}};
    server.next_hop.replies["a@example.com"] = "451 4.7.0 later";
    server.rounds(start);
    server.round(start + 60);
    REQUIRE(server.next_hop.mails.size() == 4);
    CHECK(server.next_hop.mails[0].message != server.next_hop.mails[1].message);
    CHECK(server.next_hop.mails[0].message == server.next_hop.mails[2].message);
}

TEST_CASE("a file that still grows is left alone", "[sandbox][iis]") {
    Server server;
    server.mailroot.pickup["Email.txt"] = letter.substr(0, 10);
    server.mailroot.pickup[".Email.tmp"] = letter;
    CHECK(server.round(start).empty());
    server.mailroot.pickup["Email.txt"] = letter;
    CHECK(server.round(start).empty());
    CHECK(server.round(start).size() == 1);
    CHECK(server.mailroot.pickup.size() == 1);
}

TEST_CASE("what is refused comes back as a pair that diagnose understands", "[sandbox][iis]") {
    Server server;
    server.mailroot.pickup["Email.txt"] = letter;
    server.next_hop.replies["b@example.com"] = "550-5.1.1 No such\n550 5.1.1 user here";
    const auto events = server.rounds(start);
    REQUIRE(events.size() == 2);
    CHECK(events[0].what == What::bad_mail);
    CHECK(server.mailroot.queue.empty());
    const std::string stem = "c8debc0001db8c0f00000009";
    REQUIRE(server.mailroot.bad_mail.count(stem + ".BAD") == 1);
    REQUIRE(server.mailroot.bad_mail.count(stem + ".BDR") == 1);
    const auto verdict = diagnosis::judge(server.mailroot.bad_mail[stem + ".BAD"],
                                          server.mailroot.bad_mail[stem + ".BDR"], diagnosis::Place::badmail);
    REQUIRE(verdict.bounce.recipients.size() == 1);
    CHECK(verdict.bounce.recipients[0].address == "b@example.com");
    CHECK(verdict.bounce.recipients[0].status == "5.1.1");
    CHECK(verdict.bounce.recipients[0].reply.code == 550);
    CHECK(verdict.bounce.original.message_id == "17@contoso.com");
    CHECK(verdict.category() == diagnosis::Category::recipient_unknown);
    CHECK(verdict.badmail.has_value());
}

TEST_CASE("what is to be tried later stays in Queue", "[sandbox][iis]") {
    Server server;
    server.mailroot.pickup["Email.txt"] = letter;
    server.next_hop.replies["b@example.com"] = "451 4.7.0 Temporary server error";
    const auto events = server.rounds(start);
    REQUIRE(events.size() == 1);
    CHECK(events[0].what == What::waiting);
    CHECK(events[0].detail == "451 4.7.0 Temporary server error");
    CHECK(server.round(start + 59).empty());
    CHECK(server.mailroot.queue.size() == 1);

    SECTION("and goes out to those only who have not got it") {
        server.next_hop.replies.clear();
        CHECK(server.round(start + 60).size() == 1);
        CHECK(server.mailroot.queue.empty());
        CHECK(server.next_hop.mails.back().recipients == std::vector<std::string>{"b@example.com"});
    }
    SECTION("and comes back when it is too old") {
        CHECK(server.round(start + 600).size() == 2);
        CHECK(server.mailroot.queue.empty());
        const auto verdict = diagnosis::judge(server.mailroot.bad_mail.begin()->second);
        REQUIRE(verdict.bounce.recipients.size() == 1);
        CHECK(verdict.bounce.recipients[0].status == "4.7.0");
    }
}

TEST_CASE("nobody answers", "[sandbox][iis]") {
    Server server;
    server.mailroot.pickup["Email.txt"] = letter;
    server.next_hop.replies = {{"a@example.com", ""}, {"b@example.com", ""}};
    CHECK(server.rounds(start)[0].what == What::waiting);
    server.round(start + 600);
    REQUIRE(server.mailroot.bad_mail.size() == 2);
    const auto verdict = diagnosis::judge(server.mailroot.bad_mail.begin()->second);
    CHECK(verdict.bounce.recipients.size() == 2);
    CHECK(verdict.bounce.local_error == 0xC00402D1);
    CHECK(verdict.category() == diagnosis::Category::connection_failed);
}

TEST_CASE("a file that is no mail ends in BadMail as it was", "[sandbox][iis]") {
    struct Row {
        const char* name;
        std::string bytes;
    };
    const std::vector<Row> rows = {
        {"no From", crlf("To: a@example.com\n\nHello\n")},
        {"no recipients", crlf("From: app@contoso.com\n\nHello\n")},
        {"empty", ""},
        {"a line of somebody", "From: app@contoso.com\r\nTo: x\ry@z\r\n\r\nHello\r\n"},
        {"octets", std::string(1000, '\xFF')},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        Server server;
        server.mailroot.pickup["Email.txt"] = row.bytes;
        CHECK(server.rounds(start).size() == 2);
        CHECK(server.mailroot.queue.empty());
        CHECK(server.next_hop.mails.empty());
        REQUIRE(server.mailroot.bad_mail.size() == 2);
        CHECK(server.mailroot.bad_mail.begin()->first.ends_with(".BAD"));
        CHECK(server.mailroot.bad_mail.begin()->second == row.bytes);
        CHECK(server.mailroot.bad_mail.rbegin()->second.find("0xC00402CE") != std::string::npos);
    }
}

TEST_CASE("folders that the played IIS cannot use", "[sandbox][iis]") {
    Server server;
    server.mailroot.pickup["Email.txt"] = letter;
    SECTION("no folder") {
        server.mailroot.is_gone = true;
        CHECK_FALSE(play_mailroot(server.player, server.mailroot, server.next_hop, start).has_value());
    }
    SECTION("Queue") {
        server.mailroot.is_queue_locked = true;
        server.round(start);
        CHECK(server.round(start)[0] == MailrootEvent{What::trouble, "Email.txt", "permission denied"});
        CHECK(server.mailroot.pickup.size() == 1);
    }
    SECTION("BadMail: the mail stays in Queue") {
        server.mailroot.is_bad_mail_locked = true;
        server.next_hop.replies = {{"a@example.com", "550 no"}, {"b@example.com", "550 no"}};
        CHECK(server.rounds(start)[0].what == What::trouble);
        CHECK(server.round(start + 59).empty());
        CHECK(server.mailroot.queue.size() == 1);
        server.mailroot.is_bad_mail_locked = false;
        CHECK(server.round(start + 60).size() == 2);
        CHECK(server.mailroot.bad_mail.size() == 2);
        CHECK(server.next_hop.mails.size() == 1);
    }
}

TEST_CASE("a flood of files is taken in portions", "[sandbox][iis]") {
    Server server;
    for (int i = 0; i < 1000; ++i)
        server.mailroot.pickup["m" + std::to_string(i)] = letter;
    server.round(start);
    CHECK(server.round(start).size() == max_files_per_step);
    for (int i = 0; i < 30; ++i)
        server.round(start);
    CHECK(server.next_hop.mails.size() == 1000);
    CHECK(server.mailroot.queue.empty());
    CHECK(server.mailroot.bad_mail.empty());
}
