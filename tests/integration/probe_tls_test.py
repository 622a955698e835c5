#!/usr/bin/python3
"""relaytool probe and TLS: every fault of a certificate, every version, STARTTLS and TLS from the start; OpenSSL is the peer.

probe_tls_test.py PROGRAM SOURCE_FOLDER"""
import ssl
import sys
from concurrent.futures import ThreadPoolExecutor

from certificates import Authority
from checks import Checks
from openssl_server import OpensslServer
from probing import Prober, expect, found, ids, steps
from scripted_smtp import ScriptedSmtp

VERSIONS = {"1.0": ssl.TLSVersion.TLSv1, "1.1": ssl.TLSVersion.TLSv1_1, "1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
OPTIONS = {"1.0": "-tls1", "1.1": "-tls1_1", "1.2": "-tls1_2", "1.3": "-tls1_3"}
# What each certificate is, and which finding names that.
FAULTS = {"expired": "tls-certificate-expired", "early": "tls-certificate-", "wrong_name": "tls-certificate-name",
          "self_signed": "tls-certificate-untrusted", "incomplete": "tls-certificate-untrusted"}


def fault(checks, probe, authority, name, implicit):
    with ScriptedSmtp(certificate=getattr(authority, name), implicit=implicit) as server:
        tls = "implicit" if implicit else "starttls"
        what = f"{name}, {tls}"
        run = probe(server.port, "--tls", tls, *probe.login(), what=what)
        expect(checks, run, what, 1, "certificate", category="tls-certificate")
        checks.that(any(one.startswith(FAULTS[name]) for one in ids(run)), f"{what}: {FAULTS[name]}, not {ids(run)}", run)
        certificate = run.json.get("certificate") or {}
        checks.that(certificate.get("subject") and certificate.get("not_after") and certificate.get("fault"),
                    f"{what}: whose it is, until when, and what is wrong", run)
        checks.that(not any(line.startswith((b"AUTH", b"MAIL")) for line in server.log), f"{what}: no login was sent", run)
        run = probe(server.port, "--tls", tls, "--insecure", *probe.login(), what=f"{what}, --insecure")
        expect(checks, run, f"{what}, --insecure", 0)
        checks.that(steps(run)["auth"] == "ok", f"{what}, --insecure: the walk goes on", run)
        checks.that("probe-certificate-unverified" in ids(run), f"{what}, --insecure: it says so: {ids(run)}", run)
        checks.that(run.json["tls"]["verified"] is False, f"{what}, --insecure: not verified", run)


def good(checks, probe, authority, other):
    for name in ("good", "whole", "ending"):
        with ScriptedSmtp(certificate=getattr(authority, name)) as server:
            run = probe(server.port, *probe.login(), what=name)
            expect(checks, run, name, 0)
            wrong = set(found(run)) - ({"probe-certificate-soon"} if name == "ending" else set())
            checks.that(not wrong and (name == "ending") == ("probe-certificate-soon" in ids(run)), f"{name}: {ids(run)}", run)
            chain = (run.json.get("certificate") or {}).get("chain", [])
            checks.that(len(chain) == (2 if name == "whole" else 1), f"{name}: the whole chain: {chain}", run)
    with ScriptedSmtp(certificate=other.good) as server:
        run = probe(server.port, *probe.login(), what="another authority")
        expect(checks, run, "another authority", 1, "certificate", "tls-certificate-untrusted", "tls-certificate")


def offered(run):
    return {one["version"]: one["offered"] for one in run.json.get("tls", {}).get("versions", [])}


def version(checks, probe, server, only, what, *words):
    """A server that speaks this version and no other."""
    run = probe(server.port, *words, what=what)
    checks.that({name for name, offer in offered(run).items() if offer == "yes"} == {only} and len(offered(run)) == 4,
                f"{what}: found, and no other: {offered(run)}", run)
    if only in ("1.0", "1.1"):
        expect(checks, run, what, 1, "tls", "probe-tls-only-old", "tls-version")
        run = probe(server.port, "--min-tls", "1.0", *words, what=f"{what}, --min-tls 1.0")
        expect(checks, run, f"{what}, --min-tls 1.0", 0)
    else:
        expect(checks, run, what, 0)
        checks.that("probe-tls-old-versions" not in ids(run), f"{what}: nothing old", run)
    checks.that(run.json["tls"]["version"] == f"TLSv{only}".replace("v1.0", "v1"), f"{what}: the version of the walk", run)
    checks.that(bool(run.json["tls"]["cipher"]), f"{what}: its cipher", run)


def scripted_version(checks, probe, authority, only):
    for implicit in (False, True):
        with ScriptedSmtp(certificate=authority.good, implicit=implicit, tls_versions=(VERSIONS[only],) * 2) as server:
            tls = "implicit" if implicit else "starttls"
            version(checks, probe, server, only, f"TLS {only}, {tls}", "--tls", tls, *probe.login())


def openssl_version(checks, probe, authority, only):
    with OpensslServer(authority.good, OPTIONS[only], "-cipher", "ALL:@SECLEVEL=0") as server:
        version(checks, probe, server, only, f"openssl s_server, TLS {only}", "--tls", "implicit")


def all_versions(checks, probe, authority):
    with ScriptedSmtp(certificate=authority.good, tls_versions=(VERSIONS["1.0"], VERSIONS["1.3"])) as server:
        run = probe(server.port, *probe.login(), what="all versions")
        expect(checks, run, "all versions", 0)
        checks.that(set(offered(run).values()) == {"yes"}, f"all versions: {offered(run)}", run)
        checks.that("probe-tls-old-versions" in ids(run), "all versions: it says so", run)


def mixed_up(checks, probe, authority):
    """TLS from the start where the server greets first; no TLS at all; a handshake that is none; a login in clear."""
    with ScriptedSmtp(certificate=authority.good) as server:
        run = probe(server.port, "--tls", "implicit", what="implicit TLS at a STARTTLS port")
        expect(checks, run, "implicit TLS at a STARTTLS port", 1, "tls", "tls-port-mixed-up")
    with ScriptedSmtp() as server:
        run = probe(server.port, *probe.login(), what="no STARTTLS")
        expect(checks, run, "no STARTTLS", 1, "starttls", "tls-not-offered", "tls-required")
        checks.that(not any(line.startswith(b"AUTH") for line in server.log), "no STARTTLS: no login was sent", run)
    with ScriptedSmtp({"starttls": b"220 go\r\n250 this is no TLS\r\n"}, certificate=authority.good) as server:
        run = probe(server.port, *probe.login(), what="words behind the reply to STARTTLS")
        expect(checks, run, "words behind the reply to STARTTLS", 1, "starttls", "send-starttls-injection")
    with ScriptedSmtp(certificate=authority.good, auth_in_clear=True) as server:
        run = probe(server.port, what="AUTH in clear")
        expect(checks, run, "AUTH in clear", 0)
        checks.that("probe-auth-in-clear" in ids(run), f"AUTH in clear: {ids(run)}", run)


def main():
    checks = Checks(sys.argv[1])
    with Authority() as authority, Authority() as other, Prober(checks, authority) as probe, ThreadPoolExecutor(8) as pool:
        work = [pool.submit(fault, checks, probe, authority, name, implicit) for name in FAULTS for implicit in (False, True)]
        work += [pool.submit(part, checks, probe, authority, only) for part in (scripted_version, openssl_version)
                 for only in VERSIONS]
        work += [pool.submit(good, checks, probe, authority, other)]
        work += [pool.submit(part, checks, probe, authority) for part in (all_versions, mixed_up)]
        for one in work:
            one.result()
    checks.finish()


if __name__ == "__main__":
    main()
