#include "support/run.hpp"

#include "dispatch.hpp"

#include <memory>
#include <utility>

namespace relaytool::test {
namespace {

/// A resolver that somebody else keeps.
class Borrowed final : public dns::Resolver {
public:
    explicit Borrowed(dns::Resolver& resolver) : resolver_(resolver) {}
    void ask(const dns::Question& question, std::function<void(dns::Answer)> done) override {
        resolver_.ask(question, std::move(done));
    }
    std::chrono::nanoseconds wait() override { return resolver_.wait(); }

private:
    dns::Resolver& resolver_;
};

} // namespace

Outcome run(const std::vector<std::string>& arguments, const FakeFiles& files, const Surroundings& around) {
    std::vector<const char*> argv{"relaytool"};
    for (const std::string& argument : arguments)
        argv.push_back(argument.c_str());
    Outcome outcome;
    cli::Context context{
        .files = files,
        .out = [&](std::string_view text) { outcome.out += text; },
        .err = [&](std::string_view text) { outcome.err += text; },
        .terminal = around.terminal,
        .network_dns = [&](const dns::Servers&) -> Result<std::unique_ptr<dns::Resolver>> {
            if (around.dns == nullptr) return tl::unexpected(Error{"DNS", "this test has none"});
            return std::make_unique<Borrowed>(*around.dns);
        },
        .web = around.web,
        .machine = around.machine,
        .connector = around.connector,
    };
    outcome.exit = cli::dispatch(static_cast<int>(argv.size()), argv.data(), context);
    return outcome;
}

Outcome run(const std::vector<std::string>& arguments, const FakeFiles& files, cli::Terminal terminal) {
    return run(arguments, files, Surroundings{.terminal = terminal});
}

Outcome run(const std::vector<std::string>& arguments, const FakeFiles& files, dns::Resolver& dns,
            cli::Terminal terminal) {
    return run(arguments, files, Surroundings{.dns = &dns, .terminal = terminal});
}

Outcome run(const std::vector<std::string>& arguments, const FakeFiles& files, dns::Resolver& dns, Web& web) {
    return run(arguments, files, Surroundings{.dns = &dns, .web = &web});
}

} // namespace relaytool::test
