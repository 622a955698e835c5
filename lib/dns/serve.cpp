#include "dns/serve.hpp"

#include "dns/message.hpp"
#include "dns/wire.hpp"

#include <algorithm>
#include <optional>

namespace relaytool::dns {
namespace {

using namespace wire;

/// Zone transfers and other questions about more than one type (RFC 1035 section 3.2.3, RFC 8482).
constexpr unsigned first_meta_type = 249;
constexpr unsigned last_meta_type = 255;
constexpr std::size_t plain_udp = 512; ///< octets, RFC 1035 section 2.3.4
constexpr std::size_t largest_tcp = 65535;
constexpr std::uint32_t alias_ttl = 300; ///< an Answer does not keep that of its aliases

enum Rcode : unsigned { no_error = 0, format_error = 1, not_implemented = 4, refused = 5, bad_version = 16 };

/// What a client asks and can take.
struct Query {
    unsigned id = 0;
    unsigned flags = 0;
    unsigned rcode = no_error; ///< why it gets no answer
    Question question;
    std::string_view asked; ///< the question section
    bool has_edns = false;
    std::size_t udp_size = plain_udp;
};

/// The OPT record among the additional ones (RFC 6891 section 6.1).
void read_edns(Reader reader, unsigned others, unsigned additional, Query& query) {
    for (unsigned i = 0; i < others + additional && reader.ok(); ++i) {
        reader.skip_name();
        const unsigned type = reader.u16();
        const unsigned size = reader.u16();
        const std::uint32_t ttl = reader.u32();
        reader.take(reader.u16());
        if (!reader.ok() || i < others || type != type_opt) continue;
        query.has_edns = true;
        query.udp_size = std::clamp<std::size_t>(size, plain_udp, largest_udp_answer);
        if ((ttl >> 16 & 0xFF) != 0) query.rcode = bad_version;
    }
}

/// Nothing when it is no query at all.
std::optional<Query> read_query(std::string_view octets) {
    if (octets.size() < header_size) return std::nullopt;
    Reader reader(octets, 0);
    Query query;
    query.id = reader.u16();
    query.flags = reader.u16();
    const unsigned questions = reader.u16();
    const unsigned answers = reader.u16();
    const unsigned authorities = reader.u16();
    const unsigned additional = reader.u16();
    if ((query.flags & flag_answer) != 0) return std::nullopt;
    if ((query.flags & opcode_bits) != 0) {
        query.rcode = not_implemented;
        return query;
    }
    reader.skip_name();
    const auto name = wire::read_name(octets, header_size, reader.at());
    const unsigned type = reader.u16();
    const unsigned question_class = reader.u16();
    if (questions != 1 || !reader.ok() || !name) {
        query.rcode = format_error;
        return query;
    }
    query.question = {*name, static_cast<Type>(type)};
    query.asked = octets.substr(header_size, reader.at() - header_size);
    if (question_class != class_in) query.rcode = refused;
    if (type >= first_meta_type && type <= last_meta_type) query.rcode = not_implemented;
    read_edns(reader, answers + authorities, additional, query);
    return query;
}

void append_address(std::string& out, const ip::Address& address) {
    const unsigned octets = ip::bits_of(address.family()) / 8;
    for (unsigned i = octets; i-- > 0;) {
        const std::uint64_t half = i < 8 ? address.low() : address.high();
        out += static_cast<char>(half >> i % 8 * 8 & 0xFF);
    }
}

/// RDATA without compression.
std::string rdata_of(const Data& data) {
    std::string out;
    if (const auto* address = std::get_if<ip::Address>(&data)) {
        append_address(out, *address);
    } else if (const auto* name = std::get_if<Name>(&data)) {
        out = name->wire();
    } else if (const auto* mx = std::get_if<Mx>(&data)) {
        append16(out, mx->preference);
        out += mx->exchange.wire();
    } else if (const auto* srv = std::get_if<Srv>(&data)) {
        for (const unsigned field : {srv->priority, srv->weight, srv->port})
            append16(out, field);
        out += srv->target.wire();
    } else {
        out = canonical_octets(data); // no names in them
    }
    return out;
}

void append_record(std::string& out, const std::string& owner, Type type, std::uint32_t ttl,
                   const Data& data) {
    const std::string rdata = rdata_of(data);
    out += owner;
    append16(out, static_cast<unsigned>(type));
    append16(out, class_in);
    append16(out, ttl >> 16);
    append16(out, ttl & 0xFFFF);
    append16(out, static_cast<unsigned>(rdata.size()));
    out += rdata;
}

/// The answer section.
struct Section {
    unsigned count = 0;
    std::string octets;
};

Section section_of(const Question& question, const Answer& answer) {
    Section section;
    // The question's name stands right behind the header.
    std::string owner("\xC0\x0C");
    for (const Name& alias : answer.aliases) {
        append_record(section.octets, owner, Type::cname, alias_ttl, alias);
        ++section.count;
        owner = alias.wire();
    }
    for (const Record& record : answer.records) {
        // Of types that nothing here reads a zone keeps only that they are there.
        const auto* opaque = std::get_if<Opaque>(&record.data);
        if (opaque != nullptr && opaque->octets.empty()) continue;
        append_record(section.octets, owner, question.type, record.ttl, record.data);
        ++section.count;
    }
    return section;
}

std::string message_of(const Query& query, unsigned rcode, const Section& section, unsigned flags) {
    std::string out;
    append16(out, query.id);
    append16(out, flag_answer | flags | flag_recursion |
                      (query.flags & (flag_recursion_wanted | opcode_bits)) | (rcode & 0xF));
    append16(out, query.asked.empty() ? 0 : 1);
    append16(out, section.count);
    append16(out, 0);
    append16(out, query.has_edns ? 1 : 0);
    out += query.asked;
    out += section.octets;
    if (!query.has_edns) return out;
    out += '\0'; // RFC 6891 section 6.1.2: root, OPT, size, upper bits of the code, version, flags, no data
    append16(out, type_opt);
    append16(out, largest_udp_answer);
    append16(out, rcode >> 4 << 8);
    out.append(4, '\0');
    return out;
}

} // namespace

std::string answer_query(std::string_view octets, const ZoneResolver& zones, Transport transport) {
    const auto query = read_query(octets);
    if (!query) return {};
    if (query->rcode != no_error) return message_of(*query, query->rcode, {}, 0);
    const Answer answer = zones.alone(query->question);
    if (answer.status == Status::failure) return message_of(*query, answer.rcode, {}, 0);
    const Section section = section_of(query->question, answer);
    std::string message = message_of(*query, answer.rcode, section, flag_authoritative);
    const std::size_t limit = transport == Transport::udp ? query->udp_size : largest_tcp;
    if (message.size() <= limit) return message;
    // RFC 2181 section 9: what is cut is no answer, so nothing of it is sent.
    return message_of(*query, answer.rcode, {}, flag_authoritative | flag_truncated);
}

} // namespace relaytool::dns
