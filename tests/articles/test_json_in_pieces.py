"""A JSON file is read a piece at a time: what is read, and what is said of faults, is the same as of one piece."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.articles.drafts import Draft
from searcher.articles.limits import Limits
from searcher.articles.reading import read_stream
from searcher.errors import UnreadableError

LIMITS = Limits(article_megabytes=1)
PIECE = "searcher.articles.formats.encoding._PIECE"

records = st.lists(st.fixed_dictionaries({"text": st.text(min_size=1), "id": st.integers()}), max_size=6)
layouts = st.sampled_from(
    [
        json.dumps,
        lambda values: json.dumps(values, ensure_ascii=False, indent=1),
        lambda values: "\n".join(map(json.dumps, values)),
        lambda values: " , ".join(json.dumps(value, ensure_ascii=False) for value in values),
        lambda values: json.dumps({"status": 12.5, "articles": values}),
        lambda values: json.dumps([*values, 12, 345.25, True, None, "text"]),
    ]
)


def told(content, piece):
    """All that is read of a file, as text, or why it is not read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PIECE, piece)
        try:
            found = list(read_stream(io.BytesIO(content), name="a.json", shown_as="a.json", limits=LIMITS))
        except UnreadableError as error:
            return error.message
    return [repr(one) for one in found]


@settings(max_examples=150)
@given(records, layouts, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.integers(8, 40))
def test_pieces_are_read_as_one(values, layout, encoding, piece):
    content = layout(values).encode(encoding, "replace")
    assert told(content, piece) == told(content, 1 << 20)


@settings(max_examples=200)
@given(
    st.lists(st.fixed_dictionaries({"text": st.text(st.characters(codec="ascii"), min_size=1)}), max_size=6),
    layouts,
    st.integers(0, 400),
    st.sampled_from([b"", b"\\x", b"\0", b"}", b'"', b"[", b"nul", b"-"]),
    st.integers(20, 60),
)
def test_faults_are_told_where_they_are(values, layout, place, fault, piece):
    content = layout(values).encode()
    content = content[:place] + fault + content[place + 1 :]
    assert told(content, piece) == told(content, 1 << 20)


def test_a_list_may_be_larger_than_an_article_and_an_article_may_not():
    record = json.dumps({"text": "a story of the harbour " * 1000})
    content = f"[{','.join([record] * 100)}]".encode()
    assert len(content) > 2 * LIMITS.article_bytes
    found = list(read_stream(io.BytesIO(content), name="a.json", shown_as="a.json", limits=LIMITS))
    assert len(found) == 100
    assert all(isinstance(one, Draft) for one in found)
    large = json.dumps({"text": "long " * (1 << 20)})
    assert told(large.encode(), 1 << 16) == "larger than 1 MB"
    assert told(f"[{record}, {large}]".encode(), 1 << 16)[-1].count("larger than 1 MB; the rest of the file") == 1


def test_no_more_is_held_than_is_being_read(monkeypatch):
    monkeypatch.setattr(PIECE, 1 << 10)
    content = io.BytesIO(b"[" + b",".join([b'{"text": "one story"}'] * 10_000) + b"]")
    reading = read_stream(content, name="a.json", shown_as="a.json", limits=LIMITS)
    next(reading)
    assert content.tell() < 20_000


def test_another_encoding_is_noticed_in_a_later_piece(monkeypatch):
    monkeypatch.setattr(PIECE, 4096)
    texts = ["plain words only " * 20] * 20 + ["Москва и Ереван договорились. " * 20] * 20
    content = json.dumps([{"text": text} for text in texts], ensure_ascii=False).encode("cp1251")
    found = list(read_stream(io.BytesIO(content), name="a.json", shown_as="a.json", limits=LIMITS))
    assert [one.raw for one in found] == [text.strip() for text in texts]
