"""Measures `relaytool probe` against the sandbox with a delay of 50 ms before each answer, and prints Markdown: probe.py PROGRAM

The answers that the walk needs are counted in its own transcript: what is above their delays is ours. swaks holds the
same dialogue, without looking at addresses, TLS versions and certificates. Runs alternate."""
import json
import os
import statistics
import subprocess
import sys
import time

RUNS = int(os.environ.get("RELAYTOOL_BENCH_RUNS", "20"))
DELAY_MS = 50
ALLOWED_MS = 30
LOGIN, PASSWORD, TO = "oliver@shortstraw.be", "short-straw", "you@example.com"


def start_sandbox(program):
    sandbox = subprocess.Popen([program, "sandbox", "--port", "0", "--json", "--slow", f"{DELAY_MS}ms"],
                               stdout=subprocess.PIPE, text=True)
    return sandbox, json.loads(sandbox.stdout.readline())


def timed(command, environment):
    start = time.monotonic()
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    return (time.monotonic() - start) * 1000, run


def delayed_answers(document):
    """Replies on the walk that the sandbox held back: all but the challenges of AUTH."""
    lines = [line["text"] for line in document["transcript"] if line["speaker"] == "server"]
    return sum(line[3:4] == " " and not line.startswith("334") for line in lines)


def main(program):
    sandbox, facts = start_sandbox(program)
    environment = dict(os.environ, RELAYTOOL_PASSWORD=PASSWORD)
    host, port = facts["smtp"].split(":")
    probe = [program, "probe", facts["smtp"], "--ca-file", facts["ca_file"], "--user", LOGIN, "--from", LOGIN, "--to", TO]
    swaks = ["swaks", "--server", host, "--port", port, "--tls", "--auth", "LOGIN", "--auth-user", LOGIN,
             "--auth-password", PASSWORD, "--from", LOGIN, "--to", TO, "--quit-after", "RCPT"]
    times = {"relaytool probe": [], "swaks": []}
    try:
        _, run = timed([*probe, "--json", "-v"], environment)
        answers = delayed_answers(json.loads(run.stdout))
        for _ in range(RUNS):
            for name, command in (("relaytool probe", probe), ("swaks", swaks)):
                took, run = timed(command, environment)
                if run.returncode:
                    sys.exit(f"bench-probe: {name}: exit code {run.returncode}\n{run.stdout}{run.stderr}")
                times[name].append(took)
    finally:
        sandbox.terminate()
        sandbox.wait()
    waiting = answers * DELAY_MS
    print(f"## A probe, and what the server makes it wait\n\n{answers} answers, each {DELAY_MS} ms late: {waiting} ms. "
          f"{RUNS} runs each, in turn.\n")
    print("| command | wall, median | maximum | above the delays, median |\n| --- | --- | --- | --- |")
    for name, results in times.items():
        median = statistics.median(results)
        above = f"{median - waiting:.0f} ms" if name == "relaytool probe" else ""
        print(f"| {name} | {median:.0f} ms | {max(results):.0f} ms | {above} |")
    print(f"\nAllowed: {ALLOWED_MS} ms above the delays.")


main(os.path.abspath(sys.argv[1]))
