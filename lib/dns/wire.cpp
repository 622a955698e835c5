#include "dns/wire.hpp"

#include "base/ascii.hpp"
#include "dns/message.hpp"

#include <utility>

namespace relaytool::dns::wire {
namespace {

/// A name has at most 127 labels, and needs no more pointers than labels.
constexpr int most_pointers = 127;

/// The labels of a name that may be compressed, one after the other (RFC 1035 section 4.1.4). Pointers must
/// lead backwards, and their number is bounded.
class Labels {
public:
    Labels(std::string_view message, std::size_t at) : message_(message), at_(at), limit_(at) {}

    /// The next label, empty at the end of the name; nothing when it cannot be read.
    std::optional<std::string_view> next() {
        while (at_ < message_.size()) {
            const unsigned length = octet(message_[at_]);
            if (length >= 0xC0) {
                if (!follow()) return std::nullopt;
                continue;
            }
            if (length > longest_label || length >= message_.size() - at_) return std::nullopt;
            const std::string_view label = message_.substr(at_ + 1, length);
            at_ += length + 1;
            if (pointers_ == 0) end_ = at_;
            return label;
        }
        return std::nullopt;
    }

    /// Where the name ends in the place it stands at.
    std::size_t end() const { return end_; }

private:
    bool follow() {
        if (at_ + 1 >= message_.size() || ++pointers_ > most_pointers) return false;
        if (pointers_ == 1) end_ = at_ + 2;
        const std::size_t target = (octet(message_[at_]) & 0x3F) << 8 | octet(message_[at_ + 1]);
        if (target >= limit_) return false;
        at_ = limit_ = target;
        return true;
    }

    std::string_view message_;
    std::size_t at_;
    std::size_t limit_; ///< where the stretch began: a pointer leads before it
    std::size_t end_ = 0;
    int pointers_ = 0;
};

std::optional<Data> read_address_data(const Rdata& rdata, std::size_t size) {
    if (rdata.size != size) return std::nullopt;
    return ip::address_from_octets(rdata.octets()).value();
}

std::optional<Data> read_text(std::string_view octets) {
    Text text;
    while (!octets.empty()) {
        const std::size_t length = octet(octets.front());
        if (length >= octets.size()) return std::nullopt;
        text.strings.emplace_back(octets.substr(1, length));
        octets.remove_prefix(length + 1);
    }
    return text;
}

} // namespace

void append16(std::string& out, unsigned value) {
    out += static_cast<char>(value >> 8 & 0xFF);
    out += static_cast<char>(value & 0xFF);
}

bool is_name(std::string_view message, std::size_t at, const Name& name) {
    Labels labels(message, at);
    std::string_view wire = name.wire();
    while (true) {
        const auto label = labels.next();
        if (!label || label->size() != octet(wire.front())) return false;
        if (label->empty()) return true;
        if (!ascii::iequals(*label, wire.substr(1, label->size()))) return false;
        wire.remove_prefix(label->size() + 1);
    }
}

std::optional<Name> read_name(std::string_view message, std::size_t at, std::size_t end) {
    Labels labels(message, at);
    std::string wire;
    while (wire.size() < longest_name) {
        const auto label = labels.next();
        if (!label) return std::nullopt;
        wire += static_cast<char>(label->size());
        wire += *label;
        if (label->empty()) return labels.end() == end ? Name::from_wire(wire) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<Name> name_behind(const Rdata& rdata, std::size_t fixed) {
    if (rdata.size <= fixed) return std::nullopt;
    return read_name(rdata.message, rdata.at + fixed, rdata.end());
}

std::optional<Data> read_rdata(Type type, const Rdata& rdata) {
    switch (type) {
    case Type::a: return read_address_data(rdata, 4);
    case Type::aaaa: return read_address_data(rdata, 16);
    case Type::txt:
    case Type::spf: return read_text(rdata.octets());
    case Type::ns:
    case Type::cname:
    case Type::ptr: return name_behind(rdata, 0);
    case Type::mx: {
        auto exchange = name_behind(rdata, 2);
        if (!exchange) return std::nullopt;
        return Mx{rdata.u16(0), *std::move(exchange)};
    }
    case Type::srv: {
        auto target = name_behind(rdata, 6);
        if (!target) return std::nullopt;
        return Srv{rdata.u16(0), rdata.u16(2), rdata.u16(4), *std::move(target)};
    }
    case Type::tlsa: {
        const std::string_view octets = rdata.octets();
        if (octets.size() < 3) return std::nullopt;
        const auto field = [&](std::size_t i) { return static_cast<std::uint8_t>(octets[i]); };
        return Tlsa{field(0), field(1), field(2), std::string(octets.substr(3))};
    }
    default: return Opaque{std::string(rdata.octets())};
    }
}

} // namespace relaytool::dns::wire

namespace relaytool::dns {

std::optional<Data> read_data(Type type, std::string_view octets) {
    return wire::read_rdata(type, {octets, 0, octets.size()});
}

std::string canonical_octets(const Data& data) {
    std::string out;
    if (const auto* address = std::get_if<ip::Address>(&data)) {
        out = ip::to_string(*address);
    } else if (const auto* name = std::get_if<Name>(&data)) {
        out = ascii::to_lower(name->wire());
    } else if (const auto* text = std::get_if<Text>(&data)) {
        for (const std::string& part : text->strings)
            out.append(1, static_cast<char>(part.size())).append(part);
    } else if (const auto* mx = std::get_if<Mx>(&data)) {
        wire::append16(out, mx->preference);
        out += ascii::to_lower(mx->exchange.wire());
    } else if (const auto* srv = std::get_if<Srv>(&data)) {
        for (const unsigned field : {srv->priority, srv->weight, srv->port})
            wire::append16(out, field);
        out += ascii::to_lower(srv->target.wire());
    } else if (const auto* tlsa = std::get_if<Tlsa>(&data)) {
        for (const std::uint8_t field : {tlsa->usage, tlsa->selector, tlsa->matching})
            out += static_cast<char>(field);
        out += tlsa->data;
    } else if (const auto* opaque = std::get_if<Opaque>(&data)) {
        out = opaque->octets;
    }
    return out;
}

} // namespace relaytool::dns
