"""One page for each explorer, around a figure that stands for any."""

import os
import shutil

import sites
from softdial_site.explorers import element
from softdial_site.places import place

FIGURE = """<figure class="fig" id="fig-any" data-search-exclude>
<svg viewBox="0 0 360 187" role="img" aria-label="Still" fill="var(--fig-ink)"><path
d="M0 0h360v187z"/></svg>
<figcaption><p><strong>This is what the still picture claims in a sentence.</strong> And this says
how to read it: as long as the longest caption of a figure, so that there is room for all of them.
Computed by <a href="reference/api/"><code>softmax</code></a>.</p>
<details class="fig-source"><summary>Code and files of this figure</summary><p>Code</p></details>
</figcaption></figure>"""
BELOW = "".join(f"<p>What follows, line {number}.</p>" for number in range(12))


def address(name):
    return f"stage-{name}.html"


def build(site, folder, names):
    """Copy a site, and add its first page once more for each name, for that explorer alone."""
    shutil.copytree(site, folder, copy_function=os.link)
    first = (folder / "index.html").read_text("utf-8")
    head, _, rest = first.partition("<article")
    opening, _, _ = rest.partition(">")
    tail = rest.partition("</article>")[2]
    for name in names:
        placed = place("fig").sub(FIGURE, element(name, "assets/"))
        article = f"<article{opening}><h1>One</h1><p>Lead.</p>{placed}{BELOW}</article>"
        (folder / address(name)).write_text(head + article + tail, "utf-8")
    assert sites.address(folder) == sites.address(site)
    return folder
