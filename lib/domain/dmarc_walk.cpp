#include "domain/dmarc_walk.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::domain {
namespace {

constexpr std::size_t most_queries = 8; // RFC 9989 section 4.10

dns::Name dmarc_name(const dns::Name& domain) {
    return name_below(domain, "_dmarc");
}

dns::Name doubled_name(const dns::Name& domain) {
    return name_below(domain, "_dmarc." + domain.text());
}

/// RFC 9990 section 4: the name that holds the permission of the address's owner.
dns::Name permission_name(const dns::Name& domain, const dns::Name& host) {
    return name_below(host, domain.text() + "._report._dmarc");
}

DmarcLevel level_of(const dns::Name& domain, TextRecords records) {
    DmarcLevel level{domain, std::move(records), {}, {}};
    for (const std::string& text : level.records.texts) {
        DmarcRecord record = read_dmarc(text);
        if (record.form == DmarcForm::record)
            level.dmarc.push_back(std::move(record));
        else if (record.form != DmarcForm::other)
            level.mistaken.push_back(std::move(record));
    }
    return level;
}

/// The ancestor of `domain` (or itself) that stands right below `suffix`.
dns::Name one_below(const dns::Name& domain, const dns::Name& suffix) {
    dns::Name name = domain;
    while (name.label_count() > suffix.label_count() + 1)
        name = name.parent();
    return name;
}

/// RFC 9989 section 4.10.2.
dns::Name organisation_of(const std::vector<DmarcLevel>& levels) {
    const dns::Name& start = levels.front().domain;
    dns::Name found = start;
    for (const DmarcLevel& level : levels) {
        const DmarcRecord* record = level.usable();
        if (record == nullptr) continue;
        if (record->psd == 'n') return level.domain;
        if (record->psd == 'y' && !(level.domain == start)) return one_below(start, level.domain);
        found = level.domain;
    }
    return found;
}

/// RFC 9989 section 4.10.1: the domain's own record, else its organisation's, else the public suffix's.
std::optional<std::size_t> source_of(const Dmarc& dmarc) {
    const auto level_at = [&](auto matches) -> std::optional<std::size_t> {
        for (std::size_t i = 0; i < dmarc.levels.size(); ++i)
            if (dmarc.levels[i].usable() != nullptr && matches(dmarc.levels[i])) return i;
        return std::nullopt;
    };
    if (dmarc.own().usable() != nullptr) return 0;
    if (const auto organisation =
            level_at([&](const DmarcLevel& level) { return level.domain == dmarc.organisation; }))
        return organisation;
    return level_at([](const DmarcLevel& level) { return level.usable()->psd == 'y'; });
}

/// Whether the address belongs to whoever publishes the record. A domain above it counts, too: receivers that
/// follow RFC 7489 see one organisation there, and nobody else can publish below it.
bool is_same_owner(const dns::Name& host, const dns::Name& publisher, const dns::Name& organisation) {
    if (host.is_within(organisation) || host.is_within(publisher)) return true;
    return host.label_count() > 1 && publisher.is_within(host);
}

void add_destinations(dns::Cache& cache, const std::string& tag, const std::vector<ReportAddress>& addresses,
                      Dmarc& dmarc) {
    const dns::Name& publisher = dmarc.levels[*dmarc.source].domain;
    for (const ReportAddress& address : addresses) {
        ReportDestination destination{tag, address, Authorisation::own, {}};
        const bool foreign = address.form == ReportAddress::Form::mailto &&
                             !is_same_owner(address.host, publisher, dmarc.organisation);
        if (foreign) {
            destination.record = permission_name(publisher, address.host);
            const TextRecords records = look_at_text(cache, destination.record);
            destination.authorisation = records.failed()                         ? Authorisation::unknown
                                        : records.of_version("v=DMARC1").empty() ? Authorisation::missing
                                                                                 : Authorisation::given;
        }
        dmarc.destinations.push_back(std::move(destination));
    }
}

} // namespace

const DmarcRecord* DmarcLevel::usable() const {
    return dmarc.size() == 1 && dmarc.front().counts() ? &dmarc.front() : nullptr;
}

std::string_view to_string(Authorisation authorisation) {
    switch (authorisation) {
    case Authorisation::own: return "own";
    case Authorisation::given: return "given";
    case Authorisation::missing: return "missing";
    case Authorisation::unknown: return "unknown";
    }
    return "";
}

const DmarcRecord* Dmarc::record() const {
    return source ? levels[*source].usable() : nullptr;
}

bool Dmarc::failed() const {
    if (levels.empty()) return false;
    if (source && *source == 0) return false;
    return std::any_of(levels.begin(), levels.end(), [](const DmarcLevel& level) {
        // A public suffix that does not answer hides nothing that matters to most domains.
        return level.records.failed() && level.domain.label_count() > 1;
    });
}

std::vector<dns::Name> walk_of(const dns::Name& domain) {
    std::vector<dns::Name> names;
    if (domain.is_root()) return {domain};
    names.push_back(domain);
    dns::Name name = domain.parent();
    while (name.label_count() >= most_queries)
        name = name.parent();
    for (; !name.is_root() && names.size() < most_queries; name = name.parent())
        names.push_back(name);
    return names;
}

void prefetch_dmarc(dns::Cache& cache, const dns::Name& domain) {
    if (!domain.is_root()) cache.prefetch({doubled_name(domain), dns::Type::txt});
    for (const dns::Name& name : walk_of(domain))
        cache.prefetch({dmarc_name(name), dns::Type::txt}, [&cache, name](const dns::AnswerPtr& answer) {
            for (const dns::Text* text : answer->all<dns::Text>()) {
                const DmarcRecord record = read_dmarc(text->joined());
                for (const auto* addresses : {&record.rua, &record.ruf})
                    for (const ReportAddress& address : *addresses)
                        if (!address.host.is_root() && !address.host.is_within(name))
                            cache.prefetch({permission_name(name, address.host), dns::Type::txt});
            }
        });
}

Dmarc look_at_dmarc(dns::Cache& cache, const dns::Name& domain, Existence existence) {
    Dmarc dmarc;
    for (const dns::Name& name : walk_of(domain)) {
        dmarc.levels.push_back(level_of(name, look_at_text(cache, dmarc_name(name))));
        const DmarcRecord* record = dmarc.levels.back().usable();
        const bool is_last =
            record != nullptr && (record->psd == 'n' || (record->psd == 'y' && !(name == domain)));
        if (is_last) break;
    }
    dmarc.organisation = organisation_of(dmarc.levels);
    dmarc.source = source_of(dmarc);
    const DmarcRecord* record = dmarc.record();
    if (record == nullptr && !domain.is_root()) dmarc.doubled = look_at_text(cache, doubled_name(domain));
    if (record == nullptr) return dmarc;
    dmarc.policy = dmarc.is_inherited() ? record->subdomain_policy(existence) : record->own_policy();
    add_destinations(cache, "rua", record->rua, dmarc);
    add_destinations(cache, "ruf", record->ruf, dmarc);
    return dmarc;
}

} // namespace relaytool::domain
