import re

import pytest

from softdial_site.policy import protect

HEAD = '<!doctype html><html><head><meta charset="utf-8"><title>x</title></head>'
META = re.compile(
    '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="(.*?)">'
)
# the example of the CSP specification itself
EXAMPLE = "<script>alert('Hello, world.');</script>"
DIGEST = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
OTHER = "<script>other()</script>"


@pytest.fixture
def policy(tmp_path):
    """What writes pages, protects them, and returns their one policy."""

    def written(*bodies):
        for number, body in enumerate(bodies):
            page = tmp_path / str(number) / "index.html"
            page.parent.mkdir(exist_ok=True)
            page.write_text(HEAD + body)
        protect(tmp_path)
        (text,) = {META.search(page.read_text())[1] for page in tmp_path.rglob("*.html")}
        return text

    return written


class TestProtect:
    def test_the_hash_is_that_of_the_specification(self, policy):
        assert f"script-src 'self' {DIGEST};" in policy(EXAMPLE)

    def test_every_page_gets_the_one_policy_for_the_scripts_of_all(self, policy):
        text = policy(EXAMPLE, EXAMPLE, OTHER)
        assert DIGEST in text
        assert text.count("'sha256-") == 2

    def test_scripts_of_one_page_are_told_apart(self, policy):
        both = policy(f"{EXAMPLE}<p>between</p>{OTHER}")
        assert both == policy(EXAMPLE, OTHER)
        assert re.fullmatch(r"script-src 'self'( 'sha256-[\w+/]+='){2}", both.split("; ")[1])

    def test_the_order_of_pages_does_not_matter(self, policy):
        assert policy(EXAMPLE, OTHER) == policy(OTHER, EXAMPLE)

    def test_scripts_are_hashed_as_they_stand(self, policy):
        assert policy("<script>\n a < b </script>") != policy("<script> a < b </script>")
        assert policy("<p><script defer>c()</script>") == policy("<script>c()</script>")

    def test_files_and_data_blocks_are_no_inline_scripts(self, policy):
        data = '<script id="c" type="application/json">{}</script>'
        assert "sha256" not in policy(f'<script src="a.js"></script>{data}')

    def test_nothing_but_the_site_is_allowed(self, policy):
        rules = dict(rule.split(" ", 1) for rule in policy(EXAMPLE).split("; "))
        assert {name for name, allowed in rules.items() if allowed == "'none'"} == {
            *("frame-src", "object-src", "base-uri", "form-action")
        }
        assert rules.pop("script-src") == f"'self' {DIGEST}"
        assert rules.pop("img-src") == "'self' data:"
        assert rules["default-src"] == "'self'"
        assert {*rules.values()} == {"'self'", "'none'"}

    @pytest.mark.parametrize("html", ["<p>no head", HEAD + HEAD])
    def test_a_page_without_one_place_for_it_is_refused(self, tmp_path, html):
        (tmp_path / "index.html").write_text(html)
        with pytest.raises(ValueError, match=r"index\.html has no .*charset"):
            protect(tmp_path)
