#include "report/headers.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

using namespace relaytool;
using report::HeadersReport;

namespace {

HeadersReport report_of(std::string_view mail, std::string source = "a.eml") {
    return {std::move(source), diagnosis::judge_headers(route::read_headers(mail), {}), {}};
}

std::string page_of(std::string_view mail) {
    return report::headers_page({report_of(mail)});
}

std::size_t count(std::string_view text, std::string_view what) {
    std::size_t number = 0;
    for (std::size_t at = text.find(what); at != std::string_view::npos;
         at = text.find(what, at + what.size()))
        ++number;
    return number;
}

/// Reads a page of ours as strictly as XML, and keeps what there is in it.
class Outline {
public:
    explicit Outline(std::string_view page) {
        const std::size_t begin = page.find("<style>");
        const std::size_t end = page.find("</style>");
        REQUIRE(end != std::string_view::npos);
        const std::string text = std::string(page.substr(0, begin)) + std::string(page.substr(end + 8));
        std::string_view rest = text;
        while (!rest.empty() && fault_.empty()) {
            const std::size_t open = rest.find('<');
            if (rest.substr(0, open).find('>') != std::string_view::npos) fault_ = "a bare >";
            if (open == std::string_view::npos) break;
            const std::size_t close = rest.find('>', open);
            if (close == std::string_view::npos) fault_ = "an open tag at the end";
            if (fault_.empty()) read_tag(rest.substr(open + 1, close - open - 1));
            rest.remove_prefix(std::min(close, rest.size() - 1) + 1);
        }
        if (fault_.empty() && !open_.empty()) fault_ = "not closed: " + open_.back();
        for (const std::string& target : targets_)
            if (fault_.empty() && !ids_.contains(target)) fault_ = "no such anchor: " + target;
    }

    const std::string& fault() const { return fault_; }
    const std::set<std::string>& elements() const { return elements_; }
    const std::set<std::string>& attributes() const { return attributes_; }

private:
    void read_tag(std::string_view tag) {
        if (tag == "!DOCTYPE html") return;
        if (tag.starts_with('/')) {
            if (open_.empty() || open_.back() != tag.substr(1))
                fault_ = fmt::format("{} closes {}", tag, open_.empty() ? "nothing" : open_.back());
            else
                open_.pop_back();
            return;
        }
        const std::string name(tag.substr(0, tag.find(' ')));
        elements_.insert(name);
        if (name != "meta" && name != "br") open_.push_back(name);
        tag.remove_prefix(name.size());
        while (!tag.empty() && fault_.empty()) {
            const std::size_t equals = tag.find("=\"");
            const std::size_t end =
                equals == std::string_view::npos ? std::string_view::npos : tag.find('"', equals + 2);
            if (tag.front() != ' ' || end == std::string_view::npos) {
                fault_ = "no attribute: " + std::string(tag);
                return;
            }
            read_attribute(std::string(tag.substr(1, equals - 1)),
                           std::string(tag.substr(equals + 2, end - equals - 2)));
            tag.remove_prefix(end + 1);
        }
    }

    void read_attribute(const std::string& name, const std::string& value) {
        attributes_.insert(name);
        if (name == "id" && !ids_.insert(value).second) fault_ = "twice: " + value;
        if (name == "href" && !value.starts_with('#')) fault_ = "a link to elsewhere: " + value;
        if (name == "href") targets_.insert(value.substr(1));
        if (name == "aria-labelledby") targets_.insert(value);
    }

