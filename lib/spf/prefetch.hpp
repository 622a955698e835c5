#pragma once

#include "spf/evaluate.hpp"

#include <memory>

namespace relaytool::spf {

/// Starts the look-ups that evaluating `query` is going to need, as soon as each can be known: the domain's
/// record, then what its terms name, then what those lead to. Terms behind one that is seen to match without
/// the DNS are left alone, and so is what lies beyond RFC 7208's limits. Returns at once; decides nothing.
void prefetch(Policies& policies, const Query& query);

} // namespace relaytool::spf
