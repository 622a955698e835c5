#include "mail/pickup.hpp"

#include "base/ascii.hpp"
#include "base/encoding.hpp"
#include "mail/address.hpp"
#include "mail/field_writer.hpp"
#include "mail/fields.hpp"
#include "mail/mime.hpp"
#include "mail/text.hpp"

#include <algorithm>
#include <optional>

namespace relaytool::mail {
namespace {

using Refused = tl::unexpected<PickupRefusal>;

bool is_sender_line(const HeaderField& field) {
    return ascii::iequals(field.name, "x-sender");
}

bool is_receiver_line(const HeaderField& field) {
    return ascii::iequals(field.name, "x-receiver");
}

bool is_recipient_field(const HeaderField& field) {
    return ascii::iequals(field.name, "To") || ascii::iequals(field.name, "Cc") ||
           ascii::iequals(field.name, "Bcc");
}

bool is_ascii(std::string_view text) {
    return encoding::ascii_length(text) == text.size();
}

/// Parameters of Exchange's replay files behind an address: `NOTIFY=NEVER ORcpt=rfc822;…`.
bool is_parameter(std::string_view text) {
    const std::size_t equals = text.find('=');
    return equals != std::string_view::npos && equals > 0 &&
           std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(equals), ascii::is_alpha);
}

/// `user@example.com` or `<user@example.com>` of an envelope line; nothing when it is neither.
std::optional<std::string> envelope_address(std::string_view value) {
    const bool is_bracketed = value.starts_with('<');
    const std::size_t end = is_bracketed ? value.find('>') : value.find(' ');
    if (is_bracketed && end == std::string_view::npos) return std::nullopt;
    const std::string_view address = value.substr(is_bracketed ? 1 : 0, is_bracketed ? end - 1 : end);
    const std::size_t behind = std::min(value.size(), is_bracketed ? end + 1 : end);
    const std::string_view rest = ascii::trim(value.substr(behind));
    if (!rest.empty() && !is_parameter(rest)) return std::nullopt;
    if (is_bracketed && address.empty()) return std::string{};
    if (!is_envelope_address(address)) return std::nullopt;
    return std::string(address);
}

/// Makes one mail of one file.
class Reader {
public:
    tl::expected<Pickup, PickupRefusal> run(std::string_view bytes) {
        if (bytes.size() > longest_message) return refuse(PickupFault::too_big);
        const std::string text = as_text(bytes);
        if (text.find('\0') != std::string::npos) return refuse(PickupFault::nul);
        if (ascii::trim(text).empty()) return refuse(PickupFault::empty, bad_pickup_file);
        Parts parts = cut(text);
        if (parts.body > longest_header) return refuse(PickupFault::header_too_big);
        if (parts.fields.empty()) return refuse(PickupFault::no_header, bad_pickup_file);
        decode_header_text(parts.fields);
        take_envelope_lines(parts.fields);
        pickup_.message.fields = std::move(parts.fields);
        pickup_.message.body = text.substr(parts.body);
        if (!parts.has_blank_line && !pickup_.message.body.empty()) note(Note::no_blank_line);
        if (auto refusal = find_sender()) return Refused(*std::move(refusal));
        if (auto refusal = find_recipients()) return Refused(*std::move(refusal));
        note_dots();
        declare_charset();
        return std::move(pickup_);
    }

private:
    static Refused refuse(PickupFault fault, std::uint32_t iis_error = 0) {
        return Refused(PickupRefusal{fault, iis_error, {}});
    }

    void note(Note found) {
        if (std::find(pickup_.notes.begin(), pickup_.notes.end(), found) == pickup_.notes.end())
            pickup_.notes.push_back(found);
    }

