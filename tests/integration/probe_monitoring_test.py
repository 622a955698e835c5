#!/usr/bin/python3
"""`relaytool probe` for CI and monitoring, against `relaytool sandbox`: --expect, --format, --watch and its Ctrl-C.

probe_monitoring_test.py PROGRAM SOURCE_FOLDER"""
import json
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

from checks import Checks
from sandbox import Sandbox
from sending import PASSWORD, USER
from servers import prepare_child

SAMPLE = re.compile(r'relaytool_probe_[a-z_]+\{([a-z_]+="([^"\\\n]|\\[\\"n])*",?)+\} -?[0-9.e+-]+')
PERFORMANCE = re.compile(r"[a-z_-]+=[0-9.-]+s?(;[0-9.]*){0,4}")


class Prober:
    def __init__(self, checks, sandbox, password):
        self.checks, self.sandbox, self.password = checks, sandbox, f"{sandbox.folder.name}/{len(password)}"
        with open(self.password, "w") as file:
            file.write(password)

    def words(self, *more):
        return ("probe", f"localhost:{self.sandbox.port()}", "--ca-file", self.sandbox.ca, "--user", USER,
                "--password-file", self.password, *more)

    def __call__(self, *more):
        run = self.checks.run(*self.words(*more))
        self.checks.that(PASSWORD.encode() not in run.out + run.err, "no password is shown", run)
        return run


def expectations(checks, good, wrong):
    rows = [
        (good, "auth=ok,tls>=1.2,certificate>=14d,tls-offers=1.3,time<=60s,finding!=error", 0),
        (good, f"from:{USER}=ok,to:you@example.com=ok,resolve=ok", 0),
        (good, "auth=ok,sendas:other@here.test=send-as-denied", 0),
        (good, f"sendas:{USER}=ok", 0),
        (good, "auth!=ok", 1),
        (good, "certificate>=99999d", 1),
        (good, "relaying=ok", 2),
        (wrong, "auth=ok", 1),
        (wrong, "auth=auth-failed", 0),
        (wrong, "auth=smtp-auth-disabled", 1),
        (wrong, f"from:{USER}=ok", 1),
    ]
    for terms in ("", f"sendas:{USER}=ok", "tls>=1.4", "certificate>=14"):
        run = good("--expect", terms)
        checks.that(run.code == 64 and not run.out, f"'{terms}' is wrong usage", run)
    for prober, terms, code in rows:
        sends = ["--send-as-test"] if "sendas:" in terms else []
        run = prober("--expect", terms, *sends)
        checks.that(run.code == code and run.out.count(b"\n") == 1 and not run.err, f"{terms}: exit {code}, one line", run)
        run = prober("--expect", terms, "--json", *sends)
        words = {0: {"met"}, 1: {"met", "not-met"}, 2: {"met", "unknown"}}[code]
        found = {line["outcome"] for line in run.json.get("expectations", [])}
        checks.that(run.code == code and found and found <= words, f"{terms}: {words}", run)


def plugin(checks, good, wrong):
    for prober, more, code, word in ((good, (), 0, "OK"), (wrong, (), 2, "CRITICAL"), (good, ("--expect", "relaying=ok"), 3, "UNKNOWN"),
                                     (good, ("--expect", "x"), 3, "UNKNOWN")):
        run = prober("--format", "nagios", *more)
        text = run.out.decode()
        checks.that(run.code == code and text.startswith(f"SMTP {word} - ") and text.count("\n") == 1, f"plugin: {word}", run)
        numbers = text.partition("|")[2].split()
        checks.that(all(PERFORMANCE.fullmatch(number) for number in numbers) and text.count("|") <= 1, "performance data", run)
        checks.that(more == ("--expect", "x") or any(number.startswith("time=") for number in numbers), "a time", run)


