#pragma once

#include "base/result.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool {

/// The files a command reads and writes; implemented by the edge, and by plain fakes in the tests.
class Files {
public:
    virtual ~Files() = default;

    /// The files that an argument means, in the order to read them: a file itself; of a folder all files in
    /// it and below it, hidden ones and a Maildir's `tmp` left out, sorted; of a pattern (`*`, `?` in the
    /// last part, for shells that leave it to the program) the matching files. `-` means standard input.
    virtual Result<std::vector<std::string>> expand(const std::string& argument) const = 0;

    /// Calls `use` with the bytes of one file (`-`: of standard input). They are valid during the call only.
    /// May be called from several threads at once.
    virtual Result<void> read(const std::string& name,
                              const std::function<void(std::string_view)>& use) const = 0;

    /// Makes the file, or makes it anew, with these bytes.
    virtual Result<void> write(const std::string& name, std::string_view bytes) const = 0;

    /// The name that means the same file from every folder; `-` stays.
    virtual std::string absolute(const std::string& name) const = 0;

    /// The name of the file beside `name` that differs from it in its extension only, case ignored: `A.BDR`
    /// for
    /// ("A.bad", ".bdr"). Empty when there is none.
    virtual std::string beside(const std::string& name, std::string_view extension) const = 0;
};

} // namespace relaytool
