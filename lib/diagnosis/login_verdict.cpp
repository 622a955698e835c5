#include "diagnosis/login_verdict.hpp"

#include "base/ascii.hpp"
#include "diagnosis/check.hpp"
#include "diagnosis/match.hpp"
#include "mail/date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace relaytool::diagnosis {
namespace {

using oauth::Claims;
using oauth::Fault;

std::string joined_words(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text.empty() ? "nothing" : text;
}

/// The row for an error's name; "" when there is none.
std::string_view rule_of(std::string_view error) {
    constexpr std::pair<std::string_view, std::string_view> rows[] = {
        {"authorization_declined", "login-declined"}, {"access_denied", "login-declined"},
        {"expired_token", "login-code-expired"},      {"bad_verification_code", "login-code-expired"},
        {"invalid_client", "login-client-refused"},   {"unauthorized_client", "login-client-refused"},
        {"invalid_scope", "login-scope-refused"},     {"invalid_grant", "login-grant-refused"},
    };
    for (const auto& [name, rule] : rows)
        if (name == error) return rule;
    return "login-refused";
}

std::string_view rule_of(Fault fault) {
    switch (fault) {
    case Fault::wrong_audience: return "token-audience";
    case Fault::no_permission: return "token-permission";
    case Fault::wrong_tenant: return "token-tenant";
    case Fault::expired: return "token-expired";
    case Fault::not_yet_valid: return "token-not-yet";
    case Fault::ends_soon: return "token-ends-soon";
    case Fault::other_login: break;
    }
    return "token-other-login";
}

std::string permissions_of(const Claims& claims) {
    std::vector<std::string> all = claims.scopes;
    all.insert(all.end(), claims.roles.begin(), claims.roles.end());
    return joined_words(all);
}

/// A stranger's words in a row: there they are plain ASCII on one line.
std::string plain_words(std::string_view words) {
    std::string plain;
    constexpr std::size_t longest = 1000;
    for (const char c : words.substr(0, longest))
        plain += c >= ' ' && c <= '~' && c != '`' ? c : static_cast<unsigned char>(c) < ' ' ? ' ' : '?';
    return plain;
}

Values values_of(const Claims& claims, const TokenSeeker& seeker) {
    return {{"found",
             claims.audiences.empty() ? "no service at all" : plain_words(joined_words(claims.audiences))},
            {"list", plain_words(permissions_of(claims))},
            {"before", claims.tenant},
            {"after", seeker.tenant},
            {"value", mail::to_rfc3339(claims.expires)},
            {"from", claims.login},
            {"to", seeker.user},
            {"name", seeker.renewal == Renewal::by_itself ? seeker.user : std::string{}},
            {"target", seeker.renewal == Renewal::by_login ? seeker.user : std::string{}}};
}

/// For a line in the middle of a sentence.
std::string fault_words(const Claims& claims, Fault fault) {
    switch (fault) {
    case Fault::wrong_audience:
        return "it is made for " +
               (claims.audiences.empty() ? "no service at all" : joined_words(claims.audiences));
    case Fault::no_permission: return "it allows " + permissions_of(claims) + ", and not to send over SMTP";
    case Fault::wrong_tenant: return "it is of the tenant " + claims.tenant;
    case Fault::expired: return "it ended at " + mail::to_rfc3339(claims.expires);
    case Fault::not_yet_valid: return "it begins only at " + mail::to_rfc3339(claims.not_before);
    case Fault::ends_soon:
    case Fault::other_login: break;
    }
    return {};
}

} // namespace

Finding judge_denial(const oauth::Denial& denial, const TokenSeeker& seeker) {
    if (denial.broken && denial.status != 0)
        return finding_of("login-no-service", {{"why", plain_words(denial.broken->why)}},
                          denial.broken->what + ": " + denial.broken->why);
    if (denial.broken)
        return finding_of("login-unreachable",
                          {{"host", denial.broken->what}, {"why", plain_words(denial.broken->why)}},
                          denial.broken->what + ": " + denial.broken->why);
    const oauth::Refusal refusal = denial.refusal.value_or(oauth::Refusal{});
    const std::string words = refusal.description.empty() ? refusal.error : refusal.description;
    if (ascii::icontains(words, "AADSTS")) {
        Evidence evidence;
        evidence.reply.text = words;
        evidence.seen.login = seeker.user;
        return diagnose(evidence);
    }
    return finding_of(rule_of(refusal.error),
                      {{"name", seeker.user}, {"target", seeker.client_id}, {"why", plain_words(words)}},
                      refusal.error + (refusal.description.empty() ? "" : ": " + refusal.description));
}

std::vector<Finding> judge_token(const Claims& claims, const TokenSeeker& seeker) {
    std::vector<Finding> findings;
    const Values values = values_of(claims, seeker);
    for (const Fault fault : check(claims, {seeker.provider, seeker.tenant, seeker.user, seeker.now}))
        findings.push_back(finding_of(rule_of(fault), values));
    return findings;
}

std::vector<Finding> judge_text(const std::string& token, std::int64_t expires, const TokenSeeker& seeker) {
    if (!oauth::is_token_text(token)) return {finding_of("token-malformed", {})};
    auto claims = oauth::read_claims(token);
    const bool is_readable = claims.has_value();
    if (!claims) claims.emplace();
    if (expires != 0 && (claims->expires == 0 || expires < claims->expires)) claims->expires = expires;
    if (is_readable) return judge_token(*claims, seeker);
    TokenSeeker anyone = seeker; // nothing but its end is known
    anyone.provider = nullptr;
    std::vector<Finding> findings = judge_token(*claims, anyone);
    if (findings.empty() || findings.front().severity != Severity::error)
        findings.push_back(finding_of("token-unreadable", {{"name", seeker.user}}));
    return findings;
}

Finding application_steps(const TokenSeeker& seeker) {
    return finding_of("login-application-steps", {{"target", seeker.client_id}, {"name", seeker.user}});
}

std::string doubt_of(const std::string& token, const std::string& server_name, std::int64_t now) {
    const oauth::Provider* provider = oauth::provider_of_host(server_name);
    const auto claims = oauth::read_claims(token);
    if (provider == nullptr || !claims) return {};
    for (const Fault fault : check(*claims, {provider, {}, {}, now}))
        if (oauth::is_fatal(fault)) return fault_words(*claims, fault);
    return {};
}

} // namespace relaytool::diagnosis
