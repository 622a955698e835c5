#include "diagnosis/catalogue.hpp"
#include "diagnosis/explanation.hpp"
#include "support/catch.hpp"

#include <fstream>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace relaytool::diagnosis;

namespace {

/// The rows of a table behind its heading; none when the file is not there.
std::vector<std::vector<std::string>> read_table(const std::string& name) {
    std::vector<std::vector<std::string>> rows;
    std::ifstream file(RELAYTOOL_SOURCE_DIR "/../shared/" + name, std::ios::binary);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        while (line.ends_with('\r'))
            line.pop_back();
        std::vector<std::string> cells;
        std::size_t begin = 0;
        for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
            end = line.find('\t', begin);
            cells.push_back(line.substr(begin, end - begin));
        }
        if (cells.size() >= 3) rows.push_back(std::move(cells));
    }
    return rows;
}

/// "5.7.139", or the first one of "5.7.606-649".
std::string status_in(std::string_view cell) {
    const bool is = cell.size() > 4 && (cell[0] == '4' || cell[0] == '5') && cell[1] == '.';
    return is ? std::string(cell.substr(0, cell.find('-'))) : std::string{};
}

/// Sentences that only introduce what another server said: alone they explain nothing.
bool is_introduction(std::string_view literal) {
    return literal.starts_with("Primary target IP address responded with") ||
           literal.starts_with("Proxy session setup failed") || literal == "Remote server returned an error";
}

/// A row that goes by a bare code, rather than by what is known.
bool is_fallback(const Finding& finding) {
    const Rule* rule = find_rule(finding.id);
    if (rule == nullptr || finding.category == Category::unknown) return true;
    const auto among = [&](std::span<const Rule> rows) {
        return rule >= rows.data() && rule < rows.data() + rows.size();
    };
    return among(status_rows()) || among(event_rows());
}

} // namespace

TEST_CASE("the wordings that were collected are known", "[diagnosis][facts]") {
    const auto rows = read_table("facts/ndr-codes.tsv");
    if (rows.empty()) {
        WARN("../shared/facts/ndr-codes.tsv is not there: nothing to compare with");
        SUCCEED();
        return;
    }
    for (const std::vector<std::string>& cells : rows) {
        if (is_introduction(cells[2])) continue;
        std::string reply;
        if (cells[1].size() >= 3 && cells[1].find_first_not_of("0123456789/") == std::string::npos)
            reply = cells[1].substr(0, 3) + " ";
        if (const std::string status = status_in(cells[0]); !status.empty()) reply += status + " ";
        reply += cells[2];
        INFO(reply);
        const Finding finding = explain(reply).finding;
        INFO("explained as " << finding.id);
        CHECK_FALSE(is_fallback(finding));
    }
}

TEST_CASE("the replies in the BadMail samples get their category", "[diagnosis][facts]") {
    const auto rows = read_table("corpora/badmail/truth.tsv");
    if (rows.empty()) {
        WARN("../shared/corpora/badmail/truth.tsv is not there: nothing to compare with");
        SUCCEED();
        return;
    }
    // Names of that table that are none of ours.
    const std::map<std::string, std::string> ours = {
        {"ip-throttled", "throttled"},
        {"auth-level-fail", "sender-authentication"},
        {"spf-dkim-fail", "sender-authentication"},
        {"bad-from-header", "malformed-message"},
    };
    for (const std::vector<std::string>& cells : rows) {
        INFO(cells[0] << ": " << cells[2]);
        const auto mapped = ours.find(cells[1]);
        const Finding finding = explain(cells[2]).finding;
        INFO("explained as " << finding.id);
        CHECK(to_string(finding.category) == (mapped == ours.end() ? cells[1] : mapped->second));
    }
}
