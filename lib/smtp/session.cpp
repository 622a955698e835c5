#include "smtp/session.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::smtp {
namespace {

/// RFC 5321 section 4.2.1: the code stands on every line, with a hyphen on all but the last.
std::string on_the_wire(std::string_view reply) {
    std::string out;
    const std::string_view code = reply.substr(0, 3);
    std::string_view rest = reply.size() > 4 ? reply.substr(4) : std::string_view{};
    while (true) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const bool is_last = end == rest.size();
        out.append(code).append(is_last ? " " : "-").append(rest.substr(0, end)).append("\r\n");
        if (is_last) return out;
        rest.remove_prefix(end + 1);
    }
}

/// A reply as it is remembered: one may be made to be huge.
std::string remembered(const std::string& reply) {
    constexpr std::size_t longest = 4096;
    return reply.substr(0, longest);
}

} // namespace

Session::Session(Policy& policy, std::string client, SessionLimits limits)
    : policy_(policy), limits_(limits) {
    state_.client = std::move(client);
}

void Session::connected() {
    if (!say(ask({.step = Step::connect}))) end(Action::What::close);
}

void Session::tls_started(Tls tls) {
    if (mode_ != Mode::handshake) return;
    // RFC 3207 section 4.2: what was known before counts no more.
    state_.tls = tls;
    state_.name.clear();
    state_.login.clear();
    forget_mail();
    mode_ = Mode::command;
}

std::vector<Action> Session::take() {
    return std::exchange(actions_, {});
}

void Session::receive(std::string_view octets) {
    while (!octets.empty()) {
        switch (mode_) {
        case Mode::handshake:
        case Mode::ended: return;
        case Mode::data: octets.remove_prefix(take_data(octets)); break;
        case Mode::chunk: octets.remove_prefix(take_chunk(octets)); break;
        default: octets.remove_prefix(take_line(octets));
        }
    }
}

Answer Session::ask(const Request& request) {
    return policy_.answer(state_, request);
}

void Session::end(Action::What what) {
    if (mode_ == Mode::ended) return;
    mode_ = Mode::ended;
    actions_.push_back({.what = what});
}

bool Session::say(const Answer& answer) {
    if (mode_ == Mode::ended) return false;
    if (!answer.is_yes()) state_.last_refusal = remembered(answer.reply);
    if (answer.after == After::drop || answer.after == After::stall) {
        end(answer.after == After::drop ? Action::What::close : Action::What::stall);
        return false;
    }
    actions_.push_back({.delay = answer.delay, .octets = on_the_wire(answer.reply)});
    if (answer.after == After::close) end(Action::What::close);
    if (answer.after == After::hang) end(Action::What::stall);
    return answer.is_yes() && mode_ != Mode::ended;
}

void Session::complain(Trouble trouble, std::string_view line) {
    if (++errors_ > limits_.errors) {
        say(ask({.step = Step::trouble, .text = line, .trouble = Trouble::too_many_errors}));
        end(Action::What::close);
        return;
    }
    say(ask({.step = Step::trouble, .text = line, .trouble = trouble}));
}

/// Takes octets up to the end of a line, or all of them. A line feed alone ends a line, too, so that the
/// client hears what is wrong; the line is refused.
std::size_t Session::take_line(std::string_view octets) {
    const std::size_t feed = octets.find('\n');
    const std::size_t taken = feed == std::string_view::npos ? octets.size() : feed + 1;
    const std::string_view part = octets.substr(0, taken);
    is_too_long_ = is_too_long_ || line_.size() + part.size() > limits_.line;
    if (is_too_long_)
        line_.clear();
    else
        line_ += part;
    if (feed == std::string_view::npos) return taken;
    const std::string line = std::exchange(line_, {});
    if (std::exchange(is_too_long_, false)) {
        mode_ = Mode::command;
        complain(Trouble::line_too_long);
    } else if (!line.ends_with("\r\n")) {
        mode_ = Mode::command;
        complain(Trouble::bare_line_feed, std::string_view(line).substr(0, line.size() - 1));
    } else {
        on_line(std::string_view(line).substr(0, line.size() - 2));
    }
    return taken;
}

void Session::keep(std::string_view octets) {
    is_too_big_ = is_too_big_ || octets_.size() + octets.size() > limits_.message;
    if (is_too_big_)
        std::string().swap(octets_);
    else
        octets_ += octets;
}

/// Takes octets of the message, RFC 5321 section 4.5.2: a dot in front of a line is taken away, and only CR
/// LF, dot, CR LF ends it. Lone CRs and LFs are text.
std::size_t Session::take_data(std::string_view octets) {
    std::size_t kept = 0; // what stands before it in `octets` is dealt with
    for (std::size_t i = 0; i < octets.size(); ++i) {
        const char c = octets[i];
        switch (place_) {
        case Place::start:
            if (c == '.') {
                keep(octets.substr(kept, i - kept));
                kept = i + 1;
                place_ = Place::dot;
            } else {
                place_ = c == '\r' ? Place::cr : Place::text;
            }
            break;
        case Place::dot:
            if (c == '\r') kept = i + 1; // it may belong to the end
            place_ = c == '\r' ? Place::dot_cr : Place::text;
            break;
        case Place::dot_cr:
            if (c == '\n') {
                message_complete();
                return i + 1;
            }
            keep("\r");
            place_ = c == '\r' ? Place::cr : Place::text;
            break;
        case Place::cr:
            if (c != '\r') place_ = c == '\n' ? Place::start : Place::text;
            break;
        case Place::text: {
            const std::size_t cr = octets.find('\r', i);
            i = std::min(cr, octets.size() - 1);
            if (cr != std::string_view::npos) place_ = Place::cr;
            break;
        }
        }
    }
    keep(octets.substr(kept));
    return octets.size();
}

std::size_t Session::take_chunk(std::string_view octets) {
    const std::size_t taken = static_cast<std::size_t>(std::min<std::uint64_t>(chunk_left_, octets.size()));
    if (!is_chunk_refused_) keep(octets.substr(0, taken));
    chunk_left_ -= taken;
    if (chunk_left_ != 0) return taken;
    mode_ = Mode::command;
    if (is_chunk_refused_)
        complain(state_.sender ? Trouble::rcpt_first : Trouble::mail_first);
    else if (is_last_chunk_)
        message_complete();
    else
        say(ask({.step = Step::other, .text = "BDAT"}));
    return taken;
}

void Session::message_complete() {
    mode_ = Mode::command;
    Answer answer = is_too_big_ ? ask({.step = Step::trouble, .trouble = Trouble::message_too_big})
                                : ask({.step = Step::message, .text = octets_});
    Mail mail{.client = state_.client,
              .login = state_.login,
              .helo = state_.name,
              .sender = *state_.sender,
              .recipients = state_.recipients,
              .reply = remembered(answer.reply),
              // Of a reply that is never sent the client knows nothing; the mail is there all the same.
              .is_accepted = answer.is_yes()};
    if (mail.is_accepted) mail.octets = std::move(octets_);
    ++state_.mails;
    actions_.push_back({.what = Action::What::message, .mail = std::move(mail)});
    forget_mail();
    say(answer);
}

void Session::forget_mail() {
    state_.sender.reset();
    state_.recipients.clear();
    std::string().swap(octets_);
    is_too_big_ = false;
    has_chunks_ = false;
    place_ = Place::start;
}

} // namespace relaytool::smtp
