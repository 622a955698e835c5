#pragma once

#include "base/time_span.hpp"
#include "context.hpp"
#include "smtp/client.hpp"

#include <CLI/App.hpp>

#include <optional>
#include <string>

namespace relaytool::cli {

/// Which mail server to talk to, how, and as whom: the options of `send` and whatever else talks SMTP. Names
/// as in swaks where they mean the same.
struct ServerOptions {
    std::string server; ///< HOST[:PORT]
    std::string port;
    std::string profile;
    std::string tls; ///< empty: what is usual on the port
    bool insecure = false;
    std::string min_tls = "1.2";
    std::string user;
    std::string mechanism;
    std::string password;
    std::string password_file;
    std::string password_command;
    std::string token_command;
    std::string token_file;
    std::string timeout;
    bool v4 = false;
    bool v6 = false;
    smtp::Target target; ///< its plain values are bound to options directly
};

/// Declares them.
void add_server_options(CLI::App& app, ServerOptions& options);

/// The target as the options say it. The Error names the option. `server` may be empty: then `host` of the
/// result is, too.
Result<smtp::Target> target_of(const ServerOptions& options, Context& context);

/// Warns of a password on the command line. What a profile brings is there to be read by its owner only, so
/// this comes before apply_profile().
void warn_of_password(const ServerOptions& options, Context& context);

/// The login, its password or token fetched from wherever it is.
Result<smtp::Login> credentials_of(const ServerOptions& options, Context& context);

/// Takes HOST[:PORT] apart: a name, an IPv4 address, an IPv6 address in brackets (or alone). The Error says
/// what is wrong with it.
Result<void> read_server(const std::string& text, smtp::Target& target);

/// The values of `--quit-after`, as swaks names them.
std::optional<smtp::StopAfter> read_step(const std::string& text);

} // namespace relaytool::cli
