#include "support/catch.hpp"
#include "support/mails.hpp"
#include "support/run.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <sstream>
#include <string>
#include <vector>

using namespace relaytool::test;
using nlohmann::json;
using relaytool::cli::Exit;
using relaytool::cli::Terminal;

namespace {

const std::string unreturnable =
    "Unable to deliver this message because the follow error was encountered: \"This message is a delivery status "
    "notification that cannot be delivered.\".\r\n\r\nThe specific error code was 0xC00402C7.\r\n";

/// A report about `address`.
std::string report_about(const std::string& address) {
    return iis_report({.recipient = address});
}

std::vector<json> lines_of(const std::string& text) {
    std::vector<json> found;
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line))
        found.push_back(json::parse(line));
    return found;
}

std::vector<std::string> files_in(const std::vector<json>& mails) {
    std::vector<std::string> names;
    for (const json& mail : mails)
        names.push_back(mail.at("file"));
    return names;
}

FakeFiles some_files() {
    FakeFiles files;
    files.files = {{"known.bad", iis_report()},
                   {"unknown.eml",
                    iis_report({.status = "", .diagnostic = "", .sentence = "Something odd came to pass."})},
                   {"letter.eml", ordinary_mail()},
                   {"empty.eml", ""},
                   {"blank.eml", "\r\n\r\n"},
                   {"pointers.bdp", "\x01\x02\x03"}};
    files.locked = {"locked.eml"};
    return files;
}

} // namespace

TEST_CASE("exit codes of diagnose", "[commands][diagnose]") {
    struct Row {
        const char* name;
        std::vector<std::string> arguments;
        Exit exit;
    };
    const std::vector<Row> rows = {
        {"explained", {"known.bad"}, Exit::good},
        {"not explained", {"unknown.eml"}, Exit::bad},
        {"no bounce", {"letter.eml"}, Exit::bad},
        {"one is no bounce", {"known.bad", "letter.eml"}, Exit::bad},
        {"no such file", {"missing.eml"}, Exit::could_not_tell},
        {"one of two is missing", {"known.bad", "missing.eml"}, Exit::could_not_tell},
        {"cannot be read", {"locked.eml"}, Exit::could_not_tell},
        {"cannot be read, and no bounce: 2 wins", {"letter.eml", "locked.eml"}, Exit::could_not_tell},
        {"empty", {"empty.eml"}, Exit::could_not_tell},
        {"blank lines only", {"blank.eml"}, Exit::could_not_tell},
        {"binary pointers", {"pointers.bdp"}, Exit::could_not_tell},
        {"no file given", {}, Exit::usage},
        {"no such option", {"--no-such-option", "known.bad"}, Exit::usage},
        {"two forms at once", {"--json", "--jsonl", "known.bad"}, Exit::usage},
        {"no such colour", {"--color=sometimes", "known.bad"}, Exit::usage},
        {"help", {"--help"}, Exit::good},
    };
    const FakeFiles files = some_files();
    for (const Row& row : rows) {
        for (const std::vector<std::string>& form :
             {std::vector<std::string>{}, {"--json"}, {"--jsonl"}, {"--each"}}) {
            if (!form.empty() && row.exit == Exit::usage) continue;
            INFO(row.name);
            INFO((form.empty() ? "text" : form.front()));
            std::vector<std::string> arguments{"diagnose"};
            arguments.insert(arguments.end(), form.begin(), form.end());
            arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
            const Outcome outcome = run(arguments, files);
            CHECK(outcome.exit == row.exit);
            CHECK((row.exit == Exit::usage) == (outcome.out.empty() && !outcome.err.empty() &&
                                                outcome.err.find("Try:") != std::string::npos));
        }
    }
}

