#pragma once

#include "route/received.hpp"
#include "route/received_tokens.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The parts of read_received(): each reads one kind of clause into the draft.
namespace relaytool::route {

struct Draft : Received {
    bool helo_is_told = false; ///< by a word of its own (`HELO x`, `helo=x`), so that `from` has another name
    bool ip_is_bare = false;   ///< `ip` stood in a comment without brackets
};

/// An address as Received fields write it: `192.0.2.1`, `[192.0.2.1]`, `[192.0.2.1]:2525`, `192.0.2.1:2525`,
/// `[IPv6:2001:db8::1]`, `fe80::1%14`. An IPv4 address written as IPv6 comes back as IPv4.
std::optional<ip::Address> read_client_address(std::string_view word);

/// Without the angle brackets, quotation marks and commas around it, and without the link that a mail program
/// hung on it (`mx.example.com<http://mx.example.com>`).
std::string_view bare(std::string_view word);

/// "TLSv1.2" of `TLS1_2`, `TLSv1.2`, `TLS1.2`, `tls1.2`; "SSLv3"; "TLS" of the word alone; empty when it is
/// none.
std::string tls_version(std::string_view word);

inline void set_if_empty(std::string& field, std::string_view value) {
    if (field.empty()) field = value;
}

/// A version replaces the mere word.
inline void tell_tls(Draft& out, std::string_view version) {
    if (out.tls.empty() || (out.tls == "TLS" && !version.empty())) out.tls = version;
}

/// Reads a comment that says something about the session and not about a host: TLS, login, the envelope's
/// sender. False when it says nothing of that kind.
bool read_remark(std::string_view comment, Draft& out);

/// The words of a comment: blanks, commas and parentheses separate them.
std::vector<std::string_view> comment_words(std::string_view comment);

/// What stands between `from` and the next clause.
void read_client(std::span<const ReceivedToken> tokens, Draft& out);

/// A comment in front of all clauses: `qmail 1234 invoked by uid 89`, `from root@localhost`.
void read_opening_comment(std::string_view comment, Draft& out);

/// A comment behind `by` or later, which names the software or an address.
void read_server_comment(std::string_view comment, Draft& out);

/// Whose form it is, when no comment has said so.
Software software_of(const Draft& draft);

/// Whether the word begins a clause: `from`, `by`, `id`.
bool is_key_word(const ReceivedToken& token);

/// The date: the tokens `begin` to `end` (both their number when there is none), and what they say.
struct ReceivedDate {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view text; ///< as written, with folds
    std::optional<std::int64_t> time;
};
ReceivedDate find_date(std::span<const ReceivedToken> tokens, std::string_view text);

} // namespace relaytool::route
