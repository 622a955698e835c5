#include "smtp/exchange.hpp"

#include "base/ascii.hpp"
#include "smtp/dialogue.hpp"

#include <utility>

namespace relaytool::smtp {

std::vector<Exchange> read_exchanges(const Transcript& transcript) {
    std::vector<Exchange> result(1);
    for (const TranscriptLine& line : transcript.lines()) {
        if (line.speaker == Speaker::client) {
            const std::string_view verb = std::string_view(line.text).substr(0, line.text.find(' '));
            result.push_back({ascii::to_upper(verb), line.wire, {}, line.at, {}});
        } else if (line.speaker == Speaker::server && is_reply_line(line.text)) {
            Reply& reply = result.back().reply;
            std::string text = std::exchange(reply.text, {});
            text.append(text.empty() ? "" : "\n").append(line.text);
            reply = plain_reply(std::move(text));
            result.back().answered = line.at;
        } else if (line.speaker == Speaker::note && result.size() == 1) {
            result.front().sent = line.at;
        }
    }
    return result;
}

} // namespace relaytool::smtp
