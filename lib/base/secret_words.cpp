#include "base/secret_words.hpp"

#include "base/base64.hpp"
#include "base/percent_encoded.hpp"

#include <utility>

namespace relaytool {
namespace {

constexpr std::string_view hidden = "(hidden)";
constexpr std::size_t shortest_secret = 4;

} // namespace

void SecretWords::add(const std::string& secret) {
    if (secret.size() < shortest_secret) return;
    forms_.push_back(secret);
    forms_.push_back(encoding::to_base64(secret));
    if (std::string encoded = percent_encoded(secret); encoded != secret)
        forms_.push_back(std::move(encoded));
}

std::string SecretWords::hidden_in(std::string_view text) const {
    std::string out(text);
    for (const std::string& form : forms_)
        for (std::size_t at = out.find(form); at != std::string::npos;
             at = out.find(form, at + hidden.size()))
            out.replace(at, form.size(), hidden);
    return out;
}

} // namespace relaytool
