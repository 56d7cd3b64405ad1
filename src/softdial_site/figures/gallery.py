"""All figures of one build."""

import json
import subprocess
import sys
from base64 import b64decode
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from softdial_site import kept, places
from softdial_site.figures import cache, page
from softdial_site.figures.catalog import FigureError, catalog, unknown

Address = tuple[str, str]


class Gallery:
    """Every figure, from the cache in ``folder`` or drawn; Matplotlib is not imported here.

    ``downloads_url`` and ``api_url`` are the URLs of the folder of downloads and of the API
    page, as seen from the page: ``../../figures/`` and ``../../reference/api/``.
    """

    def __init__(self, folder: Path) -> None:
        files = catalog()
        of_chapter = {chapter: cache.key(chapter, cache.CORE) for chapter in set(files.values())}
        keys = {name: of_chapter[chapter] for name, chapter in files.items()}
        stored = {name: kept.load(folder / f"{name}.json", key) for name, key in keys.items()}
        fresh = draw_apart([name for name, drawing in stored.items() if drawing is None])
        for name, drawing in fresh.items():
            kept.store(folder / f"{name}.json", keys[name], drawing)
        self._chapters = {name: chapter.stem for name, chapter in files.items()}
        self.summary = f"figures: {len(keys)}, {len(keys) - len(fresh)} from cache"
        self._drawings = stored | fresh

    def place(self, html: str, downloads_url: str, api_url: str) -> str:
        """The page with every ``![](fig:name)`` drawn."""
        counts = Counter(places.place("fig").findall(html))
        for name, times in counts.items():
            if times > 1:
                raise FigureError(f"figure {name} stands {times} times on one page")
        # every name has a maker: for one that is unknown, it tells the nearest names
        makers = {name: partial(self.figure_html, name, downloads_url, api_url) for name in counts}
        return places.fill(html, "fig", makers)

    def figure_html(self, name: str, files: str, api: str) -> str:
        """The figure with its caption and, folded, its code and files."""
        return page.figure_html(name, self._drawing(name), files, api)

    def list_cards(self, html: str, downloads_url: str, where: Callable[[str], Address]) -> str:
        """The page with the figures of each ``![](gallery:chapter)`` listed.

        ``where`` gives the page that shows a figure, as seen from here and as published.
        """

        def cards(chapter: str) -> str:
            listed = [
                page.card_html(name, self._drawing(name), downloads_url, *where(name))
                for name, own in self._chapters.items()
                if own == chapter
            ]
            return f'<div class="cards">\n{"".join(listed)}\n</div>'

        makers = {chapter: partial(cards, chapter) for chapter in self._chapters.values()}
        return places.fill(html, "gallery", makers)

    def write_downloads(self, folder: Path) -> None:
        """Write ``NAME.svg``, ``NAME.png`` and the code, ``NAME.py``, of every figure."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, drawing in self._drawings.items():
            (folder / f"{name}.svg").write_bytes(drawing["svg"].encode())
            (folder / f"{name}.png").write_bytes(b64decode(drawing["png"]))
            (folder / f"{name}.py").write_bytes(drawing["script"].encode())

    def picture(self, name: str) -> tuple[str, str]:
        """The alt text and the PNG, in base64."""
        drawing = self._drawing(name)
        return drawing["alt"], drawing["png"]

    def declared_values(self, name: str) -> list[float]:
        """The numbers that the figure shows, as the package computed them."""
        return self._drawing(name)["values"]

    def _drawing(self, name: str) -> dict[str, Any]:
        if name not in self._drawings:
            raise unknown(name, list(self._chapters))
        return self._drawings[name]


def draw_apart(names: list[str]) -> dict[str, dict[str, Any]]:
    """Draw in a fresh process: a long-lived server would draw with modules from before an edit."""
    if not names:
        return {}
    command = [sys.executable, "-m", "softdial_site.figures.draw", *names]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if run.returncode:
        raise FigureError(f"a figure could not be drawn\n{run.stderr}")
    return json.loads(run.stdout)
