#pragma once

#include "diagnosis/finding.hpp"
#include "mail/pickup.hpp"

namespace relaytool::diagnosis {

/// Why a pickup file was refused: where IIS has a reason of its own, the same finding that `diagnose` makes of
/// the BadMail file that IIS would have written, with IIS's words as evidence.
Finding finding_of(const mail::PickupRefusal& refusal);

} // namespace relaytool::diagnosis
