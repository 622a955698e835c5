"""Real mail servers for the tests: Postfix, OpenSMTPD, Exim, and Postfix's smtp-sink. Loopback only, each on free ports,
each in a tree of its own (mail_trees.py)."""
import glob
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from mail_trees import EXIM, FOLDER, MAIL, POSTFIX, Tree, missing, without
from servers import HOST, free_port, prepare_child

DOMAIN = "here.test"
LIMIT = 300000  # octets: what each server takes as a message
USERS = {f"invoicing@{DOMAIN}": "s3cret-Straw=berry", f"scanner@{DOMAIN}": "0ther-Pass:word"}
MAILBOXES = ["boss", "invoicing", "scanner"]


class MailServer:
    """What the three have in common: `port` (STARTTLS) and `tls_port` (TLS from the start), mailboxes at here.test, logins
    (USERS), each of which may send as itself only. `log()` is what the server wrote; `mail(user)` what arrived."""

    name = ""
    tls_works = True

    def __init__(self, certificate, **options):
        self.certificate, self.options = certificate, options

    def __enter__(self):
        reason = missing()
        if reason:
            raise RuntimeError(reason)
        for _ in range(5):  # somebody may take a port first
            self.tree = Tree(self.name)
            self.port, self.tls_port = free_port(), free_port()
            self.tree.folder("var/mail", MAIL)
            self.process = self.start()
            if self.ready():
                return self
            text = self.log()
            self.__exit__()
        raise RuntimeError(f"{self.name} does not start:\n{text}")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        without(self.tree.path)

    def ready(self):
        end = time.monotonic() + 20
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with socket.create_connection((HOST, self.port), timeout=5) as channel:
                    if channel.recv(4) == b"220 ":
                        channel.sendall(b"QUIT\r\n")
                        return True
            except OSError:
                time.sleep(0.02)
        return False

    @property
    def server(self):
        return f"{HOST}:{self.port}"

    @property
    def tls_server(self):
        return f"{HOST}:{self.tls_port}"

    def log(self):
        text = ""
        for path in glob.glob(f"{self.tree.path}/output") + glob.glob(f"{self.tree.path}/var/log/**/*", recursive=True):
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    text += file.read().decode("utf-8", "replace")
        return text

    def mail(self, user, count=1, seconds=10.0):
        """The messages in a mailbox, as they were sent (line ends are LF on disk, CRLF here): waits for that many, and
        empties it. The fields that the server puts in front (Return-Path, Received ...) stay."""
        end = time.monotonic() + seconds
        while True:
            paths = sorted(glob.glob(f"{self.tree.path}/var/mail/{user}/new/*"))
            if len(paths) >= count or time.monotonic() > end:
                break
            time.sleep(0.01)
        messages = []
        for path in paths:
            with open(path, "rb") as file:
                messages.append(file.read().replace(b"\n", b"\r\n"))
            os.unlink(path)
        return messages