TEST_CASE("the program without a command", "[commands]") {
    CHECK(run({}, {}).exit == Exit::usage);
    CHECK(run({}, {}).err.find("diagnose") != std::string::npos);
    CHECK(run({"no-such-command"}, {}).exit == Exit::usage);
    CHECK(run({"--help"}, {}).exit == Exit::good);
    CHECK(run({"--help"}, {}).out.find("Exit codes:") != std::string::npos);
    CHECK(run({"--version"}, {}).exit == Exit::good);
    CHECK(run({"--version"}, {}).out.starts_with("relaytool "));
}

TEST_CASE("an unreadable file does not end the run", "[commands][diagnose]") {
    FakeFiles files;
    files.files = {{"a.bad", iis_report()}, {"c.bad", iis_report()}};
    files.locked = {"b.bad"};
    const Outcome text = run({"diagnose", "a.bad", "b.bad", "missing.bad", "c.bad"}, files);
    CHECK(text.exit == Exit::could_not_tell);
    CHECK(text.out.starts_with("4 files:\n"));
    CHECK(text.out.find("b.bad: permission denied") != std::string::npos);
    CHECK(text.err == "relaytool: missing.bad: no such file or folder\n");
    const std::vector<json> mails =
        lines_of(run({"diagnose", "--jsonl", "a.bad", "b.bad", "missing.bad", "c.bad"}, files).out);
    REQUIRE(files_in(mails) == std::vector<std::string>{"a.bad", "b.bad", "c.bad", "missing.bad"});
    CHECK(mails[1].at("kind") == "unreadable");
    CHECK(mails[1].at("error") == "permission denied");
    CHECK(mails[3].at("error") == "no such file or folder");
}

TEST_CASE("JSON is one document", "[commands][diagnose]") {
    const FakeFiles files = some_files();
    struct Row {
        const char* name;
        std::vector<std::string> arguments;
        std::size_t mails;
    };
    const std::vector<Row> rows = {
        {"one file", {"known.bad"}, 1},
        {"several files", {"known.bad", "letter.eml", "locked.eml", "empty.eml"}, 4},
        {"no file at all", {"missing.eml"}, 1},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        std::vector<std::string> arguments{"diagnose", "--json"};
        arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
        const Outcome outcome = run(arguments, files);
        REQUIRE(json::accept(outcome.out));
        const json document = json::parse(outcome.out);
        CHECK(document.at("schema") == "relaytool/diagnose/1");
        CHECK(document.at("files").size() == row.mails);
        CHECK(outcome.out.ends_with("\n"));
    }
}

TEST_CASE("JSON lines are the objects of the document", "[commands][diagnose]") {
    const FakeFiles files = some_files();
    const std::vector<std::string> names{"known.bad", "letter.eml", "locked.eml"};
    std::vector<std::string> document_of{"diagnose", "--json"};
    std::vector<std::string> lines_for{"diagnose", "--jsonl"};
    document_of.insert(document_of.end(), names.begin(), names.end());
    lines_for.insert(lines_for.end(), names.begin(), names.end());
    const json document = json::parse(run(document_of, files).out);
    CHECK(document.at("files") == json(lines_of(run(lines_for, files).out)));
}

