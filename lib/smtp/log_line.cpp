#include "smtp/log_line.hpp"

#include "base/ascii.hpp"
#include "smtp/reply.hpp"

#include <algorithm>

namespace relaytool::smtp {
namespace {

std::string_view between(std::string_view line, std::string_view begin, std::string_view end) {
    const std::size_t at = line.find(begin);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = line.substr(at + begin.size());
    return rest.substr(0, rest.find(end));
}

/// `… postfix/smtp[812]: 4F2: to=<a@x>, relay=mx.x[192.0.2.1]:25, …, status=bounced (host … said: 550 …)`
bool read_postfix(std::string_view line, LogLine& log) {
    if (line.find("postfix") == std::string_view::npos) return false;
    log.format = "postfix";
    log.recipient = between(line, " to=<", ">");
    log.sender = between(line, "from=<", ">");
    const std::string_view relay = between(line, "relay=", ",");
    if (relay.find('[') != std::string_view::npos)
        log.host = relay.substr(0, relay.find('[')); // not none, local, …
    const std::string_view status = between(line, "status=", " ");
    const std::size_t open = line.find('(', std::min(line.find("status="), line.size()));
    if (!status.empty() && status != "sent" && open != std::string_view::npos) {
        std::string_view words = line.substr(open + 1);
        if (words.ends_with(')')) words.remove_suffix(1);
        log.outcome = LogLine::Outcome::failed;
        log.reply = words;
    } else if (const std::size_t reject = line.find("reject: "); reject != std::string_view::npos) {
        const std::size_t colon = line.find(": ", reject + 8);
        log.outcome = LogLine::Outcome::failed;
        log.reply = colon == std::string_view::npos ? line.substr(reject) : line.substr(colon + 2);
    } else if (line.find("SASL") != std::string_view::npos && ascii::icontains(line, "failed")) {
        log.outcome = LogLine::Outcome::failed;
        const std::size_t colon = line.find("]: ");
        log.reply = colon == std::string_view::npos ? line : line.substr(colon + 3);
    }
    return true;
}

/// `2020-06-29 17:51:32 1d18ZN-0000br-Mp ** a@x R=dnslookup T=remote_smtp H=mx.x [192.0.2.1]: SMTP error …`
bool read_exim(std::string_view line, LogLine& log) {
    const std::size_t failed = line.find(" ** ");
    const std::size_t deferred = line.find(" == ");
    const bool routed =
        line.find(" R=") != std::string_view::npos || line.find(" T=") != std::string_view::npos;
    const std::size_t at = std::min(failed, deferred);
    if (at == std::string_view::npos) {
        const bool arrow =
            line.find(" => ") != std::string_view::npos || line.find(" <= ") != std::string_view::npos;
        if (!arrow || line.size() < 20 || line[4] != '-' || line[10] != ' ') return false;
        log.format = "exim";
        return true;
    }
    const std::string_view rest = line.substr(at + 4);
    const std::size_t colon = rest.find(": ");
    if (colon == std::string_view::npos ||
        (!routed && line.find("routing") == std::string_view::npos && failed == at && at < 10))
        return false;
    log.format = "exim";
    log.outcome = LogLine::Outcome::failed;
    log.recipient = rest.substr(0, rest.find_first_of(" :"));
    const std::string_view host = between(rest, " H=", " ");
    log.host = host;
    const std::size_t defer = rest.find("defer (");
    log.reply = defer != std::string_view::npos && rest.find("): ", defer) != std::string_view::npos
                    ? rest.substr(rest.find("): ", defer) + 3)
                    : rest.substr(colon + 2);
    return true;
}

/// W3C extended log of IIS: blank-separated fields, `+` for a blank inside one.
bool read_smtpsvc(std::string_view line, LogLine& log) {
    if (line.find("SMTPSVC") == std::string_view::npos || line.find('+') == std::string_view::npos)
        return false;
    if (line.find("with Microsoft SMTPSVC") != std::string_view::npos) return false; // a Received: field
    log.format = "smtpsvc";
    while (!line.empty()) {
        std::string_view field = line.substr(0, line.find_first_of(" \t"));
        line.remove_prefix(std::min(field.size() + 1, line.size()));
        if (field.ends_with(',')) field.remove_suffix(1); // the format of ODBC and IIS: "field, field"
        const bool reply = field.size() > 4 && (field[0] == '4' || field[0] == '5') &&
                           ascii::is_digit(field[1]) && ascii::is_digit(field[2]) &&
                           (field[3] == '+' || field[3] == '-');
        if (ascii::istarts_with(field, "TO:<") || ascii::istarts_with(field, "+TO:<") ||
            ascii::istarts_with(field, "RCPT+TO:<"))
            log.recipient = between(field, "<", ">");
        if (ascii::istarts_with(field, "FROM:<") || ascii::istarts_with(field, "+FROM:<"))
            log.sender = between(field, "<", ">");
        if (!reply || log.outcome == LogLine::Outcome::failed) continue;
        log.outcome = LogLine::Outcome::failed;
        log.reply = field;
        std::replace(log.reply.begin(), log.reply.end(), '+', ' ');
    }
    return true;
}

} // namespace

LogLine read_log_line(std::string_view line) {
    LogLine log;
    if (read_smtpsvc(line, log) || read_postfix(line, log) || read_exim(line, log)) return log;
    return {};
}

} // namespace relaytool::smtp
