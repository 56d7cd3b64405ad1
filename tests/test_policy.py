import pytest

from softdial_site.policy import PolicyError, inline_scripts, policy, protect, with_policy

HEAD = '<!doctype html><html><head><meta charset="utf-8"><title>x</title></head>'
# the example of the CSP specification itself
EXAMPLE = "<script>alert('Hello, world.');</script>"
DIGEST = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


class TestInlineScripts:
    def test_scripts_in_the_page_are_found_as_they_stand(self):
        html = "<script>\n a < b </script><p><script defer>c()</script>"
        assert inline_scripts(html) == ["\n a < b ", "c()"]

    def test_files_and_data_blocks_are_none(self):
        html = '<script src="a.js"></script><script id="c" type="application/json">{}</script>'
        assert inline_scripts(html) == []


class TestPolicy:
    def test_the_hash_is_that_of_the_specification(self):
        assert f"script-src 'self' {DIGEST};" in policy([EXAMPLE])

    def test_one_policy_holds_the_scripts_of_all_pages_once(self):
        text = policy([EXAMPLE, EXAMPLE, "<script>other()</script>"])
        assert text.count("'sha256-") == 2

    def test_the_order_of_pages_does_not_matter(self):
        other = "<script>other()</script>"
        assert policy([EXAMPLE, other]) == policy([other, EXAMPLE])

    def test_nothing_but_the_site_is_allowed(self):
        rules = dict(rule.split(" ", 1) for rule in policy([EXAMPLE]).split("; "))
        assert {name for name, allowed in rules.items() if allowed == "'none'"} == {
            *("default-src", "base-uri", "form-action")
        }
        assert rules.pop("script-src") == f"'self' {DIGEST}"
        assert rules.pop("img-src") == "'self' data:"
        assert {*rules.values()} == {"'self'", "'none'"}


class TestWithPolicy:
    def test_it_stands_right_after_the_charset(self):
        _, after = with_policy(HEAD, "default-src 'none'").split('<meta charset="utf-8">')
        assert after.strip().startswith('<meta http-equiv="Content-Security-Policy" content="def')

    @pytest.mark.parametrize("html", ["<p>no head", HEAD + HEAD])
    def test_a_page_without_one_place_for_it_is_refused(self, html):
        with pytest.raises(PolicyError, match="charset"):
            with_policy(html, "x")


class TestProtect:
    def test_every_page_gets_the_same_policy(self, tmp_path):
        (tmp_path / "deep").mkdir()
        (tmp_path / "index.html").write_text(HEAD + EXAMPLE)
        (tmp_path / "deep" / "index.html").write_text(HEAD + "<script>other()</script>")
        protect(tmp_path)

        pages = [file.read_text() for file in tmp_path.rglob("*.html")]
        metas = {page.partition("<meta http-equiv=")[2].partition(">")[0] for page in pages}
        assert len(metas) == 1
        assert DIGEST in metas.pop()
