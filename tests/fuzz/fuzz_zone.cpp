#include "dns/idn.hpp"
#include "dns/zone.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace relaytool;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (const auto name = dns::domain_from_input(input.substr(0, 300))) dns::name_for_people(*name);
    const auto zone = dns::read_zone(input, "fuzz");
    if (!zone) {
        if (zone.error().what.empty() || zone.error().why.empty()) std::abort();
        return 0;
    }
    dns::ZoneResolver resolver;
    resolver.add(*zone);
    for (const dns::ZoneRecord& record : zone->records) {
        // What is written down is found, and covered.
        const dns::Question question{record.owner, record.type};
        if (resolver.look_up(question).status != dns::Status::answer || !resolver.covers(question))
            std::abort();
        resolver.look_up({record.owner.parent(), dns::Type::txt});
        if (const auto child = record.owner.child("x")) {
            resolver.look_up({*child, dns::Type::a});
            resolver.covers({*child, dns::Type::a});
        }
    }
    return 0;
}
