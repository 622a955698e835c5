#include "dns/message.hpp"

#include "dns/wire.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace relaytool::dns {
namespace {

using namespace wire;

/// A record of the answer section whose type matters.
struct Seen {
    std::size_t owner; ///< where its name stands
    bool is_alias;
    std::uint32_t ttl;
    Rdata rdata;
};

struct Header {
    unsigned flags;
    unsigned questions;
    unsigned answers;
    unsigned authorities;
    unsigned additional;

    unsigned rcode() const { return flags & 0xF; }
    bool has(unsigned bits) const { return (flags & bits) == bits; }
};

Answer failed(std::string detail, unsigned rcode = 0) {
    Answer answer;
    answer.status = Status::failure;
    answer.rcode = rcode;
    answer.detail = std::move(detail);
    return answer;
}

/// The records of the answer section that are of the question's type, or aliases. False when the section is
/// shorter than its count says.
bool read_section(Reader& reader, unsigned count, const Question& question, std::string_view message,
                  std::vector<Seen>& seen) {
    for (unsigned i = 0; i < count; ++i) {
        const std::size_t owner = reader.at();
        reader.skip_name();
        const std::uint16_t type = reader.u16();
        const std::uint16_t record_class = reader.u16();
        const std::uint32_t ttl = reader.u32();
        const std::size_t size = reader.u16();
        const std::size_t at = reader.at();
        reader.take(size);
        if (!reader.ok()) return false;
        const bool wanted = type == static_cast<std::uint16_t>(question.type);
        const bool is_alias = type == static_cast<std::uint16_t>(Type::cname);
        if (record_class != class_in || (!wanted && !is_alias)) continue;
        // RFC 2181 section 8: the highest bit set means zero.
        seen.push_back({owner, is_alias && !wanted, ttl > 0x7FFFFFFF ? 0 : ttl, {message, at, size}});
    }
    return true;
}

/// The target of the alias at `owner`: nothing when there is none; an empty optional inside when its target
/// cannot be read.
std::optional<std::optional<Name>> alias_at(const Name& owner, const std::vector<Seen>& seen) {
    for (const Seen& record : seen)
        if (record.is_alias && is_name(record.rdata.message, record.owner, owner))
            return wire::name_behind(record.rdata, 0);
    return std::nullopt;
}

/// Fills in the chain of aliases; why it cannot be followed, or nothing.
std::string_view follow_aliases(const Name& start, const std::vector<Seen>& seen,
                                std::vector<Name>& aliases) {
    while (true) {
        const auto target = alias_at(aliases.empty() ? start : aliases.back(), seen);
        if (!target) return {};
        if (!*target) return "a CNAME record that cannot be read";
        bool known = **target == start;
        for (const Name& alias : aliases)
            known = known || alias == **target;
        if (known) return "CNAME records in a circle";
        if (aliases.size() == longest_alias_chain) return "too many CNAME records in a row";
        aliases.push_back(**target);
    }
}

/// What stands behind the answers as far as it matters when there are none: the upper bits of the result code
/// (RFC 6891 section 6.1.3), and whether the server only names others to ask.
struct Rest {
    unsigned high_rcode = 0;
    bool is_referral = false;
};

Rest read_rest(Reader reader, const Header& header) {
    Rest rest;
    bool has_ns = false;
    bool has_soa = false;
    for (unsigned i = 0; i < header.authorities + header.additional; ++i) {
        reader.skip_name();
        const std::uint16_t type = reader.u16();
        reader.u16();
        const std::uint32_t ttl = reader.u32();
        reader.take(reader.u16());
        if (!reader.ok()) break;
        if (i < header.authorities) {
            has_ns = has_ns || type == static_cast<std::uint16_t>(Type::ns);
            has_soa = has_soa || type == static_cast<std::uint16_t>(Type::soa);
        } else if (type == type_opt) {
            rest.high_rcode = ttl >> 24;
        }
    }
    rest.is_referral = has_ns && !has_soa && !header.has(flag_authoritative) && !header.has(flag_recursion);
    return rest;
}

/// The question section (RFC 1035 section 4.1.2) has to be the question.
bool is_asked(Reader& reader, const Header& header, const Question& question, std::string_view message) {
    if (header.questions != 1 || !is_name(message, header_size, question.name)) return false;
    reader.skip_name();
    const std::uint16_t type = reader.u16();
    const std::uint16_t question_class = reader.u16();
    return reader.ok() && type == static_cast<std::uint16_t>(question.type) && question_class == class_in;
}

Answer read_records(const Question& question, const Header& header, Reader& reader,
                    std::string_view message) {
    std::vector<Seen> seen;
    if (!read_section(reader, header.answers, question, message, seen))
        return failed("an answer that ends in the middle of a record");
    Answer answer;
    answer.rcode = header.rcode();
    answer.authenticated = header.has(flag_verified);
    answer.status = answer.rcode == 3 ? Status::no_name : Status::no_data;
    if (const auto why = follow_aliases(question.name, seen, answer.aliases); !why.empty())
        return failed(std::string(why));
    if (header.answers == 0) {
        const Rest rest = read_rest(reader, header);
        if (rest.high_rcode != 0) {
            const unsigned rcode = rest.high_rcode << 4 | header.rcode();
            return failed(rcode_name(rcode), rcode);
        }
        if (rest.is_referral && answer.rcode == 0) return failed("the server does not look up for others");
    }
    if (answer.rcode == 3) return answer;
    const Name& owner = answer.aliases.empty() ? question.name : answer.aliases.back();
    for (const Seen& record : seen) {
        if (record.is_alias || !is_name(message, record.owner, owner)) continue;
        auto data = wire::read_rdata(question.type, record.rdata);
        if (!data) return failed(fmt::format("a {} record that cannot be read", to_string(question.type)));
        answer.records.push_back({record.ttl, *std::move(data)});
        answer.status = Status::answer;
    }
    return answer;
}

} // namespace

