#pragma once

#include "iis/bad_mail_writer.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// IIS SMTP's part of the sandbox: what it does with the files of a mailroot folder. It decides;
/// sandbox/mailroot does the work.
namespace relaytool::sandbox {

/// A file in Pickup or Queue.
struct FolderFile {
    std::string name;
    std::uint64_t size = 0; ///< octets

    bool operator==(const FolderFile&) const = default;
};

/// What lies in the two folders.
struct MailrootListing {
    std::vector<FolderFile> pickup;
    std::vector<FolderFile> queue;
};

/// A mail taken from a pickup file.
struct PickedUp {
    std::string sender;
    std::vector<std::string> recipients;
    std::string message; ///< header and body, lines ending in CRLF, without the lines of the envelope
};

/// What the next hop said about one recipient.
struct RecipientReply {
    std::string address;
    std::string reply; ///< its lines separated by '\n'; empty when there was no answer
};

struct MoveToQueue {
    std::string pickup_name;
    std::string queue_name;
    bool operator==(const MoveToQueue&) const = default;
};
/// To be read from the Queue folder, and then given to IisPlayer::open().
struct OpenQueued {
    std::string name;
    bool operator==(const OpenQueued&) const = default;
};
struct RemoveQueued {
    std::string name;
    bool operator==(const RemoveQueued&) const = default;
};
struct WriteBadMail {
    std::string name;
    std::string bytes;
    bool operator==(const WriteBadMail&) const = default;
};
using MailrootAction = std::variant<MoveToQueue, OpenQueued, RemoveQueued, WriteBadMail>;

struct IisSettings {
    std::string host;                         ///< name of the server that is played
    std::string client = "localhost";         ///< whose mails these are, in reports
    std::int64_t retry_seconds = 15 * 60;     ///< between two attempts; IIS starts with 15 minutes
    std::int64_t give_up_seconds = 2 * 86400; ///< IIS: two days
};

/// Files looked at in one step; the others have to wait.
inline constexpr std::size_t max_files_per_step = 100;

/// The state of the server: which files it has seen and when it tries again.
class IisPlayer {
public:
    /// `first_serial` should differ from start to start: it is a part of file names.
    IisPlayer(IisSettings settings, std::uint32_t first_serial)
        : settings_(std::move(settings)), serial_(first_serial) {}

    /// What is to be done, in order. A file in Pickup is taken when its size is the same in two steps: it may
    /// still be written. `now`: seconds since 1970-01-01 UTC.
    std::vector<MailrootAction> step(const MailrootListing& listing, std::int64_t now);

    /// What a queued file is: a mail to hand on (to those recipients who have not got it yet), or what
    /// becomes of a file that is none.
    std::variant<PickedUp, std::vector<MailrootAction>> open(const std::string& name, std::string_view bytes,
                                                             std::int64_t now);

    /// What becomes of the mail of `name` after the next hop has answered: it is removed (2xx), returned
    /// (5xx, both files), or waits on (4xx or no answer). `mail` as open() gave it.
    std::vector<MailrootAction> answered(const std::string& name, const PickedUp& mail,
                                         const std::vector<RecipientReply>& replies, std::int64_t now);

private:
    /// A file in Queue.
    struct Waiting {
        iis::MailId id; ///< the same in all attempts: a Message-ID may be made of it
        std::int64_t next_attempt = 0;
        std::vector<std::string> settled;       ///< recipients that are done with
        std::vector<iis::UndeliveredTo> failed; ///< those of them that refused for good
    };

    iis::MailId next_id(std::int64_t now) { return {now, serial_++}; }
    Waiting& waiting_for(const std::string& name, std::int64_t now);
    void forget_missing(const MailrootListing& listing);
    std::vector<MailrootAction> bad_mail(const std::string& name, std::string bytes,
                                         iis::BadMailReason reason, const iis::MailId& id) const;
    /// What becomes of a mail whose recipients are all settled.
    std::vector<MailrootAction> finished(const std::string& name, const PickedUp& mail, std::int64_t now);

    IisSettings settings_;
    std::uint32_t serial_;
    std::map<std::string, std::uint64_t> seen_; ///< sizes of files in Pickup in the step before
    std::map<std::string, Waiting> waiting_;
};

} // namespace relaytool::sandbox
