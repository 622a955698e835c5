#include "base/ascii.hpp"
#include "mail/fields.hpp"
#include "route/paste.hpp"
#include "support/catch.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace relaytool;
using route::Repair;
using route::repair_header;
using namespace std::string_literals;

namespace {

/// Headers as they should be, each with its body.
const std::vector<std::string>& good_messages() {
    static const std::vector<std::string> messages{
        "Received: from AS8PR08MB7696.eurprd08.prod.outlook.com (2603:10a6:20b:523::11)\r\n"
        " by AM9PR08MB1111.eurprd08.prod.outlook.com with HTTPS; Tue, 2 Apr 2024\r\n"
        " 14:36:10 +0000\r\n"
        "Received: from mail.example.com (192.0.2.7) by DB5EUR03FT051.mail.protection.outlook.com\r\n"
        " (10.152.21.19) with Microsoft SMTP Server (version=TLS1_3,\r\n"
        " cipher=TLS_AES_256_GCM_SHA384) id 15.20.7452.22 via Frontend Transport;\r\n"
        " Tue, 2 Apr 2024 14:36:08 +0000\r\n"
        "Authentication-Results: spf=pass (sender IP is 192.0.2.7)\r\n"
        " smtp.mailfrom=example.com; dkim=pass (signature was verified)\r\n"
        " header.d=example.com;dmarc=pass action=none\r\n"
        " header.from=example.com;compauth=pass reason=100\r\n"
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s1;\r\n"
        "\th=From:To:Subject:Date:\r\n"
        "\t Message-ID:Content-Type:MIME-Version;\r\n"
        "\tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\r\n"
        "\tb=dGhpcyBpcyBubyBzaWduYXR1cmUgYXQgYWxsLCBpdCBpcyBhIHRlc3Q=\r\n"
        "From: \"Doe, J.\" <j.doe@example.com>\r\n"
        "To: <info@shortstraw.be>\r\n"
        "Subject: Offer for 12:30: see below\r\n"
        "Thread-Topic: Offer\r\n"
        "Date: Tue, 2 Apr 2024 16:36:05 +0200\r\n"
        "Message-ID: <1234.5678@mail.example.com>\r\n"
        "Content-Type: text/plain; charset=\"utf-8\"\r\n"
        "MIME-Version: 1.0\r\n"
        "X-MS-Exchange-Organization-SCL: 1\r\n"
        "X-Forefront-Antispam-Report:\r\n"
        " CIP:192.0.2.7;CTRY:BE;LANG:en;SCL:1;SRV:;IPV:NLI;SFV:NSPM;H:mail.example.com;\r\n"
        "\r\nHello\r\nFrom: nobody\r\n",

        "Return-Path: <a@example.com>\r\n"
        "Delivered-To: info@shortstraw.be\r\n"
        "Received: from mail.example.com (mail.example.com [192.0.2.7])\r\n"
        "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\r\n"
        "\t(No client certificate requested)\r\n"
        "\tby mx.shortstraw.be (Postfix) with ESMTPS id 4VzRlY2BnYz22WHV\r\n"
        "\tfor <info@shortstraw.be>; Wed, 12 Jun 2024 09:50:01 +0200 (CEST)\r\n"
        "Received: (qmail 1234 invoked by uid 89); 12 Jun 2024 07:49:59 -0000\r\n"
        "Date: 12 Jun 2024 07:49:59 -0000\r\n"
        "Message-ID: <20240612074959.1234.qmail@mail.example.com>\r\n"
        "From: a@example.com\r\n"
        "To: info@shortstraw.be\r\n"
        "Subject: short\r\n"
        "\r\nbody\r\n",

        "Received: by mail.example.com; Tue, 2 Apr 2024 16:36:06 +0200\r\n"
        "From: <a@example.com>\r\n"
        "To: <info@shortstraw.be>\r\n"
        "Subject: the least of all\r\n"
        "Date: Tue, 2 Apr 2024 16:36:05 +0200\r\n"
        "\r\nbody\r\n",
    };
    return messages;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Names and values of a header, without any white space.
Pairs fields_of(std::string_view text) {
    Pairs pairs;
    const mail::Header header = mail::read_header(text);
    for (const mail::Field& field : header.fields.all()) {
        std::string value;
        for (const char c : field.raw)
            if (!ascii::is_space(c)) value += c;
        pairs.emplace_back(field.name, value);
    }
    return pairs;
}

std::vector<std::string> header_lines(const std::string& message) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (message.compare(at, 2, "\r\n") != 0) {
        const std::size_t end = message.find("\r\n", at);
        lines.push_back(message.substr(at, end - at));
        at = end + 2;
    }
    return lines;
}

std::string body_of(const std::string& message) {
    return message.substr(message.find("\r\n\r\n") + 4);
}

using Lines = std::vector<std::string>;

std::string joined(const Lines& lines, const std::string& between) {
    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i)
        out += (i > 0 ? between : "") + lines[i];
    return out;
}

