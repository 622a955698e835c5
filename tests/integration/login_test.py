#!/usr/bin/python3
"""`relaytool login` against the sandbox's token endpoint: login_test.py PROGRAM SOURCE_FOLDER"""
import base64
import hashlib
import http.server
import json
import os
import re
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from checks import Checks
from sandbox import Sandbox

USER = "oliver@here.test"
TENANT = "here.test"
# Of the errors that ndr-codes of the token endpoint name. Pending is no error: login waits.
CODES = [50034, 50053, 50055, 50057, 50076, 50079, 50097, 50126, 50144, 50158, 50173, 50194, 53000, 53001, 53003, 530032,
         530035, 65001, 65004, 70000, 70001, 70008, 700082, 70011, 70018, 70019, 70043, 700016, 7000215, 7000218, 7000222,
         700025, 700027, 90002, 90014, 900144, 9001023, 90038, 90072, 90094, 500011, 650056, 650057]


class World:
    """A sandbox, a folder for the logins, and runs of `login` that ask there."""

    def __init__(self, checks, sandbox, state):
        self.checks, self.sandbox, self.state = checks, sandbox, state
        self.base = "http://" + sandbox.start["http"]
        self.token_endpoint = f"{self.base}/{TENANT}/oauth2/v2.0/token"
        self.secret = os.path.join(state, "secret")
        with open(self.secret, "w") as file:
            file.write("the-client-secret\n")

    def login(self, *words, user=USER, client="app-1", limit=60.0):
        return self.checks.run("login", "--json", "--user", user, "--client-id", client, "--provider", "microsoft",
                               "--token-endpoint", self.token_endpoint, *words, limit=limit)

    def app(self, *words, user=USER, client="app-1"):
        return self.login("--app", "--client-secret-file", self.secret, *words, user=user, client=client)

    def kept(self, *words, user=USER):
        return self.checks.run("login", "--user", user, *words)

    def file(self, user=USER):
        return os.path.join(self.state, "relaytool", "tokens", f"{user}.json")

    def change(self, user=USER, **members):
        with open(self.file(user)) as file:
            login = json.load(file)
        login.update(members)
        with open(self.file(user), "w") as file:
            json.dump(login, file)

    def begin(self, *words, user=USER):
        """A login that waits for a person; its code."""
        process = subprocess.Popen([self.checks.program, "login", "--user", user, "--client-id", "app-1", "--provider",
                                    "microsoft", "--token-endpoint", self.token_endpoint, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        text = b""
        while not re.search(rb"\b[A-Z2-9]{9}\b", text):
            line = process.stderr.readline()
            if not line:
                break
            text += line
        found = re.search(rb"\b[A-Z2-9]{9}\b", text)
        return process, found.group().decode() if found else "", text

    def answer(self, code, **form):
        body = urllib.parse.urlencode({"user_code": code, **form}).encode()
        urllib.request.urlopen(self.base + "/device", body, timeout=10).read()


def outcome(run):
    return run.code, run.json.get("outcome")


def ids(run):
    return [finding["id"] for finding in run.json.get("findings", [])]


def check_person(checks, world):
    process, code, text = world.begin("--json")
    checks.that(code, "a code to enter", text)
    checks.that(f"{world.base}/device".encode() in text, "and where", text)
    world.answer(code, login=USER)
    out, _ = process.communicate(timeout=60)
    said = json.loads(out)
    checks.that((process.returncode, said["outcome"]) == (0, "granted"), "somebody agrees", out)
    checks.that(said["claims"]["scopes"] == ["SMTP.Send"], "what it allows", out)
    checks.that(said["renews"], "it renews itself", out)
    with open(world.file()) as file:
        kept = json.load(file)
    checks.that(kept["access_token"].encode() not in out and kept["refresh_token"].encode() not in out, "no token is shown")
    folder = os.path.dirname(world.file())
    checks.that(stat.S_IMODE(os.stat(folder).st_mode) == 0o700, "the folder is ours alone")
    checks.that(stat.S_IMODE(os.stat(world.file()).st_mode) == 0o600, "so is the file")
    checks.that(not [name for name in os.listdir(folder) if not name.endswith((".json", ".lock"))], "nothing else lies there")


def check_declined(checks, world):
    process, code, _ = world.begin("--json", user="other@here.test")
    world.answer(code, answer="decline")
    out, _ = process.communicate(timeout=60)
    said = json.loads(out)
    checks.that((process.returncode, said["outcome"]) == (1, "refused"), "somebody declines", out)
    checks.that(not os.path.exists(world.file("other@here.test")), "then nothing is kept")


def check_interrupted(checks, world):
    process, _, _ = world.begin(user="late@here.test")
    time.sleep(0.5)  # it sleeps by now
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=10)
    checks.that(process.returncode == 130 and out == b"", "Ctrl-C while waiting", (process.returncode, out))
    checks.that(not os.path.exists(world.file("late@here.test")), "leaves nothing")


def check_kept(checks, world):
    token = world.kept("--print-token")
    checks.that(token.code == 0 and re.fullmatch(rb"[!-~]+\n", token.out) and token.err == b"", "the token alone", token)
    for words in (["--show"], ["--check"], ["--show", "--json"], ["--check", "--json"], ["--list"], ["--list", "--json"]):
        run = world.kept(*words)
        checks.that(run.code == 0, f"{words}", run)
        checks.that(token.out.strip() not in run.out + run.err, f"{words} without the token", run)
        checks.that(USER.encode() in run.out, f"{words} names the mailbox", run)
    nobody = world.kept("--print-token", user="nobody@here.test")
    checks.that(nobody.code == 2 and nobody.out == b"" and b"relaytool login --user nobody@here.test" in nobody.err,
                "no login", nobody)
    os.chmod(world.file(), 0o644)
    run = world.kept("--print-token")
    checks.that(run.code == 2 and run.out == b"" and world.file().encode() in run.err and b"chmod 600" in run.err,
                "a file that others can read", run)
    os.chmod(world.file(), 0o600)
    return token.out.decode().strip()


def check_renewal(checks, world):
    world.change(expires=1)
    with open(world.file()) as file:
        before = json.load(file)
    # The sandbox takes a refresh token once: were it used twice, one of these would fail.
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: world.kept("--print-token"), range(4)))
    checks.that(all(run.code == 0 for run in runs), "four at once", "\n".join(map(str, runs)))
    checks.that(len({run.out for run in runs}) == 1, "get the same token")
    with open(world.file()) as file:
        after = json.load(file)
    checks.that(after["refresh_token"] not in ("", before["refresh_token"]), "the refresh token is replaced")
    checks.that(runs[0].out.decode().strip() == after["access_token"] != before["access_token"], "the token is kept")
    checks.that(stat.S_IMODE(os.stat(world.file()).st_mode) == 0o600, "in a file that is ours alone")


