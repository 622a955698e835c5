#include "report/login.hpp"

#include "command.hpp"
#include "commands/login_service.hpp"
#include "diagnosis/login_verdict.hpp"
#include "oauth/grants.hpp"
#include "oauth/token_cache.hpp"
#include "options/output.hpp"
#include "options/profile.hpp"
#include "options/token.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace relaytool::cli {
namespace {

using report::LoginOutcome;

struct Options {
    ServiceOptions service;
    std::string profile;
    std::string token_file;
    std::string token_command;
    bool show = false;
    bool check = false;
    bool logout = false;
    bool print_token = false;
    bool list = false;
    OutputOptions output;
};

Error wrong(std::string what, std::string why) {
    return {std::move(what), std::move(why)};
}

Exit fail(Context& context, const Error& error) {
    complain(context, error);
    return error.what.starts_with("--") || error.what == "login" ? Exit::usage : Exit::could_not_tell;
}

diagnosis::TokenSeeker seeker_of(const oauth::CachedLogin& login, Context& context) {
    return {login.user, login.tenant, login.client_id, oauth::find_provider(login.provider), context.now()};
}

bool has_error(const report::LoginReport& report) {
    return std::any_of(report.findings.begin(), report.findings.end(),
                       [](const auto& finding) { return finding.severity == diagnosis::Severity::error; });
}

Exit exit_of(const Options& options, const report::LoginReport& report) {
    switch (report.outcome) {
    case LoginOutcome::removed: return Exit::good;
    case LoginOutcome::failed: return Exit::could_not_tell;
    case LoginOutcome::absent: return Exit::bad;
    case LoginOutcome::granted:
    case LoginOutcome::refused:
    case LoginOutcome::unknown: break;
    }
    if (options.show) return Exit::good; // it was shown
    if (report.outcome == LoginOutcome::unknown) return Exit::could_not_tell;
    return report.outcome == LoginOutcome::refused ? Exit::bad : Exit::good;
}

Exit print(const Options& options, const report::LoginReport& report, Context& context) {
    const bool is_text = options.output.form == Form::text;
    const std::string text = is_text ? report::login_text(report, style_of(options.output, context.terminal))
                                     : report::login_json(report) + "\n";
    // With --print-token standard output is for the token alone.
    (options.print_token ? context.err : context.out)(text);
    return exit_of(options, report);
}

/// What a token says, and whether it will do.
report::LoginReport report_of(oauth::CachedLogin login, std::string file, Context& context) {
    report::LoginReport report;
    if (oauth::is_token_text(login.access)) report.claims = oauth::read_claims(login.access);
    diagnosis::TokenSeeker seeker = seeker_of(login, context);
    const bool renews = login.is_app || !login.refresh.empty();
    if (!file.empty()) seeker.renewal = renews ? diagnosis::Renewal::by_itself : diagnosis::Renewal::by_login;
    report.findings = diagnosis::judge_text(login.access, login.is_end_assumed ? 0 : login.expires, seeker);
    report.login = std::move(login);
    report.file = std::move(file);
    report.now = context.now();
    if (has_error(report))
        report.outcome = LoginOutcome::refused;
    else if (!report.claims)
        report.outcome = LoginOutcome::unknown;
    return report;
}

/// The service has just given it: that nobody else can read it says nothing against it.
report::LoginReport report_of_new(const oauth::CachedLogin& login, const std::string& file,
                                  Context& context) {
    report::LoginReport report = report_of(login, file, context);
    const oauth::Provider* provider = oauth::find_provider(login.provider);
    if (report.outcome == LoginOutcome::unknown) {
        report.outcome = LoginOutcome::granted;
        std::erase_if(report.findings, [](const auto& finding) { return finding.id == "token-unreadable"; });
    }
    if (login.is_app && provider != nullptr && !provider->app_permission.empty())
        report.findings.push_back(diagnosis::application_steps(seeker_of(login, context)));
    return report;
}

Exit print_denial(const Options& options, const oauth::CachedLogin& login, const oauth::Denial& denial,
                  Context& context) {
    if (denial.is_interrupted) return Exit::interrupted;
    report::LoginReport report;
    report.login = login;
    report.now = context.now();
    report.outcome = denial.broken ? LoginOutcome::failed : LoginOutcome::refused;
    report.findings = {diagnosis::judge_denial(denial, seeker_of(login, context))};
    return print(options, report, context);
}

/// The secret of an application is asked for when it is nowhere else.
Result<oauth::Proof> proof_for(const Options& options, Context& context) {
    auto proof = proof_of(options.service.login, context);
    const bool has_proof = proof && (!proof->secret.empty() || !proof->assertion.empty());
    if (!proof || !options.service.login.is_app || has_proof) return proof;
    auto secret = context.machine->ask_secret("Client secret of " + options.service.login.client_id + ": ");
    if (!secret)
        return tl::unexpected(wrong("--app",
                                    "no secret: give --client-secret-file, --client-secret-command or "
                                    "--cert, or set RELAYTOOL_CLIENT_SECRET"));
    return oauth::Proof{*std::move(secret), {}};
}

oauth::Granted<oauth::Token> ask(const Options& options, const oauth::Asking& asking,
                                 const oauth::Proof& proof, Context& context) {
    if (options.service.login.is_app) return oauth::ask_as_application(*context.web, asking, proof);
    const auto code = oauth::ask_device_code(*context.web, asking);
    if (!code) return tl::unexpected(code.error());
    report::Style style = style_of(options.output, context.terminal);
    style.colour = style.colour && context.terminal.err;
    context.err(report::device_prompt(*code, options.service.login.user, style));
    return oauth::wait_for_person(*context.web, *context.machine, asking, *code, proof);
}

/// Options that are not said are as in the login that is there already.
Result<oauth::Endpoints> settle(Options& options, oauth::TokenCache& cache) {
    ServiceOptions& service = options.service;
    const auto kept = cache.load(service.login.user);
    // A file that cannot be used is replaced; it is missed only when something should come from it.
    if (!kept && service.login.client_id.empty()) return tl::unexpected(kept.error());
    if (kept && *kept) complete_from(**kept, service);
    auto endpoints = settle_service(service);
    if (!endpoints) return endpoints;
    if (auto checked = check_application(service.login); !checked) return tl::unexpected(checked.error());
    return endpoints;
}

Exit log_in(Options& options, Context& context) {
    oauth::TokenCache cache(*context.secrets);
    const auto endpoints = settle(options, cache);
    if (!endpoints) return fail(context, endpoints.error());
    const auto proof = proof_for(options, context);
    if (!proof) return fail(context, proof.error());
    oauth::Asking asking = asking_of(options.service.login);
    asking.endpoints = *endpoints;
    auto token = ask(options, asking, *proof, context);
    if (!token) return print_denial(options, options.service.login, token.error(), context);
    const oauth::CachedLogin login = oauth::with_token(
        with_absolute_names(options.service.login, context.files), *std::move(token), context.now());
    const auto lock = cache.lock(login.user);
    if (!lock) return fail(context, lock.error());
    if (auto saved = cache.save(login); !saved) return fail(context, saved.error());
    return print(options, report_of_new(login, cache.path(login.user), context), context);
}

Exit print_token(const Options& options, Context& context) {
    const auto login = fresh_login(options.service.login.user, context);
    if (!login) return fail(context, login.error());
    if (!*login) {
        complain(context,
                 wrong(options.service.login.user, "has no login here: relaytool login --user " +
                                                       options.service.login.user + " --client-id ID"));
        return Exit::could_not_tell;
    }
    context.out((*login)->access + "\n");
    return Exit::good;
}

Exit log_out(const Options& options, Context& context) {
    oauth::TokenCache cache(*context.secrets);
    const auto removed = cache.remove(options.service.login.user);
    if (!removed) return fail(context, removed.error());
    report::LoginReport report;
    report.login.user = options.service.login.user;
    report.outcome = *removed ? LoginOutcome::removed : LoginOutcome::absent;
    return print(options, report, context);
}

/// `--show` and `--check` of a kept login. Nothing is renewed: it is shown as it is.
Exit show_kept(const Options& options, Context& context) {
    oauth::TokenCache cache(*context.secrets);
    auto login = cache.load(options.service.login.user);
    if (!login) return fail(context, login.error());
    if (!*login) {
        report::LoginReport report;
        report.login.user = options.service.login.user;
        report.outcome = LoginOutcome::absent;
        return print(options, report, context);
    }
    return print(options, report_of(**std::move(login), cache.path(options.service.login.user), context),
                 context);
}

/// A token from elsewhere, measured against what the options say.
Exit check_token(Options& options, Context& context) {
    auto token = !options.token_file.empty() ? first_line_of_file(options.token_file, context)
                                             : context.machine->first_line_of(options.token_command);
    if (!token)
        return fail(context,
                    options.token_file.empty() ? wrong("--token-command", token.error().why) : token.error());
    const oauth::Provider* provider =
        oauth::find_provider(options.service.provider.empty() ? "microsoft" : options.service.provider);
    if (provider == nullptr)
        return fail(context, wrong("--provider", options.service.provider + " is not known"));
    options.service.login.provider = provider->name;
    options.service.login.access = *std::move(token);
    return print(options, report_of(options.service.login, {}, context), context);
}

Exit list(const Options& options, Context& context) {
    std::vector<Error> broken;
    const auto logins = oauth::TokenCache(*context.secrets).list(broken);
    if (!logins) return fail(context, logins.error());
    for (const oauth::CachedLogin& login : *logins) {
        if (options.output.form == Form::text) {
            context.out(report::login_line(login, context.now(), style_of(options.output, context.terminal)));
            continue;
        }
        context.out(report::login_json(
                        report_of(login, oauth::TokenCache(*context.secrets).path(login.user), context)) +
                    "\n");
    }
    for (const Error& error : broken)
        complain(context, error);
    if (!broken.empty()) return Exit::could_not_tell;
    if (logins->empty()) context.err("relaytool: login: no logins are kept here\n");
    return logins->empty() ? Exit::bad : Exit::good;
}

Exit run_login(Options& options, CLI::App& app, Context& context) {
    if (auto applied = apply_profile(app, options.profile, context); !applied)
        return fail(context, applied.error());
    const std::array jobs{options.show, options.check, options.logout, options.print_token, options.list};
    if (std::count(jobs.begin(), jobs.end(), true) > 1)
        return fail(context,
                    wrong("login", "one of --show, --check, --logout, --print-token, --list at a time"));
    if (options.list) return list(options, context);
    const bool has_token = !options.token_file.empty() || !options.token_command.empty();
    if (has_token && !options.show && !options.check)
        return fail(context,
                    wrong("--token-file", "a token of your own can be looked at: add --check or --show"));
    if (has_token) return check_token(options, context);
    if (options.service.login.user.empty())
        return fail(context, wrong("--user", "missing: which mailbox is it for?"));
    if (options.print_token) return print_token(options, context);
    if (options.logout) return log_out(options, context);
    if (options.show || options.check) return show_kept(options, context);
    return log_in(options, context);
}

void add_job_options(CLI::App& app, Options& options) {
    constexpr const char* group = "Instead of logging in";
    app.add_flag("--show", options.show, "Show what the kept token says of itself; never the token")
        ->group(group);
    app.add_flag("--check", options.check,
                 "Say whether the token will do for SMTP: for whom, what it allows, until when")
        ->group(group);
    app.add_flag(
           "--print-token", options.print_token,
           "Print the token alone, renewed when it is about to end: the password command of other programs")
        ->group(group);
    app.add_flag("--logout", options.logout, "Forget the login")->group(group);
    app.add_flag("--list", options.list, "List the logins that are kept")->group(group);
    app.add_option("--token-file", options.token_file,
                   "With --check or --show: the token in this file's first line (- is "
                   "standard input)")
        ->option_text("FILE")
        ->group(group);
    app.add_option("--token-command", options.token_command,
                   "The same, of the token that this command prints")
        ->option_text("COMMAND")
        ->group(group);
}

} // namespace

Run setup_login(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option("-u,--user", options->service.login.user, "Mailbox that the token is for")
        ->option_text("ADDRESS");
    app.add_option("--profile", options->profile, "Options of a name from your config.toml")
        ->option_text("NAME");
    add_job_options(app, *options);
    add_service_options(app, options->service);
    add_output_options(app, options->output);
    app.footer(
        "Examples:\n"
        "  relaytool login --user oliver@shortstraw.be --client-id ID\n"
        "  relaytool login --app --tenant shortstraw.be --client-id ID --client-secret-file FILE --user "
        "relay@shortstraw.be\n"
        "  relaytool login --check --user oliver@shortstraw.be\n"
        "  relaytool login --print-token --user oliver@shortstraw.be");
    return [options, &app](Context& context) { return run_login(*options, app, context); };
}

} // namespace relaytool::cli
