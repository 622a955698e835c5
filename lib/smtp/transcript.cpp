#include "smtp/transcript.hpp"

#include "base/base64.hpp"

#include <utility>

namespace relaytool::smtp {
namespace {

constexpr std::string_view hidden = "(hidden)";
/// Shorter ones stand in ordinary words by chance.
constexpr std::size_t shortest_secret = 4;

} // namespace

Transcript::Transcript(Clock now) : now_(std::move(now)), start_(now_()) {}

void Transcript::forget() {
    forgets_ = true;
    lines_.clear();
}

void Transcript::hide(const std::string& secret) {
    if (secret.size() < shortest_secret) return;
    secrets_.push_back(secret);
    secrets_.push_back(encoding::to_base64(secret));
}

std::string Transcript::without_secrets(std::string_view text) const {
    std::string out(text);
    if (secrets_.empty()) return out;
    for (const std::string& secret : secrets_)
        for (std::size_t at = out.find(secret); at != std::string::npos;
             at = out.find(secret, at + hidden.size()))
            out.replace(at, secret.size(), hidden);
    return out;
}

void Transcript::add(Speaker speaker, Wire wire, std::string_view text) {
    if (forgets_) return;
    TranscriptLine line{speaker, wire, elapsed(), without_secrets(text.substr(0, longest_line))};
    if (text.size() > longest_line) line.text += " ...";
    if (on_line) on_line(line);
    if (lines_.size() < most_lines)
        lines_.push_back(std::move(line));
    else
        ++dropped_;
}

} // namespace relaytool::smtp
