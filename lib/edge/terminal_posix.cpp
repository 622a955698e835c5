#include "edge/terminal.hpp"

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <langinfo.h>
#include <string_view>
#include <sys/ioctl.h>
#include <thread>
#include <unistd.h>

namespace relaytool::edge {
namespace {

std::size_t width_of_terminal() {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    const char* columns = std::getenv("COLUMNS");
    const long wanted = columns == nullptr ? 0 : std::strtol(columns, nullptr, 10);
    return wanted > 0 ? static_cast<std::size_t>(wanted) : 80;
}

} // namespace

TerminalFacts look_at_terminal() {
    TerminalFacts facts;
    facts.out = ::isatty(STDOUT_FILENO) == 1;
    facts.err = ::isatty(STDERR_FILENO) == 1;
    const char* no_colour = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    facts.colour =
        (no_colour == nullptr || *no_colour == '\0') && term != nullptr && std::string_view(term) != "dumb";
    std::setlocale(LC_CTYPE, "");
    facts.utf8 = std::string_view(::nl_langinfo(CODESET)) == "UTF-8";
    facts.columns = width_of_terminal();
    facts.cores = std::clamp(std::thread::hardware_concurrency(), 1U, 64U); // those this process may use
    return facts;
}

} // namespace relaytool::edge
