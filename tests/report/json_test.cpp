#include "report/json.hpp"
#include "support/catch.hpp"

#include <string>

using namespace relaytool::report;

TEST_CASE("JSON holds nothing that a terminal would obey", "[report]") {
    struct Row {
        const char* name;
        std::string text;
        const char* json;
    };
    const Row rows[] = {
        {"nothing special", "plain", R"("plain")"},
        {"C0", "a\x1B[31m\n", R"("a\u001b[31m\n")"},
        {"DEL",
         "a\x7F"
         "b",
         R"("a\u007fb")"},
        {"C1",
         "a\xC2\x9B"
         "2J\xC2\x80",
         R"("a\u009b2J\u0080")"},
        {"letters of the same first octet", "\xC2\xA3 \xC2\xBF", "\"\xC2\xA3 \xC2\xBF\""},
        {"octets that are no UTF-8", "\x9B\xC2", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {"all together", "\xC2\x85\x7F\xC2\xA0\x7F", "\"\\u0085\\u007f\xC2\xA0\\u007f\""},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(dump(Json(row.text)) == row.json);
    }
}
