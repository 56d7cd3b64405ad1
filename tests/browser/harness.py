"""A browser in which the built site lives at its own address and nothing else exists."""

from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import sites

CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
REST = 500  # milliseconds
PATIENCE = 60  # rests

CODE_IN_VIEW = """async () => {
  const place = (position) => document.querySelectorAll("pre > code")
    .forEach((code) => Object.assign(code.style, { position, top: position && 0 }));
  for (const position of ["fixed", ""]) {
    place(position);
    await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
  }
}"""


class Reader:
    """One visitor: a page to look at, and everything that went wrong on the way to it."""

    def __init__(self, site, context):
        self.site = site
        self.base = sites.address(site)
        self.trouble = []
        self.loaded = []
        self.asked = 0
        context.on("request", self._count)
        context.route("**/*", self._answer)
        context.on("console", self._listen)
        context.on("weberror", lambda event: self._note(f"exception: {event.error}"))
        self.page = context.new_page()

    def open(self, path):
        self.page.goto(self.base + path)
        return self.page

    def open_whole(self, path):
        """Open a page and wait until it has asked for nothing new during REST."""
        page = self.open(path)
        for _ in range(PATIENCE):
            asked = self.asked
            page.wait_for_timeout(REST)
            if self.asked == asked:
                return page
        raise AssertionError(f"/{path} never rests: {asked} requests")

    def _count(self, request):
        self.asked += 1

    def _answer(self, route):
        url = route.request.url
        file = sites.page_file(self.site, unquote(urlsplit(url.removeprefix(self.base)).path))
        if url.startswith(self.base) and file.is_file():
            self.loaded.append(file)
            route.fulfill(path=file)
        else:
            self._note(f"failed request: {url}")
            route.abort()

    def _listen(self, message):
        if message.type in ("error", "warning"):
            self._note(f"console {message.type}: {message.text}")

    def _note(self, trouble):
        self.trouble.append(f"{self.page.url}: {trouble}")


@contextmanager
def reading(chromium, site, **options):
    """Open a fresh browser profile on a built site; options are those of Playwright's contexts."""
    context = chromium.new_context(**options)
    try:
        yield Reader(site, context)
    finally:
        context.close()


def on_every(pages, reader, **checks):
    """List by name what each check finds on any of the pages, with the page's path.

    Each page is opened once, for all checks in their order: opening it is what takes time.
    """
    found = {name: [] for name in checks}
    for path in pages:
        page = reader.open(path)
        for name, check in checks.items():
            found[name].extend(f"/{path}: {finding}" for finding in check(page))
    return found


def open_details(page):
    """Unfold everything that a reader can unfold."""
    page.evaluate("document.querySelectorAll('details').forEach((node) => (node.open = true))")


def see_code(page):
    """Have all code in view for a moment: when it is first seen, what scrolls becomes a stop."""
    page.evaluate(CODE_IN_VIEW)
