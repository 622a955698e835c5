#include "sandbox/mail_store.hpp"

#include "sandbox/identity.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::sandbox {

std::shared_ptr<const StoredMail> MailStore::add(smtp::Mail mail, std::int64_t time) {
    const std::lock_guard lock(mutex_);
    auto stored = std::make_shared<const StoredMail>(StoredMail{hex16(next_++), time, std::move(mail)});
    octets_ += stored->mail.octets.size();
    mails_.push_back(stored);
    while (mails_.size() > 1 && (mails_.size() > max_count_ || octets_ > max_octets_)) {
        octets_ -= mails_.front()->mail.octets.size();
        mails_.pop_front();
    }
    return stored;
}

std::vector<std::shared_ptr<const StoredMail>> MailStore::all() const {
    const std::lock_guard lock(mutex_);
    return {mails_.begin(), mails_.end()};
}

std::shared_ptr<const StoredMail> MailStore::find(std::string_view id) const {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::find_if(mails_.begin(), mails_.end(), [&](const auto& mail) { return mail->id == id; });
    return found == mails_.end() ? nullptr : *found;
}

bool MailStore::remove(std::string_view id) {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::find_if(mails_.begin(), mails_.end(), [&](const auto& mail) { return mail->id == id; });
    if (found == mails_.end()) return false;
    octets_ -= (*found)->mail.octets.size();
    mails_.erase(found);
    return true;
}

void MailStore::clear() {
    const std::lock_guard lock(mutex_);
    mails_.clear();
    octets_ = 0;
}

} // namespace relaytool::sandbox
