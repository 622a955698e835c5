"""`relaytool send` for the tests: each run writes a transcript too, and nothing that it says may hold a secret."""
import base64
import os
import re
import tempfile

from checks import CONTROL

USER, PASSWORD, TOKEN = "invoicing@here.test", "s3cret-Straw=berry", "eyJ0b2tlbi1zM2NyZXQiOiJ4In0.Zm9vYmFy"

ENVELOPE = ("--from", USER, "--to", "boss@here.test")


def message(body, *fields, end="\r\n"):
    """A message with everything that a sender would add."""
    head = ["From: Invoicing <invoicing@here.test>", "To: boss@here.test", "Subject: test", "Message-ID: <1@here.test>",
            "Date: Thu, 5 Nov 2026 10:00:00 +0000", "MIME-Version: 1.0", *fields]
    return end.join(head).encode() + end.encode() * 2 + body


PLAIN = message(b"Hello.\r\n")


def secrets(user=USER, password=PASSWORD, token=TOKEN):
    """Whatever would give them away: themselves, in base64, and the blobs of PLAIN, XOAUTH2 and OAUTHBEARER."""
    texts = [password, token]
    whole = [password, token, f"\0{user}\0{password}", f"user={user}\1auth=Bearer {token}\1\1"]
    blobs = [base64.b64encode(text.encode()).decode().rstrip("=") for text in whole]
    # Inside another text base64 looks different, by where it begins.
    for secret in (password, token):
        for shift in range(3):
            blobs.append(base64.b64encode(b"x" * shift + secret.encode()).decode().rstrip("=")[2 + shift:-3])
    return [text.encode() for text in texts + blobs]


class Sender:
    """Runs `relaytool send` with a password file, and looks after each run for what must never be there."""

    def __init__(self, checks, authority):
        self.checks, self.authority = checks, authority
        self.folder = tempfile.TemporaryDirectory(prefix="relaytool-send-")
        self.password = self.file("password", f"{PASSWORD}\n".encode())
        self.wrong = self.file("wrong", b"wr0ng-Password-42\n")
        self.token = self.file("token", f"{TOKEN}\n".encode())
        self.secrets = secrets() + secrets(password="wr0ng-Password-42")[:1]
        self.number = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def file(self, name, content):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    def __call__(self, server, *words, message=PLAIN, login=True, tls="starttls", ca=True, form="--json", timeout="5s", what="",
                 limit=30.0):
        """A run; its JSON document is `run.json`."""
        with self.checks.lock:
            self.number += 1
            name = str(self.number)
        transcript = os.path.join(self.folder.name, name + ".transcript")
        command = ["send", "--server", server, "--tls", tls, "--timeout", timeout]
        if "--count" not in words:  # a load test keeps no dialogue
            command += ["--transcript", transcript, "-v"]
        command += [form] if form else []
        command += ["--message", self.file(name + ".eml", message)] if message is not None else []
        command += ["--ca-file", self.authority.ca] if ca and tls != "off" else []
        command += ["--user", USER, "--password-file", self.password] if login else []
        run = self.checks.run(*command, *words, limit=limit)
        self.look(run, transcript, form, what)
        return run

    def plainly(self, server, *words, **more):
        """Without TLS and login."""
        return self(server, *words, **{"tls": "off", "login": False, **more})

    def look(self, run, transcript, form, what):
        said = run.out + run.err
        if os.path.exists(transcript):
            with open(transcript, "rb") as file:
                said += file.read()
        for secret in self.secrets:
            self.checks.that(secret not in said and secret.decode() not in run.out.decode("utf-8", "replace"),
                             f"{what}: no secret in what it says: {secret}", run)
        self.checks.that(run.code in (0, 1, 2, 64), f"{what}: it ends in time, and well", run)
        if form and (run.code in (0, 1) or run.out):  # without a word what was asked for could not be done
            schema = run.json.get("schema")
            self.checks.that(schema in ("relaytool/send/1", "relaytool/send-load/1"), f"{what}: a JSON document", run)
        found = CONTROL.search(said.replace(b"\t", b" "))
        self.checks.that(not found, f"{what}: no control characters: {found and found[0]}", run)


def findings(run):
    """{id: category} of a run."""
    return {one["id"]: one.get("category") for one in run.json.get("findings", [])}


def seconds_of(run):
    return round(run.seconds, 2)


def body_of(octets):
    return octets.partition(b"\r\n\r\n")[2]


def fields_of(octets):
    """The names of the fields of a message, lower case."""
    head = re.sub(rb"\r\n[ \t]", b" ", octets.partition(b"\r\n\r\n")[0])
    return [line.partition(b":")[0].lower().decode("latin-1") for line in head.split(b"\r\n")]


def expect(checks, run, what, code, outcome=None, finding=None, category=None):
    checks.that(run.code == code, f"{what}: exit {code}, not {run.code}", run)
    if outcome:
        checks.that(run.json.get("outcome") == outcome, f"{what}: {outcome}, not {run.json.get('outcome')}", run)
    if finding:
        checks.that(finding in findings(run), f"{what}: {finding}, not {findings(run)}", run)
    if category:
        checks.that(category in findings(run).values(), f"{what}: {category}, not {findings(run)}", run)
    if code != 0 and outcome:
        checks.that(bool(findings(run)), f"{what}: it says why", run)
