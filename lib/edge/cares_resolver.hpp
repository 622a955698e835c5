#pragma once

#include "base/result.hpp"
#include "dns/resolver.hpp"
#include "edge/cares_channel.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace relaytool::edge {

/// Asks name servers, many questions at a time. A question has a few attempts within its time, each waiting
/// longer than the one before, one server after the other; an answer that comes late still counts. A server
/// that kept silent is asked last from then on. SERVFAIL, REFUSED and whatever cannot be read make the next
/// server's turn; the failure is the answer when nobody knows better.
class CaresResolver final : public dns::Resolver {
public:
    /// Without servers: those of the system, looked up at the first question.
    CaresResolver(const std::vector<ServerAddress>& servers, std::chrono::milliseconds timeout);

    void ask(const dns::Question& question, std::function<void(dns::Answer)> done) override;
    std::chrono::nanoseconds wait() override;

private:
    using Clock = std::chrono::steady_clock;
    using Done = std::function<void(dns::Answer)>;
    using ServerSet = std::uint32_t; ///< bit i: server i

    struct Server {
        ServerAddress address;
        std::string text;
        std::unique_ptr<CaresChannel> with_edns;
        std::unique_ptr<CaresChannel> plain;
        bool answered = false;
        bool answered_edns = false;
        bool plain_only = false; ///< does not stand EDNS
    };
    /// A question that is out. Its place is used again; `serial` tells the users apart.
    struct Lookup {
        dns::Question question;
        Done done;
        std::uint64_t serial = 0;
        Clock::time_point started;
        std::size_t stage = 0;  ///< which attempt
        std::size_t server = 0; ///< asked last
        ServerSet asked = 0;
        ServerSet unreachable = 0;
        bool sent_again = false; ///< after a connection broke
        std::optional<dns::Answer> failure;
        std::string trouble; ///< "connection refused by 127.0.0.1:53"
    };
    struct Attempt final : CaresChannel::Query {
        CaresResolver* resolver = nullptr;
        std::size_t lookup = 0;
        std::uint64_t serial = 0;
        std::size_t server = 0;
        dns::Edns edns = dns::Edns::on;

        void ended(Delivery delivery, std::string_view octets) override;
    };
    struct Timer {
        Clock::time_point at;
        std::size_t lookup;
        std::uint64_t serial;
    };
    struct Sending {
        std::size_t lookup;
        std::uint64_t serial;
        std::size_t server;
        dns::Edns edns;
    };

    void find_servers();
    void begin(const dns::Question& question, Done done);
    void begin_stage(std::size_t lookup);
    void send(std::size_t lookup, std::size_t server, dns::Edns edns);
    void send_later(std::size_t lookup, std::size_t server, dns::Edns edns);
    CaresChannel& channel(Server& server, dns::Edns edns);
    Attempt& new_attempt();
    std::optional<std::size_t> next_server(const Lookup& lookup) const;

    void ended(const Attempt& attempt, Delivery delivery, std::string_view octets);
    void answered(const Attempt& attempt, std::string_view octets);
    void not_delivered(const Attempt& attempt, Delivery delivery);
    void server_failed(std::size_t lookup, std::size_t server, Delivery delivery);
    void ask_last(std::size_t server);
    void finish(std::size_t lookup, dns::Answer answer);
    void finish_unanswered(std::size_t lookup);

    bool is_over(const Timer& timer, std::size_t stage) const;
    void run_timers();
    Clock::time_point next_timer();
    void settle();
    void read_sockets();

    std::vector<WatchedSocket> sockets_; // before the channels, which use it to their end
    std::vector<WatchedSocket> polled_;
    std::chrono::milliseconds timeout_;
    std::vector<Server> servers_;
    bool has_looked_for_servers_ = false;
    std::vector<std::size_t> order_; ///< of servers_, to ask
    std::vector<Lookup> lookups_;
    std::vector<std::size_t> free_lookups_;
    std::deque<Attempt> attempts_;
    std::vector<Attempt*> free_attempts_;
    std::vector<std::deque<Timer>> timers_; ///< per stage, in order of time
    std::deque<std::pair<dns::Question, Done>> waiting_;
    std::vector<Sending> sending_;
    std::vector<std::pair<Done, dns::Answer>> ready_;
    std::size_t in_flight_ = 0;
    std::uint64_t serial_ = 0;
    std::string query_;
    std::mt19937 random_{std::random_device{}()};
};

/// A resolver for servers as people write them. An Error when one cannot be read or its name is not known.
/// Sends nothing before the first question, except to find the address of a server's name.
Result<std::unique_ptr<dns::Resolver>> open_network_dns(const dns::Servers& servers);

} // namespace relaytool::edge
