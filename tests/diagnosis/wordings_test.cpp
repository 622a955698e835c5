#include "base/gram_set.hpp"
#include "diagnosis/wordings.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace relaytool::diagnosis;
using namespace relaytool::test;

namespace {

/// The literal characters that matched, by alternative; empty when none did.
std::vector<std::size_t> found(const std::string& wording, const std::string& text) {
    Wordings wordings;
    wordings.add(wording, 7);
    wordings.prepare();
    std::vector<std::size_t> lengths;
    wordings.find(text, [&](std::size_t owner, std::size_t length) {
        if (owner == 7) lengths.push_back(length);
    });
    std::sort(lengths.begin(), lengths.end());
    return lengths;
}

} // namespace

TEST_CASE("wordings are found in a text", "[diagnosis][wordings]") {
    struct Row {
        const char* name;
        std::string wording;
        std::string text;
        std::vector<std::size_t> lengths;
    };
    const std::vector<Row> rows = {
        {"there", "mailbox full", "552 the mailbox full of mail", {12}},
        {"not there", "mailbox full", "552 the mailbox is full", {}},
        {"the whole text", "mailbox full", "mailbox full", {12}},
        {"capitals of the wording", "Mailbox FULL", "mailbox full", {12}},
        {"one of two alternatives", "quota|mailbox full", "over quota", {5}},
        {"both alternatives", "quota|mailbox full", "mailbox full, over quota", {5, 12}},
        {"twice in the text counts once", "quota", "quota quota", {5}},
        {"a gap", "mailbox*full", "mailbox of the user is full", {11}},
        {"nothing in the gap", "mailbox*full", "mailboxfull", {11}},
        {"the wrong order", "mailbox*full", "full is the mailbox", {}},
        {"two gaps", "user*mailbox*full", "user has a mailbox which is full", {15}},
        {"overlapping pieces", "abcd*cdef", "abcdef", {}},
        {"a digit at the end is the last one", "aadsts70000", "aadsts700016: no", {}},
        {"a digit at the end, alone", "aadsts70000", "aadsts70000: no", {11}},
        {"a longer number first, then the right one", "aadsts70000", "aadsts700001 aadsts70000", {11}},
        {"a digit at the start is the first one", "5001 error", "a 15001 error", {}},
        {"a digit at the start, alone", "5001 error", "a 5001 error", {10}},
        {"letters around a wording", "quota", "subquotas", {5}},
        {"an alternative too short to be found", "abc|mailbox", "abc", {}},
        {"empty alternatives", "|mailbox||", "a mailbox", {7}},
        {"nothing", "", "a mailbox", {}},
        {"in nothing", "mailbox", "", {}},
        {"shorter than any wording", "mailbox", "mai", {}},
        {"bytes above 127", "Bo\xC3\xAEte pleine", "bo\xC3\xAEte pleine", {13}},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(found(row.wording, row.text) == row.lengths);
    }
}

TEST_CASE("every wording of many is found", "[diagnosis][wordings]") {
    Wordings wordings;
    std::string text;
    for (std::size_t i = 0; i < 3'000; ++i) {
        wordings.add("word" + std::to_string(i) + "ing", i);
        text += "word" + std::to_string(i) + "ing ";
    }
    wordings.prepare();
    std::vector<std::size_t> owners;
    wordings.find(text, [&](std::size_t owner, std::size_t) { owners.push_back(owner); });
    std::sort(owners.begin(), owners.end());
    CHECK(owners.size() == 3'000);
    CHECK(std::adjacent_find(owners.begin(), owners.end()) == owners.end());
}

TEST_CASE("a text full of beginnings is searched in bounded time", "[diagnosis][wordings]") {
    CHECK(found("aaaaaaaaaaaaaaab", std::string(1'000'000, 'a')).empty());
    CHECK(found("mailbox*mailbox*mailbox*full", repeated("mailbox ", 100'000)).empty());
}

TEST_CASE("sequences of four bytes tell what is surely not there", "[base][gram_set]") {
    const relaytool::GramSet grams("The Mailbox is FULL");
    CHECK(grams.may_hold("mailbox"));
    CHECK(grams.may_hold("MAILBOX IS"));
    CHECK(grams.may_hold("full"));
    CHECK(grams.may_hold("xyz")); // too short to tell
    CHECK(grams.may_hold(""));
    CHECK_FALSE(grams.may_hold("recipient"));
    CHECK_FALSE(relaytool::GramSet("").may_hold("mailbox"));
}
