#include "domain/dkim.hpp"
#include "domain/dmarc.hpp"
#include "domain/mta_sts.hpp"
#include "domain/public_key.hpp"
#include "domain/tls_rpt.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace relaytool::domain;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_dkim_key(text);
    read_dkim_key("v=DKIM1; p=" + std::string(text));
    read_public_key(text);
    const DmarcRecord dmarc = read_dmarc("v=DMARC1; rua=" + std::string(text));
    if (dmarc.form != DmarcForm::record || dmarc.rua.size() > 20) std::abort();
    read_dmarc(text);
    const StsPolicy policy = read_sts_policy(text);
    if (policy.mx.size() > 100) std::abort();
    for (const std::string& pattern : policy.mx)
        sts_covers(pattern, relaytool::dns::Name{});
    read_tls_rpt(text);
    read_bimi(text);
    return 0;
}