void write_query(const Question& question, std::uint16_t id, Edns edns, std::string& out) {
    out.clear();
    append16(out, id);
    append16(out, flag_recursion_wanted | flag_verified);
    append16(out, 1);
    append16(out, 0);
    append16(out, 0);
    append16(out, edns == Edns::on ? 1 : 0);
    out += question.name.wire();
    append16(out, static_cast<unsigned>(question.type));
    append16(out, class_in);
    if (edns == Edns::off) return;
    out += '\0'; // RFC 6891 section 6.1.2: root, OPT, size, code and version, no data
    append16(out, type_opt);
    append16(out, largest_udp_answer);
    out.append(6, '\0');
}

bool is_truncated(std::string_view octets) {
    return octets.size() >= header_size && (octet(octets[2]) & flag_truncated >> 8) != 0;
}

std::string rcode_name(unsigned rcode) {
    static constexpr std::array<std::string_view, 12> names = {
        "NOERROR",  "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP",  "REFUSED",
        "YXDOMAIN", "YXRRSET", "NXRRSET",  "NOTAUTH",  "NOTZONE", "DSOTYPENI",
    };
    if (rcode < names.size()) return std::string(names[rcode]);
    return rcode == 16 ? "BADVERS" : fmt::format("RCODE {}", rcode);
}

Answer read_answer(const Question& question, std::string_view octets) {
    if (octets.size() < header_size) return failed("an answer shorter than its header");
    Reader reader(octets, 2);
    Header header{};
    for (unsigned* field :
         {&header.flags, &header.questions, &header.answers, &header.authorities, &header.additional})
        *field = reader.u16();
    if (!header.has(flag_answer) || (header.flags & opcode_bits) != 0) return failed("not an answer");
    const bool is_error = header.rcode() != 0 && header.rcode() != 3;
    if (is_error && header.questions == 0) return failed(rcode_name(header.rcode()), header.rcode());
    if (!is_asked(reader, header, question, octets)) return failed("an answer to another question");
    if (is_error) return failed(rcode_name(header.rcode()), header.rcode());
    if (header.has(flag_truncated)) return failed("an answer that was cut");
    return read_records(question, header, reader, octets);
}

} // namespace relaytool::dns
