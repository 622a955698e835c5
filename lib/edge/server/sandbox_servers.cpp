#include "edge/server/sandbox_servers.hpp"

#include "dns/endpoint.hpp"
#include "edge/server/asio.hpp"
#include "edge/server/certificates.hpp"
#include "edge/server/disk_mailroot.hpp"
#include "edge/server/dns_server.hpp"
#include "edge/server/http_server.hpp"
#include "edge/server/smtp_server.hpp"
#include "edge/server/temporary_folder.hpp"

#include <fmt/format.h>

#include <csignal>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace relaytool::edge {
namespace {

using asio::ip::tcp;
using asio::ip::udp;
using Code = std::error_code;

constexpr std::chrono::milliseconds tick_interval{250};

Error tls_error(const Code& code) {
    return {"TLS", code.message()};
}

/// Servers bear the certificate, and speak what was asked for.
Result<void> set_up(asio::ssl::context& tls, const Certificates& certificates, sandbox::TlsMax newest) {
    Code error;
    tls.use_certificate_chain(asio::buffer(certificates.chain), error);
    if (error) return tl::unexpected(tls_error(error));
    tls.use_private_key(asio::buffer(certificates.key), asio::ssl::context::pem, error);
    if (error) return tl::unexpected(tls_error(error));
    SSL_CTX* const native = tls.native_handle();
    // Office 365 takes the handshake of old clients, and tells them afterwards.
    SSL_CTX_set_min_proto_version(native, TLS1_VERSION);
    SSL_CTX_set_security_level(native, 0);
    if (newest == sandbox::TlsMax::tls_1_1) SSL_CTX_set_max_proto_version(native, TLS1_1_VERSION);
    return {};
}

Result<tcp::acceptor> listen_at(asio::io_context& io, const std::string& address, std::uint16_t port) {
    Code error;
    const auto ip = asio::ip::make_address(address, error);
    if (error) return tl::unexpected(Error{address, "this is no IP address"});
    const tcp::endpoint endpoint(ip, port);
    tcp::acceptor acceptor(io);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return tl::unexpected(Error{fmt::format("{} port {}", address, port), error.message()});
    return acceptor;
}

/// The DNS is asked over UDP and TCP at the same port. One that is free for TCP may be taken for UDP.
struct DnsSockets {
    udp::socket datagrams;
    tcp::acceptor acceptor;
};

Result<DnsSockets> listen_for_dns(asio::io_context& io, const std::string& address, std::uint16_t port) {
    constexpr int attempts = 10;
    Error failure;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        auto acceptor = listen_at(io, address, port);
        if (!acceptor) return tl::unexpected(acceptor.error());
        const tcp::endpoint endpoint = acceptor->local_endpoint();
        udp::socket socket(io);
        Code error;
        socket.open(endpoint.protocol() == tcp::v6() ? udp::v6() : udp::v4(), error);
        if (!error) socket.bind({endpoint.address(), endpoint.port()}, error);
        if (!error) return DnsSockets{std::move(socket), *std::move(acceptor)};
        failure = {fmt::format("{} UDP port {}", address, endpoint.port()), error.message()};
        if (port != 0) break;
    }
    return tl::unexpected(failure);
}

std::string text_of(const tcp::acceptor& acceptor) {
    const tcp::endpoint endpoint = acceptor.local_endpoint();
    std::string address = endpoint.address().to_string();
    if (endpoint.address().is_v6()) address = '[' + address + ']';
    return fmt::format("{}:{}", address, endpoint.port());
}

} // namespace

struct SandboxServers::World {
    // `io` ends the connections that are open when it goes: what they use is declared before it.
    sandbox::Parts parts;
    TemporaryFolder folder;
    asio::ssl::context tls{asio::ssl::context::tls_server};
    asio::io_context io{1};
    asio::signal_set signals{io, SIGINT, SIGTERM};
    std::vector<SmtpServer> servers;
    std::optional<DnsServer> dns;
    asio::steady_timer timer{io};
    HttpServer http; // its threads end first

