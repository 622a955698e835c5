#include "edge/cares_resolver.hpp"

#include "dns/endpoint.hpp"
#include "dns/message.hpp"
#include "edge/host_addresses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace relaytool::edge {
namespace {

/// Questions that are out together: their answers have to fit the socket's buffer, here and at the server.
constexpr std::size_t most_in_flight = 128;
constexpr std::size_t most_servers = 8;
constexpr std::size_t most_addresses_of_a_name = 4;
/// When each attempt ends, in percent of the whole time; the last one at 100.
constexpr std::array few_servers = {16, 44, 100};
constexpr std::array many_servers = {10, 24, 44, 69, 100};

constexpr std::uint32_t bit(std::size_t server) {
    return std::uint32_t{1} << server;
}

constexpr unsigned formerr = 1;
constexpr unsigned notimp = 4;
constexpr unsigned badvers = 16;

std::string_view words_of(Delivery delivery) {
    switch (delivery) {
    case Delivery::refused: return "connection refused by";
    case Delivery::no_route: return "no route to";
    default: return "no connection to";
    }
}

} // namespace

CaresResolver::CaresResolver(const std::vector<ServerAddress>& servers, std::chrono::milliseconds timeout)
    : timeout_(timeout) {
    for (const ServerAddress& address : servers) {
        if (servers_.size() == most_servers) break;
        Server server;
        server.address = address;
        server.text = dns::to_string(address.address, address.port);
        servers_.push_back(std::move(server));
    }
    for (std::size_t i = 0; i < servers_.size(); ++i)
        order_.push_back(i);
    timers_.resize(servers_.size() > few_servers.size() ? many_servers.size() : few_servers.size());
}

void CaresResolver::find_servers() {
    if (!servers_.empty() || std::exchange(has_looked_for_servers_, true)) return;
    CaresResolver found(system_servers(), timeout_);
    servers_ = std::move(found.servers_);
    order_ = std::move(found.order_);
    timers_ = std::move(found.timers_);
}

void CaresResolver::ask(const dns::Question& question, Done done) {
    find_servers();
    if (in_flight_ < most_in_flight)
        begin(question, std::move(done));
    else
        waiting_.emplace_back(question, std::move(done));
}

void CaresResolver::begin(const dns::Question& question, Done done) {
    if (free_lookups_.empty()) {
        free_lookups_.push_back(lookups_.size());
        lookups_.emplace_back();
    }
    const std::size_t index = free_lookups_.back();
    free_lookups_.pop_back();
    Lookup& lookup = lookups_[index];
    lookup.question = question;
    lookup.done = std::move(done);
    lookup.serial = ++serial_;
    lookup.started = Clock::now();
    lookup.stage = 0;
    lookup.asked = lookup.unreachable = 0;
    lookup.sent_again = false;
    lookup.failure.reset();
    lookup.trouble.clear();
    ++in_flight_;
    if (servers_.empty()) {
        lookup.trouble = "this system is set to no name server";
        return finish_unanswered(index);
    }
    begin_stage(index);
}

/// Those not asked yet come first.
std::optional<std::size_t> CaresResolver::next_server(const Lookup& lookup) const {
    for (const std::size_t server : order_)
        if ((lookup.asked & bit(server)) == 0) return server;
    return std::nullopt;
}

void CaresResolver::begin_stage(std::size_t index) {
    Lookup& lookup = lookups_[index];
    const std::size_t stages = timers_.size();
    const int percent = stages == few_servers.size() ? few_servers[lookup.stage] : many_servers[lookup.stage];
    timers_[lookup.stage].push_back({lookup.started + timeout_ * percent / 100, index, lookup.serial});
    auto chosen = next_server(lookup);
    for (const std::size_t server : order_)
        if (!chosen && (lookup.unreachable & bit(server)) == 0) chosen = server;
    if (!chosen) return;
    const Server& server = servers_[*chosen];
    // Old servers and firewalls drop queries with EDNS, or answer them with something c-ares passes over.
    const bool doubtful = (lookup.asked & bit(*chosen)) != 0 && !server.answered_edns;
    const bool is_last = lookup.stage + 1 == stages;
    const bool plain = server.plain_only || doubtful || is_last;
    send_later(index, *chosen, plain ? dns::Edns::off : dns::Edns::on);
    settle();
}

void CaresResolver::send_later(std::size_t lookup, std::size_t server, dns::Edns edns) {
    lookups_[lookup].asked |= bit(server);
    lookups_[lookup].server = server;
    sending_.push_back({lookup, lookups_[lookup].serial, server, edns});
}

CaresChannel& CaresResolver::channel(Server& server, dns::Edns edns) {
    auto& channel = edns == dns::Edns::on ? server.with_edns : server.plain;
    if (!channel) channel = std::make_unique<CaresChannel>(server.address, edns, timeout_, sockets_);
    return *channel;
}

