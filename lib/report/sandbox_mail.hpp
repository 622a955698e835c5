#pragma once

#include "sandbox/mail_api.hpp"
#include "sandbox/web.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Accepted mail of the sandbox as JSON, with Mailpit's keys, and as pages.
namespace relaytool::report {

/// What `/api/v1/info` says besides numbers.
struct SandboxAbout {
    std::string version;
    std::vector<std::pair<std::string, std::string>> servers; ///< "smtp", "127.0.0.1:2587"
};

sandbox::WebReply web_reply(const sandbox::MailAnswer& answer, const SandboxAbout& about);

/// `{"IDs": ["…", …]}`; all else is nothing.
std::optional<std::vector<std::string>> read_mail_ids(std::string_view json);

std::string mail_json(const sandbox::MailListing& listing);
std::string mail_json(const sandbox::StoredMail& mail);
std::string mail_page(const sandbox::MailListing& listing);
std::string mail_page(const sandbox::StoredMail& mail);

} // namespace relaytool::report
