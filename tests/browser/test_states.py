"""Every address that names a state leads to an explorer and sets it."""

import re
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest

import sites
from tools import assert_none

STATE = """() => {
  const [explorer, ...others] = document.querySelectorAll(".explorer");
  if (!explorer?.state || others.length) return null;
  return { ...explorer.state, seen: explorer.getBoundingClientRect().top / innerHeight };
}"""


def states(site):
    """List the addresses with a state, each once, relative to the site."""
    base, found = sites.address(site), set()
    for page in (site / "teach").glob("*/index.html"):
        path = f"teach/{page.parent.name}/"
        for link in sites.parse(site, path).select("article a[href*='?']:not([href^='http'])"):
            found.add(urljoin(base + path, link["href"]).removeprefix(base))
    return sorted(found)


def same(value, text):
    return value == text if isinstance(value, str) else value == float(text)


def unset(state, address):
    """Yield each part of an address that its explorer has not taken."""
    wanted = parse_qsl(urlsplit(address).query)
    if not state:
        yield f"{address}: not one explorer"
    elif not 0 <= state["seen"] < 0.8:
        yield f"{address}: the explorer begins {state['seen']:.1f} windows down"
    for key, text in wanted if state else []:
        if key not in state:
            yield f"{address}: no {key} in {state}"
        elif not same(state[key], text):
            yield f"{address}: {key} is {state[key]}"


class TestStates:
    def test_every_linked_state_is_taken(self, site, reader):
        addresses = states(site)
        assert len(addresses) >= 20
        for address in addresses:
            reader.page.goto("about:blank")  # else the next anchor may be reached without loading
            page = reader.open_whole(address)
            reader.trouble.extend(unset(page.evaluate(STATE), address))
        assert_none(reader.trouble)

    def test_the_address_that_play_leaves_leads_back_to_the_explorer(self, reader):
        page = reader.open("learn/temperature/")
        page.get_by_role("slider", name="temperature T").press("End")
        page.wait_for_url(re.compile(r"\?T=inf#explorer$"))
        address = page.url.removeprefix(reader.base)
        page.goto("about:blank")
        state = reader.open_whole(address).evaluate(STATE)

        assert list(unset(state, address)) == []

    @pytest.mark.parametrize(
        ("state", "address"),
        [
            (None, "?T=1"),
            ({"seen": 0.5, "T": 1}, "?t=1"),
            ({"seen": 0.5, "T": 1}, "?T=2"),
            ({"seen": 0.5, "T": 1, "rule": "top-p"}, "?T=1&rule=top-k"),
            ({"seen": 2.5, "T": 1}, "?T=1"),
        ],
    )
    def test_a_state_that_is_not_taken_is_found(self, state, address):
        assert len(list(unset(state, address))) == 1

    def test_both_ends_and_words_are_understood(self):
        state = {"seen": 0.5, "T": float("inf"), "rule": "min-p", "n": 100}
        assert list(unset(state, "learn/?T=inf&rule=min-p&n=100#order")) == []
