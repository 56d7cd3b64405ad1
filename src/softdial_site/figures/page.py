"""Figures in the HTML of a page."""

import re
from functools import cache
from html import escape
from typing import Any

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

# The caption stands last, with the code in it: HTML allows nothing after a figcaption but its end.
FIGURE = """<figure class="fig" id="fig-{name}" data-search-exclude>
{inline}
<figcaption><p>{caption}</p>
<details class="fig-source"><summary>Code and files of this figure</summary>
{code}
<p><a href="{files}{name}.svg" download>SVG</a> · <a href="{files}{name}.png" download>PNG for \
slides</a> · figure <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY \
4.0</a>, code MIT-0</p>
</details></figcaption>
</figure>"""

# What a teacher takes along; the code stands below the figure on its page.
CARD = """<figure class="fig card" id="fig-{name}" data-search-exclude>
<img src="{files}{name}.svg" alt="{alt}" width="{width:g}" height="{height:.0f}" loading="lazy">
<figcaption><p><strong>{claim}</strong></p>
<p><a href="{page}#fig-{name}" aria-label="{name} on its page">page</a> · \
<a href="{files}{name}.svg" download aria-label="{name}: SVG">SVG</a> · \
<a href="{files}{name}.png" download aria-label="{name}: PNG">PNG</a> · \
<a href="{files}{name}.py" download aria-label="{name}: code">code</a></p>
<details class="fig-source"><summary>Alt text and credit</summary>
<p>{alt}</p>
<p>“{claim}” softdial{address}, CC BY 4.0.</p>
</details></figcaption>
</figure>"""


@cache  # live reload asks again for the code of every figure
def highlighted(code: str) -> str:
    """Python code as the pages show it, with the theme's copy button."""
    body = highlight(code, PythonLexer(), HtmlFormatter(nowrap=True))
    return (
        f'<div class="language-python highlight"><pre><span></span><code>{body}</code></pre></div>'
    )


def figure_html(name: str, drawing: dict[str, Any], files: str, api: str) -> str:
    """One figure; ``files`` and ``api`` are the URLs of the downloads and of the API page."""
    return FIGURE.format(
        name=name,
        inline=drawing["inline"],
        caption=caption_html(drawing["caption"], api),
        code=highlighted(drawing["script"]),
        files=files,
    )


def card_html(name: str, drawing: dict[str, Any], files: str, page: str, address: str) -> str:
    """The card of one figure; ``page`` and ``address`` lead to the page that shows it."""
    width, height = re.search(r'viewBox="0 0 (\S+) (\S+)"', drawing["svg"]).groups()
    return CARD.format(
        name=name,
        alt=escape(drawing["alt"]),
        claim=escape(re.match(r"\*\*(.+?)\*\*", drawing["caption"])[1].replace("`", "")),
        width=float(width),
        height=float(height),
        files=files,
        page=page,
        address=f", {address}#fig-{name}" if address else "",
    )


def caption_html(caption: str, api: str) -> str:
    """The few marks a caption may use: bold, code, and a link to a function of the package."""
    text = escape(caption, quote=False).replace("omputed by [", "omputed&nbsp;by&nbsp;[")
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    text = re.sub(r"\[(.+?)\]\((softdial\.\w+)\)", rf'<a href="{api}#\2">\1</a>', text)
    return re.sub(r"`(.+?)`", r"<code>\1</code>", text)
