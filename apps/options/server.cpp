#include "options/server.hpp"

#include "base/ascii.hpp"
#include "base/ip.hpp"
#include "diagnosis/login_verdict.hpp"
#include "dns/endpoint.hpp"
#include "oauth/claims.hpp"
#include "oauth/provider.hpp"
#include "oauth/token_cache.hpp"
#include "options/token.hpp"

#include <CLI/Error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace relaytool::cli {
namespace {

constexpr std::uint16_t submission_port = 587;
constexpr std::uint16_t implicit_tls_port = 465;
constexpr std::uint16_t smtp_port = 25;
constexpr std::size_t longest_host = 253; // RFC 1035 section 2.3.4

Error wrong(std::string option, std::string why) {
    return {std::move(option), std::move(why)};
}

bool is_host(std::string_view text) {
    return !text.empty() && text.size() <= longest_host && std::all_of(text.begin(), text.end(), [](char c) {
        return ascii::is_alnum(c) || c == '.' || c == '-' || c == '_' ||
               static_cast<unsigned char>(c) >= 0x80;
    });
}

Result<std::uint16_t> read_port(const std::string& text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value == 0 || value > 65535)
        return tl::unexpected(wrong("--port", text + " is not a port (1-65535)"));
    return static_cast<std::uint16_t>(value);
}

Result<smtp::TlsMode> read_mode(const std::string& text) {
    constexpr std::array modes{
        std::pair{std::string_view("starttls"), smtp::TlsMode::starttls},
        std::pair{std::string_view("implicit"), smtp::TlsMode::implicit},
        std::pair{std::string_view("opportunistic"), smtp::TlsMode::opportunistic},
        std::pair{std::string_view("off"), smtp::TlsMode::off},
    };
    for (const auto& [name, mode] : modes)
        if (name == text) return mode;
    return tl::unexpected(wrong("--tls", text + " is none of starttls, implicit, opportunistic, off"));
}

/// RFC 8314 section 3.3: 465 begins with TLS, 587 with STARTTLS; on port 25 there may be none.
Result<smtp::TlsMode> usual_mode(std::uint16_t port) {
    if (port == implicit_tls_port) return smtp::TlsMode::implicit;
    return port == smtp_port ? smtp::TlsMode::opportunistic : smtp::TlsMode::starttls;
}

Result<smtp::TlsVersion> read_version(const std::string& text) {
    for (const smtp::TlsVersion version : smtp::all_tls_versions)
        if (text == to_string(version)) return version;
    return tl::unexpected(wrong("--min-tls", text + " is none of 1.0, 1.1, 1.2, 1.3"));
}

/// `30s` for all phases, or `connect=5s,data=2m`.
Result<void> read_timeouts(const std::string& text, smtp::Patience& patience) {
    std::string_view rest = text;
    bool is_over = text.empty();
    while (!is_over) {
        const std::string_view item = rest.substr(0, rest.find(','));
        is_over = item.size() == rest.size();
        rest.remove_prefix(std::min(item.size() + 1, rest.size()));
        const std::size_t equals = item.find('=');
        const bool is_for_all = equals == std::string_view::npos;
        const std::string_view phase = item.substr(0, is_for_all ? 0 : equals);
        const auto span = read_span(std::string(item.substr(is_for_all ? 0 : equals + 1)));
        if (!span || span->count() < 1)
            return tl::unexpected(wrong(
                "--timeout", fmt::format("'{}' is not a time such as 30s or 2m, of a day at most", item)));
        if (is_for_all)
            patience = {*span, *span, *span, *span};
        else if (phase == "connect")
            patience.connect = *span;
        else if (phase == "command")
            patience.command = *span;
        else if (phase == "data")
            patience.data = *span;
        else if (phase == "end")
            patience.end = *span;
        else
            return tl::unexpected(
                wrong("--timeout", fmt::format("{}: the phases are connect, command, data, end", phase)));
    }
    return {};
}

/// The command may hold secrets itself: it is not repeated.
Result<std::string> first_line_of_command(const char* what, const std::string& command, Context& context) {
    auto line = context.machine->first_line_of(command);
    if (!line) return tl::unexpected(wrong(what, line.error().why));
    return line;
}

bool has_kept_login(const std::string& user, Context& context) {
    if (context.secrets == nullptr) return false;
    const auto login = oauth::TokenCache(*context.secrets).load(user);
    return login && *login;
}

