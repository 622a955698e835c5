#pragma once

#include "mail/fields.hpp"
#include "route/carrier.hpp"
#include "route/filter.hpp"
#include "route/microsoft_host.hpp"
#include "route/received.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::route {

/// Who could have written a Received field.
enum class Trust {
    own,     ///< the recipient's side wrote it
    vouched, ///< a known company, whose server handed the mail over; only its own servers write such fields
    claimed, ///< anybody who sent the mail could have made it up
};
std::string_view to_string(Trust trust);

/// How a hop's clock agrees with those of the hops around it.
enum class Clock {
    unknown, ///< the hop has no time
    fine,
    ahead,  ///< it is later than times that were written after it
    behind, ///< it is earlier than times that were written before it
};
std::string_view to_string(Clock clock);

/// One Received field in its place.
struct Hop {
    Received received;
    std::string text;      ///< the field's value on one line, verbatim
    std::size_t field = 0; ///< which field of the header, from 0, counted from the top
    Trust trust = Trust::claimed;
    const Carrier* carrier = nullptr; ///< of the server that wrote it, or null
    MicrosoftHost microsoft = MicrosoftHost::none;
    Clock clock = Clock::unknown;
    /// Seconds that the clock is off, at least; 0 when it is fine.
    std::int64_t clock_off = 0;
    /// Seconds since the hop before it, over clocks that are fine; absent for the first, and beside a wrong
    /// clock.
    std::optional<std::int64_t> delay;
};

/// The way of a message.
struct Route {
    std::vector<Hop> hops; ///< oldest first: from the sender to the mailbox
    /// The hop at which the recipient's side took the mail from somebody else: its line names the true
    /// address. Absent when that cannot be told, and when the mail never came from outside.
    std::optional<std::size_t> border;
    /// Seconds from the first to the last time that is believed.
    std::optional<std::int64_t> total;
};

/// Clocks that differ by this much are nothing to speak of, in seconds.
inline constexpr std::int64_t clock_tolerance = 5;

/// Puts the Received fields of a header in order, and finds the border, delays and wrong clocks. `date` is
/// that of the Date field, in seconds since 1970-01-01 UTC.
Route read_route(const mail::Fields& fields, const Filter& filter, std::optional<std::int64_t> date);

/// Whether Exchange Online handed the mail to the server that wrote `received`: by the address that it saw or
/// the name that it found. A name that the client gave itself counts only where no address is told.
bool is_from_microsoft(const Received& received, const Filter& filter);

} // namespace relaytool::route
