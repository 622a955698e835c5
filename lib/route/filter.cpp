#include "route/filter.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace relaytool::route {
namespace {

/// The number at the start of `text`; `rest` becomes what stands behind it.
std::optional<double> leading_number(std::string_view text, std::string_view* rest = nullptr) {
    text = ascii::trim(text);
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{}) return std::nullopt;
    if (rest) *rest = text.substr(static_cast<std::size_t>(end - text.data()));
    return value;
}

std::optional<int> whole_number(std::string_view text) {
    text = ascii::trim(text);
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end == text.data() || value < -1000 || value > 1000) return std::nullopt;
    return value;
}

/// The word behind `key=` in `a=1 b=2`, up to white space or a comma where `to` says so.
std::string_view behind(std::string_view text, std::string_view key) {
    const std::size_t at = ascii::ifind(text, key);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + key.size());
    return text.substr(0, std::min(text.find_first_of(" \t;"), text.size()));
}

std::optional<bool> yes_or_no(std::string_view text) {
    text = ascii::trim(text);
    if (ascii::istarts_with(text, "yes") || ascii::istarts_with(text, "true") || text == "1") return true;
    if (ascii::istarts_with(text, "no") || ascii::istarts_with(text, "false") || text == "0") return false;
    return std::nullopt;
}

/// `Yes, score=9.1 required=5.0 tests=A,B autolearn=no`
void read_spam_status(FilterMark& mark, std::string_view value) {
    mark.spam = yes_or_no(value);
    mark.score = leading_number(behind(value, "score="));
    if (!mark.score) mark.score = leading_number(behind(value, "hits="));
    mark.required = leading_number(behind(value, "required="));
    const std::size_t at = ascii::ifind(value, "tests=");
    if (at == std::string_view::npos) return;
    std::string_view tests = value.substr(at + 6);
    // Rules stand behind commas, perhaps with blanks; the next `word=` ends them.
    const std::size_t equals = tests.find('=');
    if (equals != std::string_view::npos) tests = tests.substr(0, tests.rfind(' ', equals));
    mark.detail = ascii::trim(tests);
}

/// `default: False [1.20 / 15.00]; SYMBOL(0.00)[…]; …`
void read_rspamd_result(FilterMark& mark, std::string_view value) {
    const std::size_t colon = value.find(':');
    const std::size_t bracket = value.find('[');
    if (colon == std::string_view::npos || bracket == std::string_view::npos) return;
    mark.spam = yes_or_no(value.substr(colon + 1));
    std::string_view rest;
    mark.score = leading_number(value.substr(bracket + 1), &rest);
    const std::size_t slash = rest.find('/');
    if (slash != std::string_view::npos) mark.required = leading_number(rest.substr(slash + 1));
    const std::size_t end = value.find(';', bracket);
    if (end != std::string_view::npos) mark.detail = ascii::trim(value.substr(end + 1));
}

/// `rule=spam policy=default score=100 …`
void read_proofpoint(FilterMark& mark, std::string_view value) {
    mark.detail = behind(value, "rule=");
    if (!mark.detail.empty()) mark.spam = !ascii::icontains(mark.detail, "notspam"); // outbound_notspam
    mark.score = leading_number(behind(value, "score="));
}

/// `spam, SpamAssassin (score=9, …)` and `not spam, …`
void read_mailscanner(FilterMark& mark, std::string_view value) {
    mark.spam = !ascii::istarts_with(value, "not spam");
    mark.score = leading_number(behind(value, "score="));
}

void read_score(FilterMark& mark, std::string_view value) {
    mark.score = leading_number(value);
}
void read_flag(FilterMark& mark, std::string_view value) {
    mark.spam = yes_or_no(value);
}
void read_presence(FilterMark& mark, std::string_view value) {
    mark.spam = true;
    mark.detail = value;
}
/// What is done with the message: `no action`, `add header`, `reject`.
void read_action(FilterMark& mark, std::string_view value) {
    mark.spam = !ascii::istarts_with(value, "no action") && !ascii::istarts_with(value, "greylist");
    mark.detail = value;
}

/// A field that a filter writes, and how to read it.
struct Form {
    std::string_view field;
    FilterProduct product;
    void (*read)(FilterMark& mark, std::string_view value);
};

