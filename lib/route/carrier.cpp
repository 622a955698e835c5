#include "route/carrier.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace relaytool::route {
namespace {

using enum Carriage;

// Names of hosts in public mail headers and on the companies' own pages. Used to name a hop, never to judge a
// domain.
constexpr Carrier carriers[] = {
    // Belgium
    {"Telenet", isp, {"telenet-ops.be", "telenet.be"}, "telenet"},
    {"Proximus",
     isp,
     {"secure-mail.be", "proximus.be", "skynet.be", "belgacom.be", "belgacom.net"},
     "proximus"},
    {"VOO", isp, {"voo.be", "brutele.be", "voomail.net"}},
    {"Orange", isp, {"orange.be", "orange.fr", "orange.es", "orange.net", "mobistar.be", "wanadoo.fr"}},
    {"Scarlet", isp, {"scarlet.be"}},
    {"EDPnet", isp, {"edpnet.be", "edpnet.net"}},
    {"Combell", hosting, {"mailprotect.be", "combell.com", "combell.net"}, "combell"},
    // The Netherlands
    {"KPN", isp, {"kpnmail.nl", "kpn.net", "kpnxchange.com", "planet.nl", "xs4all.nl", "xs4all.net"}},
    {"Ziggo", isp, {"ziggo.nl", "upcmail.net", "home.nl", "chello.nl", "tb.mail.iss.as9143.net"}},
    {"Odido", isp, {"odido.nl", "online.nl", "tele2.nl", "t-mobile.nl"}},
    {"DDS", isp, {"dds.nl"}, "dds"},
    {"TransIP", hosting, {"transip.email", "transip.nl", "transip.net"}},
    // Germany, Austria, Switzerland
    {"Deutsche Telekom", isp, {"t-online.de", "telekom.de", "t-ipnet.de"}},
    {"Vodafone", isp, {"vodafonemail.de", "arcor-online.net", "arcor.de", "vodafone.it", "vodafone.es"}},
    {"A1 Telekom Austria", isp, {"a1.net", "aon.at"}},
    {"Swisscom", isp, {"bluewin.ch", "swisscom.com", "swisscom.ch"}},
    {"Strato", hosting, {"strato.de", "rzone.de"}},
    {"IONOS", hosting, {"kundenserver.de", "perfora.net", "ionos.com", "ionos.de", "ionos.co.uk"}, "ionos"},
    {"Mittwald", hosting, {"agenturserver.de", "mittwald.de"}},
    {"Hetzner", hosting, {"your-server.de"}},
    {"Infomaniak", hosting, {"infomaniak.ch", "infomaniak.com"}},
    {"GMX and WEB.DE", mailboxes, {"gmx.net", "gmx.com", "web.de"}},
    {"mailbox.org", mailboxes, {"mailbox.org"}},
    {"Posteo", mailboxes, {"posteo.de"}},
    // France
    {"Free", isp, {"free.fr", "proxad.net"}},
    {"SFR", isp, {"sfr.fr", "sfr.net", "neuf.fr", "sfr-sp.net"}},
    {"Bouygues Telecom", isp, {"bbox.fr", "bouyguestelecom.fr"}},
    {"OVH", hosting, {"ovh.net", "ovh.com", "ovh.ca"}},
    {"Gandi", hosting, {"gandi.net"}},
    // Southern Europe
    {"Telecom Italia", isp, {"telecomitalia.it", "tim.it", "alice.it", "tin.it"}},
    {"Libero", isp, {"libero.it", "italiaonline.it", "iol.it"}},
    {"Fastweb", isp, {"fastweb.it", "fastwebnet.it"}},
    {"Aruba", hosting, {"aruba.it", "arubabusiness.it"}},
    {"Telefonica", isp, {"telefonica.net", "movistar.es", "rima-tde.net"}},
    {"MEO", isp, {"telepac.pt", "sapo.pt", "meo.pt"}},
    // United Kingdom, Ireland, the North
    {"BT", isp, {"btinternet.com", "btconnect.com", "bt.net", "bt.com"}},
    {"Virgin Media", isp, {"virginmedia.com", "virginmedia.net", "virginmedia.co.uk", "blueyonder.co.uk"}},
    {"TalkTalk", isp, {"talktalk.net", "talktalkplc.com", "tiscali.co.uk"}},
    {"Plusnet", isp, {"plus.net", "plus.com"}},
    {"Eir", isp, {"eircom.net", "eir.ie"}},
    {"Telia", isp, {"telia.com", "telia.net"}},
    {"Telenor", isp, {"telenor.se", "telenor.no", "online.no", "telenor.dk"}},
    {"TDC", isp, {"tdc.dk", "tdc.net", "mail.dk"}},
    {"one.com", hosting, {"one.com"}},
    // America
    {"Comcast", isp, {"comcast.net", "comcastbusiness.net"}},
    {"Spectrum", isp, {"charter.net", "rr.com", "spectrum.net", "twcable.com"}},
    {"AT&T", isp, {"att.net", "sbcglobal.net", "prodigy.net", "bellsouth.net"}},
    {"Verizon", isp, {"verizon.net"}},
    {"Cox", isp, {"cox.net"}},
    {"Frontier", isp, {"frontier.com", "frontiernet.net"}},
    {"Bell Canada", isp, {"bell.ca", "bellnet.ca", "sympatico.ca"}},
    {"Shaw", isp, {"shaw.ca"}},
    {"Videotron", isp, {"videotron.ca", "videotron.com"}},
    {"GoDaddy", hosting, {"secureserver.net"}, "godaddy"},
    {"Rackspace Email", hosting, {"emailsrvr.com"}, "rackspace"},
    {"Bluehost and HostGator",
     hosting,
     {"unifiedlayer.com", "websitewelcome.com", "bluehost.com", "hostgator.com"}},
    {"DuoCircle MailHop", hosting, {"mailhop.org"}, "mailhop"},
    {"DreamHost", hosting, {"dreamhost.com"}},
    // Asia, Pacific
    {"Telstra", isp, {"bigpond.com", "telstra.com", "telstra.net"}},
    {"Optus", isp, {"optusnet.com.au", "optus.com.au"}},
    {"TPG", isp, {"tpg.com.au", "iinet.net.au"}},
    {"OCN", isp, {"ocn.ne.jp", "ocn.ad.jp"}},
    {"BIGLOBE", isp, {"biglobe.ne.jp"}},
    // Mailboxes of the whole world
    {"Google", mailboxes, {"google.com", "googlemail.com", "gmail.com", "1e100.net"}, "google"},
    {"Yahoo", mailboxes, {"yahoo.com", "yahoodns.net", "yahoo.co.jp", "aol.com"}},
    {"Apple", mailboxes, {"icloud.com", "me.com", "apple.com"}, "icloud"},
    {"Zoho", mailboxes, {"zoho.com", "zoho.eu", "zohomail.com", "zohomail.eu"}, "zoho"},
    {"Proton", mailboxes, {"protonmail.ch", "proton.ch", "protonmail.com"}, "proton"},
    {"Fastmail", mailboxes, {"messagingengine.com", "fastmail.com"}, "fastmail"},
    // Filters
    {"Proofpoint", filter, {"pphosted.com", "ppe-hosted.com"}, "proofpoint"},
    {"Mimecast", filter, {"mimecast.com", "mim.ec", "mimecast.co.za"}, "mimecast"},
    {"Symantec Email Security.cloud", filter, {"messagelabs.com"}, "messagelabs"},
    {"Barracuda", filter, {"barracudanetworks.com", "cudaops.com"}},
    {"Hornetsecurity", filter, {"antispameurope.com", "hornetsecurity.com"}},
    {"Cisco Secure Email", filter, {"iphmx.com"}},
    {"Trend Micro", filter, {"trendmicro.com", "trendmicro.eu"}},
    {"Sophos", filter, {"sophos.com"}},
    {"SpamExperts", filter, {"antispamcloud.com", "spamexperts.com"}},
    // Mailings and programs
    {"Amazon SES", bulk, {"amazonses.com"}, "amazonses"},
    {"SendGrid", bulk, {"sendgrid.net", "sendgrid.com"}, "sendgrid"},
    {"Mailgun", bulk, {"mailgun.net", "mailgun.org"}, "mailgun"},
    {"SparkPost", bulk, {"sparkpostmail.com", "e.sparkpost.com"}, "sparkpost"},
    {"Postmark", bulk, {"mtasv.net", "postmarkapp.com"}, "postmark"},
    {"Mailjet", bulk, {"mailjet.com"}, "mailjet"},
    {"Brevo", bulk, {"sendinblue.com", "brevo.com", "brevosend.com"}, "brevo"},
    {"Mailchimp", bulk, {"mcsv.net", "mcdlv.net", "rsgsv.net", "mailchimp.com"}, "mailchimp"},
    {"Mailchimp Transactional (Mandrill)", bulk, {"mandrillapp.com"}, "mandrill"},
    {"SMTP2GO", bulk, {"smtp2go.com", "smtpcorp.com"}},
    {"Salesforce", bulk, {"salesforce.com", "exacttarget.com"}, "salesforce"},
    {"Zendesk", bulk, {"zendesk.com"}, "zendesk"},
    {"HubSpot", bulk, {"hubspotemail.net", "hubspot.com"}, "hubspot"},
};

std::string_view without_dot(std::string_view host) {
    if (host.ends_with('.')) host.remove_suffix(1);
    return host;
}

/// Labels that registries use below a country, as in co.uk and com.au.
bool is_registry_label(std::string_view label) {
    constexpr std::string_view labels[] = {"co",  "com", "org", "net",  "gov", "edu", "ac",
                                           "ne",  "or",  "ad",  "go",   "gob", "gv",  "ltd",
                                           "plc", "me",  "sch", "govt", "mil", "nom"};
    return std::any_of(std::begin(labels), std::end(labels),
                       [&](std::string_view known) { return ascii::iequals(label, known); });
}

} // namespace

