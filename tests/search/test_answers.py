"""What a reporter gets for what she types, over a small archive of invented news."""

from __future__ import annotations

import re
import threading
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from searcher.errors import CancelledError
from searcher.model import Article, Fact, Facts, Mention, Page, PartialDate, Person
from searcher.query.aliases import read_aliases
from searcher.query.parser import parse
from searcher.search.answer import answer, facet_of
from searcher.search.completion import complete
from searcher.search.engine import execution
from searcher.search.engine.facets import PERIODS
from searcher.search.related import related
from searcher.search.request import Request
from searcher.search.showing.marks import matches
from searcher.search.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searcher.model import Span
    from searcher.search.context import Context


def article(
    number: int,
    title: str,
    text: str,
    *,
    day: str = "",
    source: str = "",
    people: tuple[str, ...] = (),
    mentions: tuple[str, ...] = (),
    language: str = "en",
    path: str = "",
    not_before: str = "",
) -> Article:
    facts = Facts(
        source=Fact(source, "stated", 1.0) if source else None,
        date=Fact(PartialDate.parse(day), "stated", 1.0) if day else None,
        not_before=Fact(PartialDate.parse(not_before), "mentioned", 0.5) if not_before else None,
        people=tuple(Person(name, (name,), tuple(places(name, text)), 1.0) for name in people),
        mentions=tuple(Mention(PartialDate.parse(value), value, (0, 1)) for value in mentions),
    )
    return Article(f"{number:016x}", path or f"news/{number}.txt", title, text, text, language, facts=facts)


def places(name: str, text: str) -> Iterator[Span]:
    return (found.span() for found in re.finditer(re.escape(name), text))


ARTICLES = [
    article(
        1,
        "Harbour strike ends in Velmora",
        "The dockers of Velmora went back to work. Mayor Ilse Brandt thanked the dockers for their patience.\n\n"
        "The strike had closed the northern harbour for nine days, and the harbour corridor was blocked by lorries.",
        day="2020-11-09",
        source="Velmora Herald",
        people=("Ilse Brandt",),
    ),
    article(
        2,
        "Ferry corridor opens",
        "A ferry corridor between Velmora and Östhavn opens in spring. Ilse Brandt called the corridor overdue. "
        "“We were to be or not to be,” said the captain, Tom O'Hara.",
        day="2020-11",
        source="Daily Anchor",
        people=("Ilse Brandt", "Tom O'Hara"),
        mentions=("2020-11-09",),
    ),
    article(
        3,
        "Budget vote put off",
        "The council put off its vote on the budget. Brandt's party wants new corridors for cyclists.",
        day="2021-02-03",
        source="Daily Anchor",
        people=("Brandt",),
        mentions=("2020",),
    ),
    article(4, "Undated note on tides", "The tide tables of the northern harbour.", not_before="2020-11-10"),
    article(
        5, "Streik im Hafen beendet", "Die Hafenarbeiter von Velmora arbeiten wieder.", language="de", day="2020-11-10"
    ),
]


@pytest.fixture(scope="module")
def context(make_context: Any) -> Context:
    return make_context(ARTICLES, segments=2)


def ask(context: Context, text: str, match: Any = "all", **options: Any) -> Page:
    return answer(context, parse(text, today=date(2021, 3, 1), match=match), Request(**options))


def found(context: Context, text: str, **options: Any) -> set[int]:
    return {int(hit.id, 16) for hit in ask(context, text, **options).hits}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("velmora corridor", {1, 2}),
        ("the velmora of corridors", {1, 2}),
        ("corridor", {1, 2, 3}),
        ("title:corridor", {2}),
        ("body:ferry", {2}),
        ("=corridors", {3}),
        ("=Corridor", set()),
        ('="Ferry corridor"', {2}),
        ('"northern harbour"', {1, 4}),
        ('"to be or not to be"', {2}),
        ('"harbour northern"', set()),
        ('"northern strike"~5', {1}),
        ("strike NEAR/3 harbour", {1}),
        ("harbour ADJ/2 strike", {1}),
        ("harbour ADJ/1 corridor", {1}),
        ("corridor ADJ/1 harbour", set()),
        ("corr*", {1, 2, 3}),
        ("h?fen", {5}),
        ("osthavn", {2}),
        ("/d[o]ck(er|land)s?/", {1}),
        ("harbuor~", {1, 4}),
        ("ferry OR budget", {2, 3}),
        ("corridor NOT ferry", {1, 3}),
        ("NOT corridor", {4, 5}),
        ("-corridor -streik", {4}),
        ("source:anchor", {2, 3}),
        ('source:"Velmora Herald"', {1}),
        ("person:brandt", {1, 2, 3}),
        ("person:o'hara/nobody", {2}),
        ("date:2020-11", {1, 2, 5}),
        ("date:2020-11-09", {1, 2}),
        ("date:2020-11-10..2020-11-20", {2, 5}),
        ("after:2021", {3}),
        ("date:unknown", {4}),
        ("mentions:2020-11", {2}),
        ("mentions:2020-11-09", {2}),
        ("mentions:2020", {2, 3}),
        ("mentions:2020-11-10..", set()),
        ("mentions:*", {2, 3}),
        ("mentions:unknown", {1, 4, 5}),
        ("lang:de", {5}),
        ("path:news/*", {1, 2, 3, 4, 5}),
        ("path:news/3.txt", {3}),
        ("id:0000000000000004", {4}),
        ("harbour date:2020", {1}),
        ("Hafenarbeiter", {5}),
        ("zeppelin", set()),
        ("*", {1, 2, 3, 4, 5}),
    ],
)
def test_finds(context: Context, text: str, expected: set[int]) -> None:
    page = ask(context, text)
    assert {int(hit.id, 16) for hit in page.hits} == expected
    assert page.total == len(expected)
    assert page.total_is_exact


