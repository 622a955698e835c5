#include "base/place.hpp"
#include "command.hpp"
#include "commands/probe_output.hpp"
#include "commands/probe_paths.hpp"
#include "commands/probe_watch.hpp"
#include "diagnosis/expectation.hpp"
#include "diagnosis/probe_verdict.hpp"
#include "mail/address.hpp"
#include "mail/draft.hpp"
#include "options/dns.hpp"
#include "options/message.hpp"
#include "options/mx.hpp"
#include "options/profile.hpp"
#include "options/server.hpp"
#include "probe/walk.hpp"
#include "report/send.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace relaytool::cli {
namespace {

using diagnosis::Expectation;

constexpr std::uint16_t smtp_port = 25;
constexpr std::chrono::milliseconds shortest_pause{1000};

struct Options {
    std::string target; ///< HOST[:PORT], or a profile
    ServerOptions server;
    DnsOptions dns;
    ProbeOutput output;
    std::string mx;
    std::vector<std::string> senders;
    std::vector<std::string> recipients;
    bool send_as_test = false;
    bool deep = false;
    bool all_paths = false;
    std::string expect;
    std::string watch;
};

/// `probe o365`: a profile's name stands for its options, a host for --server.
Result<void> settle_target(Options& options, CLI::App& app, Context& context) {
    if (!options.target.empty() && !options.server.server.empty())
        return tl::unexpected(Error{"--server", "the server was named already: " + options.target});
    if (!options.target.empty() && options.server.profile.empty() && is_profile(options.target, context))
        options.server.profile = options.target;
    else if (!options.target.empty())
        options.server.server = options.target;
    // The ways into Microsoft 365 are what is compared.
    if (options.all_paths && options.server.server.empty() && options.server.profile.empty())
        options.server.profile = "o365";
    return apply_profile(app, options.server.profile, context);
}

Result<std::vector<std::string>> addresses_of(std::string_view option,
                                              const std::vector<std::string>& values) {
    std::vector<std::string> addresses;
    for (const std::string& value : values) {
        if (value == "<>") {
            addresses.emplace_back();
            continue;
        }
        auto mailboxes = mail::read_mailbox_option(option, value);
        if (!mailboxes) return tl::unexpected(mailboxes.error());
        for (mail::Mailbox& mailbox : *mailboxes)
            addresses.push_back(std::move(mailbox.address));
    }
    return addresses;
}

/// DOMAIN[:PORT] of --mx. The profile o365-direct leaves the domain open, and --all-paths need not be told:
/// then it is that of who is named otherwise.
Result<smtp::Target> exchanger_of(const Options& options, const probe::Plan& plan) {
    smtp::Target named;
    named.port = smtp_port;
    if (!options.mx.empty() && options.mx != "true") {
        if (const auto read = read_server(options.mx, named); !read)
            return tl::unexpected(Error{"--mx", read.error().why});
        return named;
    }
    for (const auto* list : {&plan.recipients, &plan.senders})
        if (named.host.empty() && !list->empty()) named.host = mail::domain_of(list->front());
    if (options.all_paths && !plan.senders.empty()) named.host = mail::domain_of(plan.senders.front());
    if (named.host.empty())
        return tl::unexpected(
            Error{"--mx", "which domain's mail server? Give --mx DOMAIN, or --from ADDRESS"});
    return named;
}

Result<void> find_server(Options& options, probe::Plan& plan, Context& context) {
    const bool to_mx = !options.mx.empty() && !options.all_paths;
    if (to_mx && options.server.port.empty()) options.server.port = "25";
    auto target = target_of(options.server, context);
    if (!target) return tl::unexpected(target.error());
    plan.target = *std::move(target);
    if (!to_mx) {
        if (!plan.target.host.empty()) return {};
        return tl::unexpected(Error{"probe",
                                    "which server? Give HOST[:PORT], o365, gmail, another profile, or "
                                    "--mx DOMAIN"});
    }
    const auto named = exchanger_of(options, plan);
    if (!named) return tl::unexpected(named.error());
    if (named->port != smtp_port) plan.target.port = named->port;
    auto targets = mx_targets(named->host, plan.target, options.dns, context);
    if (!targets) return tl::unexpected(targets.error());
    plan.target = std::move(targets->front());
    return {};
}

/// Who may send as whom shows only with a message.
void add_test_message(const Options& options, probe::Plan& plan, Context& context) {
    if (!options.send_as_test) return;
    const TestFacts facts{place_of(plan.target.host, plan.target.port), plan.login.user};
    plan.test_message = [facts, &context](const std::string& sender,
                                          mail::Transfer transfer) -> Result<mail::Written> {
        MessageOptions message;
        message.from = sender;
        message.to = {facts.login};
        const auto composed = compose(message, facts, context);
        if (!composed) return tl::unexpected(composed.error());
        return write(*composed, transfer);
    };
}

bool is_address(const std::string& login) {
    return mail::read_mailbox_option("--user", login).has_value();
}

/// Whoever expects something of an address wants it tried.
Result<void> add_expected(std::vector<Expectation>& expectations, probe::Plan& plan) {
    for (Expectation& expectation : expectations) {
        if (!expectation.address) continue;
        const auto read =
            addresses_of("--expect", {expectation.address->empty() ? "<>" : *expectation.address});
        if (!read) return tl::unexpected(read.error());
        expectation.address = read->front();
        auto& list = expectation.step == diagnosis::ProbeStep::rcpt ? plan.recipients : plan.senders;
        if (std::find(list.begin(), list.end(), *expectation.address) == list.end())
            list.push_back(*expectation.address);
    }
    return {};
}

Result<probe::Plan> plan_of(Options& options, std::vector<Expectation>& expectations, Context& context) {
    probe::Plan plan;
    for (const auto& [option, values, list] : {std::tuple{"--from", &options.senders, &plan.senders},
                                               std::tuple{"--to", &options.recipients, &plan.recipients}}) {
        auto addresses = addresses_of(option, *values);
        if (!addresses) return tl::unexpected(addresses.error());
        *list = *std::move(addresses);
    }
    if (auto added = add_expected(expectations, plan); !added) return tl::unexpected(added.error());
    if (auto found = find_server(options, plan, context); !found) return tl::unexpected(found.error());
    auto login = credentials_of(options.server, context);
    if (!login) return tl::unexpected(login.error());
    plan.login = *std::move(login);
    if (plan.senders.empty() && is_address(plan.login.user)) plan.senders = {plan.login.user};
    if (options.send_as_test && !is_address(plan.login.user))
        return tl::unexpected(Error{"--send-as-test",
                                    "it sends to the login, which has to be an address: give "
                                    "--user ADDRESS"});
    if (options.deep) plan.depth = probe::Depth::deep;
    add_test_message(options, plan, context);
    return plan;
}

Look look_once(const Options& options, const std::vector<Expectation>& expectations, const probe::Plan& plan,
               dns::Cache* dns, Context& context) {
    smtp::Transcript transcript([&context] { return context.machine->uptime(); });
    if (options.output.verbose)
        transcript.on_line = [&](const smtp::TranscriptLine& line) {
            context.err(report::transcript_line(line, style_of(options.output.common, context.terminal)));
        };
    const probe::Surroundings around{*context.connector, dns,
                                     [&context] { return context.machine->uptime(); }};
    Look look;
    look.verdict = diagnosis::judge_probe(probe::walk(plan, around, transcript), context.now());
    look.verdict.expectations = judge_expectations(expectations, look.verdict);
    look.shown = shown(look.verdict, options.output, transcript, context.terminal);
    return look;
}

/// The plan as it has to be some time later: an MX moves, and a token ends.
Result<probe::Plan> renewed(Options& options, probe::Plan plan, Context& context) {
    if (!options.mx.empty())
        if (const auto found = find_server(options, plan, context); !found)
            return tl::unexpected(found.error());
    if (plan.login.token.empty()) return plan;
    auto login = credentials_of(options.server, context);
    if (!login) return tl::unexpected(login.error());
    plan.login = *std::move(login);
    return plan;
}

Exit watch_server(Options& options, const std::vector<Expectation>& expectations, const probe::Plan& plan,
                  Context& context) {
    bool is_first = true;
    const auto look = [&]() -> Result<Look> {
        const auto now = std::exchange(is_first, false) ? plan : renewed(options, plan, context);
        if (!now) return tl::unexpected(now.error());
        const auto resolver = open_dns(options.dns, context);
        if (!resolver) return tl::unexpected(resolver.error());
        dns::Cache cache(**resolver);
        return look_once(options, expectations, *now, &cache, context);
    };
    return watch(*read_span(options.watch), options.output, look, context);
}

Exit compare_paths(const Options& options, const probe::Plan& plan, Context& context) {
    const auto named = exchanger_of(options, plan);
    if (!named) return fail(named.error(), format_of(options.output), context);
    return run_paths({named->host, named->port, options.dns, options.output.common}, plan, context);
}

/// What CLI11 does not see.
Result<void> check_options(Options& options) {
    const auto span = read_span(options.watch);
    if (!options.watch.empty() && (!span || *span < shortest_pause))
        return tl::unexpected(
            Error{"--watch", "'" + options.watch +
                                 "' is not a time such as 30s or 5m, of a second at least and a "
                                 "day at most"});
    const ProbeFormat format = format_of(options.output);
    if (!options.watch.empty() && (format == ProbeFormat::junit || format == ProbeFormat::prometheus))
        return tl::unexpected(Error{
            "--watch", "junit and prometheus are files of one look: let a timer run the command, without "
                       "--watch"});
    if (!options.all_paths) return {};
    if (options.output.format == ProbeFormat::json) options.output.common.form = Form::json;
    if (!options.expect.empty() || !options.watch.empty() ||
        (format != ProbeFormat::text && format != ProbeFormat::json))
        return tl::unexpected(
            Error{"--all-paths",
                  "it compares for people: not with --expect, --watch or --format but text and json"});
    return {};
}

/// An empty one is no expectation: a variable of a pipeline was not set.
Result<std::vector<Expectation>> expectations_of(const Options& options, const CLI::App& app) {
    if (app.get_option("--expect")->count() == 0) return std::vector<Expectation>{};
    if (options.expect.empty())
        return tl::unexpected(Error{"--expect", "nothing is expected: the value is empty"});
    auto expectations = diagnosis::read_expectations(options.expect);
    if (!expectations || options.send_as_test) return expectations;
    for (const Expectation& expectation : *expectations)
        if (expectation.step == diagnosis::ProbeStep::send_as &&
            expectation.verdict != diagnosis::StepVerdict::skipped)
            return tl::unexpected(Error{"--expect", "'" + expectation.term +
                                                        "' sends a message to the login: say that you want "
                                                        "that, with --send-as-test"});
    return expectations;
}

/// Whoever reads documents gets one when the domain of --mx has no server, too.
Exit fail_to_plan(const Options& options, const std::vector<Expectation>& expectations, const Error& error,
                  Context& context) {
    const ProbeFormat format = format_of(options.output);
    const bool is_about_mx = options.mx == error.what || options.mx.starts_with(error.what + ":");
    if (!is_about_mx || options.all_paths || format == ProbeFormat::text || format == ProbeFormat::nagios)
        return fail(error, format, context);
    probe::Facts facts;
    facts.host = error.what;
    facts.port = smtp_port;
    facts.mode = smtp::TlsMode::opportunistic;
    Look look;
    look.verdict = diagnosis::judge_no_exchanger(std::move(facts), error.why, context.now());
    look.verdict.expectations = judge_expectations(expectations, look.verdict);
    const smtp::Transcript none([&context] { return context.machine->uptime(); });
    context.out(shown(look.verdict, options.output, none, context.terminal));
    return exit_of(look.verdict, format);
}

Exit run_probe(Options& options, CLI::App& app, Context& context) {
    const auto fail_with = [&](const Error& error) {
        return fail(error, format_of(options.output), context);
    };
    warn_of_password(options.server, context);
    if (const auto checked = check_options(options); !checked) return fail_with(checked.error());
    auto read = expectations_of(options, app);
    if (!read) return fail_with(read.error());
    std::vector<Expectation> expectations = *std::move(read);
    if (auto settled = settle_target(options, app, context); !settled) return fail_with(settled.error());
    const auto plan = plan_of(options, expectations, context);
    if (!plan) return fail_to_plan(options, expectations, plan.error(), context);
    if (options.all_paths) return compare_paths(options, *plan, context);
    if (!options.watch.empty()) return watch_server(options, expectations, *plan, context);
    const auto resolver = open_dns(options.dns, context);
    if (!resolver) return fail_with(resolver.error());
    dns::Cache cache(**resolver);
    const Look look = look_once(options, expectations, *plan, &cache, context);
    context.out(look.shown);
    return exit_of(look.verdict, format_of(options.output));
}

void add_probe_options(CLI::App& app, Options& options) {
    constexpr const char* group = "What to try";
    app.add_option("TARGET", options.target, "HOST[:PORT], or a profile: o365, gmail, sandbox, …")
        ->option_text(" ");
    const auto list = [&](const char* names, std::vector<std::string>& values, const char* help) {
        app.add_option(names, values, help)
            ->option_text("ADDRESS")
            ->group(group)
            ->allow_extra_args(false)
            ->take_all();
    };
    list("-f,--from", options.senders, "Sender to try at MAIL FROM; may be given several times");
    list("-t,--to", options.recipients, "Recipient to try at RCPT TO, inside or outside; several times");
    app.add_flag("--send-as-test", options.send_as_test,
                 "Send one small message from each --from to the login itself: Office 365 says only then who "
                 "may send as whom")
        ->group(group);
    app.add_flag("--deep", options.deep,
                 "Also try what the server lets strangers do: relaying, VRFY, bare line feeds")
        ->group(group);
    app.add_flag("--all-paths", options.all_paths,
                 "Compare logging in at the smart host, direct send and a connector from this machine, and "
                 "recommend one")
        ->group(group);
    app.add_option("--mx", options.mx, "The mail server of this domain, found by its MX records (port 25)")
        ->option_text("DOMAIN[:PORT]")
        ->group("Server");
    app.add_option(
           "--expect", options.expect,
           "What has to be so: auth=ok,tls>=1.2,certificate>=14d; with --send-as-test also sendas:ADDRESS=ok. "
           "One line, and an exit code")
        ->option_text("TERM,...")
        ->group("Monitoring");
    app.add_option("--watch", options.watch, "Look again and again, and say what changes, until Ctrl-C")
        ->option_text("TIME")
        ->group("Monitoring");
}

} // namespace

Run setup_probe(CLI::App& app) {
    auto options = std::make_shared<Options>();
    add_probe_options(app, *options);
    add_server_options(app, options->server);
    add_dns_options(app, options->dns);
    add_probe_output(app, options->output);
    app.footer(
        "Examples:\n"
        "  relaytool probe o365 --user oliver@shortstraw.be --from invoicing@shortstraw.be\n"
        "  relaytool probe relay.local:25 --tls off --from scanner@shortstraw.be --to you@example.com\n"
        "  relaytool probe --mx shortstraw.be\n"
        "  relaytool probe o365 --user oliver@shortstraw.be --expect 'auth=ok,tls>=1.2,certificate>=14d'");
    return [options, &app](Context& context) { return run_probe(*options, app, context); };
}

} // namespace relaytool::cli
