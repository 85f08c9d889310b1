"""Text for people: fitted to the terminal, safe, and aligned whatever script it is in."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET
from zlib import decompress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searcher.cli.layout import article as article_layout
from searcher.cli.layout import bars, hits, pictures
from searcher.cli.layout.dates import dated
from searcher.cli.layout.paint import MATCH, Paint, wanted
from searcher.cli.layout.wrapping import columns, cut, wrap
from searcher.cli.narration import pointed
from searcher.cli.output import as_json
from searcher.model import Article, Bar, Facet, Fact, Facts, Hit, Mention, Page, PartialDate, Person, Timeline
from searcher.text.safety import one_line

PLAIN, COLOURED = Paint(enabled=False), Paint(enabled=True)
SGR = re.compile(r"\x1b\[[0-9;]*m")

anything = st.text(
    st.characters() | st.sampled_from(["\x1b", "\x9b", "\u202e", "\u0301", "漢", "🙂", "\t", "\n", " ", "\u200d", "א"])
)
one_line_texts = st.text(st.sampled_from("ab é漢字🙂 -"), max_size=120)


@st.composite
def some_hits(draw):
    snippet = draw(anything)
    ends = sorted(draw(st.lists(st.integers(0, len(snippet)), max_size=6, unique=True)))
    return Hit(
        rank=draw(st.integers(1, 10_000)),
        score=1.0,
        id="0123456789abcdef",
        path=draw(anything),
        url=None,
        title=draw(anything),
        source=draw(st.none() | anything),
        date=draw(st.none() | st.just(PartialDate(2020, 11))),
        not_before=draw(st.none() | st.just(PartialDate(2020, 11, 10))),
        people=tuple(draw(st.lists(anything, max_size=5))),
        language=None,
        words=1,
        duplicates=tuple(draw(st.lists(st.just("ff"), max_size=2))),
        snippet=snippet,
        highlights=tuple(zip(ends[::2], ends[1::2], strict=False)),
    )


BRIDGE = Hit(
    rank=7,
    score=1.0,
    id="0123456789abcdef",
    path="news/bridge.txt",
    url=None,
    title="Harbour bridge opens",
    source="The Quay Herald",
    date=None,
    not_before=PartialDate(2020, 11, 10),
    people=("Anna Lindqvist", "Olle Berg", "Maja-Stina Åkerström", "Per Olof Håkansson"),
    language="sv",
    words=40,
    duplicates=("ff", "fe", "fd"),
    snippet="… whatever the ice does to the piers, the harbour bridge will stay open all winter …",
    highlights=((42, 56),),
    title_highlights=((8, 14),),
)


def page_of(*found):
    return Page("q", "q", "all", None, len(found), True, 1.0, 1, found)


@given(one_line_texts, st.integers(1, 40))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text, width):
    spans = wrap(text, width)
    assert all(columns(text[a:b]) <= max(width, 2) for a, b in spans)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")
    assert spans == sorted(spans)


def test_lines_break_at_spaces_and_beside_wide_characters():
    assert [("one two three"[a:b]) for a, b in wrap("one two three", 8)] == ["one two", "three"]
    assert [("aa 漢字漢字"[a:b]) for a, b in wrap("aa 漢字漢字", 7)] == ["aa 漢字", "漢字"]
    assert [("abcdefgh"[a:b]) for a, b in wrap("abcdefgh", 3)] == ["abc", "def", "gh"]
    assert [("one two"[a:b]) for a, b in wrap("one two", 3)] == ["one", "two"]
    assert wrap("one two three four", 8, lines=1) == [(0, 7)]


@given(one_line_texts, st.integers(2, 40))
def test_what_is_cut_fits_and_says_so(text, width):
    short = cut(text, width)
    assert columns(short) <= width
    assert short == text or short.endswith("…")


@given(some_hits(), st.integers(30, 120))
@example(Hit(1000, 1.0, "0" * 16, "", None, "0" * 25, None, None, None, (), None, 1, (), "", ()), 30)
def test_a_hit_fits_the_terminal_and_carries_no_controls(hit, width):
    for paint in (PLAIN, COLOURED):
        for line in hits.page(page_of(hit), paint, width):
            bare = SGR.sub("", line)
            assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", bare)
            assert columns(bare) <= width or bare.strip() == one_line(hit.path)  # a path is kept whole


@given(some_hits())
def test_colours_change_nothing_but_colours(hit):
    plain = list(hits.page(page_of(hit), PLAIN, 80))
    assert [SGR.sub("", line) for line in hits.page(page_of(hit), COLOURED, 80)] == plain


def test_matches_are_marked_across_lines(golden):
    golden("\n".join(hits.page(page_of(BRIDGE), COLOURED, 64)) + "\n", "hit-in-colour.txt")
    marked = re.findall(rf"\x1b\[{MATCH}m(.*?)\x1b\[0m", "\n".join(hits.page(page_of(BRIDGE), COLOURED, 64)))
    assert marked == ["bridge", "harbour bridge"]
    narrow = "\n".join(hits.page(page_of(BRIDGE), COLOURED, 40))
    assert "".join(re.findall(rf"\x1b\[{MATCH}m(.*?)\x1b\[0m", narrow)).replace(" ", "") == "bridgeharbourbridge"


@pytest.mark.parametrize(
    ("date", "floor", "shown"),
    [
        (PartialDate(2020, 11, 9), None, "9 Nov 2020"),
        (PartialDate(2020, 11), PartialDate(2020, 11, 10), "Nov 2020"),
        (PartialDate(2020), None, "2020"),
        (None, PartialDate(2020, 11, 10), "≥ 10 Nov 2020"),
        (None, None, "date unknown"),
    ],
)
def test_dates_are_said_with_their_certainty(date, floor, shown):
    assert dated(date, floor) == shown


@pytest.mark.parametrize(
    ("choice", "environ", "terminal", "colour"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_when_to_colour(choice, environ, terminal, colour):
    assert wanted(choice, environ, terminal=terminal) is colour


@given(st.text(max_size=400), st.integers(-5, 400), st.integers(-5, 400))
def test_carets_never_fail_and_stand_within_the_line(query, start, stop):
    line, carets = pointed(query, (start, stop))
    assert line.isprintable()
    assert set(carets) <= {" ", "^"}
    assert carets.endswith("^")
    assert columns(carets) <= columns(line) + 1
    assert len(line) <= 200


@pytest.mark.parametrize("at", [0, 5, 500, 990])
def test_carets_stand_below_the_place_in_a_long_query(at):
    query = "x" * at + "BAD" + "y" * 500
    line, carets = pointed(query, (at, at + 3))
    assert line[carets.index("^") : carets.rindex("^") + 1] == "BAD"


def test_carets_stand_below_wide_characters():
    assert pointed("漢字 x:y", (3, 4)) == ("漢字 x:y", "     ^")


def test_bars_are_as_long_as_what_they_show():
    assert bars.bar(8, 8, 10) == "█" * 10
    assert bars.bar(4, 8, 10) == "█" * 5
    assert bars.bar(1, 20, 10) == "▌"
    assert bars.bar(1, 10**9, 10) == "▏"
    assert bars.bar(0, 8, 10) == ""


@given(
    st.lists(st.tuples(anything, st.integers(1, 10**7)), max_size=8),
    st.integers(0, 10**6),
    st.integers(30, 100),
)
def test_facets_fit_the_terminal(counts, unknown, width):
    facet = Facet("person", tuple(counts), truncated=True, unknown=unknown)
    assert all(columns(line) <= width for line in bars.facet(facet, PLAIN, width))


counted_bars = st.lists(
    st.integers(0, 10**6).flatmap(lambda articles: st.tuples(st.integers(0, articles), st.just(articles))), max_size=60
)


def timeline(*hits_and_articles, query="<b> & ice"):
    made = (Bar(date(2000 + n // 12, n % 12 + 1, 1), a, b) for n, (a, b) in enumerate(hits_and_articles))
    return Timeline(query, query, "month", tuple(made), 0, 0)


@given(counted_bars, st.integers(50, 120))
def test_timelines_fit_the_terminal(counts, width):
    for share in (False, True):
        assert all(columns(line) <= width for line in bars.timeline(timeline(*counts), PLAIN, width, share=share))


def parsed(picture):
    return ET.fromstring(pictures.svg(picture))  # noqa: S314 - our own


def inked(picture):
    """The columns of pixels of a PNG that hold a bar."""
    data = pictures.png(picture)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at = data.index(b"IDAT")
    pixels = decompress(data[at + 4 : at + 4 + int.from_bytes(data[at - 4 : at], "big")])
    width = int.from_bytes(data[16:20], "big")
    rows = [pixels[n + 1 : n + 1 + width] for n in range(0, len(pixels), width + 1)]
    assert len(rows) == int.from_bytes(data[20:24], "big")
    return [sum(row[column] == 2 for row in rows) for column in range(width)]


@given(counted_bars, st.booleans())
def test_pictures_hold_every_bar_within_their_edges(counts, share):
    drawn = timeline(*counts)
    picture = pictures.picture(drawn, share=share)
    shown = sum(1 for bar in drawn.bars if bars.height(bar, share=share))
    assert len(picture.bars) == shown
    svg = parsed(picture)
    assert svg.find("{*}title").text == "<b> & ice"
    assert len(svg.findall("{*}rect")) == 1 + shown + len(picture.rules)
    for box in picture.bars:
        assert box.left >= 0
        assert box.left + box.width <= 960
        assert box.top >= 0
        assert box.top + box.height <= 360


def test_a_picture_has_bars_in_proportion():
    heights = inked(pictures.picture(timeline((5, 10), (10, 10))))
    assert max(heights[:500]) * 2 == pytest.approx(max(heights[500:]), abs=3)
    assert max(heights[500:]) > 200


def test_pictures_of_the_same_hits_are_the_same_bytes():
    one, two = (pictures.picture(timeline((1, 2), (3, 4))) for _ in range(2))
    assert pictures.svg(one) == pictures.svg(two)
    assert pictures.png(one) == pictures.png(two)


def test_a_picture_of_nothing_is_still_one():
    picture = pictures.picture(timeline())
    assert parsed(picture).find("{*}title") is not None
    assert sum(inked(picture)) == 0


@given(anything, anything, st.data())
def test_articles_are_shown_safely_and_in_measure(title, text, data):
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4, unique=True)))
    spans = tuple(zip(ends[::2], ends[1::2], strict=False))
    facts = Facts(
        source=Fact(title, "masthead", 0.5, (0, len(title))),
        mentions=tuple(Mention(PartialDate(2020), text[a:b], (a, b)) for a, b in spans),
        people=(Person(title, (title, text), spans, 0.5),),
    )
    article = Article("0123456789abcdef", "a.txt", title, text, title + text, facts=facts)
    for lines in (
        article_layout.article(article, PLAIN, 60),
        article_layout.raw(article),
        article_layout.reading(article, PLAIN, 60),
    ):
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "".join(lines))
    story = list(article_layout.article(article, PLAIN, 60))
    assert all(columns(line) <= 60 for line in story[story.index("") :])


def test_people_are_marked_in_the_story_that_was_read():
    text = "One line.\nThen Anna Berg spoke."
    facts = Facts(people=(Person("Anna Berg", ("Anna Berg",), ((15, 24),), 0.9),))
    article = Article("0123456789abcdef", "a.txt", "T", text, text, facts=facts)
    last = list(article_layout.reading(article, COLOURED, 80))[-1]
    assert last == "Then \x1b[32mAnna Berg\x1b[0m spoke."


def test_a_long_snippet_is_quoted_where_it_matches():
    words = " ".join(f"word{n}" for n in range(60))
    at = words.index("word48")
    hit = replace(BRIDGE, snippet=words, highlights=((at, at + 6), (at + 7, at + 13)))
    lines = list(hits.page(page_of(hit), COLOURED, 40))[2:-1]
    assert len(lines) == 3
    assert re.findall(rf"\x1b\[{MATCH}m(.*?)\x1b\[0m", "\n".join(lines)) == ["word48", "word49"]
    assert lines[0].strip().startswith("…word")
    assert lines[-1].endswith(" …")


@given(anything | st.text(st.sampled_from("\udcff\x9b\u202e\u2028\u200b\ufeffa")))
def test_json_holds_any_text_and_nothing_that_acts_on_a_terminal(text):
    written = as_json({"title": text})
    assert json.loads(written) == json.loads(json.dumps({"title": text}))
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b\u2028\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", written)
