#include "edge/server/dns_server.hpp"

#include "dns/serve.hpp"
#include "dns/wire.hpp"

#include <array>
#include <string>
#include <utility>

namespace relaytool::edge {
namespace {

using asio::ip::tcp;
using asio::ip::udp;
using Code = std::error_code;

/// No query is longer.
constexpr std::size_t largest_query = 4096;
/// A TCP connection without a query (RFC 7766 section 6.2.3).
constexpr std::chrono::seconds idle{10};
/// TCP connections at a time; more are closed at once.
constexpr std::size_t max_streams = 50;
constexpr std::chrono::milliseconds accept_pause{100};

} // namespace

class DnsServer::Datagrams : public std::enable_shared_from_this<Datagrams> {
public:
    Datagrams(udp::socket socket, const dns::ZoneResolver& zones)
        : socket_(std::move(socket)), zones_(zones) {}

    void receive() {
        socket_.async_receive_from(asio::buffer(query_), peer_,
                                   [self = shared_from_this()](const Code& error, std::size_t size) {
                                       if (error == asio::error::operation_aborted) return;
                                       if (!error) self->answer({self->query_.data(), size});
                                       self->receive();
                                   });
    }

private:
    void answer(std::string_view query) {
        const std::string answer = dns::answer_query(query, zones_, dns::Transport::udp);
        Code ignored; // as if the datagram had been lost
        if (!answer.empty()) socket_.send_to(asio::buffer(answer), peer_, 0, ignored);
    }

    udp::socket socket_;
    const dns::ZoneResolver& zones_;
    udp::endpoint peer_;
    std::array<char, largest_query> query_{};
};

struct DnsServer::Listener {
    asio::io_context& io;
    tcp::acceptor acceptor;
    asio::steady_timer pause;
    const dns::ZoneResolver& zones;
    std::size_t streams = 0;
};

/// One TCP connection: queries with their length in front (RFC 1035 section 4.2.2), one after the other.
class DnsServer::Stream : public std::enable_shared_from_this<Stream> {
public:
    Stream(std::shared_ptr<Listener> listener, tcp::socket socket)
        : listener_(std::move(listener)), socket_(std::move(socket)), timer_(listener_->io) {
        ++listener_->streams;
    }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() { --listener_->streams; }

    void read() {
        timer_.expires_after(idle);
        timer_.async_wait([self = shared_from_this()](const Code& error) {
            Code ignored;
            if (!error) self->socket_.close(ignored);
        });
        read_exactly(2, [](Stream& self) {
            const std::size_t size = dns::wire::octet(self.query_[0]) << 8 | dns::wire::octet(self.query_[1]);
            if (size <= largest_query)
                self.read_exactly(size, [size](Stream& whole) { whole.answer(size); });
            else
                self.timer_.cancel(); // nobody holds the connection any more: it is closed
        });
    }

private:
    template <class Then>
    void read_exactly(std::size_t size, Then then) {
        asio::async_read(socket_, asio::buffer(query_.data(), size),
                         [self = shared_from_this(), then](const Code& error, std::size_t) {
                             if (error)
                                 self->timer_.cancel();
                             else
                                 then(*self);
                         });
    }

    void answer(std::size_t size) {
        const std::string answer =
            dns::answer_query({query_.data(), size}, listener_->zones, dns::Transport::tcp);
        output_.clear();
        dns::wire::append16(output_, static_cast<unsigned>(answer.size()));
        output_ += answer;
        if (answer.empty()) { // it was no query
            timer_.cancel();
            return;
        }
        asio::async_write(socket_, asio::buffer(output_),
                          [self = shared_from_this()](const Code& error, std::size_t) {
                              self->timer_.cancel();
                              if (!error) self->read();
                          });
    }

    std::shared_ptr<Listener> listener_;
    tcp::socket socket_;
    asio::steady_timer timer_;
    std::array<char, largest_query> query_{};
    std::string output_;
};

DnsServer::DnsServer(asio::io_context& io, udp::socket udp, tcp::acceptor tcp, const dns::ZoneResolver& zones)
    : datagrams_(std::make_shared<Datagrams>(std::move(udp), zones)),
      listener_(std::make_shared<Listener>(Listener{io, std::move(tcp), asio::steady_timer(io), zones})) {}

void DnsServer::start() {
    datagrams_->receive();
    accept(listener_);
}

void DnsServer::accept(const std::shared_ptr<Listener>& listener) {
    listener->acceptor.async_accept([listener](const Code& error, tcp::socket socket) {
        if (error == asio::error::operation_aborted) return;
        if (error) {
            listener->pause.expires_after(accept_pause);
            listener->pause.async_wait([listener](const Code& stopped) {
                if (!stopped) accept(listener);
            });
            return;
        }
        if (listener->streams < max_streams) std::make_shared<Stream>(listener, std::move(socket))->read();
        accept(listener);
    });
}

} // namespace relaytool::edge
