#include "probe/facts.hpp"

#include <algorithm>

namespace relaytool::probe {

const std::vector<smtp::Certificate>& Facts::chain() const {
    static const std::vector<smtp::Certificate> none;
    if (!outcome.tls.chain.empty()) return outcome.tls.chain;
    // The newest version's: that is what a client gets.
    const auto found = std::find_if(versions.rbegin(), versions.rend(),
                                    [](const VersionTrial& trial) { return !trial.tls.chain.empty(); });
    return found == versions.rend() ? none : found->tls.chain;
}

const smtp::Capabilities& Facts::inside_tls() const {
    static const smtp::Capabilities none;
    if (outcome.tls.is_on() && outcome.now.esmtp) return outcome.now;
    const auto found = std::find_if(versions.rbegin(), versions.rend(),
                                    [](const VersionTrial& trial) { return trial.offered.esmtp; });
    return found == versions.rend() ? none : found->offered;
}

bool Facts::had_tls() const {
    // Where libcurl gives up inside TLS, only the transcript tells that it was there.
    return outcome.tls.is_on() || outcome.times.secured.count() > 0 ||
           std::any_of(exchanges.begin(), exchanges.end(),
                       [](const smtp::Exchange& exchange) { return exchange.wire == smtp::Wire::tls; });
}

} // namespace relaytool::probe
