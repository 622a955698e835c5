#include "dkim/canonical.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <unordered_map>

namespace relaytool::dkim {
namespace {

/// Hands octets on in large pieces, up to a limit, and counts them all.
class Output {
public:
    explicit Output(Digest& digest, std::optional<std::uint64_t> limit = std::nullopt)
        : digest_(digest), limit_(limit.value_or(UINT64_MAX)) {
        buffer_.reserve(room);
    }

    void add(std::string_view octets) {
        const std::uint64_t left = limit_ - std::min(total_, limit_);
        total_ += octets.size();
        if (octets.size() > left) octets = octets.substr(0, left);
        if (buffer_.size() + octets.size() > room) flush();
        if (octets.size() >= room)
            digest_.add(octets);
        else
            buffer_.append(octets);
    }

    void flush() {
        if (!buffer_.empty()) digest_.add(buffer_);
        buffer_.clear();
    }

    std::uint64_t total() const { return total_; }

private:
    static constexpr std::size_t room = 32 * 1024;

    Digest& digest_;
    std::uint64_t limit_;
    std::uint64_t total_ = 0;
    std::string buffer_;
};

constexpr std::string_view line_end = "\r\n";

/// Takes the first line off `rest`, without its line end.
std::string_view take_line(std::string_view& rest) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    if (end < rest.size() && line.ends_with('\r')) line.remove_suffix(1);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line;
}

/// WSP of RFC 6376 section 2.8; ascii::is_space knows more.
std::size_t end_of_word(std::string_view text) {
    const auto* const end = std::find_if(text.begin(), text.end(), ascii::is_blank);
    return static_cast<std::size_t>(end - text.begin());
}

bool is_odd(char c, char next) {
    return (c == '\t') | ((c == ' ') & (next == ' '));
}

/// The line has no blank at its end. Most lines are so, and are passed on whole.
bool has_single_blanks_only(std::string_view line) {
    constexpr std::size_t block = 16; // compilers make one step of it
    std::size_t at = 0;
    for (; at + block < line.size(); at += block) {
        const char* const part = line.data() + at;
        unsigned char found = 0;
        for (std::size_t i = 0; i < block; ++i)
            found |= static_cast<unsigned char>(is_odd(part[i], part[i + 1]));
        if (found != 0) return false;
    }
    for (; at + 1 < line.size(); ++at)
        if (is_odd(line[at], line[at + 1])) return false;
    return true;
}

/// A line without blanks at its end: runs of them become one.
void add_relaxed_line(Output& out, std::string_view line) {
    if (has_single_blanks_only(line)) return out.add(line);
    while (!line.empty()) {
        const std::size_t word = end_of_word(line);
        out.add(line.substr(0, word));
        line.remove_prefix(word);
        if (!line.empty()) out.add(" ");
        while (!line.empty() && ascii::is_blank(line.front()))
            line.remove_prefix(1);
    }
}

/// RFC 6376 section 3.4.2: unfolded, runs of blanks are one, none at the ends.
void add_relaxed_value(Output& out, std::string_view value) {
    bool has_gap = false;
    bool has_begun = false;
    while (!value.empty()) {
        std::string_view line = take_line(value);
        while (!line.empty()) {
            const std::size_t word = end_of_word(line);
            if (word > 0) {
                if (has_gap && has_begun) out.add(" ");
                out.add(line.substr(0, word));
                has_begun = true;
            }
            has_gap = word < line.size();
            line.remove_prefix(std::min(word + 1, line.size()));
        }
    }
}

void add_field(Output& out, const Field& field, Canon canon) {
    if (canon == Canon::relaxed) {
        out.add(ascii::to_lower(field.name));
        out.add(":");
        return add_relaxed_value(out, field.value);
    }
    std::string_view rest = field.text;
    while (true) {
        out.add(take_line(rest));
        if (rest.empty()) return;
        out.add(line_end);
    }
}

} // namespace

Header read_header(std::string_view message) {
    Header header;
    std::string_view rest = message;
    const char* begin = nullptr; // of the field that is open
    header.is_whole = true;
    const auto close = [&](const char* end) {
        const std::string_view text(begin, begin == nullptr ? 0 : static_cast<std::size_t>(end - begin));
        const std::size_t colon = text.find(':');
        begin = nullptr;
        if (colon == std::string_view::npos) return; // junk, or the first line of an mbox
        std::string_view name = text.substr(0, colon);
        while (!name.empty() && ascii::is_blank(name.back()))
            name.remove_suffix(1);
        header.is_whole = header.is_whole && header.fields.size() < max_fields;
        if (header.is_whole) header.fields.push_back({name, text.substr(colon + 1), text});
    };
    const char* last = message.data();
    while (!rest.empty()) {
        const std::string_view line = take_line(rest);
        if (line.empty()) break;
        if (!ascii::is_blank(line.front())) {
            close(last);
            begin = line.data();
        }
        last = line.data() + line.size();
    }
    close(last);
    header.body = message.size() - rest.size();
    return header;
}

std::uint64_t add_body(Digest& digest, std::string_view body, Canon canon,
                       std::optional<std::uint64_t> limit) {
    Output out(digest, limit);
    std::uint64_t empty_lines = 0; // they count only when something follows
    while (!body.empty()) {
        std::string_view line = take_line(body);
        if (canon == Canon::relaxed)
            while (!line.empty() && ascii::is_blank(line.back()))
                line.remove_suffix(1);
        if (line.empty()) {
            ++empty_lines;
            continue;
        }
        for (; empty_lines > 0; --empty_lines)
            out.add(line_end);
        if (canon == Canon::relaxed)
            add_relaxed_line(out, line);
        else
            out.add(line);
        out.add(line_end);
    }
    if (canon == Canon::simple && out.total() == 0) out.add(line_end); // RFC 6376 section 3.4.3
    out.flush();
    return out.total();
}

std::vector<const Field*> select(const Header& header, const std::vector<std::string>& names,
                                 const Field* own) {
    std::unordered_map<std::string, std::vector<const Field*>> unused;
    for (const Field& field : header.fields)
        if (&field != own) unused[ascii::to_lower(field.name)].push_back(&field);
    std::vector<const Field*> selected;
    for (const std::string& name : names) {
        const auto found = unused.find(name);
        if (found == unused.end() || found->second.empty()) continue;
        selected.push_back(found->second.back());
        found->second.pop_back();
    }
    return selected;
}

void add_header(Digest& digest, const std::vector<const Field*>& fields, const Field& own, Canon canon) {
    Output out(digest);
    for (const Field* field : fields) {
        add_field(out, *field, canon);
        out.add(line_end);
    }
    // RFC 6376 section 3.7: without the value of b=, and without a line end.
    const std::string_view signature = find_signature(own.value);
    const auto at = static_cast<std::size_t>(signature.data() - own.text.data());
    std::string text(own.text);
    text.erase(at, signature.size());
    const auto colon = static_cast<std::size_t>(own.value.data() - own.text.data());
    add_field(out, {own.name, std::string_view(text).substr(colon), text}, canon);
    out.flush();
}

} // namespace relaytool::dkim
