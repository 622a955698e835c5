#pragma once

#include "smtp/connector.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relaytool::test {

/// A mail server that is asked over many connections at once, as a probe does: what it says follows from what
/// it hears, and not from the order. Set it up before the first connection.
struct FakeNetwork final : smtp::Connector {
    using Broken = smtp::Broken;

    // The road.
    std::optional<Broken> broken;                 ///< connecting fails with it, whatever the port
    std::map<std::uint16_t, Broken> broken_ports; ///< connecting to this port fails
    std::map<std::string, Broken> broken_addresses;
    std::string greeting = "220 mx.example.net ESMTP"; ///< "" is silence
    std::string plain_hello = "250-mx.example.net\r\n250-PIPELINING\r\n250 STARTTLS";
    std::string secure_hello = "250-mx.example.net\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN XOAUTH2";
    std::string starttls = "220 go";

    // TLS.
    std::set<smtp::TlsVersion> versions{smtp::TlsVersion::v1_2, smtp::TlsVersion::v1_3};
    std::set<smtp::TlsVersion> untestable; ///< our library does not speak them
    std::string handshake_detail = "wrong version number";
    std::vector<smtp::Certificate> chain{certificate()};
    std::optional<Broken> certificate_fault; ///< where the certificate is looked at

    /// Answers to commands, by how they begin, the longest beginning first: {"RCPT TO:<b@", "550 5.1.1 no"}.
    /// "." is the end of a message. "" is silence, "close" ends the connection. Others are "250 2.0.0 Ok".
    std::map<std::string, std::string> answers{{"AUTH", "235 2.7.0 Authentication successful"},
                                               {"DATA", "354 go"},
                                               {"QUIT", "221 bye"},
                                               {"VRFY", "252 2.0.0 perhaps"},
                                               {"EXPN", "502 5.5.1 no"}};
    bool takes_bare_line_feeds = false;

    static smtp::Certificate certificate() {
        return {.subject = "CN = mx.example.net",
                .issuer = "CN = Some Authority",
                .names = {"mx.example.net"},
                .not_before = 1,
                .not_after = 4'000'000'000,
                .key = "RSA 2048"};
    }

    /// Everything that clients said, connection behind connection as they happened.
    std::string heard() {
        const std::scoped_lock lock(mutex_);
        return heard_;
    }

    smtp::Spoken<smtp::Connection> connect(const smtp::Target& target, smtp::Opening reach,
                                           smtp::Transcript& transcript) override {
        if (const auto failure = failure_of(target)) return tl::unexpected(*failure);
        note(transcript, smtp::Wire::plain, "Connected");
        smtp::Connection connection;
        connection.address =
            target.addresses.empty() ? "192.0.2.25" : ip::to_string(target.addresses.front());
        connection.opening = reach;
        bool greets = reach == smtp::Opening::socket;
        if (target.tls.mode == smtp::TlsMode::implicit) {
            if (const auto failure = secure(target, connection)) return tl::unexpected(*failure);
            note(transcript, smtp::Wire::tls, "TLS");
            greets = true;
            connection.opening = smtp::Opening::socket;
        } else if (reach == smtp::Opening::hello) {
            if (const auto failure = open(target, connection, transcript)) return tl::unexpected(*failure);
        }
        connection.channel = std::make_unique<Line>(*this, connection.tls.is_on(), greets);
        return connection;
    }

private:
    static void note(smtp::Transcript& transcript, smtp::Wire wire, std::string_view text) {
        transcript.add(smtp::Speaker::note, wire, text);
    }

    static void say(smtp::Transcript& transcript, smtp::Wire wire, std::string_view reply) {
        while (!reply.empty()) {
            const std::size_t end = std::min(reply.find("\r\n"), reply.size());
            transcript.add(smtp::Speaker::server, wire, reply.substr(0, end));
            reply.remove_prefix(std::min(end + 2, reply.size()));
        }
    }

    std::optional<Broken> failure_of(const smtp::Target& target) const {
        if (broken) return broken;
        if (const auto found = broken_ports.find(target.port); found != broken_ports.end())
            return found->second;
        // One address alone is tried for itself; of several the first that answers counts.
        std::optional<Broken> last;
        for (const ip::Address& address : target.addresses) {
            const auto found = broken_addresses.find(ip::to_string(address));
            if (found == broken_addresses.end()) return std::nullopt;
            last = found->second;
        }
        return last;
    }

