#include "report/test_message.hpp"
#include "support/catch.hpp"

#include <string>

using namespace relaytool::report;

TEST_CASE("a test message tells where it comes from", "[report][send]") {
    const TestMessage message{"a@example.com", "b@example.org", "relay.example.com:25", "pc1", "1@pc1",
                              "0.4",           1593478292};
    CHECK(test_subject(message) == "Test through relay.example.com:25 at 2020-06-30T00:51:32Z");
    const std::string text = test_text(message);
    for (const char* part :
         {"From        a@example.com\n", "To          b@example.org\n", "Through     relay.example.com:25\n",
          "Sent on     pc1\n", "2020 00:51:32 +0000\n", "Message-ID  1@pc1\n", "relaytool 0.4\n"})
        CHECK(text.find(part) != std::string::npos);
}

TEST_CASE("nothing breaks out of a test message's lines", "[report][send]") {
    TestMessage message;
    message.through = "x\r\nBcc: c@example.com";
    message.sender = "a\nb";
    CHECK(test_subject(message).find_first_of("\r\n") == std::string::npos);
    CHECK(test_text(message).find("\nBcc") == std::string::npos);
    CHECK(test_text(message).find("Sent on") == std::string::npos);
}
