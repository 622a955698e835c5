#include "diagnosis/expectation.hpp"

#include "base/ascii.hpp"
#include "base/time_span.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace relaytool::diagnosis {
namespace {

/// The parts of SUBJECT RELATION VALUE.
struct Parts {
    std::string_view subject;
    Relation relation = Relation::is;
    std::string_view value;
};

/// The last `=` counts: addresses may hold one.
std::optional<Parts> split(std::string_view term) {
    const std::size_t equals = term.rfind('=');
    if (equals == std::string_view::npos || equals == 0) return std::nullopt;
    Parts parts;
    parts.value = ascii::trim(term.substr(equals + 1));
    constexpr std::array relations{std::pair{'!', Relation::is_not}, std::pair{'>', Relation::at_least},
                                   std::pair{'<', Relation::at_most}};
    std::size_t end = equals;
    for (const auto& [sign, relation] : relations) {
        // from:<>=ok
        const bool is_empty_sender = sign == '>' && equals > 1 && term[equals - 2] == '<';
        if (term[equals - 1] != sign || is_empty_sender) continue;
        parts.relation = relation;
        end = equals - 1;
    }
    parts.subject = ascii::trim(term.substr(0, end));
    if (parts.subject.empty() || parts.value.empty()) return std::nullopt;
    return parts;
}

bool is_equality(Relation relation) {
    return relation == Relation::is || relation == Relation::is_not;
}

/// A version of TLS, oldest 0.
std::optional<std::int64_t> read_version(std::string_view text) {
    for (const smtp::TlsVersion version : smtp::all_tls_versions)
        if (to_string(version) == text) return static_cast<std::int64_t>(version);
    return std::nullopt;
}

/// Digits and points only: a unit is missing.
bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// 14 for "14d".
std::optional<std::int64_t> read_days(std::string_view text) {
    std::int64_t days = 0;
    const char* const end = text.data() + text.size();
    const auto [unit, error] = std::from_chars(text.data(), end, days);
    constexpr std::int64_t most = 100'000;
    if (error != std::errc{} || std::string_view(unit, static_cast<std::size_t>(end - unit)) != "d" ||
        days < 0 || days > most)
        return std::nullopt;
    return days;
}

using Reading = tl::expected<void, std::string>; ///< else what may stand there

Reading read_time(const Parts& parts, Expectation& expectation) {
    const auto span = read_span(parts.value);
    if (!span || is_equality(parts.relation))
        return tl::unexpected(std::string("times are compared as in auth<=500ms or time<=5s"));
    expectation.subject = Subject::time;
    expectation.number = span->count();
    return {};
}

/// `ok`, `refused` and the like, or the category of what is wrong.
Reading read_outcome(const Parts& parts, Expectation& expectation) {
    expectation.verdict = step_verdict_from(parts.value);
    if (expectation.address && parts.value == "refused") expectation.verdict = StepVerdict::problem;
    if (!expectation.verdict) expectation.category = category_from(parts.value);
    if (!is_equality(parts.relation) || (!expectation.verdict && !expectation.category))
        return tl::unexpected(std::string(expectation.address
                                              ? "= or != with ok, refused, or a category such as "
                                                "send-as-denied (relaytool explain --list)"
                                              : "= or != with ok, problem, unknown, skipped, or a "
                                                "category such as smtp-auth-disabled (relaytool "
                                                "explain --list)"));
    return {};
}

Reading read_step(const Parts& parts, Expectation& expectation) {
    if (ascii::is_digit(parts.value.front())) return read_time(parts, expectation);
    return read_outcome(parts, expectation);
}

Reading read_tls(const Parts& parts, Expectation& expectation) {
    const auto version = read_version(parts.value);
    if (!version && is_number(parts.value))
        return tl::unexpected(
            std::string("a version is 1.0, 1.1, 1.2 or 1.3; a time has a unit: tls<=500ms"));
    if (!version) return read_step(parts, expectation);
    expectation.subject = Subject::version;
    expectation.number = *version;
    return {};
}

Reading read_offer(const Parts& parts, Expectation& expectation) {
    const auto version = read_version(parts.value);
    if (!version || !is_equality(parts.relation))
        return tl::unexpected(std::string("= or != with 1.0, 1.1, 1.2 or 1.3"));
    expectation.subject = Subject::offer;
    expectation.number = *version;
    return {};
}

Reading read_certificate(const Parts& parts, Expectation& expectation) {
    const auto days = read_days(parts.value);
    if (!days && is_number(parts.value))
        return tl::unexpected(std::string("days are written with a d: certificate>=14d"));
    if (!days && parts.value.ends_with('d') && is_number(parts.value.substr(0, parts.value.size() - 1)))
        return tl::unexpected(std::string("0d to 100000d may stand there"));
    if (!days) return read_step(parts, expectation);
    if (is_equality(parts.relation))
        return tl::unexpected(std::string("days are compared as in certificate>=14d"));
    expectation.subject = Subject::days_left;
    expectation.number = *days;
    return {};
}

Reading read_finding(const Parts& parts, Expectation& expectation) {
    if (!is_equality(parts.relation))
        return tl::unexpected(std::string("= or != with the id of a finding, or error, warning, info"));
    expectation.subject = Subject::finding;
    expectation.finding = parts.value;
    return {};
}

/// from:, to: and sendas:, and the steps that take an address.
constexpr std::array address_subjects{std::pair{std::string_view("from:"), ProbeStep::mail},
                                      std::pair{std::string_view("to:"), ProbeStep::rcpt},
                                      std::pair{std::string_view("sendas:"), ProbeStep::send_as}};

std::string step_names() {
    std::string names;
    for (const ProbeStep step : probe_steps())
        names += (names.empty() ? "" : ", ") + std::string(to_string(step));
    return names;
}

Reading read_subject(const Parts& parts, Expectation& expectation) {
    for (const auto& [prefix, step] : address_subjects) {
        if (!parts.subject.starts_with(prefix)) continue;
        const std::string_view address = parts.subject.substr(prefix.size());
        if (address.empty()) return tl::unexpected(std::string("an address is missing behind the colon"));
        expectation.step = step;
        expectation.address = address == "<>" ? std::string_view{} : address;
        return read_outcome(parts, expectation);
    }
    if (parts.subject == "time") return read_time(parts, expectation);
    if (parts.subject == "finding") return read_finding(parts, expectation);
    if (parts.subject == "tls-offers") return read_offer(parts, expectation);
    expectation.step = probe_step_from(parts.subject);
    if (!expectation.step)
        return tl::unexpected("there are " + step_names() +
                              "; from:ADDRESS, to:ADDRESS, sendas:ADDRESS; tls-offers, time, finding");
    if (*expectation.step == ProbeStep::tls) return read_tls(parts, expectation);
    if (*expectation.step == ProbeStep::certificate) return read_certificate(parts, expectation);
    return read_step(parts, expectation);
}

Result<Expectation> read_term(std::string_view term) {
    Expectation expectation;
    expectation.term = term;
    const auto parts = split(term);
    if (!parts)
        return tl::unexpected(
            Error{"--expect", "'" + expectation.term +
                                  "': a term is SUBJECT=VALUE, with !=, >= or <= in place of = "
                                  "where that makes sense: auth=ok,tls>=1.2"});
    expectation.relation = parts->relation;
    if (const Reading read = read_subject(*parts, expectation); !read)
        return tl::unexpected(Error{"--expect", "'" + expectation.term + "': " + read.error()});
    return expectation;
}

} // namespace

Result<std::vector<Expectation>> read_expectations(std::string_view text) {
    std::vector<Expectation> expectations;
    bool is_over = false;
    while (!is_over) {
        const std::string_view item = text.substr(0, text.find(','));
        is_over = item.size() == text.size();
        text.remove_prefix(std::min(item.size() + 1, text.size()));
        auto expectation = read_term(ascii::trim(item));
        if (!expectation) return tl::unexpected(expectation.error());
        expectations.push_back(*std::move(expectation));
    }
    return expectations;
}

} // namespace relaytool::diagnosis
