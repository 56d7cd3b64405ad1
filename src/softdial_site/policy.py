"""The Content-Security-Policy: only what the site itself ships may run or load.

Policies add up under instant navigation, so every page carries the same one.
"""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

# the theme's icons are masks from data: URLs; Firefox's prefetch of the next page asks default-src
RULES = (
    "default-src 'self'; script-src 'self' {hashes}; img-src 'self' data:; "
    "frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'"
)
CHARSET = '<meta charset="utf-8">'
# data blocks and files are none
INLINE = re.compile(r"<script(?![^>]*(?:src=|json))[^>]*>(.*?)</script>", re.DOTALL)


def protect(site: Path) -> None:
    """Write one policy into every page of a site: the inline scripts of all run, and no other.

    It stands as early as it may, for what comes before it is not covered.
    """
    pages = {file: file.read_text("utf-8") for file in site.rglob("*.html")}
    scripts = {script for html in pages.values() for script in INLINE.findall(html)}
    digests = sorted(b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
    policy = RULES.format(hashes=" ".join(f"'sha256-{digest}'" for digest in digests))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    for file, html in pages.items():
        if html.count(CHARSET) != 1:
            raise ValueError(f"{file} has no {CHARSET} to put the policy after")
        file.write_text(html.replace(CHARSET, f"{CHARSET}\n{meta}"), "utf-8")
