#pragma once

#include "bounce/bounce.hpp"

#include <vector>

namespace relaytool::bounce {

/// Sorts what qmail-remote writes about a recipient: `192.0.2.1 does not like recipient.` becomes stage and
/// host, what follows `Remote host said:` the reply, `I'm not going to try again …` the notice.
void read_qmail_words(std::vector<Recipient>& recipients);

} // namespace relaytool::bounce
