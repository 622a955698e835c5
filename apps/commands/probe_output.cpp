#include "commands/probe_output.hpp"

#include "diagnosis/expectation.hpp"
#include "report/probe.hpp"

#include <CLI/Error.hpp>

#include <array>
#include <string_view>
#include <utility>

namespace relaytool::cli {
namespace {

using diagnosis::Met;
using diagnosis::ProbeVerdict;
using diagnosis::StepVerdict;

constexpr std::array formats{std::pair{std::string_view("text"), ProbeFormat::text},
                             std::pair{std::string_view("json"), ProbeFormat::json},
                             std::pair{std::string_view("nagios"), ProbeFormat::nagios},
                             std::pair{std::string_view("prometheus"), ProbeFormat::prometheus},
                             std::pair{std::string_view("junit"), ProbeFormat::junit}};

ProbeFormat read_format(const std::string& word) {
    for (const auto& [name, format] : formats)
        if (name == word) return format;
    throw CLI::ValidationError("--format", word + " is none of text, json, nagios, prometheus, junit");
}

/// A plugin's codes are its own: 1 is a warning, and 2 is critical.
Exit exit_of(report::PluginState state) {
    switch (state) {
    case report::PluginState::ok: return Exit::good;
    case report::PluginState::warning: return Exit::plugin_warning;
    case report::PluginState::critical: return Exit::plugin_critical;
    case report::PluginState::unknown: return Exit::plugin_unknown;
    }
    return Exit::plugin_unknown;
}

Exit exit_of(Met met) {
    if (met == Met::no) return Exit::bad;
    return met == Met::unknown ? Exit::could_not_tell : Exit::good;
}

Exit exit_of(StepVerdict verdict) {
    if (verdict == StepVerdict::problem) return Exit::bad;
    return verdict == StepVerdict::unknown ? Exit::could_not_tell : Exit::good;
}

} // namespace

void add_probe_output(CLI::App& app, ProbeOutput& options) {
    add_output_options(app, options.common);
    app.add_option_function<std::string>(
           "--format", [&options](const std::string& word) { options.format = read_format(word); },
           "text, json, nagios (a plugin's line and exit code), prometheus (for node_exporter's textfile "
           "collector), junit")
        ->option_text("FORM")
        ->excludes("--json")
        ->excludes("--jsonl");
    app.add_flag("-v,--verbose", options.verbose, "Show the dialogue; with --json, put it into the document");
}

ProbeFormat format_of(const ProbeOutput& options) {
    return options.common.form == Form::text ? options.format : ProbeFormat::json;
}

std::string shown(const ProbeVerdict& verdict, const ProbeOutput& options, const smtp::Transcript& transcript,
                  const Terminal& terminal) {
    switch (format_of(options)) {
    case ProbeFormat::text: {
        const report::Style style = style_of(options.common, terminal);
        return verdict.expectations.empty() ? report::probe_text(verdict, style)
                                            : report::expectations_text(verdict, style);
    }
    case ProbeFormat::json:
        return report::probe_json(verdict, options.verbose ? &transcript : nullptr) + "\n";
    case ProbeFormat::nagios: return report::probe_nagios(verdict);
    case ProbeFormat::prometheus: return report::probe_prometheus(verdict);
    case ProbeFormat::junit: return report::probe_junit(verdict);
    }
    return {};
}

Exit exit_of(const ProbeVerdict& verdict, ProbeFormat format) {
    if (format == ProbeFormat::nagios) return exit_of(report::plugin_state(verdict));
    if (!verdict.expectations.empty()) return exit_of(diagnosis::sum_of(verdict.expectations));
    return exit_of(verdict.verdict);
}

Exit fail(const Error& error, ProbeFormat format, Context& context) {
    if (format == ProbeFormat::nagios) {
        context.out(report::nagios_error(error));
        return Exit::plugin_unknown;
    }
    complain(context, error);
    return error.what.starts_with("--") || error.what == "probe" ? Exit::usage : Exit::could_not_tell;
}

} // namespace relaytool::cli
