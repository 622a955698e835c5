#include "fuzz/checks.hpp"
#include "mail/address.hpp"
#include "mail/date.hpp"
#include "mail/encoded_word.hpp"
#include "mail/fields.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using relaytool::fuzz::check_utf8;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const relaytool::mail::Header header = relaytool::mail::read_header(input);
    for (const relaytool::mail::Field& field : header.fields.all()) {
        check_utf8(relaytool::mail::decode_header(field.raw));
        relaytool::mail::read_addresses(relaytool::mail::unfold(field.raw));
        if (const auto date = relaytool::mail::read_date(field.raw)) relaytool::mail::to_rfc3339(*date);
    }
    relaytool::mail::find_address(input);
    return 0;
}