CaresResolver::Attempt& CaresResolver::new_attempt() {
    if (free_attempts_.empty()) {
        attempts_.emplace_back().resolver = this;
        free_attempts_.push_back(&attempts_.back());
    }
    Attempt& attempt = *free_attempts_.back();
    free_attempts_.pop_back();
    return attempt;
}

void CaresResolver::send(std::size_t lookup, std::size_t server, dns::Edns edns) {
    Attempt& attempt = new_attempt();
    attempt.lookup = lookup;
    attempt.serial = lookups_[lookup].serial;
    attempt.server = server;
    attempt.edns = edns;
    dns::write_query(lookups_[lookup].question, static_cast<std::uint16_t>(random_()), edns, query_);
    channel(servers_[server], edns).send(query_, attempt);
}

/// Sends what is to be sent. A query that cannot be sent may bring another one; each server's turn comes but
/// once or twice.
void CaresResolver::settle() {
    for (std::size_t i = 0; i < sending_.size(); ++i) {
        const Sending next = sending_[i];
        if (lookups_[next.lookup].serial == next.serial) send(next.lookup, next.server, next.edns);
    }
    sending_.clear();
}

void CaresResolver::Attempt::ended(Delivery delivery, std::string_view octets) {
    resolver->ended(*this, delivery, octets);
    resolver->free_attempts_.push_back(this);
}

void CaresResolver::ended(const Attempt& attempt, Delivery delivery, std::string_view octets) {
    Server& server = servers_[attempt.server];
    if (delivery == Delivery::answered) {
        server.answered = true;
        if (attempt.edns == dns::Edns::on)
            server.answered_edns = true;
        else if (!server.answered_edns)
            server.plain_only = true;
    }
    if (lookups_[attempt.lookup].serial != attempt.serial) return; // answered meanwhile
    if (delivery == Delivery::answered)
        answered(attempt, octets);
    else if (delivery != Delivery::given_up) // our own timers decide that
        not_delivered(attempt, delivery);
}

void CaresResolver::answered(const Attempt& attempt, std::string_view octets) {
    Lookup& lookup = lookups_[attempt.lookup];
    dns::Answer answer = dns::read_answer(lookup.question, octets);
    answer.server = servers_[attempt.server].text;
    if (answer.status != dns::Status::failure) return finish(attempt.lookup, std::move(answer));
    const bool minds_edns = answer.rcode == formerr || answer.rcode == notimp || answer.rcode == badvers;
    if (attempt.edns == dns::Edns::on && minds_edns) {
        servers_[attempt.server].plain_only = true;
        return send_later(attempt.lookup, attempt.server, dns::Edns::off);
    }
    const auto next = next_server(lookup);
    if (!next) return finish(attempt.lookup, lookup.failure ? *std::move(lookup.failure) : std::move(answer));
    if (!lookup.failure) lookup.failure = std::move(answer);
    send_later(attempt.lookup, *next, servers_[*next].plain_only ? dns::Edns::off : dns::Edns::on);
}

void CaresResolver::not_delivered(const Attempt& attempt, Delivery delivery) {
    Server& server = servers_[attempt.server];
    // Where UDP works this is about TCP, and often only about a connection that the server closed meanwhile.
    const bool is_about_tcp = server.answered || channel(server, attempt.edns).has_used_tcp();
    if (is_about_tcp) {
        if (!std::exchange(lookups_[attempt.lookup].sent_again, true))
            send_later(attempt.lookup, attempt.server, attempt.edns);
        else
            server_failed(attempt.lookup, attempt.server, delivery);
        return;
    }
    // The system reports a refused packet once, to whoever uses the socket next: all who wait have to know.
    ask_last(attempt.server);
    for (std::size_t i = 0; i < lookups_.size(); ++i)
        if (lookups_[i].serial != 0 && lookups_[i].server == attempt.server)
            server_failed(i, attempt.server, delivery);
}

void CaresResolver::ask_last(std::size_t server) {
    const auto place = std::find(order_.begin(), order_.end(), server);
    std::rotate(place, place + 1, order_.end());
}

void CaresResolver::server_failed(std::size_t index, std::size_t server, Delivery delivery) {
    Lookup& lookup = lookups_[index];
    if ((lookup.unreachable & bit(server)) != 0) return; // known already
    if (!lookup.trouble.empty()) lookup.trouble += ", ";
    lookup.trouble += fmt::format("{} {}", words_of(delivery), servers_[server].text);
    lookup.unreachable |= bit(server);
    if (const auto next = next_server(lookup))
        return send_later(index, *next, servers_[*next].plain_only ? dns::Edns::off : dns::Edns::on);
    // Others may still answer, unless there are none.
    if (lookup.unreachable == bit(servers_.size()) - 1 || lookup.failure) finish_unanswered(index);
}

