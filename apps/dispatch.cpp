#include "dispatch.hpp"

#include "command.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include <string>

namespace relaytool::cli {
namespace {

constexpr std::string_view exit_codes =
    "Exit codes: 0 done, the answer is good; 1 done, the answer is bad (a problem, not "
    "explained);\n2 could not find out (unreadable input, network); 64 wrong usage; "
    "130 interrupted.";

/// "relaytool: <what>: <why>", and where to read on.
Exit explain_usage(const CLI::ParseError& error, const CLI::App& app, Context& context) {
    std::string chosen;
    for (const CLI::App* sub : app.get_subcommands())
        chosen = sub->get_name();
    const std::string subject = chosen.empty() ? "command line" : chosen;
    context.err(fmt::format("relaytool: {}: {}\nTry: relaytool {}--help\n", subject, error.what(),
                            chosen.empty() ? "" : chosen + " "));
    return Exit::usage;
}

} // namespace

Exit dispatch(int argc, const char* const* argv, Context& context) {
    CLI::App app("Find out why mail through a relay does not arrive, and what to change.", "relaytool");
    app.set_version_flag("--version", "relaytool " RELAYTOOL_VERSION, "Print the version");
    app.set_help_flag("-h,--help", "Print this help");
    app.require_subcommand(1);
    app.footer(std::string(exit_codes));
    Run run;
    for (const Command& command : commands()) {
        CLI::App* sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
        const Run prepared = command.setup(*sub);
        sub->callback([&run, prepared] { run = prepared; });
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        const auto chosen = app.get_subcommands();
        context.out(chosen.empty() ? app.help() : chosen.front()->help());
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
