#include "diagnosis/sending_verdict.hpp"
#include "fuzz/checks.hpp"
#include "report/send.hpp"
#include "smtp/client.hpp"
#include "smtp/volley.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

using namespace relaytool;

namespace {

constexpr std::string_view secret = "Tr0ub4dor-and-3";

/// A server that says `octets`, in pieces, whatever it hears. It keeps what it hears.
class HostileServer final : public smtp::Connector {
public:
    HostileServer(std::string_view octets, std::size_t piece, bool tls)
        : octets_(octets), piece_(piece), tls_(tls) {}

    smtp::Spoken<smtp::Connection> connect(const smtp::Target&, smtp::Opening, smtp::Transcript&) override {
        smtp::Connection connection;
        connection.channel = std::make_unique<Line>(*this);
        if (tls_) connection.tls.version = "TLSv1.3";
        return connection;
    }

    std::string heard;

private:
    struct Line final : smtp::Channel {
        explicit Line(HostileServer& server) : server_(server) {}
        smtp::Spoken<void> send(std::string_view octets, std::chrono::milliseconds) override {
            server_.heard += octets;
            return {};
        }
        smtp::Spoken<void> receive(std::string& octets, std::chrono::milliseconds) override {
            const std::string_view piece = server_.octets_.substr(0, server_.piece_);
            if (piece.empty()) return tl::unexpected(smtp::Broken{smtp::Break::closed, "closed"});
            octets += piece;
            server_.octets_.remove_prefix(piece.size());
            return {};
        }
        HostileServer& server_;
    };

    std::string_view octets_;
    std::size_t piece_;
    bool tls_;
};

smtp::Transcript::Clock frozen() {
    return [] { return std::chrono::microseconds{0}; };
}

/// What an outcome says must fit together.
void check_outcome(const smtp::Outcome& outcome, const std::string& heard) {
    using smtp::Fate;
    const bool any_accepted =
        std::any_of(outcome.recipients.begin(), outcome.recipients.end(),
                    [](const auto& recipient) { return recipient.fate == Fate::accepted; });
    const bool is_taken = outcome.fate == Fate::accepted || outcome.fate == Fate::partly;
    if (is_taken != any_accepted) std::abort();
    const bool was_sent = heard.find("\r\nHello\r\n") != std::string::npos;
    if ((is_taken || outcome.fate == Fate::unknown) && !was_sent) std::abort();
    if (outcome.fate == Fate::refused && outcome.reply.code == 0) std::abort();
    if (outcome.fate == Fate::not_sent && !outcome.broken && outcome.obstacle == smtp::Obstacle::none)
        std::abort();
    if (outcome.reply.text.size() > smtp::Dialogue::longest_reply + smtp::Dialogue::longest_reply_line * 2)
        std::abort();
}

void check_transcript(const smtp::Transcript& transcript) {
    if (transcript.lines().size() > smtp::Transcript::most_lines) std::abort();
    for (const smtp::TranscriptLine& line : transcript.lines())
        if (line.text.size() > smtp::Transcript::longest_line + 100) std::abort();
}

/// All that is printed of it, the transcript in it.
std::string check_report(const smtp::Outcome& outcome, const smtp::Transcript& transcript) {
    report::SendReport report;
    report.outcome = outcome;
    report.host = "mx.example.net";
    report.findings = diagnosis::judge_sending(outcome, {"mx.example.net", 25, "user", "a@example.com"});
    if (outcome.went_wrong() && report.findings.empty()) std::abort();
    const std::string text = report::send_text(report, {.unicode = true});
    fuzz::check_terminal(text);
    const std::string json = report::send_json(report, &transcript);
    fuzz::check_utf8(json);
    return text + json;
}

smtp::Delivery delivery() {
    smtp::Delivery delivery;
    delivery.envelope = {"a@example.com", {"b@example.net", "c@example.net"}};
    delivery.dsn = {"NEVER", "HDRS", "x"};
    delivery.write = [](mail::Transfer) -> Result<mail::Written> {
        return mail::Written{"Subject: x\r\n\r\nHello\r\n.\r\nBye\r\n", {}, {}};
    };
    return delivery;
}

void play_message(std::string_view octets, std::size_t piece, unsigned options) {
    HostileServer server(octets, piece, (options & 1U) != 0);
    smtp::Target target;
    target.host = "mx.example.net";
    target.helo = "client.example.com";
    target.tls.mode = smtp::TlsMode::off;
    smtp::Login login;
    if ((options & 2U) != 0) login = {"user", std::string(secret), {}, std::nullopt};
    if ((options & 4U) != 0) login = {"user", {}, std::string(secret), std::nullopt};
    smtp::Transcript transcript(frozen());
    const smtp::Outcome outcome = smtp::deliver(server, target, login, delivery(), transcript);
    check_outcome(outcome, server.heard);
    check_transcript(transcript);
    const std::string printed = check_report(outcome, transcript);
    // Without a login nobody knows that it is one.
    if (!login.user.empty() && printed.find(secret) != std::string::npos) std::abort();
}

void play_volley(std::string_view octets, std::size_t piece, unsigned options) {
    HostileServer server(octets, piece, false);
    smtp::Transcript transcript(frozen());
    const smtp::Spoken<smtp::Connection> connection = server.connect({}, smtp::Opening::socket, transcript);
    smtp::Dialogue dialogue(*connection->channel, transcript, smtp::Wire::plain);
    smtp::Capabilities offered;
    offered.pipelining = (options & 1U) != 0;
    smtp::NumberedMessage message("0000000000\r\n");
    smtp::Volley volley(dialogue, offered, {}, delivery().envelope,
                        (options & 2U) != 0 ? smtp::Pace::ahead : smtp::Pace::one_by_one);
    constexpr std::uint64_t most = 20;
    std::uint64_t given = 0;
    std::uint64_t done = 0;
    const auto next = [&]() -> std::optional<std::uint64_t> {
        if (given == most) return std::nullopt;
        return ++given;
    };
    const smtp::Spoken<void> fired = volley.fire(message, next, [&](const smtp::Shot& shot) {
        ++done;
        if (shot.accepted && (shot.reply.code < 200 || shot.reply.code > 299)) std::abort();
        if (!shot.accepted && shot.reply.code == 0) std::abort();
    });
    if (done > given || (fired && done != most)) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const unsigned options = data[0];
    const std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t piece = (options & 0x10U) != 0 ? 1 : 1 + (options >> 5U) * 100;
    if ((options & 8U) != 0)
        play_volley(octets, piece, options);
    else
        play_message(octets, piece, options);
    return 0;
}
