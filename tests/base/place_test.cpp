#include "base/place.hpp"
#include "support/catch.hpp"

using namespace relaytool;

TEST_CASE("a host and its port as people write them", "[base]") {
    CHECK(place_of("mx.example.com", 25) == "mx.example.com:25");
    CHECK(place_of("192.0.2.1", 65535) == "192.0.2.1:65535");
    CHECK(place_of("::1", 587) == "[::1]:587");
}
