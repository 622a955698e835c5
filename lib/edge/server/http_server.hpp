#pragma once

#include "base/result.hpp"
#include "sandbox/web.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace relaytool::edge {

struct HttpSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0; ///< 0: one that is free
    /// Called by several threads at once.
    std::function<sandbox::WebReply(const sandbox::WebRequest&)> answer;
};

/// A small web server: one request for each connection, within the bounds of sandbox/web_guard.hpp and 20
/// seconds.
class HttpServer {
public:
    HttpServer();
    /// Stops, at most a moment after the answers that are being made.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// Serves from now on, in threads of its own. The port it listens on.
    Result<std::uint16_t> start(HttpSettings settings);

private:
    struct Inner;
    std::unique_ptr<Inner> inner_;
};

} // namespace relaytool::edge
