#include "route/paste.hpp"

#include "base/ascii.hpp"
#include "route/paste_lines.hpp"

namespace relaytool::route {
namespace {

/// Whether nothing needs mending: fields and folds up to a blank line or the end.
bool is_well_formed(std::string_view text) {
    if (text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos) return false;
    std::string_view rest;
    const PastedLines header = lines_of(text, rest, 1);
    if (needs_decoding(header) || !has_only_fields(header) || has_lost_line_ends(header)) return false;
    return !may_be_spaced(header) || !is_spaced(lines_of(text, rest));
}

std::string joined(const PastedLines& lines, std::string_view rest) {
    std::string out;
    for (const std::string_view line : lines)
        out.append(line).append("\n");
    return out.append(rest);
}

} // namespace

std::string_view repair_header(std::string_view text, std::string& storage, Repair& done) {
    done = {};
    if (is_well_formed(text)) return text;
    std::string_view rest;
    std::string_view ignored;
    PastedLines lines = lines_of(text, rest);
    std::string decoded;
    if (needs_decoding(lines)) {
        decoded = joined(lines, {});
        decode_blanks_and_entities(decoded);
        lines = lines_of(decoded, ignored);
        done.decoded = true;
    }
    const bool starts_blank = !lines.empty() && ascii::trim(lines.front()).empty();
    drop_blank_start(lines);
    done.led = drop_lead(lines);
    done.quoted = strip_quotes(lines);
    done.indented = strip_indentation(lines);
    done.spaced = is_spaced(lines);
    if (done.spaced) drop_blank_lines(lines);
    done.split = has_lost_line_ends(lines);
    if (done.split) split_fields(lines);
    storage = unwrapped(lines, done.unwrapped);
    storage.append(rest);
    const bool has_only_cr =
        text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos;
    return done.any() || has_only_cr || (starts_blank && !lines.empty()) ? std::string_view(storage) : text;
}

} // namespace relaytool::route
