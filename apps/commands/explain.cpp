#include "report/explain.hpp"

#include "base/ascii.hpp"
#include "command.hpp"
#include "diagnosis/catalogue.hpp"
#include "diagnosis/explanation.hpp"
#include "mail/text.hpp"
#include "options/output.hpp"
#include "smtp/status.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace relaytool::cli {
namespace {

struct Options {
    std::vector<std::string> words;
    bool list = false;
    bool markdown = false;
    OutputOptions output;
};

bool has_blank(const std::string& word) {
    return word.find_first_of(" \t\n") != std::string::npos;
}

bool is_status(const std::string& word) {
    const auto status = smtp::read_status(word);
    return status && smtp::to_string(*status).size() == word.size();
}

/// `explain 550 5.7.60 SMTP; Client …` without quotes is one text; `explain "550 …" "535 …"` and
/// `explain 5.7.57 5.7.60` are several.
std::vector<std::string> texts_of(const std::vector<std::string>& words) {
    const bool quoted = std::any_of(words.begin(), words.end(), has_blank);
    if (quoted || std::all_of(words.begin(), words.end(), is_status)) return words;
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return {text};
}

Result<std::vector<std::string>> inputs_of(const Options& options, Context& context) {
    if (options.words.size() != 1 || options.words.front() != "-") return texts_of(options.words);
    std::vector<std::string> inputs;
    const Result<void> read = context.files.read("-", [&](std::string_view bytes) {
        std::string storage;
        inputs = diagnosis::split_inputs(mail::readable_text(bytes, storage));
    });
    if (!read) return tl::unexpected(read.error());
    if (inputs.empty())
        return tl::unexpected(Error{"standard input", "nothing in it failed, or it is empty"});
    return inputs;
}

/// Prints one result in the form asked for; `first` is false from the second on.
void print(const diagnosis::Explanation& result, const Options& options, Context& context, bool first) {
    switch (options.output.form) {
    case Form::json: context.out((first ? "\n" : ",\n") + report::explanation_json(result)); break;
    case Form::jsonl: context.out(report::explanation_json(result) + '\n'); break;
    case Form::text: {
        const report::Style style = style_of(options.output, context.terminal);
        context.out((first ? "" : "\n" + std::string(std::min<std::size_t>(style.width, 72), '-') + "\n") +
                    report::explanation_text(result, style));
        break;
    }
    }
}

Exit run_explain(const Options& options, Context& context) {
    const report::Style style = style_of(options.output, context.terminal);
    const bool as_text = options.output.form == Form::text;
    if (options.list)
        return context.out(as_text ? report::catalogue_text(style) : report::catalogue_json()), Exit::good;
    if (options.markdown) return context.out(report::catalogue_markdown()), Exit::good;
    if (options.words.empty()) {
        context.err("relaytool: explain: give a reply, a code, a rule's id, or - for standard input\n"
                    "Try: relaytool explain --help\n");
        return Exit::usage;
    }
    if (options.words.size() == 1 && as_text)
        if (const diagnosis::Rule* rule = diagnosis::find_rule(options.words.front()))
            return context.out(report::rule_text(*rule, style)), Exit::good;
    const auto inputs = inputs_of(options, context);
    if (!inputs) {
        context.err(fmt::format("relaytool: {}: {}\n", inputs.error().what, inputs.error().why));
        return Exit::could_not_tell;
    }
    if (options.output.form == Form::json) context.out(report::explain_json_begin());
    bool first = true;
    bool unexplained = false;
    for (const std::string& input : *inputs) {
        const diagnosis::Explanation result = diagnosis::explain(input);
        unexplained = unexplained || result.finding.category == diagnosis::Category::unknown;
        print(result, options, context, first);
        first = false;
    }
    if (options.output.form == Form::json) context.out(report::explain_json_end());
    return unexplained ? Exit::bad : Exit::good;
}

} // namespace

Run setup_explain(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option("TEXT", options->words,
                   "A reply, code, log line, error text or rule id; - reads standard input, one per line")
        ->option_text("...");
    app.add_flag("--list", options->list, "List every rule's id and title");
    app.add_flag("--markdown", options->markdown, "Print the whole catalogue as Markdown");
    add_output_options(app, options->output);
    app.footer(
        "Examples:\n"
        "  relaytool explain \"550 5.7.60 SMTP; Client does not have permissions to send as this sender\"\n"
        "  relaytool explain 5.7.57\n"
        "  grep status= /var/log/mail.log | relaytool explain -");
    return [options](Context& context) { return run_explain(*options, context); };
}

} // namespace relaytool::cli
