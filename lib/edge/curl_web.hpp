#pragma once

#include "base/http.hpp"

namespace relaytool::edge {

/// The web by libcurl, which is loaded when the first address is fetched.
class CurlWeb final : public Web {
public:
    Result<HttpAnswer> get(const std::string& url, const std::vector<ip::Address>& addresses) override;
    Result<HttpAnswer> post(const std::string& url, const HttpForm& form,
                            const std::string& ca_file) override;
};

} // namespace relaytool::edge