def test_an_undated_article_serves_a_range_by_its_floor_only_when_asked_to(context: Context) -> None:
    assert 4 not in found(context, "date:2020-11-10")
    assert 4 in found(context, "date:2020-11-10", undated=True)
    assert 4 in found(context, "date:unknown", undated=True)


def test_the_title_counts_more_than_the_text(context: Context) -> None:
    assert int(ask(context, "corridor").hits[0].id, 16) == 2


def test_every_form_is_marked_and_nothing_else(context: Context) -> None:
    for hit in ask(context, "corridor dockers", match="any").hits:
        marked = [hit.snippet[start:end].lower() for start, end in hit.highlights]
        assert set(marked) <= {"corridor", "corridors", "dockers"}
        for word in ("corridor", "dockers"):
            assert hit.snippet.lower().count(word) == sum(mark.startswith(word) for mark in marked)


def test_words_of_a_phrase_are_marked_only_where_it_stands(context: Context) -> None:
    hit = ask(context, '"harbour corridor"').hits[0]
    assert [hit.snippet[start:end] for start, end in hit.highlights] == ["harbour", "corridor"]
    text = ARTICLES[0].text
    title, body = matches(context, parse('"harbour corridor"', today=date.min), ARTICLES[0])
    assert title == ()
    assert [text[start:end] for start, end in body] == ["harbour corridor"]


def test_what_must_not_be_there_is_never_marked(context: Context) -> None:
    _, body = matches(context, parse("dockers NOT lorries", today=date.min), ARTICLES[0])
    assert {ARTICLES[0].text[start:end] for start, end in body} == {"dockers"}


def test_a_title_is_marked(context: Context) -> None:
    hit = ask(context, "ferry").hits[0]
    assert [hit.title[start:end] for start, end in hit.title_highlights] == ["Ferry"]


def test_a_person_asked_for_is_marked_in_title_and_text(make_context: Any) -> None:
    text = "Nobody came. The mayor, Ada Quill, waited; later Quill left. Ada Quills are pens, said Tom Ohara."
    spans = ((24, 33), (49, 54))
    people = (Person("Ada Quill", ("Ada Quill", "Quill"), spans, 1.0), Person("Tom Ohara", ("Tom Ohara",), (), 1.0))
    facts = Facts(people=people, mentions=(Mention(PartialDate.parse("2020-11-09"), "later", (43, 48)),))
    one = Article("1", "one.txt", "Quill waits for Quilley", text, text, "en", facts=facts)
    context = make_context([one])

    def marked(query: str) -> tuple[list[str], list[str]]:
        title, body = matches(context, parse(query, today=date.min), one)
        hit = ask(context, query).hits[0]
        assert title == hit.title_highlights
        assert [hit.snippet[start:end] for start, end in hit.highlights] == [text[start:end] for start, end in body]
        return [one.title[start:end] for start, end in title], [text[start:end] for start, end in body]

    assert marked("person:quill") == (["Quill"], ["Ada Quill", "Quill"])
    assert marked("person:quill mentions:2020-11-09") == (["Quill"], ["Ada Quill", "later", "Quill"])
    assert marked("waited person:quill") == (["Quill", "waits"], ["Ada Quill", "waited", "Quill"])
    assert marked("waited NOT person:brandt") == (["waits"], ["waited"])


