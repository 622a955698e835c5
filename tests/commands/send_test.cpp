#include "support/catch.hpp"
#include "support/send_world.hpp"

#include <string>

using namespace relaytool;
using cli::Exit;
using test::holds;
using test::json_of;
using test::Outcome;
using test::SendWorld;

TEST_CASE("a message that the server takes", "[commands][send]") {
    SendWorld world;
    world.take_all();
    SECTION("as text") {
        const Outcome outcome = world.send();
        CHECK(outcome.exit == Exit::good);
        CHECK(outcome.err.empty());
        CHECK(holds(outcome.out, "Accepted: mx.example.net has taken the message\n"));
        CHECK(holds(outcome.out, "4XyZ"));
        CHECK(holds(outcome.out, "Accepted is not delivered yet"));
    }
    SECTION("as JSON") {
        const Outcome outcome = world.send({"--json"});
        CHECK(outcome.exit == Exit::good);
        const auto json = json_of(outcome);
        CHECK(json["schema"] == "relaytool/send/1");
        CHECK(json["outcome"] == "accepted");
        CHECK(json["stage"] == "data");
        CHECK(json["server"]["host"] == "mx.example.net");
        CHECK(json["server"]["port"] == 25);
        CHECK(json["server"]["address"] == "192.0.2.25");
        CHECK(json["server"]["greeting"] == "220 mx.example.net ESMTP");
        CHECK(json["tls"].is_null());
        CHECK(json["login"].is_null());
        CHECK(json["from"] == "a@example.com");
        CHECK(json["recipients"].size() == 1);
        CHECK(json["recipients"][0]["address"] == "b@example.net");
        CHECK(json["recipients"][0]["outcome"] == "accepted");
        CHECK(json["recipients"][0]["reply"]["code"] == 250);
        CHECK(json["queue_id"] == "4XyZ");
        CHECK(holds(json["message_id"].get<std::string>(), "@pc1.example.com>"));
        CHECK(json["size"].get<int>() > 100);
        CHECK(json["findings"].empty());
        CHECK(!json.contains("transcript"));
    }
    CHECK(holds(world.server.heard,
                "EHLO pc1.example.com\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n"));
    CHECK(holds(world.server.heard, "Subject: Test of mx.example.net:25 from pc1.example.com"));
    CHECK(world.server.heard.ends_with("\r\n.\r\nQUIT\r\n"));
}

TEST_CASE("what became of a message, and the exit code that says so", "[commands][send]") {
    struct Row {
        const char* name;
        std::deque<std::string> answers;
        Exit exit;
        const char* outcome;
        const char* stage;
        const char* finding;
    };
    const Row row = GENERATE(values<Row>({
        {"refused at the end",
         SendWorld::answers(
             "554 5.2.252 SendAsDenied; a@example.com not allowed to send as b@example.net\r\n"),
         Exit::bad, "refused", "data", "send-as-denied"},
        {"recipient refused",
         {"220 x\r\n", "250 x\r\n", "250 k\r\n", "550 5.1.1 User unknown\r\n", "221 x\r\n"},
         Exit::bad,
         "refused",
         "rcpt-to",
         "recipient-unknown"},
        {"lost after the dot",
         {"220 x\r\n", "250 x\r\n", "250 k\r\n", "250 k\r\n", "354 k\r\n", "close"},
         Exit::could_not_tell,
         "unknown",
         "data",
         "connection-failed"},
        {"silence", {""}, Exit::could_not_tell, "not-sent", "connect", "connection-failed"},
        {"lost on the way",
         {"220 x\r\n", "250 x\r\n", "close"},
         Exit::could_not_tell,
         "not-sent",
         "mail-from",
         "connection-failed"},
        {"another protocol", {"SSH-2.0-OpenSSH_9.2\r\n"}, Exit::bad, "not-sent", "connect", "protocol-error"},
        {"too big",
         {"220 x\r\n", "250-x\r\n250 SIZE 10\r\n", "221 x\r\n"},
         Exit::bad,
         "not-sent",
         "helo",
         "message-too-big"},
    }));
    CAPTURE(row.name);
    SendWorld world;
    world.server.answers = row.answers;
    const Outcome outcome = world.send({"--json"});
    CHECK(outcome.exit == row.exit);
    const auto json = json_of(outcome);
    CHECK(json["outcome"] == row.outcome);
    CHECK(json["stage"] == row.stage);
    CHECK(json["recipients"].size() == 1);
    REQUIRE(json["findings"].size() == 1);
    CHECK(json["findings"][0]["category"] == row.finding);
}

