#include "dispatch.hpp"
#include "edge/assertion_key.hpp"
#include "edge/become_server.hpp"
#include "edge/cares_resolver.hpp"
#include "edge/curl_connector.hpp"
#include "edge/curl_web.hpp"
#include "edge/disk_files.hpp"
#include "edge/disk_folders.hpp"
#include "edge/disk_secrets.hpp"
#include "edge/dkim_crypto.hpp"
#include "edge/dkim_key.hpp"
#include "edge/machine.hpp"
#include "edge/terminal.hpp"
#ifdef RELAYTOOL_WITH_SERVERS
#include "edge/server/sandbox_servers.hpp"
#endif

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <exception>
#include <string>

namespace {

void write_to(std::FILE* stream, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stream);
}

} // namespace

int main(int argc, char** argv) {
    using relaytool::cli::Exit;
    try {
        const relaytool::edge::DiskFiles files;
        const relaytool::edge::TerminalFacts facts = relaytool::edge::look_at_terminal();
        relaytool::edge::CurlWeb web;
        const relaytool::edge::DkimCrypto dkim_crypto;
        relaytool::edge::DiskFolders folders;
        relaytool::edge::ThisMachine machine;
        relaytool::edge::CurlConnector connector;
        relaytool::edge::DiskSecrets secrets;
        relaytool::cli::Context context{
            .files = files,
            .out = [](std::string_view text) { write_to(stdout, text); },
            .err = [](std::string_view text) { write_to(stderr, text); },
            .terminal = {facts.out, facts.err, facts.colour, facts.utf8, facts.columns, facts.cores},
            .network_dns = relaytool::edge::open_network_dns,
            .now = [] { return static_cast<std::int64_t>(std::time(nullptr)); },
            .web = &web,
            .folders = &folders,
            .machine = &machine,
            .dkim_signer = relaytool::edge::read_dkim_key,
            .dkim_crypto = &dkim_crypto,
            .secrets = &secrets,
            .sign_assertion =
                [](const relaytool::oauth::Assertion& assertion, std::string_view certificate,
                   std::string_view key, const std::string& passphrase) {
                    return relaytool::edge::sign_assertion(assertion, {certificate, key, passphrase});
                },
            .connector = &connector,
            .flush = [] { std::fflush(stdout); },
            .become_server = [argv] { return relaytool::edge::become_server(argv); },
        };
#ifdef RELAYTOOL_WITH_SERVERS
        relaytool::edge::SandboxServers servers;
        context.servers = &servers;
#endif
        const Exit exit = relaytool::cli::dispatch(argc, argv, context);
        if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
            std::perror("relaytool: standard output");
            return static_cast<int>(Exit::could_not_tell);
        }
        return static_cast<int>(exit);
    } catch (const std::exception& error) {
        // Only libraries throw, and only when memory is short or the system refuses.
        std::fprintf(stderr, "relaytool: %s\n", error.what());
        return static_cast<int>(Exit::could_not_tell);
    }
}
