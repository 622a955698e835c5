#include "in_order.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <vector>

using relaytool::cli::in_order;

TEST_CASE("results come in order whoever is done first", "[commands][in_order]") {
    for (const std::size_t workers : {0U, 1U, 2U, 8U})
        for (const std::size_t count : {0U, 1U, 2U, 1'000U}) {
            CAPTURE(workers);
            CAPTURE(count);
            std::vector<std::size_t> expected;
            std::vector<std::size_t> got;
            for (std::size_t i = 0; i < count; ++i)
                expected.push_back(i * i);
            in_order(
                count, workers,
                [](std::size_t i) {
                    if (i % 7 == 0) std::this_thread::yield();
                    return i * i;
                },
                [&](std::size_t value) { got.push_back(value); });
            CHECK(got == expected);
        }
}

TEST_CASE("workers stay only a few items ahead", "[commands][in_order]") {
    constexpr std::size_t workers = 4;
    std::atomic<std::size_t> produced = 0;
    std::size_t consumed = 0;
    std::size_t furthest = 0;
    in_order(
        2'000, workers,
        [&](std::size_t i) {
            ++produced;
            return i;
        },
        [&](std::size_t) {
            furthest = std::max(furthest, produced.load() - consumed);
            ++consumed;
        });
    CHECK(consumed == 2'000);
    CHECK(furthest <= 8 * workers);
}

TEST_CASE("an exception of a worker comes out", "[commands][in_order]") {
    for (const std::size_t workers : {1U, 4U}) {
        CAPTURE(workers);
        bool caught = false;
        std::size_t consumed = 0;
        try {
            in_order(
                1'000, workers,
                [](std::size_t i) {
                    if (i == 100) throw std::runtime_error("out of luck");
                    return i;
                },
                [&](std::size_t) { ++consumed; });
        } catch (const std::runtime_error&) {
            caught = true;
        }
        CHECK(caught);
        CHECK(consumed <= 100);
    }
}
