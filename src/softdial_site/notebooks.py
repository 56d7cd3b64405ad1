"""The notebook page, and notebooks to take away.

mkdocs-jupyter runs the cells. Of its page, which weighs 63 times a page of text, only the printed
outputs are kept: text and code are written by the same Markdown as every other page.
The notebooks of all other chapters are read from their pages by ``chapters``.
"""

import re
from collections.abc import Callable, Mapping
from itertools import count

import jupytext
import nbformat
from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook, new_output, writes

from softdial_site.snippets import output_html

Picture = Callable[[str], tuple[str, str]]
Link = Callable[[str], str | None]

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LEAD = re.compile(r'<p class="lead">.*?</p>', re.DOTALL)
# They open what stands on a public branch of GitHub; the workflow pushes this one.
SERVICES = {
    "Colab": "https://colab.research.google.com/github/{}/blob/notebooks/{}",
    "Binder": "https://mybinder.org/v2/gh/{}/notebooks?urlpath=lab/tree/{}",
}
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])+)\]\(([^)\s]+)\)")
SPAN = r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
DISPLAY = re.compile(r"\\\[\s*(?P<latex>.+?)(?:\n *% say:[^\n]*)?\s*\\\]", re.DOTALL)
INLINE = re.compile(rf"(?P<code>{SPAN})|\\\(\s*(?P<latex>.+?)\s*\\\)")
# What only the site's Markdown understands.
LEFT = re.compile(
    r"(?m)^\s*(?:!!!|\?\?\?|===|:::|\[\^|```python)|\\[()\[\]]|\b(?:fig|play):|\{ ?[.#:]"
    r"|\.md(?:[)#?\s]|$)|\]\["
)


def read(source: str) -> NotebookNode:
    """Read a notebook in percent format."""
    return jupytext.reads(source, fmt="py:percent")


def markdown(notebook: NotebookNode) -> str:
    """Write the notebook as a Markdown page, with its code in fences."""
    return "\n\n".join(
        f"```python\n{cell.source}\n```" if cell.cell_type == "code" else cell.source
        for cell in notebook.cells
    )


def keep_outputs(html: str, notebook: NotebookNode) -> None:
    """Put into the code cells what they printed, taken from mkdocs-jupyter's page."""
    # it nests two elements per cell; the inner one has an id
    ran = BeautifulSoup(html, "html.parser").select(".jp-CodeCell[id]")
    shown = [cell.select_one(".highlight-ipynb").get_text().strip() for cell in ran]
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if shown != [cell.source.strip() for cell in cells]:
        raise ValueError("the cells that ran are not those of the notebook")
    for cell, part in zip(cells, ran, strict=True):
        cell.outputs = [_printed(output) for output in part.select(".jp-OutputArea-output")]


def _printed(part: Tag) -> NotebookNode:
    kind = part.get("data-mime-type")
    if kind != "text/plain":
        cure = "print text, and write pictures as ![](fig:name)"
        raise ValueError(f"a cell gave {kind}; {cure}: {part.get_text()}")
    result = "jp-OutputArea-executeResult" in part["class"]
    return output(part.get_text().strip("\n"), result=result)


def output(text: str, *, result: bool) -> NotebookNode:
    """What a cell printed; a result is the value of its last line."""
    if text.startswith("Traceback "):
        kind, _, message = re.search(r"(?ms)^(\w+)(: )?(.*)", text.partition("\n")[2]).groups()
        return new_output("error", ename=kind, evalue=message, traceback=text.split("\n"))
    if result:
        return new_output("execute_result", {"text/plain": text})
    return new_output("stream", text=text + "\n")


def fill(html: str, notebook: NotebookNode) -> str:
    """Put the outputs of the cells below their code."""
    page = BeautifulSoup(html, "html.parser")
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for frame, cell in zip(page.select(".snippet"), cells, strict=True):
        for part in cell.outputs:
            text = part.data["text/plain"] if "data" in part else part.text.rstrip("\n")
            frame.append(BeautifulSoup(output_html(text), "html.parser"))
    return str(page)


def offer(html: str, address: str, label: str, elsewhere: Mapping[str, str]) -> str:
    """Put the links to a notebook below the lead of its page: its file, and where it opens."""
    links = [f'<a href="{address}" download>{label}</a>']
    links += [f'<a href="{url}">Open it in {name}</a>' for name, url in elsewhere.items()]
    return below_lead(html, f'<p class="download" data-search-exclude>{" · ".join(links)}</p>')