def check_revoked(checks, world):
    world.change(expires=1, refresh_token="revoked-refresh-token")
    run = world.kept("--print-token")
    checks.that(run.code == 2 and run.out == b"" and b"relaytool login --user" in run.err, "a refresh token that is over", run)
    checks.that(b"revoked-refresh-token" not in run.err, "is not repeated", run)


def check_application(checks, world):
    user = "invoices@here.test"
    run = world.app(user=user)
    checks.that(outcome(run) == (0, "granted"), "an application by its secret", run)
    checks.that(run.json["claims"]["roles"] == ["SMTP.SendAsApp"], "may send", run)
    steps = json.dumps(run.json["findings"])
    for word in ("New-ServicePrincipal", "Add-MailboxPermission", "Set-CASMailbox", "nterprise", user, "app-1"):
        checks.that(word in steps, f"its steps name {word}", steps)
    checks.that(b"the-client-secret" not in run.out + run.err, "the secret is not shown", run)
    with open(world.file(user)) as file:
        text = file.read()
    checks.that("the-client-secret" not in text, "nor kept")
    world.change(user, expires=1)
    renewed = world.kept("--print-token", user=user)
    checks.that(renewed.code == 0 and renewed.out.decode().strip() not in text, "it asks anew when the token ends", renewed)
    command = world.login("--app", "--client-secret-command", f"cat '{world.secret}'", user=user)
    checks.that(outcome(command) == (0, "granted"), "the secret from a command", command)
    missing = world.login("--app", "--client-secret-file", world.secret + ".none", user=user)
    checks.that(missing.code == 2 and b".none" in missing.err, "no such file", missing)


def check_certificate(checks, world):
    key, certificate = (os.path.join(world.state, name) for name in ("app.key", "app.crt"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=app",
                    "-keyout", key, "-out", certificate], check=True, capture_output=True, timeout=60)
    run = world.login("--app", "--cert", certificate, "--key", key, user="cert@here.test")
    checks.that(outcome(run) == (0, "granted"), "an application by its certificate", run)
    run = world.login("--app", "--cert", certificate, "--key", certificate, user="cert@here.test")
    checks.that(run.code in (2, 64) and b"--key" in run.err, "a key that is none", run)


