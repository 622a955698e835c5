#pragma once

#include "diagnosis/verdict.hpp"
#include "report/style.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::report {

/// One mail of `relaytool diagnose` as a JSON object on one line, without a line end (docs/json.md).
std::string verdict_json(std::string_view file, diagnosis::Verdict verdict);

/// What stands around the objects in one `relaytool/diagnose/1` document.
std::string_view diagnose_json_begin();
std::string_view diagnose_json_end();

/// One mail for people: verdict, evidence, cause, steps; each cause once.
std::string verdict_text(std::string_view file, const diagnosis::Verdict& verdict, const Style& style);

/// Many mails for people: how many of each cause, then each cause once. Its size depends on the number of
/// causes, not of mails.
class Summary {
public:
    void add(std::string_view file, const diagnosis::Verdict& verdict);
    std::size_t files() const { return files_; }
    std::string text(const Style& style) const;

private:
    struct Group {
        diagnosis::Finding finding; ///< of the first mail
        std::string server;         ///< who answered it
        std::size_t files = 0;
        std::size_t recipients = 0; ///< different ones, as far as they are remembered
        std::vector<std::string> some_recipients;
        std::vector<std::string> some_files;
    };
    struct Unreadable {
        std::string file;
        std::string why;
    };

    std::vector<const Group*> ranked() const;
    void count(const diagnosis::Finding& finding, std::string_view file, const bounce::Recipient* recipient,
               bool is_new_file);

    std::size_t files_ = 0;
    std::size_t unreadable_ = 0;
    std::map<std::string, Group> groups_;
    std::vector<Unreadable> some_unreadable_;
};

} // namespace relaytool::report
