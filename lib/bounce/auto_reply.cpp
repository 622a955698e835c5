#include "base/ascii.hpp"
#include "bounce/dialect.hpp"

#include <array>

namespace relaytool::bounce {
namespace {

/// Subjects of programs that do not set the fields below.
constexpr std::array<std::string_view, 16> subjects{
    "auto:",         "auto re:",     "auto response",      "auto-reply",     "automatic reply", "autoreply",
    "out of office", "out of the office", "vacation",      "automatisch antwoord", "automatische antwort",
    "réponse automatique", "abwesenheit", "afwezig",       "respuesta automática", "risposta automatica",
};

} // namespace

bool is_auto_reply(const Source& source) {
    const mail::Fields& header = source.header();
    // RFC 3834 section 5; "auto-generated" is what servers write into bounces.
    if (ascii::istarts_with(header.value("Auto-Submitted"), "auto-replied")) return true;
    if (header.has("X-Auto-Response-Suppress") && subject_has(source, "automatic")) return true;
    for (const std::string_view name : {"X-Autoreply", "X-Autorespond", "X-Autoreply-From", "X-Mail-Autoreply"})
        if (header.has(name)) return true;
    if (ascii::istarts_with(header.value("X-Auto-Submitted"), "auto-replied")) return true;
    const std::string precedence = header.value("Precedence");
    if (ascii::icontains(precedence, "auto_reply") || ascii::icontains(precedence, "auto-reply")) return true;
    for (const std::string_view words : subjects)
        if (ascii::istarts_with(source.subject, words)) return true;
    return false;
}

} // namespace relaytool::bounce