Result<std::string> password_of(const ServerOptions& options, Context& context) {
    if (!options.password.empty()) return options.password;
    if (!options.password_file.empty()) return first_line_of_file(options.password_file, context);
    if (!options.password_command.empty())
        return first_line_of_command("the password command", options.password_command, context);
    if (std::string secret = context.machine->environment("RELAYTOOL_PASSWORD"); !secret.empty())
        return secret;
    auto asked = context.machine->ask_secret(fmt::format("Password of {}: ", options.user));
    if (!asked && options.mechanism.empty() && has_kept_login(options.user, context))
        return tl::unexpected(
            wrong("--user " + options.user,
                  fmt::format("no password; a token of {} is kept: add --auth XOAUTH2 to use it "
                              "at this server",
                              options.user)));
    if (!asked)
        return tl::unexpected(
            wrong("--user " + options.user,
                  "no password: give --password-file, --password-command, --token-command, set "
                  "RELAYTOOL_PASSWORD, or log in with OAuth (relaytool login, "
                  "then --auth XOAUTH2)"));
    return asked;
}

/// A token that does not fit is named before it is sent.
smtp::Login with_token(smtp::Login login, std::string token, Context& context) {
    login.doubt = [token, now = context.now()](const std::string& server_name) {
        return diagnosis::doubt_of(token, server_name, now);
    };
    login.token = std::move(token);
    return login;
}

bool names_password(const ServerOptions& options) {
    return !options.password.empty() || !options.password_file.empty() || !options.password_command.empty();
}

/// Whether the server belongs to whoever gave the token. A token is as good as a password: others have no
/// business with it unless --auth says so.
bool is_at_home(const oauth::CachedLogin& login, const std::string& server) {
    smtp::Target target;
    if (!read_server(server, target)) return false;
    const oauth::Provider* provider = oauth::provider_of_host(target.host);
    return provider != nullptr && provider->name == login.provider;
}

/// A token that `relaytool login` has got, where the login needs one and no other secret was named. Absent
/// when it does not, or when there is none.
Result<std::optional<std::string>> kept_token(const ServerOptions& options, const smtp::Login& login,
                                              Context& context) {
    const bool wants_token = login.mechanism && sasl::takes_token(*login.mechanism);
    const bool has_password =
        names_password(options) || !context.machine->environment("RELAYTOOL_PASSWORD").empty();
    if (!wants_token && (login.mechanism || has_password || context.secrets == nullptr))
        return std::optional<std::string>();
    if (!wants_token) {
        const auto known = oauth::TokenCache(*context.secrets).load(options.user);
        if (!known) return tl::unexpected(known.error());
        if (!*known || !is_at_home(**known, options.server)) return std::optional<std::string>();
    }
    Result<std::optional<oauth::CachedLogin>> kept = std::nullopt;
    if (context.secrets != nullptr) kept = fresh_login(options.user, context);
    if (!kept) return tl::unexpected(kept.error());
    if (*kept) return std::optional((*kept)->access);
    if (!wants_token) return std::optional<std::string>();
    return tl::unexpected(wrong("--auth", options.mechanism +
                                              " needs a token: get one with relaytool login --user " +
                                              options.user + ", or give --token-command"));
}

Result<std::string> token_of(const ServerOptions& options, Context& context) {
    const bool is_file = !options.token_file.empty();
    auto token = is_file ? first_line_of_file(options.token_file, context)
                         : first_line_of_command("the token command", options.token_command, context);
    if (token && !oauth::is_token_text(*token))
        return tl::unexpected(
            wrong(is_file ? "--token-file" : "--token-command",
                  "what it gives is no token: there are blanks or control characters in it"));
    return token;
}

/// What a server can take as the name of a client: RFC 5321 section 4.1.3 wants an address when there is no
/// name.
std::string helo_of(const std::string& given, Context& context) {
    if (!given.empty()) return given;
    std::string name = context.machine->host_name();
    if (!is_host(name)) return "localhost.localdomain";
    return name.find('.') == std::string::npos ? name + ".localdomain" : name;
}

} // namespace

