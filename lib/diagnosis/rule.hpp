#pragma once

#include "diagnosis/category.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace relaytool::diagnosis {

/// Whose server spoke, when that changes what the same code means.
enum class HostFamily { any, microsoft, google, yahoo, apple, iis };

/// What kind of event a message reports. Failures and delays are told apart by their replies; the others have
/// one row each.
enum class Event {
    failure,
    delay,
    success,
    auto_reply,
    complaint,
    ordinary_mail,
    check, ///< something a check of ours found: looked up by id (check.hpp), never matched against a reply
};

/// How much a wording proves.
enum class Proof {
    wording, ///< a literal of a known product: decides before any code
    hint,    ///< a vague phrase ("blocked by policy", a wrapper): counts only after a specific status code
};

/// When a row applies. Empty parts do not matter; all the others must hold.
struct Pattern {
    HostFamily host = HostFamily::any;
    /// Start of the reply code: "535", "4".
    std::string_view code = {};
    /// Enhanced status: "5.7.139", "x.1.1" (class 4 or 5), "5.7.606-649" (detail from-to).
    std::string_view status = {};
    /// Wordings, case and line breaks ignored: alternatives between `|`, and `*` for anything in between
    /// ("STOREDRV.Submission*QuotaExceeded|submission quota exceeded"). Each alternative needs a literal of
    /// at least four characters. A literal that ends in a digit does not match when more digits follow.
    std::string_view text = {};
    Proof proof = Proof::wording;
    /// HRESULT of the sending server itself (.BDR, fourth field of X-DSNContext).
    std::uint32_t local_error = 0;
    Event event = Event::failure;
};

inline constexpr std::size_t max_steps = 8;

/// One row of the catalogue. `title`, `cause` and `steps` may hold placeholders, filled with what was seen:
/// {login} {from} {from-domain} {recipient} {recipient-domain} {relay} {client} {host} {port} {ip}; in rows
/// of checks those of check.hpp.
struct Rule {
    std::string_view id;
    Category category;
    Owner owner;
    Severity severity = Severity::error;
    Pattern when;
    std::string_view title;                 ///< one line, no full stop
    std::string_view cause;                 ///< why it happens, in plain words
    std::string_view steps[max_steps] = {}; ///< numbered when shown; commands between backticks
    std::string_view reference = {};        ///< address of a document, or "RFC 5321 section 4.2.3"
    /// A reply seen in the wild: it must match this row first. Of a check's row: a record that it is about.
    std::string_view sample = {};
};

/// The row's steps without the empty ones behind them.
std::span<const std::string_view> steps_of(const Rule& rule);

} // namespace relaytool::diagnosis
