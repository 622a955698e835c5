#pragma once

#include "smtp/session.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::sandbox {

/// A mail that one of the servers accepted. Never changed afterwards.
struct StoredMail {
    std::string id;        ///< 16 hexadecimal digits, unique in a run
    std::int64_t time = 0; ///< seconds since 1970-01-01 UTC
    smtp::Mail mail;
};

/// The mails that were accepted, newest last. May be used by several threads at once.
class MailStore {
public:
    /// The oldest mails go when there are more than `count`, or `octets` altogether; the newest always stays.
    explicit MailStore(std::size_t count = 1000, std::size_t octets = 512U * 1024 * 1024)
        : max_count_(count), max_octets_(octets) {}

    std::shared_ptr<const StoredMail> add(smtp::Mail mail, std::int64_t time);

    /// Oldest first.
    std::vector<std::shared_ptr<const StoredMail>> all() const;
    /// The mail with that id, or null.
    std::shared_ptr<const StoredMail> find(std::string_view id) const;
    /// False when there was none with that id.
    bool remove(std::string_view id);
    void clear();

private:
    mutable std::mutex mutex_;
    std::deque<std::shared_ptr<const StoredMail>> mails_;
    std::size_t max_count_;
    std::size_t max_octets_;
    std::size_t octets_ = 0;
    std::uint64_t next_ = 1;
};

} // namespace relaytool::sandbox
