#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The arguments of MAIL and RCPT as a server reads them (RFC 5321 section 4.1.2).
namespace relaytool::smtp {

/// An ESMTP parameter: `SIZE=1000`, `SMTPUTF8`.
struct Parameter {
    std::string name; ///< in capitals
    std::string value;

    bool operator==(const Parameter&) const = default;
};

/// A reverse path or forward path with its parameters.
struct Path {
    std::string address; ///< without brackets and source route; empty: the null reverse path `<>`
    std::vector<Parameter> parameters;

    bool operator==(const Path&) const = default;

    /// The value of the first parameter of that name (in capitals), or null.
    const std::string* find(std::string_view name) const;
};

enum class PathKind { sender, recipient };

/// What is wrong with an argument.
enum class PathError {
    syntax,    ///< no brackets, something behind them that is no parameter
    address,   ///< the address is none
    parameter, ///< a parameter that nobody offered, or a value it cannot have
    utf8,      ///< an address beyond US-ASCII without SMTPUTF8 (RFC 6531 section 3.3)
};

/// A path, or why it is none.
struct PathReading {
    Path path;
    std::optional<PathError> error;
};

/// Parameters of one command that are read; more are an error.
inline constexpr std::size_t max_path_parameters = 16;

/// Reads what stands behind `FROM:` or `TO:`. Parameters are those of SIZE (RFC 1870), 8BITMIME (RFC 6152),
/// BINARYMIME (RFC 3030), SMTPUTF8 (RFC 6531), DSN (RFC 3461) and AUTH (RFC 4954). A recipient's address may
/// be beyond US-ASCII: that depends on the sender's SMTPUTF8, which the caller knows.
PathReading read_path(std::string_view argument, PathKind kind);

/// Whether there are octets above 127 in it.
bool is_beyond_ascii(std::string_view text);

/// The number of a SIZE parameter; nothing when the path has none.
std::optional<std::uint64_t> declared_size(const Path& path);

} // namespace relaytool::smtp
