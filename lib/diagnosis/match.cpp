#include "diagnosis/match.hpp"

#include "base/ascii.hpp"
#include "diagnosis/catalogue.hpp"
#include "diagnosis/fill.hpp"
#include "diagnosis/host_family.hpp"
#include "diagnosis/wordings.hpp"

#include <array>
#include <charconv>
#include <deque>
#include <optional>
#include <tuple>
#include <vector>

namespace relaytool::diagnosis {
namespace {

/// Longest part of a reply that is searched: RFC 5321 allows 512 octets a line, and hosts send a dozen lines.
constexpr std::size_t longest_reply = 16 * 1024;

/// The order of DESIGN section 3: what proves more comes first.
enum class Strength {
    local_error,
    wording_of_host,
    wording,
    status_of_host,
    status,
    hint,
    status_class,
    code,
    event,
    none,
};

/// Pattern::status taken apart.
struct StatusRange {
    int klass = 0; ///< 0: any
    int subject = 0;
    int from = 0;
    int to = 0;
    bool any_detail = false;

    bool holds(const smtp::Status& status) const {
        if (klass != 0 && klass != status.klass) return false;
        if (subject != status.subject) return false;
        return any_detail || (status.detail >= from && status.detail <= to);
    }
};

int number(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// "5.7.139", "x.1.1", "5.7.606-649", "x.7.x".
std::optional<StatusRange> read_range(std::string_view text) {
    const std::size_t first = text.find('.');
    const std::size_t second = text.find('.', first + 1);
    if (text.empty() || first == std::string_view::npos || second == std::string_view::npos)
        return std::nullopt;
    StatusRange range;
    range.klass = text[0] == 'x' ? 0 : text[0] - '0';
    range.subject = number(text.substr(first + 1, second - first - 1));
    const std::string_view detail = text.substr(second + 1);
    range.any_detail = detail == "x";
    range.from = number(detail);
    const std::size_t dash = detail.find('-');
    range.to = dash == std::string_view::npos ? range.from : number(detail.substr(dash + 1));
    return range;
}

struct Row {
    const Rule* rule;
    std::optional<StatusRange> status;
    std::size_t place; ///< in the catalogue
};

/// The catalogue, made ready for searching. Built once, at the first question.
struct Index {
    std::deque<Row> rows;
    std::vector<const Row*> code_rows; ///< those that go by codes alone
    Wordings wordings;

    Index() {
        for (const Chapter& chapter : catalogue())
            for (const Rule& rule : chapter.rows) {
                wordings.add(rule.when.text, rows.size());
                rows.push_back({&rule, read_range(rule.when.status), rows.size()});
                const bool by_code = !rule.when.status.empty() || !rule.when.code.empty();
                if (by_code && rule.when.text.empty()) code_rows.push_back(&rows.back());
            }
        wordings.prepare();
    }
};

const Index& index() {
    static const Index built;
    return built;
}

/// A reply, or a part of one, with what the rows ask about it.
struct Question {
    std::string text; ///< flattened, lower case
    int code = 0;
    std::optional<smtp::Status> status;
    HostFamily family = HostFamily::any;
};

struct Best {
    const Rule* rule = nullptr;
    Strength strength = Strength::none;
    std::size_t length = 0;
    std::size_t place = 0; ///< of the row in the catalogue

    /// Stronger proof wins, then the longer wording, then the earlier row.
    void offer(const Row& row, Strength how, std::size_t matched) {
        const auto rank = [](Strength s, std::size_t l, std::size_t p) {
            return std::tuple(s, -static_cast<std::ptrdiff_t>(l), p);
        };
        if (rank(how, matched, row.place) < rank(strength, length, place))
            *this = {row.rule, how, matched, row.place};
    }
};

/// Whether `code` begins with the digits of `prefix`.
bool code_holds(std::string_view prefix, int code) {
    const std::array<char, 3> digits{static_cast<char>('0' + code / 100 % 10),
                                     static_cast<char>('0' + code / 10 % 10),
                                     static_cast<char>('0' + code % 10)};
    return std::string_view(digits.data(), digits.size()).starts_with(prefix);
}

/// x.0.0 says no more than the reply's first digit.
bool says_something(const smtp::Status& status) {
    return status.subject != 0 || status.detail != 0;
}

/// A wording row's other conditions hold unless the reply contradicts them.
bool contradicted(const Row& row, const Question& question) {
    const Pattern& when = row.rule->when;
    if (when.event != Event::failure) return true;
    if (when.host != HostFamily::any && question.family != HostFamily::any && when.host != question.family)
        return true;
    if (!when.code.empty() && question.code != 0 && !code_holds(when.code, question.code)) return true;
    return row.status && question.status && says_something(*question.status) &&
           !row.status->holds(*question.status);
}

Strength strength_of_wording(const Rule& rule, const Question& question) {
    if (rule.when.proof == Proof::hint) return Strength::hint;
    const bool same_host = rule.when.host != HostFamily::any && rule.when.host == question.family;
    return same_host ? Strength::wording_of_host : Strength::wording;
}

void offer_wordings(const Question& question, Best& best) {
    index().wordings.find(question.text, [&](std::size_t owner, std::size_t length) {
        const Row& row = index().rows[owner];
        if (contradicted(row, question)) return;
        best.offer(row, strength_of_wording(*row.rule, question), length);
    });
}

/// Rows without wording: status codes (specific before whole subjects), then bare reply codes.
void offer_codes(const Question& question, Best& best) {
    for (const Row* each : index().code_rows) {
        const Row& row = *each;
        const Pattern& when = row.rule->when;
        if (when.event != Event::failure || when.local_error != 0) continue;
        if (when.host != HostFamily::any && when.host != question.family) continue;
        if (!when.code.empty() && (question.code == 0 || !code_holds(when.code, question.code))) continue;
        if (row.status) {
            if (!question.status || !row.status->holds(*question.status)) continue;
            const bool whole_class = row.status->any_detail;
            const Strength how = whole_class                    ? Strength::status_class
                                 : when.host != HostFamily::any ? Strength::status_of_host
                                                                : Strength::status;
            best.offer(row, how, when.code.size() + (row.status->klass != 0 ? 1 : 0));
        } else if (!when.code.empty()) {
            best.offer(row, Strength::code, when.code.size());
        }
    }
}

Best answer(const Question& question) {
    Best best;
    offer_wordings(question, best);
    offer_codes(question, best);
    return best;
}

Question question_about(const Evidence& evidence, std::string_view text, const smtp::Reply& reply) {
    Question question;
    question.text = ascii::to_lower(smtp::flatten(text.substr(0, longest_reply)));
    question.code = reply.code;
    question.status = reply.enhanced;
    // "Prefer the code inside Diagnostic-Code to Status:", which is often a bare 5.0.0.
    if (!question.status || !says_something(*question.status))
        if (const auto stated = smtp::read_status(ascii::trim(evidence.stated))) question.status = stated;
    question.family = family_of_host(evidence.seen.host.empty() ? reply.host : evidence.seen.host);
    if (question.family == HostFamily::any) question.family = family_of_text(text);
    return question;
}

const Rule* local_row(std::uint32_t local_error) {
    for (const Row& row : index().rows)
        if (local_error != 0 && row.rule->when.local_error == local_error) return row.rule;
    return nullptr;
}

const Rule& event_row(Event event) {
    for (const Rule& rule : event_rows())
        if (rule.when.event == event) return rule;
    return event_rows().back(); // "unknown": nothing else matched
}

bool is_decided(const Best& best) {
    return best.rule != nullptr && best.strength <= Strength::status;
}

/// What the reporting server did decides (a 4xx reply ends in failure too, after days); else what the reply
/// says.
std::optional<bool> is_permanent(const Evidence& evidence) {
    if (evidence.event == Event::delay) return false;
    if (evidence.given_up) return true;
    if (evidence.reply.code >= 400) return evidence.reply.code >= 500;
    const auto status =
        evidence.reply.enhanced ? evidence.reply.enhanced : smtp::read_status(ascii::trim(evidence.stated));
    if (status && status->klass != 2) return status->klass == 5;
    return std::nullopt;
}

} // namespace

const Rule& match(const Evidence& evidence) {
    if (evidence.event != Event::failure && evidence.event != Event::delay) return event_row(evidence.event);
    const std::string_view text = evidence.reply.text;
    // Only what the remote server said beats the local error, and only when it said something.
    if (text.empty())
        if (const Rule* rule = local_row(evidence.local_error)) return *rule;
    const std::size_t innermost = smtp::innermost_reply(text);
    const Best inner = answer(question_about(evidence, text.substr(innermost), evidence.reply));
    // A delay notice is no expiry yet, whatever its words and status say.
    const auto only_late = [&](const Best& found) {
        return evidence.event == Event::delay && found.rule != nullptr &&
               found.rule->category == Category::expired;
    };
    if (inner.rule != nullptr && inner.strength <= Strength::wording)
        return only_late(inner) ? event_row(Event::delay) : *inner.rule;
    const Best whole = innermost == 0 ? inner : answer(question_about(evidence, text, evidence.reply));
    const Best& best = whole.strength < inner.strength ? whole : inner;
    if (is_decided(best) && !only_late(best)) return *best.rule;
    if (!evidence.notice.empty()) {
        const Best told =
            answer(question_about(evidence, evidence.notice, smtp::read_reply(evidence.notice)));
        if (told.rule != nullptr && told.strength < best.strength && !only_late(told)) return *told.rule;
    }
    if (only_late(best)) return event_row(Event::delay);
    if (best.rule != nullptr && best.rule->category != Category::unknown) return *best.rule;
    if (evidence.event == Event::delay) return event_row(Event::delay);
    return best.rule != nullptr ? *best.rule : event_row(Event::failure);
}

Finding diagnose(const Evidence& evidence) {
    const Rule& rule = match(evidence);
    Seen seen = evidence.seen;
    read_seen(evidence.reply.text, seen);
    Finding finding = fill(rule, seen);
    finding.evidence = evidence.reply.text.empty() ? evidence.notice : evidence.reply.text;
    finding.permanent = is_permanent(evidence);
    return finding;
}

} // namespace relaytool::diagnosis
