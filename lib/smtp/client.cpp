#include "smtp/client.hpp"

#include "smtp/exchange.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relaytool::smtp {
namespace {

constexpr std::chrono::milliseconds longest_goodbye{2000};
constexpr std::size_t commands_at_once = 100; ///< their answers must fit into the buffers on the way

std::string mail_command(const Delivery& delivery, const mail::Written& message,
                         const Capabilities& offered) {
    std::string line = "MAIL FROM:<" + delivery.envelope.sender + ">";
    if (offered.takes_size) line += " SIZE=" + std::to_string(message.octets.size());
    if (offered.eight_bit && message.content == mail::Content::eight_bit) line += " BODY=8BITMIME";
    if (offered.smtputf8 && message.addresses == mail::AddressForm::utf8) line += " SMTPUTF8";
    if (offered.dsn && !delivery.dsn.ret.empty()) line += " RET=" + delivery.dsn.ret;
    if (offered.dsn && !delivery.dsn.envid.empty()) line += " ENVID=" + delivery.dsn.envid;
    return line;
}

std::string rcpt_command(const std::string& address, const Delivery& delivery, const Capabilities& offered) {
    std::string line = "RCPT TO:<" + address + ">";
    if (offered.dsn && !delivery.dsn.notify.empty()) line += " NOTIFY=" + delivery.dsn.notify;
    return line;
}

} // namespace

std::string dot_stuffed(std::string_view message) {
    std::string out;
    out.reserve(message.size() + message.size() / 50 + 8);
    while (!message.empty()) {
        if (message.front() == '.') out += '.';
        const std::size_t end = std::min(message.find_first_of("\r\n"), message.size());
        out.append(message.substr(0, end)).append("\r\n");
        message.remove_prefix(end);
        if (message.starts_with("\r\n"))
            message.remove_prefix(2);
        else if (!message.empty())
            message.remove_prefix(1);
    }
    return out += ".\r\n";
}

Client::Client(Connector& connector, const Target& target, Transcript& transcript)
    : connector_(connector), target_(target), transcript_(transcript) {}

bool Client::fail(Broken broken) {
    channel_.reset();
    outcome.fate = outcome.end_of_message ? Fate::unknown : Fate::not_sent;
    outcome.broken = std::move(broken);
    return false;
}

bool Client::refuse(Reply reply) {
    outcome.fate = Fate::refused;
    outcome.reply = std::move(reply);
    return false;
}

bool Client::hinder(Obstacle obstacle, std::string detail) {
    outcome.fate = Fate::not_sent;
    outcome.obstacle = obstacle;
    outcome.obstacle_detail = std::move(detail);
    return false;
}

bool Client::open(StopAfter last, const Login& credentials) {
    transcript_.hide(credentials.password);
    transcript_.hide(credentials.token);
    const bool wants_starttls =
        target_.tls.mode == TlsMode::starttls || target_.tls.mode == TlsMode::opportunistic;
    if (is_edge_mechanism(credentials.mechanism) && last >= StopAfter::auth) {
        target_.login = EdgeLogin{*credentials.mechanism, credentials.user, credentials.password};
        outcome.mechanism = credentials.mechanism;
        // The library logs in as soon as it can: where TLS is not there, that must not be at once.
        if (target_.tls.mode == TlsMode::opportunistic) target_.tls.mode = TlsMode::starttls;
    }
    const Opening reach =
        target_.login || (wants_starttls && last >= StopAfter::tls) ? Opening::hello : Opening::socket;
    Spoken<Connection> made = connector_.connect(target_, reach, transcript_);
    note_times();
    if (reach == Opening::hello) take_opening();
    if (!made) {
        if (target_.login && outcome.now.esmtp && !outcome.now.offers(to_string(target_.login->mechanism)))
            return hinder(Obstacle::mechanism_not_offered, mechanism_names(outcome.now));
        // What the server said against it counts for more than how the connection ended.
        if (outcome.reply.code >= 400 && made.error().kind != Break::timed_out) return refuse(outcome.reply);
        return fail(std::move(made.error()));
    }
    outcome.reply = {};
    outcome.tls = std::move(made->tls);
    outcome.address = std::move(made->address);
    channel_ = std::move(made->channel);
    dialogue_.emplace(*channel_, transcript_, outcome.tls.is_on() ? Wire::tls : Wire::plain);
    if (made->opening == Opening::socket && !hello(last)) return false;
    outcome.times.ready = transcript_.elapsed();
    if (last == StopAfter::connect || last == StopAfter::helo || last == StopAfter::tls) {
        outcome.fate = Fate::stopped;
        return false;
    }
    return true;
}