    std::string fault_;
    std::vector<std::string> open_;
    std::set<std::string> elements_;
    std::set<std::string> attributes_;
    std::set<std::string> ids_;
    std::set<std::string> targets_;
};

void check_page(const std::string& page) {
    const Outline outline(page);
    CHECK(outline.fault() == "");
    const std::set<std::string> known{
        "html", "head", "meta", "style", "title", "body", "main",    "nav",    "footer", "article",
        "h1",   "h2",   "h3",   "h4",    "h5",    "h6",   "p",       "a",      "b",      "bdi",
        "br",   "code", "div",  "span",  "ol",    "ul",   "li",      "table",  "thead",  "tbody",
        "tr",   "th",   "td",   "time",  "svg",   "rect", "details", "summary"};
    for (const std::string& element : outline.elements()) {
        INFO(element);
        CHECK(known.contains(element));
    }
    const std::set<std::string> harmless{"lang",        "charset", "name",   "content",    "http-equiv",
                                         "id",          "class",   "href",   "scope",      "colspan",
                                         "datetime",    "width",   "height", "aria-label", "aria-labelledby",
                                         "aria-hidden", "role"};
    for (const std::string& attribute : outline.attributes()) {
        INFO(attribute);
        CHECK(harmless.contains(attribute));
    }
    CHECK(page.find("default-src 'none'") < page.find("<style>"));
    CHECK(page.find('\x1b') == std::string::npos);
    CHECK(page.find("\xE2\x80\xAE") == std::string::npos);
}

constexpr std::string_view junk_mail =
    "Return-Path: <bills@example.net>\r\n"
    "Received: from mail.example.net (mail.example.net [198.51.100.7]) by mx1.contoso.com (Postfix)\r\n"
    "\twith ESMTPS id 2 for <b@contoso.com>; Tue, 24 Nov 2026 07:20:00 +0000\r\n"
    "Received: from pc (unknown [203.0.113.9]) by mail.example.net (Postfix) with ESMTP id 1;\r\n"
    "\tTue, 24 Nov 2026 07:10:00 +0000\r\n"
    "Authentication-Results: mx1.contoso.com; spf=fail smtp.mailfrom=example.net; dkim=none;\r\n"
    "\tdmarc=fail header.from=example.org\r\n"
    "X-Spam-Status: Yes, score=9.1 required=5.0 tests=SPF_FAIL\r\n"
    "From: Bills <a@example.org>\r\n"
    "To: b@contoso.com\r\n"
    "Subject: The bill\r\n"
    "Date: Tue, 24 Nov 2026 07:09:58 +0000\r\n"
    "Message-ID: <1@example.org>\r\n"
    "\r\n";

/// Every place of a header that a stranger fills, filled with `evil`.
std::string hostile_mail(std::string_view evil) {
    return fmt::format(
        "Received: from {0} ({0} [198.51.100.7]) by {0} ({0}) with {0} id {0} for <{0}>;\r\n"
        "\tTue, 24 Nov 2026 07:20:00 +0000\r\n"
        "Received: from [{0}] by mx.example.net; {0}\r\n"
        "Authentication-Results: {0}; spf={0} smtp.mailfrom={0}; dkim=pass ({0}) header.d={0};\r\n"
        "\tdmarc=fail ({0}) header.from={0}; compauth=fail reason={0}\r\n"
        "Received-SPF: fail ({0}) client-ip={0}; helo={0};\r\n"
        "DKIM-Signature: v=1; a={0}; d={0}; s={0}; b={0}; bh={0}; h=from\r\n"
        "X-Forefront-Antispam-Report: CIP:{0};SCL:{0};SFV:{0};CAT:{0};H:{0};{0}:{0};\r\n"
        "X-Microsoft-Antispam-Mailbox-Delivery: dest:J;{0}\r\n"
        "X-Spam-Status: Yes, score=9 required=5 tests={0}\r\n"
        "X-OriginatorOrg: {0}\r\n"
        "From: {0} <a@{0}>\r\nReply-To: {0} <{0}@example.org>\r\nTo: {0}\r\nSubject: {0}\r\n"
        "Return-Path: <{0}>\r\nMessage-ID: <{0}>\r\nDate: {0}\r\n\r\n",
        evil);
}

} // namespace

TEST_CASE("a page about one mail", "[report][headers-page]") {
    const std::string page = page_of(junk_mail);
    check_page(page);
    CHECK(count(page, "<h1") == 1);
    CHECK(count(page, "<article") == 1);
    CHECK(page.find("<nav") == std::string::npos);
    for (const std::string_view part :
         {"The way it went", "mx1.contoso.com", "mail.example.net (198.51.100.7)", "07:20:00", "+10 min",
          "Who vouches for it", "Where the filter put it", "What to do", "Whose move:", "The bill",
          "a@example.org", "a.eml"}) {
        INFO(part);
        CHECK(page.find(part) != std::string::npos);
    }
}