def offer_code(html: str) -> str:
    """Put the button that copies all code below the lead; a script of the page enables it."""
    button = '<button type="button" class="copy-all" disabled>Copy all code of this page</button>'
    return below_lead(html, f'<p class="copy-all-line" data-search-exclude>{button}</p>')


def below_lead(html: str, line: str) -> str:
    """Put a line below the lead, above the lines that are there."""
    return LEAD.sub(lambda lead: f"{lead[0]}\n{line}", html, count=1)


def services(repository: str, path: str) -> dict[str, str]:
    """Where the notebook at a path of the site opens without installing anything."""
    host, _, name = repository.partition("github.com/")
    on_github = host == "https://"
    return {service: url.format(name, path) for service, url in SERVICES.items() if on_github}


def origin(address: str | None, install: str = "") -> str:
    """Say where a notebook comes from, what installs its package, and what may be done with it."""
    page = f"[a page of softdial]({address})" if address else "a page of softdial"
    lines = [f"This notebook goes with {page}."]
    if install:
        lines.append(f"To install the package it needs, run `%{install}` in a cell of its own.")
    lines.append(f"Code is MIT-0, copy it freely; prose and figures are [CC BY 4.0]({LICENSE}).")
    return "\n".join(f"> {line}" for line in lines)


def download(notebook: NotebookNode, head: str, picture: Picture, link: Link) -> str:
    """Write the executed notebook as .ipynb, with its figures inside and its links mended.

    Its cells are changed in place. ``head`` is the text of a first cell; ``picture`` gives alt
    text and PNG of a figure, in base64; ``link`` gives the address of a page, or None.
    """
    cells = [new_markdown_cell(head), *notebook.cells]
    ran = count(1)
    for number, cell in enumerate(cells, start=1):
        cell.id = f"cell-{number}"  # nbformat draws random ones
        cell.metadata = {key: cell.metadata[key] for key in {"jupyter"} & cell.metadata.keys()}
        if cell.cell_type == "code":
            _number(cell, next(ran))
        else:
            _retell(cell, picture, link)
    made = new_notebook(metadata={"kernelspec": KERNEL}, cells=cells)
    nbformat.validate(made)
    return writes(made) + "\n"  # nbformat.writes would check it once more


def _number(cell: NotebookNode, number: int) -> None:
    cell.execution_count = number
    for part in cell.outputs:
        if part.output_type == "execute_result":
            part.execution_count = number
        if part.output_type == "error":
            cell.metadata["tags"] = ["raises-exception"]  # running all cells goes on after it


def _retell(cell: NotebookNode, picture: Picture, link: Link) -> None:
    """Take from a text cell what only the site's Markdown understands."""
    attachments = {}

    def place(found: re.Match[str]) -> str:
        alt, png = picture(found[1])
        attachments[f"{found[1]}.png"] = {"image/png": png}
        return f"![{alt}](attachment:{found[1]}.png)"

    source = re.sub(r"\n?[ ]?\{ ?[.#][^}\n]*\}$", "", cell.source, flags=re.MULTILINE)
    source = _with_dollars(source.replace(' markdown="1"', ""))
    source = relinked(source, link)
    cell.source = re.sub(r"!\[\]\(fig:([\w-]+)\)", place, source)
    if left := LEFT.search(re.sub(SPAN, "", cell.source)):
        raise ValueError(f"a notebook does not understand {left[0]!r} in\n{cell.source}")
    if attachments:
        cell.attachments = attachments


def relinked(markdown: str, link: Link) -> str:
    """Markdown whose links lead to the address that ``link`` gives, or are text alone."""

    def mend(found: re.Match[str]) -> str:
        address = link(found[2])
        return f"[{found[1]}]({address})" if address else found[1]

    return LINK.sub(mend, markdown)


def _with_dollars(source: str) -> str:
    """Write formulas as notebooks read them, without what is spoken."""
    source = DISPLAY.sub(lambda found: f"$$\n{found['latex']}\n$$", source)
    return INLINE.sub(lambda found: found["code"] or f"${found['latex']}$", source)
