#include "command.hpp"

#include <memory>
#include <string>

namespace relaytool::cli {

Run setup_nested(CLI::App& app, std::span<const Command> commands) {
    app.require_subcommand(1);
    auto chosen = std::make_shared<Run>();
    for (const Command& command : commands) {
        CLI::App* sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
        // Only the options of the command that is called are declared: that takes time.
        sub->preparse_callback([chosen, sub, setup = command.setup](std::size_t) { *chosen = setup(*sub); });
    }
    return [chosen](Context& context) { return (*chosen)(context); };
}

} // namespace relaytool::cli
