#include "base/ascii.hpp"
#include "dns/zone.hpp"
#include "dns/zone_data.hpp"
#include "dns/zone_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace relaytool::dns {
namespace {

using Failure = tl::unexpected<std::string>;
using Done = tl::expected<void, std::string>;

constexpr std::uint32_t usual_ttl = 3600;

/// Reads the lines of one file; what a line leaves out comes from those before it.
class ZoneReader {
public:
    Done line(const Line& line);
    Zone take() { return std::move(zone_); }

private:
    Done directive(const Line& line);
    Done record(const Line& line);
    Done owner(const Line& line, std::size_t& next);
    std::uint32_t ttl_of(Type type, std::optional<std::uint32_t> written, const Data& data);
    const Name* origin() const { return origin_ ? &*origin_ : nullptr; }

    Zone zone_;
    std::optional<Name> origin_;
    std::optional<Name> owner_;
    std::optional<std::uint32_t> default_ttl_; ///< $TTL
    std::optional<std::uint32_t> last_ttl_;
};

Done ZoneReader::line(const Line& line) {
    const Word& first = line.words.front();
    if (!line.starts_blank && !first.quoted && first.text.starts_with('$')) return directive(line);
    return record(line);
}

Done ZoneReader::directive(const Line& line) {
    const std::string_view name = line.words.front().text;
    if (ascii::iequals(name, "$INCLUDE"))
        return Failure("other files are not read from here: give each with a --zone of its own");
    if (!ascii::iequals(name, "$ORIGIN") && !ascii::iequals(name, "$TTL"))
        return Failure(fmt::format("{} is not known: $ORIGIN and $TTL are; write its records out", name));
    if (line.words.size() != 2) return Failure(fmt::format("{} has one value behind it", name));
    const std::string_view value = line.words[1].text;
    if (ascii::iequals(name, "$TTL")) {
        default_ttl_ = zone_ttl(value);
        return default_ttl_ ? Done{} : Failure(fmt::format("\"{}\" is no time: write 3600 or 1h", value));
    }
    auto origin = zone_name(value, this->origin());
    if (!origin) return Failure(origin.error());
    origin_ = *std::move(origin);
    return {};
}

Done ZoneReader::owner(const Line& line, std::size_t& next) {
    if (line.starts_blank) {
        if (owner_) return {};
        return Failure("the first record has no name in front: begin the line with one, or with @");
    }
    auto name = zone_name(line.words.front().text, origin());
    if (!name) return Failure(name.error());
    owner_ = *std::move(name);
    next = 1;
    return {};
}

/// RFC 3597 section 5 for classes without a name.
bool is_class(std::string_view word) {
    for (const std::string_view name : {"IN", "CH", "HS", "CS"})
        if (ascii::iequals(word, name)) return true;
    return ascii::istarts_with(word, "CLASS") && word.size() > 5 &&
           std::all_of(word.begin() + 5, word.end(), ascii::is_digit);
}

bool is_internet(std::string_view class_name) {
    return ascii::iequals(class_name, "IN") || ascii::iequals(class_name, "CLASS1");
}

std::uint32_t ZoneReader::ttl_of(Type type, std::optional<std::uint32_t> written, const Data& data) {
    if (written) last_ttl_ = written;
    // RFC 2308 section 4; before it, and in files without $TTL, the last one counts (RFC 1035 section 5.1).
    if (!written && default_ttl_) return *default_ttl_;
    if (!last_ttl_ && type == Type::soa) {
        const std::string& octets = std::get<Opaque>(data).octets;
        std::uint32_t minimum = 0;
        for (std::size_t i = octets.size() < 4 ? octets.size() : octets.size() - 4; i < octets.size(); ++i)
            minimum = minimum << 8 | static_cast<unsigned char>(octets[i]);
        last_ttl_ = minimum;
    }
    return last_ttl_.value_or(usual_ttl);
}

Done ZoneReader::record(const Line& line) {
    std::size_t next = 0;
    if (auto named = owner(line, next); !named) return named;
    std::optional<std::uint32_t> ttl;
    std::optional<std::string_view> class_name;
    for (; next < line.words.size() && !line.words[next].quoted; ++next) {
        const std::string_view word = line.words[next].text;
        if (!class_name && is_class(word))
            class_name = word;
        else if (!ttl && zone_ttl(word))
            ttl = zone_ttl(word);
        else
            break;
    }
    if (next == line.words.size()) return Failure("a record without a type: write A, MX, TXT, …");
    const std::string_view word = line.words[next].text;
    const auto type = line.words[next].quoted ? std::nullopt : zone_type(word);
    if (!type)
        return Failure(
            fmt::format("\"{}\" is no record type; a name in front of it, time, class and type come "
                        "in this order",
                        word));
    ++next;
    if (is_signature(*type) || (class_name && !is_internet(*class_name))) return {};
    auto data = zone_data(*type, line.words.data() + next, line.words.size() - next, origin());
    if (!data) return Failure(fmt::format("{} record: {}", to_string(*type), data.error()));
    const std::uint32_t seconds = ttl_of(*type, ttl, *data);
    zone_.records.push_back({*owner_, *type, {seconds, *std::move(data)}});
    return {};
}

/// Why the file is no text that a zone could be in; "" when it is.
std::string_view why_no_text(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return "the file is UTF-16: save it as UTF-8 or as plain text";
    if (text.find('\0') != std::string_view::npos)
        return "there are zeros in the file: it is no zone file, or it is UTF-16; save it as UTF-8";
    return {};
}

} // namespace

Result<Zone> read_zone(std::string_view text, std::string_view file) {
    if (const std::string_view why = why_no_text(text); !why.empty())
        return tl::unexpected(Error{std::string(file), std::string(why)});
    LineCutter lines(text, file);
    ZoneReader reader;
    Line line;
    while (true) {
        const auto more = lines.next(line);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return reader.take();
        if (const auto read = reader.line(line); !read)
            return tl::unexpected(Error{fmt::format("{}:{}", file, line.number), read.error()});
    }
}

} // namespace relaytool::dns
