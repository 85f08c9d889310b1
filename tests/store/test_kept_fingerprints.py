"""Near-duplicates are the same ones, whether fingerprints are looked through or found in the orders kept of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.archive import Archive
from searcher.ingest.options import IndexOptions
from searcher.search.duplicates import Duplicates
from searcher.search.engine.impacts import Kept
from searcher.search.engine.whole import Whole
from searcher.store import derived, kept_fingerprints
from searcher.store.codec.columns import NumberColumn
from searcher.store.kept_fingerprints import KeptFingerprints, keep_fingerprints

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "The council of Velmora met on Monday and agreed that the old harbour bridge is to be closed for repairs until the "
    "spring, while ferries carry passengers and goods across the bay at no charge to those who live on its far side."
)


def whole(segments):
    return Whole(segments, Kept(1, lambda _: 1))


class Segment:
    """A segment of which only fingerprints are known."""

    def __init__(self, prints: list[int], base: int, live: list[bool] | None) -> None:
        self.base = base
        self.size = len(prints)
        self.live = None if live is None else np.array(live, np.bool_)
        self._prints = np.array(prints, np.int64)

    def numbers(self, _field: str) -> np.ndarray:
        return self._prints

    def some_numbers(self, _field: str, articles: np.ndarray) -> np.ndarray:
        return self._prints[articles]


class Leaf:
    """The same to those who keep them."""

    def __init__(self, name: str, prints: list[int]) -> None:
        self.name = name
        column = NumberColumn.__new__(NumberColumn)
        column.values = np.array(prints, np.int64)
        self.arrays = SimpleNamespace(article_count=len(prints), column=lambda _: column)

    def segment(self) -> SimpleNamespace:
        return SimpleNamespace(segment_id=lambda: self.name)


def snapshot(folder: Path, leaves: list[Leaf]) -> SimpleNamespace:
    bases = np.cumsum([0, *(leaf.arrays.article_count for leaf in leaves)]).tolist()

    class State(SimpleNamespace):
        def __len__(self) -> int:
            return bases[-1]

    return State(
        folder=folder,
        revision=1,
        reader=SimpleNamespace(leaf_readers=lambda: list(zip(leaves, bases[:-1], strict=True))),
    )


@pytest.fixture(autouse=True)
def small_archives_count(monkeypatch):
    monkeypatch.setattr(kept_fingerprints, "_MANY", 0)
    monkeypatch.setattr(kept_fingerprints.SegmentArrays, "of", lambda leaf: leaf.arrays)


BYTES = st.lists(st.integers(0, 3), min_size=8, max_size=8).map(bytes)
PRINTS = st.lists(BYTES.map(lambda octets: int.from_bytes(octets, "little", signed=True)), min_size=1, max_size=12)


@settings(max_examples=150)
@given(st.lists(PRINTS, min_size=1, max_size=4), st.data())
def test_the_same_are_found_as_by_looking_all_through(tmp_path_factory, drawn, data):
    folder = tmp_path_factory.mktemp("prints")
    leaves = [Leaf(f"segment{number}", prints) for number, prints in enumerate(drawn)]
    keep_fingerprints(snapshot(folder, leaves))
    # Since then segments went and came.
    there = [leaf for leaf in leaves if data.draw(st.booleans())]
    there.insert(data.draw(st.integers(0, len(there))), Leaf("new", data.draw(PRINTS)))
    segments, base = [], 0
    for leaf in there:
        prints = leaf.arrays.column("").values.tolist()
        live = data.draw(st.none() | st.lists(st.booleans(), min_size=len(prints), max_size=len(prints)))
        segments.append(Segment(prints, base, live))
        base += len(prints)
    kept = KeptFingerprints.of(snapshot(folder, there))
    assert (kept is None) == (len(there) == 1)
    numbers = np.array(data.draw(st.permutations(range(base))), np.int32)
    assert Duplicates(whole(segments), kept).of(numbers) == Duplicates(whole(segments)).of(numbers)


def test_damage_is_noticed_and_all_is_looked_through_instead(tmp_path):
    prints = [7, 7, 7 << 8, 1 << 60, *range(100, 5100)]
    leaf = Leaf("a", prints)
    keep_fingerprints(snapshot(tmp_path, [leaf]))
    path = derived.path_of(tmp_path, "fingerprints")
    content = path.read_bytes()
    one = whole([Segment(prints, 0, None)])
    numbers = np.arange(4, dtype=np.int32)
    expected = Duplicates(one).of(numbers)
    for place in range(0, len(content), 997):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x41]) + content[place + 1 :])
        duplicates = Duplicates(one, KeptFingerprints.of(snapshot(tmp_path, [leaf])))
        assert duplicates.of(numbers) == expected


def test_what_was_kept_is_kept_anew_when_too_much_came(tmp_path):
    first = Leaf("a", list(range(1, 101)))
    keep_fingerprints(snapshot(tmp_path, [first]))
    before = derived.header(tmp_path, "fingerprints")
    keep_fingerprints(snapshot(tmp_path, [first, Leaf("b", [5])]))
    assert derived.header(tmp_path, "fingerprints") == before
    keep_fingerprints(snapshot(tmp_path, [first, Leaf("b", [5] * 20)]))
    assert '"b"' in derived.header(tmp_path, "fingerprints")["segments"]


@pytest.mark.parametrize("content", [b"", b"{}\n", b'{"segments": "[1]"}\n', b'{"segments": "[[\\"a\\", 5]]"}\nabc'])
def test_rubbish_is_of_no_use(tmp_path, content):
    derived.path_of(tmp_path, "fingerprints").write_bytes(content)
    found = KeptFingerprints.of(snapshot(tmp_path, [Leaf("a", [1, 2, 3, 4, 5])]))
    assert found is None


def test_an_archive_keeps_them_when_it_is_indexed(tmp_path, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(kept_fingerprints, "_MANY", 0)
    for name, text in {"a": WORDS, "b": WORDS + " Nobody objected.", "c": WORDS[::-1]}.items():
        (tmp_path / f"{name}.txt").write_text(f"Bridge {name}\n\n{text}\n", "utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index([tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt"], options=IndexOptions(infer=False))
        assert derived.path_of(tmp_path / "index", "fingerprints").exists()
        first, second = archive.search("velmora").hits
        assert first.duplicates == (second.id,)
        assert archive.search("title:c").hits[0].duplicates == ()
        (tmp_path / "b.txt").unlink()
        archive.index([tmp_path / "b.txt", tmp_path / "a.txt"], options=IndexOptions(infer=False))
        assert all(hit.duplicates == () for hit in archive.search("velmora").hits[:1])
        assert archive.check().sound
