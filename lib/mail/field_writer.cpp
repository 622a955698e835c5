#include "mail/field_writer.hpp"

#include "base/ascii.hpp"
#include "base/encoding.hpp"
#include "base/percent_encoded.hpp"
#include "mail/encoded_word.hpp"
#include "mail/fields.hpp"
#include "mail/mime.hpp"
#include "mail/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace relaytool::mail {
namespace {

constexpr std::array<std::string_view, 15> address_fields{"From",
                                                          "Sender",
                                                          "Reply-To",
                                                          "To",
                                                          "Cc",
                                                          "Bcc",
                                                          "Resent-To",
                                                          "Resent-Cc",
                                                          "Resent-Bcc",
                                                          "Resent-From",
                                                          "Resent-Sender",
                                                          "Errors-To",
                                                          "Return-Receipt-To",
                                                          "Disposition-Notification-To",
                                                          "X-Original-To"};

/// Words longer than this are encoded, so that they can be folded.
constexpr std::size_t longest_word = 900;

/// Words one behind the other, folded.
class Line {
public:
    explicit Line(std::string_view name) : column_(name.size() + 1) {}

    void add(std::string_view word) {
        if (column_ + 1 + word.size() > fold_at && !out_.empty()) {
            out_ += "\r\n";
            column_ = 0;
        }
        out_ += ' ';
        out_ += word;
        column_ += 1 + word.size();
    }

    /// Behind the last word, without a blank.
    void attach(std::string_view text) {
        out_ += text;
        column_ += text.size();
    }

    std::size_t column() const { return column_; }
    std::string take() { return out_.empty() ? std::string(" ") : std::move(out_); }

private:
    std::string out_;
    std::size_t column_;
};

bool is_ascii(std::string_view text) {
    return encoding::ascii_length(text) == text.size();
}

/// Blanks at the ends of words belong to the word in front, so that none is lost.
std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        words.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

bool must_be_encoded(std::string_view word, HeaderForm form) {
    if (word.size() > longest_word || word.empty()) return true;
    return form == HeaderForm::ascii && !is_ascii(word);
}

/// Valid UTF-8 on one line, without control characters.
std::string clean(std::string_view text) {
    std::string out = encoding::to_utf8(text, "utf-8");
    for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    return out;
}

/// The words from the first that must be encoded to the last become encoded words.
void add_text(Line& line, std::string_view text, HeaderForm form) {
    const std::vector<std::string_view> words = words_of(text);
    const auto needs = [form](std::string_view word) { return must_be_encoded(word, form); };
    auto first = std::find_if(words.begin(), words.end(), needs);
    auto last = std::find_if(words.rbegin(), words.rend(), needs).base();
    if (first != words.end() && first != words.begin() && first->empty()) --first;
    if (first != words.end() && last != words.end() && (last - 1)->empty()) ++last;
    for (auto word = words.begin(); word != first; ++word)
        line.add(*word);
    if (first == words.end()) return;
    const auto begin = static_cast<std::size_t>(first->data() - text.data());
    const auto end = static_cast<std::size_t>((last - 1)->data() - text.data()) + (last - 1)->size();
    for (const std::string& word : encode_words(text.substr(begin, end - begin), line.column() + 1))
        line.add(word);
    for (auto word = last; word != words.end(); ++word)
        line.add(*word);
}

bool is_atom_text(char c) {
    return ascii::is_alnum(c) || std::string_view{"!#$%&'*+-/=?^_`{|}~ "}.find(c) != std::string_view::npos;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out += '"';
}

/// A display name, RFC 5322 section 3.2.5.
void add_name(Line& line, std::string_view name, HeaderForm form) {
    constexpr std::size_t longest_quoted = 60;
    const bool is_plain = form == HeaderForm::utf8 || is_ascii(name);
    const bool looks_encoded = name.find("=?") != std::string_view::npos;
    if (!is_plain || looks_encoded || name.size() > longest_word) {
        for (const std::string& word : encode_words(name, line.column() + 1))
            line.add(word);
    } else if (is_ascii(name) && std::all_of(name.begin(), name.end(), is_atom_text) &&
               name.find("  ") == std::string_view::npos) {
        add_text(line, name, form);
    } else if (name.size() <= longest_quoted) {
        line.add(quoted(name));
    } else {
        const std::string text = quoted(name);
        for (const std::string_view word : words_of(text))
            line.add(word);
    }
}

/// RFC 2231 section 4 and RFC 2045 section 5.1.
constexpr std::string_view attribute_signs = "!#$&+-.^_`|~";

bool is_attribute_char(char c) {
    return ascii::is_alnum(c) || attribute_signs.find(c) != std::string_view::npos;
}

bool is_key_char(char c) {
    return is_attribute_char(c) || c == '*';
}

/// RFC 2231 section 3 and 4: `filename*0*=utf-8''…; filename*1*=…`.
void add_extended(Line& line, std::string_view name, std::string_view text) {
    constexpr std::size_t longest_piece = 54;
    const std::string encoded = percent_encoded(text, attribute_signs);
    if (encoded.size() <= longest_piece) {
        line.add(std::string(name) + "*=utf-8''" + encoded);
        return;
    }
    std::size_t number = 0;
    for (std::size_t at = 0; at < encoded.size(); ++number) {
        std::size_t end = std::min(at + longest_piece, encoded.size());
        if (end < encoded.size() && encoded[end - 1] == '%') end -= 1;
        if (end < encoded.size() && encoded[end - 2] == '%') end -= 2;
        if (number > 0) line.attach(";");
        line.add(std::string(name) + "*" + std::to_string(number) + "*=" + (number == 0 ? "utf-8''" : "") +
                 encoded.substr(at, end - at));
        at = end;
    }
}

void add_parameter(Line& line, std::string_view name, std::string_view text) {
    constexpr std::size_t longest_quoted = 60;
    if (!is_ascii(text) || text.size() > longest_quoted)
        add_extended(line, name, text);
    else if (!text.empty() && std::all_of(text.begin(), text.end(), is_attribute_char))
        line.add(std::string(name).append("=").append(text));
    else
        line.add(std::string(name) + "=" + quoted(text));
}

/// Whether every line is short enough.
bool has_short_lines(std::string_view name, std::string_view raw) {
    Lines lines(raw);
    std::string_view line;
    std::size_t used = name.size() + 1;
    while (lines.next(line)) {
        if (used + line.size() > longest_line) return false;
        used = 0;
    }
    return true;
}

} // namespace

