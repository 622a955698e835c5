#include "mail/mime.hpp"

#include "base/ascii.hpp"
#include "base/encoding.hpp"
#include "mail/html.hpp"
#include "mail/text.hpp"

#include <algorithm>

namespace relaytool::mail {
namespace {

/// A multipart whose closing delimiter has not been seen.
struct Open {
    std::string boundary;
    std::size_t part;
};

/// A line that separates or ends parts, RFC 2046 section 5.1.1.
struct Delimiter {
    std::size_t begin = 0;  ///< of the line
    std::size_t behind = 0; ///< of the next line
    std::size_t level = 0;  ///< index of the multipart it belongs to
    bool closing = false;
};

std::size_t skip_preliminaries(std::string_view text) {
    Lines lines(text);
    std::string_view line;
    std::size_t at = 0;
    while (lines.next(line)) {
        const bool envelope = line.starts_with("From ") || line.starts_with(">From ");
        if (!envelope && !ascii::trim(line).empty()) return at;
        at = lines.offset();
    }
    return at;
}

bool is_embedded_mail(std::string_view type) {
    return type == "message/rfc822" || type == "message/global" || type == "message/news";
}

/// One pass: the text is scanned for delimiter lines of all open multiparts at once.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    Mime run() {
        std::size_t at = read_entity(skip_preliminaries(text_), Part::none);
        Delimiter delimiter;
        while (!open_.empty() && find_delimiter(at, delimiter)) {
            end_parts_behind(open_[delimiter.level].part, delimiter.begin);
            open_.resize(delimiter.level + 1);
            at = delimiter.behind;
            if (delimiter.closing)
                open_.pop_back();
            else if (mime_.parts.size() < max_parts)
                at = read_entity(at, open_.back().part);
        }
        end_parts_behind(Part::none, text_.size());
        return std::move(mime_);
    }

private:
    /// Reads the header at `at`, and that of a mail inside it; returns where the innermost body begins.
    std::size_t read_entity(std::size_t at, std::size_t parent) {
        while (true) {
            Part part;
            part.parent = parent;
            part.depth = parent == Part::none ? 0 : mime_.parts[parent].depth + 1;
            Header header = read_header(text_.substr(at));
            part.header = std::move(header.fields);
            at += header.body;
            part.type = read_parameterised(unfold(part.header.raw("Content-Type")));
            if (part.type.value.empty()) part.type.value = "text/plain";
            part.body = text_.substr(at, 0);
            const std::size_t index = mime_.parts.size();
            const bool divisible = part.depth < max_depth && mime_.parts.size() + 1 < max_parts;
            const bool embedded = is_embedded_mail(part.type.value) &&
                                  !ascii::iequals(part.header.value("Content-Transfer-Encoding"), "base64");
            std::string boundary(ascii::trim(part.type.parameter("boundary")));
            if (divisible && part.type.value.starts_with("multipart/") && !boundary.empty())
                open_.push_back({std::move(boundary), index});
            running_.push_back(index);
            mime_.parts.push_back(std::move(part));
            if (!divisible || !embedded) return at;
            at += skip_preliminaries(text_.substr(at));
            parent = index;
        }
    }

    /// The next delimiter line at or behind `at`.
    bool find_delimiter(std::size_t at, Delimiter& found) const {
        if (at > 0 && at <= text_.size() && text_[at - 1] == '\n') --at; // the body may be empty
        if (at == 0 && matches(0, found)) return true;
        while ((at = text_.find("\n--", at)) != std::string_view::npos) {
            if (matches(at + 1, found)) return true;
            ++at;
        }
        return false;
    }

    bool matches(std::size_t begin, Delimiter& found) const {
        if (!text_.substr(begin).starts_with("--")) return false;
        const std::size_t end = std::min(text_.find('\n', begin), text_.size());
        std::string_view line = text_.substr(begin + 2, std::min<std::size_t>(end - begin - 2, 1000));
        while (!line.empty() && ascii::is_space(line.back()))
            line.remove_suffix(1);
        for (std::size_t level = open_.size(); level-- > 0;) {
            const std::string_view boundary = open_[level].boundary;
            if (!line.starts_with(boundary)) continue;
            const std::string_view rest = ascii::trim(line.substr(boundary.size()));
            if (!rest.empty() && rest != "--") continue;
            found = {begin, std::min(end + 1, text_.size()), level, rest == "--"};
            return true;
        }
        return false;
    }

