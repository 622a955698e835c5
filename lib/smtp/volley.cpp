#include "smtp/volley.hpp"

#include "smtp/client.hpp"

#include <utility>

namespace relaytool::smtp {

NumberedMessage::NumberedMessage(std::string_view octets)
    : stuffed_(dot_stuffed(octets)), at_(stuffed_.find(mark)) {}

std::string_view NumberedMessage::number(std::uint64_t value) {
    if (at_ == std::string::npos) return stuffed_;
    for (std::size_t i = mark.size(); i-- > 0; value /= 10)
        stuffed_[at_ + i] = static_cast<char>('0' + value % 10);
    return stuffed_;
}

Volley::Volley(Dialogue& dialogue, const Capabilities& offered, const Patience& patience,
               mail::Envelope envelope, Pace pace)
    : dialogue_(dialogue), pipelining_(offered.pipelining), ahead_(pipelining_ && pace == Pace::ahead),
      patience_(patience), envelope_(std::move(envelope)) {}

void Volley::queue_envelope() {
    dialogue_.queue("MAIL FROM:<" + envelope_.sender + ">");
    if (!pipelining_) return;
    for (const std::string& recipient : envelope_.recipients)
        dialogue_.queue("RCPT TO:<" + recipient + ">");
    dialogue_.queue("DATA");
}

/// DATA is still to be heard of.
Spoken<Volley::Envelope> Volley::hear_envelope() {
    Spoken<Reply> reply = dialogue_.reply(patience_.command);
    if (!reply) return tl::unexpected(reply.error());
    Envelope heard;
    if (!is_positive(*reply)) heard.refusal = *std::move(reply);
    if (heard.refusal && !pipelining_) return heard;
    for (const std::string& recipient : envelope_.recipients) {
        reply = pipelining_ ? dialogue_.reply(patience_.command)
                            : dialogue_.ask("RCPT TO:<" + recipient + ">", patience_.command);
        // A server that hangs up behind its refusal (421) has said why.
        if (!reply && heard.refusal) return heard;
        if (!reply) return tl::unexpected(reply.error());
        if (is_positive(*reply))
            heard.has_recipient = true;
        else if (!heard.refusal)
            heard.refusal = *std::move(reply);
    }
    return heard;
}

Spoken<Reply> Volley::start_data() {
    return pipelining_ ? dialogue_.reply(patience_.command) : dialogue_.ask("DATA", patience_.command);
}

/// After a refusal: an open DATA is ended with nothing in it (RFC 2920 section 3.1), and the next message
/// begins anew.
Spoken<void> Volley::give_up(bool data_open) {
    if (data_open) {
        dialogue_.queue(".");
        if (Spoken<Reply> reply = dialogue_.reply(patience_.end); !reply)
            return tl::unexpected(reply.error());
    }
    if (Spoken<Reply> reply = dialogue_.ask("RSET", patience_.command); !reply)
        return tl::unexpected(reply.error());
    return {};
}

Spoken<void> Volley::fire(NumberedMessage& message, const std::function<std::optional<std::uint64_t>()>& next,
                          const std::function<void(const Shot&)>& done) {
    std::optional<std::uint64_t> number;
    std::chrono::microseconds begun{0};
    const auto begin_next = [&] {
        number = next();
        begun = now();
        if (number) queue_envelope();
    };
    begin_next();
    while (number) {
        const Spoken<Envelope> heard = hear_envelope();
        if (!heard) return tl::unexpected(heard.error());
        const bool asked_for_data = pipelining_ || heard->has_recipient;
        Spoken<Reply> reply = asked_for_data ? start_data() : Spoken<Reply>(Reply{});
        const bool data_open = asked_for_data && reply && reply->code == 354;
        if (!heard->has_recipient || (reply && !data_open)) {
            done({now() - begun, heard->refusal ? *heard->refusal : *reply, false});
            if (!reply) return tl::unexpected(reply.error());
            if (Spoken<void> over = give_up(data_open); !over) return over;
            begin_next();
            continue;
        }
        if (!reply) return tl::unexpected(reply.error());
        dialogue_.queue_raw(message.number(*number));
        const std::chrono::microseconds this_begun = begun;
        if (ahead_) begin_next();
        reply = dialogue_.reply(patience_.end);
        if (!reply) return tl::unexpected(reply.error());
        // Half a yes is none: whoever was refused gets nothing.
        done({now() - this_begun, heard->refusal ? *heard->refusal : *reply,
              !heard->refusal && is_positive(*reply)});
        if (!ahead_) begin_next();
    }
    return {};
}

} // namespace relaytool::smtp
