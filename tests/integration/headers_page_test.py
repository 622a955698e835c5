#!/usr/bin/python3
"""The page of `relaytool headers --html` in a real browser: what is in it, how it looks, and that nothing which a stranger
wrote becomes an element, runs, or is fetched.

headers_page_test.py PROGRAM SOURCE_FOLDER [FOLDER_FOR_THE_PICTURES]"""
import pathlib
import shutil
import sys
import tempfile
import time

from browser import Browser, Elements, Web, find_browser
from checks import Checks
from servers import SKIPPED

# What a mail program, a browser or a careless page might take for its own; {url} must never be asked for.
EVIL = ("<script>document.title='ran'</script>", "<img src={url}/img onerror=document.title='ran'>",
        "\"><svg onload=document.title='ran'>", "' onmouseover='x", "<link rel=stylesheet href={url}/css>",
        "</title></style><iframe src={url}/frame></iframe>", "<meta http-equiv=refresh content=0;url={url}/refresh>",
        "<a href=javascript:document.title='ran'>x</a>", "<style>@import '{url}/import';body{{display:none}}</style>",
        "<base href=http://elsewhere.invalid/>", "<link rel=preconnect href=http://elsewhere.invalid>", "<form action={url}/form><input autofocus onfocus=document.title='ran'>",
        "&lt;script&gt;document.title='ran'&lt;/script&gt;", "<!--", "]]><![CDATA[", "<plaintext>", "\x1b[31m\u202e\u2066x")
FIELDS = ("Subject: {0}", "From: {0} <a@example.org>", "To: {0}", "Reply-To: {0}", "Return-Path: <{0}>", "Message-ID: <{0}>",
          "Received: from {0} ({0} [198.51.100.7]) by {0} with {0} id {0} for <{0}>; Tue, 24 Nov 2026 07:20:00 +0000",
          "Authentication-Results: {0}; spf=fail ({0}) smtp.mailfrom={0}; dkim=pass header.d={0}; dmarc=fail header.from={0}",
          "Received-SPF: fail ({0}) client-ip={0}; helo={0}", "X-OriginatorOrg: {0}", "DKIM-Signature: v=1; a={0}; d={0}; s={0}",
          "X-Forefront-Antispam-Report: CIP:{0};SCL:9;SFV:SPM;CAT:{0};H:{0};{0}:{0};", "X-Spam-Status: Yes, score=9 tests={0}")

# Says in its title how much wider than its frame the page is, at some widths.
MEASURE = """<!DOCTYPE html><title>?</title><body onload="
document.title = [...document.querySelectorAll('iframe')].map(
  frame => frame.contentDocument.documentElement.scrollWidth - frame.clientWidth).join(' ')">
"""
WIDTHS = (320, 400, 768, 1200)


def hostile_mail(url):
    lines = [field.format(evil.format(url=url)) for evil in EVIL for field in FIELDS]
    return ("\r\n".join(lines) + "\r\n\r\nbody\r\n").encode()


def long_way(hops):
    lines = [f"Received: from h{i - 1}.example.net ([192.0.2.{i % 250}]) by h{i}.example.net with ESMTPS id {i};\r\n"
             f"\tTue, 24 Nov 2026 {7 + i // 3600:02}:{i // 60 % 60:02}:{i % 60:02} +0000" for i in range(hops, 0, -1)]
    return ("\r\n".join(lines) + "\r\nFrom: a@example.org\r\nTo: b@contoso.com\r\nSubject: far\r\n\r\n").encode()


class Pages:
    def __init__(self, checks, browser, folder, pictures):
        self.checks, self.browser, self.folder, self.pictures = checks, browser, pathlib.Path(folder), pictures

    def make(self, name, *mails):
        """Writes the page about files or octets."""
        files = []
        for number, mail in enumerate(mails):
            if isinstance(mail, bytes):
                mail = self.folder / f"{name}-{number}.eml"
                mail.write_bytes(mails[number])
            files.append(str(mail))
        page = self.folder / f"{name}.html"
        run = self.checks.run("headers", "--html", str(page), *files, limit=60)
        self.checks.that(run.code in (0, 1, 2) and page.exists(), f"{name}: a page", run)
        return page

    def look(self, name):
        """Its elements, in the browser; nothing but the page is asked for."""
        seen = self.browser.web.seen
        seen.clear()
        dom = self.browser.dom(f"{self.browser.web.address}/{name}.html")
        if not self.checks.that(dom, f"{name}: the browser shows it", self.browser.failure):
            return None
        self.checks.that(len(seen) == 1 and f"/{name}.html " in seen[0], f"{name}: nothing else is fetched", seen)
        return Elements(dom)

    def widths(self, name):
        frames = "".join(f'<iframe src="{name}.html" width={width} height=600></iframe>' for width in WIDTHS)
        (self.folder / "measure.html").write_text(MEASURE + frames)
        dom = self.browser.dom(f"{self.browser.web.address}/measure.html")
        wider = Elements(dom or "").title
        self.checks.that(wider == "0 0 0 0", f"{name}: as wide as the window at {WIDTHS}", wider or self.browser.failure)

    def picture(self, name, width, height, *options):
        file = self.folder / f"{name}-{width}.png"
        picture = self.browser.picture(f"{self.browser.web.address}/{name}.html", file, width, height)
        self.checks.that(picture and picture.width == width and picture.height == height and picture.lively > height // 4,
                         f"{name}: a picture of {width} x {height}", picture and vars(picture) or self.browser.failure)
        if self.pictures and file.exists():
            shutil.copy(file, self.pictures)


