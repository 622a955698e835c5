#include "dns/message.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

/// The question is taken from the message, so that answers are read to their end.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace relaytool;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    constexpr std::size_t header = 12;
    dns::Question question;
    const std::size_t end = size > header ? input.find('\0', header) : std::string_view::npos;
    if (end != std::string_view::npos && size >= end + 3) {
        const auto name = dns::Name::from_wire(input.substr(header, end + 1 - header));
        if (name) question.name = *name;
        question.type = static_cast<dns::Type>(data[end + 1] << 8 | data[end + 2]);
    }
    const dns::Answer answer = dns::read_answer(question, input);
    if (answer.records.empty() == (answer.status == dns::Status::answer)) std::abort();
    if (answer.aliases.size() > dns::longest_alias_chain) std::abort();
    if (answer.status == dns::Status::failure && answer.detail.empty()) std::abort();
    for (const dns::Record& record : answer.records)
        dns::canonical_octets(record.data);
    for (const dns::Name& alias : answer.aliases)
        if (dns::Name::from_escaped(alias.text() + ".") != alias && !alias.is_root()) std::abort();
    return 0;
}