Lines each(Lines lines, const std::function<std::string(const std::string&)>& change) {
    for (std::string& line : lines)
        line = change(line);
    return lines;
}

std::string without_indentation(const std::string& line) {
    return std::string(ascii::trim(line));
}

/// Folds undone, then broken at blanks behind `width` characters, without indentation.
Lines wrapped(const Lines& lines, std::size_t width) {
    Lines whole;
    for (const std::string& line : lines) {
        if (line[0] == ' ' || line[0] == '\t') {
            whole.back() += ' ' + without_indentation(line);
        } else {
            whole.push_back(line);
        }
    }
    Lines out;
    for (std::string line : whole) {
        while (line.size() > width && line.rfind(' ', width) != std::string::npos) {
            const std::size_t blank = line.rfind(' ', width);
            out.push_back(line.substr(0, blank));
            line.erase(0, blank + 1);
        }
        out.push_back(line);
    }
    return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

std::string with_entities(const std::string& text) {
    return replaced(replaced(replaced(replaced(text, "&", "&amp;"), "<", "&lt;"), ">", "&gt;"), "+", "&#43;");
}

struct Damage {
    const char* name;
    std::function<std::string(const Lines&)> apply;
};

std::vector<Damage> damages() {
    const auto prefixed = [](std::string prefix) {
        return [prefix](const Lines& lines) {
            return joined(each(lines, [&](const std::string& line) { return prefix + line; }), "\n") + "\n";
        };
    };
    return {
        {"four blanks in front", prefixed("    ")},
        {"a tabulator in front", prefixed("\t")},
        {"quoted", prefixed("> ")},
        {"quoted without a blank", prefixed(">")},
        {"quoted three times", prefixed("> > > ")},
        {"quoted and indented", prefixed(">     ")},
        {"no-break spaces in front", prefixed("\xC2\xA0\xC2\xA0")},
        {"the first line moved", [](const Lines& lines) { return "  " + joined(lines, "\n") + "\n"; }},
        {"blank lines in front", [](const Lines& lines) { return "\n \n\n" + joined(lines, "\n") + "\n"; }},
        {"what Outlook once wrote in front",
         [](const Lines& lines) {
             return "Microsoft Mail Internet Headers Version 2.0\n" + joined(lines, "\n") + "\n";
         }},
        {"a letter in front",
         [](const Lines& lines) {
             return "Hello,\n\nthis is what I found:\n\n" + joined(lines, "\n") + "\n\nBye\n";
         }},
        {"a chat's code block", [](const Lines& lines) { return "```\n" + joined(lines, "\n") + "\n```\n"; }},
        {"CR only", [](const Lines& lines) { return joined(lines, "\r") + "\r"; }},
        {"CR only, with a body", [](const Lines& lines) { return joined(lines, "\r") + "\r\rbody\r"; }},
        {"every other line blank", [](const Lines& lines) { return joined(lines, "\n\n") + "\n"; }},
        {"every other line blank, CRLF",
         [](const Lines& lines) { return joined(lines, "\r\n\r\n") + "\r\n"; }},
        {"two blank lines between", [](const Lines& lines) { return joined(lines, "\n\n\n") + "\n"; }},
        {"folds without blanks",
         [](const Lines& lines) { return joined(each(lines, without_indentation), "\n") + "\n"; }},
        {"folds without blanks, quoted",
         [](const Lines& lines) {
             return joined(
                 each(lines, [](const std::string& line) { return "> " + without_indentation(line); }), "\n");
         }},
        {"broken at 72", [](const Lines& lines) { return joined(wrapped(lines, 72), "\n") + "\n"; }},
        {"broken at 40", [](const Lines& lines) { return joined(wrapped(lines, 40), "\r\n") + "\r\n"; }},
        {"broken at 72 and quoted",
         [](const Lines& lines) { return "> " + joined(wrapped(lines, 72), "\n> ") + "\n"; }},
        {"folds with no-break spaces",
         [](const Lines& lines) {
             return joined(each(lines,
                                [](const std::string& line) {
                                    const bool fold = line[0] == ' ' || line[0] == '\t';
                                    return fold ? "\xC2\xA0" + without_indentation(line) : line;
                                }),
                           "\n");
         }},
        {"all on one line", [](const Lines& lines) { return joined(lines, " "); }},
        {"all on one line, with its end", [](const Lines& lines) { return joined(lines, " ") + "\r\n"; }},
        {"line ends cut out", [](const Lines& lines) { return joined(lines, ""); }},
        {"tabulators for line ends", [](const Lines& lines) { return joined(lines, "\t"); }},
        {"entities", [](const Lines& lines) { return with_entities(joined(lines, "\n")) + "\n"; }},
        {"entities and one line", [](const Lines& lines) { return with_entities(joined(lines, " ")); }},
    };
}

struct Row {
    const char* name;
    std::string text;
};

void check_unchanged(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        INFO(row.name);
        std::string storage;
        Repair done;
        const std::string_view result = repair_header(row.text, storage, done);
        CHECK(result.data() == row.text.data());
        CHECK(result == row.text);
        CHECK_FALSE(done.any());
    }
}

