"""Where real mail servers run in the tests: trees that scripts/install-mail-servers unpacked, entered with chroot.

Each run gets a tree of its own (hard links, so it costs nothing) with users, configuration and mailboxes of its own: the
machine's own mail system, its users and its folders are never touched. That wants root: `missing()` says what is not there."""
import glob
import os
import shutil
import subprocess
import tempfile

from servers import HOST, prepare_child

FOLDER = os.environ.get("RELAYTOOL_MAIL_SERVERS", "/var/cache/relaytool-tests")
PASSWD = """root:x:0:0::/root:/bin/sh
nobody:x:65534:65534::/nonexistent:/bin/false
vmail:x:5000:5000::/var/mail:/bin/false
postfix:x:5001:5001::/var/spool/postfix:/bin/false
opensmtpd:x:5002:5002::/var/lib/opensmtpd/empty:/bin/false
opensmtpq:x:5003:5003::/var/lib/opensmtpd/empty:/bin/false
Debian-exim:x:5004:5004::/var/spool/exim4:/bin/false
"""
GROUPS = """root:x:0:
nogroup:x:65534:
vmail:x:5000:
postfix:x:5001:
opensmtpd:x:5002:
opensmtpq:x:5003:
Debian-exim:x:5004:
postdrop:x:5005:
"""
MAIL, POSTFIX, EXIM = 5000, 5001, 5004


def missing():
    """Why real mail servers cannot run here, or nothing."""
    if os.name != "posix" or os.geteuid() != 0:
        return "real mail servers need root"
    absent = [name for name in ("postfix", "opensmtpd", "exim") if not os.path.exists(f"{FOLDER}/{name}/complete")]
    absent += [name for name in ("openssl", "chroot") if not shutil.which(name)]
    if absent:
        return f"not installed: {', '.join(absent)} (scripts/install-packages test)"
    tried = subprocess.run(["chroot", f"{FOLDER}/opensmtpd", "/bin/sh", "-c", ":"], capture_output=True, text=True)
    return f"chroot does not work here: {tried.stderr.strip()}" if tried.returncode else ""


def without(path):
    """Removes a tree's folder; another test may be doing the same."""
    shutil.rmtree(path, ignore_errors=True)


class Tree:
    """A copy of an unpacked server to run in; gone at the end. Trees of tests that were killed go, too."""

    def __init__(self, name):
        os.makedirs(f"{FOLDER}/run", exist_ok=True)
        for path in glob.glob(f"{FOLDER}/run/*-*-*"):
            if not os.path.exists(f"/proc/{path.split('-')[-2]}"):
                without(path)
        self.path = tempfile.mkdtemp(prefix=f"{name}-{os.getpid()}-", dir=f"{FOLDER}/run")
        os.chmod(self.path, 0o755)
        subprocess.run(["cp", "-al", f"{FOLDER}/{name}/.", self.path], check=True)
        if not os.path.lexists(f"{self.path}/var/run"):
            os.symlink("/run", f"{self.path}/var/run")
        for device, minor in (("null", 3), ("zero", 5), ("urandom", 9)):
            self.device(device, minor)
        self.write("etc/passwd", PASSWD)
        self.write("etc/group", GROUPS)
        self.write("etc/hosts", f"{HOST} localhost\n")
        self.write("etc/resolv.conf", f"nameserver {HOST}\noptions timeout:1 attempts:1\n")
        self.write("etc/mailname", "mail.here.test\n")

    def device(self, name, minor):
        path = f"{self.path}/dev/{name}"
        try:
            os.mknod(path, 0o20666, os.makedev(1, minor))
            os.chmod(path, 0o666)
            with open(path, "r+b", buffering=0):
                pass
        except OSError:  # a container without the right, or a file system without devices: an empty file does
            if os.path.exists(path):
                os.unlink(path)
            self.write(f"dev/{name}", "", mode=0o666)

    def write(self, name, text, owner=0, mode=0o644):
        path = f"{self.path}/{name}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.lexists(path):
            os.unlink(path)  # it may be a link to the unpacked file
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, mode)
        os.chown(path, owner, owner)
        os.utime(path, (1e9, 1e9))  # Postfix waits until its configuration is two seconds old

    def folder(self, name, owner=0, mode=0o755):
        os.makedirs(f"{self.path}/{name}", exist_ok=True)
        os.chmod(f"{self.path}/{name}", mode)
        os.chown(f"{self.path}/{name}", owner, owner)

    def certificate(self, certificate, owner=0):
        for source, name in ((certificate.certificate, "etc/mail.crt"), (certificate.key, "etc/mail.key")):
            with open(source) as file:
                self.write(name, file.read(), owner, 0o600)

    def run(self, *command, text=""):
        """What it prints."""
        return subprocess.run(["chroot", self.path, *command], input=text, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}).stdout

    def start(self, *command):
        return subprocess.Popen(["chroot", self.path, *command], stdin=subprocess.DEVNULL, cwd="/",
                                stdout=open(f"{self.path}/output", "wb"), stderr=subprocess.STDOUT,
                                env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"},
                                start_new_session=True, preexec_fn=prepare_child)
