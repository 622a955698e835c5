#include "edge/machine.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <csignal>
#include <thread>
#include <unistd.h>

using namespace relaytool;
using std::chrono::milliseconds;

TEST_CASE("a sleep that nobody interrupts", "[edge][machine]") {
    edge::ThisMachine machine;
    const auto before = machine.uptime();
    CHECK(machine.sleep_interruptibly(milliseconds(30)) == Waking::slept);
    CHECK(machine.uptime() - before >= milliseconds(30));
    CHECK(machine.sleep_interruptibly(milliseconds(0)) == Waking::slept);
}

TEST_CASE("Ctrl-C ends a sleep and not the program", "[edge][machine]") {
    edge::ThisMachine machine;
    struct sigaction before {};
    sigaction(SIGINT, nullptr, &before);
    for (int round = 0; round < 2; ++round) {
        const pthread_t sleeper = pthread_self();
        std::thread user([sleeper] {
            std::this_thread::sleep_for(milliseconds(50));
            pthread_kill(sleeper, SIGINT);
        });
        CHECK(machine.sleep_interruptibly(std::chrono::hours(1)) == Waking::interrupted);
        user.join();
    }
    struct sigaction after {};
    sigaction(SIGINT, nullptr, &after);
    CHECK(after.sa_handler == before.sa_handler);
}

TEST_CASE("where Ctrl-C is ignored it stays so", "[edge][machine]") {
    struct sigaction before {};
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGINT, &ignore, &before);
    edge::ThisMachine machine;
    const pthread_t sleeper = pthread_self();
    std::thread user([sleeper] {
        std::this_thread::sleep_for(milliseconds(20));
        pthread_kill(sleeper, SIGINT);
    });
    CHECK(machine.sleep_interruptibly(milliseconds(100)) == Waking::slept);
    user.join();
    sigaction(SIGINT, &before, nullptr);
}
