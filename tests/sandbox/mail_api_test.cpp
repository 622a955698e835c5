#include "report/sandbox_mail.hpp"
#include "sandbox/mail_api.hpp"
#include "sandbox/mail_view.hpp"
#include "support/catch.hpp"
#include "support/sizes.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::sandbox;
using namespace relaytool::test;
using namespace std::string_literals;
using nlohmann::json;

namespace {

const std::string letter =
    crlf("From: =?utf-8?Q?J=C3=BCrgen?= <app@contoso.com>\n"
         "To: a@example.com, \"B\" <b@example.com>\n"
         "Subject: Invoice =?utf-8?Q?=E2=82=AC?= 17\n"
         "Date: Mon, 3 Mar 2025 07:42:16 +0000\n"
         "Message-ID: <17@contoso.com>\n"
         "MIME-Version: 1.0\n"
         "Content-Type: multipart/mixed; boundary=x\n\n"
         "--x\nContent-Type: text/plain\n\nPlease pay.\n"
         "--x\nContent-Type: text/html\n\n<p>Please <b>pay</b>.</p>\n"
         "--x\nContent-Type: application/pdf; name=\"invoice.pdf\"\n"
         "Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nAAECAw==\n"
         "--x--\n");

smtp::Mail mail_of(std::string octets) {
    smtp::Mail mail;
    mail.client = "127.0.0.1";
    mail.helo = "APP01";
    mail.login = "app@contoso.com";
    mail.sender.address = "bounce@contoso.com";
    mail.recipients = {{"a@example.com", {}}, {"hidden@example.com", {}}};
    mail.octets = std::move(octets);
    mail.reply = "250 2.0.0 OK";
    mail.is_accepted = true;
    return mail;
}

struct World {
    MailStore store;

    std::string add(std::string octets, std::int64_t time = 1740987736) {
        return store.add(mail_of(std::move(octets)), time)->id;
    }
    WebReply ask(const std::string& method, const std::string& path, const std::string& query = "",
                 const std::string& body = "") {
        return report::web_reply(answer_mail({method, path, query, body}, store, report::read_mail_ids),
                                 {"1.2.3", {{"smtp", "127.0.0.1:2587"}, {"dns", ""}}});
    }
    json get(const std::string& path, const std::string& query = "") {
        const WebReply reply = ask("GET", path, query);
        CHECK(reply.status == 200);
        CHECK(reply.content_type == "application/json; charset=utf-8");
        return json::parse(reply.body);
    }
};

std::string header_of(const WebReply& reply, std::string_view name) {
    for (const auto& [key, value] : reply.headers)
        if (key == name) return value;
    return {};
}

} // namespace

TEST_CASE("accepted mail is listed newest first", "[sandbox][mail_api]") {
    World world;
    CHECK(world.get("/api/v1/messages")["total"] == 0);
    const std::string first = world.add(letter);
    const std::string second = world.add(crlf("Subject: two\n\n\n"));
    const json list = world.get("/api/v1/messages");
    CHECK(list["total"] == 2);
    CHECK(list["count"] == 2);
    CHECK(list["start"] == 0);
    REQUIRE(list["messages"].size() == 2);
    CHECK(list["messages"][0]["ID"] == second);
    const json& one = list["messages"][1];
    CHECK(one["ID"] == first);
    CHECK(one["MessageID"] == "17@contoso.com");
    CHECK(one["From"]["Name"] == "J\xC3\xBCrgen");
    CHECK(one["From"]["Address"] == "app@contoso.com");
    CHECK(one["To"][1]["Address"] == "b@example.com");
    CHECK(one["Subject"] == "Invoice \xE2\x82\xAC 17");
    CHECK(one["Created"] == "2025-03-03T07:42:16Z");
    CHECK(one["Size"] == letter.size());
    CHECK(one["Envelope"]["From"] == "bounce@contoso.com");
    CHECK(one["Envelope"]["To"] == json::array({"a@example.com", "hidden@example.com"}));
}

