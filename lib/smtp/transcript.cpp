#include "smtp/transcript.hpp"

#include <utility>

namespace relaytool::smtp {
Transcript::Transcript(Clock now) : now_(std::move(now)), start_(now_()) {}

void Transcript::forget() {
    forgets_ = true;
    lines_.clear();
}

void Transcript::add(Speaker speaker, Wire wire, std::string_view text) {
    if (forgets_) return;
    TranscriptLine line{speaker, wire, elapsed(), secrets_.hidden_in(text.substr(0, longest_line))};
    if (text.size() > longest_line) line.text += " ...";
    if (on_line) on_line(line);
    if (lines_.size() < most_lines)
        lines_.push_back(std::move(line));
    else
        ++dropped_;
}

} // namespace relaytool::smtp
