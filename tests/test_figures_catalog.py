from softdial_site.figures.catalog import catalog, figure_name, unknown

CHAPTER = """
from registry import figure

@figure(alt="", caption="", values={})
def two_words(): ...

@other
def helper(): ...

@other(figure)
def called(): ...

def figure_of_nothing(): ...
"""


class TestFigureName:
    def test_chapter_and_function_are_joined_by_dashes(self):
        assert figure_name("temperature", "odds_power") == "temperature-odds-power"


class TestCatalog:
    def test_only_decorated_functions_are_figures(self, tmp_path):
        chapter = tmp_path / "odds.py"
        chapter.write_text(CHAPTER)

        assert catalog(tmp_path) == {"odds-two-words": chapter}

    def test_chapters_come_by_name_not_as_they_lie_on_the_disk(self, tmp_path):
        for letter in "hgabfedc":
            (tmp_path / f"{letter}.py").write_text(CHAPTER)

        assert [path.stem for path in catalog(tmp_path).values()] == [*"abcdefgh"]

    def test_every_chapter_of_the_book_has_its_figures(self):
        chapters = {path.stem for path in catalog().values()}

        assert chapters >= {"index", "seed", "odds", "softmax", "temperature"}


class TestUnknown:
    def test_the_message_names_the_nearest(self):
        error = unknown("odds-pover", ["odds-power", "simplex"])

        assert str(error) == "no figure is called 'odds-pover'; nearest: odds-power"

    def test_without_a_near_one_all_are_listed(self):
        assert str(unknown("zzz", ["simplex", "dial"])).endswith("nearest: dial, simplex")
