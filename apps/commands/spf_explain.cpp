#include "command.hpp"
#include "options/output.hpp"
#include "options/spf.hpp"
#include "report/spf.hpp"

#include <memory>

namespace relaytool::cli {
namespace {

struct Options {
    SpfOptions spf;
    OutputOptions output;
};

Exit run_explain(const Options& options, Context& context) {
    auto world = open_spf(options.spf, context);
    if (!world) return complain(context, world.error()), Exit::usage;
    report::SpfRecord record;
    record.tree = spf::walk(*world->policies, world->domain);
    record.sources = spf::sources(record.tree);
    if (options.output.form == Form::text)
        context.out(report::spf_explain_text(record, style_of(options.output, context.terminal)));
    else
        context.out(report::spf_record_json(record));
    return exit_for(record.tree, context);
}

} // namespace

Run setup_spf_explain(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option("DOMAIN", options->spf.domain, "Domain whose record to explain")->required();
    add_spf_options(app, options->spf);
    add_output_options(app, options->output);
    app.footer("Example:\n  relaytool spf explain shortstraw.be");
    return [options](Context& context) { return run_explain(*options, context); };
}

} // namespace relaytool::cli