std::optional<smtp::StopAfter> read_step(const std::string& text) {
    using smtp::StopAfter;
    constexpr std::array steps{
        std::pair{std::string_view("connect"), StopAfter::connect},
        std::pair{std::string_view("banner"), StopAfter::connect},
        std::pair{std::string_view("helo"), StopAfter::helo},
        std::pair{std::string_view("ehlo"), StopAfter::helo},
        std::pair{std::string_view("first-helo"), StopAfter::helo},
        std::pair{std::string_view("starttls"), StopAfter::tls},
        std::pair{std::string_view("tls"), StopAfter::tls},
        std::pair{std::string_view("auth"), StopAfter::auth},
        std::pair{std::string_view("mail"), StopAfter::mail},
        std::pair{std::string_view("from"), StopAfter::mail},
        std::pair{std::string_view("rcpt"), StopAfter::rcpt},
        std::pair{std::string_view("to"), StopAfter::rcpt},
        std::pair{std::string_view("data"), StopAfter::data},
    };
    for (const auto& [name, step] : steps)
        if (ascii::iequals(name, text)) return step;
    return std::nullopt;
}

Result<void> read_server(const std::string& text, smtp::Target& target) {
    std::string host = text;
    std::string port;
    bool has_port = false;
    if (const std::size_t close = text.find(']'); text.starts_with('[') && close != std::string::npos) {
        host = text.substr(1, close - 1);
        if (close + 1 < text.size() && text[close + 1] != ':')
            return tl::unexpected(wrong("--server", text + ": behind the bracket comes :PORT"));
        if (close + 1 < text.size()) port = text.substr(close + 2);
        has_port = close + 1 < text.size();
    } else if (std::count(text.begin(), text.end(), ':') == 1) {
        host = text.substr(0, text.find(':'));
        port = text.substr(text.find(':') + 1);
        has_port = true;
    }
    if (has_port && port.empty())
        return tl::unexpected(wrong("--server", text + ": no port behind the colon"));
    if (!ip::read_address(host) && !is_host(host))
        return tl::unexpected(wrong("--server", fmt::format("{}: not a host name or an IP address", text)));
    target.host = std::move(host);
    if (port.empty()) return {};
    const auto number = read_port(port);
    if (!number) return tl::unexpected(wrong("--server", number.error().why));
    target.port = *number;
    return {};
}

void add_server_options(CLI::App& app, ServerOptions& options) {
    smtp::Target& target = options.target;
    const auto group = [](CLI::Option* option, const char* name) {
        option->group(name);
        return option;
    };
    constexpr const char* server = "Server";
    constexpr const char* tls = "TLS";
    constexpr const char* login = "Login";
    const auto text = [&](const char* names, std::string& value, const char* help, const char* shown,
                          const char* where) {
        group(app.add_option(names, value, help), where)->option_text(shown);
    };
    text("-s,--server", options.server, "Mail server; port 587 unless it says otherwise", "HOST[:PORT]",
         server);
    text("-p,--port", options.port, "Its port", "N", server);
    text("--profile", options.profile,
         "Options of a name: o365, o365-direct, gmail, sandbox, or of your config.toml", "NAME", server);
    text("--helo,--ehlo", target.helo, "What to call ourselves", "NAME", server);
    text("--source-address,--local-interface", target.source_address, "Local address or interface", "ADDRESS",
         server);
    text("--proxy", target.proxy, "socks5://HOST:PORT or http://HOST:PORT", "URL", server);
    text("--timeout", options.timeout, "For every phase, or connect=,command=,data=,end= apart", "TIME",
         server);
    group(app.add_flag("-4", options.v4, "IPv4 only"), server);
    group(app.add_flag("-6", options.v6, "IPv6 only"), server)->excludes("-4");
    text("--tls", options.tls, "starttls (usual), implicit (port 465), opportunistic (port 25), off", "MODE",
         tls);
    text("--min-tls", options.min_tls, "Oldest version that will do (default 1.2)", "1.0-1.3", tls);
    text("--ca-file,--tls-ca-path", target.tls.ca_file, "Authorities to trust, PEM", "FILE", tls);
    text("--cert,--tls-cert", target.tls.certificate_file, "Our own certificate, PEM", "FILE", tls);
    text("--key,--tls-key", target.tls.key_file, "Its key, PEM", "FILE", tls);
    group(app.add_flag("--insecure", options.insecure, "Do not verify the server's certificate"), tls);
    text("-u,--user,--auth-user", options.user, "Account to log in with", "NAME", login);
    text("--auth", options.mechanism,
         "PLAIN, LOGIN, XOAUTH2, OAUTHBEARER, CRAM-MD5, NTLM (default: the best offered)", "MECHANISM",
         login);
    text("--password-file", options.password_file, "File whose first line is the password", "FILE", login);
    text("--password-command", options.password_command, "Command that prints the password", "COMMAND",
         login);
    text("--password,--auth-password", options.password, "The password itself: others can see it here",
         "TEXT", login);
    text("--token-command", options.token_command, "Command that prints an OAuth access token", "COMMAND",
         login);
    text("--token-file", options.token_file, "File whose first line is an OAuth access token", "FILE", login);
}

