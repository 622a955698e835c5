#pragma once

#include "diagnosis/headers_verdict.hpp"
#include "report/style.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relaytool::report {

/// One message of `relaytool headers`, and the originals that it quotes, if it is a report.
struct HeadersReport {
    std::string source; ///< the file's name; `name:3` is the third mail of an mbox file
    diagnosis::HeadersVerdict verdict;
    /// The mail inside it (message/rfc822), and the one inside that, from the outside in.
    std::vector<diagnosis::HeadersVerdict> originals;
};

/// A message as a JSON object on one line, without a line end (docs/json.md).
std::string headers_json(const HeadersReport& report);
/// The same as a document of its own, with its schema.
std::string headers_document(const HeadersReport& report);
/// A file that could not be read: `why` in plain words.
std::string unreadable_headers_json(std::string_view source, std::string_view why);

/// What stands around the objects when there are several.
std::string_view headers_json_begin();
std::string_view headers_json_end();

/// For people: the verdict, the way, the proofs, the filter, and what to do.
std::string headers_text(const HeadersReport& report, const Style& style);

/// One message on one line: its name and the verdict. Without a line end.
std::string headers_line(const HeadersReport& report, const Style& style);

/// The name of a message above its text, where there are several.
std::string source_line(std::string_view source, const Style& style);

/// One self-contained page about one or several messages.
std::string headers_page(const std::vector<HeadersReport>& reports);

} // namespace relaytool::report
