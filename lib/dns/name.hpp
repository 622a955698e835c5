#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace relaytool::dns {

inline constexpr std::size_t longest_label = 63; ///< octets, RFC 1035 section 2.3.4
inline constexpr std::size_t longest_name = 255; ///< octets on the wire, lengths and root included

/// A domain name: labels of any octets, compared without regard to the case of A-Z (RFC 1035 section 2.3.3).
/// The case it was written in is kept.
class Name {
public:
    /// The root.
    Name() : wire_(1, '\0') {}

    /// Labels between dots; one dot at the end is allowed, and "." is the root. Octets stand for themselves:
    /// there are no escapes. Nothing when a label is empty or longer than 63 octets, or the name longer than
    /// 255.
    static std::optional<Name> from_text(std::string_view dotted);

    /// The form of zone files: `\.` is a dot inside a label, `\065` an octet (RFC 1035 section 5.1).
    static std::optional<Name> from_escaped(std::string_view escaped);

    /// Labels with their lengths and the root's zero, uncompressed. Nothing when it is not of that form.
    static std::optional<Name> from_wire(std::string_view wire);

    /// "mail.example.com", "." for the root; octets that are not printable, and dots and backslashes inside
    /// labels, are escaped as in zone files.
    std::string text() const;

    /// As RFC 1035 section 3.1 has it: length and octets of each label, and a zero.
    const std::string& wire() const { return wire_; }

    bool is_root() const { return wire_.size() == 1; }
    std::size_t label_count() const;
    /// Label `i`, 0 being the leftmost; i < label_count().
    std::string_view label(std::size_t i) const;

    /// Without the leftmost label; the root's parent is the root.
    Name parent() const;
    /// `label` in front of this name; nothing when that gets too long.
    std::optional<Name> child(std::string_view label) const;
    /// Whether this is `other` or a name below it.
    bool is_within(const Name& other) const;

    bool operator==(const Name& other) const;
    /// An order for maps; not that of RFC 4034.
    bool operator<(const Name& other) const;

    std::size_t hash() const;

private:
    std::string wire_;
};

} // namespace relaytool::dns

template <>
struct std::hash<relaytool::dns::Name> {
    std::size_t operator()(const relaytool::dns::Name& name) const noexcept { return name.hash(); }
};
