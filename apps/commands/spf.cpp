#include "command.hpp"

#include <memory>

namespace relaytool::cli {

// One function per file: spf_check.cpp and so on.
Run setup_spf_check(CLI::App& app);
Run setup_spf_explain(CLI::App& app);
Run setup_spf_suggest(CLI::App& app);
Run setup_spf_sources(CLI::App& app);

Run setup_spf(CLI::App& app) {
    static constexpr Command all[] = {
        {"check", "What is wrong with a domain's record; with --ip, whether an address may send",
         setup_spf_check},
        {"explain", "Say in words and as a drawing who may send as a domain", setup_spf_explain},
        {"suggest", "Write the record as it should be, ready to paste", setup_spf_suggest},
        {"sources", "List the addresses that may send as a domain", setup_spf_sources},
    };
    return setup_nested(app, all);
}

} // namespace relaytool::cli