constexpr Form forms[] = {
    {"X-Spam-Status", FilterProduct::spamassassin, read_spam_status},
    {"X-Spam-Flag", FilterProduct::spamassassin, read_flag},
    {"X-Spam-Score", FilterProduct::spamassassin, read_score},
    {"X-Spamd-Result", FilterProduct::rspamd, read_rspamd_result},
    {"X-Rspamd-Action", FilterProduct::rspamd, read_action},
    {"X-Rspamd-Score", FilterProduct::rspamd, read_score},
    {"X-Spam", FilterProduct::rspamd, read_flag},
    {"X-Gm-Spam", FilterProduct::google, read_flag},
    {"X-Gm-Phishy", FilterProduct::google, read_flag},
    {"X-Barracuda-Spam-Status", FilterProduct::barracuda, read_spam_status},
    {"X-Barracuda-Spam-Score", FilterProduct::barracuda, read_score},
    {"X-Proofpoint-Spam-Details", FilterProduct::proofpoint, read_proofpoint},
    {"X-MailScanner-SpamCheck", FilterProduct::mailscanner, read_mailscanner},
    {"X-YahooFilteredBulk", FilterProduct::yahoo, read_presence},
};

/// What two fields of one product say becomes one mark.
void merge(std::vector<FilterMark>& marks, FilterMark mark) {
    const auto at = std::find_if(marks.begin(), marks.end(),
                                 [&](const FilterMark& other) { return other.product == mark.product; });
    if (at == marks.end()) {
        marks.push_back(std::move(mark));
        return;
    }
    if (!at->spam) at->spam = mark.spam;
    if (!at->score) at->score = mark.score;
    if (!at->required) at->required = mark.required;
    if (at->detail.empty()) at->detail = std::move(mark.detail);
}

Entries entries_of(const mail::Fields& fields, std::string_view name) {
    return read_entries(fields.value(name));
}

} // namespace

std::string_view Entries::value(std::string_view key) const {
    const auto at = std::find_if(list.begin(), list.end(),
                                 [&](const Entry& entry) { return ascii::iequals(entry.key, key); });
    return at == list.end() ? std::string_view{} : std::string_view(at->value);
}

std::optional<int> Entries::number(std::string_view key) const {
    return whole_number(value(key));
}

Entries read_entries(std::string_view value) {
    Entries out;
    while (!value.empty() && out.list.size() < max_entries) {
        const std::size_t end = std::min(value.find(';'), value.size());
        std::string_view item = ascii::trim(value.substr(0, end));
        value.remove_prefix(std::min(end + 1, value.size()));
        if (ascii::istarts_with(item, "(null)")) item = ascii::trim(item.substr(6));
        const std::size_t colon = item.find(':');
        if (colon == std::string_view::npos) continue;
        // Folds leave blanks in the middle of long values: SFS:(1)(2) (3).
        out.list.push_back(
            {std::string(ascii::trim(item.substr(0, colon))), ascii::fold_space(item.substr(colon + 1))});
    }
    return out;
}

std::string_view to_string(FilterProduct product) {
    switch (product) {
    case FilterProduct::spamassassin: return "SpamAssassin";
    case FilterProduct::rspamd: return "Rspamd";
    case FilterProduct::google: return "Google";
    case FilterProduct::barracuda: return "Barracuda";
    case FilterProduct::proofpoint: return "Proofpoint";
    case FilterProduct::mailscanner: return "MailScanner";
    case FilterProduct::yahoo: return "Yahoo";
    }
    return "";
}

std::string_view Filter::reverse_name(const std::optional<ip::Address>& address) const {
    if (!address || ip::read_address(forefront.value("CIP")) != address) return {};
    const std::string_view name = forefront.value("PTR"); // or a word such as InfoDomainNonexistent
    return name.find('.') == std::string_view::npos ? std::string_view{} : name;
}

Filter read_filter(const mail::Fields& fields) {
    Filter filter;
    filter.forefront = entries_of(fields, "X-Forefront-Antispam-Report");
    filter.forefront_untrusted = entries_of(fields, "X-Forefront-Antispam-Report-Untrusted");
    filter.antispam = entries_of(fields, "X-Microsoft-Antispam");
    filter.delivery = entries_of(fields, "X-Microsoft-Antispam-Mailbox-Delivery");
    filter.scl = whole_number(fields.value("X-MS-Exchange-Organization-SCL"));
    if (!filter.scl) filter.scl = filter.forefront.number("SCL");
    filter.pcl = whole_number(fields.value("X-MS-Exchange-Organization-PCL"));
    if (!filter.pcl) filter.pcl = filter.forefront.number("PCL");
    if (!filter.pcl) filter.pcl = filter.antispam.number("PCL");
    filter.bcl = filter.antispam.number("BCL");
    if (!filter.bcl) filter.bcl = filter.forefront.number("BCL");
    for (const mail::Field& field : fields.all())
        for (const Form& form : forms) {
            if (!ascii::iequals(field.name, form.field)) continue;
            FilterMark mark{form.product, std::string(field.name), {}, {}, {}, {}};
            form.read(mark, mail::unfold(field.raw));
            if (mark.spam || mark.score) merge(filter.marks, std::move(mark));
        }
    return filter;
}

} // namespace relaytool::route
