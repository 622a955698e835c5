#include "diagnosis/filter_words.hpp"

#include "base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

namespace relaytool::diagnosis {
namespace {

struct Meaning {
    std::string_view key;
    std::string_view value; ///< "" for any: then the text is about the key
    std::string_view says;
};

constexpr Meaning meanings[] = {
    {"SFV", "BLK", "blocked: the sender is on the recipient's own list of blocked senders"},
    {"SFV", "NSPM", "the content filter called it no spam"},
    {"SFV", "SPM", "the content filter called it spam"},
    {"SFV", "SFE", "let through: the sender is on the recipient's own list of safe senders"},
    {"SFV", "SKA", "let through unfiltered: an anti-spam policy allows this sender or address"},
    {"SFV", "SKB", "spam without filtering: an anti-spam policy blocks this sender or domain"},
    {"SFV", "SKI", "not filtered: sent within the organisation"},
    {"SFV", "SKN", "not filtered: a mail flow rule, or an allowed address, set SCL -1 before"},
    {"SFV", "SKQ", "released from quarantine"},
    {"SFV", "SKS", "spam without filtering: a mail flow rule set the spam level"},
    {"SFV", "DMS", "called spam, but a setting of the tenant ignores that"},
    {"CAT", "AMP", "malware"},
    {"CAT", "MALW", "malware"},
    {"CAT", "BIMP", "impersonates a brand"},
    {"CAT", "BULK", "bulk mail"},
    {"CAT", "DIMP", "impersonates a domain"},
    {"CAT", "UIMP", "impersonates a person"},
    {"CAT", "GIMP", "impersonates somebody the recipient writes with (mailbox intelligence)"},
    {"CAT", "FTBP", "a type of attachment that the anti-malware policy forbids"},
    {"CAT", "HPHSH", "phishing, with high confidence"},
    {"CAT", "HPHISH", "phishing, with high confidence"},
    {"CAT", "HSPM", "spam, with high confidence"},
    {"CAT", "INTOS", "phishing that names the organisation itself as its sender"},
    {"CAT", "OSPM", "spam that the organisation itself sends"},
    {"CAT", "PHSH", "phishing"},
    {"CAT", "SAP", "a dangerous attachment (Safe Attachments)"},
    {"CAT", "SPM", "spam"},
    {"CAT", "SPOOF", "spoofing: the sender is not who From says"},
    {"CAT", "NONE", "nothing was found"},
    {"IPV", "CAL", "let through: the sending address is on the tenant's IP allow list"},
    {"IPV", "NLI", "the sending address is on no list"},
    {"EFV", "NLI", "the sending address is on no list"},
    {"SFTY", "9.19", "safety tip: the sender's domain looks like one that the organisation protects"},
    {"SFTY", "9.20", "safety tip: the sender looks like a person that the organisation protects"},
    {"SFTY", "9.25", "safety tip: the recipient seldom gets mail from this sender"},
    {"SCL", "-1", "trusted: not filtered"},
    {"SCL", "0", "no spam"},
    {"SCL", "1", "no spam"},
    {"SCL", "5", "spam"},
    {"SCL", "6", "spam"},
    {"SCL", "8", "spam, with high confidence"},
    {"SCL", "9", "spam, with high confidence"},
    {"DIR", "INB", "came in from outside"},
    {"DIR", "OUT", "went out"},
    {"DIR", "INT", "stayed inside"},
    {"SRV", "BULK", "called bulk mail by its complaint level (BCL)"},
    {"dest", "I", "delivered to the inbox"},
    {"dest", "J", "delivered to Junk Email"},
    {"dest", "C", "delivered to a folder of the recipient's choice"},
    {"ARC", "", "what an earlier server vouched for about SPF and DKIM"},
    {"CIP", "", "the address that handed it over"},
    {"CTRY", "", "the country of that address"},
    {"LANG", "", "the language it is written in"},
    {"H", "", "what that server called itself (EHLO)"},
    {"PTR", "", "the reverse name of that address"},
    {"X-CustomSpam", "", "an advanced option of the anti-spam policy that it met"},
};

std::string bulk_words(std::string_view value) {
    int level = -1;
    std::from_chars(value.data(), value.data() + value.size(), level);
    if (level < 0) return {};
    if (level == 0) return "not from a bulk sender";
    if (level <= 3) return "a bulk sender with few complaints";
    if (level <= 7) return "a bulk sender with some complaints";
    return "a bulk sender with many complaints";
}

} // namespace

std::string filter_words(std::string_view key, std::string_view value) {
    if (value.empty()) return {};
    if (ascii::iequals(key, "BCL")) return bulk_words(value);
    const auto* const at =
        std::find_if(std::begin(meanings), std::end(meanings), [&](const Meaning& meaning) {
            return ascii::iequals(meaning.key, key) &&
                   (meaning.value.empty() || ascii::iequals(meaning.value, value));
        });
    return at == std::end(meanings) ? std::string{} : std::string(at->says);
}

std::string compauth_words(std::string_view reason) {
    if (reason == "000") return "From's domain fails DMARC, and its policy asks for quarantine or reject";
    if (reason == "001")
        return "From's domain does not prove its mail: no or weak records, and nothing else spoke for it";
    if (reason == "002") return "the organisation's own list forbids this pair of sender and domain";
    if (reason == "010")
        return "From is one of the recipient's own domains, and the mail fails its DMARC policy";
    if (reason == "130") return "accepted because a trusted server vouched for it (ARC)";
    if (reason.empty()) return {};
    switch (reason.front()) {
    case '1':
    case '7': return "SPF, DKIM or DMARC proved the sender";
    case '2': return "the sender proved himself in part only";
    case '3': return "not checked";
    case '4':
    case '9': return "not applied: a list or a rule lets this sender through";
    case '6': return "From is one of the recipient's own domains, but nothing proves that it came from there";
    default: return {};
    }
}

} // namespace relaytool::diagnosis