TEST_CASE("recipients that fare differently are told one by one", "[commands][send]") {
    SendWorld world;
    world.server.answers = {"220 x\r\n", "250 x\r\n", "250 k\r\n", "250 k\r\n", "550 5.1.1 User unknown\r\n",
                            "354 k\r\n", "250 k\r\n", "221 x\r\n"};
    SECTION("as text") {
        const Outcome outcome = world.send({"--to", "c@example.net"});
        CHECK(outcome.exit == Exit::bad);
        CHECK(holds(outcome.out, "Partly refused: mx.example.net took the message for some recipients only"));
        CHECK(holds(outcome.out, "b@example.net accepted"));
        CHECK(holds(outcome.out, "c@example.net refused: 550 5.1.1 User unknown"));
    }
    SECTION("as JSON") {
        const auto json = json_of(world.send({"--cc", "c@example.net", "--json"}));
        CHECK(json["outcome"] == "partly");
        CHECK(json["recipients"][0]["outcome"] == "accepted");
        CHECK(json["recipients"][1]["outcome"] == "refused");
        CHECK(json["recipients"][1]["reply"]["code"] == 550);
        CHECK(json["findings"].size() == 1);
    }
}

TEST_CASE("option -v shows the dialogue", "[commands][send]") {
    SendWorld world;
    world.take_all();
    SECTION("on standard error") {
        const Outcome outcome = world.send({"-v"});
        CHECK(holds(outcome.err, "0.000 === Connected\n"));
        CHECK(holds(outcome.err, "0.000 <-  220 mx.example.net ESMTP\n"));
        CHECK(holds(outcome.err, "0.000  -> MAIL FROM:<a@example.com>\n"));
        CHECK(!holds(outcome.out, "MAIL FROM"));
    }
    SECTION("inside TLS, marked as such") {
        world.server.tls.version = "TLSv1.3";
        const Outcome outcome = world.send({"-v"});
        CHECK(holds(outcome.err, "0.000 <~  220 mx.example.net ESMTP\n"));
        CHECK(holds(outcome.err, "0.000  ~> MAIL FROM:<a@example.com>\n"));
    }
    SECTION("in the JSON document") {
        const auto json = json_of(world.send({"-v", "--json"}));
        REQUIRE(json["transcript"].size() > 5);
        CHECK(json["transcript"][1]["speaker"] == "server");
        CHECK(json["transcript"][1]["text"] == "220 mx.example.net ESMTP");
        CHECK(json["transcript"][2]["speaker"] == "client");
    }
    SECTION("in a file, and nowhere else") {
        const Outcome outcome = world.send({"--transcript", "dialogue.txt"});
        CHECK(outcome.err.empty());
        CHECK(holds(world.files.written["dialogue.txt"], " -> RCPT TO:<b@example.net>\n"));
    }
}

TEST_CASE("option --quit-after ends the dialogue", "[commands][send]") {
    SendWorld world;
    world.take_all();
    SECTION("behind RCPT") {
        const Outcome outcome = world.send({"--quit-after", "rcpt", "--json"});
        CHECK(outcome.exit == Exit::good);
        CHECK(json_of(outcome)["outcome"] == "stopped");
        CHECK(world.server.heard.ends_with("RCPT TO:<b@example.net>\r\nQUIT\r\n"));
    }
    SECTION("before a login: nobody is asked for a password") {
        const Outcome outcome = world.send({"--quit-after", "helo", "--user", "oliver"});
        CHECK(outcome.exit == Exit::good);
        CHECK(world.server.heard == "EHLO pc1.example.com\r\nQUIT\r\n");
    }
    SECTION("no such step") {
        CHECK(world.send({"--quit-after", "lunch"}).exit == Exit::usage);
        CHECK(world.server.heard.empty());
    }
}

TEST_CASE("a file that IIS would not take is refused with its reason", "[commands][send]") {
    SendWorld world;
    world.files.files["Email.txt"] = "To: <b@example.net>\r\nSubject: x\r\n\r\nHi\r\n";
    const std::vector<std::string> arguments{"--server", "mx.example.net:25", "--pickup", "Email.txt"};
    SECTION("as text") {
        const Outcome outcome = world.send_only(arguments);
        CHECK(outcome.exit == Exit::bad);
        CHECK(holds(outcome.out, "From"));
        CHECK(!holds(outcome.out, "Server "));
        CHECK(!holds(outcome.out, "Time "));
        CHECK(!holds(outcome.out, "no sender"));
    }
    SECTION("as JSON") {
        auto with_json = arguments;
        with_json.push_back("--json");
        const Outcome outcome = world.send_only(with_json);
        CHECK(outcome.exit == Exit::bad);
        CHECK(json_of(outcome)["outcome"] == "not-sent");
        CHECK(json_of(outcome)["findings"].size() == 1);
    }
    CHECK(world.server.targets.empty());
}

