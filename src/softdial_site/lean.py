"""Code with an element only where it looks different from the code around it.

Pygments gives each name and each bracket one of its own. In ink on paper most of them look alike,
and they were three quarters of a chapter's elements, each styled anew when the theme's script
starts: what a reader on a phone waits for.
"""

import re

PRE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
SPAN = '<span class="{}">([^<]*)</span>'
# what the style sheets show in plain ink, and in the quiet color of punctuation
INK = re.compile(SPAN.format("(?:bp|n|nb|nc|nd|ne|nf|nn|mi|mf|sa|se|vm|w)"))
QUIET = re.compile(SPAN.format("(?:o|p|s1|s2|si)"))
RUN = re.compile(r'(?:<span class="p">[^<]*</span>\s*)+')
TAG = re.compile("<[^>]*>")


def code(html: str) -> str:
    """Join, in every block of code of a page, what looks alike."""
    return PRE.sub(lambda pre: _joined(pre[0]), html)


def _joined(pre: str) -> str:
    pre = QUIET.sub(r'<span class="p">\1</span>', INK.sub(r"\1", pre))
    return RUN.sub(lambda run: _one(TAG.sub("", run[0])), pre)


def _one(text: str) -> str:
    quiet = text.rstrip()
    return f'<span class="p">{quiet}</span>{text[len(quiet) :]}'
