#pragma once

#include "diagnosis/finding.hpp"
#include "smtp/reply.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relaytool::diagnosis {

/// What `explain` says about one text.
struct Explanation {
    std::string input;
    smtp::Reply reply;
    Finding finding;
};

/// Explains one reply, status code ("5.7.60"), reply code ("535"), HRESULT ("0xC00402C7"), rule id, log line,
/// or the text of an exception: the innermost reply in it decides.
Explanation explain(std::string_view text);

/// Cuts a text of many lines into what is to be explained: one line each, the lines of one multi-line reply
/// (`550-…`, `550 …`) together. Empty lines, and log lines about something that did not fail, are left out.
std::vector<std::string> split_inputs(std::string_view text);

} // namespace relaytool::diagnosis
