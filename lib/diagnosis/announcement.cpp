#include "diagnosis/announcement.hpp"

namespace relaytool::diagnosis {

const Announcement& basic_auth_retirement() {
    static constexpr Announcement announcement{
        .subject = "basic authentication of SMTP client submission",
        .stated = "2026-01-27",
        .plan =
            "at the end of December 2026 passwords are switched off by default in existing tenants, whose "
            "administrators can switch them on again; tenants made later do not have them by default; the "
            "date of the final removal is to be announced in the second half of 2027",
        .source = "https://techcommunity.microsoft.com/blog/exchange/4489835",
        .checked = "2026-11-23",
    };
    return announcement;
}

} // namespace relaytool::diagnosis
