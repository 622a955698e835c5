#include "report/headers.hpp"

namespace relaytool::report {

std::string headers_page(const std::vector<HeadersReport>& reports) {
    return std::string(reports.size(), ' ');
}

} // namespace relaytool::report
