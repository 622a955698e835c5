#include "sandbox/mx.hpp"
#include "sandbox/office365.hpp"
#include "smtp/session.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace relaytool;

namespace {

/// Everything that a session did, as one text: whatever way the octets are cut, it has to be the same.
class Client {
public:
    explicit Client(smtp::Policy& policy)
        : session_(policy, "192.0.2.1", {.message = 1000, .line = 600, .recipients = 5, .errors = 8}) {
        session_.connected();
        collect();
    }

    void feed(std::string_view octets) {
        if (is_over_) return;
        session_.receive(octets);
        collect();
    }
    bool wants_tls() const { return wants_tls_; }
    void start_tls() {
        wants_tls_ = false;
        session_.tls_started(smtp::Tls::current);
        collect();
    }
    const std::string& done() const { return done_; }

private:
    void collect() {
        for (const smtp::Action& action : session_.take()) {
            if (is_over_) std::abort(); // nothing may come behind the end
            switch (action.what) {
            case smtp::Action::What::send:
                // Every reply is whole lines with a code.
                if (!action.octets.ends_with("\r\n") || action.octets.size() < 6) std::abort();
                done_ += action.octets;
                break;
            case smtp::Action::What::message:
                if (!action.mail || action.mail->octets.size() > 1000 || action.mail->recipients.empty())
                    std::abort();
                done_ += "MAIL " + action.mail->octets;
                break;
            case smtp::Action::What::start_tls: wants_tls_ = true; break;
            case smtp::Action::What::close:
            case smtp::Action::What::stall: is_over_ = true; break;
            }
        }
    }

    smtp::Session session_;
    std::string done_;
    bool wants_tls_ = false;
    bool is_over_ = false;
};

/// `piece` octets at a time. What follows STARTTLS in the same piece is thrown away, so each STARTTLS ends
/// the run: only then the ways of cutting can be compared.
std::string play(std::string_view octets, std::size_t piece, bool is_mx) {
    sandbox::Play play;
    play.logins = {{"a@b.c", "secret"}};
    play.domains = {"example.org"};
    sandbox::Connections connections;
    sandbox::Office365 office(play, connections);
    sandbox::Mx mx(play, connections);
    Client player(is_mx ? static_cast<smtp::Policy&>(mx) : office);
    // Office 365 wants TLS first: half of the inputs begin behind it.
    if (octets.size() % 2 == 0) {
        player.feed("EHLO a\r\nSTARTTLS\r\n");
        if (player.wants_tls()) player.start_tls();
    }
    while (!octets.empty() && !player.wants_tls()) {
        player.feed(octets.substr(0, piece));
        octets.remove_prefix(std::min(piece, octets.size()));
    }
    return player.done();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view octets(reinterpret_cast<const char*>(data), size);
    for (const bool is_mx : {false, true}) {
        const std::string whole = play(octets, std::string_view::npos, is_mx);
        if (whole != play(octets, 1, is_mx) || whole != play(octets, 7, is_mx)) std::abort();
    }
    return 0;
}
