#pragma once

#include "mail/message.hpp"
#include "smtp/connector.hpp"
#include "smtp/dialogue.hpp"
#include "smtp/dsn_request.hpp"
#include "smtp/login.hpp"
#include "smtp/outcome.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::smtp {

/// The last step to take. `message` is all of them.
enum class StopAfter { connect, helo, tls, auth, mail, rcpt, data, message };

/// One message, and how to hand it over.
struct Delivery {
    mail::Envelope envelope;
    DsnRequest dsn;
    StopAfter last = StopAfter::message;
    /// Writes the message for what this server can take.
    std::function<Result<mail::Written>(mail::Transfer)> write;
};

/// The client's end of one connection: open(), login(), send() any number of times, quit(). Each fills
/// `outcome` and tells whether there is more to do.
class Client {
public:
    Client(Connector& connector, const Target& target, Transcript& transcript);

    /// Connects, reads the greeting, says EHLO, makes TLS (RFC 5321 section 3.1, RFC 3207).
    bool open(StopAfter last, const Login& credentials);

    /// RFC 4954.
    bool login(const Login& credentials);

    /// Begins the list of recipients: nothing is known of them yet.
    void name_recipients(const mail::Envelope& envelope);

    /// MAIL, RCPT, DATA or BDAT, and the message (RFC 5321 section 3.3, RFC 3030).
    void send(const Delivery& delivery);

    /// The dialogue after login(), for whoever has more to say than one message; null when there is none.
    Dialogue* dialogue() { return channel_ ? &*dialogue_ : nullptr; }

    /// Says goodbye, when the connection still serves.
    void quit();

    Outcome outcome;

private:
    bool hello(StopAfter last);
    void take_opening();
    void note_times();
    bool fail(Broken broken);
    bool refuse(Reply reply);
    bool hinder(Obstacle obstacle, std::string detail = {});
    bool envelope(const Delivery& delivery, const mail::Written& message);
    bool recipients(const Delivery& delivery);
    bool prepare(const mail::Written& message, const mail::Envelope& envelope);
    Spoken<Reply> transfer(const mail::Written& message);
    void finish(const Reply& reply);

    Connector& connector_;
    Target target_;
    Transcript& transcript_;
    std::unique_ptr<Channel> channel_;
    std::optional<Dialogue> dialogue_;
    bool pipelined_ = false; ///< RCPT commands went out together with MAIL
    bool logged_in_ = false; ///< by the edge, with a mechanism that libcurl speaks
};

/// The whole of it for one message.
Outcome deliver(Connector& connector, const Target& target, const Login& credentials,
                const Delivery& delivery, Transcript& transcript);

/// `message` ready for DATA: every line ends in CRLF, whatever ended it, leading dots are doubled, and the
/// final dot stands on its own line (RFC 5321 sections 2.3.8 and 4.5.2).
std::string dot_stuffed(std::string_view message);

} // namespace relaytool::smtp
