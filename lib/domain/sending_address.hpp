#pragma once

#include "base/ip.hpp"
#include "dns/cache.hpp"
#include "spf/evaluate.hpp"

#include <vector>

namespace relaytool::domain {

/// An address that sends mail, and what its name says.
struct SendingAddress {
    ip::Address address;
    bool is_private = false; ///< private, reserved: nobody outside ever sees it
    dns::Status status = dns::Status::no_name;
    std::vector<dns::Name> names;          ///< PTR records; the first 10
    std::vector<dns::Name> confirmed;      ///< those that lead back to the address
    bool could_not_confirm = false;        ///< a look-up of a name's addresses failed
    spf::Verdict spf = spf::Verdict::none; ///< of mail that it sends as the domain

    bool failed() const { return status == dns::Status::failure || status == dns::Status::timeout; }
};

void prefetch_sending_address(dns::Cache& cache, const ip::Address& address);
SendingAddress look_at_sending_address(dns::Cache& cache, const ip::Address& address,
                                       const dns::Name& domain);

} // namespace relaytool::domain
