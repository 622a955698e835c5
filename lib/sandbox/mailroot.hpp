#pragma once

#include "base/result.hpp"
#include "mail/message.hpp"
#include "sandbox/iis_player.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::sandbox {

/// The folders Pickup, Queue and BadMail; implemented by the edge, and by a plain fake in the tests. Names
/// are those of files, without folder.
class Mailroot {
public:
    virtual ~Mailroot() = default;

    virtual Result<MailrootListing> list() = 0;
    /// In one step, so that nobody ever sees the mail in both folders or in none. Fails when the new name is
    /// taken.
    virtual Result<void> move_to_queue(const std::string& pickup_name, const std::string& queue_name) = 0;
    /// The first `longest_queued` octets: more than any mail may have.
    virtual Result<std::string> read_queued(const std::string& name) = 0;
    virtual Result<void> remove_queued(const std::string& name) = 0;
    /// Under that name at once with all its bytes. Fails when the name is taken.
    virtual Result<void> write_bad_mail(const std::string& name, std::string_view bytes) = 0;
};

/// One more than the largest file that is a mail.
inline constexpr std::size_t longest_queued = mail::longest_message + 1;

/// The server that IIS hands mail on to (its smart host).
class NextHop {
public:
    virtual ~NextHop() = default;

    /// One answer for each recipient, in their order.
    virtual std::vector<RecipientReply> deliver(const PickedUp& mail) = 0;
};

/// What happened to a file, for the log.
struct MailrootEvent {
    enum class What {
        picked_up, ///< `file` is in Queue now, as `detail`
        delivered, ///< and removed
        waiting,   ///< `detail`: the last reply
        bad_mail,  ///< `file` was written to BadMail
        trouble,   ///< a file could not be worked on; `detail`: why
    };
    What what = What::trouble;
    std::string file;
    std::string detail;

    bool operator==(const MailrootEvent&) const = default;
};

/// One round over the folders. An Error only when they cannot be listed; trouble with one file is an event,
/// and the others go on. `now`: seconds since 1970-01-01 UTC.
Result<std::vector<MailrootEvent>> play_mailroot(IisPlayer& player, Mailroot& mailroot, NextHop& next_hop,
                                                 std::int64_t now);

} // namespace relaytool::sandbox
