#!/usr/bin/python3
"""The test suite of RFC 7208's authors: rfc7208_test.py PROGRAM SOURCE_FOLDER

The suite and its runner stand beside the source folder (../shared) where the developers have them; elsewhere this is
skipped."""
import os
import re
import subprocess
import sys

import servers

TESTS = 203
WAYS = [[], ["--force-tc"], ["--timeout-mode", "drop"], ["--edns", "formerr"], ["--answer-case", "random"], ["--drop-first", "1"]]


def main():
    program, source = sys.argv[1:3]
    shared = os.path.join(source, "../shared")
    runner, suite = (os.path.join(shared, path) for path in ("tools/spfconform.py", "corpora/spf/rfc7208-tests.yml"))
    if not os.path.exists(runner) or not os.path.exists(suite):
        print("The suite is not here (../shared), so nothing was tested")
        sys.exit(servers.SKIPPED)
    # A server that stays silent is given up after two seconds: the suite asks nothing about patience.
    command = f"{program} spf check {{domain}} --ip {{ip}} --mail-from={{mailfrom}} --helo={{helo}} --nameserver {{ns}} --json"
    failed = 0
    for way in WAYS:
        patience = " --dns-timeout 2" if way[:2] == ["--timeout-mode", "drop"] else ""
        done = subprocess.run([sys.executable, runner, "-j", "8", "-v", "--forbid-type99", *way, suite, "--", command + patience],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        last = done.stdout.strip().splitlines()[-1:] or [done.stderr[-500:]]
        right = re.search(rf"\b{TESTS} passed\b", last[0]) and done.returncode == 0
        print(f"{' '.join(way) or 'plain'}: {last[0]}")
        if not right:
            failed += 1
            print(done.stdout[-6000:], done.stderr[-2000:])
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