TEST_CASE("files that hold a message", "[commands][send]") {
    SendWorld world;
    world.take_all();
    SECTION("for the Pickup folder: the envelope lines win, and are not sent") {
        world.files.files["Email.txt"] =
            "x-sender: a@example.com\r\nx-receiver: b@example.net\r\nFROM: c@example.com\r\n"
            "TO: d@example.net\r\nBcc: e@example.net\r\nSUBJECT: Hi\r\n\r\nHello\r\n";
        const Outcome outcome = world.send_only({"-s", "mx.example.net:25", "--pickup", "Email.txt"});
        CHECK(outcome.exit == Exit::good);
        CHECK(holds(world.server.heard, "MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n"));
        CHECK(!holds(world.server.heard, "x-receiver"));
        CHECK(!holds(world.server.heard, "e@example.net"));
    }
    SECTION("whole, from standard input, without a sender of the envelope") {
        world.files.files["-"] = "From: a@example.com\r\nTo: b@example.net\r\nSubject: Hi\r\n\r\nHello\r\n";
        const Outcome outcome =
            world.send_only({"-s", "mx.example.net:25", "--message", "-", "--envelope-from", "<>"});
        CHECK(outcome.exit == Exit::good);
        CHECK(holds(outcome.out, "<> (no sender)"));
        CHECK(holds(world.server.heard, "MAIL FROM:<>\r\n"));
        CHECK(holds(world.server.heard, "From: a@example.com\r\n"));
    }
    SECTION("an empty --envelope-from is no sender either") {
        CHECK(world.send({"--envelope-from", "", "--json"}).exit == Exit::good);
        CHECK(holds(world.server.heard, "MAIL FROM:<>\r\n"));
        CHECK(holds(world.server.heard, "From: a@example.com\r\n"));
    }
    SECTION("that is not there") {
        const Outcome outcome = world.send_only({"-s", "mx.example.net:25", "--message", "nothing.eml"});
        CHECK(outcome.exit == Exit::could_not_tell);
        CHECK(holds(outcome.err, "nothing.eml"));
    }
}

TEST_CASE("no argument can bring a line of its own into the dialogue or the header", "[commands][send]") {
    const std::string evil = GENERATE("\r\nRSET\r\n", "\nX-Evil: 1", "\rX-Evil: 1");
    struct Row {
        const char* option;
        std::string value;
    };
    const Row row = GENERATE_COPY(values<Row>({
        {"--to", "c@example.net" + evil},
        {"--cc", "c@example.net" + evil},
        {"--bcc", "c@example.net" + evil},
        {"--reply-to", "c@example.net" + evil},
        {"--subject", "x" + evil},
        {"--header", "X-A: b" + evil},
        {"--header", "X-A" + evil + ": b"},
        {"--envelope-from", "c@example.com" + evil},
        {"--helo", "pc" + evil},
        {"--envid", "id" + evil},
        {"--notify", "NEVER" + evil},
        {"--ret", "FULL" + evil},
        {"--quit-after", "data" + evil},
        {"--tls", "off" + evil},
        {"--port", "25" + evil},
    }));
    CAPTURE(row.option, row.value);
    SendWorld world;
    world.server.answers = {
        "220 x\r\n", "250-x\r\n250 DSN\r\n", "250 k\r\n", "250 k\r\n", "250 k\r\n", "354 k\r\n", "250 k\r\n",
        "221 x\r\n"};
    const Outcome outcome = world.send({row.option, row.value});
    CHECK((outcome.exit == Exit::usage || outcome.exit == Exit::could_not_tell));
    CHECK(world.server.heard.empty());
    CHECK(!outcome.err.empty());
    CHECK(outcome.err.find('\r') == std::string::npos);
}

TEST_CASE("line ends in the text and in the server's name stay what they are", "[commands][send]") {
    SendWorld world;
    world.take_all();
    SECTION("the body may have lines, dots in them are doubled") {
        CHECK(world.send({"--body", "one\n.\r\nMAIL FROM:<c@example.com>"}).exit == Exit::good);
        CHECK(holds(world.server.heard, "one\r\n..\r\nMAIL FROM:<c@example.com>\r\n.\r\n"));
    }
    SECTION("a server's name may not") {
        CHECK(world.send_only({"-s", "mx\r\nRSET:25", "-f", "a@example.com", "-t", "b@example.net"}).exit ==
              Exit::usage);
        CHECK(world.server.targets.empty());
    }
    SECTION("a zero octet in a profile ends nothing early") {
        world.machine.variables["HOME"] = "h";
        world.files.files["h/.config/relaytool/config.toml"] = "[x]\nhelo = \"pc\\u0000.example.com\"\n";
        CHECK(world.send({"--profile", "x"}).exit == Exit::usage);
        CHECK(world.server.targets.empty());
    }
}

