#include "sandbox/entra_errors.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace relaytool::sandbox {
namespace {

using enum EntraStep;

constexpr std::string_view grant = "invalid_grant";
constexpr std::string_view interaction = "interaction_required";
constexpr std::string_view request_word = "invalid_request";
constexpr std::string_view client = "invalid_client";
constexpr std::string_view unauthorized = "unauthorized_client";
constexpr std::string_view consent = "consent_required";
constexpr std::string_view resource = "invalid_resource";

// The numbers are public (reference of Entra's error codes); which error word goes with some of them is not,
// there it is that of the nearest one.
constexpr EntraError rows[] = {
    {"AADSTS50034", 50034, token, 400, grant,
     "The user account {login} does not exist in the {tenant} directory. To sign into this application, the account "
     "must be added to the directory."},
    {"AADSTS50053", 50053, token, 400, grant,
     "The account is locked, you've tried to sign in too many times with an incorrect user ID or password."},
    {"AADSTS50055", 50055, token, 400, grant, "The password is expired."},
    {"AADSTS50057", 50057, token, 400, grant, "The user account is disabled."},
    {"AADSTS50076", 50076, token, 400, interaction,
     "Due to a configuration change made by your administrator, or because you moved to a new location, you must "
     "use multi-factor authentication to access '00000002-0000-0ff1-ce00-000000000000'.",
     "basic_action"},
    {"AADSTS50079", 50079, token, 400, interaction,
     "Due to a configuration change made by your administrator, or because you moved to a new location, you must "
     "enroll in multi-factor authentication to access '00000002-0000-0ff1-ce00-000000000000'.",
     "basic_action"},
    {"AADSTS50097", 50097, token, 400, interaction, "Device authentication is required."},
    {"AADSTS50126", 50126, token, 400, grant,
     "Error validating credentials due to invalid username or password."},
    {"AADSTS50144", 50144, token, 400, grant,
     "User's Active Directory password has expired. Generate a new password for the user or have the user use the "
     "self-service reset tool to reset their password."},
    {"AADSTS50158", 50158, token, 400, interaction,
     "External security challenge not satisfied. User will be redirected to another page or authentication provider "
     "to satisfy additional authentication challenges."},
    {"AADSTS50173", 50173, refresh, 400, grant,
     "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have "
     "changed or reset their password.",
     "bad_token"},
    {"AADSTS50194", 50194, request, 400, request_word,
     "Application '{client}'(relay) is not configured as a multi-tenant application. Usage of the /common endpoint is "
     "not supported for such apps created after '10/15/2018'."},
    {"AADSTS53000", 53000, token, 400, interaction,
     "Device is not in required device state: compliant. Conditional Access policy requires a compliant device, and "
     "the device is not compliant."},
    {"AADSTS53001", 53001, token, 400, interaction,
     "Device is not in required device state: domain_joined. Conditional Access policy requires a domain joined "
     "device, and the device isn't domain joined."},
    {"AADSTS53003", 53003, token, 400, interaction,
     "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
     "message_only"},
    {"AADSTS65001", 65001, token, 400, grant,
     "The user or administrator has not consented to use the application with ID '{client}' named 'relay'. Send an "
     "interactive authorization request for this user and resource.",
     consent},
    {"AADSTS65004", 65004, token, 400, "authorization_declined",
     "User declined to consent to access the app."},
    {"AADSTS70000", 70000, token, 400, grant, "Provided grant is invalid or malformed."},
    {"AADSTS70001", 70001, request, 400, unauthorized, "The application '{client}' is disabled."},
    {"AADSTS70003", 70003, request, 400, "unsupported_grant_type",
     "The app requested an unsupported grant type '{parameter}'."},
    {"AADSTS70008", 70008, refresh, 400, grant,
     "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive "
     "authorization request for this user and resource.",
     "bad_token"},
    {"AADSTS70011", 70011, request, 400, "invalid_scope",
     "The provided value for the input parameter 'scope' is not valid. The scope '{scope}' is not valid."},
    {"AADSTS70016", 70016, device, 400, "authorization_pending",
     "OAuth 2.0 device flow error. Authorization is pending. Continue polling."},
    {"AADSTS70018", 70018, device, 400, "bad_verification_code",
     "Bad verification code, due to the user typing in wrong user code for device code flow."},
    {"AADSTS70019", 70019, device, 400, "expired_token",
     "Verification code expired. Have the user retry the sign-in."},
    {"AADSTS70043", 70043, refresh, 400, grant,
     "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.",
     "bad_token"},
    {"AADSTS90002", 90002, request, 400, request_word,
     "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the "
     "correct cloud."},
    {"AADSTS90014", 90014, request, 400, request_word,
     "The required field '{parameter}' is missing from the credential."},
    {"AADSTS90038", 90038, request, 400, request_word,
     "Tenant '{tenant}' request is being redirected to the National Cloud 'login.microsoftonline.us'."},
    {"AADSTS90072", 90072, token, 400, grant,
     "User account '{login}' from identity provider 'live.com' does not exist in tenant '{tenant}' and cannot access "
     "the application '{client}'."},
    {"AADSTS90094", 90094, token, 400, grant,
     "Admin consent is required for the permissions requested by this application.", consent},
    {"AADSTS500011", 500011, request, 400, resource,
     "The resource principal named {scope} was not found in the tenant named {tenant}."},
    {"AADSTS530032", 530032, token, 400, interaction, "Blocked by security policy on tenant."},
    {"AADSTS530035", 530035, token, 400, "access_denied",
     "Access has been blocked by security defaults. The request is deemed unsafe by security defaults policies."},
    {"AADSTS650056", 650056, request, 400, unauthorized,
     "Misconfigured application. This could be due to one of the following: the client has not listed any "
     "permissions in the requested permissions in the client's application registration."},
    {"AADSTS650057", 650057, request, 400, resource,
     "Invalid resource. The client has requested access to a resource which is not listed in the requested "
     "permissions in the client's application registration. Client app ID: {client}."},
    {"AADSTS700016", 700016, request, 400, unauthorized,
     "Application with identifier '{client}' was not found in the directory '{tenant}'."},
    {"AADSTS700025", 700025, token, 401, client,
     "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."},
    {"AADSTS700027", 700027, token, 401, client, "Client assertion failed signature validation."},
    {"AADSTS700082", 700082, refresh, 400, grant,
     "The refresh token has expired due to inactivity. The token was issued on 2026-01-13T09:20:21.0000000Z and was "
     "inactive for 90.00:00:00.",
     "bad_token"},
    {"AADSTS900144", 900144, request, 400, request_word,
     "The request body must contain the following parameter: '{parameter}'."},
    {"AADSTS7000215", 7000215, token, 401, client,
     "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not "
     "the client secret ID, for a secret added to app '{client}'."},
    {"AADSTS7000218", 7000218, token, 401, client,
     "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."},
    {"AADSTS7000222", 7000222, token, 401, client,
     "The provided client secret keys for app '{client}' are expired."},
    {"AADSTS9001023", 9001023, token, 400, request_word,
     "The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or "
     "tenant-specific endpoint."},
    // RFC 8628 section 3.5, and what any server answers under load (RFC 6749 section 4.1.2.1's word).
    {"slow-down", 0, device, 400, "slow_down",
     "The client asks too often. Wait five seconds longer between two requests."},
    {"token-throttled", 0, token, 429, "temporarily_unavailable", "Too many requests. Try again later."},
    {"token-unavailable", 0, token, 503, "temporarily_unavailable",
     "The service is temporarily unavailable. Try again later."},
};

/// "authorization-pending" for authorization_pending.
bool is_word(std::string_view error, std::string_view name) {
    return error.size() == name.size() &&
           std::equal(error.begin(), error.end(), name.begin(),
                      [](char e, char n) { return ascii::lower(n) == e || (e == '_' && n == '-'); });
}

} // namespace

std::span<const EntraError> entra_errors() {
    return rows;
}

const EntraError* find_entra_error(std::string_view name) {
    const EntraError* by_word = nullptr;
    for (const EntraError& row : rows) {
        if (ascii::iequals(row.name, name)) return &row;
        if (is_word(row.error, name)) {
            if (by_word != nullptr) return nullptr; // many errors share that word
            by_word = &row;
        }
    }
    return by_word;
}

const EntraError& entra_error(int code) {
    return *std::find_if(std::begin(rows), std::end(rows) - 1,
                         [code](const EntraError& row) { return row.code == code; });
}

const EntraError* entra_error_named_in(std::string_view text) {
    return find_entra_error(text.substr(0, text.find_first_of("@.")));
}

} // namespace relaytool::sandbox
