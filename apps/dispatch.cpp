#include "dispatch.hpp"

#include "command.hpp"
#include "options/output.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <string>
#include <vector>

namespace relaytool::cli {
namespace {

constexpr std::string_view exit_codes =
    "Exit codes: 0 done, the answer is good; 1 done, the answer is bad (a problem, not "
    "explained);\n2 could not find out (unreadable input, network); 64 wrong usage; "
    "130 interrupted.";

/// The subcommand that the command line names, or null.
const CLI::App* chosen_in(const CLI::App& app) {
    const std::vector<CLI::App*> chosen = app.get_subcommands();
    return chosen.empty() ? nullptr : chosen.front();
}

/// The help of the innermost command named.
std::string help_of(const CLI::App& app) {
    std::string names = app.get_name();
    const CLI::App* inner = &app;
    for (const CLI::App* sub = chosen_in(app); sub != nullptr; sub = chosen_in(*sub)) {
        if (inner != &app) names += ' ' + inner->get_name();
        inner = sub;
    }
    return inner == &app ? app.help() : inner->help(names);
}

/// "which one? check, explain, …" when the innermost command named has commands of its own; CLI11 would not
/// name them.
std::string missing_command(const CLI::App& app) {
    const CLI::App* inner = chosen_in(app);
    while (inner != nullptr && chosen_in(*inner) != nullptr)
        inner = chosen_in(*inner);
    if (inner == nullptr) return {};
    std::string names;
    for (const CLI::App* sub : inner->get_subcommands([](const CLI::App*) { return true; }))
        names += (names.empty() ? "" : ", ") + sub->get_name();
    return names.empty() ? names : fmt::format("say what to do first; there are: {}", names);
}

/// "relaytool: <what>: <why>", and where to read on.
Exit explain_usage(const CLI::ParseError& error, const CLI::App& app, Context& context) {
    std::string chosen;
    for (const CLI::App* sub = chosen_in(app); sub != nullptr; sub = chosen_in(*sub))
        chosen += (chosen.empty() ? "" : " ") + sub->get_name();
    const std::string subject = chosen.empty() ? "command line" : chosen;
    const std::string missing = missing_command(app);
    complain(context, {subject, missing.empty() ? error.what() : missing});
    context.err(fmt::format("Try: relaytool {}--help\n", chosen.empty() ? "" : chosen + " "));
    return Exit::usage;
}

/// CLI11 would only say that a subcommand is missing.
bool names_no_command(std::string_view word) {
    if (word.starts_with('-')) return false;
    for (const Command& command : commands())
        if (command.name == word) return false;
    return true;
}

Exit explain_unknown_command(std::string_view word, Context& context) {
    std::string known;
    for (const Command& command : commands())
        known += fmt::format(" {}", command.name);
    complain(context, {std::string(word), "no such command; there are:" + known});
    context.err("Try: relaytool --help\n");
    return Exit::usage;
}

} // namespace

Exit dispatch(int argc, const char* const* argv, Context& context) {
    CLI::App app("Find out why mail through a relay does not arrive, and what to change.", "relaytool");
    app.set_version_flag("--version", "relaytool " RELAYTOOL_VERSION, "Print the version");
    app.set_help_flag("-h,--help", "Print this help");
    if (argc > 1 && names_no_command(argv[1])) return explain_unknown_command(argv[1], context);
    const Run run = setup_nested(app, commands());
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        context.out(help_of(app));
        context.out(fmt::format("\n{}\n", exit_codes));
        return Exit::good;
    } catch (const CLI::CallForVersion& version) {
        context.out(fmt::format("{}\n", version.what()));
        return Exit::good;
    } catch (const CLI::ParseError& error) {
        if (argc > 1) return explain_usage(error, app, context);
        context.err(app.help());
        return Exit::usage;
    }
    return run(context);
}

} // namespace relaytool::cli