TEST_CASE("a listing has a beginning and a length", "[sandbox][mail_api]") {
    World world;
    for (int i = 0; i < 120; ++i)
        world.add("Subject: " + std::to_string(i) + "\r\n\r\n");
    struct Row {
        const char* query;
        std::size_t start;
        std::size_t count;
    };
    const std::vector<Row> rows = {
        {"", 0, 50},
        {"limit=2", 0, 2},
        {"start=119", 119, 1},
        {"start=120", 120, 0},
        {"start=99999999", 120, 0},
        {"limit=99999999", 0, 120},
        {"limit=0", 0, 0},
        {"limit=-1", 0, 50},
        {"limit=99999999999999999999999", 0, 50},
        {"start=x&limit=%00", 0, 50},
    };
    for (const Row& row : rows) {
        INFO(row.query);
        const json list = world.get("/api/v1/messages", row.query);
        CHECK(list["start"] == row.start);
        CHECK(list["count"] == row.count);
        CHECK(list["total"] == 120);
    }
    CHECK(world.get("/api/v1/messages", "start=1&limit=1")["messages"][0]["Subject"] == "118");
    CHECK(world.ask("GET", "/", "start=10").body.find("/?start=60") != std::string::npos);
}

TEST_CASE("one mail", "[sandbox][mail_api]") {
    World world;
    const std::string id = world.add(letter);
    const json mail = world.get("/api/v1/message/" + id);
    CHECK(mail["Text"] == "Please pay.");
    CHECK(mail["HTML"] == "<p>Please <b>pay</b>.</p>");
    CHECK(mail["ReturnPath"] == "bounce@contoso.com");
    CHECK(mail["Date"] == "Mon, 3 Mar 2025 07:42:16 +0000");
    REQUIRE(mail["Attachments"].size() == 1);
    CHECK(mail["Attachments"][0]["FileName"] == "invoice.pdf");
    CHECK(mail["Attachments"][0]["Size"] == 4);
    CHECK(mail["Headers"][0]["Name"] == "From");
    CHECK(world.get("/api/v1/message/latest")["ID"] == id);
    CHECK(world.get("/api/v1/message/" + id + "/headers")["Subject"] ==
          json::array({"Invoice \xE2\x82\xAC 17"}));
    const WebReply raw = world.ask("GET", "/api/v1/message/" + id + "/raw");
    CHECK(raw.body == letter);
    CHECK(raw.content_type == "text/plain; charset=utf-8");
    CHECK(header_of(raw, "X-Content-Type-Options") == "nosniff");
}

TEST_CASE("mails are removed", "[sandbox][mail_api]") {
    World world;
    const std::string first = world.add("a");
    world.add("b");
    world.add("c");
    CHECK(world.ask("DELETE", "/api/v1/messages", "", "{\"IDs\":[\"" + first + "\",\"nosuch\"]}").body ==
          "{\"Removed\":1}");
    for (const std::string& broken : {"x"s, "[]"s, "{\"IDs\":1}"s, "{\"IDs\":[1]}"s, "{}"s, "\0"s,
                                      std::string(1'000'000, '['), "{\"IDs\":[\"\xFF\"]}"s})
        CHECK(world.ask("DELETE", "/api/v1/messages", "", broken).status == 400);
    CHECK(world.store.all().size() == 2);
    CHECK(world.ask("DELETE", "/api/v1/messages").body == "{\"Removed\":2}");
    CHECK(world.store.all().empty());
}

TEST_CASE("what the sandbox says of itself", "[sandbox][mail_api]") {
    World world;
    world.add("12345");
    const json info = world.get("/api/v1/info");
    CHECK(info["Version"] == "1.2.3");
    CHECK(info["Messages"] == 1);
    CHECK(info["Size"] == 5);
    CHECK(info["Servers"]["smtp"] == "127.0.0.1:2587");
    CHECK(info["Servers"]["dns"].is_null());
}

TEST_CASE("what is not there", "[sandbox][mail_api]") {
    World world;
    struct Row {
        std::string method;
        std::string path;
        int status;
    };
    const std::vector<Row> rows = {
        {"GET", "/api/v1/message/nosuch", 404},
        {"GET", "/api/v1/message/latest", 404},
        {"GET", "/api/v1/message/", 404},
        {"GET", "/api/v1/nosuch", 404},
        {"GET", "/nosuch", 404},
        {"GET", "", 404},
        {"GET", "/view/", 404},
        {"GET", "/../etc/passwd", 404},
        {"GET", "/%2e%2e/x", 404},
        {"GET", "/" + std::string(1'000'000, '/'), 404},
        {"GET", "/\0\xFF<script>"s, 404},
        {"POST", "/", 405},
        {"DELETE", "/", 405},
        {"POST", "/api/v1/messages", 405},
        {"PUT", "/api/v1/info", 405},
        {"", "/", 405},
    };
    for (const Row& row : rows) {
        INFO(row.method << ' ' << row.path.substr(0, 100));
        const WebReply reply = world.ask(row.method, row.path);
        CHECK(reply.status == row.status);
        CHECK(reply.body.find("script") == std::string::npos);
        CHECK((row.status == 405) == !header_of(reply, "Allow").empty());
        CHECK((reply.content_type.starts_with("application/json")) == row.path.starts_with("/api/"));
    }
    CHECK(world.ask("HEAD", "/").status == 200);
    CHECK(world.ask("GET", "/style.css").content_type == "text/css; charset=utf-8");
}

