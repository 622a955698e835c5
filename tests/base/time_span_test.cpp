#include "base/time_span.hpp"
#include "support/catch.hpp"

#include <string>

using namespace relaytool;

TEST_CASE("spans of time", "[base]") {
    struct Row {
        const char* text;
        long long milliseconds;
    };
    const Row row = GENERATE(values<Row>({
        {"0", 0},
        {"30", 30'000},
        {"30s", 30'000},
        {"1.5s", 1500},
        {"500ms", 500},
        {"100000ms", 100'000},
        {"2m", 120'000},
        {"24h", 86'400'000},
        {"86400000ms", 86'400'000},
    }));
    CAPTURE(row.text);
    const auto span = read_span(row.text);
    REQUIRE(span);
    CHECK(span->count() == row.milliseconds);
}

TEST_CASE("what is no span of time, or longer than a day", "[base]") {
    const std::string text =
        GENERATE(std::string(), "s", "-1s", "+1s", " 1s", "1 s", "1d", "1ss", "nan", "inf", "nanms", "1e300",
                 "0x10", "25h", "1441m", "86401", "90000h", std::string("1s\0", 3));
    CAPTURE(text);
    CHECK(!read_span(text));
}
