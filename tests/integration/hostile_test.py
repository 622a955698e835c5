#!/usr/bin/python3
"""relaytool spf check and name servers that mean harm: hostile_test.py PROGRAM

Whatever they send: no crash, no control character on the terminal, an exit code that is one, and an end in time. And
what a server has no business to say is not believed."""
import os
import random
import struct
import sys
from concurrent.futures import ThreadPoolExecutor

import servers
import wire
from checks import CONTROL, Checks
from wire import RESPONSE, TRUNCATED, TXT, read_query, record, reply, strings

PASS = strings("v=spf1 ip4:192.0.2.1 -all")
EVERYBODY = strings("v=spf1 +all")
OTHER = wire.name("other.example")
ESCAPES = b"v=spf1 ip4:192.0.2.1 \x1b[31m\x1b]0;owned\x07\x00\x7f\x9b2J\xc2\x9b2J\r\n\xff\xfe -all exp=\x1b[2Jwhy.example"


def pointer(at):
    return struct.pack("!H", 0xC000 | at)


def cut(message, size):
    return message[:size]


def long_text(size):
    text = b"v=spf1 " + b" ".join(b"ip4:198.51.%d.%d" % (number >> 8 & 255, number & 255) for number in range(size // 12))
    return strings(text[:size].rpartition(b" ")[0] + b" ip4:192.0.2.1 -all")


def over_tcp(answer):
    """Truncated over UDP, `answer(query)` over TCP."""
    return lambda query, tcp: answer(query) if tcp else [reply(query, flags=RESPONSE | TRUNCATED)]


def noise(query, seed):
    dice = random.Random(seed)
    body = bytes(dice.randrange(256) for _ in range(dice.randrange(1, 600)))
    header = struct.pack("!6H", query.id, RESPONSE, 1, *(dice.choice([0, 1, 2, 65535]) for _ in range(3)))
    return header + query.question + body


def mutated(query, seed):
    dice = random.Random(seed)
    message = bytearray(reply(query, record(TXT, PASS), record(wire.CNAME, OTHER), record(TXT, PASS, OTHER)))
    for _ in range(dice.randrange(1, 8)):
        message[dice.randrange(12, len(message))] = dice.randrange(256)
    return bytes(message)


def explanation(query, _):
    if query.name.lower().startswith("why"):
        return [reply(query, record(TXT, strings(b"\x1b[31mred\x1b[0m \x08\x08\x9b1m\xc2\x85 %{i} %{h} \x00 end")))]
    return [reply(query, record(TXT, strings("v=spf1 -all exp=why.example")))]


# name -> answers(query, tcp), or (answers, the results allowed)
ATTACKS = {
    "control characters in the record": lambda q, _: [reply(q, record(TXT, strings(ESCAPES)))],
    "control characters in other TXT records": (lambda q, _: [reply(q, record(TXT, strings(ESCAPES[7:])), record(TXT, PASS))],
                                                {"pass"}),
    "control characters in an explanation": explanation,
    "control characters in an alias": lambda q, _: [reply(
        q, record(wire.CNAME, b"\x06\x1b[31m\0\x07example\0"), record(TXT, PASS, b"\x06\x1b[31m\0\x07example\0"))],
    "control characters in an include": lambda q, _: [reply(q, record(TXT, strings(b"v=spf1 include:\x1b[2J.example -all")))],
    "name that points at itself": lambda q, _: [reply(q, record(TXT, PASS, pointer(12 + len(q.question))))],
    "names that point at each other": lambda q, _: [
        reply(q, record(TXT, PASS, b"\x01a" + pointer(12 + len(q.question))), record(TXT, PASS, pointer(12 + len(q.question))))],
    "name that points behind the end": lambda q, _: [reply(q, record(TXT, PASS, pointer(0x3FFF)))],
    "alias that points at itself": lambda q, _: [reply(q, record(wire.CNAME, pointer(12 + len(q.question) + 12)))],
    "alias of itself": lambda q, _: [reply(q, record(wire.CNAME, pointer(12)))],
    "aliases in a ring": lambda q, _: [reply(q, record(wire.CNAME, OTHER), record(wire.CNAME, pointer(12), OTHER))],
    "two hundred aliases": lambda q, _: [reply(q, *(record(wire.CNAME, wire.name(f"a{n + 1}.example"), wire.name(
        f"a{n}.example") if n else pointer(12)) for n in range(200)))],
    "label of 64 octets": lambda q, _: [reply(q, record(TXT, PASS, b"\x40" + b"a" * 64 + b"\0"))],
    "name of 300 octets": lambda q, _: [reply(q, record(TXT, PASS, (b"\x3b" + b"a" * 59) * 5 + b"\0"))],
    "answer for another name": (lambda q, _: [reply(q, record(TXT, EVERYBODY, OTHER))], {"none", "temperror"}),
    "answer to another question": (lambda q, _: [reply(q, record(TXT, EVERYBODY), question=OTHER + q.question[-4:])],
                                   {"none", "temperror"}),
    "answer of another class": (lambda q, _: [reply(q, pointer(12) + struct.pack("!HHIH", TXT, 3, 60, len(EVERYBODY)) + EVERYBODY)],
                                {"none", "temperror"}),
    "wrong id": (lambda q, _: [reply(q, record(TXT, EVERYBODY), id=q.id ^ 1)], {"temperror"}),
    "wrong id, then the answer": (lambda q, _: [reply(q, record(TXT, EVERYBODY), id=q.id ^ 1), reply(q, record(TXT, PASS))],
                                  {"pass", "fail"}),
    "a question, not an answer": (lambda q, _: [reply(q, record(TXT, EVERYBODY), flags=0x0100)], {"temperror"}),
    "no question": lambda q, _: [reply(q, record(TXT, PASS), question=b"", questions=0)],
    "an empty packet": (lambda q, _: [b""], {"temperror"}),
    "half a header": (lambda q, _: [cut(reply(q), 7)], {"temperror"}),
    "a header alone": (lambda q, _: [cut(reply(q, record(TXT, PASS)), 12)], {"temperror", "none"}),
    "cut in the question": (lambda q, _: [cut(reply(q, record(TXT, PASS)), 15)], {"temperror", "none"}),
    "cut in the record": (lambda q, _: [reply(q, record(TXT, EVERYBODY))[:-3]], {"temperror", "none"}),
    "more answers announced": lambda q, _: [reply(q, record(TXT, PASS), answers=65535)],
    "fewer answers announced": lambda q, _: [reply(q, record(TXT, PASS), record(TXT, EVERYBODY), answers=1)],
    "65535 questions announced": lambda q, _: [reply(q, record(TXT, PASS), questions=65535)],
    "string longer than its record": (lambda q, _: [reply(q, record(TXT, b"\xffv=spf1 +all"))], {"temperror", "none"}),
    "record longer than the packet": (lambda q, _: [reply(q, record(TXT, EVERYBODY, length=65535))], {"temperror", "none"}),
    "record without strings": (lambda q, _: [reply(q, record(TXT, b""))], {"none", "temperror"}),
    "address of three octets": lambda q, _: [reply(q, record(TXT, strings("v=spf1 a -all"))) if q.type == TXT
                                             else reply(q, record(wire.A, b"\1\2\3"))],
    "MX of one octet": lambda q, _: [reply(q, record(TXT, strings("v=spf1 mx -all"))) if q.type == TXT
                                     else reply(q, record(wire.MX, b"\1"))],
    "a thousand records": lambda q, _: [reply(q, *[record(TXT, strings(f"no-{n}")) for n in range(1000)])],
    "thousand MX": over_tcp(lambda q: [reply(q, record(TXT, strings("v=spf1 mx -all"))) if q.type == TXT else
                                       reply(q, *[record(wire.MX, b"\0\1" + wire.name(f"m{n}.example")) for n in range(1000)])]),
    "64 kB of TXT over TCP": (over_tcp(lambda q: [reply(q, *[record(TXT, strings("x" * 255)) for _ in range(235)],
                                                        record(TXT, PASS))]), {"pass"}),
    "a record of 64 kB": (over_tcp(lambda q: [reply(q, record(TXT, long_text(64000)))]), {"pass", "permerror"}),
    "4000 records over TCP": over_tcp(lambda q: [reply(q, *[record(TXT, strings("x")) for _ in range(4000)])]),
    "truncated over TCP too": over_tcp(lambda q: [reply(q, flags=RESPONSE | TRUNCATED)]),
    "TCP that promises more": over_tcp(lambda q: [servers.Stub.Raw(b"\xff\xff" + reply(q, record(TXT, PASS)))]),
    "TCP of length 0": over_tcp(lambda q: [servers.Stub.Raw(b"\0\0")]),
    "TCP byte by byte": over_tcp(lambda q: [part for byte in struct.pack("!H", len(reply(q, record(TXT, PASS)))) + reply(
        q, record(TXT, PASS)) for part in (0.001, servers.Stub.Raw([byte]))]),
    "TCP that says nothing": over_tcp(lambda q: [10]),
    "every rcode in turn": lambda q, _: [reply(q, rcode=q.id % 16)],
    "includes without end": lambda q, _: [reply(q, record(TXT, strings(f"v=spf1 include:x{q.id}.{q.name[-60:]} -all")))],
    "a record of 5000 includes": over_tcp(lambda q: [reply(q, record(TXT, strings(
        "v=spf1 " + "".join(f"include:i{n}.example " for n in range(3000)) + "-all")))]),
    "a record of 60000 blanks": over_tcp(lambda q: [reply(q, record(TXT, strings("v=spf1" + " " * 60000 + "-all")))]),
    "NUL behind the record": lambda q, _: [reply(q, record(TXT, strings(b"v=spf1 ip4:192.0.2.1 -all\0 +all")))],
    **{f"noise {seed}": lambda q, _, seed=seed: [noise(q, seed)] for seed in range(12)},
    **{f"mutated {seed}": lambda q, _, seed=seed: [mutated(q, seed)] for seed in range(24)},
}
# What a run may take when one look-up may take one second. Sanitizers are slow.
SECONDS = 5.0 * float(os.environ.get("RELAYTOOL_TEST_PATIENCE", "1"))


ADDRESSES = ["--ip", "192.0.2.1", "--ip", "198.51.100.99"]
COMMANDS = [["check", *ADDRESSES, "--json"], ["check", *ADDRESSES], ["check", "--json"], ["check"], ["explain"], ["suggest"],
            ["suggest", "--flatten", "--json"], ["sources"], ["sources", "--json"]]


def attack(checks, what, answers, allowed):
    with servers.Stub(lambda message, tcp: answers(read_query(message), tcp)) as stub:
        for command in COMMANDS:
            run = checks.run("spf", *command, "--nameserver", stub.name, "--dns-timeout", "1", "hostile.example", limit=6 * SECONDS)
            checks.that(run.code in (0, 1, 2), f"{what}: exit code", run)
            checks.that(not CONTROL.search(run.out + run.err), f"{what}: no control characters", run)
            checks.that(run.seconds < SECONDS, f"{what}: in time", run)
            checks.that(is_utf8(run.out + run.err), f"{what}: UTF-8", run)
            checks.that(run.out or run.err or command[0] == "sources", f"{what}: it says something", run)
            if "--json" in command and not (run.code == 2 and run.err):
                checks.that(str(run.json.get("schema")).startswith("relaytool/spf"), f"{what}: JSON", run)
            if command == COMMANDS[0] and allowed:
                results = {one.get("result") for one in run.json.get("checks", [{}])}
                checks.that(results <= allowed | ({"fail"} if "pass" in allowed else set()),
                            f"{what}: not believed, {results} instead of {allowed}", run)


def is_utf8(text):
    try:
        return text.decode() is not None
    except UnicodeDecodeError:
        return False


def main():
    checks = Checks(sys.argv[1])
    rows = [(what, *(row if isinstance(row, tuple) else (row, set()))) for what, row in ATTACKS.items()]
    with ThreadPoolExecutor(8) as pool:  # they wait for time-outs, mostly
        list(pool.map(lambda row: attack(checks, *row), rows))
    checks.finish()


if __name__ == "__main__":
    main()
