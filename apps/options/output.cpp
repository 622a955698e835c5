#include "options/output.hpp"

#include <CLI/Error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace relaytool::cli {

void add_output_options(CLI::App& app, OutputOptions& options) {
    auto* json = app.add_flag_callback(
        "--json", [&options] { options.form = Form::json; }, "One JSON document");
    auto* jsonl = app.add_flag_callback(
        "--jsonl", [&options] { options.form = Form::jsonl; },
        "One JSON object per line, as each input is done");
    json->excludes(jsonl);
    const auto read_colour = [&options](const std::string& word) {
        if (word == "auto")
            options.colour = When::automatic;
        else if (word == "always")
            options.colour = When::always;
        else if (word == "never")
            options.colour = When::never;
        else
            throw CLI::ValidationError("--color", word + " is none of auto, always, never");
    };
    app.add_option_function<std::string>("--color", read_colour, "Colours: auto, always or never")
        ->option_text("WHEN");
}

void complain(Context& context, const Error& error) {
    const report::Style style{.unicode = context.terminal.utf8};
    context.err(fmt::format("relaytool: {}: {}\n", report::sanitise_line(error.what, style),
                            report::sanitise_line(error.why, style)));
}

report::Style style_of(const OutputOptions& options, const Terminal& terminal) {
    report::Style style;
    style.colour = options.colour == When::always ||
                   (options.colour == When::automatic && terminal.out && terminal.colour);
    style.unicode = terminal.utf8;
    style.width = std::clamp<std::size_t>(terminal.columns, 40, 100);
    return style;
}

} // namespace relaytool::cli
