#pragma once

#include "base/result.hpp"
#include "sasl/mechanism.hpp"
#include "smtp/capabilities.hpp"
#include "smtp/channel.hpp"
#include "smtp/connector.hpp"
#include "smtp/reply.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace relaytool::smtp {

/// What became of a message, or of it for one recipient.
enum class Fate {
    accepted, ///< the server answers for it now
    refused,  ///< the server said no
    partly,   ///< accepted for some recipients
    unknown,  ///< the connection was lost after the end of the message: it may or may not arrive
    not_sent, ///< it did not come to the message
    stopped,  ///< as asked: --quit-after
};

/// "accepted", "refused", "partly", "unknown", "not-sent", "stopped".
std::string_view to_string(Fate fate);

/// What kept us from going on although the server had said nothing against it.
enum class Obstacle {
    none,
    auth_not_offered,      ///< a login was given, and the server offers no AUTH
    mechanism_not_offered, ///< it offers others than the one asked for, or than those that fit the secret
    login_without_tls,     ///< a login was given, the connection is not protected, and that was not asked for
    token_unfit,           ///< the token is for another service, or over: it was not sent
    too_big,               ///< larger than the server's SIZE
    smtputf8_not_offered,  ///< an address is not ASCII
    message,               ///< the message cannot be written for this server
};

struct RecipientOutcome {
    std::string address;
    Fate fate = Fate::not_sent;
    Reply reply; ///< to RCPT, or to the end of the message; code 0 when none came
};

/// When each step was over, since the attempt began; zero for one that was not reached.
struct Times {
    std::chrono::microseconds connected{0};
    std::chrono::microseconds secured{0}; ///< TLS made
    std::chrono::microseconds ready{0};   ///< the last EHLO answered
    std::chrono::microseconds logged_in{0};
    std::chrono::microseconds enveloped{0}; ///< all RCPT answered
    std::chrono::microseconds ended{0};     ///< the fate known
};

/// All facts about one attempt.
struct Outcome {
    Fate fate = Fate::not_sent;
    Stage stage = Stage::connect; ///< how far it came
    bool end_of_message = false;  ///< in stage data: the whole message was sent
    std::vector<RecipientOutcome> recipients;
    Reply reply;                  ///< the one that decided; code 0 when none did
    std::optional<Broken> broken; ///< when the connection decided
    Obstacle obstacle = Obstacle::none;
    std::string obstacle_detail;
    std::string token_refusal; ///< what the server said against a token before it refused: JSON, or ""

    Reply greeting;
    Capabilities before_tls;
    Capabilities now; ///< those in force: after TLS, or the only ones
    TlsFacts tls;
    std::string address; ///< of the server
    std::optional<sasl::Mechanism> mechanism;
    Times times;
    std::string queue_id; ///< the server's name for the message, as far as its words tell

    bool went_wrong() const { return fate != Fate::accepted && fate != Fate::stopped; }
};

/// The id in the answer to the end of a message: `queued as 4Xq…`, `OK id=1abc-…`, `2.0.0 <id> Message
/// accepted`,
/// `[InternalId=…]`, `OK <message-id> [Hostname=…]`. Else empty.
std::string queue_id_of(std::string_view reply_text);

} // namespace relaytool::smtp
