#pragma once

#include "bounce/bounce.hpp"
#include "bounce/source.hpp"
#include "bounce/text_report.hpp"

#include <span>
#include <string_view>

namespace relaytool::bounce {

/// One program's way of writing bounces. A reader adds what it finds to the bounce: recipients by merge(), so
/// that fields of RFC 3464, where a report has them, are completed and not replaced.
struct Dialect {
    std::string_view name;         ///< Bounce::format
    bool (*claims)(const Source&); ///< by header fields, sender, subject or an unmistakable sentence
    void (*read)(const Source&, Bounce&);
};

/// All dialects; the first that claims a mail reads it.
std::span<const Dialect> dialects();

// The readers, one file each (dialects.cpp lists them).
bool read_structured(const Source& source, Bounce& bounce);    ///< RFC 3464 fields; false when there are none
bool read_complaint(const Source& source, Bounce& bounce);     ///< RFC 5965
bool is_auto_reply(const Source& source);                      ///< RFC 3834
bool looks_like_bounce(const Source& source);                  ///< by sender, subject and return path
void read_heuristically(const Source& source, Bounce& bounce); ///< the last resort, when looks_like_bounce()

// What the readers ask about a mail.
bool from_has(const Source& source, std::string_view words);
bool subject_has(const Source& source, std::string_view words);
bool report_has(const Source& source, std::string_view words);

/// Every recipient has the server's reply: the text for people adds nothing to the fields.
bool says_all(const Bounce& bounce);

/// The report's own words tell that the server goes on trying.
bool speaks_of_delay(const Source& source);

/// Sent by a mailer daemon or postmaster: what makes a sentence that people quote too a report.
bool sent_by_daemon(const Source& source);

/// merge(), with the action that the report speaks of.
void add_told(const Source& source, Bounce& bounce, std::vector<Recipient> told);

/// For programs that always write complete fields of RFC 3464: nothing to add.
void read_nothing(const Source& source, Bounce& bounce);

/// read_text_report() and add_told(); when nobody stands behind shape.starts, anywhere in the report.
void read_shape(const Source& source, Bounce& bounce, const TextShape& shape);

} // namespace relaytool::bounce
