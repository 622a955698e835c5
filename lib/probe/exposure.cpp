#include "probe/exposure.hpp"

#include "smtp/client.hpp"

#include <chrono>
#include <string>

namespace relaytool::probe {
namespace {

/// How long to listen where silence is the good answer.
constexpr std::chrono::milliseconds silence{2000};

/// Domains that belong to nobody (RFC 2606 section 3).
constexpr const char* foreign_sender = "relay-test@example.org";
constexpr const char* foreign_recipient = "relay-test@example.net";
constexpr const char* no_mailbox = "no-such-mailbox-relay-test";

/// The forms in which relays have been fooled: plain, the percent hack, a source route (RFC 5321 section
/// 3.6.1, appendix F.2).
std::vector<std::string> foreign_recipients(const std::string& host) {
    return {foreign_recipient, "relay-test%example.net@" + host, "@" + host + ":" + foreign_recipient};
}

/// One connection without a login.
class Stranger {
public:
    Stranger(const smtp::Target& target, const Surroundings& around, Exposure& exposure)
        : limit_(target.patience.command), transcript_(around.clock),
          client_(around.connector, target, transcript_), exposure_(exposure) {
        if (client_.open(smtp::StopAfter::message, {})) return;
        if (client_.outcome.broken) exposure_.broken = client_.outcome.broken;
        client_.quit();
    }

    bool is_ready() { return client_.dialogue() != nullptr && !gone_; }
    smtp::Dialogue& dialogue() { return *client_.dialogue(); }
    const smtp::Outcome& outcome() const { return client_.outcome; }
    void quit() {
        if (!gone_) client_.quit();
    }

    smtp::Reply ask(const std::string& line) {
        if (!is_ready()) return {};
        auto reply = dialogue().ask(line, limit_);
        if (reply) return *std::move(reply);
        exposure_.broken = reply.error();
        gone_ = true;
        return {};
    }

    /// The answer to what ought to get none.
    std::optional<smtp::Reply> listen() {
        auto reply = dialogue().reply(silence);
        gone_ = true; // what comes later would answer something else
        return reply ? std::optional(*std::move(reply)) : std::nullopt;
    }

private:
    std::chrono::milliseconds limit_;
    smtp::Transcript transcript_;
    smtp::Client client_;
    Exposure& exposure_;
    bool gone_ = false;
};

void try_relaying(Stranger& stranger, const std::string& host, Exposure& exposure) {
    exposure.vrfy = stranger.ask("VRFY " + std::string(no_mailbox));
    exposure.expn = stranger.ask("EXPN postmaster");
    for (const std::string& recipient : foreign_recipients(host)) {
        // Each in an envelope of its own: servers count mistakes.
        // One whose SPF forbids it may be refused for that alone: the null sender has none.
        if (!smtp::is_positive(stranger.ask("MAIL FROM:<" + std::string(foreign_sender) + ">")) &&
            !smtp::is_positive(stranger.ask("MAIL FROM:<>")))
            return;
        exposure.relayed.push_back({recipient, stranger.ask("RCPT TO:<" + recipient + ">")});
        stranger.ask("RSET");
    }
}

void try_bare_line_feed(Stranger& stranger, Exposure& exposure) {
    if (!stranger.is_ready()) return;
    stranger.dialogue().queue_raw("NOOP\n", "NOOP (ends in LF alone)");
    exposure.bare_line_feed = stranger.listen();
}

/// A message that is over only for a server that takes LF . LF for its end (CVE-2023-51764 and its kin). One
/// that does not is left alone in the middle, and keeps nothing.
void try_smuggling(Stranger& stranger, const Plan& plan, Exposure& exposure) {
    if (!smtp::is_positive(stranger.ask("MAIL FROM:<" + plan.senders.front() + ">"))) return;
    if (!smtp::is_positive(stranger.ask("RCPT TO:<" + plan.recipients.front() + ">"))) return;
    if (stranger.ask("DATA").code != 354) return;
    exposure.tried_smuggling = true;
    stranger.dialogue().queue_raw("From: <" + plan.senders.front() + ">\r\nTo: <" + plan.recipients.front() +
                                      ">\r\nSubject: relaytool probe --deep\r\n\r\n"
                                      "This mail server ends a message at a line feed, a dot and a line "
                                      "feed.\r\n\n.\n",
                                  "(a message that ends in LF . LF)");
    exposure.smuggled = stranger.listen();
}

} // namespace

Exposure expose(const Plan& plan, const smtp::Target& target, const Surroundings& around) {
    Exposure exposure;
    smtp::Target any = target;
    any.tls.verification = smtp::Verification::none;
    {
        Stranger stranger(any, around, exposure);
        try_relaying(stranger, any.host, exposure);
        try_bare_line_feed(stranger, exposure);
        stranger.quit();
    }
    if (plan.senders.empty() || plan.recipients.empty()) return exposure;
    Stranger stranger(any, around, exposure);
    if (stranger.is_ready()) try_smuggling(stranger, plan, exposure);
    stranger.quit();
    return exposure;
}

} // namespace relaytool::probe
