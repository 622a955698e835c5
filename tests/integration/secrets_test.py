#!/usr/bin/python3
"""No command may show a secret: every one that has to do with secrets runs with marked ones, and all that it says, writes
and shows in the list of processes is searched: secrets_test.py PROGRAM SOURCE_FOLDER"""
import base64
import glob
import json
import os
import stat
import subprocess
import sys
import tempfile
import threading
import urllib.parse

from checks import Checks
from sandbox import Sandbox

USER = "oliver@here.test"
MARKS = {"password": "Mark3d-Passw0rd=x", "token": "eyJtYXJrZWQ.dG9rZW4.MARK3D-T0KEN-x", "secret": "Mark3d~Client.Secret_x",
         "refresh": "1.MARK3D-R3FRESH-x", "passphrase": "Mark3d+Passphrase"}


def forms(text):
    """A secret as it may stand somewhere: itself, percent-encoded, in base64 wherever that begins."""
    found = {text.encode(), urllib.parse.quote(text, safe="").encode(), base64.b64encode(text.encode()).rstrip(b"=")}
    for shift in range(3):
        found.add(base64.b64encode(b"x" * shift + text.encode()).rstrip(b"=")[4 if shift else 0:-4])
    return found


class Watch:
    """Looks at the command lines of all processes as long as it lasts."""

    def __init__(self):
        self.lines, self.ended = set(), threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join(5)

    def look(self):
        while not self.ended.wait(0.002):
            for name in glob.glob("/proc/[0-9]*/cmdline"):
                try:
                    with open(name, "rb") as file:
                        self.lines.add(file.read())
                except OSError:
                    pass


class World:
    def __init__(self, checks, sandbox, folder):
        self.checks, self.sandbox, self.folder = checks, sandbox, folder
        self.marks = set().union(*(forms(text) for text in MARKS.values()))
        self.files = {name: self.write(name, text + "\n") for name, text in MARKS.items()}
        self.base = "http://" + sandbox.start["http"]

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def clean(self, what, octets, run=""):
        self.checks.that(not [mark for mark in self.marks if mark in octets], f"no secret in {what}", run)

    def run(self, *words):
        """All that a command says, as text and as JSON."""
        for form in ([], ["--json"]):
            run = self.checks.run(*words, *form, limit=60)
            self.checks.that(run.code in (0, 1, 2, 64), "it ends", run)
            self.clean("the output", run.out + run.err, "relaytool " + " ".join(words))
        return run

    def server(self):
        return ["--server", f"127.0.0.1:{self.sandbox.port()}", "--ca-file", self.sandbox.ca, "--user", USER]

    def kept(self):
        return os.path.join(self.folder, "relaytool", "tokens", f"{USER}.json")


def check_send_and_probe(world):
    transcript = os.path.join(world.folder, "transcript")
    mail = ["--from", USER, "--to", "boss@here.test", "-v", "--transcript", transcript]
    logins = [["--password-file", world.files["password"], *auth] for auth in
              ([], ["--auth", "PLAIN"], ["--auth", "LOGIN"], ["--auth", "CRAM-MD5"], ["--auth", "NTLM"])]
    logins += [["--token-file", world.files["token"], *auth] for auth in
               ([], ["--auth", "XOAUTH2"], ["--auth", "OAUTHBEARER"], ["--auth", "PLAIN"])]
    logins += [["--password-command", f"cat {world.files['password']}"], ["--token-command", f"cat {world.files['token']}"]]
    good = world.run("send", *world.server(), *logins[0], *mail)
    world.checks.that(good.json.get("outcome") == "accepted", "the marked password is the right one", good)
    for login in logins:
        world.run("send", *world.server(), *login, *mail)
        if os.path.exists(transcript):
            with open(transcript, "rb") as file:
                world.clean("the transcript", file.read(), login)
            os.remove(transcript)
        words = world.server()
        world.run("probe", words[1], *words[2:], *login)


