#!/usr/bin/python3
"""DKIM signatures that other programs make: headers_dkim_test.py PROGRAM SOURCE_FOLDER

dkimpy, Mail::DKIM and OpenDKIM sign messages of many shapes, `relaytool headers --verify` checks them. Then each way of
tampering with them must fail for its own reason. What is not installed is left out."""
import base64
import ctypes
import itertools
import os
import shutil
import subprocess
import sys
import tempfile

import checks
import servers

try:
    import dkim
except ImportError:
    dkim = None

FORMS = ["simple", "relaxed"]
HEADER = """\
Received: from shop.example.com (shop.example.com [192.0.2.7])
\tby mail.example.com with ESMTP id 4711;
\tThu, 26 Nov 2026 03:31:45 +0000
From: "The Shop"  <shop@example.com>
To: buyer@example.org,
 \t other@example.org
Subject:   Your order\x20
 of today  is on its way
Date: Thu, 26 Nov 2026 03:31:45 +0000
Message-ID: <4711@example.com>
MIME-Version: 1.0
X-Note:
X-Note: second\t
"""
MESSAGES = {
    "plain": HEADER + "\nHello,\n\nyour order is on its way.\n",
    "blanks": HEADER + "\n  Hello, \t\n \n\nyour\t\torder  is on its way.   \n \n\n\n",
    "empty body": HEADER + "\n",
    "empty lines only": HEADER + "\n\n\n\n",
    "blank lines only": HEADER + "\n \n\t\n",
    "8 bit": HEADER + "Content-Transfer-Encoding: 8bit\n\nGr\u00fc\u00dfe\u00a0\u2014 bis bald\n",
    "long lines": HEADER + "\n" + "word " * 20_000 + "\n" + "x" * 70_000 + "\n",
    "many lines": HEADER + "\n" + "QUJD" * 18 + "\n" + ("QUJD" * 19 + "\n") * 3_000,
    "dots": HEADER + "\n.\n..\nFrom here on\n",
}
PERL = r"""
use Mail::DKIM::Signer; use Mail::DKIM::Signature; use Mail::DKIM::PrivateKey;
my ($method, $key, $selector, $expiration) = @ARGV;
my $signer = Mail::DKIM::Signer->new(Policy => sub {
    my $s = shift;
    $s->add_signature(Mail::DKIM::Signature->new(Algorithm => 'rsa-sha256', Method => $method, Headers => $s->headers,
        Domain => 'example.com', Selector => $selector, $expiration ? (Timestamp => 1, Expiration => $expiration) : ()));
    return 1;
}, Key => Mail::DKIM::PrivateKey->load(File => $key));
binmode STDIN; binmode STDOUT; local $/;
my $message = <STDIN>;
$signer->PRINT($message); $signer->CLOSE;
print $signer->signature->as_string, "\r\n", $message;
"""