TEST_CASE("what strangers write is text in the page", "[report][headers-page]") {
    for (const std::string_view evil :
         {"<script>document.title=1</script>", "\"><img/src=x/onerror=alert(1)>", "'onclick='x",
          "javascript:alert(1)", "</style></title><svg/onload=x>", "&lt;b&gt;&#60;b&#62;",
          "x\x1b[31m\x07\x7f", "x\xC2\x9B\xE2\x80\xAE\xE2\x81\xA6y", "\xFF\xFE\xC0\xAF\xED\xA0\x80<!--",
          "=?utf-8?q?=3Cscript=3E=1B=E2=80=AE=FF=22?=", "`<b>` {0} %s", "]]>--!>"}) {
        INFO(evil);
        check_page(page_of(hostile_mail(evil)));
    }
    const std::string page = page_of(hostile_mail("<script>x</script>"));
    CHECK(page.find("&lt;script&gt;x&lt;/script&gt;") != std::string::npos);
    const std::string source =
        report::headers_page({report_of(junk_mail, "<a>\xFF.eml"), report_of(junk_mail, "\"b")});
    check_page(source);
    CHECK(source.find("&lt;a&gt;\xEF\xBF\xBD.eml") != std::string::npos);
}

TEST_CASE("the way in the page: every hop, the border, claims and wrong clocks", "[report][headers-page]") {
    const std::string page = page_of(junk_mail);
    CHECK(count(page, "<li class=\"hop ") == 2);
    CHECK(page.find("id=\"m1-hop1\"") < page.find("id=\"m1-hop2\""));
    std::string late(junk_mail);
    late.replace(late.find("24 Nov 2026 07:10:00"), 20, "25 Nov 2026 07:10:00");
    const std::string wrong = page_of(late);
    CHECK(wrong.find("<span class=\"mark warning\">clock ") != std::string::npos);
    check_page(wrong);
}

TEST_CASE("a way of very many hops is drawn in part", "[report][headers-page]") {
    const auto way = [](int hops) {
        std::string mail;
        for (int i = hops; i > 0; --i)
            mail += fmt::format(
                "Received: from h{}.example.net by h{}.example.net; Tue, 24 Nov 2026 07:{:02}:{:02} +0000\r\n",
                i - 1, i, i / 60 % 60, i % 60);
        return mail + "From: a@example.org\r\nSubject: far\r\n\r\n";
    };
    CHECK(count(page_of(way(200)), "<li class=\"hop ") == 200);
    const std::string page = page_of(way(1000));
    CHECK(count(page, "<li class=\"hop ") == 200);
    CHECK(page.find("800 more hops") != std::string::npos);
    CHECK(page.find("id=\"m1-hop1\"") != std::string::npos);
    CHECK(page.find("id=\"m1-hop1000\"") != std::string::npos);
    check_page(page);
}

TEST_CASE("long values are cut in the page", "[report][headers-page]") {
    const std::string page = page_of("Received: from " + std::string(100'000, 'a') +
                                     " by mx.example.net; Tue, 24 Nov 2026 07:20:00 +0000\r\n"
                                     "From: a@example.org\r\nSubject: " +
                                     std::string(1'000'000, 'b') + "\r\n\r\n");
    CHECK(page.size() < 30'000);
    CHECK(page.find("octets more</span>") != std::string::npos);
    check_page(page);
}

TEST_CASE("several mails in a page, and mails in mails", "[report][headers-page]") {
    HeadersReport bounce = report_of(junk_mail, "bounce.eml");
    bounce.originals.push_back(report_of("From: c@example.com\r\nSubject: first\r\n\r\n").verdict);
    bounce.originals.push_back(report_of("From: d@example.com\r\nSubject: second\r\n\r\n").verdict);
    const std::string page = report::headers_page({bounce, report_of(junk_mail, "other.eml")});
    check_page(page);
    CHECK(page.find("<h1>2 messages</h1>") != std::string::npos);
    CHECK(page.find("<a href=\"#m2\">") != std::string::npos);
    CHECK(count(page, "<article") == 4);
    CHECK(count(page, "class=\"inside\"") == 2);
    CHECK(page.find("second") != std::string::npos);
    check_page(report::headers_page({}));
}

TEST_CASE("of very many mails most are only listed", "[report][headers-page]") {
    const std::vector<HeadersReport> reports(6000, report_of(junk_mail));
    const std::string page = report::headers_page(reports);
    CHECK(count(page, "<article") == 200);
    CHECK(page.find("The first 200 stand here in full") != std::string::npos);
    CHECK(count(page, "a.eml</bdi></span></li>") == 5000);
    CHECK(page.find("1000 more") != std::string::npos);
    CHECK(page.size() < 8'000'000);
    check_page(page);
}
