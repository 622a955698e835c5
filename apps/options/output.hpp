#pragma once

#include "context.hpp"
#include "report/style.hpp"

#include <CLI/App.hpp>

namespace relaytool::cli {

enum class Form { text, json, jsonl };
enum class When { automatic, always, never };

/// The options of every command that prints.
struct OutputOptions {
    Form form = Form::text;
    When colour = When::automatic;
};

/// Declares --json, --jsonl and --color.
void add_output_options(CLI::App& app, OutputOptions& options);

/// What the terminal shows and the options allow.
report::Style style_of(const OutputOptions& options, const Terminal& terminal);

/// `relaytool: <what>: <why>` on standard error, safe for a terminal.
void complain(Context& context, const Error& error);

} // namespace relaytool::cli
