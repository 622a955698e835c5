#include "report/sandbox.hpp"

#include "base/ascii.hpp"
#include "base/ip.hpp"
#include "command.hpp"
#include "commands/sandbox_parts.hpp"
#include "options/dns.hpp"
#include "options/output.hpp"
#include "sandbox/host.hpp"
#include "sandbox/mail_store.hpp"
#include "sandbox/mx.hpp"
#include "sandbox/office365.hpp"
#include "sandbox/scenario.hpp"

#include <CLI/Error.hpp>
#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relaytool::cli {
namespace {

constexpr std::uint16_t default_smtp_port = 2587;
constexpr std::uint16_t default_mx_port = 2525;
constexpr std::uint16_t default_dns_port = 2553;
constexpr std::uint16_t default_http_port = 2580;
constexpr std::string_view default_login = "oliver@shortstraw.be";
constexpr std::string_view default_password = "short-straw";

struct Options {
    sandbox::Listen listen;
    std::optional<std::uint16_t> smtp_port;
    std::optional<std::uint16_t> mx_port;
    std::optional<std::uint16_t> dns_port;
    std::optional<std::uint16_t> http_port;
    bool is_remote_allowed = false;
    sandbox::Play play;
    std::vector<std::string> zones;
    std::string folder;
    std::string mailroot;
    std::vector<const sandbox::EntraError*> failing_tokens;
    std::string approved_login;
    bool is_json = false;
};

/// Prints what happens, and keeps the mails.
class Diary {
public:
    Diary(const Options& options, Context& context)
        : options_(options), context_(context), style_(style_of({}, context.terminal)) {}

    void started(const sandbox::Running& running) {
        const report::SandboxStart start{running, options_.play.logins};
        say(options_.is_json ? report::sandbox_json(start) : report::sandbox_text(start, style_));
    }

    void mail(smtp::Mail mail, const std::string& server) {
        report::SandboxEvent event{.server = server, .mail = std::move(mail), .is_mail = true};
        if (event.mail.is_accepted) keep(event);
        say(event);
    }

    void file(const sandbox::MailrootEvent& event) {
        say(options_.is_json ? report::sandbox_json(event) : report::sandbox_text(event, style_));
    }

    sandbox::MailStore& store() { return store_; }

    void ended(const sandbox::Ended& ended) {
        const smtp::State& state = ended.state;
        if (state.mails > 0 || state.name.empty()) return;
        smtp::Mail mail{.client = state.client, .login = state.login, .helo = state.name};
        if (state.sender) mail.sender = *state.sender;
        mail.recipients = state.recipients;
        mail.reply = state.last_refusal;
        say(report::SandboxEvent{.server = ended.server, .mail = std::move(mail)});
    }

private:
    void keep(report::SandboxEvent& event) {
        const auto stored = store_.add(event.mail, context_.now());
        event.id = stored->id;
        if (options_.folder.empty()) return;
        const std::string name = stored->id + ".eml";
        const auto saved = context_.servers->save(options_.folder, name, stored->mail.octets);
        if (saved)
            event.file = options_.folder + "/" + name;
        else
            complain(context_, saved.error());
    }

    void say(const report::SandboxEvent& event) {
        say(options_.is_json ? report::sandbox_json(event) : report::sandbox_text(event, style_));
    }
    void say(const std::string& text) {
        context_.out(text);
        context_.flush();
    }

