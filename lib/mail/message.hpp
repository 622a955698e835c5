#pragma once

#include "base/result.hpp"
#include "mail/mailbox.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::mail {

/// One header field of a message that is to be sent.
struct HeaderField {
    std::string name;
    std::string raw; ///< what stands behind the colon, folds (CRLF and a blank) included, without the last CRLF

    bool operator==(const HeaderField&) const = default;
};

/// A message that can still be written for more than one server. All line ends are CRLF; the body ends in one
/// unless it is empty.
struct Message {
    std::vector<HeaderField> fields;
    std::string body;

    /// The first field of that name (case ignored), unfolded and trimmed; empty when there is none.
    std::string value(std::string_view name) const;
    bool has(std::string_view name) const;
    /// Puts `raw` in the place of the first field of that name, or behind all fields.
    void set(std::string_view name, std::string raw);
    void remove(std::string_view name);
};

/// Who sends it and who gets it, for the dialogue: addresses without brackets, fit for commands, none twice.
struct Envelope {
    std::string sender; ///< "" is the null sender `<>`
    std::vector<std::string> recipients;

    /// Adds a recipient that is not there yet. Local parts differ by case, domains do not (RFC 5321 section 2.4).
    void add(std::string_view recipient);
};

inline constexpr std::size_t longest_message = 64 * 1024 * 1024; ///< octets
inline constexpr std::size_t longest_header = 256 * 1024;        ///< octets; Exchange takes 64 KiB to 256 KiB
inline constexpr std::size_t max_recipients_of_message = 1000;

/// Cuts a text whose lines end in CRLF into header fields and the rest.
struct Parts {
    std::vector<HeaderField> fields;
    std::size_t body = 0;        ///< offset of the body
    bool has_blank_line = false; ///< false: the body begins with the first line that is no field
};
Parts cut(std::string_view crlf_text);

/// A message from a file, and the envelope that its header names.
struct StoredMessage {
    Message message;
    Envelope envelope;               ///< Sender or else From; To, Cc, Bcc
    std::vector<std::string> broken; ///< entries of these fields that are no addresses
};

/// Reads an existing message (.eml): line ends become CRLF, Bcc and an mbox `From ` line go, all else stays byte
/// for byte. An Error when it has no header, holds a NUL, or is too large.
Result<StoredMessage> read_message(std::string_view bytes);

/// What a message gets when it lacks it.
struct Stamp {
    std::int64_t seconds = 0;   ///< since 1970-01-01 UTC
    std::string message_id; ///< without angle brackets
};

/// Adds Date and Message-ID where they are missing (RFC 5322 section 3.6).
void add_missing(Message& message, const Stamp& stamp);

/// `<random>.relaytool@host` from random octets; a host that is no domain name becomes `localhost`.
std::string make_message_id(std::string_view random, std::string_view host);

enum class Offer { no, yes };

/// What the server offers.
struct Transfer {
    Offer eight_bit = Offer::no; ///< 8BITMIME, RFC 6152
    Offer smtputf8 = Offer::no;  ///< RFC 6531
};

enum class Content { seven_bit, eight_bit }; ///< BODY=7BIT, BODY=8BITMIME
enum class AddressForm { ascii, utf8 };      ///< utf8: MAIL FROM needs SMTPUTF8

/// A message as it goes out. Dots are not doubled.
struct Written {
    std::string octets;
    Content content = Content::seven_bit;
    AddressForm addresses = AddressForm::ascii;
};

/// Writes the message for a server. Header fields that can stay stay as they are; others are encoded (RFC 2047,
/// RFC 2231). A body that the server cannot take (8-bit octets, lines over 998 octets) is recoded when it is a
/// single part. An Error when an address needs SMTPUTF8, or when parts of a multipart need 8BITMIME.
Result<Written> write(const Message& message, Transfer transfer);

} // namespace relaytool::mail