void Client::note_times() {
    for (const TranscriptLine& line : transcript_.lines()) {
        if (line.speaker != Speaker::note) continue;
        (line.wire == Wire::tls ? outcome.times.secured : outcome.times.connected) = line.at;
    }
}

/// Reads what the edge said and heard.
void Client::take_opening() {
    bool secured = false;
    for (Exchange& exchange : read_exchanges(transcript_)) {
        const bool is_hello = exchange.command == "EHLO" || exchange.command == "HELO";
        if (exchange.command.empty()) {
            outcome.greeting = exchange.reply;
        } else if (is_hello) {
            outcome.stage = Stage::helo;
            Capabilities offered = read_capabilities(exchange.reply.text);
            offered.esmtp = exchange.command == "EHLO" && exchange.reply.code == 250;
            if (!offered.esmtp) offered = {};
            (secured ? outcome.now : outcome.before_tls) = offered;
            if (!secured) outcome.now = offered;
        } else if (exchange.command == "STARTTLS") {
            outcome.stage = Stage::starttls;
            secured = exchange.reply.code == 220;
        } else if (exchange.command == "AUTH") {
            outcome.stage = Stage::auth;
        }
        logged_in_ = exchange.reply.code == 235;
        // The last one may have had no answer: HELO behind an EHLO that was answered by 421.
        if (exchange.reply.code != 0) outcome.reply = exchange.reply;
    }
}

bool Client::hello(StopAfter last) {
    const std::chrono::milliseconds limit = target_.patience.command;
    Spoken<Reply> greeting = dialogue_->reply(limit);
    if (!greeting) return fail(greeting.error());
    outcome.greeting = *greeting;
    if (!is_positive(*greeting)) return refuse(*greeting);
    if (last == StopAfter::connect) return true;
    outcome.stage = Stage::helo;
    Spoken<Reply> reply = dialogue_->ask("EHLO " + target_.helo, limit);
    if (!reply) return fail(reply.error());
    if (is_positive(*reply)) {
        outcome.now = read_capabilities(reply->text);
        outcome.before_tls = outcome.tls.is_on() ? Capabilities{} : outcome.now;
        return true;
    }
    if (reply->code == 421) return refuse(*reply); // it hangs up
    // RFC 5321 section 3.2: an old server knows HELO only.
    reply = dialogue_->ask("HELO " + target_.helo, limit);
    if (!reply) return fail(reply.error());
    return is_positive(*reply) || refuse(*reply);
}

