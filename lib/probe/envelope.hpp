#pragma once

#include "probe/facts.hpp"
#include "probe/plan.hpp"
#include "smtp/capabilities.hpp"
#include "smtp/dialogue.hpp"

namespace relaytool::probe {

/// MAIL for each sender, RCPT for each recipient with the first sender that is taken, RSET behind each: no
/// message follows. Goes out at once where PIPELINING is offered (RFC 2920). Fills `senders`, `recipients`
/// and `envelope_broken` of the facts.
void try_envelope(smtp::Dialogue& dialogue, const Plan& plan, const smtp::Capabilities& offered,
                  Facts& facts);

} // namespace relaytool::probe
