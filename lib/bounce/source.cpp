#include "bounce/source.hpp"

#include "base/ascii.hpp"
#include "mail/encoded_word.hpp"
#include "mail/text.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace relaytool::bounce {
namespace {

using mail::Part;

/// Enough for any report; a returned mail of any size may stand behind it.
constexpr std::size_t longest_report = 256 * 1024;

/// Words in the line in front of the original.
constexpr std::array<std::string_view, 35> separators{
    "below this line is a copy of the message",
    "this is a copy of the message",
    "this is a copy of your message",
    "this is a copy of the headers",
    "this is the body of the message",
    "a copy of the original message",
    "below is a copy of the original",
    "original message follows",
    "original message header",
    "message header follows",
    "message headers follow",
    "message header:",
    "unsent message follows",
    "unsent message below",
    "unsent message",
    "undelivered message follows",
    "returned message follows",
    "- returned message -",
    "- original message -",
    "- original message text -",
    "original mail as follows",
    "the first * lines of the message",
    "message text follows",
    "header of the original message",
    "- message header -",
    "- the header of the message -",
    "included is a copy of the message",
    "enclosed is a copy of the message",
    "- original mail info",
    "this line is the original bounce",
    "top * lines of the message",
    "the original message follows",
    "the original message was as follows",
    "begin of original message",
    "original message headers:",
};

/// `*` in a separator stands for anything.
bool has_words(std::string_view line, std::string_view words) {
    std::size_t from = 0;
    while (!words.empty()) {
        const std::size_t star = words.find('*');
        const std::string_view literal = words.substr(0, star);
        const std::size_t at = ascii::ifind(line, literal, from);
        if (at == std::string_view::npos) return false;
        from = at + literal.size();
        words.remove_prefix(star == std::string_view::npos ? words.size() : star + 1);
    }
    return true;
}

/// The separators that may stand in the text at all: mostly none or one.
std::vector<std::string_view> separators_in(const GramSet& grams) {
    std::vector<std::string_view> found;
    for (const std::string_view words : separators)
        if (grams.may_hold(words.substr(0, words.find('*')))) found.push_back(words);
    return found;
}

bool is_separator(std::string_view line, const std::vector<std::string_view>& wanted) {
    if (line.size() < 10 || line.size() > 160) return false;
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](std::string_view words) { return has_words(line, words); });
}

bool begins_header(std::string_view line) {
    mail::Field field;
    if (!mail::read_field_line(line, field)) return false;
    return ascii::iequals(field.name, "Received") || ascii::iequals(field.name, "Return-Path") ||
           ascii::iequals(field.name, "DKIM-Signature");
}

/// Whether a part lies inside a returned mail.
bool is_inside_original(const mail::Mime& mime, const Part& part) {
    for (std::size_t at = part.parent; at != Part::none; at = mime.parts[at].parent) {
        const std::string& type = mime.parts[at].type.value;
        if (type == "message/rfc822" || type == "message/global" || type == "message/news") return true;
    }
    return false;
}

bool is_attachment(const Part& part) {
    return mail::read_parameterised(part.header.value("Content-Disposition")).value == "attachment";
}

/// The text parts outside the original, plain before HTML.
std::string read_texts(const mail::Mime& mime) {
    std::string text;
    for (const std::string_view type : {"text/plain", "text/html"}) {
        for (const Part& part : mime.parts) {
            // A multipart without its delimiters is a text after all.
            const bool broken = part.type.value.starts_with("multipart/") && !mime.has_children(part);
            const bool wanted = part.type.value == type || (type == "text/plain" && broken);
            if (!wanted || text.size() >= longest_report || is_attachment(part)) continue;
            if (is_inside_original(mime, part)) continue;
            text += text_of(part, longest_report);
            text += '\n';
        }
        if (!ascii::trim(text).empty()) break;
    }
    return text;
}

/// A report that somebody forwarded comes quoted: every line behind `> `.
std::string without_quotes(std::string_view text) {
    std::size_t lines = 0;
    std::size_t quoted = 0;
    std::string plain;
    mail::Lines reader(text);
    std::string_view line;
    while (reader.next(line)) {
        if (!ascii::trim(line).empty()) ++lines;
        if (line.starts_with('>')) {
            ++quoted;
            line.remove_prefix(line.starts_with("> ") ? 2 : 1);
        }
        plain += line;
        plain += '\n';
    }
    return quoted * 2 > lines ? plain : std::string(text);
}

bool is_forwarded(std::string_view subject) {
    return ascii::istarts_with(subject, "fwd:") || ascii::istarts_with(subject, "fw:");
}

/// Where the original begins in a report of plain text: behind a line such as `--- Below this line is a copy
/// of the message.` or at the first `Received:` line; `npos` when it holds none. RFC 3464 made parts of what
/// servers before it wrote into one text.
std::size_t original_begins(std::string_view text, const GramSet& grams) {
    const std::vector<std::string_view> wanted = separators_in(grams);
    mail::Lines lines(text);
    std::string_view line;
    while (true) {
        const std::size_t at = lines.offset();
        if (!lines.next(line)) return std::string_view::npos;
        if (begins_header(line)) return at;
        if (is_separator(line, wanted)) return lines.offset();
    }
}

} // namespace

Source prepare(std::string_view message) {
    Source source;
    source.mime = mail::read_mime(message);
    source.from = mail::decode_header(source.header().raw("From"));
    source.subject = mail::decode_header(source.header().raw("Subject"));
    source.report = read_texts(source.mime);
    if (is_forwarded(source.subject)) source.report = without_quotes(source.report);
    for (const std::string* text : {&source.from, &source.subject, &source.report})
        source.grams.add(*text);
    const std::size_t begin = original_begins(source.report, source.grams);
    if (begin != std::string_view::npos) {
        source.original = source.report.substr(begin);
        source.report.resize(begin);
    }
    return source;
}

} // namespace relaytool::bounce