TEST_CASE("what is asked of a server that offers DSN", "[commands][send]") {
    SendWorld world;
    world.server.answers = {
        "220 x\r\n", "250-x\r\n250 DSN\r\n", "250 k\r\n", "250 k\r\n", "354 k\r\n", "250 k\r\n", "221 x\r\n"};
    SECTION("goes into MAIL and RCPT, the name as xtext (RFC 3461 section 4)") {
        CHECK(world.send({"--notify", "success,FAILURE", "--ret", "HDRS", "--envid", "a+b=c d"}).exit ==
              Exit::good);
        CHECK(holds(world.server.heard, "MAIL FROM:<a@example.com> RET=HDRS ENVID=a+2Bb+3Dc+20d\r\n"));
        CHECK(holds(world.server.heard, "RCPT TO:<b@example.net> NOTIFY=SUCCESS,FAILURE\r\n"));
    }
    SECTION("and nonsense goes nowhere") {
        const char* nonsense = GENERATE("NEVER,SUCCESS", "SUCCESS,", "SUCCESS BODY=8BITMIME", "SOMETIMES");
        CHECK(world.send({std::string("--notify=") + nonsense}).exit == Exit::usage);
        CHECK(world.server.heard.empty());
    }
    SECTION("a name has at most 100 octets") {
        CHECK(world.send({"--envid", std::string(101, 'x')}).exit == Exit::usage);
        CHECK(world.server.heard.empty());
    }
}

TEST_CASE("which server, nobody said", "[commands][send]") {
    SendWorld world;
    const Outcome outcome = world.send_only({"-f", "a@example.com", "-t", "b@example.net"});
    CHECK(outcome.exit == Exit::usage);
    CHECK(holds(outcome.err, "--server"));
    CHECK(holds(outcome.err, "--mx"));
}

TEST_CASE("copies add to the recipients of a file, and --to replaces them", "[commands][send]") {
    struct Row {
        std::vector<std::string> options;
        std::size_t recipients;
    };
    const Row row = GENERATE(values<Row>({
        {{"--bcc", "c@example.net"}, 2},
        {{"--cc", "c@example.net", "--bcc", "d@example.net"}, 3},
        {{"--to", "c@example.net"}, 1},
    }));
    SendWorld world;
    world.files.files["m.txt"] = "From: a@example.com\r\nTo: b@example.net\r\nSubject: x\r\n\r\nHello\r\n";
    world.server.answers = {"220 x\r\n", "250 x\r\n", "250 ok\r\n"};
    for (std::size_t i = 0; i < row.recipients; ++i)
        world.server.answers.push_back("250 ok\r\n");
    for (const char* answer : {"354 go\r\n", "250 ok\r\n", "221 bye\r\n"})
        world.server.answers.push_back(answer);
    std::vector<std::string> arguments{"--server", "mx.example.net:25", "--tls", "off",
                                       "--json",   "--pickup",          "m.txt"};
    arguments.insert(arguments.end(), row.options.begin(), row.options.end());
    const Outcome outcome = world.send_only(arguments);
    CHECK(outcome.exit == Exit::good);
    CHECK(json_of(outcome)["recipients"].size() == row.recipients);
}

TEST_CASE("an option that makes a part of a message does not go with a whole one", "[commands][send]") {
    const char* option = GENERATE("--subject", "--body", "--body-file", "--html", "--attach", "--reply-to");
    CAPTURE(option);
    SendWorld world;
    world.files.files["m.eml"] = "From: a@example.com\r\nTo: b@example.net\r\n\r\nHello\r\n";
    const Outcome outcome = world.send({"--message", "m.eml", option, "x@example.com"});
    CHECK(outcome.exit == Exit::usage);
    CHECK(holds(outcome.err, option));
    CHECK(world.server.targets.empty());
}

TEST_CASE("a transcript that cannot be written is known before anything is sent", "[commands][send]") {
    SendWorld world;
    world.files.locked.push_back("no/t.txt");
    world.take_all();
    const Outcome outcome = world.send({"--transcript", "no/t.txt"});
    CHECK(outcome.exit == Exit::could_not_tell);
    CHECK(world.server.targets.empty());
}