    /// Notepad's encodings are made plain, and so are line ends.
    std::string as_text(std::string_view bytes) {
        const std::string plain = encoding::decode_text_file(bytes);
        is_converted_ = plain.size() != bytes.size();
        if (is_converted_) note(bytes.starts_with("\xEF\xBB\xBF") ? Note::byte_order_mark : Note::utf16);
        LineEnds ends;
        std::string text = to_crlf(plain, ends);
        if (ends.bare_lf > 0) note(Note::bare_line_feed);
        if (ends.bare_cr > 0) note(Note::bare_carriage_return);
        return text;
    }

    void decode_header_text(std::vector<HeaderField>& fields) {
        for (HeaderField& field : fields) {
            if (is_ascii(field.raw)) continue;
            if (!is_converted_) note(Note::charset_guessed);
            field.raw = encoding::to_utf8(field.raw, {});
        }
    }

    /// Keeps the envelope lines in front, and takes all of them out of the header.
    void take_envelope_lines(std::vector<HeaderField>& fields) {
        bool in_front = true;
        for (const HeaderField& field : fields) {
            if (!is_sender_line(field) && !is_receiver_line(field))
                in_front = false;
            else if (!in_front)
                note(Note::late_envelope_line);
            else if (is_receiver_line(field))
                receivers_.push_back(unfold(field.raw));
            else if (!sender_)
                sender_ = unfold(field.raw);
        }
        std::erase_if(fields, [](const HeaderField& f) { return is_sender_line(f) || is_receiver_line(f); });
    }

    std::optional<PickupRefusal> find_sender() {
        if (sender_) {
            const std::optional<std::string> address = envelope_address(*sender_);
            if (!address) return PickupRefusal{PickupFault::bad_sender, bad_pickup_file, *sender_};
            pickup_.envelope.sender = *address;
        } else if (auto refusal = sender_of_header()) {
            return refusal;
        }
        if (pickup_.message.value("From").empty() && !pickup_.envelope.sender.empty()) {
            pickup_.message.set("From", " " + pickup_.envelope.sender);
            note(Note::from_added);
        }
        return std::nullopt;
    }

    /// KB Q201314: Sender wins over From.
    std::optional<PickupRefusal> sender_of_header() {
        const std::string_view name = pickup_.message.value("Sender").empty() ? "From" : "Sender";
        const std::string value = pickup_.message.value(name);
        if (value.empty()) return PickupRefusal{PickupFault::no_sender, bad_pickup_file, {}};
        const MailboxList list = read_mailboxes(value);
        if (list.mailboxes.empty()) return PickupRefusal{PickupFault::bad_sender, bad_pickup_file, value};
        if (list.mailboxes.size() > 1) note(Note::several_senders);
        pickup_.envelope.sender = list.mailboxes.front().address;
        return std::nullopt;
    }

    std::optional<PickupRefusal> find_recipients() {
        auto refusal = receivers_.empty() ? recipients_of_header() : recipients_of_lines();
        if (refusal) return refusal;
        if (pickup_.message.has("Bcc")) note(Note::bcc_removed);
        pickup_.message.remove("Bcc");
        if (pickup_.envelope.recipients.empty()) return PickupRefusal{PickupFault::no_recipients, 0, {}};
        return std::nullopt;
    }

    std::optional<PickupRefusal> recipients_of_lines() {
        for (const std::string& value : receivers_) {
            const std::optional<std::string> address = envelope_address(value);
            if (!address || address->empty()) return PickupRefusal{PickupFault::bad_recipient, 0, value};
            if (auto refusal = add_recipient(*address)) return refusal;
        }
        return std::nullopt;
    }

    std::optional<PickupRefusal> recipients_of_header() {
        for (const HeaderField& field : pickup_.message.fields) {
            if (!is_recipient_field(field)) continue;
            const MailboxList list = read_mailboxes(field.raw);
            if (!list.broken.empty())
                return PickupRefusal{PickupFault::bad_recipient, 0, list.broken.front()};
            for (const Mailbox& mailbox : list.mailboxes)
                if (auto refusal = add_recipient(mailbox.address)) return refusal;
        }
        return std::nullopt;
    }

