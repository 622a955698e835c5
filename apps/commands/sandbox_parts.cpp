#include "commands/sandbox_parts.hpp"

#include "report/sandbox_web.hpp"

#include <utility>

namespace relaytool::cli {
namespace {

/// The server that IIS is said to run on; RFC 6761 keeps the domain for such.
constexpr std::string_view iis_host = "relay01.sandbox.test";
/// IIS waits 15 minutes: too long for whoever tries it.
constexpr std::int64_t retry_seconds = 10;

} // namespace

SandboxWeb::SandboxWeb(std::vector<const sandbox::EntraError*> failing, std::string approved_login,
                       sandbox::MailStore& store, std::function<std::int64_t()> now)
    : store_(store), now_(std::move(now)), tokens_([&] {
          sandbox::TokenSettings settings;
          settings.failing = std::move(failing);
          settings.approved_login = std::move(approved_login);
          settings.write_claims = report::token_text;
          settings.random = [this] { return random_(); };
          return settings;
      }()) {
    about_.version = RELAYTOOL_VERSION;
}

sandbox::WebReply SandboxWeb::answer(const sandbox::WebRequest& request) {
    if (const auto token = tokens_.answer(request, now_())) return report::web_reply(*token);
    const auto mail = sandbox::answer_mail(request, store_, report::read_mail_ids);
    const std::lock_guard lock(mutex_);
    return report::web_reply(mail, about_);
}

sandbox::TokenVerdict SandboxWeb::verdict(std::string_view login, std::string_view token) const {
    const bool is_good = tokens_.state_of(login, token, now_()) == sandbox::TokenState::good;
    return is_good ? sandbox::TokenVerdict::good : sandbox::TokenVerdict::bad;
}

void SandboxWeb::started(const sandbox::Running& running) {
    tokens_.set_address("http://" + running.http);
    const std::lock_guard lock(mutex_);
    about_.servers = {
        {"smtp", running.smtp}, {"mx", running.mx}, {"dns", running.dns}, {"ca_file", running.ca_file}};
}

SandboxIis::SandboxIis(std::unique_ptr<sandbox::Mailroot> mailroot, sandbox::SessionHop::Settings next_hop,
                       Log log)
    : mailroot_(std::move(mailroot)), next_hop_(std::move(next_hop)), log_(std::move(log)),
      player_({.host = std::string(iis_host), .retry_seconds = retry_seconds}, std::random_device{}()) {}

void SandboxIis::tick(std::int64_t now) {
    const auto events = sandbox::play_mailroot(player_, *mailroot_, next_hop_, now);
    if (events) {
        for (const sandbox::MailrootEvent& event : *events)
            log_(event);
        return;
    }
    if (events.error().why != last_trouble_)
        log_({sandbox::MailrootEvent::What::trouble, events.error().what, events.error().why});
    last_trouble_ = events.error().why;
}

} // namespace relaytool::cli
