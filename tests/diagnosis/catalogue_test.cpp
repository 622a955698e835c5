#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "diagnosis/catalogue.hpp"
#include "diagnosis/check.hpp"
#include "diagnosis/fill.hpp"
#include "diagnosis/match.hpp"
#include "report/explain.hpp"
#include "smtp/reply.hpp"
#include "support/catch.hpp"

#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace relaytool;
using namespace relaytool::diagnosis;

namespace {

/// Calls `use` with every row, its id in sight.
template <class Use>
void for_each_row(Use use) {
    for (const Chapter& chapter : catalogue())
        for (const Rule& rule : chapter.rows) {
            INFO("row " << rule.id);
            use(rule);
        }
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

/// Placeholders that nothing fills, written as in the rows; `{` of PowerShell is followed by a blank or `$`.
std::string unknown_placeholder(std::string_view text, Event event) {
    const auto is_known = [&](const std::string& name) {
        if (event == Event::check) return placeholder_of(name) != Placeholder::none;
        return fill("{" + name + "}", {}) != "{" + name + "}";
    };
    for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
        const std::string_view name = text.substr(at + 1, text.find('}', at) - at - 1);
        const bool word =
            !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos;
        if (word && !is_known(std::string(name))) return std::string(name);
    }
    return {};
}

} // namespace

TEST_CASE("every row has an id of its own", "[diagnosis][catalogue]") {
    std::set<std::string_view> ids;
    for_each_row([&](const Rule& rule) {
        CHECK(ids.insert(rule.id).second);
        CHECK_FALSE(rule.id.empty());
        CHECK(rule.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos);
        CHECK(find_rule(rule.id) == &rule);
    });
    CHECK(find_rule("no-such-row") == nullptr);
    CHECK(find_rule("") == nullptr);
}

TEST_CASE("every row tells what happened and why and what to do", "[diagnosis][catalogue]") {
    for_each_row([](const Rule& rule) {
        CHECK_FALSE(rule.title.empty());
        CHECK(rule.title.find('\n') == std::string_view::npos);
        CHECK_FALSE(rule.title.ends_with('.'));
        CHECK(rule.title.size() <= 100);
        CHECK_FALSE(rule.cause.empty());
        CHECK((rule.owner == Owner::nobody || !steps_of(rule).empty()));
        for (const std::string_view step : steps_of(rule))
            CHECK_FALSE(step.empty());
        CHECK(steps_of(rule).size() <= max_steps);
    });
}

TEST_CASE("the texts of the rows are sound", "[diagnosis][catalogue]") {
    for_each_row([](const Rule& rule) {
        std::vector<std::string_view> texts{rule.title, rule.cause, rule.reference, rule.sample};
        for (const std::string_view step : steps_of(rule))
            texts.push_back(step);
        for (const std::string_view text : texts) {
            INFO(text);
            CHECK(encoding::is_utf8(text));
            CHECK(unknown_placeholder(text, rule.when.event).empty());
            CHECK(ascii::trim(text) == text);
            if (text.data() == rule.sample.data()) continue; // a server's words
            CHECK(split(text, '`').size() % 2 == 1);         // backticks come in pairs
        }
    });
}

TEST_CASE("every row can be found by something", "[diagnosis][catalogue]") {
    for_each_row([](const Rule& rule) {
        const Pattern& when = rule.when;
        const bool findable = !when.text.empty() || !when.status.empty() || !when.code.empty() ||
                              when.local_error != 0 || when.event != Event::failure ||
                              rule.category == Category::unknown;
        CHECK(findable);
    });
}

TEST_CASE("every alternative of a wording has a literal of four characters", "[diagnosis][catalogue]") {
    for_each_row([](const Rule& rule) {
        if (rule.when.text.empty()) return;
        for (const std::string_view alternative : split(rule.when.text, '|')) {
            INFO(alternative);
            std::size_t longest = 0;
            for (const std::string_view literal : split(alternative, '*'))
                longest = std::max(longest, literal.size());
            CHECK(longest >= 4);
        }
    });
}

