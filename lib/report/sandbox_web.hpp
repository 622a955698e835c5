#pragma once

#include "sandbox/token_endpoint.hpp"
#include "sandbox/web.hpp"

#include <string>
#include <string_view>

/// What the sandbox's web server answers: JSON as Entra ID gives it, and pages for people.
namespace relaytool::report {

/// The signed parts of a JWT, `header.payload` (RFC 7515 section 3.1).
std::string token_text(const sandbox::Claims& claims);

/// An answer of the token endpoint.
sandbox::WebReply web_reply(const sandbox::TokenAnswer& answer);

/// The page on which a person confirms a device code.
std::string device_page(const sandbox::DevicePage& page);

/// A whole page of ours with these parts, which are HTML already.
std::string html_page(std::string_view title, std::string_view body);

/// Headers of every page: nothing is loaded from elsewhere, nothing runs, no other page shows it in a frame.
sandbox::WebReply page_reply(int status, std::string html);

/// A reply for programs.
sandbox::WebReply json_reply(int status, std::string json);

} // namespace relaytool::report
