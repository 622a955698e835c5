#include "diagnosis/explanation.hpp"
#include "fuzz/checks.hpp"
#include "report/explain.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using relaytool::fuzz::check_terminal;
    using relaytool::fuzz::check_utf8;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    for (const std::string& text : relaytool::diagnosis::split_inputs(input)) {
        const auto result = relaytool::diagnosis::explain(text);
        check_utf8(relaytool::report::explanation_json(result));
        check_terminal(relaytool::report::explanation_text(result, {}));
    }
    return 0;
}