def run(*command, stdin=b""):
    done = subprocess.run(command, input=stdin, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError(f"{command}: {done.stderr.decode(errors='replace')}")
    return done.stdout


class Keys:
    """Private keys in files, public ones in a zone."""

    def __init__(self, folder):
        self.folder, self.lines = folder, ["$ORIGIN example.com.", "$TTL 300", "@ IN TXT \"v=spf1 -all\""]
        for selector, bits in (("rsa", 2048), ("rsa1024", 1024), ("rsa512", 512)):
            run("openssl", "genrsa", "-traditional", "-out", self.file(selector), str(bits))
            self.publish(selector, "v=DKIM1; k=rsa; p=" + self.public(selector))
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", self.file("ed"))
        self.seed = base64.b64encode(run("openssl", "pkey", "-in", self.file("ed"), "-outform", "DER")[-32:])
        point = base64.b64encode(base64.b64decode(self.public("ed"))[-32:]).decode()
        self.publish("ed", "v=DKIM1; k=ed25519; p=" + point)
        rsa = self.public("rsa")
        self.publish("revoked", "v=DKIM1; p=")
        self.publish("ed-instead", "v=DKIM1; k=ed25519; p=" + point)
        self.publish("another", "v=DKIM1; p=" + self.public("rsa1024"))
        self.publish("other-service", "v=DKIM1; s=tlsrpt; p=" + rsa)
        self.publish("sha1", "v=DKIM1; h=sha1; p=" + rsa)
        self.publish("strict", "v=DKIM1; t=s; p=" + rsa)
        self.publish("two", "v=DKIM1; p=" + rsa)
        self.publish("two", "v=DKIM1; p=" + self.public("rsa1024"))
        self.lines.append("alias._domainkey IN CNAME rsa._domainkey")
        self.zone = os.path.join(folder, "keys.zone")
        with open(self.zone, "w", encoding="ascii") as file:
            file.write("\n".join(self.lines) + "\n")

    def file(self, selector):
        return os.path.join(self.folder, selector + ".pem")

    def public(self, selector):
        return base64.b64encode(run("openssl", "pkey", "-in", self.file(selector), "-pubout", "-outform", "DER")).decode()

    def publish(self, selector, text):
        pieces = " ".join(f'"{text[i:i + 200]}"' for i in range(0, len(text), 200))
        self.lines.append(f"{selector}._domainkey IN TXT {pieces}")

    def pem(self, selector):
        with open(self.file(selector), "rb") as file:
            return file.read()


class OpenDkim:
    """Its library, called as dkim.h says; the package has no program that signs with SHA-256."""

    def __init__(self):
        self.library = ctypes.CDLL("libopendkim.so.11")
        for name in ("dkim_init", "dkim_sign"):
            getattr(self.library, name).restype = ctypes.c_void_p
        self.handle = ctypes.c_void_p(self.library.dkim_init(None, None))

    def sign(self, message, selector, pem, form, length=-1):
        status = ctypes.c_int(0)
        algorithm = 2 if selector == "ed" else 1
        signing = ctypes.c_void_p(self.library.dkim_sign(
            self.handle, b"test", None, pem, selector.encode(), b"example.com", FORMS.index(form[0]), FORMS.index(form[1]),
            algorithm, ctypes.c_ssize_t(length), ctypes.byref(status)))
        field, size = ctypes.c_char_p(), ctypes.c_size_t()
        for done in (status.value, self.library.dkim_chunk(signing, message, ctypes.c_size_t(len(message))),
                     self.library.dkim_chunk(signing, None, ctypes.c_size_t(0)), self.library.dkim_eom(signing, None),
                     self.library.dkim_getsighdr_d(signing, ctypes.c_size_t(16), ctypes.byref(field), ctypes.byref(size))):
            if done != 0:
                raise RuntimeError(f"OpenDKIM: status {done}")
        text = field.value[:size.value]
        self.library.dkim_free(signing)
        return b"DKIM-Signature: " + text + b"\r\n" + message


class Test:
    def __init__(self, program, folder):
        self.checks, self.folder, self.keys = checks.Checks(program), folder, Keys(folder)

    def verify(self, message, what):
        """What the program says of each signature."""
        path = os.path.join(self.folder, "mail.eml")
        with open(path, "wb") as file:
            file.write(message)
        ran = self.checks.run("headers", "--verify", "--zone", self.keys.zone, path, "--json")
        try:
            return ran.json["authentication"]["verified"]["dkim"]
        except (KeyError, TypeError):
            self.checks.that(False, f"{what}: no answer", ran)
            return []

    def expect(self, message, outcomes, what, **values):
        """`outcomes`: "pass matched" for each signature; `values`: of the first one."""
        found = self.verify(message, what)
        words = [f"{each['outcome']} {each['reason']}" for each in found]
        if self.checks.that(words == outcomes, f"{what}: {words} instead of {outcomes}", message[:900]):
            for key, value in values.items():
                self.checks.that(found[0][key] == value, f"{what}: {key} is {found[0][key]!r} instead of {value!r}")

    def dkimpy(self, message, selector="rsa", form=("relaxed", "relaxed"), key="rsa", **more):
        ed = key == "ed"
        canonicalize = tuple(word.encode() for word in form)
        return dkim.sign(message, selector.encode(), b"example.com", self.keys.seed if ed else self.keys.pem(key),
                         signature_algorithm=b"ed25519-sha256" if ed else b"rsa-sha256", canonicalize=canonicalize,
                         **more) + message

    def perl(self, message, form, expiration=0):
        return run("perl", "-e", PERL, "/".join(form), self.keys.file("rsa"), "rsa", str(expiration), stdin=message)

    def peers(self):
        """Name and function of what can sign here; those whose name ends in l= leave the end of the body open."""
        if dkim is not None:
            yield "dkimpy rsa", lambda message, form: self.dkimpy(message, form=form)
            yield "dkimpy l=", lambda message, form: self.dkimpy(message, form=form, length=True)
            try:
                import nacl.signing  # noqa: F401
                yield "dkimpy ed25519", lambda message, form: self.dkimpy(message, "ed", form, "ed")
            except ImportError:
                print("dkimpy has no Ed25519 here (python3-nacl)")
        if subprocess.run(["perl", "-MMail::DKIM::Signer", "-e", "1"], capture_output=True).returncode == 0:
            yield "Mail::DKIM", self.perl
        try:
            opendkim = OpenDkim()
        except OSError:
            return
        yield "OpenDKIM rsa", lambda message, form: opendkim.sign(message, "rsa", self.keys.pem("rsa"), form)
        # What it signs with Ed25519 over a simple header nobody verifies, dkimpy neither.
        yield "OpenDKIM ed25519", lambda message, form: opendkim.sign(message, "ed", self.keys.pem("ed"), ("relaxed", form[1]))
        yield "OpenDKIM l=", lambda message, form: opendkim.sign(message, "rsa", self.keys.pem("rsa"), form, 2)

    def check_peers(self, peers):
        for (peer, sign), (name, text), form in itertools.product(peers, MESSAGES.items(), itertools.product(FORMS, FORMS)):
            signed = sign(text.replace("\n", "\r\n").encode(), form)
            what = f"{peer}, {'/'.join(form)}, {name}"
            is_limited = peer.endswith("l=")
            limit = {} if is_limited else {"unsigned_octets": 0}
            self.expect(signed, ["pass matched"], what, body_ok=True, domain="example.com", **limit)
            self.expect(signed.replace(b"\r\n", b"\n"), ["pass matched"], what + ", LF")
            self.expect(signed.replace(b"Your order", b"Our order"), ["fail header-altered"], what + ", altered")
            # In simple form nothing is an empty line, which then is not there any more (RFC 6376 section 3.4.3).
            is_open = is_limited and not (name == "empty body" and form[1] == "simple")
            self.expect(signed + b"Buy!\r\n", ["pass matched" if is_open else "fail body-altered"], what + ", longer")

    def check_together(self, peers):
        message, form = MESSAGES["plain"].replace("\n", "\r\n").encode(), ("relaxed", "relaxed")
        peers = [(name, sign) for name, sign in peers if not name.endswith("l=")]
        for _, sign in peers:
            message = sign(message, form)
        self.expect(message, ["pass matched"] * len(peers), "signed by all of them")
        self.expect(message.replace(b"is on its way.", b"is gone."), ["fail body-altered"] * len(peers), "altered behind all")

    def check_tampering(self):
        plain = MESSAGES["plain"].replace("\n", "\r\n").encode()
        relaxed, simple = self.dkimpy(plain), self.dkimpy(plain, form=("simple", "simple"))
        few = self.dkimpy(plain, include_headers=[b"from", b"to", b"subject"])
        length = self.dkimpy(plain, length=True)
        fold = b"Your order \r\n of today", b"Your\r\n\torder of today"
        rows = [
            ("From added, signed against", relaxed.replace(b"From:", b"From: a@example.net\r\nFrom:", 1), "fail header-altered"),
            ("To added above", few.replace(b"Received:", b"To: a@example.net\r\nReceived:", 1), "pass matched"),
            ("To added below", few.replace(b"X-Note:", b"To: a@example.net\r\nX-Note:", 1), "fail header-altered"),
            ("body", relaxed.replace(b"order is", b"order was"), "fail body-altered"),
            ("blanks of the body, relaxed", relaxed.replace(b"order is", b"order  is "), "pass matched"),
            ("blanks of the body, simple", simple.replace(b"order is", b"order  is "), "fail body-altered"),
            ("folded again, relaxed", relaxed.replace(*fold), "pass matched"),
            ("folded again, simple", simple.replace(*fold), "fail header-altered"),
            ("inside l=", length.replace(b"order is", b"order's"), "fail body-altered"),
            ("shorter than l=", length.replace(b" way.", b""), "fail body-altered"),
            ("d=", relaxed.replace(b"d=example.com", b"d=example.net").replace(b"i=@example.com", b"i=@example.net"),
             "permerror no-key"),
            ("i=", relaxed.replace(b"i=@example.com", b"i=@example.net"), "permerror bad-signature"),
            ("v=", relaxed.replace(b"v=1", b"v=2"), "permerror bad-signature"),
            ("rsa-sha1", relaxed.replace(b"rsa-sha256", b"rsa-sha1"), "permerror bad-signature"),
            ("s=", relaxed.replace(b"s=rsa", b"s=none"), "permerror no-key"),
            ("l= added", relaxed.replace(b"q=dns", b"l=5; q=dns"), "fail body-altered"),
        ]
        for selector, expected in [("none", "permerror no-key"), ("revoked", "permerror bad-key"), ("two", "permerror many-keys"),
                                   ("ed-instead", "permerror wrong-key"), ("another", "fail header-altered"),
                                   ("other-service", "permerror bad-key"), ("sha1", "permerror wrong-key"),
                                   ("strict", "pass matched"), ("alias", "pass matched")]:
            rows.append((f"key: {selector}", self.dkimpy(plain, selector), expected))
        rows.append(("key: strict, i= below", self.dkimpy(plain, "strict", identity=b"@a.example.com"), "permerror wrong-key"))
        rows.append(("key: 1024 bits", self.dkimpy(plain, "rsa1024", key="rsa1024"), "pass matched"))
        rows.append(("key: 512 bits", self.dkimpy(plain, "rsa512", key="rsa512"), "permerror short-key"))
        for what, message, expected in rows:
            self.expect(message, [expected], what)
        self.expect(length + b"Buy!\r\n", ["pass matched"], "behind l=", unsigned_octets=6)
        self.expect(few.replace(b"From:", b"From: a@example.net\r\nFrom:", 1), ["pass matched"], "From added",
                    unsigned_copies=["From", "Date"])

    def check_expired(self):
        plain = MESSAGES["plain"].replace("\n", "\r\n").encode()
        self.expect(self.perl(plain, ("relaxed", "relaxed"), 1_000_000_000), ["permerror expired"], "expired")
        self.expect(self.perl(plain, ("relaxed", "relaxed"), 99_999_999_999), ["pass matched"], "expires one day")

    def check_sha1(self):
        """OpenDKIM's program for tests still signs so."""
        if shutil.which("opendkim-testmsg"):
            plain = MESSAGES["plain"].encode()
            signed = run("opendkim-testmsg", "-d", "example.com", "-k", self.keys.file("rsa"), "-s", "rsa", stdin=plain)
            self.expect(signed, ["permerror bad-signature"], "signed with SHA-1")


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        test = Test(program, folder)
        peers = list(test.peers())
        if not peers:
            print("Nothing that signs is here (python3-dkim, libmail-dkim-perl, opendkim-tools), so nothing was tested")
            sys.exit(servers.SKIPPED)
        print(", ".join(name for name, _ in peers))
        test.check_peers(peers)
        test.check_together(peers)
        if dkim is not None:
            test.check_tampering()
        if any(name == "Mail::DKIM" for name, _ in peers):
            test.check_expired()
        test.check_sha1()
        test.checks.finish()


if __name__ == "__main__":
    main()
