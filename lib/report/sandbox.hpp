#pragma once

#include "report/style.hpp"
#include "sandbox/host.hpp"
#include "sandbox/mailroot.hpp"
#include "sandbox/player.hpp"
#include "smtp/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relaytool::report {

/// What the sandbox says once it can be used.
struct SandboxStart {
    sandbox::Running running;
    std::vector<sandbox::Login> logins;
};

/// Something that happened in it: a mail, or a connection that ended without one.
struct SandboxEvent {
    std::string server; ///< "smtp", "mx"
    smtp::Mail mail;    ///< without a mail: what is known of the client
    bool is_mail = false;
    std::string id;   ///< of an accepted mail
    std::string file; ///< where it was written; empty: nowhere
};

/// What the played IIS did, with a mail or a file.
std::string sandbox_text(const sandbox::MailrootEvent& event, const Style& style);
/// An object of its own in the lines of sandbox_json().
std::string sandbox_json(const sandbox::MailrootEvent& event);

std::string sandbox_text(const SandboxStart& start, const Style& style);
/// One line.
std::string sandbox_text(const SandboxEvent& event, const Style& style);

/// One line each: `relaytool/sandbox/1` first, then the events.
std::string sandbox_json(const SandboxStart& start);
std::string sandbox_json(const SandboxEvent& event);

} // namespace relaytool::report
