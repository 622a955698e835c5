#include "report/domain.hpp"

#include "base/ascii.hpp"
#include "command.hpp"
#include "diagnosis/domain_verdict.hpp"
#include "dns/cache.hpp"
#include "dns/idn.hpp"
#include "domain/facts.hpp"
#include "mail/text.hpp"
#include "options/dns.hpp"
#include "options/output.hpp"

#include <CLI/Error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relaytool::cli {
namespace {

struct Options {
    std::vector<std::string> domains;
    std::string file;
    std::optional<domain::Expect> expect;
    std::vector<std::string> selectors;
    std::vector<ip::Address> addresses;
    std::string policy_file;
    bool no_https = false;
    DnsOptions dns;
    OutputOptions output;

    bool is_list() const {
        return domains.size() > 1 || !file.empty() || (domains.size() == 1 && domains.front() == "-");
    }
    /// No policy is fetched: on request, and with zone files alone, when nothing goes over the network.
    bool is_offline() const { return no_https || (!dns.zones.empty() && dns.servers.addresses.empty()); }
};

/// One domain to look at, or why the text is none.
struct Target {
    std::string text;
    Result<dns::Name> name;
};

Target target_of(std::string_view text) {
    return {std::string(ascii::trim(text)), dns::domain_from_input(text)};
}

/// The first field of a line of a table (CSV), or of a list; `#` begins a comment.
std::string_view first_field(std::string_view line) {
    line = ascii::trim(line);
    if (line.starts_with('"')) return ascii::trim(line.substr(1, line.find('"', 1) - 1));
    return ascii::trim(line.substr(0, line.find_first_of("#,;\t")));
}

/// The domains of a list, one a line. A first line without a dot is a table's heading.
std::vector<Target> targets_in(std::string_view text, Context& context) {
    std::vector<Target> targets;
    bool is_first = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view field = first_field(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (field.empty()) continue;
        const bool is_heading = is_first && field.find('.') == std::string_view::npos;
        is_first = false;
        if (is_heading)
            complain(context,
                     {std::string(field), "the first line has no dot: taken for a heading, left out"});
        else
            targets.push_back(target_of(field));
    }
    return targets;
}

Result<std::vector<Target>> read_targets(const Options& options, Context& context) {
    std::vector<Target> targets;
    std::vector<std::string> lists;
    for (const std::string& domain : options.domains) {
        if (domain == "-")
            lists.push_back(domain);
        else
            targets.push_back(target_of(domain));
    }
    if (!options.file.empty()) lists.push_back(options.file);
    for (const std::string& list : lists) {
        const Result<void> read = context.files.read(list, [&](std::string_view text) {
            std::string storage;
            std::vector<Target> found = targets_in(mail::readable_text(text, storage), context);
            targets.insert(targets.end(), std::make_move_iterator(found.begin()),
                           std::make_move_iterator(found.end()));
        });
        if (!read) return tl::unexpected(read.error());
    }
    if (targets.empty())
        return tl::unexpected(Error{lists.empty() || lists.front() == "-" ? "standard input" : lists.front(),
                                    "there is no domain in it"});
    return targets;
}

/// Prints the domains as they are done.
class Printer {
public:
    Printer(const Options& options, Context& context)
        : form_(options.output.form), is_list_(options.is_list()), context_(context),
          style_(style_of(options.output, context.terminal)) {
        if (form_ == Form::json && is_list_) context_.out(report::domains_json_begin());
    }

    void add(const diagnosis::DomainVerdict& verdict) {
        unknown_ = unknown_ || verdict.could_not_tell;
        bad_ = bad_ || !verdict.is_good();
        if (form_ == Form::text && is_list_) {
            context_.out(report::domain_line(verdict, style_) + '\n');
            counts_.add(verdict);
        } else if (form_ == Form::text) {
            context_.out(report::domain_text(verdict, style_));
        } else if (form_ == Form::json && !is_list_) {
            context_.out(report::domain_document(verdict));
        } else {
            object(report::domain_json(verdict));
        }
    }

    void add_unusable(const Target& target) {
        unknown_ = true;
        complain(context_, target.name.error());
        if (form_ == Form::text)
            counts_.add_unusable();
        else
            object(report::unusable_domain_json(target.text, target.name.error().why));
    }

    Exit finish() {
        if (form_ == Form::json && is_list_) context_.out(report::domains_json_end());
        if (form_ == Form::text && is_list_) context_.out(counts_.text(style_));
        return unknown_ ? Exit::could_not_tell : bad_ ? Exit::bad : Exit::good;
    }

private:
    void object(const std::string& json) {
        if (form_ == Form::jsonl) {
            context_.out(json + '\n');
            return;
        }
        context_.out((first_ ? "\n" : ",\n") + json);
        first_ = false;
    }

