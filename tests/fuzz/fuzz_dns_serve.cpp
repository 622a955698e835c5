#include "dns/message.hpp"
#include "dns/serve.hpp"
#include "dns/wire.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace relaytool;

namespace {

dns::ZoneResolver make_zones() {
    std::string text =
        "$ORIGIN com.\n@ SOA ns1 hostmaster 1 2 3 4 5\n MX 10 mail\n A 192.0.2.1\n*.x CNAME big\n";
    for (char c = 'a'; c <= 'z'; ++c)
        text += "big TXT \"" + std::string(250, c) + "\"\n";
    dns::ZoneResolver zones;
    zones.add(dns::read_zone(text, "fuzz").value());
    return zones;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const dns::ZoneResolver zones = make_zones();
    const std::string_view query(reinterpret_cast<const char*>(data), size);
    for (const dns::Transport transport : {dns::Transport::udp, dns::Transport::tcp}) {
        const std::string answer = dns::answer_query(query, zones, transport);
        if (answer.empty()) continue;
        // It says that it is an answer, to this query, and fits.
        if (answer.size() < 12 || answer.substr(0, 2) != query.substr(0, 2)) std::abort();
        if ((dns::wire::octet(answer[2]) & 0x80) == 0) std::abort();
        if (transport == dns::Transport::udp && answer.size() > dns::largest_udp_answer) std::abort();
        if (!dns::answer_query(answer, zones, transport).empty()) std::abort();
    }
    return 0;
}
