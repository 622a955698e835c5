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

/// Prints the results as they come in the JSON forms; as text, one result in full, or many by cause.
class Printer {
public:
    Printer(const Options& options, Context& context) : form_(options.output.form), context_(context) {
        if (form_ == Form::json) context_.out(report::explain_json_begin());
    }

    void add(diagnosis::Explanation result) {
        switch (form_) {
        case Form::json: context_.out((first_ ? "\n" : ",\n") + report::explanation_json(result)); break;
        case Form::jsonl: context_.out(report::explanation_json(result) + '\n'); break;
        case Form::text: causes_.add(std::move(result)); break;
        }
        first_ = false;
    }

    void finish(const report::Style& style) {
        if (form_ == Form::json) context_.out(report::explain_json_end());
        if (form_ == Form::text) context_.out(causes_.text(style));
    }

private:
    Form form_;
    Context& context_;
    bool first_ = true;
    report::Causes causes_;
};

Exit run_explain(const Options& options, Context& context) {
    const report::Style style = style_of(options.output, context.terminal);
    const bool as_text = options.output.form == Form::text;
    if (options.list)
        return context.out(as_text ? report::catalogue_text(style) : report::catalogue_json()), Exit::good;
    if (options.markdown) return context.out(report::catalogue_markdown()), Exit::good;
    const auto is_blank = [](const std::string& word) { return ascii::trim(word).empty(); };
    if (std::all_of(options.words.begin(), options.words.end(), is_blank)) {
        context.err("relaytool: explain: give a reply, a code, a rule's id, or - for standard input\n"
                    "Try: relaytool explain --help\n");
        return Exit::usage;
    }
    if (options.words.size() == 1 && as_text)
        if (const diagnosis::Rule* rule = diagnosis::find_rule(options.words.front()))
            return context.out(report::rule_text(*rule, style)), Exit::good;
    const auto inputs = inputs_of(options, context);
    if (!inputs) {
        complain(context, inputs.error());
        return Exit::could_not_tell;
    }
    Printer printer(options, context);
    bool unexplained = false;
    for (const std::string& input : *inputs) {
        diagnosis::Explanation result = diagnosis::explain(input);
        unexplained = unexplained || result.finding.category == diagnosis::Category::unknown;
        printer.add(std::move(result));
    }
    printer.finish(style);
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
