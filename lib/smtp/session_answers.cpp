#include "base/ascii.hpp"
#include "smtp/session.hpp"

namespace relaytool::smtp {
namespace {

std::string_view reply_to(Trouble trouble) {
    switch (trouble) {
    case Trouble::none:
    case Trouble::unknown_verb: return "500 5.5.1 Unrecognized command";
    case Trouble::syntax: return "501 5.5.4 Invalid arguments";
    case Trouble::bare_line_feed: return "500 5.5.2 Lines end in CR LF";
    case Trouble::line_too_long: return "500 5.5.6 Line too long";
    case Trouble::hello_first: return "503 5.5.2 Send hello first";
    case Trouble::second_starttls: return "503 5.5.2 Only one STARTTLS command can be issued per session";
    case Trouble::second_auth: return "503 5.5.2 Already authenticated";
    case Trouble::auth_in_mail: return "503 5.5.2 AUTH is not permitted during a mail transaction";
    case Trouble::auth_broken: return "501 5.5.2 Cannot decode response";
    case Trouble::auth_cancelled: return "501 5.7.0 Authentication cancelled";
    case Trouble::nested_mail: return "503 5.5.2 Sender already specified";
    case Trouble::mail_first: return "503 5.5.2 Need mail command";
    case Trouble::rcpt_first: return "503 5.5.2 Need rcpt command";
    case Trouble::bad_sender: return "501 5.1.7 Invalid address";
    case Trouble::bad_recipient: return "501 5.1.3 Invalid address";
    case Trouble::bad_parameter: return "555 5.5.4 Unsupported parameter";
    case Trouble::needs_smtputf8: return "553 5.6.7 The address needs SMTPUTF8";
    case Trouble::too_many_recipients: return "452 4.5.3 Too many recipients";
    case Trouble::message_too_big: return "552 5.3.4 Message size exceeds fixed maximum message size";
    case Trouble::data_in_chunks: return "503 5.5.1 Use BDAT";
    case Trouble::too_many_errors:
        return "421 4.7.0 Too many errors on this connection, closing transmission channel";
    }
    return "500 5.5.1 Unrecognized command";
}

std::string_view reply_to_other(std::string_view line) {
    if (ascii::istarts_with(line, "RSET")) return "250 2.0.0 Resetting";
    if (ascii::istarts_with(line, "QUIT")) return "221 2.0.0 Service closing transmission channel";
    // RFC 5321 section 3.5.3: whether the address exists is not told.
    if (ascii::istarts_with(line, "VRFY")) return "252 2.1.5 Cannot VRFY user";
    if (ascii::istarts_with(line, "HELP"))
        return "214 2.0.0 EHLO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT";
    if (ascii::istarts_with(line, "BDAT")) return "250 2.0.0 Chunk received OK";
    return "250 2.0.0 OK";
}

std::string_view reply_to_step(Step step) {
    switch (step) {
    case Step::connect: return "220 localhost ESMTP";
    case Step::hello: return "250 localhost";
    case Step::starttls: return "220 2.0.0 SMTP server ready";
    case Step::mechanism: return "334 ";
    case Step::auth: return "235 2.7.0 Authentication successful";
    case Step::mail: return "250 2.1.0 Sender OK";
    case Step::rcpt: return "250 2.1.5 Recipient OK";
    case Step::data: return "354 Start mail input; end with <CRLF>.<CRLF>";
    case Step::tls:
    case Step::message:
    case Step::other:
    case Step::trouble: break;
    }
    return "250 2.0.0 OK";
}

} // namespace

Answer standard_answer(const Request& request) {
    std::string_view reply;
    if (request.step == Step::trouble)
        reply = reply_to(request.trouble);
    else if (request.step == Step::other)
        reply = reply_to_other(request.text);
    else
        reply = reply_to_step(request.step);
    Answer answer{.reply = std::string(reply)};
    if (request.trouble == Trouble::too_many_errors) answer.after = After::close;
    return answer;
}

} // namespace relaytool::smtp
