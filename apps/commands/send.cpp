#include "report/send.hpp"

#include "base/ascii.hpp"
#include "base/place.hpp"
#include "command.hpp"
#include "commands/send_drop.hpp"
#include "commands/send_load.hpp"
#include "diagnosis/sending_verdict.hpp"
#include "mail/address.hpp"
#include "options/dns.hpp"
#include "options/message.hpp"
#include "options/mx.hpp"
#include "options/output.hpp"
#include "options/profile.hpp"
#include "options/server.hpp"

#include <CLI/Error.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace relaytool::cli {
namespace {

using smtp::Fate;

struct Options {
    ServerOptions server;
    MessageOptions message;
    LoadOptions load;
    DropOptions drop;
    std::string wait;
    DnsOptions dns;
    OutputOptions output;
    bool to_mx = false;
    bool verbose = false;
    std::string transcript_file;
    std::string quit_after;
    smtp::DsnRequest dsn;
};

Exit exit_of(const smtp::Outcome& outcome) {
    using smtp::Break;
    switch (outcome.fate) {
    case Fate::accepted:
    case Fate::stopped: return Exit::good;
    case Fate::refused:
    case Fate::partly: return Exit::bad;
    case Fate::unknown: return Exit::could_not_tell;
    case Fate::not_sent: break;
    }
    if (!outcome.broken) return Exit::bad; // an obstacle: the answer is no
    switch (outcome.broken->kind) {
    case Break::tls_not_offered:
    case Break::tls_handshake:
    case Break::certificate_expired:
    case Break::certificate_name:
    case Break::certificate_untrusted:
    case Break::not_smtp: return Exit::bad;
    default: return Exit::could_not_tell; // network and DNS
    }
}

/// The hosts to try, best first (RFC 5321 section 5.1). Without --mx the one that was named.
Result<std::vector<smtp::Target>> targets_of(const Options& options, const smtp::Target& base,
                                             const mail::Envelope& envelope, Context& context) {
    if (!options.to_mx) return std::vector{base};
    const std::string domain(mail::domain_of(envelope.recipients.front()));
    for (const std::string& recipient : envelope.recipients)
        if (!ascii::iequals(mail::domain_of(recipient), domain))
            return tl::unexpected(Error{"--mx", "recipients of one domain at a time, please: " + domain +
                                                    " and " + std::string(mail::domain_of(recipient)) +
                                                    " have mail servers of their own"});
    return mx_targets(domain, base, options.dns, context);
}

smtp::Delivery delivery_of(const Options& options, const Composed& composed, std::size_t& size) {
    smtp::Delivery delivery;
    delivery.envelope = composed.envelope;
    delivery.dsn = options.dsn;
    delivery.last = read_step(options.quit_after).value_or(smtp::StopAfter::message);
    delivery.write = [&composed, &size](mail::Transfer transfer) {
        Result<mail::Written> written = write(composed, transfer);
        if (written) size = written->octets.size();
        return written;
    };
    return delivery;
}

Result<smtp::StopAfter> last_step(const Options& options) {
    if (options.quit_after.empty()) return smtp::StopAfter::message;
    if (const auto last = read_step(options.quit_after)) return *last;
    return tl::unexpected(
        Error{"--quit-after", options.quit_after + " is none of connect, helo, tls, auth, mail, rcpt, data"});
}

/// Whether the next MX may be tried: nobody has said anything yet.
bool may_try_next(const smtp::Outcome& outcome) {
    return outcome.fate == Fate::not_sent && outcome.broken && outcome.greeting.code == 0;
}

/// Prints the transcript as it grows, and keeps it for the file.
class Scribe {
public:
    Scribe(const Options& options, Context& context) : options_(options), context_(context) {}

    void follow(smtp::Transcript& transcript) {
        transcript.on_line = [this](const smtp::TranscriptLine& line) {
            if (options_.verbose)
                context_.err(report::transcript_line(line, style_of(options_.output, context_.terminal)));
            if (!options_.transcript_file.empty())
                text_ += report::transcript_line(line, {.colour = false, .unicode = true});
        };
    }

    /// Makes the file, so that a wrong name is known before anything is sent. False when it cannot be made.
    bool begin() { return save(); }

