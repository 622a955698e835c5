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

Exit run_sources(const Options& options, Context& context) {
    auto world = open_spf(options.spf, context);
    if (!world) return complain(context, world.error()), Exit::usage;
    const spf::Tree tree = spf::walk(*world->policies, world->domain);
    const spf::Sources sources = spf::sources(tree);
    if (options.output.form != Form::text)
        context.out(report::spf_sources_json(tree, sources));
    else
        context.out(report::spf_sources_text(tree, sources, style_of(options.output, context.terminal)));
    const Exit exit = exit_for(tree, context);
    return sources.is_complete ? exit : Exit::could_not_tell;
}

} // namespace

Run setup_spf_sources(CLI::App& app) {
    auto options = std::make_shared<Options>();
    app.add_option("DOMAIN", options->spf.domain, "Domain whose senders to list")->required();
    add_spf_options(app, options->spf);
    add_output_options(app, options->output);
    app.footer("Example:\n  relaytool spf sources shortstraw.be");
    return [options](Context& context) { return run_sources(*options, context); };
}

} // namespace relaytool::cli
