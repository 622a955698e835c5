#include "options/spf.hpp"

#include "dns/idn.hpp"
#include "options/output.hpp"
#include "spf/form.hpp"

#include <CLI/Error.hpp>

#include <string>
#include <utility>

namespace relaytool::cli {

void add_spf_options(CLI::App& app, SpfOptions& options) {
    const auto take_record = [&options](const std::string& text) {
        const std::string record = spf::unquoted(text);
        if (record.empty()) throw CLI::ValidationError("--record", "the text is empty");
        options.record = record;
    };
    app.add_option_function<std::string>("--record", take_record,
                                         "Take this as the domain's record: one that is not published yet")
        ->option_text("TEXT");
    add_dns_options(app, options.dns);
}

Result<SpfWorld> open_spf(const SpfOptions& options, Context& context) {
    const auto name = dns::domain_from_input(options.domain);
    if (!name) return tl::unexpected(name.error());
    auto resolver = open_dns(options.dns, context);
    if (!resolver) return tl::unexpected(resolver.error());
    SpfWorld world;
    world.domain = *name;
    world.resolver = std::move(*resolver);
    world.cache = std::make_unique<dns::Cache>(*world.resolver);
    world.policies = std::make_unique<spf::Policies>(*world.cache);
    if (!options.record.empty()) world.policies->pretend(*name, options.record);
    return world;
}

Exit exit_for(const spf::Tree& tree, Context& context) {
    const spf::Policy& policy = *tree.root().policy;
    const auto end = [&](std::string why, Exit exit) {
        complain(context, {tree.root().domain.text(), std::move(why)});
        return exit;
    };
    if (policy.answer->failed()) return end("the DNS does not answer", Exit::could_not_tell);
    if (policy.records == 0) return end("no SPF record", Exit::bad);
    if (!policy.has_record() || !policy.record.is_valid)
        return end("the SPF record is broken; relaytool spf check says why", Exit::bad);
    if (spf::may_break(tree))
        return end(
            "checks end in a permanent error (a loop, a broken include, or too many look-ups); relaytool spf "
            "check says why",
            Exit::bad);
    return Exit::good;
}

} // namespace relaytool::cli
