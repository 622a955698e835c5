#include "mail/dsn.hpp"

#include "base/ascii.hpp"
#include "mail/text.hpp"

namespace relaytool::mail {
namespace {

/// `451-…` or `451 …`: a line of an SMTP reply, RFC 5321 section 4.2.1.
bool is_reply_line(std::string_view line) {
    return line.size() >= 4 && line[0] >= '2' && line[0] <= '5' && ascii::is_digit(line[1]) &&
           ascii::is_digit(line[2]) && (line[3] == '-' || line[3] == ' ');
}

/// What makes a group one about a recipient; the other fields of section 2.3 may stand in a group of their
/// own, cut off by a blank line inside a reply.
bool begins_recipient(std::string_view name) {
    for (const std::string_view known : {"Final-Recipient", "Original-Recipient", "Action", "Status"})
        if (ascii::iequals(name, known)) return true;
    return false;
}

/// RFC 3464 section 2.3.
bool is_about_recipient(std::string_view name) {
    for (const std::string_view known :
         {"Diagnostic-Code", "Remote-MTA", "Last-Attempt-Date", "Will-Retry-Until", "Final-Log-ID"})
        if (ascii::iequals(name, known)) return true;
    return begins_recipient(name);
}

/// Collects the lines of the report into groups.
class Grouper {
public:
    explicit Grouper(std::string_view text) : text_(text) {}

    void add_line(std::string_view line) {
        Field field;
        if (ascii::trim(line).empty())
            blank_ = true;
        else if (continues(line))
            extend(line);
        else if (!ascii::is_blank(line.front()) && read_field_line(line, field))
            begin_field(field);
    }

    DeliveryStatus finish() {
        close_field();
        close_group();
        return std::move(status_);
    }

private:
    /// Whether the line belongs to the field in front of it.
    bool continues(std::string_view line) const {
        if (is_reply_line(line)) return open_.name.data() != nullptr;
        if (blank_) return false;
        if (ascii::is_blank(line.front())) return true;
        Field other; // a reply wrapped without the blank in front
        return ascii::iequals(open_.name, "Diagnostic-Code") && !read_field_line(line, other);
    }

    void begin_field(Field field) {
        close_field();
        const bool second = ascii::iequals(field.name, "Final-Recipient") && group_.has(field.name);
        const bool first = begins_recipient(field.name) && !in_recipient_ && speaks_of_mail_;
        if (blank_ || second || first) close_group();
        blank_ = false;
        in_recipient_ = in_recipient_ || begins_recipient(field.name);
        speaks_of_mail_ = speaks_of_mail_ || !is_about_recipient(field.name);
        open_ = field;
    }

    void extend(std::string_view line) {
        if (open_.name.data() == nullptr) return;
        const auto begin = static_cast<std::size_t>(open_.raw.data() - text_.data());
        const auto end = static_cast<std::size_t>(line.data() - text_.data()) + line.size();
        open_.raw = text_.substr(begin, end - begin);
    }

    void close_field() {
        if (open_.name.data() != nullptr && group_.all().size() < max_fields) group_.add(open_);
        open_ = {};
    }

    /// A group that is not about a recipient belongs to what came before it.
    void close_group() {
        if (group_.empty()) return;
        if (in_recipient_) {
            if (status_.recipients.size() < max_recipients)
                status_.recipients.push_back(std::move(group_));
            else
                ++status_.left_out;
        } else {
            Fields& target = status_.recipients.empty() ? status_.message : status_.recipients.back();
            for (const Field& field : group_.all())
                if (target.all().size() < max_fields) target.add(field);
        }
        group_ = {};
        in_recipient_ = false;
        speaks_of_mail_ = false;
    }

    std::string_view text_;
    DeliveryStatus status_;
    Fields group_;
    Field open_;
    bool blank_ = false;
    bool in_recipient_ = false;
    bool speaks_of_mail_ = false;
};

} // namespace

DeliveryStatus read_delivery_status(std::string_view text) {
    Grouper grouper(text);
    Lines lines(text);
    std::string_view line;
    while (lines.next(line))
        grouper.add_line(line);
    return grouper.finish();
}

TypedValue read_typed(std::string_view raw) {
    const std::string value = unfold(raw);
    const std::size_t semicolon = value.find(';');
    if (semicolon == std::string::npos) return {{}, value};
    const std::string_view type = ascii::trim(std::string_view(value).substr(0, semicolon));
    for (const char c : type)
        if (!ascii::is_alnum(c) && c != '-' && c != '_') return {{}, value};
    return {ascii::to_lower(type), std::string(ascii::trim(std::string_view(value).substr(semicolon + 1)))};
}

std::string reply_of_diagnostic(std::string_view raw) {
    std::string out;
    Lines lines(raw);
    std::string_view line;
    bool first = true;
    while (lines.next(line)) {
        line = ascii::trim(line);
        if (line.empty()) continue;
        if (first) {
            const std::size_t semicolon = line.substr(0, 32).find(';');
            const bool typed = semicolon != std::string_view::npos &&
                               line.substr(0, semicolon).find_first_of(" \t.:") == std::string_view::npos;
            if (typed) line = ascii::trim(line.substr(semicolon + 1));
            first = line.empty();
        }
        if (!out.empty()) out += is_reply_line(line) ? '\n' : ' ';
        out += line;
    }
    return out;
}

} // namespace relaytool::mail
