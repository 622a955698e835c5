#include "report/headers.hpp"

#include "bounce/originals.hpp"
#include "command.hpp"
#include "diagnosis/headers_verdict.hpp"
#include "dns/cache.hpp"
#include "mail/mbox.hpp"
#include "mail/text.hpp"
#include "options/dns.hpp"
#include "options/output.hpp"
#include "route/headers.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace relaytool::cli {
namespace {

struct Options {
    std::vector<std::string> inputs;
    bool verify = false;
    std::string page;
    bool each = false;
    DnsOptions dns;
    OutputOptions output;

    /// Whoever names a server or a zone wants it asked.
    bool wants_dns() const { return verify || !dns.zones.empty() || !dns.servers.addresses.empty(); }
};

/// How many messages there are to print.
enum class Amount { one, several };

/// Judges message after message, with one memory of the DNS for all of them.
class Judge {
public:
    Judge(dns::Resolver* resolver, const dkim::Crypto* crypto, std::int64_t now)
        : crypto_(crypto), now_(now) {
        if (resolver) cache_ = std::make_unique<dns::Cache>(*resolver);
    }

    /// An Error when there is no header in the text.
    Result<report::HeadersReport> judge(const std::string& source, std::string_view message) const {
        auto verdict = verdict_of(message);
        if (!verdict)
            return tl::unexpected(
                Error{source, "there is no mail header in it. Give a message as it was received (.eml), or "
                              "its header: in Outlook File, Properties, Internet headers"});
        report::HeadersReport report{source, std::move(*verdict), {}};
        for (const std::string& original : bounce::originals_in(message))
            if (auto inner = verdict_of(original)) report.originals.push_back(std::move(*inner));
        return report;
    }

private:
    std::optional<diagnosis::HeadersVerdict> verdict_of(std::string_view message) const {
        std::string storage;
        route::Repair repair;
        const std::string_view text = route::repair_header(without_envelope(message), storage, repair);
        route::Headers headers = route::read_headers(text);
        if (headers.field_count == 0) return std::nullopt;
        headers.repair = repair;
        std::optional<route::Verification> verification;
        if (cache_ && crypto_) verification = route::verify(headers, text, *cache_, *crypto_, now_);
        return diagnosis::judge_headers(std::move(headers), std::move(verification));
    }

    /// Without blank lines in front, and the `From ` line of an mbox.
    static std::string_view without_envelope(std::string_view text) {
        const std::size_t start = text.find_first_not_of("\r\n");
        text.remove_prefix(std::min(start, text.size()));
        if (text.starts_with("From ")) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
        return text;
    }

    std::unique_ptr<dns::Cache> cache_;
    const dkim::Crypto* crypto_;
    std::int64_t now_;
};

/// Prints messages as they are read.
class Printer {
public:
    Printer(const Options& options, Context& context)
        : options_(options), context_(context), style_(style_of(options.output, context.terminal)) {}

    /// Before the first message.
    void begin(Amount amount) {
        amount_ = amount;
        if (prints_list()) context_.out(report::headers_json_begin());
    }

    void add(report::HeadersReport report) {
        bad_ = bad_ || !report.verdict.is_good();
        unknown_ = unknown_ || report.verdict.could_not_tell();
        for (const diagnosis::HeadersVerdict& original : report.originals) {
            bad_ = bad_ || !original.is_good();
            unknown_ = unknown_ || original.could_not_tell();
        }
        if (options_.output.form == Form::text)
            text(report);
        else if (options_.output.form == Form::json && amount_ == Amount::one)
            context_.out(report::headers_document(report));
        else
            object(report::headers_json(report));
        if (!options_.page.empty()) reports_.push_back(std::move(report));
    }

    void add_unreadable(const Error& error) {
        unknown_ = true;
        complain(context_, error);
        if (prints_list() || options_.output.form == Form::jsonl)
            object(report::unreadable_headers_json(error.what, error.why));
    }

    Exit finish() {
        if (prints_list()) context_.out(report::headers_json_end());
        if (!options_.page.empty() && !reports_.empty()) {
            const Result<void> written = context_.files.write(options_.page, report::headers_page(reports_));
            if (!written) {
                complain(context_, written.error());
                return Exit::could_not_tell;
            }
        }
        return unknown_ ? Exit::could_not_tell : bad_ ? Exit::bad : Exit::good;
    }

private:
    bool prints_list() const { return amount_ == Amount::several && options_.output.form == Form::json; }

