#include "spf/record.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::spf {
namespace {

constexpr std::string_view version = "v=spf1";

constexpr std::pair<std::string_view, Kind> mechanisms[] = {
    {"all", Kind::all}, {"include", Kind::include}, {"a", Kind::a},     {"mx", Kind::mx},
    {"ptr", Kind::ptr}, {"ip4", Kind::ip4},         {"ip6", Kind::ip6}, {"exists", Kind::exists},
};

/// name of RFC 7208 section 4.6.1.
bool is_name(std::string_view text) {
    if (text.empty() || !ascii::is_alpha(text.front())) return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

/// A prefix length: no zero in front, at most `max`.
std::optional<unsigned> read_prefix(std::string_view digits, unsigned max) {
    if (digits.empty() || digits.size() > 3 || (digits.size() > 1 && digits.front() == '0'))
        return std::nullopt;
    unsigned value = 0;
    for (const char c : digits)
        value = value * 10 + static_cast<unsigned>(c - '0');
    return value <= max ? std::optional(value) : std::nullopt;
}

/// Cuts `<slashes>digits` off the end of `text`; the digits, or nothing.
std::optional<std::string_view> take_suffix(std::string_view& text, std::string_view slashes) {
    const std::size_t last = text.find_last_not_of("0123456789");
    if (last == std::string_view::npos || last + 1 == text.size()) return std::nullopt;
    if (!text.substr(0, last + 1).ends_with(slashes)) return std::nullopt;
    const std::string_view digits = text.substr(last + 1);
    text = text.substr(0, last + 1 - slashes.size());
    return digits;
}

Fault fail(Term& term, Fault fault) {
    term.kind = Kind::bad;
    return fault;
}

/// dual-cidr-length, RFC 7208 section 5.6: `/24`, `//64`, `/24//64` at the end of the arguments.
Fault read_prefixes(std::string_view& arguments, Term& term) {
    if (const auto digits = take_suffix(arguments, "//")) {
        const auto value = read_prefix(*digits, 128);
        if (!value) return Fault::bad_prefix;
        term.prefix6 = *value;
    }
    if (const auto digits = take_suffix(arguments, "/")) {
        const auto value = read_prefix(*digits, 32);
        if (!value) return Fault::bad_prefix;
        term.prefix4 = *value;
    }
    return Fault::none;
}

Fault read_domain_spec(std::string_view text, Term& term) {
    term.domain = read_macro_string(text, MacroPlace::domain);
    if (term.domain) return Fault::none;
    // Whether it is its macros or the name around them; c, r and t are for explanations alone (section 7.2).
    const auto macro = read_macro_string(text, MacroPlace::explanation);
    const bool allowed = macro && !macro->uses('c') && !macro->uses('r') && !macro->uses('t');
    return allowed ? Fault::bad_domain : Fault::bad_macro;
}

/// `:domain-spec`, or nothing when it may be left out.
Fault read_domain(std::string_view arguments, Term& term) {
    const bool is_optional = term.kind == Kind::a || term.kind == Kind::mx || term.kind == Kind::ptr;
    if (arguments.empty()) return is_optional ? Fault::none : Fault::needs_argument;
    if (!arguments.starts_with(':')) return Fault::bad_domain;
    arguments.remove_prefix(1);
    if (arguments.empty()) return Fault::needs_argument;
    return read_domain_spec(arguments, term);
}

Fault read_network(std::string_view arguments, Term& term) {
    if (arguments.size() < 2 || !arguments.starts_with(':')) return Fault::needs_argument;
    arguments.remove_prefix(1);
    const auto family = term.kind == Kind::ip4 ? ip::Family::v4 : ip::Family::v6;
    const std::size_t slash = arguments.find('/');
    const auto address = ip::read_address(arguments.substr(0, slash));
    if (!address || address->family() != family) return Fault::bad_address;
    const auto network = ip::read_network(arguments);
    if (!network) return Fault::bad_prefix;
    term.network = *network;
    return Fault::none;
}

Fault read_mechanism(std::string_view name, std::string_view arguments, Term& term) {
    const auto* const found =
        std::find_if(std::begin(mechanisms), std::end(mechanisms),
                     [&](const auto& entry) { return ascii::iequals(entry.first, name); });
    if (found == std::end(mechanisms)) return Fault::unknown_mechanism;
    term.kind = found->second;
    Fault fault = Fault::none;
    switch (term.kind) {
    case Kind::all: return arguments.empty() ? Fault::none : Fault::takes_no_argument;
    case Kind::ip4:
    case Kind::ip6: return read_network(arguments, term);
    case Kind::a:
    case Kind::mx: fault = read_prefixes(arguments, term); break;
    default: break;
    }
    return fault == Fault::none ? read_domain(arguments, term) : fault;
}

Fault read_modifier(std::string_view name, std::string_view value, Term& term) {
    if (!is_name(name)) return Fault::unknown_mechanism;
    const bool redirect = ascii::iequals(name, "redirect");
    if (!redirect && !ascii::iequals(name, "exp")) {
        term.kind = Kind::unknown_modifier;
        return read_macro_string(value, MacroPlace::modifier) ? Fault::none : Fault::bad_macro;
    }
    term.kind = redirect ? Kind::redirect : Kind::exp;
    if (value.empty()) return Fault::needs_argument;
    return read_domain_spec(value, term);
}

bool is_visible(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

Fault read_term(std::string_view text, Term& term) {
    if (!is_visible(text)) return Fault::bad_character;
    // RFC 7208 section 4.6.1: a modifier is a name and `=`; everything else is a directive.
    const std::size_t end = text.find_first_of(":/=");
    if (end != std::string_view::npos && text[end] == '=')
        return read_modifier(text.substr(0, end), text.substr(end + 1), term);
    static constexpr std::string_view signs = "+-~?";
    if (const std::size_t sign = signs.find(text.front()); sign != std::string_view::npos) {
        term.qualifier = static_cast<Qualifier>(sign);
        text.remove_prefix(1);
    }
    const std::size_t name_end = std::min(text.find_first_of(":/"), text.size());
    return read_mechanism(text.substr(0, name_end), text.substr(name_end), term);
}

} // namespace

static_assert(static_cast<int>(Qualifier::pass) == 0 && static_cast<int>(Qualifier::fail) == 1 &&
              static_cast<int>(Qualifier::softfail) == 2 && static_cast<int>(Qualifier::neutral) == 3);

bool Term::is_reporting() const {
    return kind == Kind::unknown_modifier &&
           (ascii::istarts_with(text, "ra=") || ascii::istarts_with(text, "rp=") ||
            ascii::istarts_with(text, "rr="));
}

char sign_of(Qualifier qualifier) {
    return "+-~?"[static_cast<std::size_t>(qualifier)];
}

std::string_view to_string(Kind kind) {
    for (const auto& [name, value] : mechanisms)
        if (value == kind) return name;
    switch (kind) {
    case Kind::redirect: return "redirect";
    case Kind::exp: return "exp";
    case Kind::unknown_modifier: return "modifier";
    default: return "error";
    }
}

const Term* Record::modifier(Kind kind) const {
    const auto found =
        std::find_if(terms.begin(), terms.end(), [kind](const Term& term) { return term.kind == kind; });
    return found == terms.end() ? nullptr : &*found;
}

const Term* Record::all() const {
    return modifier(Kind::all);
}

bool is_record(std::string_view text) {
    return ascii::istarts_with(text, version) &&
           (text.size() == version.size() || text[version.size()] == ' ');
}

Record read_record(std::string_view text) {
    Record record;
    record.text = text;
    std::size_t at = std::min(version.size(), text.size());
    while (true) {
        at = text.find_first_not_of(' ', at);
        if (at == std::string_view::npos) return record;
        if (record.terms.size() == max_terms) break;
        const std::size_t end = std::min(text.find(' ', at), text.size());
        Term term;
        term.text = text.substr(at, end - at);
        term.offset = at;
        term.fault = read_term(term.text, term);
        const bool once = term.kind == Kind::redirect || term.kind == Kind::exp;
        if (term.fault == Fault::none && once && record.modifier(term.kind) != nullptr)
            term.fault = Fault::duplicate; // RFC 7208 section 6
        if (term.fault != Fault::none) {
            term.fault = fail(term, term.fault);
            record.is_valid = false;
        }
        record.terms.push_back(std::move(term));
        at = end;
    }
    record.is_cut = true;
    record.is_valid = false;
    return record;
}

} // namespace relaytool::spf
