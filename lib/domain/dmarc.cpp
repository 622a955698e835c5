#include "domain/dmarc.hpp"

#include "base/ascii.hpp"
#include "domain/tags.hpp"
#include "mail/address.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace relaytool::domain {
namespace {

constexpr std::array<std::string_view, 3> removed{"pct", "rf", "ri"};
constexpr std::array<std::string_view, 11> known{"v",   "p",   "sp",    "np",   "psd", "t",
                                                 "rua", "ruf", "adkim", "aspf", "fo"};
constexpr std::size_t most_addresses = 20;

template <class List>
bool holds(const List& list, std::string_view word) {
    return std::any_of(std::begin(list), std::end(list),
                       [&](std::string_view each) { return ascii::iequals(each, word); });
}

ReportAddress read_address(const std::string& text) {
    ReportAddress found{.text = text};
    const std::size_t colon = text.find(':');
    const bool has_scheme =
        colon != std::string::npos && colon > 0 &&
        std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                    [](char c) { return ascii::is_alnum(c) || c == '+' || c == '-' || c == '.'; });
    if (!has_scheme) return found;
    if (!ascii::istarts_with(text, "mailto:")) {
        found.form = ReportAddress::Form::other_scheme;
        return found;
    }
    std::string_view address = std::string_view(text).substr(colon + 1);
    if (const std::size_t mark = address.find('!'); mark != std::string_view::npos) {
        found.has_size_limit = true;
        address = address.substr(0, mark);
    }
    address = address.substr(0, address.find('?'));
    found.address = ascii::trim(address);
    const auto host = dns::Name::from_text(mail::domain_of(found.address));
    const bool good = mail::is_address(found.address) && host && !host->is_root();
    found.form = good ? ReportAddress::Form::mailto : ReportAddress::Form::bad_address;
    if (good) found.host = *host;
    return found;
}

std::vector<ReportAddress> read_addresses(std::string_view value) {
    std::vector<ReportAddress> found;
    for (const std::string& text : read_list(value, ','))
        if (found.size() < most_addresses) found.push_back(read_address(text));
    return found;
}

/// The policy of a tag; a wrong one is noted.
std::optional<Policy> read_policy(const TagList& tags, std::string_view name, DmarcRecord& record) {
    const Tag* tag = tags.find(name);
    if (tag == nullptr) return std::nullopt;
    const auto policy = policy_from(tag->value);
    if (!policy) record.bad_values.push_back({std::string(name), tag->value});
    return policy;
}

/// A tag that holds one letter of `allowed`; `otherwise` when it is absent or wrong.
char read_letter(const TagList& tags, std::string_view name, std::string_view allowed, DmarcRecord& record) {
    const Tag* tag = tags.find(name);
    if (tag == nullptr) return allowed.front();
    const char letter = tag->value.size() == 1 ? ascii::lower(tag->value[0]) : '\0';
    if (letter != '\0' && allowed.find(letter) != std::string_view::npos) return letter;
    record.bad_values.push_back({std::string(name), tag->value});
    return allowed.front();
}

/// Near misses as DNS panels and word processors make them: the text without their quotation marks, with
/// semicolons. Nothing when it is none of them.
std::optional<std::pair<DmarcForm, std::string>> mended(std::string_view text) {
    std::string bare;
    for (const char c : text)
        if (c != '"' && c != '\\') bare += c;
    const bool quoted = bare.size() != text.size();
    const std::string_view trimmed = ascii::trim(bare);
    constexpr std::string_view version = "v=DMARC1";
    if (!ascii::istarts_with(trimmed, version)) return std::nullopt;
    const std::string_view rest = ascii::trim(trimmed.substr(version.size()));
    const bool separated = rest.empty() || rest.front() == ';' || ascii::is_alnum(trimmed[version.size()]);
    if (separated && quoted && ascii::trim(text).starts_with('"'))
        return std::pair{DmarcForm::quoted, std::string(trimmed)};
    if (separated) return std::nullopt;
    std::string out(trimmed);
    std::replace(out.begin(), out.end(), ',', ';');
    return std::pair{DmarcForm::wrong_separator, out};
}

