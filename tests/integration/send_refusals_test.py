#!/usr/bin/python3
"""Every refusal that `relaytool sandbox` knows, met by `relaytool send`: the right category, and exit 1.

send_refusals_test.py PROGRAM SOURCE_FOLDER"""
import sys
from concurrent.futures import ThreadPoolExecutor

from checks import Checks
from refusals import ACCEPTED, CATEGORIES, MX, NO_REPLY, scenarios
from sandbox import Sandbox
from sending import PASSWORD, USER, findings


def send(checks, sandbox, name, *words):
    server = sandbox.start["mx" if name in MX else "smtp"]
    login = () if name in MX else ("--user", USER, "--password-file", sandbox.password)
    return checks.run("send", "--server", server, "--tls", "off" if name in MX else "starttls", "--ca-file", sandbox.ca, "--json",
                      "--from", USER, "--to", "boss@here.test", *login, *words)


def refusal(checks, program, name):
    options = ("--tls-max", "1.1") if name == "tls-old" else ("--fail", name)
    with Sandbox(program, "--user", f"{USER}:{PASSWORD}", *options) as sandbox:
        sandbox.password = f"{sandbox.folder.name}/password"
        with open(sandbox.password, "w") as file:
            file.write(PASSWORD)
        run = send(checks, sandbox, name, *(("--min-tls", "1.0") if name == "tls-old" else ()))
        if name in ACCEPTED:
            checks.that(run.code == 0, f"{name}: accepted", run)
            return
        found = findings(run)
        outcome = "not-sent" if name in NO_REPLY else "refused"
        checks.that(run.code == 1 and run.json.get("outcome") == outcome, f"{name}: {outcome}", run)
        checks.that(CATEGORIES.get(name) in found.values(), f"{name}: {CATEGORIES.get(name)}, not {found}", run)
        checks.that(len(found) == 1, f"{name}: one cause, not {found}", run)


def main():
    program = sys.argv[1]
    checks = Checks(program)
    names = scenarios(checks)
    checks.that(set(CATEGORIES) <= set(names), f"known here and not listed: {set(CATEGORIES) - set(names)}")
    with ThreadPoolExecutor(4) as pool:
        for one in [pool.submit(refusal, checks, program, name) for name in names]:
            one.result()
    checks.finish()


if __name__ == "__main__":
    main()