Result<smtp::Target> target_of(const ServerOptions& options, Context& context) {
    smtp::Target target = options.target;
    const auto version = read_version(options.min_tls);
    if (!version) return tl::unexpected(version.error());
    target.tls.oldest = *version;
    target.port = options.tls == "implicit"                                ? implicit_tls_port
                  : options.tls == "off" || options.tls == "opportunistic" ? smtp_port
                                                                           : submission_port;
    if (!options.server.empty())
        if (auto read = read_server(options.server, target); !read) return tl::unexpected(read.error());
    if (!options.port.empty()) {
        const auto port = read_port(options.port);
        if (!port) return tl::unexpected(port.error());
        target.port = *port;
    }
    const auto mode = options.tls.empty() ? usual_mode(target.port) : read_mode(options.tls);
    if (!mode) return tl::unexpected(mode.error());
    target.tls.mode = *mode;
    // Between servers a certificate proves nothing unless an authority is named (RFC 7435 section 1).
    const bool is_casual = *mode == smtp::TlsMode::opportunistic && target.tls.ca_file.empty();
    if (options.insecure || is_casual) target.tls.verification = smtp::Verification::none;
    if (auto read = read_timeouts(options.timeout, target.patience); !read)
        return tl::unexpected(read.error());
    if (options.v4) target.family = smtp::IpFamily::v4;
    if (options.v6) target.family = smtp::IpFamily::v6;
    if (const auto address = ip::read_address(target.host)) {
        const bool is_v4 = address->family() == ip::Family::v4;
        if ((options.v4 && !is_v4) || (options.v6 && is_v4))
            return tl::unexpected(wrong("--server", target.host + " is an address of the other family than " +
                                                        (options.v4 ? "-4" : "-6") + " asks for"));
    }
    target.helo = helo_of(target.helo, context);
    if (target.helo.find_first_of(std::string_view("\r\n\0 ", 4)) != std::string::npos)
        return tl::unexpected(wrong("--helo", "blanks and line ends cannot stand in a host name"));
    return target;
}

void warn_of_password(const ServerOptions& options, Context& context) {
    if (options.password.empty()) return;
    context.err("relaytool: --password: other users of this machine can see it in the list of processes; "
                "--password-file and --password-command keep it to yourself\n");
}

Result<smtp::Login> credentials_of(const ServerOptions& options, Context& context) {
    smtp::Login credentials;
    credentials.user = options.user;
    const bool has_token = !options.token_command.empty() || !options.token_file.empty();
    if (!options.mechanism.empty()) {
        credentials.mechanism = sasl::read_mechanism(options.mechanism);
        if (!credentials.mechanism)
            return tl::unexpected(
                wrong("--auth",
                      options.mechanism + " is none of PLAIN, LOGIN, XOAUTH2, OAUTHBEARER, CRAM-MD5, NTLM"));
        if (has_token && !sasl::takes_token(*credentials.mechanism))
            return tl::unexpected(wrong("--auth", options.mechanism + " takes a password, not a token"));
        if (names_password(options) && sasl::takes_token(*credentials.mechanism))
            return tl::unexpected(wrong(
                "--auth", options.mechanism + " takes a token, not a password: give --token-command, or "
                                              "log in with relaytool login"));
    }
    if (options.user.empty()) {
        if (!options.mechanism.empty() || has_token || names_password(options))
            return tl::unexpected(wrong("--user", "missing: whose password or token is it?"));
        return credentials;
    }
    if (!has_token) {
        auto kept = kept_token(options, credentials, context);
        if (!kept) return tl::unexpected(kept.error());
        if (*kept) return with_token(std::move(credentials), **std::move(kept), context);
    }
    auto secret = has_token ? token_of(options, context) : password_of(options, context);
    if (!secret) return tl::unexpected(secret.error());
    if (has_token) return with_token(std::move(credentials), *std::move(secret), context);
    credentials.password = *std::move(secret);
    return credentials;
}

} // namespace relaytool::cli