    const Options& options_;
    Context& context_;
    report::Style style_;
    sandbox::MailStore store_;
};

/// The mailroot's mail goes to the smart host, with the first login.
Result<void> open_iis(const Options& options, sandbox::Parts& parts, Diary& diary, Context& context,
                      std::optional<SandboxIis>& iis) {
    if (options.mailroot.empty()) return {};
    auto mailroot = context.servers->open_mailroot(options.mailroot);
    if (!mailroot) return tl::unexpected(mailroot.error());
    sandbox::SessionHop::Settings next_hop;
    next_hop.policy = parts.submission;
    next_hop.limits = parts.limits;
    next_hop.login = options.play.logins.front().name;
    next_hop.password = options.play.logins.front().password;
    next_hop.on_mail = [&diary](smtp::Mail mail) { diary.mail(std::move(mail), "iis"); };
    iis.emplace(*std::move(mailroot), std::move(next_hop),
                [&diary](const sandbox::MailrootEvent& event) { diary.file(event); });
    parts.tick = [&iis, &context] { iis->tick(context.now()); };
    return {};
}

Exit run_sandbox(const Options& options, Context& context) {
    if (context.servers == nullptr) {
        complain(context, context.become_server());
        return Exit::could_not_tell;
    }
    sandbox::Play play = options.play;
    play.now = context.now;
    sandbox::Connections connections;
    const auto zones = read_zones(options.zones, context.files);
    if (!zones) {
        complain(context, zones.error());
        return Exit::could_not_tell;
    }
    Diary diary(options, context);
    SandboxWeb web(options.failing_tokens, options.approved_login, diary.store(), context.now);
    play.token_verdict = [&](std::string_view login, std::string_view token) {
        return web.verdict(login, token);
    };
    sandbox::Parts parts;
    if (!options.zones.empty()) parts.zones = &*zones;
    parts.submission = [&] { return std::make_unique<sandbox::Office365>(play, connections); };
    parts.mx = [&] { return std::make_unique<sandbox::Mx>(play, connections); };
    parts.limits.message = play.size_limit;
    parts.on_mail = [&](smtp::Mail mail, const std::string& server) { diary.mail(std::move(mail), server); };
    parts.on_ended = [&](const sandbox::Ended& ended) { diary.ended(ended); };
    parts.web = [&](const sandbox::WebRequest& request) { return web.answer(request); };
    std::optional<SandboxIis> iis;
    if (const auto opened = open_iis(options, parts, diary, context, iis); !opened) {
        complain(context, opened.error());
        return Exit::could_not_tell;
    }
    const auto running = context.servers->start(options.listen, std::move(parts));
    if (!running) {
        complain(context, running.error());
        return Exit::could_not_tell;
    }
    web.started(*running);
    diary.started(*running);
    context.servers->wait();
    return Exit::good;
}

/// A number of milliseconds: `200ms`, `2s`, `0`.
std::chrono::milliseconds read_time(const std::string& option, const std::string& text) {
    constexpr int longest = 600'000;
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    const int factor = unit == "ms" ? 1 : unit == "s" || (unit.empty() && number == 0) ? 1000 : 0;
    if (error != std::errc{} || factor == 0 || number < 0 || number > longest / factor)
        throw CLI::ValidationError(option, text + " is no time such as 200ms or 2s, of ten minutes at most");
    return std::chrono::milliseconds(number * factor);
}

void add_ports(CLI::App& app, Options& options) {
    app.add_option("--port", options.smtp_port,
                   "Port of the smart host (default 2587); 0: whichever is free, for all")
        ->option_text("N");
    app.add_option("--mx-port", options.mx_port, "Port of the MX (default 2525)")->option_text("N");
    app.add_option("--dns-port", options.dns_port, "Port of the DNS server (default 2553)")->option_text("N");
    app.add_option("--http-port", options.http_port, "Port of pages, API and token endpoint (default 2580)")
        ->option_text("N");
    app.add_option("--bind", options.listen.address, "Address to listen on (default 127.0.0.1)")
        ->option_text("ADDRESS");
    app.add_flag("--allow-remote", options.is_remote_allowed,
                 "Let other machines connect: needed for --bind beyond loopback");
}

void add_people(CLI::App& app, Options& options) {
    const auto add_login = [&options](const std::vector<std::string>& texts) {
        for (const std::string& text : texts) {
            const std::size_t colon = text.find(':');
            if (colon == 0 || colon == std::string::npos)
                throw CLI::ValidationError("--user", text + " is not NAME:PASSWORD");
            options.play.logins.push_back({text.substr(0, colon), text.substr(colon + 1)});
        }
    };
    app.add_option_function<std::vector<std::string>>(
           "--user", add_login, "Login of the smart host (default oliver@shortstraw.be)")
        ->option_text("NAME:PASSWORD")
        ->expected(1)
        ->take_all();
    app.add_option("--token", options.play.tokens, "XOAUTH2 token that is good for every login")
        ->option_text("TOKEN")
        ->expected(1)
        ->take_all();
    app.add_option("--allow-sender", options.play.allowed_senders,
                   "Address, or @domain, that logins may send as besides their own")
        ->option_text("ADDRESS")
        ->expected(1)
        ->take_all();
    app.add_option("--domain", options.play.domains, "Domain that the MX takes mail for (default: all)")
        ->option_text("DOMAIN")
        ->expected(1)
        ->take_all();
}

void add_failures(CLI::App& app, Options& options) {
    const auto fail = [&options](const std::vector<std::string>& names) {
        for (const std::string& name : names) {
            const sandbox::Scenario* scenario = sandbox::find_scenario(name);
            const sandbox::EntraError* error = sandbox::find_entra_error(name);
            if (scenario == nullptr && error == nullptr)
                throw CLI::ValidationError("--fail", name + " is none of those --help lists");
            if (scenario != nullptr) options.play.failing.push_back(scenario);
            if (error != nullptr) options.failing_tokens.push_back(error);
        }
    };
    app.add_option_function<std::vector<std::string>>("--fail", fail,
                                                      "Refuse everybody in that way; see below")
        ->option_text("NAME")
        ->expected(1)
        ->take_all();
    const auto add_step = [&app](const char* name, std::optional<smtp::Step>& step, const char* what) {
        const auto read = [name, &step](const std::string& word) {
            step = sandbox::step_from(word);
            if (!step)
                throw CLI::ValidationError(
                    name, word + " is none of connect, helo, starttls, tls, auth, mail, rcpt, data, dot");
        };
        app.add_option_function<std::string>(name, read, what)->option_text("STEP");
    };
    add_step("--drop-after", options.play.drop_after, "End the connection instead of the reply to that step");
    add_step("--stall-after", options.play.stall_after, "Never reply to that step");
    app.add_option_function<std::string>(
           "--slow", [&options](const std::string& text) { options.play.slow = read_time("--slow", text); },
           "Wait before every reply")
        ->option_text("TIME");
    app.add_option_function<std::string>(
           "--tarpit",
           [&options](const std::string& text) { options.play.tarpit = read_time("--tarpit", text); },
           "Hold refusals back, as Office 365 does (default 5s)")
        ->option_text("TIME");
}

void add_tls(CLI::App& app, Options& options) {
    app.add_option_function<std::string>(
           "--bad-cert",
           [&options](const std::string& word) {
               if (word == "expired")
                   options.listen.certificate = sandbox::Certificate::expired;
               else if (word == "name")
                   options.listen.certificate = sandbox::Certificate::wrong_name;
               else if (word == "self-signed")
                   options.listen.certificate = sandbox::Certificate::self_signed;
               else
                   throw CLI::ValidationError("--bad-cert", word + " is none of expired, name, self-signed");
           },
           "Show a certificate that is expired, self-signed, or for another name")
        ->option_text("KIND");
    app.add_option_function<std::string>(
           "--tls-max",
           [&options](const std::string& word) {
               if (word != "1.1") throw CLI::ValidationError("--tls-max", word + " is not 1.1");
               options.listen.tls_max = sandbox::TlsMax::tls_1_1;
           },
           "Newest TLS to speak: 1.1")
        ->option_text("VERSION");
}

/// What is known only once all options are there.
void complete(Options& options) {
    const auto ip = ip::read_address(options.listen.address);
    if (!ip) throw CLI::ValidationError("--bind", options.listen.address + " is no IP address");
    if (!options.is_remote_allowed && options.listen.address != "::1" &&
        !options.listen.address.starts_with("127."))
        throw CLI::ValidationError("--bind", options.listen.address +
                                                 " is beyond loopback: add --allow-remote if others "
                                                 "may send and read mail here");
    const bool is_any = options.smtp_port == std::uint16_t{0};
    options.listen.smtp = options.smtp_port.value_or(default_smtp_port);
    options.listen.mx = options.mx_port.value_or(is_any ? std::uint16_t{0} : default_mx_port);
    options.listen.http = options.http_port.value_or(is_any ? std::uint16_t{0} : default_http_port);
    options.listen.dns = options.dns_port.value_or(is_any ? std::uint16_t{0} : default_dns_port);
    if (options.play.logins.empty())
        options.play.logins.push_back({std::string(default_login), std::string(default_password)});
}

/// The names in lines of a terminal's width.
std::string in_lines(const std::vector<std::string_view>& names) {
    constexpr std::size_t width = 78;
    std::string text;
    std::string line = " ";
    for (const std::string_view name : names) {
        if (line.size() + name.size() + 1 > width) {
            text += line + '\n';
            line = " ";
        }
        line += fmt::format(" {}", name);
    }
    return text + line + '\n';
}

std::string scenario_list() {
    std::vector<std::string_view> refusals;
    for (const sandbox::Scenario& scenario : sandbox::scenarios())
        refusals.push_back(scenario.name);
    std::vector<std::string_view> errors;
    for (const sandbox::EntraError& error : sandbox::entra_errors())
        errors.push_back(error.name);
    return "Refusals for --fail. A login, sender or recipient of such a name is refused in that way, too\n"
           "(sendas-denied@example.com):\n" +
           in_lines(refusals) +
           "\nErrors of the token endpoint for --fail. A tenant, client or login of such a name gets it, too:\n" +
           in_lines(errors);
}

} // namespace

