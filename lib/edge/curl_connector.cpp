#include "edge/curl_connector.hpp"

#include "base/percent_encoded.hpp"
#include "base/place.hpp"
#include "edge/curl_certificates.hpp"
#include "edge/curl_channel.hpp"
#include "edge/resolve_entry.hpp"
#include "smtp/dialogue.hpp"

#include <cerrno>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace relaytool::edge {
namespace {

using smtp::Break;
using smtp::Broken;
using smtp::Speaker;
using smtp::TlsMode;
using smtp::Wire;

// X509_V_ERR_… of OpenSSL, as CURLINFO_SSL_VERIFYRESULT gives them.
constexpr long not_yet_valid = 9;
constexpr long has_expired = 10;
// CURLE_TOO_LARGE, which libcurl has since 8.6: a line of a reply without an end.
constexpr int too_large = 100;

/// What the callbacks of one attempt share.
struct Attempt {
    const smtp::Target& target;
    smtp::Transcript& transcript;
    smtp::TlsFacts tls;
    Wire wire = Wire::plain;
    bool connected = false;
    std::chrono::microseconds last_sign{0}; ///< of life, ours or theirs
    bool is_smtp = true;                    ///< what came so far
    std::size_t reply_size = 0;             ///< octets of the reply that is coming
    bool in_auth = false;                   ///< what we send is a secret
    std::string problem = std::string(CURL_ERROR_SIZE, '\0');

    void note(std::string_view text);
    void sent(std::string_view line);
    void received(std::string_view line);
    bool is_endless() const { return reply_size > smtp::Dialogue::longest_reply; }
};

/// "SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384", newer ones with more behind it.
void Attempt::note(std::string_view text) {
    constexpr std::string_view lead = "SSL connection using ";
    if (text.starts_with(lead)) {
        text.remove_prefix(lead.size());
        const std::size_t slash = text.find(" / ");
        tls.version = std::string(text.substr(0, slash));
        if (slash != std::string_view::npos)
            tls.cipher = std::string(text.substr(slash + 3, text.find(" / ", slash + 3) - slash - 3));
        wire = Wire::tls;
        transcript.add(Speaker::note, wire, "TLS started with " + std::string(text));
    } else if (text.starts_with("Connected to ")) {
        connected = true;
        transcript.add(Speaker::note, wire, text.substr(0, text.find(" (#")));
    }
}

void Attempt::sent(std::string_view line) {
    // A request to a proxy comes as a whole, and names its password below the first line.
    line = line.substr(0, line.find_first_of("\r\n"));
    if (line.starts_with("AUTH ")) {
        const std::size_t mechanism = line.find(' ', 5);
        in_auth = true;
        const bool has_more = mechanism != std::string_view::npos;
        transcript.add(Speaker::client, wire,
                       std::string(line.substr(0, mechanism)) + (has_more ? " (hidden)" : ""));
    } else {
        transcript.add(Speaker::client, wire, in_auth ? "(hidden)" : line);
    }
}

void Attempt::received(std::string_view line) {
    if (!line.starts_with("334")) in_auth = false;
    // A proxy's answer comes this way, too.
    if (target.proxy.empty() && !smtp::is_reply_line(line)) is_smtp = false;
    const bool is_last = line.size() < 4 || line[3] != '-';
    reply_size = is_last ? 0 : reply_size + line.size();
    transcript.add(Speaker::server, wire, line);
}

std::string_view without_line_end(std::string_view line) {
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    return line;
}

int on_debug(CURL*, curl_infotype type, char* data, std::size_t size, void* user) {
    auto& attempt = *static_cast<Attempt*>(user);
    const std::string_view text = without_line_end({data, size});
    attempt.last_sign = attempt.transcript.elapsed();
    if (type == CURLINFO_TEXT) attempt.note(text);
    if (type == CURLINFO_HEADER_OUT) attempt.sent(text);
    if (type == CURLINFO_HEADER_IN) attempt.received(text);
    return 0;
}

/// libcurl's connect limit is for everything up to the last EHLO; these are for the connection alone, and for
/// each step behind it: libcurl itself would wait for a silent TLS handshake as long as for all steps
/// together.
int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto& attempt = *static_cast<const Attempt*>(user);
    const smtp::Patience& patience = attempt.target.patience;
    const std::chrono::microseconds elapsed = attempt.transcript.elapsed();
    const bool is_over =
        attempt.connected ? elapsed - attempt.last_sign > patience.command : elapsed > patience.connect;
    return is_over || !attempt.is_smtp || attempt.is_endless() ? 1 : 0; // libcurl would wait on for a reply
}