    void text(const report::HeadersReport& report) {
        if (amount_ == Amount::several && !options_.each) {
            context_.out(report::headers_line(report, style_) + "\n");
            return;
        }
        if (!first_) context_.out("\n");
        if (amount_ == Amount::several) context_.out(report::source_line(report.source, style_));
        context_.out(report::headers_text(report, style_));
        first_ = false;
    }

    void object(const std::string& json) {
        if (options_.output.form == Form::jsonl) {
            context_.out(json + '\n');
            return;
        }
        context_.out((first_ ? "\n" : ",\n") + json);
        first_ = false;
    }

    const Options& options_;
    Context& context_;
    report::Style style_;
    std::vector<report::HeadersReport> reports_;
    Amount amount_ = Amount::one;
    bool first_ = true;
    bool bad_ = false;
    bool unknown_ = false;
};

/// The messages of one file, which may be an mbox.
void read_file(const std::string& file, Amount amount, const Files& files, const Judge& judge,
               Printer& printer) {
    const std::string name = file == "-" ? "(standard input)" : file;
    const auto add = [&](const std::string& source, std::string_view message) {
        auto report = judge.judge(source, message);
        if (report)
            printer.add(std::move(*report));
        else
            printer.add_unreadable(report.error());
    };
    const Result<void> done = files.read(file, [&](std::string_view bytes) {
        std::string storage;
        mail::Mbox mbox(mail::readable_text(bytes, storage));
        if (amount == Amount::one) printer.begin(mbox.is_mbox() ? Amount::several : Amount::one);
        std::string_view message;
        std::size_t number = 0;
        while (mbox.next(message))
            add(mbox.is_mbox() ? fmt::format("{}:{}", name, ++number) : name, message);
        if (number == 0 && bytes.empty()) printer.add_unreadable({name, "it is empty"});
    });
    if (!done) printer.add_unreadable(done.error());
}

Exit run_headers(const Options& options, Context& context) {
    std::vector<std::string> files;
    std::vector<Error> missing;
    for (const std::string& input : options.inputs) {
        auto found = context.files.expand(input);
        if (!found)
            missing.push_back(std::move(found.error()));
        else
            files.insert(files.end(), std::make_move_iterator(found->begin()),
                         std::make_move_iterator(found->end()));
    }
    std::unique_ptr<dns::Resolver> resolver;
    if (options.wants_dns()) {
        auto opened = open_dns(options.dns, context);
        if (!opened) {
            complain(context, opened.error());
            return Exit::could_not_tell;
        }
        resolver = std::move(*opened);
    }
    const Judge judge(resolver.get(), context.dkim_crypto, context.now());
    const Amount amount = files.size() + missing.size() == 1 ? Amount::one : Amount::several;
    Printer printer(options, context);
    if (amount == Amount::several) printer.begin(amount);
    for (const std::string& file : files)
        read_file(file, amount, context.files, judge, printer);
    for (const Error& error : missing)
        printer.add_unreadable(error);
    return printer.finish();
}

} // namespace

Run setup_headers(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option(
           "FILE", options->inputs,
           "Messages (.eml), headers alone or pasted from Outlook, BadMail files, folders, mbox files, or - for "
           "standard input")
        ->required()
        ->option_text("...");
    app.add_flag(
        "--verify", options->verify,
        "Ask the DNS anew: SPF for the server that handed it over, the DKIM signatures, the DMARC policy");
    app.add_flag("--each", options->each,
                 "Show every message in full, where there are several, not in a line each");
    app.add_option("--html", options->page, "Write a page about it, complete in itself")->option_text("FILE");
    add_dns_options(app, options->dns);
    add_output_options(app, options->output);
    app.footer("Examples:\n"
               "  relaytool headers message.eml\n"
               "  relaytool headers --verify message.eml\n"
               "  relaytool headers - <pasted.txt\n"
               "  relaytool headers --html route.html message.eml");
    return [options](Context& context) { return run_headers(*options, context); };
}

} // namespace relaytool::cli