std::string repaired(const std::string& text) {
    std::string storage;
    Repair done;
    return std::string(repair_header(text, storage, done));
}

} // namespace

TEST_CASE("whatever happened to a header, its fields come back", "[route][paste]") {
    for (const std::string& message : good_messages()) {
        const Pairs expected = fields_of(message);
        for (const Damage& damage : damages()) {
            INFO(damage.name);
            const std::string text = damage.apply(header_lines(message));
            INFO(text);
            std::string storage;
            Repair done;
            const std::string_view result = repair_header(text, storage, done);
            CHECK(fields_of(result) == expected);
            // What is mended is well-formed: nothing is left to do.
            std::string again;
            CHECK(repair_header(result, again, done).data() == result.data());
        }
    }
}

TEST_CASE("a pasted header keeps its body", "[route][paste]") {
    for (const std::string& message : good_messages()) {
        const Pairs expected = fields_of(message);
        const std::string body = replaced(body_of(message), "\r\n", "\n");
        for (const char* prefix : {"    ", "> ", "\t"}) {
            INFO(prefix);
            const std::string text = prefix + replaced(message, "\r\n", "\n"s + prefix);
            const std::string result = repaired(text);
            CHECK(fields_of(result) == expected);
            CHECK(result.substr(mail::read_header(result).body).starts_with(body));
        }
        const std::string text = joined(wrapped(header_lines(message), 60), "\n") + "\n\n" + body;
        const std::string result = repaired(text);
        CHECK(fields_of(result) == expected);
        CHECK(result.substr(mail::read_header(result).body) == body);
    }
}