TEST_CASE("no stranger writes markup or control characters into a page", "[sandbox][mail_api]") {
    const std::string evil =
        "<script>alert(1)</script>\"' onload='x \x1b[31m \xE2\x80\xAE \xFF \0 </pre></td>"s;
    World world;
    smtp::Mail mail =
        mail_of("From: " + evil + " <" + evil + "@x>\r\nSubject: " + evil + "\r\nX-" + evil + ": " + evil +
                "\r\nX: " + evil +
                "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                "--b\r\n\r\n" +
                evil + "\r\n--b\r\nContent-Type: a/b; name=\"" + "<script>" + "\"\r\n\r\nx\r\n--b--\r\n");
    mail.sender.address = evil;
    mail.recipients = {{evil, {}}};
    mail.login = evil;
    mail.helo = evil;
    mail.client = evil;
    mail.reply = evil;
    const std::string id = world.store.add(std::move(mail), 0)->id;
    for (const std::string& path : {"/"s, "/view/" + id}) {
        INFO(path);
        const WebReply page = world.ask("GET", path);
        CHECK(page.status == 200);
        CHECK(header_of(page, "Content-Security-Policy").starts_with("default-src 'none'; "));
        CHECK(page.body.find("<script") == std::string::npos);
        CHECK(page.body.find("onload='") == std::string::npos);
        CHECK(page.body.find("</pre></td>") == std::string::npos);
        CHECK(page.body.find('\x1b') == std::string::npos);
        CHECK(page.body.find('\0') == std::string::npos);
        CHECK(page.body.find("\xE2\x80\xAE") == std::string::npos);
        CHECK(page.body.find('\xFF') == std::string::npos);
        CHECK(page.body.find("&lt;script&gt;") != std::string::npos);
    }
    for (const std::string& path :
         {"/api/v1/messages"s, "/api/v1/message/" + id, "/api/v1/message/" + id + "/headers"}) {
        INFO(path);
        CHECK(world.ask("GET", path).body.find('\x1b') == std::string::npos);
        CHECK_FALSE(json::parse(world.ask("GET", path).body).is_null());
    }
}

TEST_CASE("mails of any kind are shown in bounds", "[sandbox][mail_api]") {
    struct Row {
        const char* name;
        std::string octets;
    };
    const std::vector<Row> rows = {
        {"nothing", ""},
        {"no header", "just text"},
        {"a NUL", "\0"s},
        {"100,000 fields", repeated("X: y\r\n", 100'000)},
        {"a huge field", "Subject: " + std::string(sized(5'000'000), 'x') + "\r\n\r\n"},
        {"a huge body", "Subject: x\r\n\r\n" + std::string(sized(5'000'000), '<')},
        {"nested", repeated("Content-Type: message/rfc822\r\n\r\n", 10'000)},
        {"a header of brackets", "From: " + std::string(100'000, '<') + "\r\n\r\n"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        World world;
        const std::string id = world.add(row.octets);
        CHECK(world.ask("GET", "/").status == 200);
        CHECK(world.ask("GET", "/view/" + id).body.size() < 30'000'000);
        CHECK_FALSE(json::parse(world.ask("GET", "/api/v1/message/" + id).body).is_null());
        CHECK(world.ask("GET", "/api/v1/message/" + id + "/raw").body == row.octets);
    }
}

TEST_CASE("who sent a mail", "[sandbox][mail_view]") {
    struct Row {
        const char* name;
        std::string from;
        MailAddress expected;
    };
    const std::vector<Row> rows = {
        {"address alone", "app@contoso.com", {"", "app@contoso.com"}},
        {"in brackets", "<app@contoso.com>", {"", "app@contoso.com"}},
        {"quoted name", "\"App, Inc\" <app@contoso.com>", {"App, Inc", "app@contoso.com"}},
        {"encoded name", "=?utf-8?B?w7w=?= <app@contoso.com>", {"\xC3\xBC", "app@contoso.com"}},
        {"none", "", {"", ""}},
        {"no address", "nobody", {"", ""}},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(summary_of("From: " + row.from + "\r\n\r\n").from == row.expected);
    }
}
