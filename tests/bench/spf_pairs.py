#!/usr/bin/python3
"""Writes what scripts/bench-spf measures with: spf_pairs.py FOLDER [COUNT]

FOLDER/example.zone  the zone example. with COUNT domains, every name of every domain its own, so that no cache helps
FOLDER/pairs         COUNT lines "ADDRESS SENDER HELO", one for each domain
FOLDER/expected      COUNT lines, the result of each pair

Six kinds of domain in turn: an ip4 range that matches, an include two levels deep, a, mx with two hosts, redirect, and
a sender in none of an include, a and ip4 (~all).
"""
import os
import sys


def domain(index):
    """The domain's records, the address that sends for it, and the result."""
    name = f"d{index:05}.example."
    good = f"198.51.{100 + index % 8}.{1 + index % 250}"
    other = f"203.0.{113 + index % 8}.{1 + index % 250}"
    kind = index % 6
    if kind == 0:
        return [(name, "TXT", f'"v=spf1 ip4:192.0.2.0/24 ip4:{good} -all"')], good, "pass"
    if kind == 1:
        return [(name, "TXT", f'"v=spf1 include:_spf.{name[:-1]} -all"'),
                (f"_spf.{name}", "TXT", f'"v=spf1 include:_a.{name[:-1]} include:_b.{name[:-1]} ~all"'),
                (f"_a.{name}", "TXT", '"v=spf1 ip4:192.0.2.0/25 ip6:2001:db8::/48 ~all"'),
                (f"_b.{name}", "TXT", f'"v=spf1 ip4:{good} ~all"')], good, "pass"
    if kind == 2:
        return [(name, "TXT", '"v=spf1 a -all"'), (name, "A", good)], good, "pass"
    if kind == 3:
        return [(name, "TXT", '"v=spf1 mx -all"'), (name, "MX", f"10 mx1.{name}"), (name, "MX", f"20 mx2.{name}"),
                (f"mx1.{name}", "A", "192.0.2.25"), (f"mx2.{name}", "A", good)], good, "pass"
    if kind == 4:
        return [(name, "TXT", f'"v=spf1 redirect=_spf.{name[:-1]}"'),
                (f"_spf.{name}", "TXT", f'"v=spf1 ip4:192.0.2.0/24 ip4:{good} ~all"')], good, "pass"
    return [(name, "TXT", f'"v=spf1 include:_spf.{name[:-1]} a ip4:192.0.2.0/24 ~all"'), (name, "A", good),
            (f"_spf.{name}", "TXT", '"v=spf1 ip4:192.0.2.0/25 ~all"')], other, "softfail"


def main():
    folder, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    with open(os.path.join(folder, "example.zone"), "w") as zone, open(os.path.join(folder, "pairs"), "w") as pairs, \
            open(os.path.join(folder, "expected"), "w") as expected:
        zone.write("$TTL 300\n@ IN SOA ns.example. hostmaster.example. 1 3600 600 86400 60\n@ IN NS ns.example.\n"
                   "ns.example. IN A 127.0.0.1\n")
        for index in range(count):
            records, address, result = domain(index)
            for owner, kind, data in records:
                zone.write(f"{owner} IN {kind} {data}\n")
            name = records[0][0][:-1]
            pairs.write(f"{address} boss@{name} mail.{name}\n")
            expected.write(f"{result}\n")


main()