def prometheus(checks, good, wrong):
    for prober, success in ((good, 1), (wrong, 0)):
        run = prober("--format", "prometheus")
        lines = run.out.decode().splitlines()
        samples = [line for line in lines if not line.startswith("#")]
        for line in samples:
            checks.that(SAMPLE.fullmatch(line), f"a sample: {line}")
        checks.that(len({line.rpartition(" ")[0] for line in samples}) == len(samples), "no sample twice", run)
        described = {line.split()[2] for line in lines if line.startswith("# TYPE ")}
        checks.that({line.partition("{")[0] for line in samples} == described, "every metric has its type", run)
        checks.that(any(re.fullmatch(rf"relaytool_probe_success\{{.*\}} {success}", line) for line in samples), f"success {success}", run)


def junit(checks, good, wrong):
    for prober, more, failures in ((good, (), 0), (wrong, (), 1), (wrong, ("--expect", "auth=ok,tls>=1.2"), 1)):
        run = prober("--format", "junit", *more)
        suite = xml.fromstring(run.out).find("testsuite")
        checks.that(int(suite.get("failures")) == failures == len(suite.findall("testcase/failure")), f"{failures} failures", run)
        checks.that(int(suite.get("tests")) == len(suite.findall("testcase")), "as many test cases as it says", run)


def certificate(checks, good):
    """What the edge reads of a real one."""
    facts = good("--json").json.get("certificate") or {}
    checks.that(facts.get("fault") is None and facts.get("chain"), "a good certificate", facts)
    checks.that("localhost" in facts.get("names", []) and "127.0.0.1" in facts["names"], "its names", facts)
    checks.that(re.fullmatch(r"(RSA|EC|ED25519).*", facts.get("key") or ""), "its key", facts)
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    checks.that(facts.get("not_before", "9") < now < facts.get("not_after", "0"), "its time", facts)
    checks.that(facts["chain"][0]["subject"] == facts["subject"] != facts["issuer"], "it comes first in the chain", facts)


def watch(checks, prober, *more):
    """What it printed until Ctrl-C, after some looks."""
    command = [checks.program, *prober.words("--watch", "1s", *more)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               bufsize=0, preexec_fn=prepare_child)
    first = process.stdout.readline()
    time.sleep(2.5)
    process.send_signal(signal.SIGINT)
    try:
        out, err = process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
    # In the middle of a look the signal itself ends it.
    checks.that(process.returncode in (130, -signal.SIGINT), f"Ctrl-C: exit {process.returncode}", err)
    checks.that(not err and PASSWORD.encode() not in first + out, "nothing on standard error, no password", err)
    return (first + out).decode()


def watching(checks, good):
    text = watch(checks, good)
    checks.that(text.startswith("Good: ") and text.count("Walked in") == 1, "the first answer, and no changes", text)
    checks.that(watch(checks, good, "--expect", "auth=ok") == "ok: 1 of 1 expectation met\n", "one line")
    lines = watch(checks, good, "--json").splitlines()
    documents = [json.loads(line) for line in lines]
    checks.that(len(documents) >= 2 and {document["outcome"] for document in documents} == {"ok"}, "a document per look", lines)
    checks.that(watch(checks, good, "--format", "nagios").count("SMTP OK - ") >= 2, "a line per look")


def changing(checks, sandbox, good):
    """A server that goes away is a line."""
    process = subprocess.Popen([checks.program, *good.words("--watch", "1s")], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, bufsize=0, preexec_fn=prepare_child)
    line = process.stdout.readline()
    while line and b"Walked in" not in line:
        line = process.stdout.readline()
    sandbox.process.terminate()
    end = time.monotonic() + 15
    while line and b"connect: ok" not in line and time.monotonic() < end:
        line = process.stdout.readline()
    checks.that(re.match(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ connect: ok .* problem: ", line), "the server is gone", line)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)


def main():
    checks = Checks(sys.argv[1])
    with Sandbox(sys.argv[1], "--user", f"{USER}:{PASSWORD}") as sandbox:
        good, wrong = Prober(checks, sandbox, PASSWORD), Prober(checks, sandbox, "wr0ng-Password-42")
        expectations(checks, good, wrong)
        plugin(checks, good, wrong)
        prometheus(checks, good, wrong)
        junit(checks, good, wrong)
        certificate(checks, good)
        watching(checks, good)
        changing(checks, sandbox, good)
    checks.finish()


if __name__ == "__main__":
    main()