DmarcForm form_of(const TagList& tags) {
    const Tag* version = tags.find("v");
    if (version == nullptr || !ascii::iequals(version->value, "DMARC1")) return DmarcForm::other;
    if (version != tags.tags.data()) return DmarcForm::version_not_first;
    return version->value == "DMARC1" ? DmarcForm::record : DmarcForm::wrong_case;
}

void read_leftovers(const TagList& tags, DmarcRecord& record) {
    record.doubled = tags.doubled();
    record.broken = tags.broken;
    for (const Tag& tag : tags.tags) {
        if (holds(removed, tag.name))
            record.historic.push_back(ascii::to_lower(tag.name));
        else if (!holds(known, tag.name))
            record.unknown.push_back(tag.name);
    }
    const std::string_view pct = tags.value("pct");
    unsigned percent = 0;
    const auto [end, error] = std::from_chars(pct.data(), pct.data() + pct.size(), percent);
    if (error == std::errc{} && end == pct.data() + pct.size() && !pct.empty()) record.pct = percent;
}

} // namespace

std::string_view to_string(Policy policy) {
    switch (policy) {
    case Policy::none: return "none";
    case Policy::quarantine: return "quarantine";
    case Policy::reject: return "reject";
    }
    return "";
}

std::string_view to_string(Alignment alignment) {
    return alignment == Alignment::strict ? "strict" : "relaxed";
}

std::optional<Policy> policy_from(std::string_view word) {
    for (const Policy policy : {Policy::none, Policy::quarantine, Policy::reject})
        if (ascii::iequals(word, to_string(policy))) return policy;
    return std::nullopt;
}

bool DmarcRecord::has_rua() const {
    return std::any_of(rua.begin(), rua.end(), [](const ReportAddress& address) {
        return address.form == ReportAddress::Form::mailto;
    });
}

bool DmarcRecord::has_bad_policy() const {
    return std::any_of(bad_values.begin(), bad_values.end(), [](const BadValue& bad) {
        return bad.tag == "p" || bad.tag == "sp" || bad.tag == "np";
    });
}

Policy DmarcRecord::own_policy() const {
    return has_bad_policy() ? Policy::none : p.value_or(Policy::none);
}

Policy DmarcRecord::subdomain_policy(Existence existence) const {
    if (has_bad_policy()) return Policy::none;
    if (existence == Existence::does_not_exist && np) return *np;
    return sp.value_or(own_policy());
}

DmarcRecord read_dmarc(std::string_view text) {
    const auto near_miss = mended(text);
    const TagList tags = read_tags(near_miss ? std::string_view(near_miss->second) : text);
    DmarcRecord record;
    record.text = text;
    record.form = near_miss ? near_miss->first : form_of(tags);
    if (record.form == DmarcForm::other) return record;
    record.has_p = tags.find("p") != nullptr;
    record.p = read_policy(tags, "p", record);
    record.sp = read_policy(tags, "sp", record);
    record.np = read_policy(tags, "np", record);
    record.psd = read_letter(tags, "psd", "uyn", record);
    record.testing = read_letter(tags, "t", "ny", record) == 'y';
    record.adkim = read_letter(tags, "adkim", "rs", record) == 's' ? Alignment::strict : Alignment::relaxed;
    record.aspf = read_letter(tags, "aspf", "rs", record) == 's' ? Alignment::strict : Alignment::relaxed;
    record.rua = read_addresses(tags.value("rua"));
    record.ruf = read_addresses(tags.value("ruf"));
    record.p_not_second = record.has_p && tags.tags.size() > 1 && !ascii::iequals(tags.tags[1].name, "p");
    read_leftovers(tags, record);
    return record;
}

} // namespace relaytool::domain
