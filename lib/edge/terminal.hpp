#pragma once

#include <cstddef>

namespace relaytool::edge {

/// What standard output and error are connected to.
struct TerminalFacts {
    bool out = false;         ///< stdout is a terminal
    bool err = false;         ///< stderr is a terminal
    bool colour = false;      ///< neither NO_COLOR (no-color.org) nor TERM=dumb
    bool utf8 = false;        ///< the locale's charset is UTF-8
    std::size_t columns = 80; ///< of the terminal, else $COLUMNS, else 80
    unsigned cores = 1;
};

TerminalFacts look_at_terminal();

} // namespace relaytool::edge
