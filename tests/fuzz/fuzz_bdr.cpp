#include "diagnosis/verdict.hpp"
#include "fuzz/checks.hpp"
#include "iis/bdr.hpp"
#include "report/diagnose.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using relaytool::fuzz::check_utf8;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    relaytool::iis::read_bdr(input);
    const auto verdict = relaytool::diagnosis::judge({}, input, relaytool::diagnosis::Place::badmail);
    check_utf8(relaytool::report::verdict_json("fuzz", verdict));
    return 0;
}