std::string write_text(std::string_view name, std::string_view text, HeaderForm form) {
    Line line(name);
    const std::string value = clean(text);
    if (value.find("=?") != std::string::npos) {
        // What looks like an encoded word and is none must not be taken for one.
        for (const std::string& word : encode_words(value, line.column() + 1))
            line.add(word);
    } else {
        add_text(line, value, form);
    }
    return line.take();
}

std::string write_mailboxes(std::string_view name, std::span<const Mailbox> mailboxes, HeaderForm form) {
    Line line(name);
    for (std::size_t i = 0; i < mailboxes.size(); ++i) {
        const std::string shown = clean(mailboxes[i].name);
        if (ascii::trim(shown).empty()) {
            line.add(mailboxes[i].address);
        } else {
            add_name(line, ascii::trim(shown), form);
            line.add("<" + mailboxes[i].address + ">");
        }
        if (i + 1 < mailboxes.size()) line.attach(",");
    }
    return line.take();
}

std::string write_parameterised(std::string_view name, std::string_view value,
                                const std::vector<std::pair<std::string, std::string>>& parameters) {
    Line line(name);
    line.add(value);
    for (const auto& [key, text] : parameters) {
        if (key.empty() || !std::all_of(key.begin(), key.end(), is_key_char)) continue;
        line.attach(";");
        add_parameter(line, key, clean(text));
    }
    return line.take();
}

bool is_address_field(std::string_view name) {
    return std::any_of(address_fields.begin(), address_fields.end(),
                       [name](std::string_view field) { return ascii::iequals(field, name); });
}

Result<std::string> rewrite(std::string_view name, std::string_view raw, HeaderForm form) {
    const bool fits = form == HeaderForm::utf8 ? encoding::is_utf8(raw) : is_ascii(raw);
    if (fits && has_short_lines(name, raw)) return std::string(raw);
    const std::string value = encoding::to_utf8(unfold(raw), {});
    if (is_address_field(name)) {
        const MailboxList list = read_mailboxes(value);
        if (!list.broken.empty())
            return tl::unexpected(Error{std::string(name) + ": " + list.broken.front(),
                                        "this is no mail address; write name@example.com"});
        return write_mailboxes(name, list.mailboxes, form);
    }
    if (ascii::iequals(name, "Content-Type") || ascii::iequals(name, "Content-Disposition")) {
        const Parameterised read = read_parameterised(value);
        return write_parameterised(name, is_ascii(read.value) ? read.value : "application/octet-stream",
                                   read.parameters);
    }
    Line line(name);
    add_text(line, clean(value), form);
    return line.take();
}

} // namespace relaytool::mail
