#include "diagnosis/explanation.hpp"

#include "base/ascii.hpp"
#include "base/encoding.hpp"
#include "diagnosis/catalogue.hpp"
#include "diagnosis/fill.hpp"
#include "diagnosis/match.hpp"
#include "mail/text.hpp"
#include "smtp/log_line.hpp"

#include <charconv>
#include <cstdint>

namespace relaytool::diagnosis {
namespace {

/// `0xC00402C7`: an HRESULT of IIS SMTP, as in a .BDR file or an event.
std::uint32_t read_hresult(std::string_view text) {
    for (std::size_t at = ascii::ifind(text, "0x"); at != std::string_view::npos;
         at = ascii::ifind(text, "0x", at + 1)) {
        const std::string_view digits = text.substr(at + 2, 8);
        std::uint32_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
        if (error == std::errc{} && end == digits.data() + digits.size() && digits.size() == 8) return value;
    }
    return 0;
}

/// `550-5.7.1 first`: another line of the same reply follows.
bool goes_on(std::string_view line) {
    return line.size() > 3 && line[3] == '-' && line[0] >= '2' && line[0] <= '5' &&
           ascii::is_digit(line[1]) && ascii::is_digit(line[2]);
}

/// `250 2.0.0 OK`, `2.1.5`.
bool says_success(const smtp::Reply& reply) {
    if (reply.code != 0 && reply.code != 250 && reply.code != 251) return false;
    if (reply.code != 0) return true;
    return reply.enhanced && reply.enhanced->klass == 2;
}

bool is_log_noise(std::string_view line) {
    if (line.starts_with('#')) return true; // W3C log directives
    const smtp::LogLine log = smtp::read_log_line(line);
    return !log.format.empty() && log.outcome == smtp::LogLine::Outcome::none;
}

} // namespace

Explanation explain(std::string_view text) {
    Explanation result;
    result.input = encoding::to_utf8(ascii::trim(text), {});
    if (const Rule* rule = find_rule(result.input)) {
        result.reply = smtp::read_reply(rule->sample);
        result.finding = fill(*rule, {});
        result.finding.evidence = rule->sample;
        return result;
    }
    const smtp::LogLine log = smtp::read_log_line(result.input);
    Evidence evidence;
    evidence.reply = smtp::read_reply(log.reply.empty() ? result.input : log.reply);
    evidence.stage = smtp::stage_of(result.input);
    evidence.local_error = read_hresult(result.input);
    if (!log.host.empty() && evidence.reply.host.empty()) evidence.reply.host = log.host;
    evidence.seen.host = evidence.reply.host;
    evidence.seen.recipient = log.recipient;
    evidence.seen.from = log.sender;
    result.reply = evidence.reply;
    // A bare HRESULT is no reply: match() lets it decide only where no server spoke.
    if (evidence.local_error != 0 && evidence.reply.code == 0 && !evidence.reply.enhanced) {
        evidence.notice = evidence.reply.text;
        evidence.reply.text.clear();
    }
    if (says_success(evidence.reply)) evidence.event = Event::success;
    result.finding = diagnose(evidence);
    return result;
}

std::vector<std::string> split_inputs(std::string_view text) {
    constexpr std::size_t longest_reply = 100; // lines
    std::vector<std::string> inputs;
    mail::Lines lines(text);
    std::string_view line;
    std::size_t joined = 0;
    bool open = false;
    while (lines.next(line)) {
        const std::string_view words = ascii::trim(line);
        if (words.empty()) continue;
        if (open && joined < longest_reply &&
            words.starts_with(std::string_view(inputs.back()).substr(0, 3))) {
            inputs.back().append("\n").append(words);
            ++joined;
        } else if (is_log_noise(words)) {
            continue;
        } else {
            inputs.emplace_back(words);
            joined = 1;
        }
        open = goes_on(words);
    }
    return inputs;
}

} // namespace relaytool::diagnosis
