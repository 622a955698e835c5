#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <httplib.h>
#include <string>

namespace relaytool::edge {

/// A connection for cpp-httplib that ends: after so many octets, after so long, or when the server stops. The
/// library's own (0.11) reads lines, chunks and slow clients without end.
class HttpStream final : public httplib::Stream {
public:
    /// The socket is closed with the object.
    HttpStream(socket_t socket, std::uint64_t octets, std::chrono::seconds longest,
               const std::atomic<bool>& is_stopping);
    ~HttpStream() override;
    HttpStream(const HttpStream&) = delete;
    HttpStream& operator=(const HttpStream&) = delete;

    bool is_readable() const override;
    bool is_writable() const override;
    ssize_t read(char* octets, size_t count) override;
    ssize_t write(const char* octets, size_t count) override;
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    socket_t socket() const override { return socket_; }

    /// Lets the client read the answer although it still sends.
    void finish();

private:
    using Clock = std::chrono::steady_clock;
    bool wait_for(short event) const;

    socket_t socket_;
    std::uint64_t left_;
    Clock::time_point end_;
    const std::atomic<bool>& is_stopping_;
    std::array<char, 4096> buffer_{};
    std::size_t begin_ = 0;
    std::size_t filled_ = 0;
};

/// The port may be used again at once after the program, but not by two programs.
void set_listening_options(socket_t socket);

} // namespace relaytool::edge
