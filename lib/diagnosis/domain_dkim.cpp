#include "base/ascii.hpp"
#include "diagnosis/domain_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::diagnosis {
namespace {

using domain::DkimKey;
using domain::DkimSelector;
using domain::DkimTarget;
using domain::Expect;
using domain::Facts;
using domain::KeyFault;
using domain::SelectorOrigin;

std::string_view words_for(KeyFault fault) {
    switch (fault) {
    case KeyFault::no_key: return "it has no p= tag";
    case KeyFault::bad_version: return "v= is not DKIM1, or not the first tag";
    case KeyFault::unknown_type: return "its type (k=) is neither rsa nor ed25519";
    case KeyFault::bad_base64: return "p= is not base64: cut off, or with foreign signs";
    case KeyFault::bad_key: return "p= holds no whole public key";
    case KeyFault::not_for_mail: return "s= leaves e-mail out";
    case KeyFault::none:
    case KeyFault::revoked: break;
    }
    return "";
}

std::string key_text(const DkimKey& key) {
    if (key.fault == KeyFault::revoked) return "revoked (p= is empty)";
    if (key.fault != KeyFault::none) return fmt::format("{}: {}", key.type, words_for(key.fault));
    return key.type == "rsa" ? fmt::format("rsa {} bits", key.bits) : key.type;
}

std::string found_text(const DkimSelector& selector) {
    std::vector<std::string> keys;
    for (const DkimKey& key : selector.keys)
        keys.push_back(key_text(key));
    std::string out = joined(keys, " | ");
    if (selector.records.aliases.empty()) {
        if (out.empty() && !selector.records.texts.empty()) out = selector.records.texts.front();
        return out;
    }
    return fmt::format("{}{} {}", out, out.empty() ? "CNAME" : ", CNAME",
                       domain::lower_text(selector.records.aliases.front()));
}

bool is_microsoft_selector(const DkimSelector& selector) {
    return ascii::iequals(selector.selector, "selector1") || ascii::iequals(selector.selector, "selector2");
}

bool leads_to_microsoft(const DkimSelector& selector) {
    return selector.target == DkimTarget::microsoft_old || selector.target == DkimTarget::microsoft_new;
}

/// What a Microsoft CNAME should lead to, as far as it can be known from itself or from its sibling.
std::string expected_target(const Facts& facts, std::string_view selector) {
    std::string otherwise;
    for (const DkimSelector& known : facts.dkim) {
        if (!leads_to_microsoft(known) || known.wrong_target) continue;
        std::string target = ascii::to_lower(domain::sibling_target(known, selector));
        // The one with a key has the organisation's right name.
        if (!target.empty() && known.is_usable()) return target;
        if (otherwise.empty()) otherwise = target;
    }
    return otherwise;
}

/// Both Microsoft names begin with the selector and what stands for the domain.
std::string expected_start(const Facts& facts, std::string_view selector) {
    const std::string label = facts.mx.microsoft_label();
    return fmt::format("{}-{}", selector, label.empty() ? domain::dashed(facts.domain) : label);
}

std::string expected_cname(const Facts& facts, std::string_view selector) {
    const std::string target = expected_target(facts, selector);
    return target.empty() ? "a CNAME to Microsoft's name" : fmt::format("CNAME {}", target);
}

std::string expected_text(const Facts& facts, const DkimSelector& selector) {
    const bool microsoft = facts.sends_by_microsoft() && is_microsoft_selector(selector);
    if (microsoft || selector.wrong_target) return expected_cname(facts, selector.selector);
    return selector.origin == SelectorOrigin::wanted ? "a key of 2048 bits" : "";
}

/// Whether another selector of Microsoft has a key, so that this one is the one in reserve.
bool sibling_works(const Facts& facts, const DkimSelector& selector) {
    return std::any_of(facts.dkim.begin(), facts.dkim.end(), [&](const DkimSelector& other) {
        return other.target == selector.target && other.selector != selector.selector && other.is_usable();
    });
}

void judge_key(Sheet& sheet, const DkimSelector& selector, const DkimKey& key) {
    const Values values{{"selector", selector.selector}, {"count", std::to_string(key.bits)}};
    const auto find = [&](std::string_view rule) { sheet.find(rule, values); };
    if (key.fault == KeyFault::revoked) {
        // A wildcard without a key is how a domain says that it never signs.
        if (selector.origin == SelectorOrigin::wildcard) return;
        const bool wanted = selector.origin == SelectorOrigin::wanted;
        sheet.find("domain-dkim-revoked", values, wanted ? Severity::error : Severity::info);
        return;
    }
    if (key.fault != KeyFault::none) {
        sheet.find("domain-dkim-broken-key",
                   {{"selector", selector.selector}, {"why", std::string(words_for(key.fault))}});
        return;
    }
    constexpr unsigned shortest_accepted = 1024; // RFC 8301 section 3.2
    constexpr unsigned recommended = 2048;
    if (key.type == "rsa" && key.bits < shortest_accepted)
        find("domain-dkim-too-short-key");
    else if (key.type == "rsa" && key.bits < recommended)
        find("domain-dkim-short-key");
    if (key.sha1_only) find("domain-dkim-sha1");
    if (key.testing) find("domain-dkim-testing");
    if (!key.has_version) find("domain-dkim-no-version");
    if (key.has_white_space) find("domain-dkim-white-space");
}

bool sibling_is_unknown(const Facts& facts, const DkimSelector& selector) {
    return std::any_of(facts.dkim.begin(), facts.dkim.end(), [&](const DkimSelector& other) {
        return other.selector != selector.selector && is_microsoft_selector(other) &&
               is_microsoft_selector(selector) && other.records.failed();
    });
}

/// Whether the answer depends on it: the user named it, or the service that sends signs with it.
bool is_needed(const Facts& facts, const DkimSelector& selector) {
    return selector.origin == SelectorOrigin::wanted ||
           (facts.sends_by_microsoft() && is_microsoft_selector(selector)) ||
           (facts.expect == Expect::google && ascii::iequals(selector.selector, "google"));
}

void judge_alias(Sheet& sheet, const DkimSelector& selector) {
    const Facts& facts = sheet.facts();
    const std::string target = domain::lower_text(selector.records.aliases.front());
    const Values values{{"selector", selector.selector},
                        {"target", target},
                        {"expected", expected_start(facts, selector.selector)}};
    if (selector.wrong_target)
        sheet.find("domain-dkim-wrong-target", values);
    else if (selector.is_dangling() && sibling_works(facts, selector) &&
             target == expected_target(facts, selector.selector))
        sheet.find("domain-dkim-not-rotated", values);
    else if (selector.is_dangling() && sibling_is_unknown(facts, selector))
        sheet.undecided(); // in reserve, or broken
    else if (selector.is_dangling())
        sheet.find("domain-dkim-dangling", values);
}

void judge_selector(Sheet& sheet, const DkimSelector& selector) {
    const Facts& facts = sheet.facts();
    sheet.line({fmt::format("DKIM {}", selector.selector), domain::lower_text(selector.records.name),
                selector.records.aliases.empty() ? "TXT" : "CNAME", expected_text(facts, selector),
                found_text(selector), RecordVerdict::ok, ""});
    if (selector.records.failed()) {
        sheet.failed(selector.records.detail,
                     is_needed(facts, selector) ? Sheet::Weight::matters : Sheet::Weight::detail);
        return;
    }
    if (!selector.records.aliases.empty()) judge_alias(sheet, selector);
    if (selector.keys.size() > 1) {
        sheet.find("domain-dkim-several-keys",
                   {{"selector", selector.selector}, {"count", std::to_string(selector.keys.size())}});
    } else if (selector.keys.size() == 1) {
        judge_key(sheet, selector, selector.keys.front());
    } else if (selector.records.aliases.empty()) {
        sheet.find("domain-dkim-selector-missing", {{"selector", selector.selector}});
    }
    const bool copied = facts.sends_by_microsoft() && is_microsoft_selector(selector) &&
                        selector.records.aliases.empty() && selector.is_usable();
    if (copied) sheet.find("domain-dkim-copied-key", {{"selector", selector.selector}});
}

/// Microsoft signs with two selectors in turn; one alone is half of it.
void judge_half(Sheet& sheet) {
    const Facts& facts = sheet.facts();
    for (const std::string_view selector : {"selector1", "selector2"}) {
        const auto is_it = [&](const DkimSelector& other) {
            return ascii::iequals(other.selector, selector);
        };
        if (std::any_of(facts.dkim.begin(), facts.dkim.end(), is_it)) continue;
        sheet.line({fmt::format("DKIM {}", selector),
                    fmt::format("{}._domainkey.{}", selector, sheet.domain()), "CNAME",
                    expected_cname(facts, selector), "", RecordVerdict::ok, ""});
        // Not known? Then the step with it is left out.
        sheet.find("domain-dkim-microsoft-half",
                   {{"selector", std::string(selector)}, {"expected", expected_target(facts, selector)}});
    }
}

/// Whether the service that is expected to sign may sign with it.
bool is_of_service(const Facts& facts, const DkimSelector& selector) {
    if (facts.sends_by_microsoft()) return is_microsoft_selector(selector) || leads_to_microsoft(selector);
    return facts.expect != Expect::google || selector.origin != SelectorOrigin::probed ||
           ascii::iequals(selector.selector, "google");
}

/// No selector at all, or not those of the service that sends.
void judge_nothing(Sheet& sheet) {
    const Facts& facts = sheet.facts();
    const auto has = [&](auto matches) { return std::any_of(facts.dkim.begin(), facts.dkim.end(), matches); };
    // What did not answer may be there: nothing follows from the others then.
    if (has([&](const DkimSelector& one) { return one.records.failed() && is_needed(facts, one); })) return;
    const std::string where = "selector1._domainkey." + sheet.domain();
    if (facts.sends_by_microsoft() && !has(is_microsoft_selector)) {
        sheet.line({"DKIM", where, "CNAME", "selector1, selector2", "", RecordVerdict::ok, ""});
        sheet.find("domain-dkim-microsoft-missing");
    } else if (facts.sends_by_microsoft()) {
        judge_half(sheet);
    } else if (facts.expect == Expect::google &&
               !has([&](const DkimSelector& one) { return is_of_service(facts, one); })) {
        sheet.line({"DKIM", "google._domainkey." + sheet.domain(), "TXT", "a key of 2048 bits", "",
                    RecordVerdict::ok, ""});
        sheet.find("domain-dkim-google-missing");
    } else if (facts.dkim.empty()) {
        std::vector<std::string> names;
        for (const std::string_view name : domain::known_selectors())
            names.emplace_back(name);
        sheet.line({"DKIM", "_domainkey." + sheet.domain(), "TXT", "", "", RecordVerdict::absent, ""});
        sheet.find("domain-dkim-none-found", {{"list", joined(names)}});
    }
}

} // namespace

bool dkim_works(const Facts& facts) {
    return std::any_of(facts.dkim.begin(), facts.dkim.end(), [&](const DkimSelector& selector) {
        return selector.is_usable() && is_of_service(facts, selector) && !selector.wrong_target &&
               !selector.keys.front().sha1_only && selector.keys.front().bits != 0 &&
               (selector.keys.front().type != "rsa" || selector.keys.front().bits >= 1024);
    });
}

bool dkim_is_unknown(const Facts& facts) {
    return std::any_of(facts.dkim.begin(), facts.dkim.end(),
                       [](const DkimSelector& selector) { return selector.records.failed(); });
}

void judge_dkim(Sheet& sheet) {
    const Facts& facts = sheet.facts();
    for (const DkimSelector& selector : facts.dkim)
        judge_selector(sheet, selector);
    if (!facts.is_parked() && !facts.spf.sends_nothing()) judge_nothing(sheet);
}

} // namespace relaytool::diagnosis
