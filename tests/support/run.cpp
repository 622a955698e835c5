#include "support/run.hpp"

#include "dispatch.hpp"

namespace relaytool::test {

Outcome run(const std::vector<std::string>& arguments, const FakeFiles& files, cli::Terminal terminal) {
    std::vector<const char*> argv{"relaytool"};
    for (const std::string& argument : arguments)
        argv.push_back(argument.c_str());
    Outcome outcome;
    cli::Context context{
        .files = files,
        .out = [&](std::string_view text) { outcome.out += text; },
        .err = [&](std::string_view text) { outcome.err += text; },
        .terminal = terminal,
    };
    outcome.exit = cli::dispatch(static_cast<int>(argv.size()), argv.data(), context);
    return outcome;
}

} // namespace relaytool::test
