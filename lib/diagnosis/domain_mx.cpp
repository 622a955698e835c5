#include "diagnosis/domain_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::diagnosis {
namespace {

using domain::Expect;
using domain::Facts;
using domain::Mx;
using domain::MxHost;
using domain::MxOwner;

bool is_microsoft_or_retired(MxOwner owner) {
    return domain::is_microsoft(owner) || owner == MxOwner::microsoft_retired;
}
bool is_google(MxOwner owner) {
    return owner == MxOwner::google;
}

/// The record to publish, as far as it can be known: a Microsoft name that is published already is not
/// questioned, and where the domain holds a hyphen only Microsoft's portal tells the name.
std::string expected_mx(const Facts& facts) {
    if (facts.expect == Expect::o365) {
        const std::string dashed = domain::dashed(facts.domain);
        const MxHost* published = nullptr;
        for (const MxHost& host : facts.mx.hosts) {
            if (!domain::is_microsoft(host.owner)) continue;
            if (domain::made_for(host.name, facts.domain) == domain::MadeFor::domain)
                return domain::lower_text(host.name);
            if (published == nullptr) published = &host;
        }
        if (published != nullptr) return domain::lower_text(published->name);
        const bool has_hyphen = domain::lower_text(facts.domain).find('-') != std::string::npos;
        return fmt::format("{}.mail.protection.outlook.com", has_hyphen ? "NAME" : dashed);
    }
    if (facts.expect == Expect::google) return "smtp.google.com";
    return {};
}

std::string found_mx(const Mx& mx) {
    std::vector<std::string> parts;
    if (mx.null_mx) parts.emplace_back("0 . (null MX)");
    for (const MxHost& host : mx.hosts)
        parts.push_back(fmt::format("{} {}", host.preference, domain::lower_text(host.name)));
    return joined(parts);
}

const MxHost* first_foreign(const Mx& mx, bool (*is_ours)(MxOwner)) {
    const auto found = std::find_if(mx.hosts.begin(), mx.hosts.end(),
                                    [&](const MxHost& host) { return !is_ours(host.owner); });
    return found == mx.hosts.end() ? nullptr : &*found;
}

void judge_service(Sheet& sheet, bool (*is_ours)(MxOwner), std::string_view rule_of_foreign) {
    const Mx& mx = sheet.facts().mx;
    const MxHost* foreign = first_foreign(mx, is_ours);
    if (foreign == nullptr) return;
    const std::string host = domain::lower_text(foreign->name);
    sheet.find(mx.has_owner(is_ours) ? "domain-mx-mixed" : rule_of_foreign, {{"host", host}});
}

/// The first host is another service's, and mail can go to Microsoft as well.
bool is_behind_filter(const Mx& mx) {
    if (mx.hosts.empty() || is_microsoft_or_retired(mx.hosts.front().owner)) return false;
    const auto first = std::find_if(mx.hosts.begin(), mx.hosts.end(),
                                    [](const MxHost& host) { return domain::is_microsoft(host.owner); });
    return first != mx.hosts.end() && first->preference > mx.hosts.front().preference;
}

void judge_filter(Sheet& sheet) {
    const Mx& mx = sheet.facts().mx;
    for (const MxHost& host : mx.hosts) {
        if (!domain::is_microsoft(host.owner)) continue;
        sheet.find("domain-mx-around-filter", {{"host", domain::lower_text(mx.hosts.front().name)},
                                               {"target", domain::lower_text(host.name)}});
        return;
    }
}

void judge_microsoft_names(Sheet& sheet) {
    const Facts& facts = sheet.facts();
    std::size_t current = 0;
    for (const MxHost& host : facts.mx.hosts) {
        const std::string name = domain::lower_text(host.name);
        if (host.owner == MxOwner::microsoft_retired) sheet.find("domain-mx-retired", {{"host", name}});
        if (!domain::is_microsoft(host.owner)) continue;
        ++current;
        const domain::MadeFor made_for = domain::made_for(host.name, facts.domain);
        if (made_for != domain::MadeFor::domain)
            sheet.find("domain-mx-other-name", {{"host", name}},
                       made_for == domain::MadeFor::parent ? Severity::info : Severity::warning);
    }
    if (current > 1) sheet.find("domain-mx-several-microsoft", {{"count", std::to_string(current)}});
}

void judge_host(Sheet& sheet, const MxHost& host) {
    const std::string name = domain::lower_text(host.name);
    if (host.is_address) {
        sheet.find("domain-mx-is-address", {{"host", name}});
        return;
    }
    if (!host.alias_of.is_root())
        sheet.find("domain-mx-alias", {{"host", name}, {"target", domain::lower_text(host.alias_of)}});
    if (host.failed()) sheet.failed(fmt::format("{}: no answer", name), Sheet::Weight::matters);
    if (host.has_no_address()) sheet.find("domain-mx-no-address", {{"host", name}});
    const auto hidden = std::find_if(host.addresses.begin(), host.addresses.end(),
                                     [](const ip::Address& address) { return ip::is_private(address); });
    if (hidden != host.addresses.end())
        sheet.find("domain-mx-private-address", {{"host", name}, {"ip", ip::to_string(*hidden)}});
}

bool has_ipv6_only(const MxHost& host) {
    return !host.addresses.empty() && host.a != dns::Status::failure && host.a != dns::Status::timeout &&
           std::all_of(host.addresses.begin(), host.addresses.end(),
                       [](const ip::Address& address) { return address.family() == ip::Family::v6; });
}

void judge_hosts(Sheet& sheet) {
    const std::vector<MxHost>& hosts = sheet.facts().mx.hosts;
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        const auto same = [&](const MxHost& other) { return other.name == hosts[i].name; };
        if (std::any_of(hosts.begin(), hosts.begin() + static_cast<std::ptrdiff_t>(i), same))
            sheet.find("domain-mx-double", {{"host", domain::lower_text(hosts[i].name)}});
        else
            judge_host(sheet, hosts[i]);
    }
    if (!hosts.empty() && std::all_of(hosts.begin(), hosts.end(), has_ipv6_only))
        sheet.find("domain-mx-ipv6-only", {{"host", domain::lower_text(hosts.front().name)}});
}

