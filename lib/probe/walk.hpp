#pragma once

#include "dns/cache.hpp"
#include "probe/facts.hpp"
#include "probe/plan.hpp"
#include "smtp/transcript.hpp"

namespace relaytool::probe {

/// What a walk needs of the world.
struct Surroundings {
    smtp::Connector& connector;
    dns::Cache* dns = nullptr; ///< null: names are left to the system
    smtp::Transcript::Clock clock;
};

/// Walks from the name to the envelope and says goodbye. Addresses, TLS versions and what Depth::deep asks
/// for are tried at the same time, over connections of their own. `transcript` gets the walk's own dialogue.
Facts walk(const Plan& plan, const Surroundings& around, smtp::Transcript& transcript);

} // namespace relaytool::probe
