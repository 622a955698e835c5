#!/usr/bin/python3
"""relaytool probe against Postfix, OpenSMTPD and Exim, alone and behind what a network may put in front of them:
probe_servers_test.py PROGRAM SOURCE_FOLDER"""
import sys
from concurrent.futures import ThreadPoolExecutor

import mail_servers
import proxies
from certificates import Authority
from checks import Checks
from probing import Prober, expect, found, ids, steps
from sending import USER
from servers import SKIPPED

OTHER = "scanner@here.test"  # somebody else's address
# What each says when a login uses it, and to a stranger who wants mail passed on.
ANSWERS = {mail_servers.Postfix: ("553 5.7.1", "554 5.7.1"), mail_servers.OpenSmtpd: ("550", "550"),
           mail_servers.Exim: ("550", "550")}


def replies(run, kind):
    return {one["address"]: one["reply"] and one["reply"]["text"] for one in run.json.get(kind, [])}


def good(checks, probe, server, name):
    """Nothing is wrong: every step is walked."""
    for tls in ("starttls", "implicit"):
        port = server.tls_port if tls == "implicit" else server.port
        run = probe(port, "--tls", tls, *probe.login(), "--from", USER, "--to", "boss@here.test", "--to", "x@else.test",
                    what=f"{name}, {tls}")
        expect(checks, run, f"{name}, {tls}: good", 0)
        walked = {step for step, outcome in steps(run).items() if outcome == "ok"}
        needed = {"resolve", "connect", "banner", "tls", "certificate", "ehlo-tls", "auth", "mail", "rcpt"}
        checks.that(needed <= walked, f"{name}, {tls}: walked but {needed - walked}", run)
        tls_facts = run.json.get("tls", {})
        offered = {one["version"]: one["offered"] for one in tls_facts.get("versions", [])}
        checks.that(tls_facts.get("verified") is True and offered.get("1.2") == offered.get("1.3") == "yes",
                    f"{name}, {tls}: TLS 1.2 and 1.3, verified: {offered}", run)
        certificate = run.json.get("certificate") or {}
        checks.that("127.0.0.1" in str(certificate.get("names")), f"{name}, {tls}: the certificate's names", run)
        checks.that(not found(run), f"{name}, {tls}: nothing is wrong: {found(run)}", run)
    checks.that(not server.mail("boss", 1, 0.2), f"{name}: no message was sent")


def login(checks, probe, server, name, foreign):
    run = probe(server.port, *probe.login(probe.wrong), "--from", USER, what=f"{name}: password")
    expect(checks, run, f"{name}: wrong password", 1, "auth", category="auth-failed")
    checks.that(run.json["auth"]["reply"]["code"] == 535, f"{name}: wrong password: 535", run)
    checks.that(all(steps(run)[step] == "skipped" for step in ("mail", "rcpt")), f"{name}: nothing behind it", run)
    run = probe(server.port, *probe.login(), "--from", OTHER, "--from", USER, "--to", "boss@here.test", what=f"{name}: senders")
    checks.that(run.code == 1, f"{name}: somebody else's address", run)
    checks.that({"send-as-denied", "sender-rejected"} & set(found(run).values()), f"{name}: whose address: {found(run)}", run)
    said = [one["reply"]["text"] for one in run.json["senders"] + run.json["recipients"] if one["outcome"] == "problem"]
    checks.that(any(text.startswith(foreign) for text in said), f"{name}: {foreign} to it: {said}", run)


def relay(checks, probe, server, name, denied):
    run = probe(server.port, "--tls", "off", "--from", "a@b.test", "--to", "boss@here.test", "--to", "x@else.test", what=name)
    expect(checks, run, f"{name}: relay", 1, "rcpt", category="relay-denied" if name != "OpenSmtpd" else None)
    said = replies(run, "recipients")
    checks.that(said["boss@here.test"].startswith("250") and said["x@else.test"].startswith(denied),
                f"{name}: inside and outside: {said}", run)
    run = probe(server.port, "--tls", "off", "--from", "a@b.test", "--to", "nobody@here.test", what=name)
    expect(checks, run, f"{name}: unknown", 1, "rcpt")
    run = probe(server.port, "--tls", "off", "--deep", what=f"{name}, --deep")
    checks.that("probe-open-relay" not in ids(run), f"{name}: it is no open relay", run)
    checks.that(steps(run).get("relaying") == "ok", f"{name}: relaying was tried", run)


def send_as(checks, probe, server, name):
    run = probe(server.port, *probe.login(), "--from", USER, "--send-as-test", what=f"{name}, --send-as-test")
    expect(checks, run, f"{name}: a test message", 0)
    mail = server.mail("invoicing")
    checks.that(len(mail) == 1 and steps(run)["send-as"] == "ok", f"{name}: one message came: {mail}", run)


def real(checks, probe, authority, kind):
    name = kind.__name__
    foreign, denied = ANSWERS[kind]
    with kind(authority.good) as server:
        relay(checks, probe, server, name, denied)
        if not server.tls_works:
            run = probe(server.port, what=f"{name}, TLS")
            expect(checks, run, f"{name}: its TLS does not work", 1, "tls")
            return
        good(checks, probe, server, name)
        login(checks, probe, server, name, foreign)
        send_as(checks, probe, server, name)


def behind(checks, probe, authority, other):
    """A Postfix that is all right, and something in front of it that is not."""
    with mail_servers.Postfix(authority.good) as server:
        with proxies.Proxy(server.port) as plain:
            run = probe(plain.port, *probe.login(), what="a proxy that does no harm")
            expect(checks, run, "a proxy that does no harm", 0)
        with proxies.Proxy(server.port, proxies.without_starttls) as proxy:
            run = probe(proxy.port, *probe.login(), what="STARTTLS taken away")
            expect(checks, run, "STARTTLS taken away", 1, "starttls", category="tls-required")
        with proxies.Proxy(server.port, proxies.overwritten) as proxy:
            run = probe(proxy.port, *probe.login(), what="STARTTLS overwritten")
            expect(checks, run, "STARTTLS overwritten", 1, "starttls", "probe-starttls-stripped", "tls-required")
            checks.that("XXXXXXXA" in run.json["capabilities"]["plain"], "what the firewall made of it", run)
        for what, certificate in (("another authority's", other.good), ("its own", authority.self_signed)):
            with proxies.Proxy(server.port, certificate=certificate) as proxy:
                run = probe(proxy.port, *probe.login(), what=f"a proxy with a certificate: {what}")
                expect(checks, run, f"a proxy with a certificate: {what}", 1, "certificate", category="tls-certificate")
                checks.that(run.json["certificate"]["subject"], f"{what}: whose certificate it is", run)


def main():
    checks = Checks(sys.argv[1])
    if reason := mail_servers.missing():
        print(f"left out: {reason}")
        sys.exit(SKIPPED)
    with Authority() as authority, Authority() as other, Prober(checks, authority) as probe, ThreadPoolExecutor(4) as pool:
        work = [pool.submit(real, checks, probe, authority, kind) for kind in ANSWERS]
        work.append(pool.submit(behind, checks, probe, authority, other))
        for one in work:
            one.result()
    checks.finish()


if __name__ == "__main__":
    main()
