#include "route/arc.hpp"

#include "base/ascii.hpp"
#include "domain/tags.hpp"

#include <charconv>
#include <map>

namespace relaytool::route {
namespace {

/// The instance in the first tag of `value`; 0 when there is none.
unsigned instance_of(std::string_view value) {
    value = ascii::trim(value);
    if (value.empty() || ascii::lower(value.front()) != 'i') return 0;
    value = ascii::trim(value.substr(1));
    if (!value.starts_with('=')) return 0;
    value = ascii::trim(value.substr(1));
    unsigned instance = 0;
    std::from_chars(value.data(), value.data() + value.size(), instance);
    return instance <= max_arc_sets ? instance : 0;
}

} // namespace

std::vector<ArcSet> read_arc(const mail::Fields& fields) {
    std::map<unsigned, ArcSet> sets;
    for (const mail::Field& field : fields.all()) {
        if (!ascii::istarts_with(field.name, "ARC-")) continue;
        const std::string value = mail::unfold(field.raw);
        const domain::TagList tags = domain::read_tags(value);
        const bool is_results = ascii::iequals(field.name, "ARC-Authentication-Results");
        const unsigned instance =
            instance_of(is_results ? std::string_view(value) : "i=" + std::string(tags.value("i")));
        if (instance == 0) continue;
        ArcSet& set = sets[instance];
        set.instance = instance;
        if (is_results) {
            set.results = read_auth_results(value);
        } else if (ascii::iequals(field.name, "ARC-Seal")) {
            set.chain = ascii::to_lower(tags.value("cv"));
            set.sealer = tags.value("d");
            set.selector = tags.value("s");
        } else if (ascii::iequals(field.name, "ARC-Message-Signature")) {
            set.has_signature = true;
        }
    }
    std::vector<ArcSet> out;
    out.reserve(sets.size());
    for (auto& [instance, set] : sets)
        out.push_back(std::move(set));
    return out;
}

} // namespace relaytool::route