class TokenService(http.server.BaseHTTPRequestHandler):
    """Gives a token to everybody, and keeps what was asked."""

    def do_POST(self):
        self.server.form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        body = json.dumps({"token_type": "Bearer", "access_token": "opaque", "expires_in": 3600}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def check_assertion(checks, world):
    """What an application signs is verified by OpenSSL: PS256, RFC 7518 section 3.5."""
    def decoded(part):
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))

    def openssl(*words):
        return subprocess.run(["openssl", *words], check=True, capture_output=True, timeout=60).stdout

    key, certificate, public, text, signature = (os.path.join(world.state, f"ps256.{name}")
                                                 for name in ("key", "crt", "pub", "txt", "sig"))
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=relay", "-keyout", key, "-out", certificate)
    with http.server.HTTPServer(("127.0.0.1", 0), TokenService) as service:
        thread = threading.Thread(target=service.serve_forever, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{service.server_port}/token"
        run = checks.run("login", "--json", "--app", "--tenant", TENANT, "--client-id", "app-1", "--user", "signed@here.test",
                         "--cert", certificate, "--key", key, "--token-endpoint", address, limit=60.0)
        service.shutdown()
    checks.that(run.code == 0, "a token for a signed assertion", run)
    signed, _, last = service.form["client_assertion"][0].rpartition(".")
    header, claims = (json.loads(decoded(part)) for part in signed.split("."))
    for path, octets in ((text, signed.encode()), (signature, decoded(last)),
                         (public, openssl("x509", "-in", certificate, "-pubkey", "-noout"))):
        with open(path, "wb") as file:
            file.write(octets)
    answer = openssl("dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32", "-verify", public,
                     "-signature", signature, text)
    checks.that(b"Verified OK" in answer, "OpenSSL verifies the assertion", run)
    thumbprint = hashlib.sha256(openssl("x509", "-in", certificate, "-outform", "der")).digest()
    checks.that(header["alg"] == "PS256" and decoded(header["x5t#S256"]) == thumbprint, f"its header: {header}", run)
    checks.that(claims["aud"] == address and claims["iss"] == claims["sub"] == "app-1" and claims["exp"] > time.time(),
                f"its claims: {claims}", run)


def check_error(checks, world, code):
    """An error by the application's name: at once, when a person has agreed, or when the token is renewed."""
    client = f"AADSTS{code}"
    user = f"u{code}@here.test"
    run = world.app(user=user, client=client)
    if run.code == 0:
        run = world.login(user=user, client=client)
    if run.code == 0:
        world.change(user, expires=1)
        run = world.kept("--print-token", user=user)
        checks.that(run.code == 2 and client.encode() in run.err, f"{client} when the token is renewed", run)
        return
    told = checks.run("explain", "--json", client).json["results"][0]["diagnosis"]
    found = (run.json.get("findings") or [{}])[0]
    checks.that(run.code == 1 and found.get("id") == told["id"] != "unknown", f"{client} is {told['id']}", run)
    checks.that(found.get("category") == told["category"], f"{client} has its category", run)
    checks.that(client in (found.get("evidence") or ""), f"{client} in the provider's words", run)


def send(checks, world, *words, user=USER):
    return checks.run("send", "--json", "--server", f"127.0.0.1:{world.sandbox.port()}", "--ca-file", world.sandbox.ca,
                      "--user", user, "--from", USER, "--to", "boss@here.test", *words)


def check_sending(checks, world, token):
    run = send(checks, world, "--auth", "XOAUTH2", "-v")
    checks.that(outcome(run) == (0, "accepted") and run.json["mechanism"] == "XOAUTH2", "send takes the kept token", run)
    checks.that(token.encode() not in run.out + run.err, "and does not show it", run)
    run = send(checks, world, "--auth", "XOAUTH2", user="nobody@here.test")
    checks.that(run.code in (2, 64) and b"relaytool login --user nobody@here.test" in run.err, "no token to take", run)
    # Unasked, a token goes to its own provider's servers only. Nobody knows a sandbox by its address.
    run = send(checks, world)
    checks.that(run.code in (2, 64) and b"add --auth XOAUTH2" in run.err, "a token is not shown to any server unasked", run)
    run = checks.run("probe", "--json", "--user", USER, "--auth", "XOAUTH2", "--ca-file", world.sandbox.ca,
                     f"127.0.0.1:{world.sandbox.port()}")
    checks.that(run.json.get("auth", {}) and b"XOAUTH2" in run.out and token.encode() not in run.out, "probe takes it", run)


def check_wrong_audience(checks, world):
    run = world.login("--scope", "https://graph.microsoft.com/Mail.Send offline_access", user=USER)
    checks.that(run.code == 1 and "token-audience" in ids(run), "a token for another service is named", run)
    run = world.kept("--check", "--json")
    checks.that(run.code == 1 and "token-audience" in ids(run), "by --check, too", run)
    token = world.kept("--print-token").out.strip()
    run = send(checks, world, "--auth", "XOAUTH2", "-v")
    checks.that(run.code != 0 and b"AUTH XOAUTH2" not in run.out.replace(b"250-AUTH", b""), "it is not sent", run)
    checks.that(token not in run.out + run.err, "nor shown", run)
    path = os.path.join(world.state, "token")
    with open(path, "wb") as file:
        file.write(token + b"\n")
    run = checks.run("login", "--check", "--json", "--token-file", path)
    checks.that(run.code == 1 and "token-audience" in ids(run), "a token from a file", run)


def check_over(checks, world):
    """Tokens that are over, that nobody can read, or that are none."""
    with open(world.file()) as file:
        before = json.load(file)
    for token, expires, code, said in ((before["access_token"], 1, 1, "token-expired"), ("opaque", 1, 1, "token-expired"),
                                       ("opaque", 2**40, 2, "token-unreadable"), ("a b", 2**40, 1, "token-malformed")):
        world.change(access_token=token, expires=expires)
        run = world.kept("--check", "--json")
        checks.that(run.code == code and said in ids(run), f"--check finds {said}", run)
        run = world.kept("--show")
        checks.that(run.code == 0 and b"good token" not in run.out, f"--show, too: {said}", run)
    world.change(**before)


def check_again(checks, world):
    """Logging in anew takes all that is not said from the login that is kept, from whatever folder."""
    user = "again@here.test"
    folder = os.getcwd()
    os.chdir(world.state)
    run = world.login("--app", "--client-secret-file", "secret", user=user)
    os.chdir(folder)
    checks.that(outcome(run) == (0, "granted"), "a secret in a file with a relative name", run)
    with open(world.file(user)) as file:
        checks.that(json.load(file)["client_secret_file"] == world.secret, "is kept with an absolute one")
    run = world.kept("--json", user=user)
    checks.that(outcome(run) == (0, "granted"), "again with --user alone", run)
    run = checks.run("login", "--user", user, "--token-endpoint", "https://127.0.0.1:1/token")
    checks.that(run.code == 64 and b"--device-endpoint" in run.err, "another service has its own address for codes", run)
    run = checks.run("login", "--json", "--app", "--client-id", "x", "--client-secret-file", world.secret, "--user", user,
                     "--token-endpoint", world.base + "/nothing")
    checks.that(outcome(run) == (2, "failed") and ids(run) == ["login-no-service"], "what is no token service", run)


def check_logout(checks, world):
    run = world.kept("--logout", "--json")
    checks.that(outcome(run) == (0, "removed") and not os.path.exists(world.file()), "the login is removed", run)
    run = world.kept("--logout", "--json")
    checks.that(run.json.get("outcome") == "absent", "there is none any more", run)


def check_usage(checks, world):
    run = checks.run("login", "--user", USER)
    checks.that(run.code == 64 and b"App registrations" in run.err, "no application: how to get one", run)
    run = checks.run("login", "--user", USER, "--client-id", "x", "--token-endpoint", "http://192.0.2.1/token")
    checks.that(run.code == 64 and b"https" in run.err, "a secret goes over https only", run)
    run = checks.run("login", "--json", "--app", "--client-secret-file", world.secret, "--user", USER, "--client-id", "x",
                     "--token-endpoint", "http://127.0.0.1:1/token")
    checks.that(outcome(run) == (2, "failed") and ids(run) == ["login-unreachable"], "nobody is there", run)


def main():
    checks = Checks(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="relaytool-login-") as state:
        os.environ["XDG_STATE_HOME"] = state
        os.environ.pop("RELAYTOOL_PASSWORD", None)
        with Sandbox(sys.argv[1]) as sandbox:
            world = World(checks, sandbox, state)
            check_usage(checks, world)
            with ThreadPoolExecutor(4) as pool:
                jobs = [pool.submit(job, checks, world) for job in
                        (check_person, check_declined, check_interrupted, check_application, check_certificate,
                         check_assertion)]
                for job in jobs:
                    job.result()
            token = check_kept(checks, world)
            check_sending(checks, world, token)
            check_renewal(checks, world)
            check_revoked(checks, world)
        with Sandbox(sys.argv[1], "--approve", USER) as sandbox:
            world = World(checks, sandbox, state)
            check_wrong_audience(checks, world)
            check_over(checks, world)
            check_again(checks, world)
            check_logout(checks, world)
            with ThreadPoolExecutor(16) as pool:
                for job in [pool.submit(check_error, checks, world, code) for code in CODES]:
                    job.result()
    checks.finish()


if __name__ == "__main__":
    main()