Run setup_sandbox(CLI::App& app) {
    auto options = std::make_shared<Options>();
    add_ports(app, *options);
    add_people(app, *options);
    add_failures(app, *options);
    add_tls(app, *options);
    app.add_option("--zone", options->zones,
                   "Zone file that the DNS server answers from; without one there is none")
        ->option_text("FILE")
        ->expected(1)
        ->take_all();
    app.add_option("--max-size", options->play.size_limit, "Largest message in octets (default 157286400)")
        ->option_text("BYTES");
    app.add_option("--save", options->folder, "Keep accepted mail as .eml files in this folder")
        ->option_text("DIR");
    app.add_option(
           "--mailroot", options->mailroot,
           "Play IIS on this folder: Pickup, Queue and BadMail; mail goes to the smart host with the first "
           "login")
        ->option_text("DIR");
    app.add_option("--approve", options->approved_login,
                   "Confirm device codes for this login at once, without a person at the page /device")
        ->option_text("LOGIN");
    app.add_flag("--json", options->is_json, "One JSON object per line: the ports first, then what happens");
    app.final_callback([options] { complete(*options); });
    app.footer(scenario_list() + "\nExamples:\n"
                                 "  relaytool sandbox\n"
                                 "  relaytool sandbox --port 0 --json --fail mailbox-full\n"
                                 "  relaytool sandbox --zone examples/zones/shortstraw.be.zone --save mails");
    return [options](Context& context) { return run_sandbox(*options, context); };
}

} // namespace relaytool::cli