class Postfix(MailServer):
    """smtpd with STARTTLS and Cyrus SASL. 553 5.7.1 "not owned by user", 554 5.7.1 "Relay access denied", 550 5.1.1."""

    name = "postfix"
    QUEUES = ("active bounce corrupt defer deferred flush hold incoming maildrop pid private public saved trace").split()
    MASTER = """127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{tls_port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
"""
    MAIN = """compatibility_level = 3.6
maillog_file = /var/log/mail.log
myhostname = mail.{domain}
mynetworks =
mydestination =
inet_protocols = ipv4
default_transport = discard
relay_transport = discard
virtual_mailbox_domains = {domain}
virtual_mailbox_base = /var/mail
virtual_mailbox_maps = inline:{{ {mailboxes} }}
virtual_minimum_uid = 1
virtual_uid_maps = static:{mail}
virtual_gid_maps = static:{mail}
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sender_restrictions = reject_sender_login_mismatch
smtpd_sender_login_maps = inline:{{ {owners} }}
smtpd_sasl_auth_enable = yes
smtpd_sasl_path = smtpd
smtpd_sasl_security_options = noanonymous
smtpd_tls_security_level = {security}
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = /etc/mail.crt
smtpd_tls_key_file = /etc/mail.key
smtpd_tls_loglevel = 1
smtpd_tls_received_header = yes
smtpd_error_sleep_time = 0
smtpd_peername_lookup = no
message_size_limit = {limit}
{more}
"""

    def start(self):
        tree = self.tree
        tree.certificate(self.certificate)
        tree.write("etc/postfix/master.cf", self.MASTER.format(port=self.port, tls_port=self.tls_port))
        tree.write("etc/postfix/main.cf", self.MAIN.format(
            domain=DOMAIN, mail=MAIL, limit=LIMIT, security=self.options.get("security", "may"),
            more=self.options.get("more", ""),
            mailboxes=", ".join(f"{{{box}@{DOMAIN} = {box}/}}" for box in MAILBOXES),
            owners=", ".join(f"{{{user} = {user}}}" for user in [*USERS, f"nobody-but-root@{DOMAIN}"])))
        tree.write("etc/postfix/sasl/smtpd.conf",
                   "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN CRAM-MD5\n")
        tree.folder("var/lib/postfix", POSTFIX, 0o700)
        tree.folder("var/spool/postfix")
        for queue in self.QUEUES:
            tree.folder(f"var/spool/postfix/{queue}", 0 if queue == "pid" else POSTFIX, 0o755)
        for user, password in USERS.items():
            name, _, realm = user.partition("@")
            tree.run("saslpasswd2", "-p", "-c", "-u", realm, name, text=password)
        os.chown(f"{tree.path}/etc/sasldb2", POSTFIX, POSTFIX)
        return tree.start("/usr/lib/postfix/sbin/master", "-d")


class OpenSmtpd(MailServer):
    """smtpd with STARTTLS, AUTH and a `senders` table. Debian 12 has 6.8 built with OpenSSL 3, and each of its handshakes
    ends in an alert (OpenSMTPD issue 1171): `tls_works` says so. It offers AUTH under TLS only."""

    name = "opensmtpd"
    CONFIG = """pki mail cert "/etc/mail.crt"
pki mail key "/etc/mail.key"
table logins {{ {logins} }}
table owners {{ {owners} }}
table boxes {{ {boxes} }}
smtp max-message-size "{limit}"
listen on {host} port {port} tls pki mail auth-optional <logins> senders <owners> hostname mail.{domain}
listen on {host} port {tls_port} smtps pki mail auth-optional <logins> senders <owners> hostname mail.{domain}
action "in" maildir "/var/mail/%{{dest.user}}" virtual <boxes>
action "away" relay host smtp://{host}:9
match from any for domain "{domain}" action "in"
match auth from any for any action "away"
"""

    @property
    def tls_works(self):
        version = self.tree.run("smtpd", "-h").partition("OpenSMTPD ")[2]
        return version.split(".")[0].isdigit() and int(version.split(".")[0]) >= 7

    def start(self):
        self.tree.certificate(self.certificate)
        hashes = {user: subprocess.run(["openssl", "passwd", "-6", "-stdin"], input=password, text=True, check=True,
                                       capture_output=True).stdout.strip() for user, password in USERS.items()}
        self.tree.write("etc/smtpd.conf", self.CONFIG.format(
            host=HOST, port=self.port, tls_port=self.tls_port, domain=DOMAIN, limit=LIMIT,
            logins=", ".join(f'"{user}" = "{value}"' for user, value in hashes.items()),
            owners=", ".join(f'"{user}" = "{user}"' for user in USERS),
            boxes=", ".join(f'"{box}@{DOMAIN}" = "vmail"' for box in MAILBOXES)))
        self.tree.folder("var/lib/opensmtpd/empty")
        self.tree.folder("var/spool/smtpd", 0, 0o711)
        return self.tree.start("/usr/sbin/smtpd", "-d", "-f", "/etc/smtpd.conf")