std::string url_of(const smtp::Target& target, smtp::Opening reach) {
    const bool implicit = target.tls.mode == TlsMode::implicit;
    const std::string place = place_of(target.host, target.port) + "/";
    if (reach == smtp::Opening::socket) return (implicit ? "https://" : "http://") + place;
    return (implicit ? "smtps://" : "smtp://") + place + percent_encoded(target.helo);
}

long curl_version_of(smtp::TlsVersion version) {
    switch (version) {
    case smtp::TlsVersion::v1_0: return CURL_SSLVERSION_TLSv1_0;
    case smtp::TlsVersion::v1_1: return CURL_SSLVERSION_TLSv1_1;
    case smtp::TlsVersion::v1_2: return CURL_SSLVERSION_TLSv1_2;
    case smtp::TlsVersion::v1_3: return CURL_SSLVERSION_TLSv1_3;
    }
    return CURL_SSLVERSION_TLSv1_2;
}

long curl_limit_of(smtp::TlsVersion version) {
    switch (version) {
    case smtp::TlsVersion::v1_0: return CURL_SSLVERSION_MAX_TLSv1_0;
    case smtp::TlsVersion::v1_1: return CURL_SSLVERSION_MAX_TLSv1_1;
    case smtp::TlsVersion::v1_2: return CURL_SSLVERSION_MAX_TLSv1_2;
    case smtp::TlsVersion::v1_3: return CURL_SSLVERSION_MAX_TLSv1_3;
    }
    return CURL_SSLVERSION_MAX_DEFAULT;
}

void set_tls(const CurlLibrary& curl, CURL* easy, const smtp::TlsSettings& tls) {
    const bool verify = tls.verification == smtp::Verification::full;
    const long use = tls.mode == TlsMode::starttls        ? CURLUSESSL_ALL
                     : tls.mode == TlsMode::opportunistic ? CURLUSESSL_TRY
                                                          : CURLUSESSL_NONE;
    curl.easy_setopt(easy, CURLOPT_USE_SSL, use);
    curl.easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, verify ? 1L : 0L);
    curl.easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, verify ? 2L : 0L);
    curl.easy_setopt(easy, CURLOPT_SSL_ENABLE_ALPN, 0L);
    curl.easy_setopt(easy, CURLOPT_CERTINFO, 1L);
    curl.easy_setopt(easy, CURLOPT_SSLVERSION, curl_version_of(tls.oldest) | curl_limit_of(tls.newest));
    // OpenSSL 3 refuses the old versions itself unless it is told that no level of security is wanted.
    if (tls.oldest < smtp::TlsVersion::v1_2)
        curl.easy_setopt(easy, CURLOPT_SSL_CIPHER_LIST, "DEFAULT:@SECLEVEL=0");
    if (!verify) { // reading the system's authorities takes longer than the handshake
        curl.easy_setopt(easy, CURLOPT_CAINFO, nullptr);
        curl.easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    } else if (!tls.ca_file.empty()) {
        curl.easy_setopt(easy, CURLOPT_CAINFO, tls.ca_file.c_str());
    }
    if (tls.certificate_file.empty()) return;
    curl.easy_setopt(easy, CURLOPT_SSLCERT, tls.certificate_file.c_str());
    curl.easy_setopt(easy, CURLOPT_SSLKEY,
                     tls.key_file.empty() ? tls.certificate_file.c_str() : tls.key_file.c_str());
}

