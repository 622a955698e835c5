#pragma once

#include "base/result.hpp"
#include "mail/mailbox.hpp"
#include "mail/message.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Composing of messages from the options of a command.
namespace relaytool::mail {

struct Attachment {
    std::string name; ///< of the file, UTF-8, without its folder
    std::string type; ///< "application/pdf"; empty: by the name
    std::string bytes;
};

/// A message in its parts. Texts are UTF-8; what is not is taken as Windows-1252.
struct Draft {
    std::vector<Mailbox> from; ///< the first one is the envelope's sender
    std::vector<Mailbox> to;
    std::vector<Mailbox> cc;
    std::vector<Mailbox> bcc; ///< in the envelope only
    std::vector<Mailbox> reply_to;
    std::string subject;
    std::string text; ///< with any line ends
    std::string html; ///< the same in HTML; empty: none
    std::vector<Attachment> attachments;
    std::vector<std::pair<std::string, std::string>> extra; ///< more fields, from read_field_option
    Stamp stamp;
};

inline constexpr std::size_t longest_option = 64 * 1024; ///< octets of a text that goes into one header field

/// Mailboxes given with an option (`--to "Ann <a@example.com>, b@example.com"`). An Error that names the option
/// when one is no address, or when there is a control character in it.
Result<std::vector<Mailbox>> read_mailbox_option(std::string_view option, std::string_view value);

/// A text that goes into a header field (`--subject`): the same text, or an Error when it holds a CR, LF, NUL or
/// another control character.
Result<std::string> read_text_option(std::string_view option, std::string_view value);

/// `Name: value` (`--header`). An Error when it has another form, holds control characters, or names a field that
/// only the tool itself writes (Bcc, Content-Type, Content-Transfer-Encoding, MIME-Version).
Result<std::pair<std::string, std::string>> read_field_option(std::string_view option, std::string_view value);

/// The type that goes with a file's extension: "application/pdf" for `.PDF`; else "application/octet-stream".
std::string_view type_of_file(std::string_view name);

Envelope envelope_of(const Draft& draft);

/// Makes the message, written for a server: text as 8bit where that is offered, else as quoted-printable or
/// base64; text and HTML as multipart/alternative, attachments in a multipart/mixed. An Error when an option's
/// text is not fit for a header, whoever filled the draft.
Result<Message> compose(const Draft& draft, Transfer transfer);

} // namespace relaytool::mail
