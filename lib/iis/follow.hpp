#pragma once

#include "base/folders.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What becomes of a file in the Pickup folder, told from what is in the folders.
namespace relaytool::iis {

/// The folders at one moment. Absent: not known, or not to be listed.
struct Snapshot {
    std::vector<FolderEntry> pickup;
    std::optional<std::vector<FolderEntry>> queue;
    std::optional<std::vector<FolderEntry>> badmail;
};

enum class Whereabouts {
    in_pickup, ///< nobody has taken it yet
    in_queue,  ///< IIS has it, and has not got rid of it
    leaving,   ///< it is nowhere, but not for long enough to be sure
    gone,      ///< handed to the next hop
    picked_up, ///< taken from Pickup; there is no Queue folder to look into
    bounced,   ///< files in BadMail belong to it
};

/// "in-pickup", "in-queue", …: for JSON.
std::string_view to_string(Whereabouts where);

struct Sighting {
    Whereabouts where = Whereabouts::in_pickup;
    std::int64_t age = 0;             ///< seconds that it has been there
    std::vector<std::string> badmail; ///< paths of .BAD files that belong to it
};

/// Whether a mail (a failure report, the mail itself) is about the message with that Message-ID (without
/// angle brackets): in its header, or in what it returns of the original.
bool is_about(std::string_view mail, std::string_view message_id);

/// Follows one message. Decides only; the caller lists the folders and reads files.
class Follower {
public:
    /// Gone for this many seconds: IIS moves a mail from folder to folder, and a report into BadMail last.
    static constexpr std::int64_t settling = 3;
    /// Octets of a file that are looked at.
    static constexpr std::size_t longest_look = 1024 * 1024;

    /// Reads one file; nothing when it cannot be read.
    using Read = std::function<std::optional<std::string>(const std::string& path)>;

    /// `file` is its name in Pickup; `before` shows the folders before it was put there.
    Follower(std::string file, std::string message_id, const Snapshot& before);

    /// Where the message is at `seconds`, a time that does not run backwards.
    Sighting step(const Snapshot& now, const Read& read, std::int64_t seconds);

private:
    enum class Belongs { no, yes, unreadable };

    Belongs belongs(const FolderEntry& entry, const Read& read);
    std::vector<std::string> bounces(const Snapshot& now, const Read& read);
    bool is_queued(const Snapshot& now, const Read& read);

    std::string file_;
    std::string message_id_;
    std::set<std::pair<std::string, std::uint64_t>> old_; ///< paths and sizes of files that were there before
    /// What was read, by path, size and time: a file that grows is read again.
    std::map<std::string, std::pair<std::pair<std::uint64_t, std::int64_t>, Belongs>> known_;
    std::optional<Whereabouts> where_;
    std::int64_t since_ = 0;
};

} // namespace relaytool::iis
