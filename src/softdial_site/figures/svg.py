"""From Matplotlib's SVG to two lean ones: themed inside a page, complete in itself as a file."""

import re
from html import escape
from itertools import count
from xml.etree import ElementTree as ET

from softdial_site.figures.catalog import FigureError
from softdial_site.figures.style import COLD, HOT, INK, QUIET

THEME = {
    INK.lower(): "var(--fig-ink)",
    QUIET.lower(): "var(--fig-quiet)",
    COLD.lower(): "var(--fig-cold)",
    HOT.lower(): "var(--fig-hot)",
}
OPEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 {width:g} {height:g}" font-size="10" stroke-linejoin="round" fill="{ink}" '
)
FONTS = "'Source Sans 3', 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', sans-serif"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
METADATA = f"""<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" \
xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">\
<cc:Work rdf:about=""><dc:creator>softdial</dc:creator>\
<cc:license rdf:resource="{LICENSE}"/></cc:Work></rdf:RDF></metadata>"""

INHERITED = {"font-size", "font-family", "stroke-dashoffset"}
NUMERIC = {"d", "x", "y", "transform", "stroke-width", "stroke-dasharray"}
HREF = "{http://www.w3.org/1999/xlink}href"


class Lean:
    """The drawn content of one Matplotlib SVG: attributes only, few ids, short numbers."""

    def __init__(self, name: str, drawn: str) -> None:
        root = ET.fromstring(drawn)
        self.name = name
        self.width, self.height = map(float, root.attrib["viewBox"].split()[2:])
        references = [node.attrib[HREF][1:] for node in root.iter() if HREF in node.attrib]
        new = (f"fig-{name}-{number}" for number in count(1))
        self.ids = dict(zip(dict.fromkeys(references), new, strict=False))
        nodes = _merged([node for child in root for node in self._clean(child)])
        self.body = "".join(ET.tostring(node, "unicode") for node in nodes)
        _check_colors(name, self.body)

    def inline(self, alt: str, reading: str) -> str:
        """For a page: themed by its CSS, named by ``alt``."""
        title, description = f"fig-{self.name}-title", f"fig-{self.name}-desc"
        # In a group that paints nothing, the title names the picture and shows no tooltip.
        fixed = (
            f'{self._open()}role="img" aria-labelledby="{title}" '
            f'aria-describedby="{description}"><g><title id="{title}">{escape(alt)}</title>'
            f'<desc id="{description}">{escape(reading)}</desc></g>{self.body}</svg>'
        )
        return re.sub("|".join(THEME), lambda color: THEME[color[0]], fixed)

    def standalone(self, claim: str, alt: str) -> str:
        """For a file: fixed colors on white, fonts and license of its own."""
        return (
            f'<?xml version="1.0" encoding="utf-8"?>\n{self._open()}width="{2 * self.width:g}" '
            f'height="{2 * self.height:g}" font-family="{FONTS}"><title>{escape(claim)}</title>'
            f'<desc>{escape(alt)}</desc>{METADATA}<rect width="100%" height="100%" fill="#fff"/>'
            f"{self.body}</svg>\n"
        )

    def _open(self) -> str:
        return OPEN.format(width=self.width, height=self.height, ink=INK.lower())

    def _clean(self, node: ET.Element) -> list[ET.Element]:
        tag = node.tag.rpartition("}")[2]
        attributes = self._attributes(node)
        children = [clean for child in node for clean in self._clean(child)]
        if tag in ("metadata", "style") or _paints_nothing(tag, attributes, children):
            return []
        if tag == "g" and not attributes:
            return children
        lean = ET.Element(tag, attributes)
        lean.text = node.text if tag in ("text", "tspan") else None
        lean.extend(children)
        return [lean]

    def _attributes(self, node: ET.Element) -> dict[str, str]:
        given = dict(node.attrib)
        style = [entry.split(":", 1) for entry in given.pop("style", "").split(";") if entry]
        given |= {key.strip(): value.strip() for key, value in style}
        if HREF in given:
            given["xlink:href"] = "#" + self.ids[given.pop(HREF)[1:]]
        given["id"] = self.ids.get(given.get("id", ""), "")
        kept = {key: value for key, value in given.items() if value and key not in INHERITED}
        short = {key: _short(value) if key in NUMERIC else value for key, value in kept.items()}
        return {key: value for key, value in short.items() if not value.startswith("rotate(-0 ")}


def _short(value: str) -> str:
    # Adding 0 turns a rounded -0.0 into 0.
    shorter = re.sub(r"-?\d+\.\d+", lambda found: f"{round(float(found[0]), 2) + 0:g}", value)
    return " ".join(shorter.split())


def _merged(nodes: list[ET.Element]) -> list[ET.Element]:
    """Neighboring lines of one look become one path."""
    merged: list[ET.Element] = []
    for node in nodes:
        if merged and _look(node) == _look(merged[-1]):
            merged[-1].set("d", f"{merged[-1].get('d')} {node.get('d')}")
        else:
            merged.append(node)
    return merged


def _look(node: ET.Element) -> object:
    if node.tag != "path":
        return node
    return {key: value for key, value in node.attrib.items() if key != "d"}


def _paints_nothing(tag: str, attributes: dict[str, str], children: list[ET.Element]) -> bool:
    if tag in ("g", "defs"):
        return not children
    return tag == "path" and attributes.get("fill") == "none" and "stroke" not in attributes


def _check_colors(name: str, body: str) -> None:
    strange = set(re.findall(r"#[0-9a-f]{6}\b|url\(.*?\)", body)) - set(THEME)
    if strange:
        colors = ", ".join(sorted(strange))
        raise FigureError(f"figure {name} uses {colors}: pass color=INK or another of style.py")
