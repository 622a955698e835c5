#include "diagnosis/verdict.hpp"
#include "fuzz/checks.hpp"
#include "mail/text.hpp"
#include "report/diagnose.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using relaytool::fuzz::check_terminal;
    using relaytool::fuzz::check_utf8;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    std::string storage;
    const auto verdict = relaytool::diagnosis::judge(relaytool::mail::readable_text(input, storage));
    check_utf8(relaytool::report::verdict_json("fuzz", verdict));
    check_terminal(relaytool::report::verdict_text("fuzz", verdict, {.unicode = true}));
    return 0;
}
