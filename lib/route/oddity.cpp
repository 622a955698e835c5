#include "route/oddity.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "mail/address.hpp"
#include "mail/date.hpp"
#include "mail/text.hpp"
#include "route/carrier.hpp"
#include "route/look_alike.hpp"

#include <algorithm>
#include <iterator>

namespace relaytool::route {
namespace {

constexpr std::size_t longest_line = 998; ///< octets, RFC 5322 section 2.1.1
constexpr std::size_t shown = 120;        ///< octets of an odd value that are kept

// Fields that may be there once, RFC 5322 section 3.6.
constexpr std::string_view single_fields[] = {"Date", "From",       "Sender",      "Reply-To",   "To",
                                              "Cc",   "Message-ID", "In-Reply-To", "References", "Subject"};

class Finder {
public:
    Finder(std::string_view header, const mail::Fields& fields, const People& people)
        : header_(header), fields_(fields), people_(people) {}

    std::vector<OddField> find() {
        check_presence();
        check_date();
        check_people();
        check_lines();
        check_domains();
        return std::move(found_);
    }

private:
    void add(Oddity oddity, std::string_view field, std::string_view value = {},
             std::string_view other = {}) {
        if (found_.size() < max_oddities)
            found_.push_back(
                {oddity, std::string(field), std::string(value.substr(0, shown)), std::string(other)});
    }

    void check_presence() {
        for (const std::string_view name : {"Date", "From"})
            if (!fields_.has(name)) add(Oddity::missing, name);
        if (!fields_.has("Message-ID")) add(Oddity::missing_id, "Message-ID");
        std::size_t counts[std::size(single_fields)] = {};
        for (const mail::Field& field : fields_.all())
            for (std::size_t i = 0; i < std::size(single_fields); ++i)
                if (ascii::iequals(field.name, single_fields[i])) ++counts[i];
        for (std::size_t i = 0; i < std::size(single_fields); ++i)
            if (counts[i] > 1) add(Oddity::duplicate, single_fields[i], std::to_string(counts[i]));
    }

    void check_date() {
        const std::string date = fields_.value("Date");
        if (fields_.has("Date") && !mail::read_date(date)) add(Oddity::bad_date, "Date", date);
    }

    void check_people() {
        if (fields_.has("From") && people_.from.empty())
            add(Oddity::no_address, "From", fields_.value("From"));
        if (people_.from.size() > 1) add(Oddity::several_from, "From", std::to_string(people_.from.size()));
        for (const mail::Mailbox& mailbox : people_.from) {
            const std::string_view seen = mail::find_address(mailbox.name);
            if (!seen.empty() && !same_organisation(mail::domain_of(seen), mail::domain_of(mailbox.address)))
                add(Oddity::name_address, "From", seen, mailbox.address);
        }
        if (people_.from.empty()) return;
        const std::string_view from = mail::domain_of(people_.from.front().address);
        for (const mail::Mailbox& mailbox : people_.reply_to)
            if (!same_organisation(mail::domain_of(mailbox.address), from))
                add(Oddity::reply_elsewhere, "Reply-To", mailbox.address, people_.from.front().address);
    }

    void check_lines() {
        std::string_view field; // that the line belongs to
        std::string_view reported;
        std::string_view line;
        mail::Lines lines(header_);
        while (lines.next(line)) {
            mail::Field start;
            if (!line.empty() && !ascii::is_blank(line.front()) && mail::read_field_line(line, start))
                field = start.name;
            if (line.size() > longest_line) add(Oddity::long_line, field, std::to_string(line.size()));
            const bool is_raw = encoding::ascii_length(line) != line.size();
            if (is_raw && reported != field) {
                add(Oddity::raw_octets, field, line, encoding::is_utf8(line) ? "UTF-8" : "");
                reported = field;
            }
        }
    }

    void check_domains() {
        if (people_.from.empty()) return;
        const std::string_view from = mail::domain_of(people_.from.front().address);
        if (has_mixed_script(from)) add(Oddity::mixed_script, "From", from);
        for (const mail::Mailbox& mailbox : people_.reply_to) {
            const std::string_view reply = mail::domain_of(mailbox.address);
            if (has_mixed_script(reply)) add(Oddity::mixed_script, "Reply-To", reply);
            if (look_alike(reply, from)) add(Oddity::look_alike, "Reply-To", reply, from);
        }
        for (const mail::Mailbox& mailbox : people_.to) {
            const std::string_view to = mail::domain_of(mailbox.address);
            if (!look_alike(from, to)) continue;
            add(Oddity::look_alike, "From", from, to);
            return;
        }
    }

    std::string_view header_;
    const mail::Fields& fields_;
    const People& people_;
    std::vector<OddField> found_;
};

} // namespace

std::string_view to_string(Oddity oddity) {
    switch (oddity) {
    case Oddity::missing: return "missing";
    case Oddity::missing_id: return "missing-id";
    case Oddity::duplicate: return "duplicate";
    case Oddity::bad_date: return "bad-date";
    case Oddity::several_from: return "several-from";
    case Oddity::no_address: return "no-address";
    case Oddity::long_line: return "long-line";
    case Oddity::raw_octets: return "raw-octets";
    case Oddity::name_address: return "name-address";
    case Oddity::reply_elsewhere: return "reply-elsewhere";
    case Oddity::mixed_script: return "mixed-script";
    case Oddity::look_alike: return "look-alike";
    }
    return "";
}

std::vector<OddField> find_oddities(std::string_view header, const mail::Fields& fields,
                                    const People& people) {
    return Finder(header, fields, people).find();
}

} // namespace relaytool::route
