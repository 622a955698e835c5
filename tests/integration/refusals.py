"""The refusals of `relaytool sandbox`, and what each is."""
import re

# What each is, whatever the rows of the sandbox say.
CATEGORIES = {
    "service-not-active": "host-not-accepting", "tls-old": "tls-version", "starttls-broken": "remote-system-error",
    "wrong-password": "auth-failed", "basic-auth-disabled": "basic-auth-retired",
    "smtp-auth-disabled-tenant": "smtp-auth-disabled", "smtp-auth-disabled-mailbox": "smtp-auth-disabled",
    "security-defaults": "auth-blocked-by-policy", "conditional-access": "auth-blocked-by-policy",
    "basic-auth-retired": "basic-auth-retired", "bad-token": "auth-failed", "token-challenge": "auth-failed",
    "malformed-token": "auth-failed", "token-expires-soon": "auth-failed", "auth-temporary": "remote-system-error",
    "auth-service-not-active": "host-not-accepting", "auth-mechanism": "auth-mechanism-unsupported",
    "starttls-required": "tls-required", "not-authenticated": "not-authenticated",
    "not-authenticated-2020": "not-authenticated", "message-too-big": "message-too-big", "submission-rate": "throttled",
    "bad-recipient": "recipient-unknown", "sendas-denied": "send-as-denied", "sendas-denied-2018": "send-as-denied",
    "sendas-denied-on-premises": "send-as-denied", "sendas-denied-2010": "send-as-denied",
    "too-many-connections": "throttled", "too-many-threads": "throttled", "recipient-quota": "sending-limit",
    "recipient-limit": "sending-limit", "spam": "sender-blocked", "bad-outbound-sender": "sender-blocked",
    "tenant-blocked": "tenant-blocked", "mailbox-full": "sender-mailbox-full", "temporary": "remote-system-error",
    "mx-busy": "throttled", "direct-send-rejected": "direct-send-rejected", "relay-not-attributed": "relay-not-attributed",
    "relay-denied": "relay-denied", "recipient-unknown": "recipient-unknown", "no-such-user": "recipient-unknown",
    "banned-ip": "ip-blocked", "busy": "throttled", "rate-limited": "ip-blocked", "recipient-mailbox-full": "mailbox-full",
    "greylisted": "throttled", "federation-unreachable": "auth-failed", "tenant-not-trusted": "tenant-blocked",
    "tenant-limit": "sending-limit", "domain-not-registered": "domain-not-registered", "several-from": "malformed-message",
    "forwarding-blocked": "policy-reject", "binary-reply": "protocol-error", "no-reply-code": "protocol-error",
    "huge-reply": "protocol-error", "federation-without-tls": "auth-failed", "auth-no-reason": "auth-failed",
    "starttls-first": "tls-required", "trial-limit": "sending-limit", "submission-quota": "sending-limit",
    "tenant-restricted": "tenant-blocked", "tenant-block-list": "policy-reject", "too-many-recipients": "throttled",
    "sender-size-limit": "message-too-big", "recipient-syntax": "recipient-unknown", "mailbox-logon": "auth-failed",
    "store-busy": "remote-system-error",
}
NO_REPLY = {"no-reply-code", "huge-reply"}  # what comes is none
ACCEPTED = {"carried-over"}  # late, but taken
MX = {"mx-busy", "direct-send-rejected", "relay-not-attributed", "relay-denied", "recipient-unknown", "no-such-user", "banned-ip",
      "busy", "rate-limited", "recipient-mailbox-full", "greylisted"}


def scenarios(checks):
    """The names that --help lists."""
    text = checks.run("sandbox", "--help").out.decode().partition("Refusals for --fail.")[2].partition("\n\n")[0]
    return re.findall(r"[a-z0-9-]+", text.partition(":\n")[2])
