"""The sandbox's web server and its mailroot, from outside: sandbox_web_test.py RELAYTOOL"""

import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from checks import Checks

LOGIN = "oliver@shortstraw.be"
PICKUP = {
    "good.txt": f"FROM: {LOGIN}\nTO: user@example.com\nSUBJECT: good\n\nHello\n",
    "denied.txt": "FROM: invoicing@shortstraw.be\nTO: user@example.com\nSUBJECT: denied\nMessage-ID: <17@x>\n\nHello\n",
    "broken.txt": "TO: user@example.com\nSUBJECT: broken\n\nHello\n",
}


def ask(url, data=None, method=None, headers=None):
    """Status and body."""
    body = urllib.parse.urlencode(data).encode() if isinstance(data, dict) else data
    request = urllib.request.Request(url, data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return condition()


def equal(checks, what, found, wanted):
    checks.that(found == wanted, what, f"{found!r} in place of {wanted!r}")


def check_mailroot(checks, root, base):
    for name, text in PICKUP.items():
        (root / "Pickup" / name).write_text(text)
    bad_mail = root / "BadMail"
    checks.that(wait_for(lambda: len(list(bad_mail.glob("[!.]*"))) == 4), "four files in BadMail")
    checks.that(wait_for(lambda: not list((root / "Pickup").iterdir()) and not list((root / "Queue").iterdir())),
                "nothing is left in Pickup and Queue")
    found = {file["format"]: file for file in checks.run("diagnose", "--json", str(bad_mail)).json["files"]}
    equal(checks, "the refused mail", found["iis"]["category"], "send-as-denied")
    equal(checks, "why it lies there", found["iis"]["badmail"]["category"], "ndr-undeliverable")
    equal(checks, "the file that is none", found["iis-badmail"]["category"], "pickup-file-invalid")
    listing = json.loads(ask(base + "/api/v1/messages")[1])
    equal(checks, "the good one is listed", [m["Subject"] for m in listing["messages"]], ["good"])
    checks.that(">good<" in ask(base + "/view/latest")[1], "and shown")


def check_tokens(checks, base):
    tenant = base + "/contoso.com/oauth2/v2.0"
    scope = "https://outlook.office.com/SMTP.Send offline_access"
    code = json.loads(ask(tenant + "/devicecode", {"client_id": "app", "scope": scope})[1])
    equal(checks, "where to confirm", code["verification_uri"], base + "/device")
    poll = {"client_id": "app", "device_code": code["device_code"],
            "grant_type": "urn:ietf:params:oauth:grant-type:device_code"}
    status, body = ask(tenant + "/token", poll)
    equal(checks, "pending", (status, json.loads(body)["error"]), (400, "authorization_pending"))
    equal(checks, "confirmed", ask(base + "/device", {"user_code": code["user_code"], "login": LOGIN})[0], 200)
    time.sleep(code["interval"] + 1)
    status, body = ask(tenant + "/token", poll)
    equal(checks, "a token", (status, json.loads(body).get("token_type")), (200, "Bearer"))
    body = json.loads(ask(tenant + "/token", {"client_id": "AADSTS7000222"})[1])
    equal(checks, "an error by the client's name", body["error_codes"], [7000222])


def check_guards(checks, base):
    equal(checks, "a name that leads here", ask(base + "/", headers={"Host": "rebind.example.com"})[0], 403)
    equal(checks, "a form of another page", ask(base + "/device", {"a": "b"}, headers={"Origin": "http://x"})[0], 403)
    equal(checks, "no such page", ask(base + "/%2e%2e/etc/passwd")[0], 404)
    equal(checks, "another method", ask(base + "/", b"x", "PUT")[0], 405)
    equal(checks, "all mail is removed", json.loads(ask(base + "/api/v1/messages", method="DELETE")[1]), {"Removed": 1})


def main():
    program = sys.argv[1]
    checks = Checks(program)
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder) / "mailroot"
        with subprocess.Popen([program, "sandbox", "--port", "0", "--json", "--mailroot", str(root)],
                              stdout=subprocess.PIPE, text=True) as sandbox:
            try:
                base = "http://" + json.loads(sandbox.stdout.readline())["http"]
                check_mailroot(checks, root, base)
                check_tokens(checks, base)
                check_guards(checks, base)
            finally:
                sandbox.send_signal(signal.SIGTERM)
                sandbox.communicate(timeout=30)
            equal(checks, "it ends well", sandbox.returncode, 0)
    checks.finish()


if __name__ == "__main__":
    main()