    std::optional<PickupRefusal> add_recipient(std::string_view address) {
        const std::size_t before = pickup_.envelope.recipients.size();
        pickup_.envelope.add(address);
        if (pickup_.envelope.recipients.size() == before) note(Note::duplicate_recipient);
        if (pickup_.envelope.recipients.size() <= max_recipients_of_message) return std::nullopt;
        return PickupRefusal{PickupFault::too_many_recipients, 0, {}};
    }

    void note_dots() {
        Lines lines(pickup_.message.body);
        std::string_view line;
        while (lines.next(line)) {
            if (!line.starts_with('.')) continue;
            note(line.size() == 1 ? Note::lone_dot : Note::leading_dot);
        }
    }

    /// 8-bit text that says nothing about itself becomes UTF-8 that does; so does text that was converted and
    /// still names its old charset.
    void declare_charset() {
        Message& message = pickup_.message;
        if (is_ascii(message.body)) return;
        Parameterised type = read_parameterised(message.value("Content-Type"));
        if (!type.value.empty() && !type.value.starts_with("text/")) return;
        const bool is_declared = !type.parameter("charset").empty();
        if (is_declared && !is_converted_) return;
        if (!is_converted_) note(Note::charset_guessed);
        message.body = encoding::to_utf8(message.body, is_converted_ ? "utf-8" : "");
        std::erase_if(type.parameters, [](const auto& parameter) { return parameter.first == "charset"; });
        type.parameters.insert(type.parameters.begin(), {"charset", "utf-8"});
        message.set("MIME-Version", " 1.0");
        message.set("Content-Type",
                    write_parameterised("Content-Type", type.value.empty() ? "text/plain" : type.value,
                                        type.parameters));
        message.set("Content-Transfer-Encoding", " 8bit");
        note(Note::mime_added);
    }

    Pickup pickup_;
    std::optional<std::string> sender_; ///< of x-sender
    std::vector<std::string> receivers_;
    bool is_converted_ = false; ///< the text is UTF-8 for sure
};

} // namespace

std::string_view to_string(Note note) {
    switch (note) {
    case Note::no_blank_line: return "no-blank-line";
    case Note::bare_line_feed: return "bare-line-feed";
    case Note::bare_carriage_return: return "bare-carriage-return";
    case Note::lone_dot: return "lone-dot";
    case Note::leading_dot: return "leading-dot";
    case Note::utf16: return "utf-16";
    case Note::byte_order_mark: return "byte-order-mark";
    case Note::charset_guessed: return "charset-guessed";
    case Note::mime_added: return "mime-added";
    case Note::bcc_removed: return "bcc-removed";
    case Note::late_envelope_line: return "late-envelope-line";
    case Note::several_senders: return "several-senders";
    case Note::from_added: return "from-added";
    case Note::duplicate_recipient: return "duplicate-recipient";
    }
    return "";
}

tl::expected<Pickup, PickupRefusal> read_pickup(std::string_view bytes) {
    return Reader().run(bytes);
}

Result<std::string> write_pickup(const Envelope& envelope, const Message& message) {
    std::string out;
    const auto add = [&out](std::string_view name, const std::string& address) -> Result<void> {
        const bool is_null = address.empty() && name == "x-sender";
        if (!is_null && (!is_envelope_address(address) || !is_ascii(address)))
            return tl::unexpected(Error{address, "this address cannot stand in a pickup file"});
        out.append(name).append(": ").append(is_null ? "<>" : address).append("\r\n");
        return {};
    };
    if (const auto added = add("x-sender", envelope.sender); !added) return tl::unexpected(added.error());
    for (const std::string& recipient : envelope.recipients)
        if (const auto added = add("x-receiver", recipient); !added) return tl::unexpected(added.error());
    const Result<Written> written = write(message, {Offer::yes, Offer::no});
    if (!written) return tl::unexpected(written.error());
    return out + written->octets;
}

} // namespace relaytool::mail
