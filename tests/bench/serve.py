#!/usr/bin/python3
"""Name servers for scripts/bench-spf: serve.py FOLDER ZONE=FILE...

nsd on 127.0.53.1, and on 127.0.53.2 the same answers, each 20 ms after its question. Writes FOLDER/ready when both
are there, and FOLDER/queries, how many questions nsd has had, after each SIGUSR1. Ends with SIGTERM."""
import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../integration"))
import servers  # noqa: E402

DELAY = 0.020


def put(path, text):
    with open(path + ".new", "w") as file:
        file.write(text)
    os.rename(path + ".new", path)


def queries(nsd):
    """How many questions nsd has had."""
    out = subprocess.run([os.path.join(os.path.dirname(servers.find_nsd()), "nsd-control"), "-c",
                          os.path.join(nsd.folder.name, "nsd.conf"), "stats_noreset"], capture_output=True, text=True).stdout
    return next((line.split("=")[1] for line in out.splitlines() if line.startswith("num.queries=")), "")


def main():
    folder, zones = sys.argv[1], dict(word.split("=", 1) for word in sys.argv[2:])
    signals = {signal.SIGTERM, signal.SIGINT, signal.SIGUSR1}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)  # before any thread is started
    with servers.Nsd(zones, "127.0.53.1", 53, control=True) as nsd, \
            servers.Stub(servers.forward(("127.0.53.1", 53), DELAY), "127.0.53.2", 53):
        put(os.path.join(folder, "ready"), "")
        while signal.sigwait(signals) == signal.SIGUSR1:
            put(os.path.join(folder, "queries"), queries(nsd))


main()