    /// All parts begun after `last` end in front of `end`: its line end belongs to the delimiter.
    void end_parts_behind(std::size_t last, std::size_t end) {
        while (!running_.empty() && (last == Part::none || running_.back() > last)) {
            Part& part = mime_.parts[running_.back()];
            running_.pop_back();
            const auto begin = static_cast<std::size_t>(part.body.data() - text_.data());
            std::size_t stop = std::max(begin, end);
            if (end < text_.size() && stop > begin && text_[stop - 1] == '\n') --stop;
            if (end < text_.size() && stop > begin && text_[stop - 1] == '\r') --stop;
            part.body = text_.substr(begin, stop - begin);
        }
    }

    std::string_view text_;
    Mime mime_;
    std::vector<Open> open_;
    std::vector<std::size_t> running_; ///< parts whose end has not been seen
};

/// Moves behind white space and comments (RFC 5322 section 3.2.2).
void skip_comments(std::string_view text, std::size_t& at) {
    while (at < text.size()) {
        if (ascii::is_space(text[at])) {
            ++at;
        } else if (text[at] == '(') {
            int depth = 0;
            do {
                if (text[at] == '\\' && at + 1 < text.size())
                    ++at;
                else if (text[at] == '(')
                    ++depth;
                else if (text[at] == ')')
                    --depth;
                ++at;
            } while (depth > 0 && at < text.size());
        } else {
            return;
        }
    }
}

std::string take_quoted(std::string_view text, std::size_t& at) {
    std::string out;
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        out += text[at];
    }
    if (at < text.size()) ++at;
    return out;
}

} // namespace

std::string_view Parameterised::parameter(std::string_view name) const {
    for (const auto& [key, text] : parameters)
        if (key == name) return text;
    return {};
}

Parameterised read_parameterised(std::string_view value) {
    Parameterised result;
    std::size_t at = 0;
    skip_comments(value, at);
    const std::size_t end = std::min(value.find_first_of("; \t(", at), value.size());
    result.value = ascii::to_lower(value.substr(at, end - at));
    at = end;
    while ((at = value.find(';', at)) != std::string_view::npos) {
        ++at;
        skip_comments(value, at);
        const std::size_t equals = value.find_first_of("=;", at);
        if (equals == std::string_view::npos) break;
        const std::string_view name = ascii::trim(value.substr(at, equals - at));
        at = equals;
        if (value[equals] == ';') continue;
        ++at;
        skip_comments(value, at);
        std::string text;
        if (at < value.size() && value[at] == '"') {
            text = take_quoted(value, at);
        } else {
            const std::size_t stop = std::min(value.find_first_of("; \t", at), value.size());
            text = value.substr(at, stop - at);
            at = stop;
        }
        result.parameters.emplace_back(ascii::to_lower(name), std::move(text));
    }
    return result;
}

const Part* Mime::find(std::string_view type) const {
    for (const Part& part : parts)
        if (part.type.value == type) return &part;
    return nullptr;
}

bool Mime::has_children(const Part& part) const {
    const auto index = static_cast<std::size_t>(&part - parts.data());
    return index + 1 < parts.size() && parts[index + 1].parent == index;
}

Mime read_mime(std::string_view text) {
    return Reader(text).run();
}

std::string decoded_body(const Part& part, std::size_t limit) {
    const std::string_view body = part.body.substr(0, limit);
    const std::string how = ascii::to_lower(part.header.value("Content-Transfer-Encoding"));
    if (how.starts_with("base64")) return encoding::base64(body);
    if (how.starts_with("quoted-printable")) return encoding::quoted_printable(body);
    return std::string(body);
}

std::string text_of(const Part& part, std::size_t limit) {
    std::string text = encoding::to_utf8(decoded_body(part, limit), part.type.parameter("charset"));
    return part.type.value == "text/html" ? html_to_text(text) : text;
}

} // namespace relaytool::mail
