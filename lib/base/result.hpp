#pragma once

#include <tl/expected.hpp>

#include <string>

namespace relaytool {

/// The tool could not do its work. A bad answer ("refused", "permerror") is a verdict or a finding, never an
/// Error. Printed as `relaytool: <what>: <why>`.
struct Error {
    std::string what; ///< the input it is about: a file, a host, an option
    std::string why;  ///< the reason in plain words, with the fix where there is one
};

template <class T>
using Result = tl::expected<T, Error>;

} // namespace relaytool
