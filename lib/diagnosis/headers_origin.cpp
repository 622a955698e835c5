#include "diagnosis/headers_sheet.hpp"

#include <algorithm>

namespace relaytool::diagnosis {
namespace {

std::string evidence_of(const HeadersSheet& sheet) {
    const Origin& origin = sheet.so_far().origin;
    return origin.hop ? sheet.headers().route.hops[*origin.hop].text : std::string{};
}

/// The sender was not believed, or the message went where nobody looks.
bool did_harm(const HeadersSheet& sheet) {
    const HeadersVerdict& so_far = sheet.so_far();
    return so_far.dmarc == false || so_far.filter.placement == Placement::junk;
}

/// A provider's own customer with an address of the provider.
bool is_own_address(const HeadersSheet& sheet) {
    const Origin& origin = sheet.so_far().origin;
    return origin.carrier && route::carrier_of(sheet.headers().from_domain()) == origin.carrier;
}

void judge_stranger(HeadersSheet& sheet) {
    const Origin& origin = sheet.so_far().origin;
    const bool is_isp = origin.kind == OriginKind::isp;
    if (is_own_address(sheet) || (!is_isp && sheet.so_far().dmarc == true)) return;
    // A name of its own domain says where it comes from, but only a proof counts.
    const Severity severity = did_harm(sheet)                           ? Severity::error
                              : is_isp || sheet.so_far().dmarc == false ? Severity::warning
                                                                        : Severity::info;
    const std::string_view rule = is_isp && origin.has_iis ? "headers-iis-to-isp"
                                  : is_isp                 ? "headers-isp"
                                  : origin.carrier         ? "headers-other-provider"
                                                           : "headers-own-server";
    sheet.find_first(rule, {}, evidence_of(sheet), severity);
}

void judge_direct_send(HeadersSheet& sheet) {
    Values values;
    if (const auto& sender = sheet.so_far().origin.sender) values.emplace_back("ip", ip::to_string(*sender));
    sheet.find_first("headers-direct-send", std::move(values), evidence_of(sheet),
                     did_harm(sheet) ? Severity::error : Severity::info);
}

} // namespace

void judge_origin(HeadersSheet& sheet) {
    const Origin& origin = sheet.so_far().origin;
    const bool is_direct =
        origin.kind == OriginKind::direct_send || origin.through == OriginKind::direct_send;
    if (sheet.headers().route.hops.empty()) {
        sheet.find("headers-no-route");
        return;
    }
    if (origin.kind == OriginKind::isp || origin.kind == OriginKind::other_provider)
        judge_stranger(sheet);
    else if (is_direct)
        judge_direct_send(sheet);
    if (origin.is_claimed && sheet.headers().route.border)
        sheet.find("headers-claimed", {}, evidence_of(sheet));
}

} // namespace relaytool::diagnosis
