#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "command.hpp"
#include "diagnosis/spf_findings.hpp"
#include "dns/idn.hpp"
#include "options/output.hpp"
#include "options/spf.hpp"
#include "report/spf.hpp"
#include "spf/lint.hpp"
#include "spf/prefetch.hpp"

#include <CLI/Error.hpp>
#include <fmt/format.h>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relaytool::cli {
namespace {

struct Options {
    SpfOptions spf;
    std::vector<ip::Address> ips;
    std::optional<std::string> mail_from;
    std::string helo;
    std::string receiver = "unknown";
    std::string file;
    OutputOptions output;
};

/// local-part and domain of a sender; a missing local part is "postmaster" (RFC 7208 section 4.3).
struct SenderName {
    std::string local;
    std::string domain;
};

SenderName read_sender(std::string_view text) {
    if (text.starts_with('<') && text.ends_with('>'))
        text = text.substr(1, text.size() - 2); // as logs have it
    const std::size_t at = text.rfind('@');
    SenderName sender{"postmaster", std::string(at == std::string_view::npos ? text : text.substr(at + 1))};
    if (at != std::string_view::npos && at > 0) sender.local = text.substr(0, at);
    return sender;
}

/// Letters outside ASCII as the DNS has them; what cannot be a name stays, and is judged as such.
std::string ascii_domain(const std::string& domain) {
    if (encoding::ascii_length(domain) == domain.size()) return domain;
    const auto name = dns::name_from_input(domain);
    return name ? name->text() : domain;
}

/// Who is checked: the sender, else (with no sender, or the null sender) the HELO name: RFC 7208 section 2.4.
spf::Query query_for(const Options& options, ip::Address ip, std::int64_t now) {
    spf::Query query;
    query.ip = ip;
    query.helo = options.helo;
    query.receiver = options.receiver;
    query.now = now;
    const std::string& target = options.spf.domain;
    const bool has_sender = options.mail_from && !options.mail_from->empty() && *options.mail_from != "<>";
    const bool target_is_sender = !has_sender && target.find('@') != std::string::npos;
    SenderName sender;
    if (has_sender) {
        sender = read_sender(*options.mail_from);
    } else if (target_is_sender) {
        sender = read_sender(target);
    } else if (target.empty() || (options.mail_from && !options.helo.empty())) {
        sender = {"postmaster", options.helo};
        query.identity = spf::Identity::helo;
    } else {
        sender = {"postmaster", target};
    }
    query.sender_local = sender.local;
    query.sender_domain = sender.domain;
    query.domain = ascii_domain(target.empty() || target_is_sender ? sender.domain : target);
    return query;
}

Exit exit_for(spf::Verdict verdict) {
    if (verdict == spf::Verdict::pass) return Exit::good;
    return verdict == spf::Verdict::temperror ? Exit::could_not_tell : Exit::bad;
}

Exit worse(Exit a, Exit b) {
    return static_cast<int>(a) > static_cast<int>(b) ? a : b;
}

Exit fail(Context& context, const Error& error, Exit exit) {
    complain(context, error);
    return exit;
}

/// --ip: may these addresses send?
Exit run_checks(const Options& options, Context& context) {
    auto resolver = open_dns(options.spf.dns, context);
    if (!resolver) return fail(context, resolver.error(), Exit::usage);
    dns::Cache cache(**resolver);
    spf::Policies policies(cache);
    std::vector<spf::Query> queries;
    for (const ip::Address& ip : options.ips)
        queries.push_back(query_for(options, ip, context.now()));
    if (!options.spf.record.empty())
        if (const auto name = dns::Name::from_text(queries.front().domain))
            policies.pretend(*name, options.spf.record);
    for (const spf::Query& query : queries)
        spf::prefetch(policies, query);
    std::vector<report::SpfCheck> checks;
    Exit exit = Exit::good;
    for (const spf::Query& query : queries) {
        report::SpfCheck result;
        result.check = spf::evaluate(policies, query);
        result.finding = diagnosis::finding_of(result.check);
        exit = worse(exit, exit_for(result.check.verdict));
        checks.push_back(std::move(result));
    }
    const report::Style style = style_of(options.output, context.terminal);
    if (options.output.form == Form::json) context.out(report::spf_checks_json(checks));
    for (std::size_t i = 0; i < checks.size(); ++i) {
        if (options.output.form == Form::jsonl) context.out(report::spf_check_json(checks[i]) + '\n');
        if (options.output.form == Form::text)
            context.out((i == 0 ? "" : "\n") + report::spf_check_text(checks[i], style));
    }
    return exit;
}

/// Whether the DNS kept something back that the answer may hang on.
bool is_unsure(const std::vector<spf::Issue>& issues) {
    return std::any_of(issues.begin(), issues.end(), [](const spf::Issue& issue) {
        return issue.problem == spf::Problem::dns_failure || issue.problem == spf::Problem::include_unknown;
    });
}

/// No address: what is wrong with the record?
Exit run_record(const Options& options, Context& context) {
    auto world = open_spf(options.spf, context);
    if (!world) return fail(context, world.error(), Exit::usage);
    spf::prefetch_surroundings(*world->cache, world->domain);
    report::SpfRecord record;
    record.tree = spf::walk(*world->policies, world->domain);
    const spf::Surroundings around = spf::look_around(*world->cache, world->domain);
    const std::vector<spf::Issue> issues = spf::lint(record.tree, around);
    record.findings = diagnosis::findings_of(record.tree, issues);
    std::stable_sort(record.findings.begin(), record.findings.end(),
                     [](const auto& a, const auto& b) { return a.severity < b.severity; });
    record.sources = spf::sources(record.tree);
    record.suggestion = spf::propose(*world->policies, record.tree, around, {});
    if (options.output.form == Form::text)
        context.out(report::spf_record_text(record, style_of(options.output, context.terminal)));
    else
        context.out(report::spf_record_json(record));
    if (is_unsure(issues)) return Exit::could_not_tell;
    const bool clean = std::all_of(record.findings.begin(), record.findings.end(), [](const auto& finding) {
        return finding.severity == diagnosis::Severity::info || finding.severity == diagnosis::Severity::ok;
    });
    return clean ? Exit::good : Exit::bad;
}

/// A line of --file: an address, and a domain or sender, in either order; behind them a HELO name.
std::optional<Options> read_pair(const Options& base, std::string_view line) {
    std::vector<std::string> words;
    while (!line.empty() && words.size() < 4) {
        const std::size_t begin = line.find_first_not_of(" \t,;\r");
        if (begin == std::string_view::npos) break;
        line.remove_prefix(begin);
        const std::size_t end = std::min(line.find_first_of(" \t,;\r"), line.size());
        words.emplace_back(line.substr(0, end));
        line.remove_prefix(end);
    }
    Options pair = base;
    pair.ips.clear();
    pair.spf.domain.clear();
    for (const std::string& word : words) {
        const auto ip = ip::read_address(word);
        if (ip && pair.ips.empty())
            pair.ips.push_back(*ip);
        else if (pair.spf.domain.empty())
            pair.spf.domain = word;
        else
            pair.helo = word;
    }
    if (pair.ips.empty() || pair.spf.domain.empty()) return std::nullopt;
    return pair;
}

/// Many pairs: the look-ups of those to come are started while one is evaluated.
class Batch {
public:
    Batch(const Options& options, Context& context, spf::Policies& policies)
        : options_(options), context_(context), policies_(policies),
          style_(style_of(options.output, context.terminal)) {}