TEST_CASE("companions of bad mail", "[commands][diagnose]") {
    FakeFiles files;
    files.files = {
        {"BadMail/1.BAD", iis_report()}, {"BadMail/1.BDP", "\x01"},       {"BadMail/1.BDR", unreturnable},
        {"BadMail/2.bad", iis_report()}, {"BadMail/2.Bdr", unreturnable}, {"BadMail/3.BDR", unreturnable},
        {"BadMail/4.BDP", "\x01"},       {"BadMail/5.bad", "\r\n"},       {"BadMail/5.bdr", unreturnable},
        {"Other/3.bad", iis_report()},   {"dots.in.name/6", iis_report()}};
    SECTION("a folder: one answer for each mail") {
        const std::vector<json> mails = lines_of(run({"diagnose", "--jsonl", "BadMail/"}, files).out);
        REQUIRE(files_in(mails) ==
                std::vector<std::string>{"BadMail/1.BAD", "BadMail/2.bad", "BadMail/3.BDR", "BadMail/5.bad"});
        CHECK(mails[0].at("category") == "recipient-unknown");
        CHECK(mails[0].at("badmail").at("category") == "ndr-undeliverable");
        CHECK(mails[1].at("badmail").at("category") == "ndr-undeliverable");
        CHECK(mails[2].at("category") == "ndr-undeliverable");
        CHECK(mails[3].at("category") == "ndr-undeliverable");
    }
    SECTION("the mail alone finds its report") {
        const std::vector<json> mails = lines_of(run({"diagnose", "--jsonl", "BadMail/1.BAD"}, files).out);
        REQUIRE(mails.size() == 1);
        CHECK(mails[0].at("badmail").at("category") == "ndr-undeliverable");
    }
    SECTION("the report alone") {
        const std::vector<json> mails = lines_of(run({"diagnose", "--jsonl", "BadMail/1.BDR"}, files).out);
        REQUIRE(mails.size() == 1);
        CHECK(mails[0].at("category") == "ndr-undeliverable");
    }
    SECTION("the same name in another folder is no companion") {
        const std::vector<json> mails =
            lines_of(run({"diagnose", "--jsonl", "BadMail/3.BDR", "Other/3.bad"}, files).out);
        CHECK(files_in(mails) == std::vector<std::string>{"BadMail/3.BDR", "Other/3.bad"});
    }
    SECTION("the pointers alone are told what to give instead") {
        const Outcome outcome = run({"diagnose", "BadMail/4.BDP"}, files);
        CHECK(outcome.exit == Exit::could_not_tell);
        CHECK(outcome.out.find(".BDR") != std::string::npos);
    }
    SECTION("a report that cannot be read does not keep the mail from being explained") {
        files.files.erase("BadMail/2.Bdr");
        files.locked = {"BadMail/2.bdr"};
        const std::vector<json> mails = lines_of(run({"diagnose", "--jsonl", "BadMail/2.bad"}, files).out);
        REQUIRE(mails.size() == 1);
        CHECK(mails[0].at("category") == "recipient-unknown");
    }
    SECTION("a dot in the name of a folder is no extension") {
        CHECK(run({"diagnose", "dots.in.name/6"}, files).exit == Exit::good);
    }
}

TEST_CASE("the mails of an mbox are numbered", "[commands][diagnose]") {
    const std::string from = "From postmaster@contoso.com Wed May  1 10:15:30 2024\n";
    const std::string mbox = from + report_about("a@example.com") + "\n" + from +
                             report_about("b@example.com") + "\n" + from + ordinary_mail();
    FakeFiles files;
    files.files = {{"bounces.mbox", mbox}, {"one.mbox", from + iis_report()}, {"-", mbox}};
    const std::vector<json> mails = lines_of(run({"diagnose", "--jsonl", "bounces.mbox"}, files).out);
    REQUIRE(files_in(mails) ==
            std::vector<std::string>{"bounces.mbox:1", "bounces.mbox:2", "bounces.mbox:3"});
    CHECK(mails[1].at("recipients")[0].at("address") == "b@example.com");
    CHECK(mails[2].at("kind") == "not-a-bounce");
    CHECK(files_in(lines_of(run({"diagnose", "--jsonl", "one.mbox"}, files).out)) ==
          std::vector<std::string>{"one.mbox"});
    const std::vector<json> piped = lines_of(run({"diagnose", "--jsonl", "-"}, files).out);
    CHECK(files_in(piped) ==
          std::vector<std::string>{"(standard input):1", "(standard input):2", "(standard input):3"});
    CHECK(run({"diagnose", "bounces.mbox"}, files).out.starts_with("3 files:\n"));
}

