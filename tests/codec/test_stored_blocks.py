"""Stored fields in small blocks: dictionaries, blocks taken over as they are, blocks that lie about themselves."""

from __future__ import annotations

import io
import json
import random
import threading
import zlib

import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from searcher.errors import IndexDamagedError
from searcher.store.codec.sections import SectionFile
from searcher.store.codec.sections_writer import SectionWriter
from searcher.store.codec.stored import StoredReader
from searcher.store.codec.stored_json import decode, encode
from searcher.store.codec.stored_writer import StoredWriter

WORDS = [f"{first}{second}" for first in ("sen", "com", "rep", "gov", "tax") for second in ("ate", "mit", "ort", "ern")]


def file_of(write):
    stream = io.BytesIO()
    sections = SectionWriter(stream, "f")
    write(sections)
    sections.finish({})
    return SectionFile(stream.getvalue(), "f", "f")


def articles(count, seed=0, words=150):
    chance = random.Random(seed)  # noqa: S311 drawn again the same
    return [
        {"id": f"{seed}-{number}", "body": " ".join(chance.choices(WORDS, k=words)), "sum": chance.randbytes(500).hex()}
        for number in range(count)
    ]


def stored(*parts):
    """Give what reads these articles, each part added another way: lists one by one, readers as blocks."""
    writer = StoredWriter()
    for part in parts:
        if isinstance(part, StoredReader):
            assert writer.add_blocks(part)
        else:
            for fields in part:
                writer.add(encode(fields))
    return StoredReader(file_of(writer.finish))


@pytest.fixture(scope="module")
def many():
    return articles(4000)


@pytest.fixture(scope="module")
def large(many):
    return stored(many)


def test_an_article_inflates_little_but_itself(many, large):
    frame, size, count = large.frame(500)
    assert count <= 10
    assert size < 1 << 14
    assert large.compressed_bytes < sum(len(zlib.compress(encode(fields), 1)) for fields in many)
    assert large[1234] == many[1234]
    assert len(frame) < size


def test_few_articles_have_no_dictionary():
    assert stored(articles(5)).dictionary_bytes == 0


def test_articles_that_nothing_can_be_learnt_from_are_kept_as_well():
    chance = np.random.default_rng(1)
    different = [{"body": chance.bytes(40_000).hex()} for _ in range(40)]
    assert list(stored(different)) == different


def test_blocks_are_taken_over_with_their_dictionaries(many, large):
    few = articles(3, seed=1)
    both = stored(few, large, few, large)
    assert list(both) == [*few, *many, *few, *many]
    assert both.compressed_bytes == 2 * large.compressed_bytes + 2 * stored(few).compressed_bytes
    twice = stored(both)
    assert [twice[number] for number in (0, 3, 4003, 8005)] == [few[0], many[0], few[0], many[-1]]


def test_blocks_with_large_dictionaries_are_not_taken_over():
    small = stored(articles(400))
    assert small.dictionary_bytes
    assert not StoredWriter().add_blocks(small)
    assert not StoredWriter().add_blocks(stored(articles(3)))


@given(st.lists(st.integers(1, 12_000), max_size=40), st.booleans())
def test_articles_of_any_size_come_back(sizes, doubled):
    documents = [{"n": number, "body": ("ab c" * size)[:size]} for number, size in enumerate(sizes)]
    reader = stored(documents, documents) if doubled else stored(documents)
    assert list(reader) == documents * (1 + doubled)


def test_threads_read_at_once(many, large):
    wrong = []

    def read(seed):
        numbers = random.Random(seed).choices(range(len(many)), k=500)  # noqa: S311 drawn again the same
        wrong.extend(number for number in numbers if large[number] != many[number])

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def sections_of(frame, *, size, dictionary=b"", first=(0,), section="stored/frames"):
    def write(file):
        file.add(section, np.frombuffer(frame, np.uint8))
        file.add("stored/starts", np.array([0, len(frame)], np.uint32))
        file.add("stored/first", np.array([0, 1], np.uint32))
        file.add("stored/sizes", np.array([size], np.uint32))
        file.add("stored/dictionaries", np.frombuffer(dictionary, np.uint8))
        file.add("stored/dictionaries/starts", np.array([0, len(dictionary)], np.uint32))
        file.add("stored/dictionaries/first", np.array(first, np.uint32))

    return file_of(write)


def block(fields):
    text = encode(fields)
    return np.array([len(text)], "<u4").tobytes() + text


def test_deflated_blocks_of_the_first_format_are_read():
    content = block({"a": 1})
    reader = StoredReader(sections_of(zlib.compress(content), size=len(content), section="stored"))
    assert reader[0] == {"a": 1}
    assert reader.dictionaries == []
    assert not StoredWriter().add_blocks(reader)


def test_a_frame_that_would_take_more_than_it_should_is_refused():
    content = block({"a": "b" * 5000})
    frame = zstandard.ZstdCompressor().compress(content)
    assert StoredReader(sections_of(frame, size=len(content)))[0] == {"a": "b" * 5000}
    for broken, size in (
        (frame, len(content) - 1),
        (zstandard.ZstdCompressor(write_content_size=False).compress(content), len(content)),
        (frame[:-3], len(content)),
        (b"", 0),
        (b"no frame at all", 15),
        (zstandard.ZstdCompressor().compress(bytes(len(content))), len(content)),
    ):
        with pytest.raises(IndexDamagedError, match="block 0"):
            StoredReader(sections_of(broken, size=size))[0]


def test_dictionaries_that_are_none_or_serve_other_blocks_are_refused():
    content = block({"a": 1})
    frame = zstandard.ZstdCompressor().compress(content)
    hostile = zstandard.train_dictionary(4096, [encode(one) for one in articles(400)]).as_bytes()[:4] + b"\xff" * 4000
    with pytest.raises(IndexDamagedError, match="block 0"):
        StoredReader(sections_of(frame, size=len(content), dictionary=hostile))[0]
    for first in ((1,), (), (0, 0)):
        with pytest.raises(IndexDamagedError, match="dictionaries"):
            StoredReader(sections_of(frame, size=len(content), first=first))


@given(
    st.dictionaries(
        st.text(max_size=3), st.text() | st.text(alphabet='a\\"\n\t\r\x00\x1f\x7f\u2028\ud800é', max_size=9)
    )
)
def test_strings_are_json_whatever_they_hold(fields):
    assert decode(encode(fields)) == fields
    assert json.loads(encode(fields).decode("utf-8", "surrogatepass")) == fields or "$" in fields
