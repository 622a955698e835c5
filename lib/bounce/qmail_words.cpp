#include "bounce/qmail_words.hpp"

#include "base/ascii.hpp"
#include "bounce/text_report.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace relaytool::bounce {
namespace {

/// Sentences of qmail-remote.c, and those that Yahoo puts behind the reply.
constexpr std::pair<std::string_view, smtp::Stage> stages[] = {
    {"does not like recipient", smtp::Stage::rcpt_to},
    {"but recipient was rejected", smtp::Stage::rcpt_to},
    {"but sender was rejected", smtp::Stage::mail_from},
    {"but greeting failed", smtp::Stage::connect},
    {"but my name was rejected", smtp::Stage::helo},
    {"failed on DATA command", smtp::Stage::data},
    {"failed after I sent the message", smtp::Stage::data},
    {"[RCPT_TO]", smtp::Stage::rcpt_to},
    {"[MAIL_FROM]", smtp::Stage::mail_from},
    {"STEP: DATA SEND", smtp::Stage::data},
    {"STEP: RCPT TO", smtp::Stage::rcpt_to},
    {"STEP: MAIL FROM", smtp::Stage::mail_from},
};

/// What stands behind a reply and is none.
constexpr std::string_view tails[] = {"Giving up on ", "I'm not going to try again", "STEP: "};

/// `Connected to 192.0.2.1 but …`, `192.0.2.1 does not like recipient.`
std::string_view host_in(std::string_view intro) {
    std::string_view rest = behind(intro, "Connected to ");
    if (rest.empty()) {
        for (const std::string_view phrase :
             {" does not like recipient", " failed on DATA", " failed after I sent"}) {
            const std::size_t at = ascii::ifind(intro, phrase);
            if (at == std::string_view::npos) continue;
            const std::string_view before = intro.substr(0, at);
            const std::size_t blank = before.find_last_of(" \t\n");
            rest = blank == std::string_view::npos ? before : before.substr(blank + 1);
            break;
        }
    }
    return rest.substr(0, rest.find_first_of(" \t\n"));
}

void sort_words(Recipient& recipient) {
    const std::string text = recipient.reply.text;
    const std::size_t said = ascii::ifind(text, "Remote host said");
    const std::size_t colon = said == std::string::npos ? said : text.find(':', said);
    if (colon == std::string::npos) return;
    const std::string_view intro = std::string_view(text).substr(0, said);
    std::string_view reply = std::string_view(text).substr(colon + 1);
    std::size_t end = reply.size();
    for (const std::string_view tail : tails)
        end = std::min(end, ascii::ifind(reply, tail));
    const std::string_view last = ascii::trim(reply.substr(end));
    Recipient sorted;
    set_words(sorted, reply.substr(0, end));
    if (sorted.reply.text.empty()) return;
    recipient.reply = std::move(sorted.reply);
    for (const auto& [words, stage] : stages)
        if (recipient.stage == smtp::Stage::unknown && ascii::icontains(text, words)) recipient.stage = stage;
    if (recipient.reply.host.empty()) recipient.reply.host = host_in(intro);
    // The sentence that says why a reply of the 400s is the end.
    const std::size_t expired = ascii::ifind(last, "I'm not going to try again");
    if (expired != std::string_view::npos) recipient.notice = ascii::fold_space(last.substr(expired));
}

} // namespace

void read_qmail_words(std::vector<Recipient>& recipients) {
    for (Recipient& recipient : recipients)
        sort_words(recipient);
}

} // namespace relaytool::bounce
