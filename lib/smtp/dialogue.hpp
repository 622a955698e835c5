#pragma once

#include "smtp/channel.hpp"
#include "smtp/reply.hpp"
#include "smtp/transcript.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace relaytool::smtp {

/// The client's end of one SMTP connection: lines out, replies in, everything in the transcript.
class Dialogue {
public:
    static constexpr std::size_t longest_reply_line = 64 * 1024; ///< RFC 5321 section 4.5.3.1.5 says 512
    static constexpr std::size_t longest_reply = 256 * 1024;     ///< all lines of one reply

    Dialogue(Channel& channel, Transcript& transcript, Wire wire);

    /// Queues one command; it goes out with the next flush() or reply(), so that commands queued together
    /// travel together (RFC 2920). `line` comes without a line end and holds none: what is behind a CR, LF or
    /// NUL is not sent. `shown` stands in the transcript instead of a line with a secret in it.
    void queue(std::string_view line, std::string_view shown = {});

    /// Queues octets as they are; the transcript gets `shown`, when there is any.
    void queue_raw(std::string_view octets, std::string_view shown = {});

    /// Sends what is queued.
    Spoken<void> flush(std::chrono::milliseconds limit);

    /// Sends what is queued and waits for one reply (RFC 5321 section 4.2), its lines joined by '\n' in
    /// `text`. Break::not_smtp when what comes is none, or larger than the limits above. `limit` is for the
    /// whole reply.
    Spoken<Reply> reply(std::chrono::milliseconds limit);

    /// queue() and reply().
    Spoken<Reply> ask(std::string_view line, std::chrono::milliseconds limit, std::string_view shown = {});

    Transcript& transcript() { return transcript_; }
    Wire wire() const { return wire_; }

private:
    Spoken<std::string> line(std::chrono::microseconds deadline);
    Spoken<void> broke(Broken broken);

    Channel& channel_;
    Transcript& transcript_;
    Wire wire_;
    std::string out_;
    std::string in_;
    std::size_t at_ = 0; ///< of what was not read yet in in_
};

/// A reply taken as it is, from its lines joined by '\n': code and status at the start of the first one.
/// Unlike read_reply() it does not look for replies inside the text.
Reply plain_reply(std::string text);

/// 2yz: what was asked for is done (RFC 5321 section 4.2.1).
bool is_positive(const Reply& reply);

/// Whether `line` begins as a line of a reply does: three digits, then a blank, a hyphen or the end.
bool is_reply_line(std::string_view line);

} // namespace relaytool::smtp
