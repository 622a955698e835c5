#include "report/login.hpp"

#include "command.hpp"
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
    oauth::CachedLogin login; ///< its plain values are bound to options directly
    std::string provider = "microsoft";
    std::string device_endpoint;
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

Exit print(const Options& options, const report::LoginReport& report, Context& context) {
    const bool is_text = options.output.form == Form::text;
    const std::string text = is_text ? report::login_text(report, style_of(options.output, context.terminal))
                                     : report::login_json(report) + "\n";
    // With --print-token standard output is for the token alone.
    (options.print_token ? context.err : context.out)(text);
    const bool has_error =
        std::any_of(report.findings.begin(), report.findings.end(),
                    [](const auto& finding) { return finding.severity == diagnosis::Severity::error; });
    if (report.outcome == LoginOutcome::failed) return Exit::could_not_tell;
    if (report.outcome == LoginOutcome::removed) return Exit::good;
    return has_error || report.outcome != LoginOutcome::granted ? Exit::bad : Exit::good;
}

/// What a token says, and whether it will do.
report::LoginReport report_of(oauth::CachedLogin login, std::string file, Context& context) {
    report::LoginReport report;
    report.claims = oauth::read_claims(login.access);
    report.login = std::move(login);
    report.file = std::move(file);
    report.now = context.now();
    if (report.claims)
        report.findings = diagnosis::judge_token(*report.claims, seeker_of(report.login, context));
    const bool is_bad = std::any_of(report.findings.begin(), report.findings.end(), [](const auto& finding) {
        return finding.severity == diagnosis::Severity::error;
    });
    if (is_bad) report.outcome = LoginOutcome::refused;
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

/// Service, addresses and scope, from the options.
Result<oauth::Endpoints> settle_service(Options& options) {
    oauth::CachedLogin& login = options.login;
    oauth::Endpoints endpoints;
    if (const oauth::Provider* provider = oauth::find_provider(options.provider)) {
        login.provider = provider->name;
        auto found = oauth::endpoints_of(*provider, login.tenant);
        if (!found) return tl::unexpected(found.error());
        endpoints = *std::move(found);
        if (login.is_app && provider->app_scope.empty())
            return tl::unexpected(
                wrong("--app", std::string(provider->title) +
                                   " gives tokens for SMTP to persons only: leave --app out"));
        if (login.scope.empty()) login.scope = login.is_app ? provider->app_scope : provider->user_scope;
    } else {
        std::string names;
        for (const oauth::Provider& row : oauth::providers())
            names += (names.empty() ? "" : ", ") + std::string(row.name);
        return tl::unexpected(wrong("--provider", options.provider + " is none of " + names +
                                                      "; name others with --token-endpoint"));
    }
    for (const auto& [option, given, place] :
         {std::tuple{"--token-endpoint", &login.token_address, &endpoints.token},
          std::tuple{"--device-endpoint", &options.device_endpoint, &endpoints.device}}) {
        if (given->empty()) continue;
        auto address = oauth::read_endpoint_option(option, *given);
        if (!address) return tl::unexpected(address.error());
        *place = *std::move(address);
    }
    // Entra's two addresses differ in their last word only.
    constexpr std::string_view token = "/oauth2/v2.0/token";
    if (options.device_endpoint.empty() && login.token_address.ends_with(token))
        endpoints.device = login.token_address.substr(0, login.token_address.size() - token.size()) +
                           "/oauth2/v2.0/devicecode";
    login.token_address = endpoints.token;
    return endpoints;
}

Result<void> check_options(const Options& options) {
    const oauth::CachedLogin& login = options.login;
    if (login.user.empty()) return tl::unexpected(wrong("--user", "missing: which mailbox is it for?"));
    if (login.client_id.empty())
        return tl::unexpected(wrong(
            "--client-id",
            "missing: tokens are given to registered applications. Microsoft Entra admin center > App registrations > "
            "New registration; there Authentication > Allow public client flows: Yes, and API permissions > "
            "Office 365 Exchange Online > SMTP.Send. Then give its Application (client) ID, here or as "
            "client-id in a profile"));
    const bool has_certificate = !login.certificate_file.empty();
    const bool has_secret = !login.secret_file.empty() || !login.secret_command.empty();
    if (has_certificate && has_secret)
        return tl::unexpected(wrong("--cert", "a certificate or a secret, please, not both"));
    if (login.is_app && login.tenant.empty() && login.provider != "google" &&
        login.token_address.find("/organizations/") != std::string::npos)
        return tl::unexpected(
            wrong("--tenant", "missing: an application asks in its own tenant; give its GUID or domain"));
    return {};
}

/// The secret of an application is asked for when it is nowhere else.
Result<oauth::Proof> proof_for(const Options& options, Context& context) {
    auto proof = proof_of(options.login, context);
    const bool has_proof = proof && (!proof->secret.empty() || !proof->assertion.empty());
    if (!proof || !options.login.is_app || has_proof) return proof;
    auto secret = context.machine->ask_secret("Client secret of " + options.login.client_id + ": ");
    if (!secret)
        return tl::unexpected(wrong("--app",
                                    "no secret: give --client-secret-file, --client-secret-command or "
                                    "--cert, or set RELAYTOOL_CLIENT_SECRET"));
    return oauth::Proof{*std::move(secret), {}};
}

oauth::Granted<oauth::Token> ask(const Options& options, const oauth::Asking& asking,
                                 const oauth::Proof& proof, Context& context) {
    if (options.login.is_app) return oauth::ask_as_application(*context.web, asking, proof);
    const auto code = oauth::ask_device_code(*context.web, asking);
    if (!code) return tl::unexpected(code.error());
    report::Style style = style_of(options.output, context.terminal);
    style.colour = style.colour && context.terminal.err;
    context.err(report::device_prompt(*code, options.login.user, style));
    return oauth::wait_for_person(*context.web, *context.machine, asking, *code, proof);
}

Exit log_in(Options& options, Context& context) {
    const auto endpoints = settle_service(options);
    if (!endpoints) return fail(context, endpoints.error());
    if (auto checked = check_options(options); !checked) return fail(context, checked.error());
    const auto proof = proof_for(options, context);
    if (!proof) return fail(context, proof.error());
    oauth::Asking asking = asking_of(options.login);
    asking.endpoints = *endpoints;
    auto token = ask(options, asking, *proof, context);
    if (!token) return print_denial(options, options.login, token.error(), context);
    oauth::TokenCache cache(*context.secrets);
    oauth::CachedLogin login = oauth::with_token(options.login, *std::move(token), context.now());
    const auto lock = cache.lock(login.user);
    if (!lock) return fail(context, lock.error());
    if (auto saved = cache.save(login); !saved) return fail(context, saved.error());
    report::LoginReport report = report_of(login, cache.path(login.user), context);
    if (login.is_app && !login.provider.empty())
        report.findings.push_back(diagnosis::application_steps(seeker_of(login, context)));
    return print(options, report, context);
}

Exit print_token(const Options& options, Context& context) {
    const auto login = fresh_login(options.login.user, context);
    if (!login) return fail(context, login.error());
    if (!*login) {
        complain(context, wrong(options.login.user,
                                "has no login here: relaytool login --user " + options.login.user));
        return Exit::could_not_tell;
    }
    context.out((*login)->access + "\n");
    return Exit::good;
}

Exit log_out(const Options& options, Context& context) {
    oauth::TokenCache cache(*context.secrets);
    const auto removed = cache.remove(options.login.user);
    if (!removed) return fail(context, removed.error());
    report::LoginReport report;
    report.login.user = options.login.user;
    report.outcome = *removed ? LoginOutcome::removed : LoginOutcome::absent;
    return print(options, report, context);
}

/// `--show` and `--check` of a kept login. Nothing is renewed: it is shown as it is.
Exit show_kept(const Options& options, Context& context) {
    oauth::TokenCache cache(*context.secrets);
    auto login = cache.load(options.login.user);
    if (!login) return fail(context, login.error());
    if (!*login) {
        report::LoginReport report;
        report.login.user = options.login.user;
        report.outcome = LoginOutcome::absent;
        return print(options, report, context);
    }
    report::LoginReport report = report_of(**std::move(login), cache.path(options.login.user), context);
    if (!options.check && report.outcome == LoginOutcome::refused) report.outcome = LoginOutcome::granted;
    return print(options, report, context);
}

/// A token from elsewhere, measured against what the options say.
Exit check_token(Options& options, Context& context) {
    auto token = !options.token_file.empty() ? first_line_of_file(options.token_file, context)
                                             : context.machine->first_line_of(options.token_command);
    if (!token)
        return fail(context,
                    options.token_file.empty() ? wrong("--token-command", token.error().why) : token.error());
    const oauth::Provider* provider = oauth::find_provider(options.provider);
    if (provider == nullptr) return fail(context, wrong("--provider", options.provider + " is not known"));
    options.login.provider = provider->name;
    options.login.access = *std::move(token);
    return print(options, report_of(options.login, {}, context), context);
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
    if (options.login.user.empty())
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

void add_service_options(CLI::App& app, Options& options) {
    constexpr const char* group = "Token service";
    const auto text = [&](const char* names, std::string& value, const char* help, const char* shown) {
        app.add_option(names, value, help)->option_text(shown)->group(group);
    };
    text("--provider", options.provider, "microsoft (usual), gcc-high, dod, china, google", "NAME");
    text("--tenant", options.login.tenant, "GUID or domain of the organisation (default: any)", "TENANT");
    text("--client-id", options.login.client_id, "Application (client) ID of the registered application",
         "ID");
    text("--scope", options.login.scope, "What to ask for, when it is not the usual", "SCOPE");
    text("--token-endpoint", options.login.token_address, "Address of another token service", "URL");
    text("--device-endpoint", options.device_endpoint, "Its address for device codes", "URL");
    text("--ca-file", options.login.ca_file, "Authorities to trust for these addresses, PEM", "FILE");
    app.add_flag("--app", options.login.is_app,
                 "As an application of its own, without a person (client credentials)")
        ->group("Application without a person");
    constexpr const char* proof = "Application without a person";
    app.add_option("--client-secret-file", options.login.secret_file, "File whose first line is its secret")
        ->option_text("FILE")
        ->group(proof);
    app.add_option("--client-secret-command", options.login.secret_command, "Command that prints its secret")
        ->option_text("COMMAND")
        ->group(proof);
    app.add_option("--cert", options.login.certificate_file, "Its certificate instead of a secret, PEM")
        ->option_text("FILE")
        ->group(proof);
    app.add_option("--key", options.login.key_file, "Key of the certificate, PEM (default: in the same file)")
        ->option_text("FILE")
        ->group(proof);
}

} // namespace

Run setup_login(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option("-u,--user", options->login.user, "Mailbox that the token is for")->option_text("ADDRESS");
    app.add_option("--profile", options->profile, "Options of a name from your config.toml")
        ->option_text("NAME");
    add_job_options(app, *options);
    add_service_options(app, *options);
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
