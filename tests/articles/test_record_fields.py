"""The keys of records, in the spellings that people's files have."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.articles.drafts import Draft
from searcher.articles.formats.fields import SPELLINGS, Records, record_of, stated_in
from searcher.articles.understanding import understand
from searcher.model import Failure


def value(values: dict[str, Any], field: str) -> str | None:
    statement = getattr(stated_in(values, "stated in the record"), field)
    return statement.value if statement else None


@pytest.mark.parametrize("field", ["title", "date", "source", "author", "url", "language"])
def test_every_spelling_of_every_field_is_understood(field: str) -> None:
    for spelling in SPELLINGS[field]:
        for key in (spelling, spelling.upper(), f" {spelling}_"):
            assert value({key: "a value"}, field) == "a value", key


@pytest.mark.parametrize("key", ["published_at", "publishedAt", "Published At", "PUBLISHED-AT"])
def test_case_and_separators_do_not_matter(key: str) -> None:
    assert value({key: "2020-11-17"}, "date") == "2020-11-17"


def test_the_more_telling_key_wins_if_it_holds_anything() -> None:
    assert record_of({"description": "short", "body": "long"}, "").text == "long"
    assert record_of({"description": "short", "body": ""}, "").text == "short"
    assert value({"created": "2021-01-01", "date": "2020-01-01"}, "date") == "2020-01-01"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"id": None, "name": "The Island Hour"}, "The Island Hour"),
        ([{"name": "A"}, {"name": "B"}], "A, B"),
        (["A", "B"], "A, B"),
        ({"main": "Head", "kicker": "x"}, "Head"),
        ({"rendered": "Head"}, "Head"),
        (None, None),
        ("  ", None),
        ([], None),
        ({}, None),
        ("two\n lines", "two lines"),
        ("\x1b[31mred\x1b[0m", "red"),
    ],
)
def test_values_of_many_shapes_are_one_line(written: object, read: str | None) -> None:
    assert value({"source": written}, "source") == read


@pytest.mark.parametrize(
    ("written", "people"),
    [
        (["Greta Holm", "Otto Krantz"], ("Greta Holm", "Otto Krantz")),
        ([{"name": "Greta Holm"}], ("Greta Holm",)),
        ("Greta Holm; Otto Krantz", ("Greta Holm", "Otto Krantz")),
        ("Greta Holm, Otto Krantz", ("Greta Holm", "Otto Krantz")),
        ("Holm, Greta", ("Holm, Greta",)),
        ("Greta Holm", ("Greta Holm",)),
        (["A B", "A B"], ("A B",)),
        (None, ()),
    ],
)
def test_people_are_a_list_or_a_line(written: object, people: tuple[str, ...]) -> None:
    assert stated_in({"people": written}, "").people == people


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (1605607200, "2020-11-17"),
        (1605607200000, "2020-11-17"),
        (1605607200.5, "2020-11-17"),
        (20201117, "20201117"),
        (2020, "2020"),
    ],
)
def test_numbers_are_dates(written: float, read: str) -> None:
    assert (value({"date": written}, "date") or "").startswith(read)


def test_text_that_is_html_is_read_as_shown() -> None:
    assert record_of({"text": "<p>One &amp; two</p><p>three<br>four</p>"}, "").text == "One & two\n\nthree\nfour"
    assert record_of({"text": "AT&amp;T and 3 < 4"}, "").text == "AT&T and 3 < 4"
    assert record_of({"text": "Standard Oil <SRD> and <TL>"}, "").text == "Standard Oil <SRD> and <TL>"


def test_text_may_be_a_list_of_paragraphs() -> None:
    assert record_of({"paragraphs": ["one", "two"]}, "").text == "one\n\ntwo"


def test_two_records_of_one_id_are_two_articles() -> None:
    records = Records("a.jsonl")
    found = [records.draft({"id": "x", "text": "one"}), records.draft({"id": "x", "text": "two"})]
    keys = [draft.key for draft in found if isinstance(draft, Draft)]
    assert len(set(keys)) == 2
    assert keys[0] == Draft("a.jsonl", "other", number=9, record_id="x").key


def test_an_id_does_not_depend_on_the_place_in_the_file() -> None:
    one, other = Records("a.jsonl"), Records("a.jsonl")
    other.draft({"id": "y", "text": "before"})
    first, second = one.draft({"id": 7, "text": "t"}), other.draft({"id": 7, "text": "t"})
    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert first.key == second.key
    assert first.path != second.path


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=True) | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "text", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from([spellings[0] for spellings in SPELLINGS.values()]) | st.text(max_size=5), JSON, max_size=9
    )
)
def test_any_record_is_a_draft_or_a_reason(values: dict[str, Any]) -> None:
    made = Records("a.jsonl").draft(values)
    assert isinstance(made, Draft | Failure)
    if isinstance(made, Draft) and made.stated.source:
        assert "\n" not in made.stated.source.value


def test_the_people_that_a_record_lists_are_its_people() -> None:
    text = "Mayor Greta Holm met Nils Brandt on Monday. Holm said that Brandt had agreed."
    draft = Draft("a.jsonl", text, stated=stated_in({"people": ["Greta Holm", "Otto Krantz"]}, ""), number=1)
    found = {person.name: person for person in understand(draft).facts.people}
    assert list(found) == ["Greta Holm", "Otto Krantz"]
    assert {text[slice(*span)] for span in found["Greta Holm"].spans} == {"Greta Holm", "Holm"}
    assert found["Otto Krantz"].spans == ()
