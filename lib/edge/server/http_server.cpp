#include "edge/server/http_server.hpp"

#include "edge/server/http_stream.hpp"
#include "sandbox/web_guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <thread>
#include <utility>

namespace relaytool::edge {
namespace {

constexpr std::size_t threads = 8;
constexpr std::chrono::seconds longest_request{20};

/// Octets that a body is to have; more than any when the field is no number.
std::uint64_t read_length(const std::string& text) {
    if (text.empty()) return 0;
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    const bool is_number = error == std::errc{} && end == text.data() + text.size();
    return is_number ? length : std::numeric_limits<std::uint64_t>::max();
}

sandbox::WebHead head_of(const httplib::Request& request) {
    sandbox::WebHead head;
    // Two of them are none: who reads which?
    if (request.get_header_value_count("Host") == 1) head.host = request.get_header_value("Host");
    head.origin = request.get_header_value("Origin");
    head.content_type = request.get_header_value("Content-Type");
    head.content_encoding = request.get_header_value("Content-Encoding");
    head.transfer_encoding = request.get_header_value("Transfer-Encoding");
    head.content_length = request.get_header_value_count("Content-Length") > 1
                              ? std::numeric_limits<std::uint64_t>::max()
                              : read_length(request.get_header_value("Content-Length"));
    return head;
}

sandbox::WebRequest request_of(const httplib::Request& request) {
    const std::size_t mark = std::min(request.target.find('?'), request.target.size());
    return {request.method, request.target.substr(0, mark),
            request.target.substr(std::min(mark + 1, request.target.size())), request.body};
}

/// Serves whatever comes through one function. The library's own routes are regular expressions, which a long
/// path makes overflow the stack.
class Server final : public httplib::Server {
public:
    explicit Server(std::function<sandbox::WebReply(const sandbox::WebRequest&)> answer)
        : answer_(std::move(answer)) {
        new_task_queue = [] { return new httplib::ThreadPool(threads); };
        set_socket_options(set_listening_options);
        set_payload_max_length(sandbox::longest_web_body);
        set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
            const int status = sandbox::web_refusal(head_of(request));
            if (status == 0) return HandlerResponse::Unhandled;
            response.status = status;
            response.set_content("Refused.\n", "text/plain");
            return HandlerResponse::Handled;
        });
        // Without routes every request ends here, with its body.
        set_error_handler(
            httplib::Server::Handler([this](const httplib::Request& request, httplib::Response& response) {
                if (response.status == 404) respond(request, response);
            }));
    }

    void stop_streams() { is_stopping_ = true; }

private:
    void respond(const httplib::Request& request, httplib::Response& response) const {
        sandbox::WebReply reply = answer_(request_of(request));
        response.status = reply.status;
        for (const auto& [name, value] : reply.headers)
            response.set_header(name, value);
        response.set_content(reply.body, reply.content_type);
    }

    bool process_and_close_socket(socket_t socket) override {
        HttpStream stream(socket, sandbox::longest_web_head + sandbox::longest_web_body, longest_request,
                          is_stopping_);
        bool is_closed = false;
        const bool is_done = process_request(stream, true, is_closed, nullptr);
        stream.finish();
        return is_done;
    }

    std::function<sandbox::WebReply(const sandbox::WebRequest&)> answer_;
    std::atomic<bool> is_stopping_ = false;
};

} // namespace

struct HttpServer::Inner {
    explicit Inner(HttpSettings settings) : server(std::move(settings.answer)) {}
    Inner(const Inner&) = delete;
    Inner& operator=(const Inner&) = delete;
    ~Inner() {
        server.stop_streams();
        server.stop();
        if (thread.joinable()) thread.join();
    }

    Server server;
    std::thread thread;
};

HttpServer::HttpServer() = default;
HttpServer::~HttpServer() = default;

Result<std::uint16_t> HttpServer::start(HttpSettings settings) {
    const std::string address = settings.address;
    const std::uint16_t wanted = settings.port;
    auto inner = std::make_unique<Inner>(std::move(settings));
    Server& server = inner->server;
    const int port = wanted == 0                            ? server.bind_to_any_port(address)
                     : server.bind_to_port(address, wanted) ? wanted
                                                            : -1;
    if (port <= 0)
        return tl::unexpected(
            Error{fmt::format("{} port {}", address, wanted), "the web server cannot listen there"});
    inner->thread = std::thread([&server] { server.listen_after_bind(); });
    // stop() does nothing before it runs.
    while (!server.is_running())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    inner_ = std::move(inner);
    return static_cast<std::uint16_t>(port);
}

} // namespace relaytool::edge