void set_login(const CurlLibrary& curl, CURL* easy, const smtp::Target& target) {
    if (!target.login) return;
    const std::string options = "AUTH=" + std::string(to_string(target.login->mechanism));
    curl.easy_setopt(easy, CURLOPT_USERNAME, target.login->user.c_str());
    curl.easy_setopt(easy, CURLOPT_PASSWORD, target.login->password.c_str());
    curl.easy_setopt(easy, CURLOPT_LOGIN_OPTIONS, options.c_str());
}

void set_times(const CurlLibrary& curl, CURL* easy, const smtp::Patience& patience) {
    // Greeting, EHLO, STARTTLS, EHLO and a login of three steps, each as slow as allowed.
    constexpr int most_answers = 7;
    const auto total = patience.connect + most_answers * patience.command;
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(patience.command);
    curl.easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(total.count()));
    curl.easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(seconds.count()));
}

void set_route(const CurlLibrary& curl, CURL* easy, const smtp::Target& target) {
    // An empty proxy keeps those of the environment out: they are for the web.
    curl.easy_setopt(easy, CURLOPT_PROXY, target.proxy.c_str());
    curl.easy_setopt(easy, CURLOPT_HTTPPROXYTUNNEL, 1L);
    if (!target.source_address.empty())
        curl.easy_setopt(easy, CURLOPT_INTERFACE, target.source_address.c_str());
    const long family = target.family == smtp::IpFamily::v4   ? CURL_IPRESOLVE_V4
                        : target.family == smtp::IpFamily::v6 ? CURL_IPRESOLVE_V6
                                                              : CURL_IPRESOLVE_WHATEVER;
    curl.easy_setopt(easy, CURLOPT_IPRESOLVE, family);
}

void set_up(const CurlLibrary& curl, CURL* easy, Attempt& attempt, smtp::Opening reach) {
    const std::string url = url_of(attempt.target, reach);
    curl.easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl.easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https,smtp,smtps");
    curl.easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl.easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl.easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    curl.easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &on_debug);
    curl.easy_setopt(easy, CURLOPT_DEBUGDATA, &attempt);
    curl.easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl.easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &on_progress);
    curl.easy_setopt(easy, CURLOPT_XFERINFODATA, &attempt);
    curl.easy_setopt(easy, CURLOPT_ERRORBUFFER, attempt.problem.data());
    set_tls(curl, easy, attempt.target.tls);
    set_login(curl, easy, attempt.target);
    set_times(curl, easy, attempt.target.patience);
    set_route(curl, easy, attempt.target);
}

Break kind_of_certificate(const CurlLibrary& curl, CURL* easy, std::string_view problem) {
    long result = 0;
    curl.easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &result);
    if (result == has_expired || result == not_yet_valid) return Break::certificate_expired;
    if (problem.find("match") != std::string_view::npos) return Break::certificate_name;
    return Break::certificate_untrusted;
}

Break kind_of_refusal(const CurlLibrary& curl, CURL* easy) {
    long error = 0;
    curl.easy_getinfo(easy, CURLINFO_OS_ERRNO, &error);
    if (error == ECONNREFUSED) return Break::refused;
    if (error == ETIMEDOUT) return Break::timed_out;
    if (error == ECONNRESET) return Break::reset;
    return Break::unreachable;
}

Break kind_of(const CurlLibrary& curl, CURL* easy, CURLcode code, std::string_view problem) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return Break::host_unknown;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY: return Break::proxy;
    case CURLE_COULDNT_CONNECT: return kind_of_refusal(curl, easy);
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_ABORTED_BY_CALLBACK: return Break::timed_out;
    case CURLE_USE_SSL_FAILED: return Break::tls_not_offered;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER: return Break::tls_handshake;
    case CURLE_PEER_FAILED_VERIFICATION: return kind_of_certificate(curl, easy, problem);
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_INTERFACE_FAILED:
    case CURLE_OUT_OF_MEMORY: return Break::local;
    case CURLE_SEND_ERROR: return Break::reset;
    case CURLE_WEIRD_SERVER_REPLY: return Break::not_smtp;
    default: return Break::closed;
    }
}

