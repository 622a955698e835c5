#pragma once

#include "base/secret_words.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::smtp {

/// Who said a line of a transcript, or what kind of remark it is.
enum class Speaker {
    client, ///< we
    server, ///< they
    note,   ///< of the program: connected, TLS made
    fault,  ///< of the program: what broke
};

/// How a line travelled.
enum class Wire { plain, tls };

/// One line, without its line end. Never holds a secret: where one was sent, a remark stands for it.
struct TranscriptLine {
    Speaker speaker = Speaker::note;
    Wire wire = Wire::plain;
    std::chrono::microseconds at{0}; ///< since the transcript began
    std::string text;                ///< of the server: verbatim, cut at longest_line
};

/// What was said on one connection, in order. The only source of statements about it: libraries keep stale
/// reply codes, and call partly refused mail a success.
class Transcript {
public:
    using Clock = std::function<std::chrono::microseconds()>;

    static constexpr std::size_t longest_line = 8 * 1024; ///< octets kept of one line
    static constexpr std::size_t most_lines = 4000;       ///< lines kept; more are counted only

    /// `now` tells the time since any fixed moment.
    explicit Transcript(Clock now);

    void add(Speaker speaker, Wire wire, std::string_view text);

    /// Lines are no longer kept, nor told: a load test talks too much for that.
    void forget();

    /// From now on `secret` appears as "(hidden)" wherever a server repeats it.
    void hide(const std::string& secret) { secrets_.add(secret); }
    std::string without_secrets(std::string_view text) const { return secrets_.hidden_in(text); }

    const std::vector<TranscriptLine>& lines() const { return lines_; }
    std::size_t dropped() const { return dropped_; }
    std::chrono::microseconds elapsed() const { return now_() - start_; }

    /// Called with each line as it comes.
    std::function<void(const TranscriptLine&)> on_line;

private:
    Clock now_;
    std::chrono::microseconds start_;
    bool forgets_ = false;
    SecretWords secrets_;
    std::vector<TranscriptLine> lines_;
    std::size_t dropped_ = 0;
};

} // namespace relaytool::smtp
