#include "spf/provider.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

namespace relaytool::spf {
namespace {

// What Microsoft and Google published as their senders in 2024-2026. Used to name an address, never to judge
// one.
constexpr std::string_view microsoft_networks[] = {
    "40.92.0.0/15",  "40.107.0.0/16", "52.100.0.0/15",      "52.102.0.0/16",
    "52.103.0.0/17", "104.47.0.0/17", "2a01:111:f400::/48", "2a01:111:f403::/48",
};
constexpr std::string_view google_networks[] = {
    "35.190.247.0/24", "64.233.160.0/19", "66.102.0.0/20",       "66.249.80.0/20",      "72.14.192.0/18",
    "74.125.0.0/16",   "108.177.8.0/21",  "173.194.0.0/16",      "209.85.128.0/17",     "216.58.192.0/19",
    "216.239.32.0/19", "172.217.0.0/16",  "2001:4860:4000::/36", "2a00:1450:4000::/36", "2607:f8b0:4000::/36",
};

// Includes seen in public records and on the providers' own pages, 2024-2026.
constexpr Provider all_providers[] = {
    // Mailboxes
    {"o365",
     "Microsoft 365",
     Sharing::mailboxes,
     {"spf.protection.outlook.com"},
     // The second and third: China (21Vianet), and the US government's clouds.
     {"protection.outlook.com", "spf.protection.partner.outlook.cn", "spf.protection.office365.us"},
     {"mail.protection.outlook.com", "mx.microsoft"},
     microsoft_networks},
    {"google",
     "Google Workspace",
     Sharing::mailboxes,
     {"_spf.google.com"},
     {"google.com"},
     {"google.com", "googlemail.com"},
     google_networks},
    {"zoho",
     "Zoho Mail",
     Sharing::mailboxes,
     {"zohomail.com"},
     {"one.zoho.com", "zoho.com", "zohomail.eu"},
     {"zoho.com", "zoho.eu"}},
    {"proton", "Proton Mail", Sharing::mailboxes, {"_spf.protonmail.ch"}, {}, {"protonmail.ch"}},
    {"fastmail", "Fastmail", Sharing::mailboxes, {"spf.messagingengine.com"}, {}, {"messagingengine.com"}},
    {"icloud", "iCloud Mail", Sharing::mailboxes, {"icloud.com"}, {}, {"mail.icloud.com"}},
    // Filters in front of mailboxes
    {"proofpoint",
     "Proofpoint",
     Sharing::mailboxes,
     {},
     {"pphosted.com", "ppe-hosted.com"},
     {"pphosted.com", "ppe-hosted.com"}},
    {"mimecast", "Mimecast", Sharing::mailboxes, {}, {"mimecast.com", "mim.ec"}, {"mimecast.com"}},
    {"messagelabs",
     "Symantec Email Security.cloud",
     Sharing::mailboxes,
     {"spf.messagelabs.com"},
     {},
     {"messagelabs.com"}},
    // Internet providers
    {"telenet", "Telenet", Sharing::isp, {"_spf.telenet-ops.be"}, {"telenet-ops.be"}, {"telenet-ops.be"}},
    {"proximus",
     "Proximus",
     Sharing::isp,
     {"ispmail.spf.secure-mail.be", "bgc.spf.secure-mail.be"},
     {"spf.secure-mail.be"}},
    {"dds", "DDS", Sharing::isp, {"spf.dds.nl"}},
    // Hosting
    {"combell", "Combell", Sharing::hosting, {"spf.mailprotect.be"}, {}, {"mailprotect.be"}},
    {"ionos", "IONOS", Sharing::hosting, {"_spf-eu.ionos.com"}, {"_spf-us.ionos.com", "ionos.com"}},
    {"godaddy", "GoDaddy", Sharing::hosting, {"secureserver.net"}, {}, {"secureserver.net"}},
    {"rackspace", "Rackspace Email", Sharing::hosting, {"emailsrvr.com"}, {}, {"emailsrvr.com"}},
    {"mailhop", "DuoCircle MailHop", Sharing::hosting, {"outbound.mailhop.org"}},
    {"cloudflare",
     "Cloudflare Email Routing",
     Sharing::hosting,
     {"_spf.mx.cloudflare.net"},
     {},
     {"mx.cloudflare.net"}},
    // Mailings and programs
    {"sendgrid", "SendGrid", Sharing::bulk, {"sendgrid.net"}},
    {"amazonses", "Amazon SES", Sharing::bulk, {"amazonses.com"}},
    {"mailgun", "Mailgun", Sharing::bulk, {"mailgun.org"}},
    {"sparkpost", "SparkPost", Sharing::bulk, {"sparkpostmail.com"}},
    {"postmark", "Postmark", Sharing::bulk, {"spf.mtasv.net"}},
    {"mailjet", "Mailjet", Sharing::bulk, {"spf.mailjet.com"}},
    {"brevo", "Brevo", Sharing::bulk, {"spf.brevo.com"}, {"sendinblue.com"}},
    {"mailchimp", "Mailchimp", Sharing::bulk, {"servers.mcsv.net"}},
    {"mandrill",
     "Mailchimp Transactional (Mandrill)",
     Sharing::bulk,
     {"spf.mandrillapp.com"},
     {"mandrillapp.com"}},
    {"klaviyo", "Klaviyo", Sharing::bulk, {"send.klaviyo.com"}},
    {"activecampaign", "ActiveCampaign", Sharing::bulk, {"emsd1.com"}},
    {"campaignmonitor", "Campaign Monitor", Sharing::bulk, {"_spf.createsend.com"}},
    {"constantcontact",
     "Constant Contact",
     Sharing::bulk,
     {"spf.constantcontact.com"},
     {"constantcontact.com"}},
    {"aweber", "AWeber", Sharing::bulk, {"send.aweber.com"}},
    {"zohocampaigns", "Zoho Campaigns", Sharing::bulk, {"zcsend.net"}},
    {"hubspot", "HubSpot", Sharing::bulk, {"_spf.hubspot.com"}, {"hubspotemail.net", "hubspot.com"}},
    {"marketo", "Marketo", Sharing::bulk, {"mktomail.com"}},
    {"salesforce", "Salesforce", Sharing::bulk, {"_spf.salesforce.com"}},
    {"pardot", "Pardot", Sharing::bulk, {"aspmx.pardot.com"}},
    {"keap", "Keap", Sharing::bulk, {"infusionmail.com"}},
    {"zendesk", "Zendesk", Sharing::bulk, {"mail.zendesk.com"}},
    {"freshdesk", "Freshdesk", Sharing::bulk, {"email.freshdesk.com"}},
    {"helpscout", "Help Scout", Sharing::bulk, {"helpscoutemail.com"}},
    {"intercom", "Intercom", Sharing::bulk, {"intercom-mail.com"}},
    {"shopify", "Shopify", Sharing::bulk, {"shops.shopify.com"}},
    {"firebase", "Firebase", Sharing::bulk, {"_spf.firebasemail.com"}},
};

constexpr RetiredInclude retired_includes[] = {
    {"outlook.com", "spf.protection.outlook.com"},
    {"spf.messaging.microsoft.com", "spf.protection.outlook.com"},
    {"spf.frontbridge.com", "spf.protection.outlook.com"},
    {"aspmx.googlemail.com", "_spf.google.com"},
    {"google.com", "_spf.google.com"},
    {"sendinblue.com", "spf.brevo.com"},
    {"spf.sendinblue.com", "spf.brevo.com"},
};

bool is_below(const dns::Name& name, std::string_view domain) {
    const auto other = dns::Name::from_text(domain);
    return other && name.is_within(*other);
}

template <std::size_t size>
bool is_below_any(const dns::Name& name, const std::array<std::string_view, size>& domains) {
    return std::any_of(domains.begin(), domains.end(),
                       [&](std::string_view domain) { return !domain.empty() && is_below(name, domain); });
}

struct Block {
    ip::Network network;
    const Provider* provider = nullptr;
};

std::vector<Block> read_blocks() {
    std::vector<Block> blocks;
    for (const Provider& provider : all_providers)
        for (const std::string_view network : provider.networks)
            blocks.push_back({*ip::read_network(network), &provider});
    return blocks;
}

template <class Fits>
const Provider* find(Fits fits) {
    const auto found = std::find_if(std::begin(all_providers), std::end(all_providers), fits);
    return found == std::end(all_providers) ? nullptr : &*found;
}

} // namespace

std::span<const Provider> providers() {
    return all_providers;
}

const Provider* provider_by_id(std::string_view id) {
    return find([&](const Provider& provider) { return ascii::iequals(provider.id, id); });
}

const Provider* provider_by_include(const dns::Name& include) {
    return find([&](const Provider& provider) {
        return is_below_any(include, provider.includes) || is_below_any(include, provider.domains);
    });
}

const Provider* provider_by_mx(const dns::Name& host) {
    return find([&](const Provider& provider) { return is_below_any(host, provider.mx); });
}

const Provider* provider_by_address(const ip::Address& address) {
    static const std::vector<Block> blocks = read_blocks(); // a header may ask for thousands of addresses
    const auto found = std::find_if(blocks.begin(), blocks.end(),
                                    [&](const Block& block) { return block.network.contains(address); });
    return found == blocks.end() ? nullptr : found->provider;
}

const RetiredInclude* retired_include(const dns::Name& include) {
    const std::string text = include.text();
    const auto* const found =
        std::find_if(std::begin(retired_includes), std::end(retired_includes),
                     [&](const RetiredInclude& retired) { return ascii::iequals(retired.include, text); });
    return found == std::end(retired_includes) ? nullptr : found;
}

} // namespace relaytool::spf
