#include "mail/dsn.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const relaytool::mail::DeliveryStatus status = relaytool::mail::read_delivery_status(input);
    for (const relaytool::mail::Fields& group : status.recipients) {
        relaytool::mail::read_typed(group.raw("Final-Recipient"));
        relaytool::mail::reply_of_diagnostic(group.raw("Diagnostic-Code"));
    }
    return 0;
}
