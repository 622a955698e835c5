#include "edge/machine.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <netdb.h>
#include <pwd.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <termios.h>
#include <thread>
#include <unistd.h>

namespace relaytool::edge {
namespace {

constexpr std::size_t longest_secret = 16 * 1024; // an access token has some thousand octets

/// Turns the echo off, and on again.
class Silence {
public:
    explicit Silence(int terminal) : terminal_(terminal) {
        is_set_ = tcgetattr(terminal_, &before_) == 0;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        if (is_set_) tcsetattr(terminal_, TCSAFLUSH, &quiet);
    }
    ~Silence() {
        if (is_set_) tcsetattr(terminal_, TCSAFLUSH, &before_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;
    Silence(Silence&&) = delete;
    Silence& operator=(Silence&&) = delete;

private:
    int terminal_;
    termios before_{};
    bool is_set_ = false;
};

volatile std::sig_atomic_t was_interrupted = 0;

void note_interrupt(int) {
    was_interrupted = 1;
}

/// Ctrl-C wakes this thread and is noted, instead of ending the program. Where it is ignored (nohup, a job in
/// the background) it stays so.
class Interruptible {
public:
    Interruptible() {
        sigset_t interrupt;
        sigemptyset(&interrupt);
        sigaddset(&interrupt, SIGINT);
        // Blocked but for the sleep itself: none gets lost between the look at the flag and the sleep.
        pthread_sigmask(SIG_BLOCK, &interrupt, &mask_before_);
        was_interrupted = 0;
        sigaction(SIGINT, nullptr, &action_before_);
        if (action_before_.sa_handler == SIG_IGN) return;
        struct sigaction action {};
        action.sa_handler = note_interrupt;
        sigemptyset(&action.sa_mask);
        sigaction(SIGINT, &action, nullptr);
    }
    ~Interruptible() {
        sigaction(SIGINT, &action_before_, nullptr);
        pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
    }
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;
    Interruptible(Interruptible&&) = delete;
    Interruptible& operator=(Interruptible&&) = delete;

    /// May wake early for other reasons.
    Waking sleep(std::chrono::milliseconds time) const {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
        timespec limit{};
        limit.tv_sec = static_cast<time_t>(seconds.count());
        limit.tv_nsec = static_cast<long>(std::chrono::nanoseconds(time - seconds).count());
        pselect(0, nullptr, nullptr, nullptr, &limit, &mask_before_);
        return was_interrupted != 0 ? Waking::interrupted : Waking::slept;
    }

private:
    sigset_t mask_before_{};
    struct sigaction action_before_ {};
};

std::string read_line(std::FILE* file) {
    std::string line;
    for (int c = std::fgetc(file); c != EOF && c != '\n' && line.size() < longest_secret;
         c = std::fgetc(file))
        line += static_cast<char>(c);
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

} // namespace

std::chrono::microseconds ThisMachine::uptime() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

void ThisMachine::sleep(std::chrono::milliseconds time) {
    std::this_thread::sleep_for(time);
}

Waking ThisMachine::sleep_interruptibly(std::chrono::milliseconds time) {
    const Interruptible waiting;
    const auto end = std::chrono::steady_clock::now() + time;
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0) return Waking::slept;
        if (waiting.sleep(left) == Waking::interrupted) return Waking::interrupted;
    }
}

std::string ThisMachine::host_name() {
    std::array<char, 256> name{};
    if (gethostname(name.data(), name.size() - 1) != 0) return "localhost";
    return name.data();
}

std::string ThisMachine::user_name() {
    if (const char* name = std::getenv("LOGNAME")) return name; // NOLINT(concurrency-mt-unsafe)
    const passwd* entry = getpwuid(getuid());                   // NOLINT(concurrency-mt-unsafe)
    return entry != nullptr ? entry->pw_name : "";
}

std::string ThisMachine::environment(const std::string& name) {
    const char* value = std::getenv(name.c_str()); // NOLINT(concurrency-mt-unsafe)
    return value != nullptr ? value : "";
}

unsigned ThisMachine::process_id() {
    return static_cast<unsigned>(getpid());
}

Result<std::string> ThisMachine::first_line_of(const std::string& command) {
    std::FILE* pipe = popen(command.c_str(), "r"); // NOLINT(cert-env33-c): the user's own command
    if (pipe == nullptr) return tl::unexpected(Error{command, "cannot be started"});
    std::string line = read_line(pipe);
    while (std::fgetc(pipe) != EOF) {
    }
    const int status = pclose(pipe);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return tl::unexpected(
            Error{command, "the command failed, exit code " +
                               std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : -1)});
    if (line.empty()) return tl::unexpected(Error{command, "the command printed nothing"});
    return line;
}

Result<std::string> ThisMachine::ask_secret(const std::string& prompt) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> terminal(std::fopen("/dev/tty", "r+e"),
                                                                   &std::fclose);
    if (!terminal) return tl::unexpected(Error{"password", "there is no terminal to ask for it"});
    const Silence silence(fileno(terminal.get()));
    std::fputs(prompt.c_str(), terminal.get());
    std::fflush(terminal.get());
    std::string line = read_line(terminal.get());
    std::fputc('\n', terminal.get());
    return line;
}

} // namespace relaytool::edge
