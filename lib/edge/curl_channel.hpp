#pragma once

#include "edge/curl_library.hpp"
#include "smtp/channel.hpp"

#include <memory>
#include <utility>

namespace relaytool::edge {

using CurlHandle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

/// A connection that libcurl has made (CURLOPT_CONNECT_ONLY), for octets of our own.
class CurlChannel final : public smtp::Channel {
public:
    CurlChannel(const CurlLibrary& curl, CurlHandle handle) : curl_(curl), handle_(std::move(handle)) {}

    smtp::Spoken<void> send(std::string_view octets, std::chrono::milliseconds limit) override;
    smtp::Spoken<void> receive(std::string& octets, std::chrono::milliseconds limit) override;

private:
    enum class Wish { read, write };
    bool wait(Wish wish, std::chrono::steady_clock::time_point deadline);

    const CurlLibrary& curl_;
    CurlHandle handle_;
};

} // namespace relaytool::edge
