#include "smtp/dialogue.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::smtp {
namespace {

std::string_view without_line_end(std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

} // namespace

bool is_reply_line(std::string_view line) {
    return line.size() >= 3 && line[0] >= '1' && line[0] <= '5' && ascii::is_digit(line[1]) &&
           ascii::is_digit(line[2]) && (line.size() == 3 || line[3] == ' ' || line[3] == '-');
}

bool is_positive(const Reply& reply) {
    return reply.code >= 200 && reply.code < 300;
}

Reply plain_reply(std::string text) {
    Reply reply;
    if (is_reply_line(std::string_view(text).substr(0, 4)))
        reply.code = (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
    if (text.size() > 4) reply.enhanced = read_status(std::string_view(text).substr(4));
    reply.text = std::move(text);
    return reply;
}

Dialogue::Dialogue(Channel& channel, Transcript& transcript, Wire wire)
    : channel_(channel), transcript_(transcript), wire_(wire) {}

void Dialogue::queue(std::string_view line, std::string_view shown) {
    // Addresses and names are checked where they come in; this is the last gate (RFC 5321 section 2.3.8).
    line = line.substr(0, line.find_first_of(std::string_view("\r\n\0", 3)));
    out_.append(line).append("\r\n");
    transcript_.add(Speaker::client, wire_, shown.empty() ? line : shown);
}

void Dialogue::queue_raw(std::string_view octets, std::string_view shown) {
    out_.append(octets);
    if (!shown.empty()) transcript_.add(Speaker::client, wire_, shown);
}

Spoken<void> Dialogue::broke(Broken broken) {
    transcript_.add(Speaker::fault, wire_, broken.detail);
    return tl::unexpected(std::move(broken));
}

Spoken<void> Dialogue::flush(std::chrono::milliseconds limit) {
    if (out_.empty()) return {};
    Spoken<void> sent = channel_.send(out_, limit);
    out_.clear();
    if (!sent) return broke(std::move(sent.error()));
    return {};
}

Spoken<std::string> Dialogue::line(std::chrono::microseconds deadline) {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    std::size_t searched = at_;
    while (true) {
        const std::size_t end = in_.find('\n', searched);
        if (end != std::string::npos) {
            std::string line(without_line_end(std::string_view(in_).substr(at_, end + 1 - at_)));
            at_ = end + 1;
            if (at_ == in_.size()) {
                in_.clear();
                at_ = 0;
            }
            return line;
        }
        searched = in_.size();
        if (in_.size() - at_ > longest_reply_line)
            return tl::unexpected(Broken{Break::not_smtp, "a line without an end, given up"});
        const auto left = duration_cast<milliseconds>(deadline - transcript_.elapsed());
        if (left.count() <= 0) return tl::unexpected(Broken{Break::timed_out, "no answer in time"});
        if (Spoken<void> got = channel_.receive(in_, left); !got) return tl::unexpected(got.error());
    }
}

Spoken<Reply> Dialogue::reply(std::chrono::milliseconds limit) {
    if (Spoken<void> sent = flush(limit); !sent) return tl::unexpected(sent.error());
    const std::chrono::microseconds deadline = transcript_.elapsed() + limit;
    std::string text;
    while (true) {
        Spoken<std::string> next = line(deadline);
        if (!next) {
            broke(next.error());
            return tl::unexpected(next.error());
        }
        *next = transcript_.without_secrets(*next);
        transcript_.add(Speaker::server, wire_, *next);
        if (!is_reply_line(*next) || text.size() > longest_reply) {
            const Broken broken{Break::not_smtp, is_reply_line(*next) ? "a reply without an end, given up"
                                                                      : "not a line of an SMTP reply"};
            broke(broken);
            return tl::unexpected(broken);
        }
        // RFC 5321 section 4.2.1: all lines of a reply have one code. Half a yes is none.
        if (!text.empty() && text.compare(0, 3, *next, 0, 3) != 0) {
            const Broken broken{Break::not_smtp, "a reply whose lines disagree: " + text.substr(0, 3) +
                                                     ", then " + next->substr(0, 3)};
            broke(broken);
            return tl::unexpected(broken);
        }
        const bool is_last = next->size() == 3 || (*next)[3] == ' ';
        text.append(text.empty() ? "" : "\n").append(*next);
        if (is_last) return plain_reply(std::move(text));
    }
}

Spoken<Reply> Dialogue::ask(std::string_view line, std::chrono::milliseconds limit, std::string_view shown) {
    queue(line, shown);
    return reply(limit);
}

} // namespace relaytool::smtp
