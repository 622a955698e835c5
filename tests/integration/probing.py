"""`relaytool probe` for the tests: what it says of each step, and that nothing it says may hold a secret."""
import os
import tempfile

from checks import CONTROL
from sending import PASSWORD, TOKEN, USER, secrets

STEPS = ["resolve", "connect", "banner", "ehlo", "starttls", "tls", "certificate", "ehlo-tls", "auth", "mail", "rcpt", "send-as"]
WRONG = "wr0ng-Password-42"


class Prober:
    """Runs `relaytool probe`, with a password or token in a file, and looks after each run for what must never be there."""

    def __init__(self, checks, authority=None):
        self.checks, self.authority = checks, authority
        self.secrets = secrets() + secrets(password=WRONG)[:1]

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="relaytool-probe-")
        self.password = self.file("password", PASSWORD)
        self.wrong = self.file("wrong", WRONG)
        self.token = self.file("token", TOKEN)
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def file(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w") as file:
            file.write(f"{text}\n")
        return path

    def login(self, password=None):
        return ["--user", USER, "--password-file", password or self.password]

    def __call__(self, target, *words, what, ca=True, form="--json", timeout="5s", limit=30.0):
        """A run; its JSON document is `run.json`. `target`: a port of this machine, or words."""
        command = ["probe", f"localhost:{target}" if isinstance(target, int) else target, "--timeout", timeout]
        command += [form, "-v"] if form else ["-v"]
        command += ["--ca-file", self.authority.ca] if ca and self.authority else []
        run = self.checks.run(*command, *words, limit=limit)
        self.look(run, form, what)
        return run

    def look(self, run, form, what):
        said = run.out + run.err
        for secret in self.secrets:
            self.checks.that(secret not in said, f"{what}: no secret in what it says: {secret}", run)
        self.checks.that(run.code in (0, 1, 2, 64), f"{what}: it ends in time, and well", run)
        found = CONTROL.search(said)
        self.checks.that(not found, f"{what}: no control characters: {found and found[0]}", run)
        if form == "--json" and run.code in (0, 1, 2):
            steps = list(dict.fromkeys(one["step"] for one in run.json.get("steps", [])))
            self.checks.that(run.json.get("schema") == "relaytool/probe/1", f"{what}: a JSON document", run)
            self.checks.that(steps[:len(STEPS)] == STEPS, f"{what}: every step is named, in order: {steps}", run)
            outcome = {0: "ok", 1: "problem", 2: "unknown"}[run.code]
            self.checks.that(run.json.get("outcome") == outcome, f"{what}: outcome and exit code go together", run)


def steps(run):
    """{step: outcome}, the worst where there are several of one kind."""
    order = ["skipped", "ok", "unknown", "problem"]
    found = {}
    for one in run.json.get("steps", []):
        found[one["step"]] = max(found.get(one["step"], "skipped"), one["outcome"], key=order.index)
    return found


def first_break(run):
    """The step at which it ended or first went wrong."""
    return next((one["step"] for one in run.json.get("steps", []) if one["outcome"] in ("problem", "unknown")), None)


def found(run):
    """{id: category}, without those that are only worth knowing."""
    return {one["id"]: one["category"] for one in run.json.get("findings", []) if one["severity"] != "info"}


def ids(run):
    return [one["id"] for one in run.json.get("findings", [])]


def expect(checks, run, what, code, step=None, finding=None, category=None):
    """The exit code, the step that breaks (every one before it was walked), and its cause."""
    checks.that(run.code == code, f"{what}: exit {code}, not {run.code}", run)
    checks.that(first_break(run) == step, f"{what}: breaks at {step}, not {first_break(run)}", run)
    if finding:
        checks.that(finding in ids(run), f"{what}: {finding}, not {ids(run)}", run)
    if category:
        checks.that(category in found(run).values(), f"{what}: {category}, not {found(run)}", run)
    if step:
        checks.that(any(one["step"] == step and one["evidence"] for one in run.json.get("steps", [])),
                    f"{what}: the step says what was seen", run)
        checks.that(bool(run.json.get("findings")), f"{what}: it says why", run)
