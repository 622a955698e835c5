#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "mail/address.hpp"
#include "mail/text.hpp"

#include <algorithm>
#include <iterator>

namespace relaytool::bounce {
namespace {

/// The heading of the part for administrators, in the languages Exchange writes it.
constexpr std::string_view headings[] = {
    "Diagnostic information for administrators",
    "Informations de diagnostic",
    "Diagnoseinformationen",
    "Diagnostische gegevens",
    "Diagnostische informatie",
    "Información de diagnóstico",
    "Informazioni di diagnostica",
    "Informações de diagnóstico",
};

/// What follows the part for administrators.
constexpr std::string_view original_headings[] = {
    "Original message headers",   "En-têtes de message d'origine", "En-têtes du message d'origine",
    "Ursprüngliche Nachrichtenk", "Kopfzeilen der ursprünglichen", "Oorspronkelijke berichtkoppen",
    "Encabezados de mensajes",    "Encabezados del mensaje",       "Intestazioni messaggio originale",
    "Cabeçalhos de mensagem",
};

constexpr std::string_view host_labels[] = {
    "Generating server:",     "Serveur de génération", "Generierender Server:",
    "Genererende server:",    "Bronserver:",           "Servidor de generación:",
    "Server di generazione:", "Servidor de geração:",  "Serveur générateur",
};

/// Exchange 2007 and later, Exchange Online, Outlook.com.
bool claims_exchange(const Source& source) {
    if (source.header().has("X-MS-Exchange-Message-Is-Ndr")) return true;
    for (const std::string_view words : headings)
        if (report_has(source, words)) return true;
    for (const std::string_view words :
         {"Generating server:", "Your message wasn't delivered to anyone because",
          "Sent by Microsoft Exchange Server", "Delivery has failed to these recipients",
          "More Info for Email Admins"})
        if (report_has(source, words)) return true;
    return ascii::iends_with(source.header().value("Content-Language"), "x-ms") ||
           (source.header().has("X-MS-Exchange-Organization-SCL") && from_has(source, "postmaster@") &&
            (source.mime.find("message/delivery-status") != nullptr || subject_has(source, "undeliver")));
}

std::string host_behind(std::string_view report) {
    for (const std::string_view label : host_labels) {
        const std::size_t at = ascii::ifind(report, label);
        if (at == std::string_view::npos) continue;
        const std::string_view rest = ascii::trim(report.substr(at + label.size(), 300));
        std::string_view host = rest.substr(0, rest.find_first_of(" \t\r\n"));
        while (host.starts_with(':'))
            host.remove_prefix(1);
        return std::string(ascii::trim(host));
    }
    return {};
}

/// `#550 5.2.2 …##` and `#< #5.7.1 smtp;550 …> #SMTP#` hold the reply of `Remote Server returned '550 …'`.
std::string_view without_marks(std::string_view line) {
    while (line.starts_with('#'))
        line.remove_prefix(1);
    for (const std::string_view mark : {"##", "#SMTP#"})
        if (line.ends_with(mark)) line.remove_suffix(mark.size());
    return ascii::trim(line);
}

bool is_address_line(std::string_view line) {
    const std::string_view found = mail::find_address(line);
    return !found.empty() && line.starts_with(found) &&
           (line.size() == found.size() || line[found.size()] == '<' || line[found.size()] == ' ');
}

/// Behind the heading: address, sometimes the host, then the reply.
std::vector<Recipient> read_diagnostics(std::string_view report) {
    std::size_t begin = std::string_view::npos;
    for (const std::string_view words : headings)
        if (begin == std::string_view::npos) begin = ascii::ifind(report, words);
    std::vector<Recipient> found;
    if (begin == std::string_view::npos) return found;
    mail::Lines lines(report.substr(begin));
    std::string_view line;
    std::string words;
    std::string host;
    const auto close = [&] {
        if (found.empty()) return;
        set_words(found.back(), words);
        if (found.back().reply.host.empty()) found.back().reply.host = host;
        words.clear();
        host.clear();
    };
    lines.next(line);
    while (lines.next(line)) {
        line = without_marks(ascii::trim(line));
        if (line.empty()) continue;
        if (std::any_of(std::begin(original_headings), std::end(original_headings),
                        [&](std::string_view heading) { return ascii::istarts_with(line, heading); }))
            break;
        if (is_address_line(line)) {
            close();
            Recipient& recipient = found.emplace_back();
            recipient.address = mail::find_address(line);
            recipient.action = Action::failed;
        } else if (!found.empty() && line.find_first_of(" :") == std::string_view::npos && words.empty()) {
            host = line;
        } else if (!found.empty() && words.size() < 8192) {
            if (!words.empty()) words += ' ';
            words += line;
        }
    }
    close();
    return found;
}

void read_exchange(const Source& source, Bounce& bounce) {
    if (bounce.reporting_host.empty()) bounce.reporting_host = host_behind(source.report);
    if (!says_all(bounce)) merge(bounce.recipients, read_diagnostics(source.report));
    if (!bounce.recipients.empty()) return;
    static constexpr std::string_view starts[] = {"has failed to these recipients", "following recipients",
                                                  "following email addresses", "to deliver this message"};
    read_shape(source, bounce, {.starts = starts, .ends = headings});
}

} // namespace

extern const Dialect exchange;
const Dialect exchange{"exchange", claims_exchange, read_exchange};

} // namespace relaytool::bounce