    std::optional<Broken> secure(const smtp::Target& target, smtp::Connection& connection) const {
        const auto fits = [&](smtp::TlsVersion version) {
            return version >= target.tls.oldest && version <= target.tls.newest;
        };
        if (std::any_of(untestable.begin(), untestable.end(), fits) && target.tls.oldest == target.tls.newest)
            return Broken{smtp::Break::tls_handshake, "no protocols available"};
        const auto best = std::find_if(versions.rbegin(), versions.rend(), fits);
        if (best == versions.rend()) return Broken{smtp::Break::tls_handshake, handshake_detail};
        const bool is_strict = target.tls.verification == smtp::Verification::full;
        if (is_strict && certificate_fault) return certificate_fault;
        connection.tls = {.version = "TLSv" + std::string(to_string(*best)),
                          .cipher = "SOME-CIPHER",
                          .chain = chain,
                          .is_verified = is_strict};
        return std::nullopt;
    }

    /// As far as Opening::hello goes.
    std::optional<Broken> open(const smtp::Target& target, smtp::Connection& connection,
                               smtp::Transcript& transcript) const {
        using smtp::Break;
        using smtp::Speaker;
        using smtp::Wire;
        if (greeting.empty()) return Broken{Break::timed_out, "nothing came"};
        say(transcript, Wire::plain, greeting);
        if (greeting[0] != '2') return Broken{Break::closed, "closed"};
        transcript.add(Speaker::client, Wire::plain, "EHLO " + target.helo);
        say(transcript, Wire::plain, plain_hello);
        if (plain_hello.find("STARTTLS") == std::string::npos) {
            if (target.tls.mode == smtp::TlsMode::opportunistic) return std::nullopt;
            return Broken{Break::tls_not_offered, "STARTTLS is not offered"};
        }
        transcript.add(Speaker::client, Wire::plain, "STARTTLS");
        say(transcript, Wire::plain, starttls);
        if (starttls[0] != '2' && target.tls.mode == smtp::TlsMode::opportunistic) return std::nullopt;
        if (starttls[0] != '2') return Broken{Break::tls_handshake, "STARTTLS was refused"};
        if (auto failure = secure(target, connection)) return failure;
        note(transcript, Wire::tls, "TLS");
        transcript.add(Speaker::client, Wire::tls, "EHLO " + target.helo);
        if (secure_hello.empty()) return Broken{Break::closed, "closed"};
        say(transcript, Wire::tls, secure_hello);
        return secure_hello[0] == '2' ? std::nullopt : std::optional(Broken{Break::closed, "closed"});
    }

    struct Line final : smtp::Channel {
        Line(FakeNetwork& network, bool is_secure, bool greets) : network_(network), is_secure_(is_secure) {
            if (greets) answer(network.greeting);
        }

        smtp::Spoken<void> send(std::string_view octets, std::chrono::milliseconds) override {
            {
                const std::scoped_lock lock(network_.mutex_);
                network_.heard_ += octets;
            }
            in_ += octets;
            while (take_message() || take_command()) {
            }
            return {};
        }

        smtp::Spoken<void> receive(std::string& octets, std::chrono::milliseconds) override {
            if (out_.empty() && is_closed_) return tl::unexpected(Broken{smtp::Break::closed, "closed"});
            if (out_.empty()) return tl::unexpected(Broken{smtp::Break::timed_out, "nothing came"});
            octets += std::exchange(out_, {});
            return {};
        }

    private:
        void answer(const std::string& reply) {
            if (reply == "close")
                is_closed_ = true;
            else if (!reply.empty() && !is_closed_)
                out_ += reply + "\r\n";
        }

        bool take_message() {
            if (!in_message_) return false;
            const std::string_view end = network_.takes_bare_line_feeds ? "\n.\n" : "\r\n.\r\n";
            const std::size_t at = in_.find(end);
            if (at == std::string::npos) return false;
            in_.erase(0, at + end.size());
            in_message_ = false;
            answer(network_.answer_to("."));
            return true;
        }

        bool take_command() {
            if (in_message_) return false;
            const std::string_view end = network_.takes_bare_line_feeds ? "\n" : "\r\n";
            const std::size_t at = in_.find(end);
            if (at == std::string::npos) return false;
            std::string command = in_.substr(0, at);
            in_.erase(0, at + end.size());
            if (command.ends_with('\r')) command.pop_back();
            const std::string reply = command.starts_with("EHLO") && network_.answers.count("EHLO") == 0
                                          ? (is_secure_ ? network_.secure_hello : network_.plain_hello)
                                          : network_.answer_to(command);
            in_message_ = command == "DATA" && reply.starts_with("354");
            answer(reply);
            return true;
        }

        FakeNetwork& network_;
        bool is_secure_;
        bool is_closed_ = false;
        bool in_message_ = false;
        std::string in_;
        std::string out_;
    };

    std::string answer_to(const std::string& command) const {
        const std::pair<const std::string, std::string>* best = nullptr;
        for (const auto& answer : answers)
            if (command.starts_with(answer.first) &&
                (best == nullptr || answer.first.size() > best->first.size()))
                best = &answer;
        return best == nullptr ? "250 2.0.0 Ok" : best->second;
    }

    std::mutex mutex_;
    std::string heard_;
};

} // namespace relaytool::test