class Exim(MailServer):
    """exim4 (GnuTLS) with STARTTLS, AUTH PLAIN and LOGIN, CHUNKING; 550 for a sender that the login does not own."""

    name = "exim"
    CONFIG = """primary_hostname = mail.{domain}
daemon_smtp_ports = {port} : {tls_port}
tls_on_connect_ports = {tls_port}
local_interfaces = {host}
tls_advertise_hosts = *
tls_certificate = /etc/mail.crt
tls_privatekey = /etc/mail.key
message_size_limit = {limit}
acl_smtp_mail = from
acl_smtp_rcpt = to
keep_environment =
host_lookup =
rfc1413_hosts =
dns_csa_search_limit = 0
qualify_domain = {domain}
never_users =
smtp_accept_max = 50
smtp_enforce_sync = true
pipelining_advertise_hosts = *
chunking_advertise_hosts = *
dsn_advertise_hosts = *
log_file_path = /var/log/exim-%slog
begin acl
from:
  deny condition = ${{if and {{{{def:authenticated_id}}{{!eqi{{$authenticated_id}}{{$sender_address}}}}}}}}
       message = $authenticated_id is not permitted to send as $sender_address
  accept
to:
  accept domains = {domain}
         verify = recipient
  deny domains = {domain}
       message = no such user here
  accept authenticated = *
  deny message = relay not permitted
begin routers
here:
  driver = accept
  domains = {domain}
  local_parts = {boxes}
  transport = box
unknown:
  driver = redirect
  domains = {domain}
  allow_fail
  data = :fail: unknown user
away:
  driver = accept
  transport = nowhere
begin transports
box:
  driver = appendfile
  directory = /var/mail/$local_part_data
  maildir_format
  user = {mail}
  group = {mail}
nowhere:
  driver = appendfile
  file = /dev/null
  user = {mail}
  group = {mail}
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_advertise_condition = $tls_in_cipher
  server_prompts = :
  server_condition = ${{lookup{{$auth2}}lsearch{{/etc/logins}}{{${{if eq{{$value}}{{$auth3}}}}}}{{no}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_advertise_condition = $tls_in_cipher
  server_prompts = Username:: : Password::
  server_condition = ${{lookup{{$auth1}}lsearch{{/etc/logins}}{{${{if eq{{$value}}{{$auth2}}}}}}{{no}}}}
  server_set_id = $auth1
"""

    def start(self):
        tree = self.tree
        tree.certificate(self.certificate, EXIM)
        tree.write("etc/logins", "".join(f"{user}: {password}\n" for user, password in USERS.items()), EXIM, 0o600)
        tree.write("etc/exim4/exim4.conf", self.CONFIG.format(
            host=HOST, port=self.port, tls_port=self.tls_port, domain=DOMAIN, limit=LIMIT, mail=MAIL,
            boxes=" : ".join(MAILBOXES)))
        tree.folder("var/log", EXIM)
        tree.folder("var/spool/exim4", EXIM, 0o750)
        tree.folder("run/exim4", EXIM)
        return tree.start("/usr/sbin/exim4", "-bdf", "-q1h")


class SmtpSink:
    """Postfix's smtp-sink: takes anything and throws it away, or keeps it (`dump`) in files of `folder`. Needs no root
    where Postfix is unpacked. `words` are more of its options."""

    def __init__(self, *words, dump=False):
        self.words, self.dump = words, dump

    @staticmethod
    def program(name):
        """How to start a program of Postfix, and the environment that it wants; nothing where it is not."""
        path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")
        if path:
            return path, dict(os.environ)
        path = f"{FOLDER}/postfix/usr/sbin/{name}"
        libraries = ":".join(glob.glob(f"{FOLDER}/postfix/usr/lib/*-linux-*") + [f"{FOLDER}/postfix/usr/lib/postfix"])
        return (path, {**os.environ, "LD_LIBRARY_PATH": libraries}) if os.path.exists(path) else (None, {})

    def __enter__(self):
        program, environment = self.program("smtp-sink")
        if not program:
            raise RuntimeError("no smtp-sink (scripts/install-packages test)")
        self.folder = tempfile.TemporaryDirectory(prefix="relaytool-sink-")
        os.chmod(self.folder.name, 0o777)
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        dump = ["-d", f"{self.folder.name}/%M."] if self.dump else []
        self.port = free_port()
        self.process = subprocess.Popen([program, *user, *dump, *self.words, self.server, "1000"], env=environment,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        start_new_session=True, preexec_fn=prepare_child)
        if not MailServer.ready(self):
            self.__exit__()
            raise RuntimeError("smtp-sink does not start")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()

    @property
    def server(self):
        return f"{HOST}:{self.port}"

    def kept(self):
        """The files of `dump`: some fields of its own, the message with LF, an empty line."""
        texts = []
        for path in sorted(glob.glob(f"{self.folder.name}/*")):
            with open(path, "rb") as file:
                texts.append(file.read())
        return texts
