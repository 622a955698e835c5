#include "dns/name.hpp"

#include "base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::dns {
namespace {

/// Puts a name together label by label, within the limits.
class Builder {
public:
    void add(char octet) { label_ += octet; }

    bool end_label() {
        if (label_.empty() || label_.size() > longest_label) return false;
        wire_ += static_cast<char>(label_.size());
        wire_ += label_;
        label_.clear();
        return wire_.size() < longest_name;
    }

    bool in_label() const { return !label_.empty(); }

    /// The finished wire form.
    std::string finish() {
        wire_ += '\0';
        return std::move(wire_);
    }

private:
    std::string wire_;
    std::string label_;
};

/// `\DDD` or `\X` at the start of `text`; how many characters it took, 0 when it is none.
std::size_t read_escape(std::string_view text, char& octet) {
    if (text.size() < 2) return 0;
    if (!ascii::is_digit(text[1])) {
        octet = text[1];
        return 2;
    }
    if (text.size() < 4 || !ascii::is_digit(text[2]) || !ascii::is_digit(text[3])) return 0;
    const int value = (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
    if (value > 255) return 0;
    octet = static_cast<char>(value);
    return 4;
}

unsigned char size_at(std::string_view wire, std::size_t at) {
    return static_cast<unsigned char>(wire[at]);
}

} // namespace

std::optional<Name> Name::from_text(std::string_view dotted) {
    Name name;
    if (dotted == ".") return name;
    if (dotted.ends_with('.')) dotted.remove_suffix(1);
    if (dotted.empty() || dotted.size() + 2 > longest_name) return std::nullopt;
    std::string wire;
    wire.reserve(dotted.size() + 2);
    while (true) {
        const std::size_t end = std::min(dotted.find('.'), dotted.size());
        if (end == 0 || end > longest_label) return std::nullopt;
        wire += static_cast<char>(end);
        wire += dotted.substr(0, end);
        if (end == dotted.size()) break;
        dotted.remove_prefix(end + 1);
    }
    wire += '\0';
    name.wire_ = std::move(wire);
    return name;
}

std::optional<Name> Name::from_escaped(std::string_view escaped) {
    Name name;
    if (escaped == ".") return name;
    Builder builder;
    while (!escaped.empty()) {
        char octet = escaped.front();
        std::size_t taken = 1;
        if (octet == '.') {
            if (!builder.end_label()) return std::nullopt;
            escaped.remove_prefix(1);
            continue;
        }
        if (octet == '\\') taken = read_escape(escaped, octet);
        if (taken == 0) return std::nullopt;
        builder.add(octet);
        escaped.remove_prefix(taken);
    }
    if (builder.in_label() && !builder.end_label()) return std::nullopt;
    name.wire_ = builder.finish();
    return name.is_root() ? std::nullopt : std::optional(name);
}

std::optional<Name> Name::from_wire(std::string_view wire) {
    if (wire.empty() || wire.size() > longest_name) return std::nullopt;
    std::size_t at = 0;
    while (size_at(wire, at) != 0) {
        if (size_at(wire, at) > longest_label) return std::nullopt;
        at += size_at(wire, at) + 1U;
        if (at >= wire.size()) return std::nullopt;
    }
    if (at + 1 != wire.size()) return std::nullopt;
    Name name;
    name.wire_ = wire;
    return name;
}

std::string Name::text() const {
    if (is_root()) return ".";
    std::string out;
    out.reserve(wire_.size());
    for (std::size_t at = 0; wire_[at] != 0; at += size_at(wire_, at) + 1U) {
        if (!out.empty()) out += '.';
        for (const char c : std::string_view(wire_).substr(at + 1, size_at(wire_, at))) {
            if (c == '.' || c == '\\')
                out.append(1, '\\').append(1, c);
            else if (c > ' ' && c <= '~')
                out += c;
            else
                out += fmt::format("\\{:03}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

std::size_t Name::label_count() const {
    std::size_t count = 0;
    for (std::size_t at = 0; wire_[at] != 0; at += size_at(wire_, at) + 1U)
        ++count;
    return count;
}

std::string_view Name::label(std::size_t i) const {
    std::size_t at = 0;
    for (; i > 0; --i)
        at += size_at(wire_, at) + 1U;
    return std::string_view(wire_).substr(at + 1, size_at(wire_, at));
}

Name Name::parent() const {
    Name name;
    if (!is_root()) name.wire_ = wire_.substr(size_at(wire_, 0) + 1U);
    return name;
}

std::optional<Name> Name::child(std::string_view label) const {
    if (label.empty() || label.size() > longest_label || wire_.size() + label.size() + 1 > longest_name)
        return std::nullopt;
    Name name;
    name.wire_.assign(1, static_cast<char>(label.size()));
    name.wire_.append(label).append(wire_);
    return name;
}

bool Name::is_within(const Name& other) const {
    if (wire_.size() < other.wire_.size()) return false;
    std::size_t at = 0;
    while (wire_.size() - at > other.wire_.size())
        at += size_at(wire_, at) + 1U;
    // Lengths of labels are below 'A': comparing them with the letters does no harm.
    return ascii::iequals(std::string_view(wire_).substr(at), other.wire_);
}

bool Name::operator==(const Name& other) const {
    return ascii::iequals(wire_, other.wire_);
}

bool Name::operator<(const Name& other) const {
    return std::lexicographical_compare(wire_.begin(), wire_.end(), other.wire_.begin(), other.wire_.end(),
                                        [](char a, char b) { return ascii::lower(a) < ascii::lower(b); });
}

std::size_t Name::hash() const {
    std::size_t hash = 14695981039346656037ULL; // FNV-1a
    for (const char c : wire_) {
        hash ^= static_cast<unsigned char>(ascii::lower(c));
        hash *= 1099511628211ULL;
    }
    return hash;
}

} // namespace relaytool::dns
