#!/usr/bin/python3
"""Every refusal that `relaytool sandbox` knows, met by `relaytool probe`: its own step, its own category, exit 1.

probe_refusals_test.py PROGRAM SOURCE_FOLDER"""
import sys
from concurrent.futures import ThreadPoolExecutor

from checks import Checks
from probing import Prober, expect, found, steps
from refusals import ACCEPTED, CATEGORIES, MX, scenarios
from sandbox import Sandbox
from sending import PASSWORD, TOKEN, USER

# Where each shows; the others, with the test message.
STEPS = {
    "banner": {"service-not-active", "mx-busy"},
    "ehlo-tls": {"tls-old"},
    "starttls": {"starttls-broken"},
    "auth": {"wrong-password", "basic-auth-disabled", "smtp-auth-disabled-tenant", "smtp-auth-disabled-mailbox",
             "security-defaults", "conditional-access", "federation-unreachable", "basic-auth-retired", "bad-token",
             "token-challenge", "malformed-token", "token-expires-soon", "auth-temporary", "auth-service-not-active",
             "auth-mechanism", "federation-without-tls", "auth-no-reason"},
    "mail": {"starttls-required", "not-authenticated", "not-authenticated-2020", "message-too-big", "submission-rate",
             "huge-reply", "binary-reply", "no-reply-code", "busy", "rate-limited", "starttls-first"},
    "rcpt": {"bad-recipient", "relay-not-attributed", "relay-denied", "recipient-unknown", "no-such-user", "banned-ip",
             "recipient-mailbox-full", "greylisted"},
}
UNSEEN = {"direct-send-rejected"}  # the MX says it after the message, and there no message is sent
TOKENS = {"bad-token", "token-challenge", "malformed-token", "token-expires-soon"}


def step_of(name):
    return next((step for step, names in STEPS.items() if name in names), "send-as")


def refusal(checks, probe, name):
    options = ("--tls-max", "1.1") if name == "tls-old" else ("--fail", name)
    with Sandbox(checks.program, "--user", f"{USER}:{PASSWORD}", *options) as sandbox:
        if name in MX:
            words = ["--tls", "off"]
        else:
            words = ["--ca-file", sandbox.ca, "--send-as-test", *probe.login()]
        if name in TOKENS:
            words[-2:] = ["--token-file", probe.token]
        run = probe(sandbox.port("mx" if name in MX else "smtp"), *words, "--from", USER, "--to", "boss@here.test",
                    *(["--min-tls", "1.0"] if name == "tls-old" else []), what=name)
        if name in ACCEPTED | UNSEEN:
            expect(checks, run, name, 0)
            return
        expect(checks, run, name, 1, step_of(name), category=CATEGORIES.get(name))
        checks.that(len(found(run)) == 1, f"{name}: one cause, not {found(run)}", run)


def tokens(checks, probe):
    """XOAUTH2 refused at once (Microsoft), and with a challenge that has to be answered first (Google)."""
    for name in ("bad-token", "token-challenge"):
        with Sandbox(checks.program, "--user", f"{USER}:{PASSWORD}", "--fail", name) as sandbox:
            run = probe(sandbox.port(), "--ca-file", sandbox.ca, "--user", USER, "--token-file", probe.token, what=name)
            expect(checks, run, f"XOAUTH2, {name}", 1, "auth", category="auth-failed")
            auth = run.json.get("auth", {})
            checks.that(auth.get("mechanism") == "XOAUTH2" and auth["reply"]["code"] == 535, f"XOAUTH2, {name}: {auth}", run)
            checks.that(bool(auth.get("token_refusal")) == (name == "token-challenge"), f"XOAUTH2, {name}: {auth}", run)
    with Sandbox(checks.program, "--user", f"{USER}:{PASSWORD}", "--token", TOKEN) as sandbox:
        run = probe(sandbox.port(), "--ca-file", sandbox.ca, "--user", USER, "--token-file", probe.token, what="a good token")
        expect(checks, run, "a good token", 0)


def senders(checks, probe):
    """Office 365 refuses somebody else's address only after the message."""
    with Sandbox(checks.program, "--user", f"{USER}:{PASSWORD}") as sandbox:
        words = (*probe.login(), "--ca-file", sandbox.ca, "--from", USER, "--from", "boss@here.test")
        run = probe(sandbox.port(), *words, what="senders")
        expect(checks, run, "senders, without a message", 0)
        checks.that("probe-send-as-late" in str(run.json["findings"]) and not sandbox.mails(1, 0.2), "it says that it is not known",
                    run)
        run = probe(sandbox.port(), *words, "--send-as-test", what="senders")
        expect(checks, run, "senders, with a message", 1, "send-as", category="send-as-denied")
        outcomes = {one["address"]: one["message"]["outcome"] for one in run.json["senders"]}
        checks.that(outcomes == {USER: "ok", "boss@here.test": "problem"}, f"senders: {outcomes}", run)
        mails = sandbox.mails()
        checks.that([event["to"] for event, _ in mails] == [[USER]], f"the message went to the login itself: {mails}", run)
        checks.that(steps(run)["mail"] == "ok", "MAIL FROM was good for both", run)


def main():
    checks = Checks(sys.argv[1])
    names = scenarios(checks)
    checks.that(set().union(*STEPS.values()) <= set(names), f"known here and not listed: {set().union(*STEPS.values()) - set(names)}")
    with Prober(checks) as probe, ThreadPoolExecutor(4) as pool:
        work = [pool.submit(refusal, checks, probe, name) for name in names]
        work += [pool.submit(part, checks, probe) for part in (tokens, senders)]
        for one in work:
            one.result()
    checks.finish()


if __name__ == "__main__":
    main()
