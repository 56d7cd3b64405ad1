"""Every number in the prose of the built site is computed by the code of its page."""

import random
import re
from copy import copy
from itertools import pairwise

import pytest
import yaml

import sites
import witnesses
from softdial_site import figures, notebooks, numbers
from tools import assert_none

PRODUCTS = numbers.products((sites.ROOT / "requirements.txt").read_text("utf-8"))


@pytest.fixture(scope="module")
def gallery():
    return figures.Gallery(sites.ROOT / ".cache" / "figures")


def front_matter(path):
    """The front matter of a page's source; the page for missing addresses has none."""
    page = sites.source(path)
    if page is None:
        return {}
    if page.suffix == ".py":
        return notebooks.read(page.read_text("utf-8")).metadata
    return yaml.safe_load(page.read_text("utf-8").split("---\n")[1])


def described(site, path):
    """The article of a page, with what previews and search engines show of it."""
    page = sites.parse(site, path)
    article, line = copy(page.article), page.new_tag("p")
    line.string = page.select_one("meta[name=description]")["content"]
    article.append(line)
    return article


def declared(site, path, gallery):
    names = sites.figures(site, path)
    return [value for name in names for value in gallery.declared_values(name)]


def faults(site, path, gallery):
    article, front = described(site, path), front_matter(path)
    options = {"cited": front.get("cited", {}), "apart": front.get("apart", "")}
    shown = declared(site, path, gallery)
    return witnesses.faults(article, declared=shown, products=PRODUCTS, **options)


def mutants(claim, rng):
    """Yield slips of one number: last digit, swapped digits, shifted point, random digits."""
    text = re.match(r"\d*\.?\d+", claim.text)[0]
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    last = places[-1]
    for step in (1, -1):
        yield text[:last] + str((int(text[last]) + step) % 10) + text[last + 1 :]
    for a, b in pairwise(places):
        digits = list(text)
        digits[a], digits[b] = digits[b], digits[a]
        yield "".join(digits)
    yield from (f"{float(text) * 10:g}", f"{float(text) / 10:g}")
    for _ in range(12):
        yield re.sub(r"\d", lambda _: str(rng.randrange(10)), text)


def misread(claim, text):
    """The claim as it would be with other digits."""
    scale = claim.value / float(re.match(r"\d*\.?\d+", claim.text)[0])
    decimals = len(text.partition(".")[2])
    digits = len(text.replace(".", "").lstrip("0"))
    return claim._replace(value=float(text) * scale, unit=10.0**-decimals * scale, digits=digits)


@pytest.fixture(scope="module")
def slips(site, gallery):
    """Every mutant of every claim that holds: its digits, and whether it goes unnoticed."""
    rng, found = random.Random(1), []
    for path in sites.pages(site):
        article, apart = sites.parse(site, path).article, front_matter(path).get("apart", "")
        shown = declared(site, path, gallery)
        for claim, seen in witnesses.read(article, shown, PRODUCTS, apart):
            if claim.value and witnesses.holds(claim, seen):
                wrong = {text for text in mutants(claim, rng) if re.fullmatch(r"\d*\.?\d+", text)}
                changed = [misread(claim, text) for text in sorted(wrong)]
                found += [
                    (slip.digits, witnesses.holds(slip, seen))
                    for slip in changed
                    if slip.value != claim.value
                ]
    return found


class TestProse:
    def test_every_number_is_computed_on_its_page(self, site, gallery):
        assert_none(
            f"/{path}: {fault}"
            for path in sites.pages(site)
            for fault in faults(site, path, gallery)
        )

    def test_every_chapter_makes_claims(self, site):
        for path in ("learn/seed/", "learn/odds/", "learn/softmax/", "learn/temperature/"):
            assert len(list(numbers.claims(sites.parse(site, path).article))) >= 5


class TestTheRule:
    def test_of_all_slips_at_most_12_percent_go_unnoticed(self, slips):
        unnoticed = sum(missed for _, missed in slips)
        assert len(slips) >= 900
        assert unnoticed / len(slips) <= 0.12

    def test_of_slips_at_three_digits_at_most_2_percent(self, slips):
        three = [missed for digits, missed in slips if digits == 3]
        assert len(three) >= 100
        assert sum(three) / len(three) <= 0.02
