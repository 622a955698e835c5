#!/usr/bin/python3
"""relaytool spf check against a real name server (nsd) with the example zones: dns_test.py PROGRAM SOURCE_FOLDER

What comes over the network must be what --zone reads from the same files; then truncation, dead servers in front,
refusing and failing servers, slow ones."""
import os
import re
import socket
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import servers
import wire
from checks import Checks

ADDRESSES = ["192.0.2.1", "192.0.2.2", "203.0.113.10", "198.51.100.1", "40.107.6.55", "195.130.132.52", "209.85.128.5",
             "13.108.238.140", "2001:db8::10", "2a02:1800:110:4::f00:1a"]
EXTRA = """
$ORIGIN {zone}.
$TTL 60
@       SOA ns hostmaster 1 3600 600 86400 60
        NS  ns
ns      A   127.0.0.1
over1232 TXT "v=spf1 ip4:192.0.2.1 -all"
{verifications_1232}
over4096 TXT "v=spf1 ip4:192.0.2.1 -all"
{verifications_4096}
onelong TXT "v=spf1 " {ranges} "ip4:192.0.2.1 -all"
failing TXT "v=spf1 ip4:192.0.2.1 include:missing.example -all"
"""


def verifications(owner, total):
    lines = [f'{owner} TXT "some-service-{number:02}={"0123456789abcdef" * 8}"' for number in range(total // 150 + 1)]
    return "\n".join(lines)


def write_extra(path):
    ranges = " ".join(f'"ip4:198.51.{100 + number // 250}.{number % 250} "' for number in range(260))
    with open(path, "w") as file:
        file.write(EXTRA.format(zone="large.example", ranges=ranges, verifications_1232=verifications("over1232", 1232),
                                verifications_4096=verifications("over4096", 4096)))


def owners(path, origin):
    """The names of a zone file whose lines begin with them."""
    with open(path) as file:
        found = [match[1] for line in file if (match := re.match(r"([a-z0-9_.*-]+)\s+(?:[0-9]+\s+)?(?:IN\s+)?[A-Z]+\s", line))]
    return [f"{name}.{origin}" for name in dict.fromkeys(found) if "*" not in name]


def dead_port():
    """A port where nobody listens: the kernel says so at once."""
    return f"{servers.HOST}:{servers.free_port()}"


def same_over_the_network(checks, nsd, zone_files):
    company = ["", "fixed.", "ideal.", "full.", "ten.", "eleven.", "gsuite.", "news.", "crm.", "branch.", "parked.", "www.",
               "mail.", "nothing."]
    domains = [f"{variant}shortstraw.be" for variant in company] + owners(zone_files[1], "broken.example") + [
        "spf.protection.outlook.com", "_spf.google.com", "_spf.telenet-ops.be", "sendgrid.net", "nobody.invalid",
        *(f"{name}.large.example" for name in ("over1232", "over4096", "onelong"))]
    zones = [word for path in zone_files for word in ("--zone", path)]
    addresses = [word for address in ADDRESSES for word in ("--ip", address)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda domain: same_domain(checks, domain, addresses, zones, nsd), domains))
    with tempfile.NamedTemporaryFile("w", suffix=".pairs") as pairs:
        pairs.writelines(f"{address} boss@{domain} mail.shortstraw.be\n" for domain in domains for address in ADDRESSES)
        pairs.flush()
        offline = checks.run("spf", "check", "--file", pairs.name, "--jsonl", *zones, limit=60)
        online = checks.run("spf", "check", "--file", pairs.name, "--jsonl", "--nameserver", nsd.name, limit=60)
    lines = [checks_line(run) for run in (offline, online)]
    checks.that(len(lines[0]) == len(domains) * len(ADDRESSES), "--file: a line for each pair", offline)
    checks.that(lines[0] == lines[1], "--file: the same by --zone and by --nameserver", online)


def same_domain(checks, domain, addresses, zones, nsd):
    for more in ([], addresses, ["--mail-from", f"o'neill+x@{domain}", "--helo", "mail.broken.example", *addresses]):
        for form in (["--json"], []):
            if not form and more:
                continue
            offline = checks.run("spf", "check", domain, *more, *form, *zones)
            online = checks.run("spf", "check", domain, *more, *form, "--nameserver", nsd.name)
            checks.that(offline.code in (0, 1, 2), f"{domain}: exit code", offline)
            if form:
                checks.that(offline.json.get("schema") == "relaytool/spf/1", f"{domain}: a JSON document", offline)
                checks.same(offline, online, f"{domain}: the same by --zone and by --nameserver")
            else:
                checks.that(offline.code == online.code, f"{domain}: the same exit code as text", online)


def checks_line(run):
    return re.findall(rb'"result":\s*"([a-z]+)"', run.out) and [
        re.search(rb'"result":\s*"([a-z]+)"', line)[1] for line in run.out.splitlines() if b'"result"' in line]


def expect(checks, run, code, verdict, what, seconds=5.0):
    """The exit code, the result of the only address, and not too late."""
    checks.that(run.code == code, f"{what}: exit {code}", run)
    checks.that(run.json.get("result") == verdict, f"{what}: {verdict}", run)
    checks.that(run.seconds < seconds, f"{what}: within {seconds} s", run)


def check(checks, domain, *words):
    return checks.run("spf", "check", domain, "--ip", "192.0.2.1", "--json", *words)


def each_fault_is_found(checks, source, zone_files):
    """The table in examples/zones/README.md: a name, what is wrong with it, and the finding that says so."""
    zones = [word for path in zone_files for word in ("--zone", path)]
    with open(os.path.join(source, "examples/zones/README.md")) as file:
        table = file.read().partition("## broken.example")[2]
    rows = [[cell.strip() for cell in line.strip("|\n ").split("|")] for line in table.splitlines() if line.startswith("| ")]
    listed = set()
    for names, _, finding in rows[2:]:
        for name in names.split(", "):
            listed.add(f"{name}.broken.example")
            run = checks.run("spf", "check", f"{name}.broken.example", "--json", *zones)
            found = {one.get("id"): one.get("severity") for one in run.json.get("findings", [])}
            if finding == "–":
                checks.that(not {"error", "warning"} & set(found.values()), f"{name}: nothing is wrong, not {found}", run)
            else:
                checks.that(finding in found, f"{name}: {finding}, not {found}", run)
    with open(zone_files[1]) as file:
        described = re.findall(r"^; ([a-z0-9-]+(?:, [a-z0-9-]+)*): ", file.read(), re.M)
    described = {f"{name}.broken.example" for names in described for name in names.split(", ")}
    checks.that(described == listed, f"zone and table list the same names, but for {described ^ listed}")


def options_stand_anywhere(checks, zone_files):
    zones = [word for path in zone_files for word in ("--zone", path)]
    for words in (["--ip", "192.0.2.1", *zones, "good.broken.example"], [*zones, "--ip", "192.0.2.1", "good.broken.example"],
                  ["good.broken.example", *zones, "--ip", "192.0.2.1"],
                  ["--nameserver", servers.HOST, *zones, "--ip", "192.0.2.1", "--dns-timeout", "1", "good.broken.example"]):
        expect(checks, checks.run("spf", "check", "--json", *words), 0, "pass", "options and domain in any order")


def truncation(checks, nsd):
    for name in ("over1232", "over4096", "onelong"):
        with servers.Stub(servers.forward((nsd.address, nsd.port))) as stub:
            expect(checks, check(checks, f"{name}.large.example", "--nameserver", stub.name), 0, "pass", name)
            checks.that(stub.counts["tcp"] > 0 or name == "over1232", f"{name}: asked again over TCP", stub.counts)


def dead_servers(checks, nsd):
    hole, tcp_hole = servers.bind_both()
    with hole, tcp_hole:
        tcp_hole.listen(1)
        black_hole = "%s:%d" % hole.getsockname()
        for what, first in (("a closed port", dead_port()), ("a black hole", black_hole)):
            expect(checks, check(checks, "good.broken.example", "--nameserver", first, "--nameserver", nsd.name), 0, "pass",
                   f"{what} in front")
            run = check(checks, "good.broken.example", "--nameserver", first, "--dns-timeout", "1")
            expect(checks, run, 2, "temperror", f"nothing but {what}", 3.0)
        run = check(checks, "full.shortstraw.be", "--nameserver", black_hole, "--nameserver", nsd.name)
        expect(checks, run, 1, "fail", "a black hole in front, many look-ups", 6.0)


def refusals(checks, nsd, zone_files):
    nameserver = ["--nameserver", nsd.name]
    expect(checks, check(checks, "missing.example", *nameserver), 2, "temperror", "SERVFAIL")
    run = checks.run("spf", "check", "failing.large.example", "--ip", "198.51.100.77", "--json", *nameserver)
    expect(checks, run, 2, "temperror", "SERVFAIL of an include")
    expect(checks, check(checks, "failing.large.example", *nameserver), 0, "pass", "a match in front of a SERVFAIL")
    expect(checks, check(checks, "gone.broken.example", *nameserver), 1, "none", "NXDOMAIN")
    expect(checks, check(checks, "host.broken.example", *nameserver), 1, "none", "no TXT record")
    with servers.Nsd({"broken.example": zone_files[1]}) as other:
        expect(checks, check(checks, "example.org", "--nameserver", other.name), 2, "temperror", "REFUSED")
        run = check(checks, "shortstraw.be", "--nameserver", other.name, "--nameserver", nsd.name)
        expect(checks, run, 1, "fail", "REFUSED, and the next server knows")
    for word in ("--json", None):
        run = checks.run("spf", "check", "missing.example", *nameserver, *([word] if word else []))
        checks.that(run.code == 2, "SERVFAIL without an address: exit 2", run)


def slow_servers(checks, nsd):
    server = (nsd.address, nsd.port)
    with servers.Stub(servers.forward(server, 0.3)) as stub:
        run = checks.run("spf", "check", "full.shortstraw.be", "--ip", "192.0.2.1", "--json", "--nameserver", stub.name)
        expect(checks, run, 1, "fail", "each answer after 300 ms", 3.0)
    with servers.Stub(servers.forward(server, 4.0)) as stub:
        run = check(checks, "good.broken.example", "--nameserver", stub.name, "--dns-timeout", "1")
        expect(checks, run, 2, "temperror", "each answer after 4 s, and patience for 1 s", 3.0)
    seen = {}

    def loses_the_first(message, tcp):
        query = wire.read_query(message)
        key = (query.name.lower(), query.type)
        seen[key] = seen.get(key, 0) + 1
        return servers.forward(server)(message, tcp) if seen[key] > 1 else None
    with servers.Stub(loses_the_first) as stub:
        run = check(checks, "ideal.shortstraw.be", "--nameserver", stub.name, "--dns-timeout", "20")
        expect(checks, run, 1, "fail", "the first packet of each question lost", 15.0)


def main():
    if not servers.find_nsd():
        print("nsd is not installed, so nothing was tested: apt-get install nsd (scripts/test does it)")
        sys.exit(servers.SKIPPED)
    program, source = sys.argv[1:3]
    checks = Checks(program)
    zone_files = [os.path.join(source, "examples/zones", name) for name in ("shortstraw.be.zone", "broken.zone")]
    with tempfile.TemporaryDirectory(prefix="relaytool-zones-") as folder:
        zone_files.append(os.path.join(folder, "large.zone"))
        write_extra(zone_files[2])
        with servers.Nsd({".": zone_files[0], "broken.example": zone_files[1], "large.example": zone_files[2],
                          "missing.example": os.path.join(folder, "missing.zone")}) as nsd:
            for part in (truncation, dead_servers, slow_servers):
                timed(part, checks, nsd)
            timed(refusals, checks, nsd, zone_files)
            timed(same_over_the_network, checks, nsd, zone_files)
        timed(options_stand_anywhere, checks, zone_files)
        timed(each_fault_is_found, checks, source, zone_files)
    checks.finish()


def timed(part, *arguments):
    start = time.monotonic()
    part(*arguments)
    print(f"{part.__name__}: {time.monotonic() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main()