TEST_CASE("patterns have the form that the matching reads", "[diagnosis][catalogue]") {
    for_each_row([](const Rule& rule) {
        const std::string_view status = rule.when.status;
        const std::string_view code = rule.when.code;
        CHECK(code.size() <= 3);
        CHECK(code.find_first_not_of("0123456789") == std::string_view::npos);
        if (status.empty()) return;
        const std::vector<std::string_view> parts = split(status, '.');
        REQUIRE(parts.size() == 3);
        CHECK((parts[0] == "x" || parts[0] == "2" || parts[0] == "4" || parts[0] == "5"));
        CHECK(parts[1].find_first_not_of("0123456789") == std::string_view::npos);
        CHECK((parts[2] == "x" || parts[2].find_first_not_of("0123456789-") == std::string_view::npos));
    });
}

TEST_CASE("the sample of every row matches that row first", "[diagnosis][catalogue]") {
    for_each_row([](const Rule& rule) {
        if (rule.sample.empty() || rule.when.event == Event::check) return;
        CAPTURE(rule.sample);
        Evidence evidence;
        evidence.reply = smtp::read_reply(rule.sample);
        evidence.event = rule.when.event;
        if (rule.when.local_error != 0) {
            evidence.local_error = rule.when.local_error;
            evidence.notice = evidence.reply.text;
            evidence.reply = {};
        }
        CHECK(match(evidence).id == rule.id);
    });
}

TEST_CASE("rows of checks are found by id only", "[diagnosis][catalogue]") {
    for_each_row([](const Rule& rule) {
        if (rule.when.event != Event::check) return;
        CHECK(rule.when.text.empty());
        CHECK(rule.when.status.empty());
        CHECK(rule.when.code.empty());
        CHECK(rule.when.local_error == 0);
        for (const std::string_view text : {rule.title, rule.cause, rule.sample})
            CHECK(match({.reply = smtp::read_reply(text)}).when.event != Event::check);
    });
    CHECK(match({.event = Event::check}).when.event != Event::check);
}

TEST_CASE("every category that a failure can have has a row", "[diagnosis][catalogue]") {
    std::set<Category> covered;
    for_each_row([&](const Rule& rule) {
        covered.insert(rule.category);
        CHECK(category_from(to_string(rule.category)) == rule.category);
    });
    for (int i = 0; i <= static_cast<int>(Category::unknown); ++i) {
        const auto category = static_cast<Category>(i);
        INFO(to_string(category));
        CHECK(covered.count(category) == 1);
    }
    CHECK_FALSE(category_from("no-such-category").has_value());
}

TEST_CASE("some row explains whatever happened", "[diagnosis][catalogue]") {
    for (const Event event : {Event::failure, Event::delay, Event::success, Event::auto_reply,
                              Event::complaint, Event::ordinary_mail}) {
        const Rule& rule = match({.event = event});
        CHECK_FALSE(rule.id.empty());
        CHECK(rule.when.event == event);
    }
    CHECK(match({}).category == Category::unknown);
    CHECK(match({.reply = smtp::read_reply(std::string(1'000'000, 'x'))}).category == Category::unknown);
}

TEST_CASE("the catalogue in docs is the one in the program", "[diagnosis][catalogue]") {
    std::ifstream file(RELAYTOOL_SOURCE_DIR "/docs/catalogue.md", std::ios::binary);
    if (!file) {
        WARN("docs/catalogue.md is not there: relaytool explain --markdown > docs/catalogue.md");
        SUCCEED();
        return;
    }
    std::string text{std::istreambuf_iterator<char>(file), {}};
    std::erase(text, '\r');
    INFO("docs/catalogue.md is stale: relaytool explain --markdown > docs/catalogue.md");
    const bool same = text == report::catalogue_markdown();
    CHECK(same);
}
