#pragma once

#include "smtp/path.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The server's side of an SMTP connection (RFC 5321, with STARTTLS, AUTH, PIPELINING, SIZE, CHUNKING, DSN
/// and SMTPUTF8) as octets in, actions out: no socket, no clock. What is answered is up to a Policy.
namespace relaytool::smtp {

/// What protects the connection.
enum class Tls {
    none,
    old,     ///< TLS 1.0 or 1.1
    current, ///< TLS 1.2 or newer
};

/// Where a client is when a policy is asked.
enum class Step {
    connect,
    hello, ///< HELO, EHLO
    starttls,
    tls,       ///< the handshake: no policy is asked, but something may go wrong there
    mechanism, ///< AUTH: may this mechanism be used? Yes is `334`
    auth,      ///< the credentials are there
    mail,
    rcpt,
    data,    ///< DATA: yes is `354`
    message, ///< the message is there, in full
    other,   ///< RSET, NOOP, VRFY, HELP, QUIT, and each BDAT but the last
    trouble, ///< what cannot be done: see Trouble
};

/// Why a command was not understood or comes at the wrong time.
enum class Trouble {
    none,
    unknown_verb,
    syntax,
    bare_line_feed, ///< a line that does not end in CR LF
    line_too_long,
    hello_first,
    second_starttls,
    second_auth,
    auth_in_mail,
    auth_broken,    ///< no base64, or not what the mechanism wants
    auth_cancelled, ///< `*`, RFC 4954 section 4
    nested_mail,
    mail_first,
    rcpt_first,
    bad_sender,
    bad_recipient,
    bad_parameter,
    needs_smtputf8,
    too_many_recipients,
    message_too_big,
    data_in_chunks, ///< DATA behind BDAT, or for BODY=BINARYMIME (RFC 3030)
    too_many_errors,
};

/// How a client says who it is.
struct Credentials {
    std::string mechanism; ///< "LOGIN", "PLAIN", "XOAUTH2"
    std::string login;
    std::string password; ///< empty for XOAUTH2
    std::string token;    ///< of XOAUTH2
};

/// What is known of the client.
struct State {
    std::string client; ///< its IP address
    std::string name;   ///< as it called itself in HELO or EHLO; empty before
    Tls tls = Tls::none;
    std::string login;       ///< who it has proved to be; empty before
    std::string login_error; ///< the reply to the last AUTH that failed
    std::size_t login_errors = 0;
    std::optional<Path> sender; ///< between MAIL and the end of the mail
    std::vector<Path> recipients;
    std::string last_refusal; ///< the last reply of 4xx or 5xx
    std::size_t mails = 0;    ///< that came in full, accepted or refused
};

/// What a policy is asked.
struct Request {
    Step step = Step::connect;
    /// hello: the name; mechanism: its name; mail, rcpt: the address; message: its octets; other, trouble:
    /// the line.
    std::string_view text = {};
    Trouble trouble = Trouble::none;
    const Credentials* credentials = nullptr; ///< auth
    const Path* path = nullptr;               ///< mail, rcpt
    bool is_extended = false;                 ///< hello: EHLO
};

/// What happens behind a reply.
enum class After {
    go_on,
    close,
    hang,  ///< nothing is ever said again
    drop,  ///< the connection is closed instead of the reply
    stall, ///< `hang` without the reply
};

struct Answer {
    /// The code and the text. Further lines, each behind '\n', carry no code: they get that of the first.
    std::string reply;
    std::chrono::milliseconds delay{0}; ///< before the reply
    After after = After::go_on;
    /// To a token: what is sent as a challenge before the refusal, which comes when the client has answered
    /// it (RFC 7628 section 3.2.3); empty: the refusal comes at once.
    std::string challenge = {};