TEST_CASE("standard input is a mail", "[commands][diagnose]") {
    FakeFiles files;
    files.files = {{"-", crlf(iis_report())}};
    const Outcome outcome = run({"diagnose", "-"}, files);
    CHECK(outcome.exit == Exit::good);
    CHECK(outcome.out.starts_with("(standard input)\n"));
    files.files = {{"-", ""}};
    CHECK(run({"diagnose", "-"}, files).exit == Exit::could_not_tell);
}

TEST_CASE("many files keep their order on many cores", "[commands][diagnose]") {
    FakeFiles files;
    std::vector<std::string> names;
    for (int i = 0; i < 500; ++i) {
        const std::string number = std::to_string(1000 + i);
        const std::string name = "in/" + number + ".eml";
        names.push_back(name);
        // The first ones take longest.
        files.files[name] =
            report_about("user" + number + "@example.com") + std::string(i < 10 ? 1'000'000 : 0, 'x');
    }
    const std::string one_core = run({"diagnose", "--jsonl", "in/"}, files, {.utf8 = true, .cores = 1}).out;
    const std::string four_cores = run({"diagnose", "--jsonl", "in/"}, files, {.utf8 = true, .cores = 4}).out;
    const std::vector<json> mails = lines_of(four_cores);
    CHECK(files_in(mails) == names);
    CHECK(mails[17].at("recipients")[0].at("address") == "user1017@example.com");
    CHECK(one_core == four_cores);
    CHECK(run({"diagnose", "in/"}, files, {.utf8 = true, .cores = 4}).out ==
          run({"diagnose", "in/"}, files).out);
}

TEST_CASE("a large mbox keeps its order on many cores", "[commands][diagnose]") {
    std::string mbox;
    std::vector<std::string> names;
    for (int i = 1; i <= 5'000; ++i) {
        mbox += "From postmaster@contoso.com Wed May  1 10:15:30 2024\nSubject: " + std::to_string(i) +
                "\n\nhello\n\n";
        names.push_back("a.mbox:" + std::to_string(i));
    }
    FakeFiles files;
    files.files = {{"a.mbox", mbox}};
    const std::vector<json> mails = lines_of(run({"diagnose", "--jsonl", "a.mbox"}, files, {.cores = 4}).out);
    REQUIRE(files_in(mails) == names);
    CHECK(mails[4'321].at("original").at("subject") == "4322");
}

TEST_CASE("colours go to terminals only", "[commands][diagnose]") {
    const FakeFiles files = some_files();
    struct Row {
        const char* name;
        std::vector<std::string> options;
        Terminal terminal;
        bool coloured;
    };
    const std::vector<Row> rows = {
        {"a file", {}, {.out = false, .colour = true}, false},
        {"a terminal", {}, {.out = true, .colour = true}, true},
        {"a terminal with NO_COLOR", {}, {.out = true, .colour = false}, false},
        {"a file, always", {"--color=always"}, {.out = false, .colour = false}, true},
        {"a terminal, never", {"--color=never"}, {.out = true, .colour = true}, false},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        std::vector<std::string> arguments{"diagnose", "known.bad"};
        arguments.insert(arguments.end(), row.options.begin(), row.options.end());
        CHECK((run(arguments, files, row.terminal).out.find('\x1b') != std::string::npos) == row.coloured);
    }
}

TEST_CASE("progress goes to standard error of a terminal", "[commands][diagnose]") {
    FakeFiles files;
    for (int i = 0; i < 600; ++i)
        files.files["in/" + std::to_string(1000 + i) + ".eml"] = ordinary_mail();
    const Outcome shown = run({"diagnose", "in/"}, files, {.err = true, .utf8 = true});
    CHECK(shown.err.find("of 600 files") != std::string::npos);
    CHECK(shown.err.ends_with("\r\x1b[K"));
    const Outcome silent = run({"diagnose", "in/"}, files, {.err = false, .utf8 = true});
    CHECK(silent.err.empty());
    CHECK(silent.out == shown.out);
}
