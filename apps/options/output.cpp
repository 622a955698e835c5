#include "options/output.hpp"

#include <CLI/Validators.hpp>

#include <algorithm>
#include <map>
#include <string>

namespace relaytool::cli {

void add_output_options(CLI::App& app, OutputOptions& options) {
    auto* json = app.add_flag_callback(
        "--json", [&options] { options.form = Form::json; }, "One JSON document");
    auto* jsonl = app.add_flag_callback(
        "--jsonl", [&options] { options.form = Form::jsonl; },
        "One JSON object per line, as each input is done");
    json->excludes(jsonl);
    static const std::map<std::string, When> names{
        {"auto", When::automatic}, {"always", When::always}, {"never", When::never}};
    app.add_option("--color", options.colour, "Colours: auto, always or never")
        ->transform(CLI::CheckedTransformer(names))
        ->type_name("WHEN");
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
