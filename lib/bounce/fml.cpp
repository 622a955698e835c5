#include "base/ascii.hpp"
#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// The mailing list manager fml refuses a mail that it has seen before.
bool claims_fml(const Source& source) {
    const bool by_fml = ascii::icontains(source.header().value("X-MLServer"), "fml");
    return by_fml && (subject_has(source, "loop") || subject_has(source, "error") ||
                      subject_has(source, "warning") || report_has(source, "Original mail as follows"));
}

void read_fml(const Source& source, Bounce& bounce) {
    static constexpr std::string_view leads[] = {"Message-ID in", "in", "to"};
    const std::string_view sentence = first_paragraph(source.report);
    std::vector<Recipient> told = read_text_report(sentence, {.leads = leads});
    for (Recipient& recipient : told)
        set_words(recipient, sentence);
    merge(bounce.recipients, std::move(told));
}

} // namespace

extern const Dialect fml;
const Dialect fml{"fml", claims_fml, read_fml};

} // namespace relaytool::bounce