    /// 2xx or 3xx.
    bool is_yes() const { return !reply.empty() && (reply.front() == '2' || reply.front() == '3'); }
};

/// What a server answers. One object for one connection.
class Policy {
public:
    virtual ~Policy() = default;
    virtual Answer answer(const State& state, const Request& request) = 0;
};

/// The answer in the words of the standards to whatever is not refused, and to all troubles.
Answer standard_answer(const Request& request);

/// A mail that came in full.
struct Mail {
    std::string client;
    std::string login; ///< empty: anonymous
    std::string helo;
    Path sender;
    std::vector<Path> recipients;
    std::string octets; ///< as sent, without the stuffed dots; empty when it was refused
    std::string reply;  ///< what the client was told
    bool is_accepted = false;
};

/// What the one who holds the connection has to do, in order.
struct Action {
    enum class What {
        send,      ///< wait for `delay`, send `octets`
        start_tls, ///< take the handshake, then call Session::tls_started()
        close,
        stall,   ///< keep the connection, and say nothing more
        message, ///< a mail was accepted or refused: `mail`
    };
    What what = What::send;
    std::chrono::milliseconds delay{0};
    std::string octets = {};
    std::optional<Mail> mail = {};
};

/// How much one client may send.
struct SessionLimits {
    std::size_t message = 157'286'400; ///< octets
    std::size_t line = 12'290;         ///< octets of a command, or of a response to AUTH (RFC 4954 section 4)
    std::size_t recipients = 1000;
    std::size_t errors = 20; ///< commands that are not understood, then the connection ends
};

class Session {
public:
    /// `policy` must outlive the session. `client` is the IP address of the client.
    Session(Policy& policy, std::string client, SessionLimits limits = {});

    /// The connection is there: the greeting. To be called first.
    void connected();
    /// Octets from the client. After start_tls nothing may come before tls_started(); what came with the
    /// STARTTLS command, behind it, is thrown away (RFC 3207 section 4.2).
    void receive(std::string_view octets);
    /// The handshake is done. The client has to start anew with EHLO.
    void tls_started(Tls tls);

    /// What is to be done now; the list is empty afterwards.
    std::vector<Action> take();

    const State& state() const { return state_; }

private:
    enum class Mode {
        command,
        login_name,
        login_password,
        plain,
        xoauth2,
        refused,
        data,
        chunk,
        handshake,
        ended
    };
    /// Where in a line of DATA the last octet was.
    enum class Place { start, dot, dot_cr, text, cr };

    // session.cpp
    Answer ask(const Request& request);
    /// Sends the policy's answer. True when it was yes and the dialogue goes on.
    bool say(const Answer& answer);
    void complain(Trouble trouble, std::string_view line = {});
    void end(Action::What what);
    std::size_t take_line(std::string_view octets);
    std::size_t take_data(std::string_view octets);
    std::size_t take_chunk(std::string_view octets);
    void keep(std::string_view octets);
    void message_complete();
    void forget_mail();

    // session_commands.cpp
    void on_line(std::string_view line);
    void on_command(std::string_view line);
    void on_hello(std::string_view name, bool is_extended);
    void on_starttls(std::string_view argument);
    void on_mail(std::string_view argument);
    void on_rcpt(std::string_view argument);
    void on_data(std::string_view argument);
    void on_bdat(std::string_view argument);
    void on_other(std::string_view verb, std::string_view line);

    // session_auth.cpp
    void on_auth(std::string_view argument);
    void on_response(std::string_view line);
    void on_login_name(std::string_view octets);
    void on_plain(std::string_view octets);
    void on_xoauth2(std::string_view octets);
    void challenge(Mode mode, std::string_view words);
    void judge();

    Policy& policy_;
    SessionLimits limits_;
    State state_;
    std::vector<Action> actions_;
    Mode mode_ = Mode::command;
    std::string line_;         ///< the part of a line that came
    bool is_too_long_ = false; ///< the rest of this line is skipped
    Credentials credentials_;
    Answer refusal_;          ///< waits until its challenge is answered
    std::string octets_;      ///< of the message
    bool is_too_big_ = false; ///< the rest of the message is skipped
    Place place_ = Place::start;
    std::uint64_t chunk_left_ = 0;
    bool is_last_chunk_ = false;
    bool is_chunk_refused_ = false;
    bool has_chunks_ = false;
    std::size_t errors_ = 0;
};

} // namespace relaytool::smtp