def test_an_explanation_adds_up_to_the_score(context: Context) -> None:
    page = ask(context, '(velmora^2 OR "ferry corridor" OR corr*) source:anchor NOT budget', explain=True)
    assert page.hits
    for hit in page.hits:
        assert hit.explanation is not None
        assert sum(part.score for part in hit.explanation.parts) == pytest.approx(hit.score, rel=1e-5)
        assert len(hit.explanation.parts) >= 3


def test_facets_count_all_hits_of_the_query(context: Context) -> None:
    page = ask(context, "corridor", limit=1, facets=("source", "person", "year", "month", "day", "language"))
    counts = {name: facet.counts for name, facet in page.facets.items()}
    assert counts["source"] == (("Daily Anchor", 2), ("Velmora Herald", 1))
    assert counts["person"] == (("ilse brandt", 2), ("brandt", 1), ("tom ohara", 1))
    assert counts["year"] == (("2020", 2), ("2021", 1))
    assert counts["month"] == (("2020-11", 2), ("2021-02", 1))
    assert counts["day"] == (("2020-11-09", 1), ("2021-02-03", 1))
    assert page.facets["day"].unknown == 1
    assert counts["language"] == (("en", 3),)


def test_a_facet_that_is_cut_says_so(context: Context) -> None:
    facet = facet_of(context, parse("*", today=date.min), "person", 1)
    assert len(facet.counts) == 1
    assert facet.truncated
    assert facet.unknown == 2


def test_humans_are_counted_once_an_article(make_context: Any) -> None:
    class Everyone:
        name = "Ilse Brandt"

        def human_of(self, key: str) -> Any:
            return self if "brandt" in key else None

        def matching(self, text: str) -> tuple[str, ...]:
            return ("brandt", "ilse brandt") if "brandt" in text else ()

    double = [*ARTICLES[:3], article(9, "", "Two names.", people=("Brandt", "Ilse Brandt"))]
    context = make_context(double, people=Everyone())
    page = ask(context, "person:brandt", facets=("person",))
    assert page.total == 4
    assert page.facets["person"].counts[0] == ("Ilse Brandt", 4)


def test_a_timeline_has_no_gaps_and_knows_the_archive(context: Context) -> None:
    line = timeline(context, parse("corridor", today=date.min), "month")
    assert [(str(bar.start), bar.hits, bar.articles) for bar in line.bars] == [
        ("2020-11-01", 2, 3),
        ("2020-12-01", 0, 0),
        ("2021-01-01", 0, 0),
        ("2021-02-01", 1, 1),
    ]
    assert (line.undated, line.imprecise, line.total) == (0, 0, 3)
    by_day = timeline(context, parse("corridor", today=date.min), "day")
    assert (by_day.undated, by_day.imprecise) == (0, 1)
    assert [str(bar.start) for bar in by_day.bars if bar.hits] == ["2020-11-09", "2021-02-03"]
    by_week = timeline(context, parse("velmora", today=date.min), "week")
    assert [(str(bar.start), bar.hits) for bar in by_week.bars] == [("2020-11-09", 2)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("velmroa", "velmora"),
        ("corridoor ferry", "corridor ferry"),
        ("Bramdt", "Brandt"),
        ("title:ferryy", "title:ferry"),
    ],
)
def test_suggests_what_the_archive_has(context: Context, typed: str, meant: str) -> None:
    assert ask(context, typed).corrected == meant


@pytest.mark.parametrize("typed", ["velmora", "ferry budget", "xqzwv", "=corridorr", "NOT velmroa"])
def test_suggests_nothing_for_words_it_has_or_nobody_could_mean(context: Context, typed: str) -> None:
    assert ask(context, typed).corrected is None


def test_aliases_find_each_other_and_show(make_context: Any) -> None:
    context = make_context(ARTICLES, aliases=read_aliases("Velmora = Östhavn = northern harbour"))
    page = ask(context, "osthavn")
    assert {int(hit.id, 16) for hit in page.hits} == {1, 2, 4, 5}
    assert "velmora" in page.parsed.lower()
    assert found(context, "osthavn", aliases=False) == {2}
    assert found(context, "=Östhavn") == {2}


def test_auto_gives_all_words_first_then_most_and_says_so(context: Context) -> None:
    page = ask(context, "velmora ferry corridor", match="auto")
    assert int(page.hits[0].id, 16) == 2
    assert {int(hit.id, 16) for hit in page.hits} == {1, 2, 3, 5}
    assert page.match == "any"
    assert page.notes
    enough = ask(context, "velmora ferry corridor", match="auto", limit=1)
    assert (enough.match, enough.total) == ("all", 1)