    /// False when the file cannot be written.
    bool save() {
        if (options_.transcript_file.empty()) return true;
        const Result<void> written = context_.files.write(options_.transcript_file, text_);
        if (!written) complain(context_, written.error());
        return written.has_value();
    }

private:
    const Options& options_;
    Context& context_;
    std::string text_;
};

Exit print(const Options& options, const report::SendReport& report, const smtp::Transcript& transcript,
           Context& context) {
    if (options.output.form == Form::text)
        context.out(report::send_text(report, style_of(options.output, context.terminal)));
    else
        context.out(report::send_json(report, options.verbose ? &transcript : nullptr) + "\n");
    return exit_of(report.outcome);
}

Exit send_one(const Options& options, const std::vector<smtp::Target>& targets, const smtp::Login& login,
              const Composed& composed, Context& context) {
    Scribe scribe(options, context);
    if (!scribe.begin()) return Exit::could_not_tell;
    report::SendReport report;
    report.login = login.user;
    report.sender = composed.envelope.sender;
    report.message_id = composed.message_id;
    report.notes = composed.notes;
    std::unique_ptr<smtp::Transcript> transcript;
    for (const smtp::Target& target : targets) {
        transcript = std::make_unique<smtp::Transcript>([&context] { return context.machine->uptime(); });
        scribe.follow(*transcript);
        const smtp::Delivery delivery = delivery_of(options, composed, report.size);
        report.outcome = smtp::deliver(*context.connector, target, login, delivery, *transcript);
        report.host = target.host;
        report.port = target.port;
        if (!may_try_next(report.outcome)) break;
    }
    report.findings = diagnosis::judge_sending(
        report.outcome, {report.host, report.port, login.user, composed.envelope.sender});
    const Exit exit = print(options, report, *transcript, context);
    return scribe.save() || exit != Exit::good ? exit : Exit::could_not_tell;
}

Exit refuse_pickup(const Options& options, const diagnosis::Finding& finding, Context& context) {
    report::SendReport report;
    report.outcome.stage = smtp::Stage::unknown;
    report.findings.push_back(finding);
    const smtp::Transcript silent([] { return std::chrono::microseconds{0}; });
    print(options, report, silent, context);
    return Exit::bad;
}

/// What is wrong with an option is wrong usage; files and networks are another matter.
Exit exit_of(const Error& error) {
    return error.what.starts_with("--") ? Exit::usage : Exit::could_not_tell;
}

Exit fail(Context& context, const Error& error, Exit exit) {
    complain(context, error);
    return exit;
}

/// Into a Pickup folder instead of to a server.
Exit send_by_folder(Options& options, Context& context) {
    const std::string through =
        "the Pickup folder " + (options.drop.drop.empty() ? options.drop.mailroot : options.drop.drop);
    if (!options.wait.empty()) {
        const auto wait = read_span(options.wait);
        if (!wait || *wait > longest_wait)
            return fail(context,
                        {"--wait", options.wait + " is not a time such as 90s or 2m, of a day at most"},
                        Exit::usage);
        options.drop.wait = std::chrono::ceil<std::chrono::seconds>(*wait);
    }
    options.drop.output = options.output;
    const auto composed = compose(options.message, {through, {}}, context);
    if (!composed) return fail(context, composed.error(), exit_of(composed.error()));
    if (composed->refusal) return refuse_pickup(options, *composed->refusal, context);
    const auto message = write(*composed, {.eight_bit = mail::Offer::yes});
    if (!message) return fail(context, message.error(), Exit::could_not_tell);
    auto bytes = mail::write_pickup(composed->envelope, message->octets);
    if (!bytes) return fail(context, bytes.error(), Exit::could_not_tell);
    return run_drop(options.drop, {*std::move(bytes), composed->message_id, composed->envelope.recipients},
                    context);
}

Exit run_send(Options& options, CLI::App& app, Context& context) {
    warn_of_password(options.server, context);
    if (auto applied = apply_profile(app, options.server.profile, context); !applied)
        return fail(context, applied.error(), Exit::usage);
    if (!options.drop.drop.empty() || !options.drop.mailroot.empty()) return send_by_folder(options, context);
    if (options.to_mx && options.server.port.empty()) options.server.port = "25";
    auto target = target_of(options.server, context);
    if (!target) return fail(context, target.error(), Exit::usage);
    if (target->host.empty() && !options.to_mx)
        return fail(
            context,
            {"send",
             "which server? Give --server HOST[:PORT], --profile NAME (o365, gmail, sandbox), --mx for "
             "the recipient's own, or --drop DIR for a Pickup folder"},
            Exit::usage);
    const auto last = last_step(options);
    if (!last) return fail(context, last.error(), Exit::usage);
    if (options.load.is_load() &&
        (*last != smtp::StopAfter::message || options.verbose || !options.transcript_file.empty()))
        return fail(
            context,
            {"--count",
             "a load test sends whole messages, and keeps no dialogue: leave out --quit-after, -v and "
             "--transcript"},
            Exit::usage);
    auto dsn = smtp::read_dsn_request(options.dsn);
    if (!dsn) return fail(context, dsn.error(), Exit::usage);
    options.dsn = *std::move(dsn);
    const std::string through =
        options.to_mx ? "the recipient's mail server" : place_of(target->host, target->port);
    auto composed = compose(options.message, {through, options.server.user}, context);
    if (!composed) return fail(context, composed.error(), exit_of(composed.error()));
    if (composed->refusal) return refuse_pickup(options, *composed->refusal, context);
    const auto targets = targets_of(options, *target, composed->envelope, context);
    if (!targets) return fail(context, targets.error(), exit_of(targets.error()));
    // Nobody is asked for a password that is not used.
    const auto login =
        *last < smtp::StopAfter::auth ? Result<smtp::Login>() : credentials_of(options.server, context);
    if (!login) return fail(context, login.error(), exit_of(login.error()));
    if (options.load.is_load())
        return run_load(options.load, options.output, {targets->front(), *login, *composed}, context);
    return send_one(options, *targets, *login, *composed, context);
}

void add_flow_options(CLI::App& app, Options& options) {
    constexpr const char* group = "Dialogue";
    app.add_flag("--mx", options.to_mx,
                 "To the recipient's own mail server, found by its MX records (port 25)")
        ->group("Server");
    app.add_option("--quit-after", options.quit_after,
                   "Stop behind connect, helo, tls, auth, mail, rcpt or data")
        ->option_text("STEP")
        ->group(group);
    app.add_option("--notify", options.dsn.notify,
                   "Ask for reports: NEVER, or of SUCCESS,FAILURE,DELAY (RFC 3461)")
        ->option_text("WHEN")
        ->group(group);
    app.add_option("--ret", options.dsn.ret, "What a report brings back: FULL or HDRS")
        ->option_text("WHAT")
        ->group(group);
    app.add_option("--envid", options.dsn.envid, "Name of the message in reports")
        ->option_text("ID")
        ->group(group);
    app.add_flag("-v,--verbose", options.verbose, "Show the dialogue; with --json, put it into the document")
        ->group(group);
    app.add_option("--transcript", options.transcript_file, "Write the dialogue into a file")
        ->option_text("FILE")
        ->group(group);
}

void add_drop_options(CLI::App& app, Options& options) {
    constexpr const char* group = "Pickup folder, instead of a server";
    app.add_option("--drop", options.drop.drop, "Put the message into this Pickup folder, and follow it")
        ->option_text("DIR")
        ->group(group);
    app.add_option("--mailroot", options.drop.mailroot,
                   "The folder that holds Pickup, Queue, BadMail (usually "
                   "C:\\inetpub\\mailroot)")
        ->option_text("DIR")
        ->group(group);
    app.add_option("--wait", options.wait, "How long to follow it (default 2m)")
        ->option_text("TIME")
        ->group(group);
}

} // namespace

Run setup_send(CLI::App& app) {
    auto options = std::make_shared<Options>();
    add_server_options(app, options->server);
    add_message_options(app, options->message);
    add_flow_options(app, *options);
    add_drop_options(app, *options);
    add_load_options(app, options->load);
    add_dns_options(app, options->dns);
    add_output_options(app, options->output);
    app.footer(
        "Examples:\n"
        "  relaytool send --pickup Email.txt --profile o365 --user oliver@shortstraw.be\n"
        "  relaytool send --server relay.local:25 --tls off --from scanner@shortstraw.be --to you@example.com\n"
        "  relaytool send --mx --from test@shortstraw.be --to you@example.com -v");
    return [options, &app](Context& context) { return run_send(*options, app, context); };
}

} // namespace relaytool::cli
