"""A lesson plan holds its minutes, says what will be answered, and links all that it uses."""

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

import sites
from tools import assert_none

PARTS = ["Ask.", "Right.", "Wrong.", "Show."]
NOTES = ["Say.", "Point.", "Ask.", "Trap."]
KINDS = "Question", "Explorer", "Figure"
MINUTES = re.compile(r"\b(\d+) min\b")
MARK = re.compile(rf"⟦({'|'.join(KINDS)}) |({'|'.join(KINDS)}): ")


def plans(site):
    found = sorted((site / "teach").glob("plan-*/index.html"))
    found += sorted((site / "teach").glob("course-*/index.html"))
    return [f"teach/{file.parent.name}/" for file in found]


def pages(site):
    return [f"teach/{file.parent.name}/" for file in sorted((site / "teach").glob("*/index.html"))]


def words(node):
    return " ".join(node.get_text().split()).removesuffix("¶").strip()


def heads(items):
    """The words in bold of each item, by which it begins."""
    return [words(item.strong) if item.strong else "" for item in items]


def below(heading):
    """Yield what stands between a heading and the next one of its rank or above."""
    for node in heading.find_next_siblings():
        if re.fullmatch(r"h[1-6]", node.name) and node.name <= heading.name:
            return
        yield node


def steps(article):
    """Yield each lesson with the minutes it promises and its steps: the page, or its sessions."""
    sessions = [h2 for h2 in article.find_all("h2") if words(h2).startswith("Session")]
    if not sessions:
        promised = int(re.match(r"(\d+) minutes", words(article.h1))[1])
        yield words(article.h1), promised, article.find_all("h2")
    for session in sessions:
        promised = int(MINUTES.search(words(session))[1])
        yield words(session), promised, [node for node in below(session) if node.name == "h3"]


def off_time(article):
    for lesson, promised, headings in steps(article):
        minutes = [MINUTES.findall(words(heading)) for heading in headings]
        if any(len(found) != 1 for found in minutes):
            yield f"{lesson}: not every step says its minutes: {minutes}"
        elif sum(int(number) for (number,) in minutes) != promised:
            yield f"{lesson}: its steps take {minutes}"


def incomplete(article):
    """Yield the steps that do not say what is asked, what comes, what goes wrong, what is shown."""
    for _, _, headings in steps(article):
        for heading in headings:
            items = [item for node in below(heading) if node.name == "ul" for item in node("li")]
            if (found := heads(items)) != PARTS:
                yield f"{words(heading)}: {found}"


def kind(link):
    address = urlsplit(link["href"])
    if address.query:
        return "Explorer"
    pages = {"../quiz/": "Question", "../notes/": "Figure", "../notes-more/": "Figure"}
    return pages.get(address.path)


def unlinked(article, titles):
    """Yield each question, explorer or figure that is named without its link, or wrongly.

    In a step each kind is announced by its name and a colon, and links of the kind follow.
    """
    for item in article.select("ul li"):
        text = words(item)
        for link in item("a"):
            if kind(link) == "Question" and words(link) != titles.get(
                urlsplit(link["href"]).fragment
            ):
                yield f"no question has this title: {words(link)}"
            if kind(link):
                link.string = f"⟦{kind(link)} {words(link)}⟧"
        marks = list(MARK.finditer(words(item)))
        named = None
        for place, mark in enumerate(marks):
            used, announced = mark.groups()
            if announced:
                named = announced
                following = marks[place + 1] if place + 1 < len(marks) else None
                if not following or following.start() != mark.end() or following[1] != announced:
                    yield f"{announced}: is followed by no link: {text}"
            elif used != named:
                yield f"{used} is linked without its name: {text}"


def lacking(article):
    """Yield each kind of thing that a plan never uses."""
    used = {kind(link) for link in article.select("ul li a")}
    yield from (name for name in KINDS if name not in used)


def unnoted(articles):
    """Yield what is not told of the figures, one below a heading, numbered through all pages."""
    headings = [heading for article in articles for heading in article.find_all("h2")]
    numbers = [words(heading).partition(". ")[0] for heading in headings]
    if numbers != [str(number) for number in range(1, 11)]:
        yield f"not ten figures: {numbers}"
    for heading in headings:
        nodes = list(below(heading))
        if [node.name for node in nodes[:2]] != ["figure", "ul"]:
            yield f"{words(heading)}: no figure with a list below it"
        elif (found := heads(nodes[1]("li"))) != NOTES:
            yield f"{words(heading)}: {found}"


def licensed_otherwise(told):
    """Yield the pages, by path, that do not tell their license once and as the others do."""
    (sentence, _), *_ = Counter(text for texts in told.values() for text in texts).most_common()
    yield from (path for path, texts in told.items() if texts != [sentence])
    if sentence.count(".") != 2:  # in 4.0 and at the end
        yield f"not one sentence: {sentence}"


def titles(site):
    quiz = sites.parse(site, "teach/quiz/").article
    return {h3["id"]: words(h3).partition(". ")[2] for h3 in quiz.find_all("h3")}


