#include "command.hpp"

namespace relaytool::cli {

// One function per file in commands/.
Run setup_diagnose(CLI::App& app);
Run setup_domain(CLI::App& app);
Run setup_explain(CLI::App& app);
Run setup_headers(CLI::App& app);
Run setup_login(CLI::App& app);
Run setup_probe(CLI::App& app);
Run setup_sandbox(CLI::App& app);
Run setup_send(CLI::App& app);
Run setup_spf(CLI::App& app);

std::span<const Command> commands() {
    static constexpr Command all[] = {
        {"diagnose", "Say what bounces and BadMail files mean, whose move it is, and what to do",
         setup_diagnose},
        {"domain", "Check a domain's mail DNS: MX, SPF, DKIM, DMARC, MTA-STS, Microsoft 365 names",
         setup_domain},
        {"explain", "Say what a reply, a status code, a log line or an error text means", setup_explain},
        {"headers", "Say which way a message went, who vouched for it, and why it is in Junk", setup_headers},
        {"login", "Get and keep an OAuth token for a mail server, check it, hand it to other programs",
         setup_login},
        {"probe", "Find where the road to a mail server breaks: DNS, TCP, TLS, login, sender, recipient",
         setup_probe},
        {"sandbox", "Play Office 365, an MX and the DNS on this machine, to try and test sending",
         setup_sandbox},
        {"send", "Send a message through a relay, and say exactly what became of it", setup_send},
        {"spf", "Say who may send as a domain, what is wrong with its record, and what it should be",
         setup_spf},
    };
    return all;
}

} // namespace relaytool::cli