bool Client::login(const Login& credentials) {
    if (credentials.user.empty() || logged_in_) return true;
    outcome.stage = Stage::auth;
    if (!outcome.tls.is_on() && target_.tls.mode != TlsMode::off) {
        const bool offers_any = outcome.before_tls.starttls || !outcome.now.auth.empty();
        return hinder(offers_any ? Obstacle::login_without_tls : Obstacle::auth_not_offered);
    }
    if (outcome.now.auth.empty()) return hinder(Obstacle::auth_not_offered);
    const std::optional<sasl::Mechanism> mechanism = choose_mechanism(credentials, outcome.now);
    // Those of the edge were spoken while connecting, or not at all.
    if (!mechanism || is_edge_mechanism(mechanism))
        return hinder(Obstacle::mechanism_not_offered, mechanism_names(outcome.now));
    outcome.mechanism = mechanism;
    if (credentials.doubt && sasl::takes_token(*mechanism))
        if (std::string fault = credentials.doubt(greeting_name(outcome.greeting)); !fault.empty())
            return hinder(Obstacle::token_unfit, std::move(fault));
    LoginDialogue dialogue{*dialogue_, target_, outcome.token_refusal};
    Spoken<Reply> reply = dialogue.speak(*mechanism, credentials);
    if (!reply) return fail(reply.error());
    outcome.times.logged_in = transcript_.elapsed();
    if (reply->code == 235) return true;
    // Neither yes nor no: it asks on and on, or answers something else (RFC 4954 section 4).
    if (reply->code < 400)
        return fail({Break::not_smtp, "neither taken nor refused: " + flatten(reply->text)});
    return refuse(*std::move(reply));
}