TEST_CASE("a paste that is well-formed comes back unchanged and uncopied", "[route][paste]") {
    std::vector<Row> rows{
        {"nothing", ""},
        {"a line end", "\n"},
        {"a sentence", "Please look at this message, it never arrived."},
        {"a text", "Dear colleague,\n\nplease look at this: it never arrived.\n\nFrom: me\nTo: you\n"},
        {"one field", "Subject: x\n"},
        {"one field and a body", "Subject: x\n\nFrom here on it is a body\n"},
        {"unknown fields", "Foo: 1\nbar: 2\nbaz : 3\n\nbody"},
        {"a body like a header", "From: a@example.com\nSubject: x\n\nFrom: b\nTo: c\nSubject: d\nDate: e\n"},
        {"a body like a header behind blank lines",
         "Received: by a; 1 Jan 2024 00:00:00 +0000\nFrom: a@example.com\n\n\n\nReceived: by b\nFrom: c\n"},
        {"a forwarded message", "From: a@example.com\nSubject: x\n\n> From: b\n> To: c\n> Subject: d\n"},
        {"a message in a part", "Content-Type: message/rfc822\n\nReceived: by b\nFrom: c\nTo: d\n\nbody"},
        {"a file of a mailbox",
         "From a@example.com Tue Apr  2 16:36:05 2024\nFrom: a@example.com\nTo: b\n\nbody"},
        {"a subject with names",
         "Subject: Re: From: and To: and Date: of it\nFrom: a@example.com\nTo: b\n\nbody"},
        {"a subject with an entity", "Subject: what &lt; means\nFrom: a@example.com\nTo: b\n\nbody"},
        {"a no-break space inside", "Subject: a\xC2\xA0long day\nFrom: a@example.com\nTo: b\n\nbody"},
        {"a lone CR inside", "Subject: a\rb\nFrom: a@example.com\nTo: b\n\nbody"},
        {"a body without a blank line before it",
         "From: a@example.com\nTo: b\nSubject: c\nHello,\nthis is the text.\n"},
        {"HTML without a blank line before it",
         "From: a@example.com\nTo: b\nSubject: a subject that is as long as subjects are in other mails, or longer\n"
         "<html><body>Hello</body></html>\n"},
    };
    for (const std::string& message : good_messages()) {
        rows.push_back({"CRLF", message});
        rows.push_back({"LF", replaced(message, "\r\n", "\n")});
        rows.push_back({"without a body", message.substr(0, message.find("\r\n\r\n") + 2)});
        rows.push_back({"without an end", message.substr(0, message.find("\r\n\r\n"))});
    }
    check_unchanged(rows);
}

TEST_CASE("what was mended in a paste is told", "[route][paste]") {
    const auto told = [](const std::string& text) {
        std::string storage;
        Repair done;
        repair_header(text, storage, done);
        return std::string(done.indented ? "indented " : "") + (done.quoted ? "quoted " : "") +
               (done.unwrapped ? "unwrapped " : "") + (done.split ? "split " : "") +
               (done.spaced ? "spaced " : "") + (done.decoded ? "decoded " : "") + (done.led ? "led " : "");
    };
    CHECK(told("  From: a\n  To: b\n") == "indented ");
    CHECK(told("> From: a\n> To: b\n") == "quoted ");
    CHECK(told("> > From: a\n> > To: b\n") == "quoted ");
    CHECK(told("Received: from a\nby b\nFrom: c\n") == "unwrapped ");
    CHECK(told("From: a\n\nTo: b\n\nSubject: c\n") == "spaced ");
    CHECK(told("From: &lt;a@example.com&gt;\nTo: b\n") == "decoded ");
    CHECK(
        told(
            "Received: from a.example.com by b.example.com; 1 Jan 2024 00:00:00 +0000 From: a@example.com To: b "
            "Subject: c") == "split ");
    CHECK(told("See below\nReceived: by a\nFrom: a\nTo: b\n") == "led ");
    CHECK(told("From: a\rTo: b\r").empty()); // other line ends are no damage
    CHECK(told("From: a\nTo: b\n").empty());
}

TEST_CASE("hostile pastes are mended in bounds", "[route][paste]") {
    const auto repeated = [](std::string_view text, std::size_t times) {
        std::string out;
        for (std::size_t i = 0; i < times; ++i)
            out += text;
        return out;
    };
    for (const char* text :
         {">", "> ", " ", "\t", "\r", "\n", "\n\n", "a:", "From: ", " From: a\n", "> From: a\n",
          "From: a\n\n", "&lt;", "\xC2\xA0", "X-", "a: b\nc\n", "Received: x ", ": ", "\xC2"}) {
        INFO(text);
        const std::string paste = repeated(text, 50'000);
        std::string storage;
        Repair done;
        CHECK(repair_header(paste, storage, done).size() <= 3 * paste.size() + 1);
        const std::string behind = "From: a\n" + paste;
        repair_header(behind, storage, done);
    }
}
