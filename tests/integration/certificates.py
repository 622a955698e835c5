"""A certificate authority for the tests, made by openssl: good server certificates, and those with a fault."""
import os
import subprocess
import tempfile
from typing import NamedTuple

NAMES = "DNS:localhost,IP:127.0.0.1"


class Certificate(NamedTuple):
    certificate: str  # paths of PEM files
    key: str


class Authority:
    """`good`, `expired`, `early` (not valid yet), `ending` (in some days), `wrong_name`, `self_signed`, `client`, and those of
    an intermediate authority, `whole` and `incomplete` (sent without it), are Certificates; `ca` is the path to trust."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="relaytool-ca-")
        with open(self.path("ca.conf"), "w") as file:
            file.write("[ca]\ndefault_ca=own\n[own]\ndatabase=index\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\n"
                       "policy=any\nunique_subject=no\n[any]\ncommonName=supplied\n[req]\ndistinguished_name=name\n[name]\n")
        open(self.path("index"), "w").close()
        with open(self.path("serial"), "w") as file:
            file.write("1000\n")
        self.ca = self.self_sign("ca", "basicConstraints=critical,CA:TRUE").certificate
        self.good = self.sign("good", NAMES)
        self.expired = self.sign("expired", NAMES, "-startdate", "20200101000000Z", "-enddate", "20200201000000Z")
        self.early = self.sign("early", NAMES, "-startdate", "20900101000000Z", "-enddate", "20910101000000Z")
        self.ending = self.sign("ending", NAMES, "-days", "5")
        self.wrong_name = self.sign("wrong-name", "DNS:other.test")
        self.client = self.sign("client", "DNS:client.test")
        self.self_signed = self.self_sign("self-signed", f"subjectAltName={NAMES}")
        self.make_chain()
        return self

    def make_chain(self):
        self.sign("between", "DNS:between.test", extensions="basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n")
        self.incomplete = self.sign("end", NAMES, by="between")
        self.whole = Certificate(self.path("whole.crt"), self.incomplete.key)
        with open(self.whole.certificate, "w") as file:
            for name in ("end", "between"):
                with open(self.path(f"{name}.crt")) as part:
                    file.write(part.read())

    def __exit__(self, *_):
        self.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def openssl(self, *words):
        subprocess.run(["openssl", *words], cwd=self.folder.name, check=True, capture_output=True, timeout=60)

    def key(self, name):
        self.openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{name}.key")

    def self_sign(self, name, extension):
        self.key(name)
        self.openssl("req", "-config", "ca.conf", "-new", "-x509", "-days", "30", "-key", f"{name}.key", "-out", f"{name}.crt",
                     "-subj", f"/CN={name}.test", "-addext", extension)
        return Certificate(self.path(f"{name}.crt"), self.path(f"{name}.key"))

    def sign(self, name, names, *validity, by="ca", extensions=""):
        self.key(name)
        self.openssl("req", "-config", "ca.conf", "-new", "-key", f"{name}.key", "-out", f"{name}.csr",
                     "-subj", f"/CN={name}.test")
        with open(self.path(f"{name}.ext"), "w") as file:
            file.write(f"subjectAltName={names}\n{extensions}")
        self.openssl("ca", "-batch", "-notext", "-config", "ca.conf", "-cert", f"{by}.crt", "-keyfile", f"{by}.key",
                     "-in", f"{name}.csr", "-out", f"{name}.crt", "-extfile", f"{name}.ext", *(validity or ("-days", "30")))
        return Certificate(self.path(f"{name}.crt"), self.path(f"{name}.key"))
