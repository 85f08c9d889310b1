"""An article and its document: what goes in comes out, and the stored part is plain JSON."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from searcher.model import Article, Fact, Facts, Mention, PartialDate, Person
from searcher.store.documents import Origin, to_article, to_document

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
FILLED = WORDS.filter(str.strip)
TEXTS = st.builds(str.join, st.sampled_from([" ", "\n", "\n\n"]), st.lists(WORDS, max_size=5))
SPANS = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(sorted).map(tuple)
CONFIDENCES = st.floats(0, 1)
DAYS = st.dates(date(1700, 1, 1), date(2100, 1, 1)).map(PartialDate.of)
DATES = DAYS | DAYS.map(lambda day: PartialDate(day.year, day.month)) | DAYS.map(lambda day: PartialDate(day.year))


def facts_of(values):
    return st.none() | st.builds(Fact, values, FILLED, CONFIDENCES, st.none() | SPANS)


PEOPLE = st.builds(
    Person, FILLED, st.lists(FILLED, max_size=3).map(tuple), st.lists(SPANS, max_size=3).map(tuple), CONFIDENCES
)
FACTS = st.builds(
    Facts,
    source=facts_of(FILLED),
    date=facts_of(DATES),
    not_before=facts_of(DAYS),
    author=facts_of(FILLED),
    mentions=st.lists(st.builds(Mention, DATES, FILLED, SPANS), max_size=3).map(tuple),
    people=st.lists(PEOPLE, max_size=3).map(tuple),
)


@st.composite
def articles(draw):
    text = draw(TEXTS)
    around = st.tuples(WORDS, WORDS).map(lambda both: both[0] + text + both[1])
    return Article(
        id=draw(st.integers(0, 2**64 - 1).map("{:016x}".format)),
        path=draw(FILLED),
        title=draw(WORDS),
        text=text,
        raw=draw(st.just(text) | around | FILLED.map(lambda menu: text.replace("\n", f"\n{menu}\n")) | TEXTS),
        language=draw(st.none() | st.sampled_from(["en", "de", "ru"])),
        url=draw(st.none() | FILLED),
        record_id=draw(st.none() | FILLED),
        facts=draw(FACTS),
    )


@given(articles(), st.integers(-(2**63), 2**63 - 1))
def test_an_article_comes_back_as_it_was(article, number):
    document = to_document(article, Origin("file.txt", number, -number - 1))
    assert to_article(json.loads(json.dumps(document.stored))) == article


@given(articles())
def test_dates_become_the_days_that_they_may_be(article):
    document = to_document(article, Origin("file.txt", 1, 2))
    if article.facts.date is None:
        assert "first_day" not in document.terms
        assert "last_day" not in document.columns
    else:
        published = article.facts.date.value
        assert date.fromordinal(document.terms["first_day"]) == published.first
        assert date.fromordinal(document.columns["last_day"]) == published.last


def test_every_spelling_of_a_person_is_a_term_beside_the_key():
    person = Person("Vladimir Putin", ("Putin", "Mr Putin"), (), 1.0)
    article = Article("0" * 16, "a.txt", "", "Putin said.", "Putin said.", facts=Facts(people=(person,)))
    document = to_document(article, Origin("a.txt", 1, 1))
    (key,) = document.terms["person"]
    assert document.terms["spelling"] == [f"{key}\tVladimir Putin", f"{key}\tPutin", f"{key}\tMr Putin"]


def test_the_story_is_not_stored_twice():
    text = "word " * 1000
    article = Article("0" * 16, "a.txt", "", text, f"Menu\n{text}\nFooter")
    document = to_document(article, Origin("a.txt", 1, 1))
    assert len(json.dumps(document.stored)) < len(text) + 500


def test_the_lines_of_a_story_that_a_page_interrupts_are_not_stored_twice():
    lines = [f"line {number} {'word ' * 20}" for number in range(100)]
    text, raw = "\n\n".join(lines), "\nShare\n".join(lines)
    document = to_document(Article("0" * 16, "a.txt", "", text, raw), Origin("a.txt", 1, 1))
    assert to_article(document.stored).raw == raw
    assert len(json.dumps(document.stored)) < len(text) * 1.3