/// The words that systems and mail servers use, where the library has words of its own.
std::string words_of(Break kind, const std::string& library) {
    switch (kind) {
    case Break::refused: return "Connection refused";
    case Break::timed_out: return "Connection timed out (" + library + ")";
    case Break::closed: return "the server closed the connection";
    default: return library;
    }
}

Broken broken_of(const CurlLibrary& curl, CURL* easy, CURLcode code, const Attempt& attempt) {
    if (!attempt.is_smtp) return {Break::not_smtp, "not a line of an SMTP reply"};
    // libcurl counts all replies together, and has no code of its own for it.
    const bool is_too_long =
        code == CURLE_RECV_ERROR && attempt.problem.starts_with("Too large response headers");
    if (attempt.is_endless() || is_too_long || static_cast<int>(code) == too_large)
        return {Break::not_smtp, "a reply without an end, given up"};
    const std::string problem =
        code == CURLE_ABORTED_BY_CALLBACK ? "no answer in time" : attempt.problem.c_str();
    // Without a connection it is the proxy that was not reached, or that did not reach the server.
    const bool is_proxys =
        !attempt.target.proxy.empty() &&
        (!attempt.connected || problem.find("CONNECT tunnel failed") != std::string::npos ||
         problem.find("from proxy after CONNECT") != std::string::npos);
    const Break kind = is_proxys ? Break::proxy : kind_of(curl, easy, code, problem);
    // libcurl has words of its own for every other odd reply.
    if (code == CURLE_WEIRD_SERVER_REPLY && (problem.empty() || problem == curl.easy_strerror(code)))
        return {kind, "more came with the answer to STARTTLS, before TLS began"};
    return {kind, words_of(kind, problem.empty() ? curl.easy_strerror(code) : problem)};
}

} // namespace

smtp::Spoken<smtp::Connection> CurlConnector::connect(const smtp::Target& target, smtp::Opening reach,
                                                      smtp::Transcript& transcript) {
    const auto library = curl_library();
    if (!library)
        return tl::unexpected(Broken{Break::local, library.error().what + ": " + library.error().why});
    const CurlLibrary& curl = **library;
    CurlHandle handle(curl.easy_init(), curl.easy_cleanup);
    if (!handle) return tl::unexpected(Broken{Break::local, "out of memory"});
    Attempt attempt{target, transcript, smtp::TlsFacts()};
    CURL* easy = handle.get();
    set_up(curl, easy, attempt, reach);
    const std::string place = resolve_entry(target.host, target.port, target.addresses);
    const std::unique_ptr<curl_slist, decltype(curl.slist_free_all)> places(
        place.empty() ? nullptr : curl.slist_append(nullptr, place.c_str()), curl.slist_free_all);
    if (places) curl.easy_setopt(easy, CURLOPT_RESOLVE, places.get());
    const CURLcode code = curl.easy_perform(easy);
    // The attempt ends here, and what the handle does later is in our hands.
    curl.easy_setopt(easy, CURLOPT_VERBOSE, 0L);
    curl.easy_setopt(easy, CURLOPT_NOPROGRESS, 1L);
    curl.easy_setopt(easy, CURLOPT_ERRORBUFFER, nullptr);
    if (code != CURLE_OK) {
        Broken broken = broken_of(curl, easy, code, attempt);
        transcript.add(Speaker::fault, attempt.wire, broken.detail);
        return tl::unexpected(std::move(broken));
    }
    smtp::Connection connection;
    connection.opening = reach;
    connection.tls = std::move(attempt.tls);
    connection.tls.is_verified =
        connection.tls.is_on() && target.tls.verification == smtp::Verification::full;
    connection.tls.chain = read_chain(curl, easy);
    char* address = nullptr;
    if (curl.easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address) == CURLE_OK && address != nullptr)
        connection.address = address;
    connection.channel = std::make_unique<CurlChannel>(curl, std::move(handle));
    return connection;
}

} // namespace relaytool::edge
