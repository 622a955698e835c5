#pragma once

#include <cstddef>
#include <string_view>

namespace relaytool::mail {

/// Gives the messages of an mbox file (RFC 4155) one by one, without copying. A text that is no mbox is one
/// message.
class Mbox {
public:
    explicit Mbox(std::string_view text);

    /// Sets `message` to the next message, its `From ` line included; false when there is none.
    bool next(std::string_view& message);

    bool is_mbox() const { return is_mbox_; }

private:
    std::size_t next_separator(std::size_t from) const;

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t search_from_ = 0; ///< behind the first line, which may have blank ones in front
    bool is_mbox_ = false;
};

} // namespace relaytool::mail
