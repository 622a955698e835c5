#pragma once

#include "context.hpp"
#include "report/sandbox_mail.hpp"
#include "sandbox/host.hpp"
#include "sandbox/iis_player.hpp"
#include "sandbox/mail_store.hpp"
#include "sandbox/player.hpp"
#include "sandbox/session_hop.hpp"
#include "sandbox/token_endpoint.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

/// What the sandbox plays besides SMTP, put together from the options of its command.
namespace relaytool::cli {

/// Pages, API and token endpoint. May be used by several threads at once.
class SandboxWeb {
public:
    SandboxWeb(std::vector<const sandbox::EntraError*> failing, std::string approved_login,
               sandbox::MailStore& store, std::function<std::int64_t()> now);
    SandboxWeb(const SandboxWeb&) = delete;
    SandboxWeb& operator=(const SandboxWeb&) = delete;

    sandbox::WebReply answer(const sandbox::WebRequest& request);
    sandbox::TokenVerdict verdict(std::string_view login, std::string_view token) const;
    void started(const sandbox::Running& running);

private:
    std::mt19937_64 random_{std::random_device{}()}; ///< used inside the endpoint's own lock
    sandbox::MailStore& store_;
    std::function<std::int64_t()> now_;
    sandbox::TokenEndpoint tokens_;
    mutable std::mutex mutex_;
    report::SandboxAbout about_;
};

/// IIS on a mailroot folder.
class SandboxIis {
public:
    using Log = std::function<void(const sandbox::MailrootEvent&)>;

    SandboxIis(std::unique_ptr<sandbox::Mailroot> mailroot, sandbox::SessionHop::Settings next_hop, Log log);

    /// One round over the folders. That they cannot be listed is told once.
    void tick(std::int64_t now);

private:
    std::unique_ptr<sandbox::Mailroot> mailroot_;
    sandbox::SessionHop next_hop_;
    Log log_;
    sandbox::IisPlayer player_;
    std::string last_trouble_;
};

} // namespace relaytool::cli
