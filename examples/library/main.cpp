// Prints why the mail in a bounce or BadMail file did not arrive: explain_file FILE

#include "diagnosis/verdict.hpp"
#include "mail/text.hpp"
#include "report/style.hpp"

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace {

/// The words in a mail are a stranger's: nothing in them may reach a terminal as a control sequence.
std::string safe(const std::string& text) {
    return relaytool::report::sanitise(text, {});
}

} // namespace

int main(int argc, char** argv) {
    std::ifstream file(argc == 2 ? argv[1] : "", std::ios::binary);
    if (!file) {
        std::cerr << "Usage: explain_file FILE\n";
        return 64;
    }
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    std::string storage; // holds the text when the file has to be converted
    const auto verdict = relaytool::diagnosis::judge(relaytool::mail::readable_text(bytes, storage));
    for (const auto& recipient : verdict.bounce.recipients)
        std::cout << safe(recipient.address + ": " + recipient.reply.text) << '\n';
    for (const auto& finding : verdict.findings) {
        std::cout << '\n'
                  << safe(finding.title) << " [" << finding.id << "]\n"
                  << safe(finding.cause) << '\n';
        for (const std::string& step : finding.steps)
            std::cout << "  - " << safe(step) << '\n';
    }
}