/// No MX record at all.
void judge_nothing(Sheet& sheet) {
    const Facts& facts = sheet.facts();
    const std::string expected = expected_mx(facts);
    Values values;
    if (expected.empty())
        values.emplace_back("expected", facts.domain.text() + ". IN MX 10 mail.example.net.");
    if (!facts.mx.own_addresses.empty()) {
        values.emplace_back("ip", ip::to_string(facts.mx.own_addresses.front()));
        sheet.find("domain-mx-implicit", std::move(values));
        return;
    }
    const bool needed = facts.expect == Expect::o365 || facts.expect == Expect::google;
    sheet.find("domain-mx-missing", std::move(values), needed ? Severity::error : Severity::warning);
}

} // namespace

void judge_mx(Sheet& sheet) {
    const Facts& facts = sheet.facts();
    const Mx& mx = facts.mx;
    sheet.line({"MX", sheet.domain(), "MX", expected_mx(facts), found_mx(mx), RecordVerdict::ok, ""});
    if (mx.failed()) return sheet.failed(mx.detail, Sheet::Weight::matters);
    if (mx.total == 0) return judge_nothing(sheet);
    if (mx.null_mx && !mx.hosts.empty())
        sheet.find("domain-mx-null-with-others", {{"host", domain::lower_text(mx.hosts.front().name)}});
    if (facts.takes_no_mail()) {
        if (facts.expect == Expect::o365 || facts.expect == Expect::google) sheet.find("domain-mx-null");
        if (facts.expect == Expect::any && facts.spf.names_senders()) sheet.find("domain-mx-null-sends");
        return;
    }
    const bool behind_filter = facts.sends_by_microsoft() && is_behind_filter(mx);
    if (behind_filter) judge_filter(sheet);
    if (facts.expect == Expect::o365) {
        if (!behind_filter) judge_service(sheet, is_microsoft_or_retired, "domain-mx-not-microsoft");
        judge_microsoft_names(sheet);
    }
    if (facts.expect == Expect::google) judge_service(sheet, is_google, "domain-mx-not-google");
    judge_hosts(sheet);
}

} // namespace relaytool::diagnosis
