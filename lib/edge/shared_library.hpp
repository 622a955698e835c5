#pragma once

#include "base/result.hpp"

#include <string>

namespace relaytool::edge {

/// Which library, and what a user does who has it not.
struct WantedLibrary {
    std::string name; ///< "curl": libcurl.so.4, libcurl.4.dylib
    int version = 0;
    std::string purpose; ///< "mail and https need"
    std::string package; ///< of Debian
};

/// A library that is loaded when it is first needed, and stays loaded: linked in, it would cost every command
/// some milliseconds at its start.
class SharedLibrary {
public:
    explicit SharedLibrary(WantedLibrary wanted);

    /// Sets `function` to the library's function of that name; null when it has none, or is not there.
    template <class Function>
    void find(const char* name, Function& function) {
        // POSIX promises that a function's address fits.
        function = reinterpret_cast<Function>(symbol(name));
    }

    /// The Error says what is missing, of all that was wanted so far.
    Result<void> check() const;
    /// "libcurl.so.4: why", with what to install.
    Error missing(const std::string& why) const;

private:
    void* symbol(const char* name);

    WantedLibrary wanted_;
    std::string file_;
    void* handle_ = nullptr;
    std::string problem_; ///< the first one
};

} // namespace relaytool::edge
