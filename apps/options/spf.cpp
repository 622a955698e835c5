#include "options/spf.hpp"

#include "base/ascii.hpp"
#include "dns/idn.hpp"

#include <CLI/Error.hpp>

namespace relaytool::cli {

void add_spf_options(CLI::App& app, SpfOptions& options) {
    const auto take_record = [&options](const std::string& text) {
        if (ascii::trim(text).empty()) throw CLI::ValidationError("--record", "the text is empty");
        options.record = text;
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

} // namespace relaytool::cli
