"""Runs the program and keeps account of what was wrong."""
import json
import re
import shlex
import subprocess
import sys
import threading
import time
from typing import NamedTuple

# Nothing but line ends may reach a terminal: C0, DEL, and C1 (as UTF-8).
CONTROL = re.compile(rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")


class Run(NamedTuple):
    command: str
    code: object  # a negative number: killed by that signal; None: did not end
    out: bytes
    err: bytes
    seconds: float

    @property
    def json(self):
        try:
            return json.loads(self.out)
        except ValueError:
            return {}

    def __str__(self):
        return (f"{self.command}\n  exit {self.code} after {self.seconds:.2f} s\n"
                f"  stdout {self.out[:1500]!r}\n  stderr {self.err[:500]!r}")


class Checks:
    def __init__(self, program):
        self.program, self.done, self.failed, self.lock = program, 0, 0, threading.Lock()

    def run(self, *arguments, limit=20.0):
        command = [self.program, *arguments]
        text = "relaytool " + shlex.join(arguments)
        start = time.monotonic()
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=limit)
            return Run(text, done.returncode, done.stdout, done.stderr, time.monotonic() - start)
        except subprocess.TimeoutExpired as late:
            return Run(text, None, late.stdout or b"", late.stderr or b"", time.monotonic() - start)

    def that(self, right, what, run=""):
        with self.lock:
            self.done += 1
            if not right:
                self.failed += 1
                print(f"FAILED: {what}\n  {run}", flush=True)
        return right

    def same(self, one, other, what):
        """Whether two runs say the same, but for who answered and how long it took."""
        mine, theirs = (strip(run.json) if run.json else run.out for run in (one, other))
        if self.that(mine == theirs and one.code == other.code, what):
            return
        print(f"  exit {one.code} or {other.code}")
        for path in differences(mine, theirs):
            print(f"  {path}")
        print(f"  {one}\n  {other}", flush=True)

    def finish(self):
        print(f"{self.done - self.failed} of {self.done} checks passed")
        sys.exit(1 if self.failed else 0)


def strip(value):
    """Without what differs between two ways to the same answer."""
    if isinstance(value, dict):
        return {key: strip(item) for key, item in value.items()
                if not re.search(r"server|^time|_ms$|milliseconds|seconds|elapsed|duration|zone_file|authenticated", key)}
    return [strip(item) for item in value] if isinstance(value, list) else value


def differences(one, other, path="$"):
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            yield from differences(one.get(key), other.get(key), f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, pair in enumerate(zip(one, other)):
            yield from differences(*pair, f"{path}[{index}]")
    elif one != other:
        yield f"{path}: {str(one)[:200]!r} or {str(other)[:200]!r}"
