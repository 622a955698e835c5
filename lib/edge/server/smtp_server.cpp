#include "edge/server/smtp_server.hpp"

#include <array>
#include <deque>
#include <utility>
#include <vector>

namespace relaytool::edge {
namespace {

using asio::ip::tcp;
using Code = std::error_code;

/// Replies that are ready go out together, up to about this size (PIPELINING).
constexpr std::size_t write_size = 64U * 1024;
/// How long a client may take to see that the connection is closed.
constexpr std::chrono::seconds linger{2};
/// After an error of accept(), as when there are no more file descriptors.
constexpr std::chrono::milliseconds accept_pause{100};

smtp::Tls version_of(SSL* ssl) {
    return SSL_version(ssl) < TLS1_2_VERSION ? smtp::Tls::old : smtp::Tls::current;
}

std::string text_of(const tcp::socket& socket) {
    Code error;
    const tcp::endpoint peer = socket.remote_endpoint(error);
    return error ? std::string("unknown") : peer.address().to_string();
}

} // namespace

/// What the connections of one server have in common. It lives as long as any of them.
struct SmtpServer::Shared {
    asio::io_context& io;
    asio::ssl::context& tls;
    tcp::acceptor acceptor;
    SmtpSettings settings;
    asio::steady_timer pause;
    std::size_t open = 0;
    bool is_waiting = false; ///< for a connection to end
};

class SmtpServer::Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(std::shared_ptr<Shared> shared, tcp::socket socket)
        : shared_(std::move(shared)), stream_(std::move(socket), shared_->tls), timer_(shared_->io),
          policy_(shared_->settings.policy()),
          session_(*policy_, text_of(stream_.next_layer()), shared_->settings.limits) {
        ++shared_->open;
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    ~Connection() {
        if (shared_->settings.on_ended) shared_->settings.on_ended(session_.state());
        --shared_->open;
        // At the end of the program connections go with the context.
        if (!shared_->io.stopped() && std::exchange(shared_->is_waiting, false)) accept(shared_);
    }

    void start() {
        session_.connected();
        next();
    }

private:
    using Self = std::shared_ptr<Connection>;

    tcp::socket& socket() { return stream_.next_layer(); }

    /// Does what the session wants done, in order; then reads on. Each turn but that of a message starts
    /// something that comes back here.
    void next() {
        while (true) {
            if (actions_.empty())
                for (smtp::Action& action : session_.take())
                    actions_.push_back(std::move(action));
            if (actions_.empty()) {
                read();
                return;
            }
            smtp::Action action = std::move(actions_.front());
            actions_.pop_front();
            if (action.what != smtp::Action::What::message) {
                begin(std::move(action));
                return;
            }
            if (shared_->settings.on_mail) shared_->settings.on_mail(*std::move(action.mail));
        }
    }

    void begin(smtp::Action action) {
        switch (action.what) {
        case smtp::Action::What::send: send(std::move(action)); break;
        case smtp::Action::What::start_tls: handshake(); break;
        case smtp::Action::What::stall: drain(shared_->settings.idle); break;
        case smtp::Action::What::message:
        case smtp::Action::What::close: close(); break;
        }
    }

    void send(smtp::Action action) {
        output_ = std::move(action.octets);
        while (!actions_.empty() && actions_.front().what == smtp::Action::What::send &&
               actions_.front().delay.count() == 0 && output_.size() < write_size) {
            output_ += actions_.front().octets;
            actions_.pop_front();
        }
        if (action.delay.count() == 0) {
            write();
            return;
        }
        timer_.expires_after(action.delay);
        timer_.async_wait([self = shared_from_this()](const Code& error) {
            if (!error) self->write();
        });
    }

    void write() {
        watch(shared_->settings.idle);
        const auto done = [self = shared_from_this()](const Code& error, std::size_t) {
            self->timer_.cancel();
            if (!error) self->next();
        };
        if (is_encrypted_)
            asio::async_write(stream_, asio::buffer(output_), done);
        else
            asio::async_write(socket(), asio::buffer(output_), done);
    }

    void read() {
        watch(shared_->settings.idle);
        const auto done = [self = shared_from_this()](const Code& error, std::size_t size) {
            self->timer_.cancel();
            if (error) return;
            self->session_.receive({self->input_.data(), size});
            self->next();
        };
        if (is_encrypted_)
            stream_.async_read_some(asio::buffer(input_), done);
        else
            socket().async_read_some(asio::buffer(input_), done);
    }

    void handshake() {
        watch(shared_->settings.idle);
        stream_.async_handshake(asio::ssl::stream_base::server,
                                [self = shared_from_this()](const Code& error) {
                                    self->timer_.cancel();
                                    if (error) return;
                                    self->is_encrypted_ = true;
                                    self->session_.tls_started(version_of(self->stream_.native_handle()));
                                    self->next();
                                });
    }

    /// Says that nothing more comes, and waits for the client to close. A socket closed with unread octets
    /// would take the last reply back.
    void close() {
        policy_.reset(); // the session asks no more; the next connection may have this one's place
        const auto half_closed = [self = shared_from_this()](const Code&) {
            Code ignored;
            self->socket().shutdown(tcp::socket::shutdown_send, ignored);
            self->drain(linger);
        };
        if (!is_encrypted_) {
            half_closed({});
            return;
        }
        watch(linger);
        stream_.async_shutdown(half_closed);
    }

    /// Throws away what comes until the client closes, at most for `time` of silence.
    void drain(std::chrono::seconds time) {
        watch(time);
        socket().async_read_some(asio::buffer(input_),
                                 [self = shared_from_this(), time](const Code& error, std::size_t) {
                                     if (error)
                                         self->timer_.cancel(); // it keeps the connection
                                     else
                                         self->drain(time);
                                 });
    }

    /// Ends the connection when nothing happens for that long.
    void watch(std::chrono::seconds time) {
        timer_.expires_after(time);
        timer_.async_wait([self = shared_from_this()](const Code& error) {
            Code ignored;
            if (!error) self->socket().close(ignored);
        });
    }

    std::shared_ptr<Shared> shared_;
    asio::ssl::stream<tcp::socket> stream_;
    asio::steady_timer timer_;
    std::unique_ptr<smtp::Policy> policy_;
    smtp::Session session_;
    std::deque<smtp::Action> actions_;
    std::array<char, 16 * 1024> input_{};
    std::string output_;
    bool is_encrypted_ = false;
};

SmtpServer::SmtpServer(asio::io_context& io, asio::ssl::context& tls, tcp::acceptor acceptor,
                       SmtpSettings settings)
    : shared_(std::make_shared<Shared>(
          Shared{io, tls, std::move(acceptor), std::move(settings), asio::steady_timer(io)})) {}

void SmtpServer::start() {
    accept(shared_);
}

void SmtpServer::accept(const std::shared_ptr<Shared>& shared) {
    if (shared->open >= shared->settings.connections) {
        shared->is_waiting = true;
        return;
    }
    shared->acceptor.async_accept([shared](const Code& error, tcp::socket socket) {
        if (error == asio::error::operation_aborted) return;
        if (error) {
            shared->pause.expires_after(accept_pause);
            shared->pause.async_wait([shared](const Code& stopped) {
                if (!stopped) accept(shared);
            });
            return;
        }
        Code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        std::make_shared<Connection>(shared, std::move(socket))->start();
        accept(shared);
    });
}

} // namespace relaytool::edge
