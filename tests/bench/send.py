"""Measures `relaytool send` and its peers against smtp-sink, and prints Markdown: send.py PROGRAM

One message, cold: beside curl, msmtp and swaks. Many over kept connections: beside smtp-source. Runs alternate, so that
what else the machine does falls on all of them; the numbers are medians. The server has the last core, the programs the first."""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../integration"))
import mail_servers  # noqa: E402
from servers import HOST  # noqa: E402

MESSAGES = int(os.environ.get("RELAYTOOL_BENCH_MESSAGES", "20000"))
ROUNDS = int(os.environ.get("RELAYTOOL_BENCH_RUNS", "5"))
COLD_RUNS = 40  # in each round
SIZE = 4096
FROM, TO = "a@bench.test", "b@bench.test"


def version_of(package):
    try:
        with open(f"{mail_servers.FOLDER}/postfix/packages") as file:
            known = dict(line.split() for line in file)
    except OSError:
        known = {}
    shown = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True).stdout
    return f"{package} {shown or known.get(package, '(unknown version)')}"


def write_message(path):
    text = f"From: {FROM}\nTo: {TO}\nSubject: bench\nMessage-ID: <1@bench.test>\nDate: Thu, 5 Nov 2026 10:00:00 +0000\n\n"
    line = "x" * 70 + "\n"
    with open(path, "w") as file:
        file.write(text + line * ((SIZE - len(text)) // len(line)))


def cold(program, sink, folder):
    message = os.path.join(folder, "message")
    write_message(message)
    commands = {
        "relaytool send": f"{program} send --server {sink.server} --tls off --from {FROM} --to {TO} --helo bench.test "
                          f"--message {message}",
        "curl": f"curl -sS smtp://{sink.server}/bench.test --mail-from {FROM} --mail-rcpt {TO} --upload-file {message}",
        "msmtp": f"msmtp --file=/dev/null --host={HOST} --port={sink.port} --domain=bench.test --from={FROM} --tls=off "
                 f"--auth=off {TO}",
        "swaks": f"swaks -S --server {HOST} --port {sink.port} --helo bench.test --from {FROM} --to {TO} --data @{message}",
    }
    walls, cpus = {name: [] for name in commands}, {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            out = os.path.join(folder, "hyperfine.json")
            subprocess.run(["taskset", "-c", "0", "hyperfine", "--warmup", "2", "--runs", str(COLD_RUNS), "--shell=none",
                            "--input", message, "--export-json", out, command],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            with open(out) as file:
                result = json.load(file)["results"][0]
            walls[name] += result["times"]
            cpus[name].append(result["user"] + result["system"])
    print(f"\n### One message of {SIZE} octets, cold\n\nWithout TLS. {ROUNDS} rounds of {COLD_RUNS} runs each, in turn.\n")
    print("| command | CPU (user + system) | wall, median | minimum | beside curl |\n| --- | --- | --- | --- | --- |")
    curl = statistics.median(walls["curl"])
    for name in commands:
        wall, cpu = statistics.median(walls[name]), statistics.median(cpus[name])
        print(f"| {name} | {cpu * 1e3:.2f} ms | {wall * 1e3:.2f} ms | {min(walls[name]) * 1e3:.2f} ms | {wall / curl:.2f} × |")


def measure(command, environment, output):
    """Seconds, CPU seconds, and octets of memory of a run."""
    peak = output + ".peak"  # what the kernel tells of a child begins with the memory of this program
    with open(output, "wb") as file:
        start = time.monotonic()
        process = subprocess.Popen(["taskset", "-c", "0", "/usr/bin/time", "-o", peak, "-f", "%M", *command], env=environment,
                                   stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
    if status:
        with open(output, "rb") as file:
            sys.exit(f"bench-send: {' '.join(command)}: status {status}: {file.read()[:2000]!r}")
    with open(peak) as file:
        return seconds, usage.ru_utime + usage.ru_stime, int(file.read()) * 1024


def load(program, sink, folder):
    source, environment = mail_servers.SmtpSink.program("smtp-source")
    output = os.path.join(folder, "output")
    print(f"\n### {MESSAGES:,} messages of {SIZE} octets, connections kept\n")
    print(f"Medians of {ROUNDS} runs each, in turn; all accepted.\n")
    print("| program | connections | messages per second | CPU per message | peak memory |\n| --- | --- | --- | --- | --- |")
    for connections in (1, 10):
        commands = {
            "relaytool send --count": ([program, "send", "--server", sink.server, "--tls", "off", "--from", FROM, "--to", TO,
                                        "--json", "--count", str(MESSAGES), "--parallel", str(connections),
                                        "--size", str(SIZE)], dict(os.environ)),
            "smtp-source -d": ([source, "-d", "-s", str(connections), "-m", str(MESSAGES), "-l", str(SIZE), "-f", FROM,
                                "-t", TO, sink.server], environment)}
        runs = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, (command, variables) in commands.items():
                runs[name].append(measure(command, variables, output))
                if "--count" in name:
                    with open(output) as file:
                        accepted = json.load(file)["accepted"]
                    if accepted != MESSAGES:
                        sys.exit(f"bench-send: only {accepted} accepted")
        for name, results in runs.items():
            seconds, cpu, memory = (statistics.median(column) for column in zip(*results))
            print(f"| {name} | {connections} | {MESSAGES / seconds:,.0f} | {cpu / MESSAGES * 1e6:.1f} µs | "
                  f"{memory / 1e6:.1f} MB |")


def main():
    program = os.path.abspath(sys.argv[1])
    last = os.cpu_count() - 1
    with mail_servers.SmtpSink() as sink, tempfile.TemporaryDirectory(prefix="relaytool-bench-") as folder:
        subprocess.run(["taskset", "-cp", str(last), str(sink.process.pid)], check=True, stdout=subprocess.DEVNULL)
        print(f"## send\n\nBeside {version_of('curl')}, {version_of('msmtp')}, {version_of('swaks')} and {version_of('postfix')} "
              f"(smtp-source).\nServer: Postfix's smtp-sink on core {last}; the programs on core 0.")
        cold(program, sink, folder)
        load(program, sink, folder)


if __name__ == "__main__":
    main()
