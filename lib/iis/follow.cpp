#include "iis/follow.hpp"

#include "base/ascii.hpp"
#include "mail/mime.hpp"
#include "mail/text.hpp"

#include <algorithm>

namespace relaytool::iis {
namespace {

bool is_bad(const FolderEntry& entry) {
    return entry.kind == EntryKind::file && ascii::iends_with(entry.name, ".bad");
}

} // namespace

std::string_view to_string(Whereabouts where) {
    switch (where) {
    case Whereabouts::in_pickup: return "in-pickup";
    case Whereabouts::in_queue: return "in-queue";
    case Whereabouts::leaving: return "leaving";
    case Whereabouts::gone: return "gone";
    case Whereabouts::picked_up: return "picked-up";
    case Whereabouts::bounced: return "bounced";
    }
    return "";
}

bool is_about(std::string_view mail, std::string_view message_id) {
    if (message_id.empty()) return false;
    std::string storage;
    const std::string_view text = mail::readable_text(mail, storage);
    if (text.find(message_id) != std::string_view::npos) return true;
    // The original may be returned in base64 or quoted-printable.
    const mail::Mime mime = mail::read_mime(text);
    return std::any_of(mime.parts.begin(), mime.parts.end(), [&](const mail::Part& part) {
        return part.header.has("Content-Transfer-Encoding") &&
               mail::decoded_body(part, Follower::longest_look).find(message_id) != std::string::npos;
    });
}

Follower::Follower(std::string file, std::string message_id, const Snapshot& before)
    : file_(std::move(file)), message_id_(std::move(message_id)) {
    for (const auto* folder : {&before.queue, &before.badmail})
        if (*folder)
            for (const FolderEntry& entry : **folder)
                old_.emplace(entry.path, entry.size);
}

Follower::Belongs Follower::belongs(const FolderEntry& entry, const Read& read) {
    if (entry.kind != EntryKind::file || old_.count({entry.path, entry.size}) != 0) return Belongs::no;
    const std::pair<std::uint64_t, std::int64_t> version{entry.size, entry.modified};
    const auto found = known_.find(entry.path);
    if (found != known_.end() && found->second.first == version &&
        found->second.second != Belongs::unreadable)
        return found->second.second;
    const std::optional<std::string> bytes = read(entry.path);
    Belongs answer = Belongs::unreadable;
    if (bytes)
        answer = is_about(std::string_view(*bytes).substr(0, longest_look), message_id_) ? Belongs::yes
                                                                                         : Belongs::no;
    known_[entry.path] = {version, answer};
    return answer;
}

std::vector<std::string> Follower::bounces(const Snapshot& now, const Read& read) {
    std::vector<std::string> found;
    if (!now.badmail) return found;
    for (const FolderEntry& entry : *now.badmail)
        if (is_bad(entry) && belongs(entry, read) == Belongs::yes) found.push_back(entry.path);
    return found;
}

/// A new file in Queue that cannot be read may well be ours: better to wait than to call it delivered.
bool Follower::is_queued(const Snapshot& now, const Read& read) {
    return now.queue && std::any_of(now.queue->begin(), now.queue->end(), [&](const FolderEntry& entry) {
               return belongs(entry, read) != Belongs::no;
           });
}

Sighting Follower::step(const Snapshot& now, const Read& read, std::int64_t seconds) {
    Sighting sighting;
    sighting.badmail = bounces(now, read);
    const bool is_in_pickup =
        std::any_of(now.pickup.begin(), now.pickup.end(),
                    [this](const FolderEntry& entry) { return ascii::iequals(entry.name, file_); });
    if (!sighting.badmail.empty())
        sighting.where = Whereabouts::bounced;
    else if (is_in_pickup)
        sighting.where = Whereabouts::in_pickup;
    else if (is_queued(now, read))
        sighting.where = Whereabouts::in_queue;
    else
        sighting.where = Whereabouts::leaving;
    if (where_ != sighting.where) {
        where_ = sighting.where;
        since_ = seconds;
    }
    sighting.age = std::max<std::int64_t>(0, seconds - since_);
    if (sighting.where == Whereabouts::leaving && sighting.age >= settling)
        sighting.where = now.queue ? Whereabouts::gone : Whereabouts::picked_up;
    return sighting;
}

} // namespace relaytool::iis