bool Client::prepare(const mail::Written& message, const mail::Envelope& envelope) {
    const auto is_ascii = [](const std::string& text) {
        return std::all_of(text.begin(), text.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    };
    const bool is_plain = message.addresses == mail::AddressForm::ascii && is_ascii(envelope.sender) &&
                          std::all_of(envelope.recipients.begin(), envelope.recipients.end(), is_ascii);
    if (!is_plain && !outcome.now.smtputf8) return hinder(Obstacle::smtputf8_not_offered);
    if (outcome.now.size && message.octets.size() > *outcome.now.size)
        return hinder(Obstacle::too_big, std::to_string(*outcome.now.size));
    return true;
}

bool Client::recipients(const Delivery& delivery) {
    outcome.stage = Stage::rcpt_to;
    bool any = false;
    const Reply* first_refusal = nullptr;
    for (RecipientOutcome& recipient : outcome.recipients) {
        Spoken<Reply> reply = pipelined_
                                  ? dialogue_->reply(target_.patience.command)
                                  : dialogue_->ask(rcpt_command(recipient.address, delivery, outcome.now),
                                                   target_.patience.command);
        if (!reply) return fail(reply.error());
        recipient.reply = *std::move(reply);
        const bool good = is_positive(recipient.reply);
        recipient.fate = good ? Fate::not_sent : Fate::refused;
        any = any || good;
        if (!good && first_refusal == nullptr) first_refusal = &recipient.reply;
    }
    if (first_refusal != nullptr) outcome.reply = *first_refusal;
    return any || refuse(outcome.reply);
}

/// The answers to a pipelined group, or the dialogue step by step.
bool Client::envelope(const Delivery& delivery, const mail::Written& message) {
    outcome.stage = Stage::mail_from;
    const bool only_mail = delivery.last == StopAfter::mail;
    pipelined_ = outcome.now.pipelining && !only_mail && outcome.recipients.size() <= commands_at_once;
    dialogue_->queue(mail_command(delivery, message, outcome.now));
    if (pipelined_)
        for (const RecipientOutcome& recipient : outcome.recipients)
            dialogue_->queue(rcpt_command(recipient.address, delivery, outcome.now));
    Spoken<Reply> reply = dialogue_->reply(target_.patience.command);
    if (!reply) return fail(reply.error());
    if (!is_positive(*reply)) return refuse(*std::move(reply));
    if (only_mail) {
        outcome.fate = Fate::stopped;
        return false;
    }
    return recipients(delivery);
}

Spoken<Reply> Client::transfer(const mail::Written& message) {
    const std::string shown = "(the message: " + std::to_string(message.octets.size()) + " octets)";
    if (outcome.now.chunking) {
        dialogue_->queue("BDAT " + std::to_string(message.octets.size()) + " LAST");
        dialogue_->queue_raw(message.octets, shown);
    } else {
        Spoken<Reply> reply = dialogue_->ask("DATA", target_.patience.command);
        if (reply && reply->code < 400 && reply->code != 354)
            // Anything but a refusal would pass for the answer to the message, which was never sent.
            return tl::unexpected(Broken{Break::not_smtp, "the answer to DATA was " + reply->text});
        if (!reply || reply->code != 354) return reply;
        dialogue_->queue_raw(dot_stuffed(message.octets), shown);
    }
    if (Spoken<void> sent = dialogue_->flush(target_.patience.data); !sent) {
        // A server that has enough (552) may say so and hang up while we are still sending.
        Spoken<Reply> last_words = dialogue_->reply(longest_goodbye);
        return last_words && last_words->code >= 400 ? last_words : tl::unexpected(sent.error());
    }
    outcome.end_of_message = true;
    return dialogue_->reply(target_.patience.end);
}

void Client::finish(const Reply& reply) {
    const bool good = is_positive(reply);
    std::size_t accepted = 0;
    for (RecipientOutcome& recipient : outcome.recipients) {
        if (recipient.fate == Fate::refused) continue;
        recipient.fate = good ? Fate::accepted : Fate::refused;
        recipient.reply = reply;
        ++accepted;
    }
    if (!good) {
        refuse(reply);
        return;
    }
    outcome.queue_id = queue_id_of(reply.text);
    outcome.fate = accepted == outcome.recipients.size() ? Fate::accepted : Fate::partly;
    if (outcome.fate == Fate::accepted) outcome.reply = reply;
}

void Client::name_recipients(const mail::Envelope& envelope) {
    outcome.recipients.clear();
    for (const std::string& address : envelope.recipients)
        outcome.recipients.push_back({address, Fate::not_sent, {}});
}

void Client::send(const Delivery& delivery) {
    outcome.end_of_message = false;
    name_recipients(delivery.envelope);
    const auto offer = [](bool offered) { return offered ? mail::Offer::yes : mail::Offer::no; };
    Result<mail::Written> message =
        delivery.write({.eight_bit = offer(outcome.now.eight_bit), .smtputf8 = offer(outcome.now.smtputf8)});
    if (!message) {
        hinder(Obstacle::message, message.error().what + ": " + message.error().why);
        return;
    }
    if (!prepare(*message, delivery.envelope) || !envelope(delivery, *message)) return;
    if (delivery.last == StopAfter::rcpt) {
        outcome.fate = Fate::stopped;
        return;
    }
    outcome.times.enveloped = transcript_.elapsed();
    outcome.stage = Stage::data;
    if (delivery.last == StopAfter::data) {
        Spoken<Reply> reply = dialogue_->ask("DATA", target_.patience.command);
        if (!reply) {
            fail(reply.error());
            return;
        }
        // The only way out of DATA without a message is to hang up.
        channel_.reset();
        reply->code == 354 ? void(outcome.fate = Fate::stopped) : void(refuse(*reply));
        return;
    }
    Spoken<Reply> reply = transfer(*message);
    if (!reply) {
        fail(reply.error());
        for (RecipientOutcome& recipient : outcome.recipients)
            if (recipient.fate != Fate::refused) recipient.fate = outcome.fate;
        return;
    }
    finish(*reply);
}

void Client::quit() {
    if (!channel_) return;
    // The answer matters to nobody, and the connection may be gone.
    static_cast<void>(dialogue_->ask("QUIT", std::min(longest_goodbye, target_.patience.command)));
    channel_.reset();
}

Outcome deliver(Connector& connector, const Target& target, const Login& credentials,
                const Delivery& delivery, Transcript& transcript) {
    Client client(connector, target, transcript);
    client.name_recipients(delivery.envelope);
    if (client.open(delivery.last, credentials) && client.login(credentials)) {
        if (delivery.last == StopAfter::auth)
            client.outcome.fate = Fate::stopped;
        else
            client.send(delivery);
    }
    client.outcome.times.ended = transcript.elapsed();
    client.quit();
    return std::move(client.outcome);
}

} // namespace relaytool::smtp
