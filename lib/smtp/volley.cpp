#include "smtp/volley.hpp"

#include "smtp/client.hpp"

#include <utility>

namespace relaytool::smtp {
namespace {

bool is_good(const Reply& reply) {
    return reply.code >= 200 && reply.code < 300;
}

} // namespace

NumberedMessage::NumberedMessage(std::string_view octets)
    : stuffed_(dot_stuffed(octets)), at_(stuffed_.find(mark)) {}

std::string_view NumberedMessage::number(std::uint64_t value) {
    if (at_ == std::string::npos) return stuffed_;
    for (std::size_t i = mark.size(); i-- > 0; value /= 10)
        stuffed_[at_ + i] = static_cast<char>('0' + value % 10);
    return stuffed_;
}

Volley::Volley(Dialogue& dialogue, const Capabilities& offered, const Patience& patience, mail::Envelope envelope)
    : dialogue_(dialogue), pipelining_(offered.pipelining), patience_(patience), envelope_(std::move(envelope)) {}

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
    if (!is_good(*reply)) heard.refusal = *std::move(reply);
    if (heard.refusal && !pipelining_) return heard;
    for (const std::string& recipient : envelope_.recipients) {
        reply = pipelining_ ? dialogue_.reply(patience_.command)
                            : dialogue_.ask("RCPT TO:<" + recipient + ">", patience_.command);
        if (!reply) return tl::unexpected(reply.error());
        if (is_good(*reply))
            heard.has_recipient = true;
        else if (!heard.refusal)
            heard.refusal = *std::move(reply);
    }
    return heard;
}

Spoken<Reply> Volley::start_data() {
    return pipelining_ ? dialogue_.reply(patience_.command) : dialogue_.ask("DATA", patience_.command);
}

/// After a refusal: an open DATA is ended with nothing in it (RFC 2920 section 3.1), and the next message begins
/// anew.
Spoken<void> Volley::give_up(bool data_open) {
    if (data_open) {
        dialogue_.queue(".");
        if (Spoken<Reply> reply = dialogue_.reply(patience_.end); !reply) return tl::unexpected(reply.error());
    }
    if (Spoken<Reply> reply = dialogue_.ask("RSET", patience_.command); !reply) return tl::unexpected(reply.error());
    return {};
}

Spoken<void> Volley::fire(NumberedMessage& message, const std::function<std::optional<std::uint64_t>()>& next,
                          const std::function<void(const Shot&)>& done) {
    std::optional<std::uint64_t> number = next();
    std::chrono::microseconds begun = dialogue_.transcript().elapsed();
    if (number) queue_envelope();
    while (number) {
        const Spoken<Envelope> heard = hear_envelope();
        if (!heard) return tl::unexpected(heard.error());
        const bool asked_for_data = pipelining_ || heard->has_recipient;
        Spoken<Reply> reply = asked_for_data ? start_data() : Spoken<Reply>(Reply{});
        if (!reply) return tl::unexpected(reply.error());
        const bool data_open = asked_for_data && reply->code == 354;
        std::optional<std::uint64_t> following;
        if (data_open && heard->has_recipient) {
            dialogue_.queue_raw(message.number(*number));
            following = next();
            const std::chrono::microseconds next_begun = dialogue_.transcript().elapsed();
            if (following && pipelining_) queue_envelope();
            reply = dialogue_.reply(patience_.end);
            if (!reply) return tl::unexpected(reply.error());
            if (following && !pipelining_) queue_envelope();
            const bool accepted = !heard->refusal && reply->code >= 200 && reply->code < 300;
            done({dialogue_.transcript().elapsed() - begun, heard->refusal ? *heard->refusal : *reply, accepted});
            begun = next_begun;
        } else {
            done({dialogue_.transcript().elapsed() - begun, heard->refusal ? *heard->refusal : *reply, false});
            if (Spoken<void> over = give_up(data_open); !over) return over;
            following = next();
            begun = dialogue_.transcript().elapsed();
            if (following) queue_envelope();
        }
        number = following;
    }
    return {};
}

} // namespace relaytool::smtp
