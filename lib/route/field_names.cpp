#include "route/field_names.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>

namespace relaytool::route {
namespace {

constexpr std::size_t longest_name = 76;

/// RFC 5322, MIME, and what servers and programs add without `X-`.
constexpr std::array<std::string_view, 74> known_names{"Accept-Language",
                                                       "Apparently-To",
                                                       "ARC-Authentication-Results",
                                                       "ARC-Message-Signature",
                                                       "ARC-Seal",
                                                       "Authentication-Results",
                                                       "Authentication-Results-Original",
                                                       "Auto-Submitted",
                                                       "Autocrypt",
                                                       "Bcc",
                                                       "Cc",
                                                       "Comments",
                                                       "Content-Class",
                                                       "Content-Description",
                                                       "Content-Disposition",
                                                       "Content-ID",
                                                       "Content-Language",
                                                       "Content-Length",
                                                       "Content-Transfer-Encoding",
                                                       "Content-Type",
                                                       "Date",
                                                       "Deferred-Delivery",
                                                       "Delivered-To",
                                                       "Delivery-Date",
                                                       "Disposition-Notification-To",
                                                       "DKIM-Filter",
                                                       "DKIM-Signature",
                                                       "DomainKey-Signature",
                                                       "Envelope-To",
                                                       "Errors-To",
                                                       "Expires",
                                                       "Feedback-ID",
                                                       "From",
                                                       "Importance",
                                                       "In-Reply-To",
                                                       "Keywords",
                                                       "Lines",
                                                       "List-Help",
                                                       "List-ID",
                                                       "List-Post",
                                                       "List-Subscribe",
                                                       "List-Unsubscribe",
                                                       "List-Unsubscribe-Post",
                                                       "Mail-From",
                                                       "Message-ID",
                                                       "MIME-Version",
                                                       "Old-Received",
                                                       "Openpgp",
                                                       "Organization",
                                                       "Original-Recipient",
                                                       "Precedence",
                                                       "Priority",
                                                       "Received",
                                                       "Received-SPF",
                                                       "References",
                                                       "Reply-To",
                                                       "Resent-Date",
                                                       "Resent-From",
                                                       "Resent-Message-ID",
                                                       "Resent-To",
                                                       "Return-Path",
                                                       "Return-Receipt-To",
                                                       "Sender",
                                                       "Sensitivity",
                                                       "Status",
                                                       "Subject",
                                                       "Thread-Index",
                                                       "Thread-Topic",
                                                       "TLS-Required",
                                                       "To",
                                                       "User-Agent",
                                                       "Organisation",
                                                       "Newsgroups",
                                                       "IronPort-SDR"};

bool is_name_char(char c) {
    return ascii::is_alnum(c) || c == '-' || c == '_';
}

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

/// `Words-With-Hyphens`
bool is_hyphenated(std::string_view name) {
    return is_upper(name.front()) && name.find('-') != std::string_view::npos && name.back() != '-';
}

bool ends_name(char c) {
    return ascii::is_digit(c) || (c >= 'a' && c <= 'z');
}

/// Where in `run`, the name characters in front of a colon, a known name in its usual spelling begins, behind
/// digits or a small letter.
std::size_t known_at_end(std::string_view run) {
    std::size_t best = std::string_view::npos;
    for (const std::string_view name : known_names) {
        if (!run.ends_with(name)) continue;
        const std::size_t at = run.size() - name.size();
        if (at == 0 || ends_name(run[at - 1])) best = std::min(best, at);
    }
    if (best != std::string_view::npos) return best;
    const std::size_t x = run.find("X-"); // `+0200X-Spam-Status: No`
    return x != std::string_view::npos && (x == 0 || ends_name(run[x - 1])) ? x : std::string_view::npos;
}

/// Whether an address follows: `To: ` can be the end of other words.
bool is_address_next(std::string_view value) {
    value = ascii::trim(value.substr(0, 80));
    return value.starts_with('<') || value.starts_with('"') ||
           value.substr(0, value.find(' ')).find('@') != value.npos;
}

/// Whether a name that begins at `at` cannot be part of what stands before: of a list of names between colons
/// (h= of a signature), an address or a path.
bool is_apart(std::string_view line, std::size_t at) {
    const char before = line[at - 1];
    if (before == '=') return at < 2 || line[at - 2] != 'h';
    return before != ':' && before != '.' && before != '/' && before != '@' && before != '-';
}

/// Where the field begins whose colon is at `colon`; `npos` when it is none.
std::size_t field_of_colon(std::string_view line, std::size_t colon) {
    std::size_t begin = colon;
    while (begin > 0 && colon - begin < longest_name && is_name_char(line[begin - 1]))
        --begin;
    const std::string_view run = line.substr(begin, colon - begin);
    if (run.empty() || begin == 0) return std::string_view::npos;
    const bool is_behind_blank = ascii::is_space(line[begin - 1]);
    if (is_behind_blank && (is_known_field(run) || ascii::istarts_with(run, "X-"))) return begin;
    const std::size_t inside = known_at_end(run);
    if (inside == std::string_view::npos) return is_behind_blank && is_plausible_field(run) ? begin : inside;
    constexpr std::size_t shortest = 4; // "From", "Date"
    if (run.size() - inside < shortest && !is_address_next(line.substr(colon + 1)))
        return std::string_view::npos;
    return is_apart(line, begin + inside) ? begin + inside : std::string_view::npos;
}

} // namespace

bool is_known_field(std::string_view name) {
    return std::any_of(known_names.begin(), known_names.end(),
                       [&](std::string_view known) { return ascii::iequals(known, name); });
}

bool is_plausible_field(std::string_view name) {
    if (name.empty() || name.size() > longest_name || !std::all_of(name.begin(), name.end(), is_name_char))
        return false;
    if (name.size() > 2 && ascii::istarts_with(name, "X-")) return true;
    return is_hyphenated(name) || is_known_field(name);
}

std::string_view plausible_name(std::string_view line) {
    const std::size_t colon = line.substr(0, longest_name + 1).find(':');
    if (colon == std::string_view::npos) return {};
    if (colon + 1 < line.size() && !ascii::is_space(line[colon + 1])) return {};
    const std::string_view name = line.substr(0, colon);
    return is_plausible_field(name) ? name : std::string_view{};
}

std::size_t find_field_inside(std::string_view line, std::size_t from) {
    for (std::size_t colon = line.find(':', from); colon != std::string_view::npos;
         colon = line.find(':', colon + 1)) {
        if (colon + 1 < line.size() && !ascii::is_space(line[colon + 1])) continue;
        const std::size_t begin = field_of_colon(line, colon);
        if (begin != std::string_view::npos && begin >= from) return begin;
    }
    return std::string_view::npos;
}

} // namespace relaytool::route