std::string_view to_string(Carriage carriage) {
    switch (carriage) {
    case Carriage::isp: return "isp";
    case Carriage::hosting: return "hosting";
    case Carriage::mailboxes: return "mailboxes";
    case Carriage::filter: return "filter";
    case Carriage::bulk: return "bulk";
    }
    return "";
}

bool is_within(std::string_view host, std::string_view domain) {
    host = without_dot(host);
    if (domain.empty() || !ascii::iends_with(host, domain)) return false;
    return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

const Carrier* carrier_of(std::string_view host) {
    if (host.size() > 255 || host.find('.') == std::string_view::npos) return nullptr;
    const auto* const at =
        std::find_if(std::begin(carriers), std::end(carriers), [&](const Carrier& carrier) {
            return std::any_of(carrier.hosts.begin(), carrier.hosts.end(),
                               [&](std::string_view domain) { return is_within(host, domain); });
        });
    return at == std::end(carriers) ? nullptr : &*at;
}

std::string_view registered_domain(std::string_view host) {
    host = without_dot(host);
    const std::size_t last = host.rfind('.');
    if (last == std::string_view::npos || last == 0) return host;
    const std::size_t second = host.rfind('.', last - 1);
    if (second == std::string_view::npos) return host;
    const bool is_country = host.size() - last - 1 == 2;
    if (!is_country || !is_registry_label(host.substr(second + 1, last - second - 1)) || second == 0)
        return host.substr(second + 1);
    const std::size_t third = host.rfind('.', second - 1);
    return third == std::string_view::npos ? host : host.substr(third + 1);
}

bool same_organisation(std::string_view a, std::string_view b) {
    const std::string_view first = registered_domain(a);
    return first.find('.') != std::string_view::npos && ascii::iequals(first, registered_domain(b));
}

} // namespace relaytool::route
