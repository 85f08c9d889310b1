"""The plain parts: requests and filters, windows of results, citations, words, curves, addresses."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.errors import QueryError, SearcherError
from searcher.model import Article, Fact, Facts, Hit, PartialDate
from searcher.query.parser import parse
from searcher.tui import citations, themes, words
from searcher.tui.differences import differences
from searcher.tui.external import file_of, web_address
from searcher.tui.listing import Listing, Row
from searcher.tui.request import Filter, Request
from searcher.tui.results import HITS_KEPT, MOST_AT_ONCE, Results
from searcher.tui.widgets.article_blocks import Block
from searcher.tui.widgets.facet_panel import sparkline

TODAY = date(2021, 5, 1)


def read(query):
    return parse(query, today=TODAY).tree


# Requests


def test_filters_hold_whatever_the_words_say():
    request = Request("peace OR war", (Filter("source", 'The "Post"'), Filter("person", "Ada Brandt", excluded=True)))
    assert read(request.query) == read('(peace OR war) AND source:"The  Post " AND NOT person:"Ada Brandt"')


@given(st.text(max_size=30))
def test_any_words_and_a_filter_make_a_query_that_can_be_read(text):
    request = Request(text, (Filter("source", "AP"),))
    try:
        query = request.query
    except QueryError as error:
        assert error.query == text
    else:
        assert read(query) is not None


def test_what_is_open_while_typing_cannot_swallow_a_filter():
    request = Request('"peace de', (Filter("source", "AP"),))
    assert read(request.query) == read('"peace de" AND source:AP')


def test_narrowing_replaces_the_opposite():
    item = Filter("source", "AP")
    request = Request("x").narrowed(Filter("source", "AP", excluded=True)).narrowed(item).narrowed(item)
    assert request.filters == (item,)
    assert request.without(item).filters == ()


def test_spaces_do_not_make_another_question():
    assert Request(" a  b ").same_as(Request("a b"))
    assert not Request("ab").same_as(Request("a b"))
    assert not Request("a", sort="newest").same_as(Request("a"))


def test_without_words_the_newest_come_first():
    assert Request().effective_sort == "newest"
    assert Request("a").effective_sort == "relevance"
    assert Request(sort="oldest").effective_sort == "oldest"


# Results


def hit(number):
    return Hit(number + 1, 0.0, str(number), "p", None, f"t{number}", None, None, None, (), None, 1, (), "", ())


def known(total, first=0, last=0):
    results = Results(Request("q"), total)
    results.add([hit(number) for number in range(first, last)], first)
    return results


def test_hits_are_known_by_place_and_places_by_id():
    results = known(100, 0, 12)
    assert results.hit(3).id == "3"
    assert results.hit(12) is None
    assert results.hit(-1) is None
    results.add([hit(12), hit(13)], 12)
    assert results.place("13") == 13
    assert results.place(None) is None


@given(st.sets(st.integers(0, 59)), st.integers(-5, 70), st.integers(-5, 70))
def test_what_is_fetched_is_what_is_missing_in_view_until_nothing_is(there, first, last):
    results = Results(Request("q"), 60)
    for number in there:
        results.add([hit(number)], number)
    fetches = 0
    while places := results.missing(first, last):
        start, end = places
        assert max(first, 0) <= start < end <= min(last, 59) + 1
        assert end - start <= MOST_AT_ONCE
        assert results.hit(start) is None
        results.add([hit(number) for number in range(start, end)], start)
        fetches += 1
    assert fetches <= 60 / MOST_AT_ONCE + 1
    assert all(results.hit(place) for place in range(max(first, 0), min(last, 59) + 1))


def test_a_long_scroll_does_not_keep_everything():
    total = HITS_KEPT * 3
    results = known(total, 0, total)
    assert results.hit(total - 1) is not None
    assert results.hit(0) is None
    assert results.place("0") is None


# Rows and lines of the list, beside a plain list of what each line shows


@given(
    st.integers(0, 12),
    st.sampled_from([(5, 1), (3, 0)]),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 4)), max_size=6),
)
def test_a_listing_says_where_everything_is(hits, shape, steps):
    height, gap = shape
    listing, reprints = Listing(hits, height, gap), {}
    for place, count in steps:
        if place < hits and count:
            reprints[place] = tuple(hit(100 * place + number) for number in range(count))
            listing.unfold(place, reprints[place])
        else:
            reprints.pop(place, None)
            listing.fold(place)
    rows, lines = [], []
    for place in range(hits):
        beneath = [Row(place, number) for number in range(len(reprints.get(place, ())))]
        rows += [Row(place), *beneath]
        lines += [(Row(place), within) for within in range(height - gap)]
        lines += [(row, 0) for row in beneath]
        lines += [(Row(place), height - 1)] * gap
    assert [listing.row(number) for number in range(len(listing))] == rows
    assert [listing.number(row) for row in rows] == list(range(len(rows)))
    assert [listing.at(number) for number in range(listing.lines)] == lines
    assert [listing.line(row) for row in rows] == [lines.index((row, 0)) for row in rows]


# Citations

CITED = Article(
    "00ff", "a.txt", "Bridges & [tolls] {100%}", "text", "raw", "en", "https://news.example/a_b",
    facts=Facts(
        Fact("The Post", "stated", 1.0), Fact(PartialDate(2019, 3, 2), "stated", 1.0), author=Fact("A. W.", "s", 1.0)
    ),
)  # fmt: skip
BARE = Article("00fe", "a.txt#3", "", "text", "raw")


def test_plain_citation():
    assert citations.plain(CITED) == (
        "A. W., “Bridges & [tolls] {100%}”, The Post, 2 March 2019, https://news.example/a_b."
    )
    assert citations.plain(BARE) == "“Untitled”, undated, a.txt#3."


def test_markdown_citation_escapes_what_markdown_reads():
    assert citations.markdown(CITED) == (
        r"A. W., [Bridges & \[tolls\] {100%}](<https://news.example/a_b>), *The Post*, 2 March 2019."
    )


def test_bibtex_citation_escapes_what_tex_reads():
    text = citations.bibtex(CITED)
    assert text.startswith("@article{00ff,\n")
    assert r"title = {Bridges \& [tolls] \{100\%\}}" in text
    assert "year = {2019}" in text
    assert text.count("{") == text.count("}")


def test_csl_citation():
    item, other = json.loads(citations.csl_json(CITED, BARE))
    assert other["id"] == BARE.id
    assert item["issued"] == {"date-parts": [[2019, 3, 2]]}
    assert item["container-title"] == "The Post"
    assert json.loads(citations.csl_json(BARE)) == [{"id": "00fe", "type": "article-newspaper", "title": "Untitled"}]


# Words


@pytest.mark.parametrize(
    ("when", "floor", "said"),
    [
        (PartialDate(2020, 11, 9), None, "9 Nov 2020"),
        (PartialDate(2020, 11), None, "Nov 2020"),
        (PartialDate(2020), PartialDate(2019), "2020"),
        (None, PartialDate(2020, 11, 10), "≥ 10 Nov 2020"),
        (None, None, "undated"),
    ],
)
def test_dates_are_said_with_their_certainty(when, floor, said):
    assert words.hit_date(when, floor) == said


def test_counts_and_durations():
    assert words.hits(1, exact=True) == "1 hit"
    assert words.hits(12345, exact=False) == "at least 12,345 hits"
    assert [words.milliseconds(took) for took in (1.94, 42, 1234)] == ["1.9 ms", "42 ms", "1.2 s"]
    assert words.bar_name(date(2020, 11, 2), "week") == "week of 2 Nov 2020"


@given(st.lists(st.integers(0, 10**6), max_size=400), st.integers(1, 60))
def test_a_curve_fits_and_shows_every_hit(heights, width):
    curve = sparkline(heights, width)
    assert len(curve) == min(width, len(heights))
    assert ("█" in curve) == any(heights)
    assert curve.count(" ") <= heights.count(0)


# Outside


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://news.example/a", True),
        ("http://news.example", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://a.example/\x1b[31m", False),
        ("--help", False),
        ("http://[", False),
        (None, False),
    ],
)
def test_only_web_addresses_go_to_the_browser(url, good):
    assert web_address(url) == (url if good else None)


def test_the_file_of_a_record_is_the_file_it_lies_in(tmp_path):
    path = tmp_path / "wires.jsonl"
    path.write_text("{}")
    for stored in (str(path), f"{path}#17", f"{path}!inner/name.txt", f"{path}!inner/x.jsonl#3"):
        assert file_of(stored) == path
    with pytest.raises(SearcherError):
        file_of(str(tmp_path / "gone.txt"))


WORDS = st.lists(st.sampled_from(["bridge", "harbour", "ferry", "toll"]), max_size=12)


@given(WORDS, WORDS)
def test_without_its_differences_a_text_is_part_of_the_other(words, others):
    text = " ".join(words)
    spans = differences(text, " ".join(others))
    assert all(text[start:end].strip() for start, end in spans)
    left = "".join(letter for at, letter in enumerate(text) if not any(start <= at < end for start, end in spans))
    rest = iter(others)
    assert all(word in rest for word in left.split())
    if not set(words) & set(others):
        assert left.split() == []


def test_case_and_punctuation_are_no_difference():
    assert differences("The Bridge, opened today.", "the bridge opened on Monday") == [(19, 24)]


def test_only_what_is_certain_is_said_to_be():
    assert [words.sure(confidence) for confidence in (1.0, 0.999, 0.9, 0.29, 0.0)] == [
        "100% sure", "99% sure", "90% sure", "29% sure", "0% sure",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [30, 37, 76])
def test_what_goes_on_from_a_facts_first_line_stands_under_its_value(width):
    names = "Ada Brandt, Tomas Lindqvist, Nikol Pashinyan, Zohrab Mnatsakanyan, Ilham Aliyev"
    block = Block("fact", f"People   {names}", label=9)
    (start, end), *more = block.wrapped(width)
    assert start == 0
    assert end <= width
    assert all(stop - begin <= width - 9 for begin, stop in more)
    assert " ".join(block.text[begin:stop] for begin, stop in [(9, end), *more]) == names


# Colours


@pytest.mark.parametrize(
    ("told", "suited"),
    [(None, "dark"), ("15;0", "dark"), ("0;15", "light"), ("0;default;7", "light"), ("rubbish", "dark"), ("", "dark")],
)
def test_a_terminal_that_tells_its_ground_gets_colours_that_suit_it(told, suited):
    assert themes.suited({} if told is None else {"COLORFGBG": told}).name == f"searcher-{suited}"
