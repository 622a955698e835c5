#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// What the sandbox's web server looks at before it reads a request in full.
namespace relaytool::sandbox {

/// Header fields of a request; empty when they are not there.
struct WebHead {
    std::string host;
    std::string origin;
    std::string content_type;
    std::string content_encoding;
    std::string transfer_encoding;
    std::uint64_t content_length = 0; ///< octets
};

/// Octets of a body that are taken, and of everything in front of it.
inline constexpr std::uint64_t longest_web_body = 1024 * 1024;
inline constexpr std::uint64_t longest_web_head = 64 * 1024;

/// 0: go on. Otherwise the status to refuse with: 403 when a page of somebody else asks (its name leads here,
/// or it sends a form here), 411 without a length, 413 for a body that is too long, 415 for one that would
/// have to be unpacked or taken apart.
int web_refusal(const WebHead& head);

/// Whether a Host field (RFC 9110 section 7.2) is `localhost` or an IP address, with or without port. Other
/// names may be made to lead to loopback by whoever owns them.
bool is_local_host(std::string_view host);

} // namespace relaytool::sandbox
