#include "command.hpp"

#include <memory>
#include <string>

namespace relaytool::cli {

Run setup_nested(CLI::App& app, std::span<const Command> commands) {
    app.require_subcommand(1);
    auto chosen = std::make_shared<Run>();
    for (const Command& command : commands) {
        CLI::App* sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
        sub->callback([chosen, run = command.setup(*sub)] { *chosen = run; });
    }
    return [chosen](Context& context) { return (*chosen)(context); };
}

} // namespace relaytool::cli
