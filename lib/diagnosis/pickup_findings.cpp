#include "diagnosis/pickup_findings.hpp"

#include "diagnosis/check.hpp"
#include "diagnosis/match.hpp"

#include <fmt/format.h>

namespace relaytool::diagnosis {
namespace {

using mail::PickupFault;

/// The reason that stands in the .BDR file (KB Q319285).
Finding bad_file(const mail::PickupRefusal& refusal) {
    Evidence evidence;
    evidence.local_error = refusal.iis_error;
    Finding finding = diagnose(evidence);
    finding.evidence = fmt::format("Error is processing file in pickup directory. The specific error code was 0x{:08X}.",
                                   refusal.iis_error);
    finding.permanent = true;
    return finding;
}

/// The reason under which Windows counts it (performance object SMTP Server).
Finding nobody_named() {
    Evidence evidence;
    evidence.notice = "Badmailed Messages (No Recipients)";
    Finding finding = diagnose(evidence);
    finding.evidence = evidence.notice;
    finding.permanent = true;
    return finding;
}

Finding ours(std::string_view id, const Values& values) {
    Finding finding = finding_of(id, values);
    finding.permanent = true;
    return finding;
}

} // namespace

Finding finding_of(const mail::PickupRefusal& refusal) {
    switch (refusal.fault) {
    case PickupFault::empty:
    case PickupFault::no_header:
    case PickupFault::no_sender:
    case PickupFault::bad_sender: return bad_file(refusal);
    case PickupFault::no_recipients: return nobody_named();
    case PickupFault::too_big: return ours("pickup-file-too-big", {{"detail", "It holds more than 64 MiB"}});
    case PickupFault::header_too_big:
        return ours("pickup-file-too-big", {{"detail", "Its header holds more than 256 KiB"}});
    case PickupFault::nul: return ours("pickup-file-no-text", {});
    case PickupFault::bad_recipient: return ours("pickup-recipient-invalid", {{"value", refusal.detail}});
    case PickupFault::too_many_recipients:
        return ours("pickup-too-many-recipients",
                    {{"limit", std::to_string(mail::max_recipients_of_message)}});
    }
    return {};
}

} // namespace relaytool::diagnosis