def traps_work(checks, pages):
    """A page that does run and fetch is noticed: else the other checks would hold for nothing."""
    web = pages.browser.web
    (pages.folder / "trap.html").write_text(f"<title>x</title><script>document.title='ran'</script><img src={web.address}/img>"
                                            "<img src=http://elsewhere.invalid/img>")
    web.seen.clear()
    title = Elements(pages.browser.dom(f"{web.address}/trap.html") or "").title
    checks.that(title == "ran", "a script that may run changes the title", title or pages.browser.failure)
    checks.that(any("/img" in line and web.address in line for line in web.seen), "what is fetched is seen", web.seen)
    checks.that(any("elsewhere.invalid" in line for line in web.seen), "from elsewhere, too", web.seen)


def examples(checks, pages, sources):
    for source in sorted(sources.glob("*.eml")):
        name = source.stem
        page = pages.make(name, source)
        hops = len(checks.run("headers", "--json", str(source)).json.get("hops", []))
        found = pages.look(name)
        if found is None:
            continue
        checks.that(sum(value.startswith("hop ") for value in found.classes) == hops > 0, f"{name}: {hops} hops", page)
        for words in ("The way it went", "What shows it", "Who vouches for it"):
            checks.that(words in found.text, f"{name}: {words}", page)
        checks.that(found.names.count("h1") == 1 and found.names.count("main") == 1, f"{name}: one heading, one main part")
        checks.that(("lang", "en") in found.attributes, f"{name}: its language")
    for words in ("Sent through Telenet", "Junk", "Whose move:", "smtp.office365.com", "Invoice 2026-1142"):
        found = Elements((pages.folder / "isp.html").read_text())
        checks.that(words in found.text, f"isp: {words}")


def hostile(checks, pages):
    url = pages.browser.web.address
    pages.make("hostile", hostile_mail(url))
    for number, evil in enumerate(EVIL):
        if number % 5 == 0:  # alone, too: a field that is there twice is read once
            pages.make(f"hostile{number}", "".join(f"{field.format(evil.format(url=url))}\r\n" for field in FIELDS).encode() + b"\r\n")
    for name in sorted(page.stem for page in pages.folder.glob("hostile*.html")):
        found = pages.look(name)
        if found is None:
            continue
        bad = {"script", "img", "iframe", "link", "base", "form", "input", "plaintext", "object", "embed"} & set(found.names)
        checks.that(not bad, f"{name}: no element of a stranger", bad)
        handlers = [name for name, _ in found.attributes if name.startswith("on") or name in ("src", "style", "action")]
        checks.that(not handlers, f"{name}: no attribute of a stranger", handlers)
        links = [value for name, value in found.attributes if name == "href" and not value.startswith("#")]
        checks.that(not links, f"{name}: no link to elsewhere", links)
        checks.that(found.names.count("meta") == 6 and found.names.count("style") == 1, f"{name}: our head alone", found.names)
        checks.that(found.title != "ran" and found.title.endswith("relaytool headers"), f"{name}: our title", found.title)
    pages.widths("hostile")


def much(checks, pages, sources):
    pages.make("way", long_way(1000))
    found = pages.look("way")
    if found is not None:
        checks.that(sum(value.startswith("hop ") for value in found.classes) == 200, "200 hops of 1000 are drawn")
        checks.that("800 more hops" in found.text, "and the page says so")
    mail = (sources / "isp.eml").read_bytes().replace(b"\r\n", b"\n")
    many = b"".join(b"From a@example.com Tue Nov 24 07:15:11 2026\n" + mail + b"\n" for _ in range(5000))
    page = pages.make("many", many)
    start = time.monotonic()
    found = pages.look("many")
    if found is not None:
        print(f"5,000 messages: {page.stat().st_size} octets, in the browser after {time.monotonic() - start:.1f} s")
        checks.that(found.names.count("article") == 200 and "The first 200 stand here in full" in found.text, "200 in full")
        checks.that(sum(name == "li" for name in found.names) > 5000, "a line for each")
    checks.that(page.stat().st_size < 10_000_000, "no page of more than 10 MB", page.stat().st_size)


def main():
    program = find_browser()
    if not program:
        print("skipped: no Chromium here (scripts/install-packages test)")
        sys.exit(SKIPPED)
    checks, sources = Checks(sys.argv[1]), pathlib.Path(sys.argv[2], "examples", "headers")
    pictures = sys.argv[3] if len(sys.argv) > 3 else None
    with tempfile.TemporaryDirectory() as folder:
        web = Web(folder)
        pages = Pages(checks, Browser(program, web), folder, pictures)
        traps_work(checks, pages)
        examples(checks, pages, sources)
        hostile(checks, pages)
        much(checks, pages, sources)
        pages.make("all", *sorted(sources.glob("*.eml")))
        for name in ("isp", "iis-relay", "all"):
            pages.widths(name)
            pages.picture(name, 1200, 2400)
            pages.picture(name, 400, 2400)
        web.close()
    checks.finish()


if __name__ == "__main__":
    main()
