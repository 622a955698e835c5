#include "options/token.hpp"

#include "diagnosis/login_verdict.hpp"
#include "oauth/token_cache.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::cli {
namespace {

Error wrong(std::string what, std::string why) {
    return {std::move(what), std::move(why)};
}

/// All of a file: a certificate or a key.
Result<std::string> text_of(const std::string& name, Context& context) {
    std::string text;
    const auto read = context.files.read(name, [&](std::string_view bytes) { text = bytes; });
    if (!read) return tl::unexpected(read.error());
    return text;
}

Result<oauth::Proof> proof_by_certificate(const oauth::CachedLogin& login, Context& context) {
    const auto certificate = text_of(login.certificate_file, context);
    if (!certificate) return tl::unexpected(certificate.error());
    const auto key = text_of(login.key_file.empty() ? login.certificate_file : login.key_file, context);
    if (!key) return tl::unexpected(key.error());
    oauth::Assertion assertion;
    assertion.client_id = login.client_id;
    assertion.audience = login.token_address;
    assertion.now = context.now();
    assertion.id = std::to_string(assertion.now) + "-" + std::to_string(context.machine->process_id()) + "-" +
                   std::to_string(context.machine->uptime().count());
    auto signed_text = context.sign_assertion(assertion, *certificate, *key,
                                              context.machine->environment("RELAYTOOL_KEY_PASSPHRASE"));
    if (!signed_text) return tl::unexpected(signed_text.error());
    return oauth::Proof{{}, *std::move(signed_text)};
}

/// A login whose token could not be renewed.
Error cannot_renew(const oauth::CachedLogin& login, const oauth::Denial& denial, Context& context) {
    const diagnosis::TokenSeeker seeker{login.user, login.tenant, login.client_id,
                                        oauth::find_provider(login.provider), context.now()};
    const diagnosis::Finding finding = diagnosis::judge_denial(denial, seeker);
    return wrong("the token of " + login.user,
                 finding.title + ". It could not be renewed" +
                     (finding.evidence.empty() ? "" : " (" + finding.evidence.substr(0, 300) + ")") +
                     (denial.refusal ? ". Log in anew: relaytool login --user " + login.user : ""));
}

} // namespace

Result<std::string> first_line_of_file(const std::string& name, Context& context) {
    constexpr std::size_t longest = 16 * 1024; // an access token has some thousand octets
    std::string line;
    const auto read = context.files.read(name, [&](std::string_view text) {
        line = std::string(text.substr(0, std::min(text.find_first_of("\r\n"), longest + 1)));
    });
    if (!read) return tl::unexpected(read.error());
    if (line.size() > longest) return tl::unexpected(wrong(name, "its first line is too long for a secret"));
    if (line.empty())
        return tl::unexpected(wrong(name, "the first line, where the secret should be, is empty"));
    return line;
}

Result<oauth::Proof> proof_of(const oauth::CachedLogin& login, Context& context) {
    if (!login.certificate_file.empty()) return proof_by_certificate(login, context);
    oauth::Proof proof;
    proof.secret = context.machine->environment("RELAYTOOL_CLIENT_SECRET");
    if (!login.secret_file.empty()) {
        auto secret = first_line_of_file(login.secret_file, context);
        if (!secret) return tl::unexpected(secret.error());
        proof.secret = *std::move(secret);
    } else if (!login.secret_command.empty()) {
        auto secret = context.machine->first_line_of(login.secret_command);
        // The command may hold secrets itself: it is not repeated.
        if (!secret) return tl::unexpected(wrong("--client-secret-command", secret.error().why));
        proof.secret = *std::move(secret);
    }
    return proof;
}

oauth::Asking asking_of(const oauth::CachedLogin& login) {
    return {{"", login.token_address}, login.client_id, login.scope, login.ca_file};
}

Result<std::optional<oauth::CachedLogin>> fresh_login(const std::string& user, Context& context) {
    oauth::TokenCache cache(*context.secrets);
    // Without a login there is nothing to lock, and no folder to make.
    auto login = cache.load(user);
    if (!login || !*login || oauth::is_fresh(**login, context.now())) return login;
    const auto lock = cache.lock(user);
    if (!lock) return tl::unexpected(lock.error());
    login = cache.load(user); // another process may have renewed it by now
    if (!login || !*login || oauth::is_fresh(**login, context.now())) return login;
    oauth::CachedLogin& kept = **login;
    const auto proof = proof_of(kept, context);
    if (!proof) return tl::unexpected(proof.error());
    if (!kept.is_app && kept.refresh.empty())
        return tl::unexpected(
            wrong("the token of " + user,
                  "it is over, and there is nothing to renew it with: relaytool login --user " + user));
    auto token = kept.is_app ? oauth::ask_as_application(*context.web, asking_of(kept), *proof)
                             : oauth::refresh(*context.web, asking_of(kept), kept.refresh, *proof);
    if (!token) return tl::unexpected(cannot_renew(kept, token.error(), context));
    kept = oauth::with_token(std::move(kept), *std::move(token), context.now());
    if (auto saved = cache.save(kept); !saved) return tl::unexpected(saved.error());
    return login;
}

} // namespace relaytool::cli
