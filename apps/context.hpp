#pragma once

#include "base/files.hpp"
#include "base/folders.hpp"
#include "base/http.hpp"
#include "base/machine.hpp"
#include "base/secrets.hpp"
#include "dkim/crypto.hpp"
#include "dns/resolver.hpp"
#include "oauth/documents.hpp"
#include "sandbox/host.hpp"
#include "smtp/connector.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace relaytool::cli {

/// Exit codes of every command (docs/exit-codes.md).
enum class Exit {
    good = 0,           ///< did the job, and the answer is good
    bad = 1,            ///< did the job, and the answer is bad: refused, a problem found, not explained
    could_not_tell = 2, ///< could not find out: unreadable input, network, time-out
    usage = 64,         ///< wrong usage
    interrupted = 130,  ///< by the user (Ctrl-C)
    // Of `probe --format nagios` alone, whose reader knows no others.
    plugin_warning = 1,
    plugin_critical = 2,
    plugin_unknown = 3,
};

/// Where the output goes, as far as it matters for its form.
struct Terminal {
    bool out = false;         ///< stdout is a terminal
    bool err = false;         ///< stderr is a terminal
    bool colour = false;      ///< colours are wanted there: not NO_COLOR, not TERM=dumb
    bool utf8 = false;        ///< the locale is UTF-8
    std::size_t columns = 80; ///< of the terminal
    unsigned cores = 1;       ///< processors to use
};

/// All that a command may touch of the world outside.
struct Context {
    const Files& files;
    std::function<void(std::string_view)> out; ///< standard output
    std::function<void(std::string_view)> err; ///< standard error
    Terminal terminal;
    /// The DNS of the network; an Error when a server's name or address cannot be used. Opens nothing before
    /// the first question.
    std::function<Result<std::unique_ptr<dns::Resolver>>(const dns::Servers&)> network_dns = {};
    /// Seconds since 1970-01-01 UTC.
    std::function<std::int64_t()> now = [] { return std::int64_t{0}; };
    /// For policies that are published on the web; null when there is none. Opens nothing before the first
    /// address is fetched.
    Web* web = nullptr;
    /// Folders to put files into and to watch; null when there are none.
    Folders* folders = nullptr;
    /// Null only in tests that need none.
    Machine* machine = nullptr;
    /// A private key in PEM, opened with a passphrase if it is encrypted, to sign messages with.
    std::function<Result<std::unique_ptr<dkim::Signer>>(std::string_view pem, const std::string& passphrase)>
        dkim_signer = {};
    /// For signatures that are to be verified; null only in tests that need none. Loads nothing before the
    /// first signature.
    const dkim::Crypto* dkim_crypto = nullptr;
    /// Tokens that are kept; opens nothing before the first one is asked for. Null only in tests that need
    /// none.
    Secrets* secrets = nullptr;
    /// The JWT with which an application proves who it is, signed with its certificate's key. The Error names
    /// --cert or --key.
    std::function<Result<std::string>(const oauth::Assertion& assertion, std::string_view certificate_pem,
                                      std::string_view key_pem, const std::string& passphrase)>
        sign_assertion = {};
    /// Connections to mail servers; opens nothing before the first one. Null only in tests that need none.
    smtp::Connector* connector = nullptr;
    /// Brings what was printed to where it goes, for those who read it while the command runs.
    std::function<void()> flush = [] {};
    /// For commands that serve; null in the program without servers.
    sandbox::Servers* servers = nullptr;
    /// Does the whole command in the program with servers instead. Returns only when that failed.
    std::function<Error()> become_server = [] { return Error{"servers", "there are none"}; };
};

} // namespace relaytool::cli