def check_login(world):
    endpoint = f"{world.base}/here.test/oauth2/v2.0/token"
    service = ["--user", USER, "--client-id", "app-1", "--provider", "microsoft", "--token-endpoint", endpoint]
    for words in ([], ["--app", "--client-secret-file", world.files["secret"]],
                  ["--app", "--client-secret-command", f"cat {world.files['secret']}"],
                  ["--app", "--client-secret-file", world.files["secret"], "--client-id", "AADSTS7000215"]):
        words = service[:2] + service[4:] + words if "--client-id" in words else service + words
        world.run("login", *words)
    for job in ("--show", "--check", "--list"):
        world.run("login", job, "--user", USER)
    for job in ("--show", "--check"):
        world.run("login", job, "--token-file", world.files["token"])
    with open(world.kept()) as file:
        login = json.load(file)
    world.clean("the kept login", json.dumps(login).encode())
    # A kept login with marks in it: nothing but --print-token may say its token.
    login.update(access_token=MARKS["token"], refresh_token=MARKS["refresh"], app=False, expires=1)
    with open(world.kept(), "w") as file:
        json.dump(login, file)
    for words in (["--show"], ["--check"], ["--list"], ["--print-token"]):
        world.run("login", *words, "--user", USER)
    world.run("send", *world.server(), "--auth", "XOAUTH2", "--from", USER, "--to", "boss@here.test", "-v")
    login.update(expires=2**40)
    with open(world.kept(), "w") as file:
        json.dump(login, file)
    world.run("send", *world.server(), "--auth", "XOAUTH2", "--from", USER, "--to", "boss@here.test", "-v")
    printed = world.checks.run("login", "--print-token", "--user", USER)
    world.checks.that(printed.out.decode() == MARKS["token"] + "\n" and printed.err == b"", "the token when asked for", printed)
    for path, mode in ((world.kept(), 0o600), (os.path.dirname(world.kept()), 0o700)):
        world.checks.that(stat.S_IMODE(os.stat(path).st_mode) == mode, f"{path} has the mode {mode:o}")
    with open(world.kept(), "w") as file:
        file.write('{"access_token": "' + MARKS["token"])
    for words in (["--show"], ["--list"], ["--print-token"], ["--logout"]):
        world.run("login", *words, "--user", USER)


def check_key(world):
    """A key with a passphrase, for DKIM and for an application."""
    key, certificate = (os.path.join(world.folder, name) for name in ("key.pem", "certificate.pem"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-days", "2", "-subj", "/CN=x", "-keyout", key,
                    "-out", certificate, "-passout", f"file:{world.files['passphrase']}"], check=True, capture_output=True,
                   timeout=60)
    with open(key, "rb") as file:
        world.marks.add(file.read().splitlines()[2])
    for passphrase in (MARKS["passphrase"], "another"):
        os.environ["RELAYTOOL_KEY_PASSPHRASE"] = passphrase
        world.run("login", "--app", "--cert", certificate, "--key", key, "--user", "key@here.test", "--client-id", "app-1",
                  "--provider", "microsoft", "--token-endpoint", f"{world.base}/here.test/oauth2/v2.0/token")
    del os.environ["RELAYTOOL_KEY_PASSPHRASE"]


def main():
    checks = Checks(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="relaytool-secrets-") as folder:
        os.environ["XDG_STATE_HOME"] = folder
        os.environ.pop("RELAYTOOL_PASSWORD", None)
        with Sandbox(sys.argv[1], "--approve", USER, "--user", f"{USER}:{MARKS['password']}") as sandbox, Watch() as watch:
            world = World(checks, sandbox, folder)
            check_send_and_probe(world)
            check_login(world)
            check_key(world)
            with open(sandbox.errors.name, "rb") as file:
                said = file.read()
            world.clean("what the sandbox says", json.dumps(sandbox.events).encode() + said)
        # The sandbox was given its login on the command line, by this test.
        lines = [line for line in watch.lines if b"sandbox\0" not in line]
        checks.that(lines, "there were processes")
        world.clean("the list of processes", b"\n".join(lines))
    checks.finish()


if __name__ == "__main__":
    main()
