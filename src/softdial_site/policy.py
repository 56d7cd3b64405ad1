"""The Content-Security-Policy: only what the site itself ships may run or load.

Policies add up under instant navigation, so every page carries the same one.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

# the theme's icons are masks from data: URLs
RULES = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)
CHARSET = '<meta charset="utf-8">'
SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL)


class PolicyError(ValueError):
    """A page that the policy cannot be written into."""


def inline_scripts(html: str) -> list[str]:
    """The scripts that stand in the page; data blocks and files are none."""
    return [
        text for attributes, text in SCRIPT.findall(html) if not re.search("src=|json", attributes)
    ]


def policy(pages: Iterable[str]) -> str:
    """The one policy under which the inline scripts of all pages run, and no other."""
    scripts = {script for page in pages for script in inline_scripts(page)}
    digests = sorted(b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
    return RULES.format(hashes=" ".join(f"'sha256-{digest}'" for digest in digests))


def with_policy(html: str, text: str) -> str:
    """The page with the policy as early as it may stand: what comes before it is not covered."""
    if html.count(CHARSET) != 1:
        raise PolicyError(f"a page has no {CHARSET} to put the policy after: {html[:200]}")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{text}">'
    return html.replace(CHARSET, f"{CHARSET}\n{meta}")


def protect(site: Path) -> None:
    """Write the policy into every page of a built site."""
    pages = {file: file.read_text("utf-8") for file in sorted(site.rglob("*.html"))}
    text = policy(pages.values())
    for file, html in pages.items():
        file.write_text(with_policy(html, text), "utf-8")
