#include "base/ascii.hpp"
#include "bounce/dialect.hpp"

#include <array>

namespace relaytool::bounce {
namespace {

/// Subjects of programs that do not set the fields below; those of Outlook in the languages of its users.
constexpr std::array<std::string_view, 46> subjects{
    "auto:",
    "auto re:",
    "auto reply",
    "auto response",
    "auto-reply",
    "auto-response",
    "auto-respons",
    "autorespons",
    "autoreply",
    "automatic reply",
    "automatic response",
    "out of office",
    "out of the office",
    "out-of-office",
    "vacation:",
    "vacation message",
    "vacation reply",
    "vacation response",
    "away from my mail",
    "i am out of",
    "automatisch antwoord",
    "automatische antwort",
    "automatische reactie",
    "abwesenheit",
    "afwezig",
    "réponse automatique",
    "absence du bureau",
    "respuesta automática",
    "risposta automatica",
    "resposta automática",
    "fuera de la oficina",
    "automatiskt svar",
    "automatisk svar",
    "autosvar",
    "automaattinen vastaus",
    "automatyczna odpowied",
    "automatická odpověď",
    "automatikus válasz",
    "otomatik yanıt",
    "Автоответ",
    "Автоматический ответ",
    "自動応答",
    "自動返信",
    "自动答复",
    "自动回复",
    "자동 회신",
};

} // namespace

bool is_auto_reply(const Source& source) {
    const mail::Fields& header = source.header();
    // Exim and Google say "auto-replied" of their bounces.
    if (header.has("X-Failed-Recipients") || from_has(source, "mailer-daemon")) return false;
    // RFC 3834 section 5; "auto-generated" is what servers write into bounces.
    if (ascii::istarts_with(header.value("Auto-Submitted"), "auto-replied")) return true;
    if (header.has("X-Auto-Response-Suppress") && subject_has(source, "automatic")) return true;
    // Of Apple's servers: VACATION.
    if (ascii::iequals(header.value("X-Apple-Action"), "vacation")) return true;
    for (const std::string_view name :
         {"X-Autoreply", "X-Autorespond", "X-Autoreply-From", "X-Mail-Autoreply", "X-Vacation"})
        if (header.has(name)) return true;
    if (ascii::istarts_with(header.value("X-Auto-Submitted"), "auto-replied")) return true;
    const std::string precedence = header.value("Precedence");
    if (ascii::icontains(precedence, "auto_reply") || ascii::icontains(precedence, "auto-reply")) return true;
    if (header.has("List-Unsubscribe")) return false; // a newsletter about vacations
    for (const std::string_view words : subjects)
        if (ascii::istarts_with(source.subject, words)) return true;
    return false;
}

} // namespace relaytool::bounce