class TestPlans:
    def test_there_are_three_lengths_and_two_courses(self, site):
        lessons = [
            found for path in plans(site) for found in steps(sites.parse(site, path).article)
        ]
        assert sorted(promised for _, promised, _ in lessons) == [30, 60, 60, 60, 60, 60, 90]

    def test_the_minutes_add_up(self, site):
        assert_none(
            f"/{path}: {fault}"
            for path in plans(site)
            for fault in off_time(sites.parse(site, path).article)
        )

    def test_every_step_says_what_will_be_answered(self, site):
        assert_none(
            f"/{path}: {fault}"
            for path in plans(site)
            for fault in incomplete(sites.parse(site, path).article)
        )

    def test_all_that_is_used_is_linked(self, site):
        assert_none(
            f"/{path}: {fault}"
            for path in plans(site)
            for fault in unlinked(sites.parse(site, path).article, titles(site))
        )

    def test_each_uses_questions_explorers_and_figures(self, site):
        for path in plans(site):
            assert list(lacking(sites.parse(site, path).article)) == [], path

    def test_each_has_a_sketch_for_the_board(self, site):
        for path in plans(site):
            assert sites.parse(site, path).article.select("figure.fig"), path

    def test_the_overview_leads_to_every_one(self, site):
        links = sites.parse(site, "teach/plans/").article.ul.select("li > a:first-child")
        assert {f"teach/{link['href'].strip('./')}/" for link in links} == {*plans(site)}


class TestNotes:
    def test_ten_figures_have_their_notes(self, site):
        pages = [sites.parse(site, f"teach/{name}/") for name in ("notes", "notes-more")]
        assert_none(unnoted([page.article for page in pages]))

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("<h2>3. ", "<h2>4. ", "not ten figures"),
            ("<figure></figure>", "", "1. A: no figure"),
            ("<strong>Ask.</strong> ", "", "1. A: ['Say.', 'Point.', '', 'Trap.']"),
        ],
    )
    def test_a_planted_fault_is_found(self, old, new, fault):
        notes = "".join(f"<li><strong>{word}</strong> x</li>" for word in NOTES)
        figures = (f"<h2>{n}. A</h2><figure></figure><ul>{notes}</ul>" for n in range(1, 11))
        sound = f"<article>{''.join(figures)}</article>"
        found = [
            list(unnoted([sites.BeautifulSoup(html, "html.parser").article]))
            for html in (sound, sound.replace(old, new, 1))
        ]
        assert found[0] == []
        assert fault in "".join(found[1])


class TestLicense:
    def test_every_teaching_page_tells_it_in_the_same_sentence(self, site):
        told = {
            path: [words(node) for node in sites.parse(site, path).select("article p.license")]
            for path in pages(site)
        }
        assert len(told) > 10
        assert_none(licensed_otherwise(told))

    @pytest.mark.parametrize("texts", [[], ["CC BY 4.0."] * 2, ["CC BY 3.0."]])
    def test_a_page_that_tells_it_otherwise_is_found(self, texts):
        told = {"a": ["CC BY 4.0."], "b": ["CC BY 4.0."], "c": texts}
        assert list(licensed_otherwise(told)) == ["c"]


PLAN = """<article><h1>9 minutes: a claim</h1>
<h2>1. One: 4 min</h2><ul><li><strong>Ask.</strong> Question: <a href="../quiz/#q">Q</a>.</li>
<li><strong>Right.</strong> 1</li><li><strong>Wrong.</strong> 2</li>
<li><strong>Show.</strong> Explorer: <a href="../../?T=1">a</a>, <a href="../../?T=2">b</a>.
Figure: <a href="../notes/#f">f</a>. Then <a href="../../learn/odds/">odds</a>.</li></ul>
<h2>2. Two: 5 min</h2><ul><li><strong>Ask.</strong> x</li><li><strong>Right.</strong> x</li>
<li><strong>Wrong.</strong> x</li><li><strong>Show.</strong> x</li></ul></article>"""


class TestTheChecksThemselves:
    def faults(self, old="", new=""):
        assert old in PLAN
        html = PLAN.replace(old, new, 1)
        article = sites.BeautifulSoup(html, "html.parser").article
        yield from (*off_time(article), *incomplete(article), *lacking(article))
        yield from unlinked(article, {"q": "Q"})

    def test_a_sound_plan_has_no_fault(self):
        assert list(self.faults()) == []

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("4 min", "3 min", "its steps take"),
            (": 4 min", "", "not every step says its minutes"),
            ("<strong>Wrong.</strong>", "<strong>Hint.</strong>", "1. One: 4 min:"),
            ("<li><strong>Show.</strong> x</li>", "", "2. Two: 5 min:"),
            ('<a href="../quiz/#q">Q</a>', "Q", "Question: is followed by no link"),
            ('<a href="../quiz/#q">Q</a>', '<a href="../quiz/#q">R</a>', "no question has"),
            ('"../quiz/#q"', '"../quiz/#r"', "no question has"),
            ("Explorer: ", "", "Explorer is linked without its name"),
            ("Figure: ", "", "Figure is linked without its name"),
            ('Figure: <a href="../notes/#f">f</a>', "", "Figure"),
            ("../../?T=1", "../../", "Explorer: is followed by no link"),
        ],
    )
    def test_a_planted_fault_is_found(self, old, new, fault):
        assert fault in "\n".join(self.faults(old, new))

    def test_sessions_are_counted_apart(self):
        html = "<article><h1>Two</h1><h2>Session 1: 2 min</h2><h3>a: 2 min</h3><h2>Session 2: 3 min"
        html += "</h2><h3>b: 1 min</h3><h3>c: 2 min</h3></article>"
        article = sites.BeautifulSoup(html, "html.parser").article
        assert list(off_time(article)) == []
        article.h3.string = "a: 1 min"
        assert len(list(off_time(article))) == 1