    Form form_;
    bool is_list_;
    Context& context_;
    report::Style style_;
    report::DomainCounts counts_;
    bool first_ = true;
    bool unknown_ = false;
    bool bad_ = false;
};

domain::Request request_for(const Options& options, const dns::Name& name) {
    return {name, options.expect, options.selectors, options.addresses};
}

/// Looks at all of them in order; the look-ups of the next ones are under way meanwhile.
Exit check_all(const Options& options, const std::vector<Target>& targets, dns::Resolver& resolver,
               const domain::StsSource& sts, Context& context) {
    constexpr std::size_t ahead = 20;
    dns::Cache cache(resolver);
    Printer printer(options, context);
    std::size_t started = 0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        for (; started < std::min(targets.size(), i + ahead); ++started)
            if (targets[started].name) domain::prefetch(cache, request_for(options, *targets[started].name));
        if (!targets[i].name)
            printer.add_unusable(targets[i]);
        else
            printer.add(
                diagnosis::judge_domain(domain::look_at(cache, request_for(options, *targets[i].name), sts)));
    }
    return printer.finish();
}

Exit usage(Context& context, const Error& error) {
    complain(context, error);
    context.err("Try: relaytool domain check --help\n");
    return Exit::usage;
}

Exit run_check(const Options& options, Context& context) {
    if (options.domains.empty() && options.file.empty())
        return usage(context, {"domain check", "name a domain, - for standard input, or --file"});
    const auto targets = read_targets(options, context);
    if (!targets) {
        complain(context, targets.error());
        return Exit::could_not_tell;
    }
    if (!options.is_list() && !targets->front().name) return usage(context, targets->front().name.error());
    domain::StsSource sts{options.is_offline() ? nullptr : context.web, std::nullopt};
    if (!options.policy_file.empty()) {
        const Result<void> read = context.files.read(
            options.policy_file, [&](std::string_view text) { sts.given = std::string(text); });
        if (!read) {
            complain(context, read.error());
            return Exit::could_not_tell;
        }
    }
    const auto resolver = open_dns(options.dns, context);
    if (!resolver) {
        complain(context, resolver.error());
        return Exit::could_not_tell;
    }
    return check_all(options, *targets, **resolver, sts, context);
}

void add_expect(CLI::App& app, Options& options) {
    const auto read = [&options](const std::string& word) {
        options.expect = domain::expect_from(ascii::to_lower(word));
        if (!options.expect)
            throw CLI::ValidationError("--expect", word + " is none of o365, o365-direct, google, any");
    };
    app.add_option_function<std::string>(
           "--expect", read,
           "Mail service to measure against: o365, o365-direct (Microsoft 365 sends, another server takes the mail "
           "first), google, any; otherwise taken from the records")
        ->option_text("SERVICE");
}

void add_addresses(CLI::App& app, Options& options) {
    const auto read = [&options](const std::vector<std::string>& words) {
        for (const std::string& word : words) {
            const auto address = ip::read_address(word);
            if (!address) throw CLI::ValidationError("--ip", word + " is no IP address");
            options.addresses.push_back(*address);
        }
    };
    app.add_option_function<std::vector<std::string>>("--ip", read,
                                                      "Address that sends: check its reverse name and SPF")
        ->option_text("ADDRESS")
        ->expected(1)
        ->take_all();
}

void add_selectors(CLI::App& app, Options& options) {
    const auto read = [&options](const std::vector<std::string>& words) {
        for (const std::string& word : words) {
            const auto name = dns::Name::from_text(word);
            if (!name || name->is_root())
                throw CLI::ValidationError("--selector", word + " is no DKIM selector");
            const std::string text = ascii::to_lower(name->text());
            options.selectors.push_back(text.substr(0, text.find("._domainkey")));
        }
    };
    app.add_option_function<std::vector<std::string>>(
           "--selector", read, "DKIM selector that must be there; usual ones are tried anyway")
        ->option_text("NAME")
        ->expected(1)
        ->take_all();
}

std::shared_ptr<Options> setup_check(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option("DOMAIN", options->domains, "Domains to check; - reads them from standard input")
        ->option_text("...");
    app.add_option("--file", options->file, "Read domains from a file, one a line; # begins a comment")
        ->option_text("FILE");
    add_expect(app, *options);
    add_selectors(app, *options);
    add_addresses(app, *options);
    app.add_option("--mta-sts-policy", options->policy_file,
                   "Check this MTA-STS policy file instead of the published one")
        ->option_text("FILE");
    app.add_flag("--no-https", options->no_https, "Do not fetch the MTA-STS policy");
    add_dns_options(app, options->dns);
    add_output_options(app, options->output);
    app.footer("Examples:\n"
               "  relaytool domain check example.com\n"
               "  relaytool domain check example.com --expect o365 --ip 192.0.2.25\n"
               "  relaytool domain check --file customers.txt --jsonl");
    return options;
}

} // namespace

Run setup_domain(CLI::App& app) {
    app.require_subcommand(1);
    CLI::App* check =
        app.add_subcommand("check", "Check MX, SPF, DKIM, DMARC, TLS and Microsoft 365 records");
    const std::shared_ptr<Options> options = setup_check(*check);
    return [options](Context& context) { return run_check(*options, context); };
}

} // namespace relaytool::cli
