#include "mail/date.hpp"
#include "report/finding.hpp"
#include "report/login.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::report {
namespace {

using diagnosis::Finding;
using diagnosis::Severity;

std::string joined_words(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

/// "6 seconds", "59 minutes", "3 days".
std::string span_words(std::int64_t seconds) {
    constexpr std::int64_t minute = 60;
    constexpr std::int64_t day = 24 * 60 * minute;
    const auto in = [seconds](std::int64_t unit, std::string_view noun) {
        return plural(static_cast<std::size_t>(seconds / unit), noun);
    };
    if (seconds < minute) return in(1, "second");
    return seconds > 2 * day ? in(day, "day") : in(minute, "minute");
}

std::string expiry_words(std::int64_t expires, std::int64_t now) {
    if (expires == 0) return "not said";
    const std::string date = mail::to_rfc3339(expires);
    return expires <= now ? "ended at " + date : fmt::format("{}, in {}", date, span_words(expires - now));
}

/// When the token ends: by its own words, or by those of its service.
std::string end_words(const LoginReport& report) {
    if (report.claims && report.claims->expires != 0) return expiry_words(report.claims->expires, report.now);
    if (report.login.is_end_assumed) return "not said: an hour is assumed";
    return expiry_words(report.login.expires, report.now);
}

/// A token without a person's name may be a person's all the same.
std::string person_of(const oauth::Claims& claims) {
    if (!claims.login.empty()) return claims.login;
    return !claims.roles.empty() && claims.scopes.empty() ? "none: an application of its own" : "";
}

std::string verdict(const LoginReport& report, const Style& style) {
    const std::string user = sanitise_line(report.login.user, style);
    const std::string whose = user.empty() ? "" : " for " + user;
    const bool has_error = !report.findings.empty() && report.findings.front().severity == Severity::error;
    if (has_error) return headline(report.findings.front(), style);
    switch (report.outcome) {
    case LoginOutcome::removed: return paint("The login of " + user + " is forgotten", Tone::good, style);
    case LoginOutcome::absent: return paint("There is no login of " + user, Tone::warning, style);
    case LoginOutcome::unknown:
        return paint("There is a token" + whose + "; whether it is good, only the server can tell",
                     Tone::warning, style);
    default: return paint("There is a good token" + whose, Tone::good, style);
    }
}

std::string facts(const LoginReport& report, const Style& style) {
    const oauth::CachedLogin& login = report.login;
    std::string out =
        labelled("Service", login.provider.empty() ? login.token_address : login.provider, style);
    out += labelled("Tenant",
                    report.claims && !report.claims->tenant.empty() ? report.claims->tenant : login.tenant,
                    style);
    out += labelled("App",
                    report.claims && !report.claims->application.empty() ? report.claims->application
                                                                         : login.client_id,
                    style);
    if (report.claims) {
        out += labelled("For", joined_words(report.claims->audiences), style);
        out += labelled("Allows", joined_words(report.claims->scopes), style);
        out += labelled("Roles", joined_words(report.claims->roles), style);
        out += labelled("User", person_of(*report.claims), style);
    } else if (report.outcome == LoginOutcome::granted && !login.access.empty()) {
        out += labelled("Token", "only its maker can read it", style);
    }
    if (!login.access.empty()) out += labelled("Ends", end_words(report), style);
    if (!report.file.empty())
        out += labelled("Renewal",
                        !login.refresh.empty() ? "by itself, ten minutes before that"
                        : login.is_app         ? "by itself, with the application's secret"
                                               : "by logging in again",
                        style);
    return out + labelled("File", report.file, style);
}

} // namespace

std::string_view to_string(LoginOutcome outcome) {
    switch (outcome) {
    case LoginOutcome::granted: return "granted";
    case LoginOutcome::refused: return "refused";
    case LoginOutcome::failed: return "failed";
    case LoginOutcome::unknown: return "unknown";
    case LoginOutcome::removed: return "removed";
    case LoginOutcome::absent: return "absent";
    }
    return "";
}

std::string login_text(const LoginReport& report, const Style& style) {
    std::string out = verdict(report, style) + "\n";
    const bool has_facts = report.outcome != LoginOutcome::removed && report.outcome != LoginOutcome::absent;
    if (has_facts) out += "\n" + facts(report, style);
    bool is_first = true;
    for (const Finding& finding : report.findings) {
        const bool is_verdict = is_first && finding.severity == Severity::error;
        if (!is_verdict) out += "\n" + headline(finding, style) + "\n";
        out += labelled("Answer", finding.evidence, style, Tone::strong) + advice(finding, style);
        is_first = false;
    }
    return out;
}

std::string login_line(const oauth::CachedLogin& login, std::int64_t now, const Style& style) {
    return fmt::format("{}  {}  {}\n", paint(sanitise_line(login.user, style), Tone::strong, style),
                       sanitise_line(login.provider.empty() ? login.token_address : login.provider, style),
                       login.is_end_assumed ? "not said" : expiry_words(login.expires, now));
}

std::string device_prompt(const oauth::DeviceCode& code, const std::string& user, const Style& style) {
    std::string out = fmt::format("To log in as {}, open this address in any browser, on any machine:\n\n",
                                  sanitise_line(user, style));
    out += "    " + paint(sanitise_line(code.address, style), Tone::command, style) + "\n\n";
    out += fmt::format("and enter the code  {}\n\n",
                       paint(sanitise_line(code.user_code, style), Tone::strong, style));
    return out + fmt::format("It is good for {}. Waiting; Ctrl-C gives up.\n",
                             span_words(std::max<std::int64_t>(code.expires_in, 1)));
}

} // namespace relaytool::report
