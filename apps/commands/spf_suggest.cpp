#include "command.hpp"
#include "diagnosis/spf_findings.hpp"
#include "options/output.hpp"
#include "options/spf.hpp"
#include "report/spf.hpp"
#include "spf/evaluate.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace relaytool::cli {
namespace {

struct Options {
    SpfOptions spf;
    std::vector<std::string> senders;
    bool keep = false;
    bool flatten = false;
    OutputOptions output;
};

Exit run_suggest(const Options& options, Context& context) {
    spf::SuggestOptions wanted;
    for (const std::string& list : options.senders) {
        auto senders = spf::read_senders(list);
        if (!senders) return complain(context, senders.error()), Exit::usage;
        wanted.senders.insert(wanted.senders.end(), senders->begin(), senders->end());
    }
    if (!options.senders.empty() && wanted.senders.empty())
        return complain(context, {"--sends-via", "it names nobody; give services, addresses or hosts"}),
               Exit::usage;
    if (options.keep) wanted.others = spf::SuggestOptions::Others::keep;
    auto world = open_spf(options.spf, context);
    if (!world) return complain(context, world.error()), Exit::usage;
    spf::prefetch_surroundings(*world->cache, world->domain);
    const spf::Tree today = spf::walk(*world->policies, world->domain);
    const spf::Policy& policy = *today.root().policy;
    if (policy.answer->failed()) {
        complain(context, {world->domain.text(), "the DNS does not answer: " + policy.answer->detail});
        return Exit::could_not_tell;
    }
    if (options.flatten) wanted.form = spf::SuggestOptions::Form::flat;
    const spf::Suggestion suggestion =
        spf::propose(*world->policies, today, spf::look_around(*world->cache, world->domain), wanted);
    const std::vector<diagnosis::Finding> findings =
        diagnosis::findings_of(suggestion.tree, suggestion.issues);
    if (options.output.form == Form::text)
        context.out(report::spf_suggestion_text(today, suggestion, findings,
                                                style_of(options.output, context.terminal)));
    else
        context.out(report::spf_suggestion_json(today, suggestion, findings));
    if (suggestion.outcome == spf::Outcome::unsure) return Exit::could_not_tell;
    const bool has_errors =
        std::any_of(findings.begin(), findings.end(), [](const diagnosis::Finding& finding) {
            return finding.severity == diagnosis::Severity::error;
        });
    return suggestion.is_usable() && !has_errors ? Exit::good : Exit::bad;
}

} // namespace

Run setup_spf_suggest(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option("DOMAIN", options->spf.domain, "Domain whose record to write")->required();
    app.add_option(
           "--sends-via", options->senders,
           "All that sends for the domain, with commas between: o365, telenet, 203.0.113.7, mail.example.com, "
           "include:NAME. Without it: whoever sends today")
        ->option_text("LIST")
        ->allow_extra_args(false)
        ->take_all();
    app.add_flag("--keep", options->keep, "Keep today's senders that --sends-via does not name");
    app.add_flag("--flatten", options->flatten, "Write all senders out as addresses; the copy grows old");
    add_spf_options(app, options->spf);
    add_output_options(app, options->output);
    app.footer("Examples:\n"
               "  relaytool spf suggest shortstraw.be\n"
               "  relaytool spf suggest shortstraw.be --sends-via o365,telenet,203.0.113.7\n"
               "  relaytool spf suggest shortstraw.be --keep --sends-via o365");
    return [options](Context& context) { return run_suggest(*options, context); };
}

} // namespace relaytool::cli