def test_auto_pages_do_not_overlap(context: Context) -> None:
    whole = [hit.id for hit in ask(context, "velmora ferry corridor", match="auto").hits]
    pages = [ask(context, "velmora ferry corridor", match="auto", limit=2, offset=at).hits for at in (0, 2)]
    assert [hit.id for page in pages for hit in page] == whole


def test_any_finds_articles_with_one_of_the_words(context: Context) -> None:
    assert {int(hit.id, 16) for hit in ask(context, "the ferry budget", match="any").hits} == {2, 3}


def test_a_cancelled_search_stops(context: Context) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(CancelledError):
        ask(context, "corridor", cancel=cancel)


def test_when_time_is_up_the_answer_is_honest(context: Context) -> None:
    page = ask(context, "corridor", deadline=0.0)
    assert not page.total_is_exact
    assert page.total <= 3
    assert page.notes


def test_related_articles_share_what_is_rare(context: Context) -> None:
    number = context.snapshot.number(ARTICLES[0].id)
    page = related(context, number)
    ids = [int(hit.id, 16) for hit in page.hits]
    assert 1 not in ids
    assert ids[0] in {2, 4, 5}


@pytest.mark.parametrize(
    ("typed", "completions"),
    [
        ("velm", ["velmora"]),
        ("harbour corr", ["harbour corridor", "harbour corridors"]),
        ("sourc", ["source:"]),
        ("source:dai", ['source:"Daily Anchor"']),
        ("x source:anch", ['x source:"Daily Anchor"']),
        ("person:il", ['person:"ilse brandt"']),
        ("", []),
    ],
)
def test_completes(context: Context, typed: str, completions: list[str]) -> None:
    assert complete(context, typed, len(typed)) == completions


@pytest.mark.parametrize("text", ["corridor", "*", "-ferry", "budget"])
@pytest.mark.parametrize("field", ["source", "person", "year", "month", "language"])
def test_counting_in_steps_counts_the_same(
    context: Context, monkeypatch: pytest.MonkeyPatch, text: str, field: Any
) -> None:
    def counted(limit: int | None) -> tuple[Any, Any]:
        parsed = parse(text, today=date.min)
        return facet_of(context, parsed, field, limit), timeline(context, parsed, "month")

    at_once = counted(None)
    for step in (1, 2, 3):
        monkeypatch.setattr(execution, "COUNTED_AT_ONCE", step)
        assert counted(None) == at_once
        every = at_once[0].counts
        for limit in range(1, len(every) + 2):
            some = counted(limit)[0]
            cut = every[-limit:] if field in PERIODS else every[:limit]
            assert (some.counts, some.truncated) == (cut, limit < len(every))


def test_a_finished_word_is_not_completed_to_a_rare_one(make_context: Any) -> None:
    text = "veterans " * 20 + "veteransa veteranship veteranship veteranship"
    context = make_context([article(1, "Parade", text)])
    assert complete(context, "veteran", 7) == ["veterans", "veteranship", "veteransa"]
    assert complete(context, "veterans", 8) == ["veteranship"]
    assert complete(context, "veteransh", 9) == ["veteranship"]


def test_the_span_of_all_hits(context: Context) -> None:
    page = ask(context, "corridor", limit=1, span=True)
    assert (str(page.first), str(page.last)) == ("2020-11-01", "2021-02-03")


def test_near_duplicates_name_each_other(make_context: Any) -> None:
    text = " ".join(f"word{number % 97} of the long report" for number in range(200))
    context = make_context([article(1, "A", text), article(2, "B", text), article(3, "C", "Something else entirely.")])
    hits = {int(hit.id, 16): hit.duplicates for hit in ask(context, "*").hits}
    assert hits == {1: (f"{2:016x}",), 2: (f"{1:016x}",), 3: ()}


def test_an_empty_archive_answers(make_context: Any) -> None:
    page = ask(make_context([]), "anything", facets=("person", "year"))
    assert page.total == 0
    assert page.facets["person"].counts == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("source:*", {1, 2, 3}), ("NOT source:*", {4, 5}), ("title:*", {1, 2, 3, 4, 5}), ("o'h* NOT title:*", set())],
)
def test_a_star_in_a_field_finds_what_has_a_value_there(context: Context, text: str, expected: set[int]) -> None:
    assert found(context, text) == expected


def test_a_pattern_with_a_hyphen_is_its_parts_side_by_side(make_context: Any) -> None:
    context = make_context([article(1, "", "In Nagorno-Karabakh."), article(2, "", "Karabakh, not Nagorno.")])
    assert found(context, "nagorno-kara*") == {1}
    assert found(context, "nag*-karabakh") == {1}