void CaresResolver::finish(std::size_t index, dns::Answer answer) {
    Lookup& lookup = lookups_[index];
    ready_.emplace_back(std::move(lookup.done), std::move(answer));
    lookup.done = nullptr;
    lookup.serial = 0;
    free_lookups_.push_back(index);
    --in_flight_;
}

void CaresResolver::finish_unanswered(std::size_t index) {
    Lookup& lookup = lookups_[index];
    if (lookup.failure) return finish(index, *std::move(lookup.failure));
    dns::Answer answer;
    answer.status = dns::Status::timeout;
    answer.detail = lookup.trouble;
    std::string silent;
    for (std::size_t i = 0; i < servers_.size(); ++i)
        if ((lookup.asked & ~lookup.unreachable & bit(i)) != 0)
            silent += (silent.empty() ? "" : ", ") + servers_[i].text;
    if (!silent.empty()) {
        const double seconds = std::chrono::duration<double>(timeout_).count();
        answer.detail += fmt::format("{}no answer from {} within {} s", answer.detail.empty() ? "" : ", ",
                                     silent, seconds);
    }
    finish(index, std::move(answer));
}

bool CaresResolver::is_over(const Timer& timer, std::size_t stage) const {
    const Lookup& lookup = lookups_[timer.lookup];
    return lookup.serial != timer.serial || lookup.stage != stage;
}

void CaresResolver::run_timers() {
    const auto now = Clock::now();
    bool any = false;
    for (std::size_t stage = 0; stage < timers_.size(); ++stage) {
        auto& timers = timers_[stage];
        while (!timers.empty() && (is_over(timers.front(), stage) || timers.front().at <= now)) {
            const Timer timer = timers.front();
            timers.pop_front();
            if (is_over(timer, stage)) continue;
            any = true;
            Lookup& lookup = lookups_[timer.lookup];
            ask_last(lookup.server);
            if (++lookup.stage == timers_.size())
                finish_unanswered(timer.lookup);
            else
                begin_stage(timer.lookup);
        }
    }
    if (!any) return;
    for (Server& server : servers_) {
        if (server.with_edns) server.with_edns->process_time();
        if (server.plain) server.plain->process_time();
    }
}

CaresResolver::Clock::time_point CaresResolver::next_timer() {
    auto next = Clock::now() + timeout_;
    for (std::size_t stage = 0; stage < timers_.size(); ++stage) {
        auto& timers = timers_[stage];
        while (!timers.empty() && is_over(timers.front(), stage))
            timers.pop_front();
        if (!timers.empty()) next = std::min(next, timers.front().at);
    }
    return next;
}

void CaresResolver::read_sockets() {
    poll_sockets(sockets_, std::max(next_timer() - Clock::now(), Clock::duration(0)));
    // Reading may open and close sockets: what is in the list meanwhile is not what was polled.
    polled_ = sockets_;
    for (const WatchedSocket& socket : polled_)
        if (socket.can_read || socket.can_write) static_cast<CaresChannel*>(socket.owner)->process(socket);
}

std::chrono::nanoseconds CaresResolver::wait() {
    const auto begun = Clock::now();
    while (ready_.empty() && in_flight_ > 0) {
        run_timers();
        settle();
        if (!ready_.empty()) break;
        read_sockets();
        settle();
    }
    const auto waited = Clock::now() - begun;
    while (in_flight_ < most_in_flight && !waiting_.empty()) {
        auto [question, done] = std::move(waiting_.front());
        waiting_.pop_front();
        begin(question, std::move(done));
    }
    auto answered = std::exchange(ready_, {});
    for (auto& [done, answer] : answered)
        done(std::move(answer));
    answered.clear();
    if (ready_.empty()) ready_.swap(answered); // its memory serves again
    return waited;
}

Result<std::unique_ptr<dns::Resolver>> open_network_dns(const dns::Servers& servers) {
    std::vector<ServerAddress> addresses;
    for (const std::string& text : servers.addresses) {
        const auto endpoint = dns::read_endpoint(text);
        if (!endpoint) return tl::unexpected(endpoint.error());
        if (endpoint->address) {
            addresses.push_back({*endpoint->address, endpoint->port});
            continue;
        }
        const auto known = host_addresses(endpoint->host);
        if (!known)
            return tl::unexpected(Error{text, fmt::format("the name server's address is not found ({}): give "
                                                          "its address instead",
                                                          known.error().why)});
        for (std::size_t i = 0; i < std::min(known->size(), most_addresses_of_a_name); ++i)
            addresses.push_back({(*known)[i], endpoint->port});
    }
    return std::make_unique<CaresResolver>(addresses, servers.timeout);
}

} // namespace relaytool::edge
