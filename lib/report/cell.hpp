#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::report {

/// How much of a value is shown in a table.
struct Cut {
    std::size_t lines = 3;
    std::string_view mark; ///< stands where the rest is left out; one column
};

/// `text` in lines of at most `width` columns. It is plain ASCII: a column is an octet.
std::vector<std::string> cell_lines(std::string_view text, std::size_t width, Cut cut);

} // namespace relaytool::report
