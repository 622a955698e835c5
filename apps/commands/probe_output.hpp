#pragma once

#include "context.hpp"
#include "diagnosis/probe_verdict.hpp"
#include "options/output.hpp"
#include "smtp/transcript.hpp"

#include <CLI/App.hpp>

#include <string>

namespace relaytool::cli {

/// The forms in which `probe` answers.
enum class ProbeFormat { text, json, nagios, prometheus, junit };

/// The options about the form of `probe`'s answer.
struct ProbeOutput {
    OutputOptions common;
    ProbeFormat format = ProbeFormat::text;
    bool verbose = false;
};

/// Declares --format beside --json, --jsonl and --color.
void add_probe_output(CLI::App& app, ProbeOutput& options);

/// The form that was asked for, in whichever way.
ProbeFormat format_of(const ProbeOutput& options);

/// The answer, ending in a line end. The dialogue is part of the JSON form where -v asks for it.
std::string shown(const diagnosis::ProbeVerdict& verdict, const ProbeOutput& options,
                  const smtp::Transcript& transcript, const Terminal& terminal);

/// What the form has for an exit code: that of a plugin for nagios (docs/exit-codes.md).
Exit exit_of(const diagnosis::ProbeVerdict& verdict, ProbeFormat format);

/// Says what stood in the way: on standard error, and for nagios on standard output.
Exit fail(const Error& error, ProbeFormat format, Context& context);

} // namespace relaytool::cli