    void run(std::string_view text) {
        std::size_t number = 0;
        if (constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF"; text.starts_with(byte_order_mark))
            text.remove_prefix(byte_order_mark.size());
        if (options_.output.form == Form::json) context_.out(report::spf_checks_json_begin());
        while (!text.empty()) {
            const std::size_t end = text.find('\n');
            add_line(text.substr(0, end), ++number);
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
            if (ahead_.size() >= window) finish_one();
        }
        while (!ahead_.empty())
            finish_one();
        if (options_.output.form == Form::json) context_.out(report::spf_checks_json_end());
        if (done_ == 0) {
            complain(context_, {options_.file, "no line with an address and a domain in it"});
            exit_ = Exit::could_not_tell;
        }
    }

    Exit exit() const { return exit_; }

private:
    static constexpr std::size_t window = 64;

    void add_line(std::string_view line, std::size_t number) {
        line = ascii::trim(line);
        if (line.empty() || line.front() == '#') return;
        const auto pair = read_pair(options_, line);
        if (!pair) {
            complain(context_, {fmt::format("{}:{}", options_.file, number),
                                "expected an address and a domain: 192.0.2.1 example.com"});
            exit_ = Exit::could_not_tell;
            return;
        }
        ahead_.push_back(query_for(*pair, pair->ips.front(), context_.now()));
        spf::prefetch(policies_, ahead_.back());
    }

    void finish_one() {
        report::SpfCheck result;
        result.check = spf::evaluate(policies_, ahead_.front());
        ahead_.pop_front();
        exit_ = worse(exit_, exit_for(result.check.verdict));
        const bool as_text = options_.output.form == Form::text;
        if (as_text) {
            context_.out(report::spf_check_line(result.check, style_));
        } else {
            result.finding = diagnosis::finding_of(result.check);
            const bool in_document = options_.output.form == Form::json;
            context_.out((in_document && done_ > 0 ? "," : "") + report::spf_check_json(result) +
                         (in_document ? "" : "\n"));
        }
        ++done_;
    }

    const Options& options_;
    Context& context_;
    spf::Policies& policies_;
    report::Style style_;
    std::deque<spf::Query> ahead_;
    std::size_t done_ = 0;
    Exit exit_ = Exit::good;
};

Exit run_file(const Options& options, Context& context) {
    auto resolver = open_dns(options.spf.dns, context);
    if (!resolver) return fail(context, resolver.error(), Exit::usage);
    dns::Cache cache(**resolver);
    spf::Policies policies(cache);
    Batch batch(options, context, policies);
    const auto read = context.files.read(options.file, [&](std::string_view text) { batch.run(text); });
    if (!read) return fail(context, read.error(), Exit::could_not_tell);
    return batch.exit();
}

Exit run_check(const Options& options, Context& context) {
    if (!options.file.empty() && !options.spf.record.empty())
        return fail(context,
                    {"spf check", "--record is one domain's: give DOMAIN and --ip in place of --file"},
                    Exit::usage);
    if (!options.file.empty()) return run_file(options, context);
    const bool has_sender = options.mail_from && !options.mail_from->empty() && *options.mail_from != "<>";
    if (!options.ips.empty() && (has_sender || !options.helo.empty() || !options.spf.domain.empty()))
        return run_checks(options, context);
    if (options.spf.domain.empty())
        return fail(context, {"spf check", "which domain? relaytool spf check example.com"}, Exit::usage);
    return run_record(options, context);
}

void add_ip(Options& options, const std::string& text) {
    const auto ip = ip::read_address(text);
    if (!ip) throw CLI::ValidationError("--ip", text + " is no IPv4 or IPv6 address");
    options.ips.push_back(*ip);
}

} // namespace

Run setup_spf_check(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option("DOMAIN", options->spf.domain, "Domain, or sender address: example.com, boss@example.com");
    app.add_option_function<std::vector<std::string>>(
           "--ip",
           [options](const std::vector<std::string>& texts) {
               for (const std::string& text : texts)
                   add_ip(*options, text);
           },
           "May this address send? Can be given several times")
        ->option_text("ADDRESS")
        ->allow_extra_args(false)
        ->take_all();
    app.add_option("--mail-from", options->mail_from,
                   "Envelope sender; empty for a bounce: then the HELO name is checked")
        ->option_text("SENDER");
    app.add_option("--helo", options->helo,
                   "Name the client gives in HELO; checked when there is no sender and no DOMAIN")
        ->option_text("NAME");
    app.add_option("--receiver", options->receiver, "Name of the receiving server, for explanations")
        ->option_text("NAME");
    app.add_option("--file", options->file,
                   "Check many: lines with an address and a domain or sender; - for standard input")
        ->option_text("FILE");
    add_spf_options(app, options->spf);
    add_output_options(app, options->output);
    app.footer(
        "Examples:\n"
        "  relaytool spf check shortstraw.be\n"
        "  relaytool spf check invoicing@shortstraw.be --ip 195.130.132.52\n"
        "  relaytool spf check shortstraw.be --record \"v=spf1 include:spf.protection.outlook.com -all\"\n"
        "  relaytool spf check --file pairs.txt --jsonl");
    return [options](Context& context) { return run_check(*options, context); };
}

} // namespace relaytool::cli