    Result<std::string> serve(const sandbox::Listen& listen, std::uint16_t port, const std::string& name) {
        auto acceptor = listen_at(io, listen.address, port);
        if (!acceptor) return tl::unexpected(acceptor.error());
        const std::string text = text_of(*acceptor);
        SmtpSettings settings{.name = name,
                              .policy = name == "mx" ? parts.mx : parts.submission,
                              .limits = parts.limits,
                              .idle = listen.idle};
        settings.on_mail = [this, name](smtp::Mail mail) {
            if (parts.on_mail) parts.on_mail(std::move(mail), name);
        };
        settings.on_ended = [this, name](const smtp::State& state) {
            if (parts.on_ended) parts.on_ended({state, name});
        };
        servers.emplace_back(io, tls, *std::move(acceptor), std::move(settings)).start();
        return text;
    }

    Result<std::string> serve_dns(const sandbox::Listen& listen, const dns::ZoneResolver& zones) {
        auto sockets = listen_for_dns(io, listen.address, listen.dns);
        if (!sockets) return tl::unexpected(sockets.error());
        const std::string text = text_of(sockets->acceptor);
        dns.emplace(io, std::move(sockets->datagrams), std::move(sockets->acceptor), zones);
        dns->start();
        return text;
    }

    Result<std::string> serve_http(const sandbox::Listen& listen) {
        const auto port = http.start({listen.address, listen.http, parts.web});
        if (!port) return tl::unexpected(port.error());
        const bool is_v6 = listen.address.find(':') != std::string::npos;
        const std::string address = is_v6 ? '[' + listen.address + ']' : listen.address;
        return fmt::format("{}:{}", address, *port);
    }

    void tick_on() {
        timer.expires_after(tick_interval);
        timer.async_wait([this](const Code& error) {
            if (error) return;
            parts.tick();
            tick_on();
        });
    }
};

SandboxServers::SandboxServers() = default;
SandboxServers::~SandboxServers() = default;

Result<sandbox::Running> SandboxServers::start(const sandbox::Listen& listen, sandbox::Parts parts) {
    world_ = std::make_unique<World>();
    world_->parts = std::move(parts);
    const auto certificates = make_certificates(listen.certificate, listen.address);
    if (!certificates) return tl::unexpected(certificates.error());
    if (const auto made = world_->folder.make("relaytool-sandbox"); !made)
        return tl::unexpected(made.error());
    sandbox::Running running;
    const std::filesystem::path ca_file = world_->folder.path() / "ca.pem";
    running.ca_file = ca_file.string();
    if (const auto written = write_file(ca_file, certificates->authority); !written)
        return tl::unexpected(written.error());
    if (const auto ready = set_up(world_->tls, *certificates, listen.tls_max); !ready)
        return tl::unexpected(ready.error());
    const auto smtp = world_->serve(listen, listen.smtp, "smtp");
    if (!smtp) return tl::unexpected(smtp.error());
    const auto mx = world_->serve(listen, listen.mx, "mx");
    if (!mx) return tl::unexpected(mx.error());
    running.smtp = *smtp;
    running.mx = *mx;
    if (world_->parts.zones != nullptr) {
        const auto dns = world_->serve_dns(listen, *world_->parts.zones);
        if (!dns) return tl::unexpected(dns.error());
        running.dns = *dns;
    }
    // Last: its threads run from here on, and nothing may fail behind them.
    if (world_->parts.web) {
        const auto http = world_->serve_http(listen);
        if (!http) return tl::unexpected(http.error());
        running.http = *http;
    }
    return running;
}

void SandboxServers::wait() {
    if (!world_) return;
    Code ignored;
#ifdef SIGHUP // the terminal is gone: the folder has to go, too
    world_->signals.add(SIGHUP, ignored);
#endif
#ifdef SIGPIPE // whoever read what is printed is gone: that is no reason to leave the folder behind
    std::signal(SIGPIPE, SIG_IGN);
#endif
    world_->signals.async_wait([this](const Code& error, int) {
        if (!error) world_->io.stop();
    });
    if (world_->parts.tick) world_->tick_on();
    world_->io.run();
    // Connections that are still open end here: what they call may not be there later.
    world_.reset();
}

Result<void> SandboxServers::save(const std::string& folder, const std::string& name,
                                  std::string_view octets) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return tl::unexpected(Error{folder, error.message()});
    return write_file(std::filesystem::path(folder) / name, octets);
}

Result<std::unique_ptr<sandbox::Mailroot>> SandboxServers::open_mailroot(const std::string& folder) {
    auto mailroot = std::make_unique<DiskMailroot>();
    if (const auto opened = mailroot->open(folder); !opened) return tl::unexpected(opened.error());
    return mailroot;
}

} // namespace relaytool::edge
