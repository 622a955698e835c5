#pragma once

#include "mail/message.hpp"

#include <tl/expected.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The text files that programs put into the Pickup folder of IIS SMTP.
namespace relaytool::mail {

/// What was not quite right in a file and has been mended, each kind once.
enum class Note {
    no_blank_line,        ///< the text begins right behind the header, as in Microsoft's own sample
    bare_line_feed,       ///< lines end in LF
    bare_carriage_return, ///< lines end in CR
    lone_dot,             ///< a line that is only a dot: old IIS ends the message there (KB Q221384)
    leading_dot,          ///< lines that begin with a dot: old IIS takes it away
    utf16,                ///< saved as "Unicode"
    byte_order_mark,      ///< saved as UTF-8 with a mark
    charset_guessed,      ///< 8-bit text that names no charset: UTF-8 when it is valid, else Windows-1252
    mime_added,           ///< Content-Type and what belongs to it
    bcc_removed,          ///< Bcc was there; its recipients get the mail all the same
    late_envelope_line,   ///< x-sender or x-receiver behind other fields: it does not count and is taken out
    several_senders,      ///< more than one address in From, and no Sender: the first one counts
    from_added,           ///< a sender is there, but no From
    duplicate_recipient,  ///< somebody is named twice
};

/// "no-blank-line", "bare-line-feed", …: for JSON.
std::string_view to_string(Note note);

/// A file that IIS would take.
struct Pickup {
    Envelope envelope;
    Message message; ///< without x-sender, x-receiver and Bcc; Date and Message-ID may be missing
    std::vector<Note> notes;
};

/// Why a file is refused.
enum class PickupFault {
    empty,               ///< there is nothing in it
    too_big,             ///< larger than 64 MiB
    header_too_big,      ///< its header is larger than 256 KiB
    nul,                 ///< it holds a NUL: no text
    no_header,           ///< it does not begin with a header field
    no_sender,           ///< neither x-sender nor Sender nor From
    bad_sender,          ///< these hold no usable address
    no_recipients,       ///< neither x-receiver nor To, Cc, Bcc
    bad_recipient,       ///< one of them is no address
    too_many_recipients, ///< more than 1000
};

struct PickupRefusal {
    PickupFault fault = PickupFault::empty;
    std::uint32_t iis_error = 0; ///< what IIS writes into the .BDR file, 0 when that is not known
    std::string detail;          ///< what stands there instead of an address, as written
};

/// The code of IIS for a file it can make no mail of (KB Q319285).
inline constexpr std::uint32_t bad_pickup_file = 0xC00402CE;

/// Reads a pickup file as IIS does: `x-sender` and `x-receiver` lines in front win (KB Q201314), else Sender,
/// else From, and To, Cc, Bcc. Text of Notepad in any of its encodings becomes UTF-8. Never fails otherwise.
tl::expected<Pickup, PickupRefusal> read_pickup(std::string_view bytes);

/// A file that IIS reads as that envelope and message: `x-sender` and `x-receiver` lines, then the message as
/// for a server with 8BITMIME. An Error when an address is not ASCII: pickup files have no SMTPUTF8.
Result<std::string> write_pickup(const Envelope& envelope, const Message& message);

} // namespace relaytool::mail
