#pragma once

#include "base/result.hpp"
#include "mail/mailbox.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Writing of header fields: what a reader gets back is what was given, whatever characters are in it.
namespace relaytool::mail {

/// What may stand in a header.
enum class HeaderForm {
    ascii, ///< RFC 5322 and RFC 2047
    utf8,  ///< RFC 6532: only for servers with SMTPUTF8
};

inline constexpr std::size_t longest_line = 998; ///< octets without CRLF, RFC 5322 section 2.1.1
inline constexpr std::size_t fold_at = 78;       ///< columns, RFC 5322 section 2.1.1

/// What stands behind `Name:`: begins with a blank, folded by CRLF and a blank, without the last line end.
std::string write_text(std::string_view name, std::string_view text, HeaderForm form);

/// The same for a list of mailboxes. Addresses stand as they are, even when they are not ASCII.
std::string write_mailboxes(std::string_view name, std::span<const Mailbox> mailboxes, HeaderForm form);

/// `value; name=text; …`: quoted where needed, RFC 2231 for what is not ASCII or is too long. `text` is UTF-8.
std::string write_parameterised(std::string_view name, std::string_view value,
                                const std::vector<std::pair<std::string, std::string>>& parameters);

/// Whether a field of that name holds mailboxes.
bool is_address_field(std::string_view name);

/// `raw`, what stands behind `Name:` in somebody's message, made fit for `form`: as it is when it can stay so,
/// else written anew. An Error when it holds addresses that cannot be read.
Result<std::string> rewrite(std::string_view name, std::string_view raw, HeaderForm form);

} // namespace relaytool::mail
