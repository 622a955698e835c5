#pragma once

#include "mail/message.hpp"
#include "smtp/capabilities.hpp"
#include "smtp/connector.hpp"
#include "smtp/dialogue.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace relaytool::smtp {

/// A message that is sent many times, each with a number of its own in it.
class NumberedMessage {
public:
    static constexpr std::string_view mark = "0000000000"; ///< what the number takes the place of

    /// `octets` as for DATA, before dots are doubled. The first `mark` in it becomes the number.
    explicit NumberedMessage(std::string_view octets);

    /// The message with its number, dots doubled, the final dot behind it. Valid until the next call.
    std::string_view number(std::uint64_t value);

private:
    std::string stuffed_;
    std::size_t at_;
};

/// What became of one message of a volley.
struct Shot {
    std::chrono::microseconds took{0}; ///< from its MAIL to the answer to its end
    Reply reply;                       ///< the one that decided
    bool accepted = false;
};

/// When the next message is asked for.
enum class Pace {
    ahead,      ///< before the answer to the one before: it is there at once
    one_by_one, ///< after it: asking may take its time
};

/// Many messages over one connection. Where the server offers PIPELINING, the end of one message, and MAIL,
/// RCPT and DATA of the next one travel together (RFC 2920 section 3.1): one round trip a message.
class Volley {
public:
    Volley(Dialogue& dialogue, const Capabilities& offered, const Patience& patience, mail::Envelope envelope,
           Pace pace);

    /// Sends messages as long as `next` gives numbers; `done` is told of each. A message in flight when the
    /// connection breaks is not counted, unless it was refused before: nobody knows what became of it.
    Spoken<void> fire(NumberedMessage& message, const std::function<std::optional<std::uint64_t>()>& next,
                      const std::function<void(const Shot&)>& done);

private:
    /// What the server said to MAIL and RCPT.
    struct Envelope {
        std::optional<Reply> refusal; ///< the first one
        bool has_recipient = false;   ///< somebody would get the message
    };

    void queue_envelope();
    Spoken<Envelope> hear_envelope();
    Spoken<Reply> start_data();
    Spoken<void> give_up(bool data_open);
    std::chrono::microseconds now() const { return dialogue_.transcript().elapsed(); }

    Dialogue& dialogue_;
    bool pipelining_;
    bool ahead_; ///< the next envelope goes out with the end of the message before
    Patience patience_;
    mail::Envelope envelope_;
};

} // namespace relaytool::smtp
