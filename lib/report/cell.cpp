#include "report/cell.hpp"

#include <algorithm>

namespace relaytool::report {

std::vector<std::string> cell_lines(std::string_view text, std::size_t width, Cut cut) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        if (lines.size() == cut.lines) {
            lines.back().resize(std::min(lines.back().size(), width - 1));
            lines.back() += cut.mark;
            break;
        }
        std::size_t end = std::min(text.size(), width);
        if (end < text.size() && lines.size() + 1 < cut.lines) {
            const std::size_t blank = text.rfind(' ', end);
            if (blank != std::string_view::npos && blank > 0) end = blank;
        }
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
        while (text.starts_with(' '))
            text.remove_prefix(1);
    }
    return lines;
}

} // namespace relaytool::report
