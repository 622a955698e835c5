#!/usr/bin/python3
"""relaytool probe where packets vanish, in a network of its own (root; else it is skipped): probe_filtered_test.py PROGRAM SOURCE

192.0.2.0/24 and 2001:db8::/64 lead to an interface without a cable; so does port 25 of 127.0.0.1."""
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from certificates import Authority
from checks import Checks
from probing import Prober, expect, ids, steps
from scripted_smtp import ScriptedSmtp
from servers import HOST, SKIPPED

NETWORK = """link set lo up
tuntap add dev nowhere mode tun
address add 192.0.2.1/24 dev nowhere
link set nowhere up
-6 address add 2001:db8::1/64 dev nowhere nodad
rule add pref 10 lookup local
rule del pref 0
rule add pref 5 ipproto tcp dport 25 to 127.0.0.1 lookup 100
route add default dev nowhere table 100"""
ZONE = """$ORIGIN filtered.test.
$TTL 60
@ SOA ns hostmaster 1 3600 600 86400 60
good A 127.0.0.1
half A 192.0.2.99
half A 127.0.0.1
six AAAA 2001:db8::99
six A 127.0.0.1
dead A 192.0.2.98
dead A 192.0.2.99
"""


def enter(arguments):
    """Starts this test again in a network of its own."""
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("ip"):
        return "it needs root, unshare and ip"
    tried = subprocess.run(["unshare", "-n", "ip", "tuntap", "add", "dev", "nowhere", "mode", "tun"], capture_output=True, text=True)
    if tried.returncode:
        return f"no network of its own here: {tried.stderr.strip()}"
    os.environ["RELAYTOOL_TEST_NETWORK"] = "own"
    os.execvp("unshare", ["unshare", "-n", sys.executable, "-B", *arguments])


def lay_out():
    """Why it cannot be: kernels differ in what they route by. Empty when it is."""
    for line in NETWORK.splitlines():
        tried = subprocess.run(["ip", *line.split()], capture_output=True, text=True)
        if tried.returncode:
            return f"no such network here: ip {line}: {tried.stderr.strip()}"
    return ""


def filtered(checks, probe, zone):
    run = probe("192.0.2.99:587", timeout="1s", what="a filtered address")
    expect(checks, run, "a filtered address", 1, "connect", "connection-timed-out", "connection-failed")
    checks.that(0.9 < run.seconds < 15, f"a filtered address: in time: {run.seconds} s", run)
    run = probe("dead.filtered.test:587", *zone, timeout="1s", what="two filtered addresses")
    expect(checks, run, "two filtered addresses", 1, "connect", "connection-timed-out")
    checks.that(len(run.json["addresses"]) == 2, "two filtered addresses: both were tried", run)
    run = probe("203.0.113.1:587", timeout="2s", what="no way there")
    expect(checks, run, "no way there", 1, "connect", "connection-unreachable", "connection-failed")


def blocked(checks, probe, zone):
    run = probe("good.filtered.test:25", *zone, "--tls", "off", timeout="1s", what="port 25 is blocked")
    expect(checks, run, "port 25 is blocked", 1, "connect", "probe-port-25-blocked", "connection-failed")
    checks.that({one["port"]: one["answers"] for one in run.json["other_ports"]}.get(587) is True, "587 was tried beside it", run)
    run = probe("good.filtered.test:465", *zone, timeout="1s", what="another port answers")
    expect(checks, run, "another port answers", 1, "connect", "probe-other-port", "connection-failed")


def beside(checks, probe, zone):
    for name in ("half", "six"):
        run = probe(f"{name}.filtered.test:587", *zone, "--insecure", what=name)
        expect(checks, run, f"{name}: one of two addresses answers", 0)
        checks.that("probe-some-addresses" in ids(run), f"{name}: it says which does not: {ids(run)}", run)
        answers = {one["address"]: one["answers"] for one in run.json["addresses"]}
        checks.that(len(answers) == 2 and answers.get(HOST) is True and sum(answers.values()) == 1, f"{name}: {answers}", run)
        checks.that(steps(run)["ehlo-tls"] == "ok" and run.seconds < 20, f"{name}: the walk went on, in time", run)


def main():
    if "RELAYTOOL_TEST_NETWORK" not in os.environ:
        print(f"left out: {enter(sys.argv)}")
        sys.exit(SKIPPED)
    if trouble := lay_out():
        print(f"left out: {trouble}")
        sys.exit(SKIPPED)
    checks = Checks(sys.argv[1])
    with Authority() as authority, Prober(checks, authority) as probe, tempfile.NamedTemporaryFile("w", suffix=".zone") as file, \
            ScriptedSmtp(certificate=authority.good, port=587), ScriptedSmtp(port=25), ThreadPoolExecutor(4) as pool:
        file.write(ZONE)
        file.flush()
        for one in [pool.submit(part, checks, probe, ["--zone", file.name]) for part in (filtered, blocked, beside)]:
            one.result()
    checks.finish()


if __name__ == "__main__":
    main()
