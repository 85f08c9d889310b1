"""People as they are kept beside the index: found as if all were read, good enough until a writer's next run."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.articles.facts import names
from searcher.articles.facts.corrections import Merge, Split
from searcher.articles.facts.resolution import Resolution, Sighting, named, resolve
from searcher.store import derived, kept_people, people
from searcher.store.kept_people import KeptPeople
from searcher.store.people import People, keep_people

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = ["anna", "ann", "karl", "k", "john", "nikol", "sergei", "sergey", "josé"]
FAMILY = ["petrova", "pashinyan", "pashinian", "lindqvist", "bush", "garcia", "путин", "path"]
NAMES = st.tuples(st.sampled_from(["", *GIVEN]), st.sampled_from(FAMILY)).map(" ".join).map(str.strip)
SEEN = st.dictionaries(NAMES, st.integers(1, 40), max_size=15)


def sightings(seen: dict[str, int]) -> dict[str, Sighting]:
    return {names.key(name): Sighting(names.key(name), n, ((name.title(), n),)) for name, n in seen.items()}


def found_out(seen: dict[str, int]) -> Resolution:
    return resolve(sightings(seen).values())


@settings(max_examples=60)
@given(SEEN, st.lists(NAMES, max_size=6))
def test_people_are_found_by_sound_as_if_all_were_read(tmp_path_factory, seen, asked):
    folder = tmp_path_factory.mktemp("people")
    resolution = found_out(seen)
    kept_people.write(folder, 3, 99, resolution, ())
    kept = KeptPeople.of(folder)
    assert kept.count == len(resolution.humans)
    assert kept.humans() == list(resolution.humans)
    assert kept.can_sound
    for text in [*asked, *seen, "nobody", ""]:
        assert named(text, kept.sounding) == resolution.named(text)
        human = resolution.human_of(names.key(text))
        assert kept.names.get(names.key(text)) == (human and human.name)


def test_what_is_kept_follows_a_users_lines_up_to_some(tmp_path):
    first, second = Merge(("A",), "B"), Split("C")
    kept_people.write(tmp_path, 3, 99, found_out({"ann lee": 1}), [first])
    kept = KeptPeople.of(tmp_path)
    assert kept.follow([first, second])
    assert kept.follow([first])
    assert not kept.follow([])
    assert not kept.follow([second])
    assert not kept.follow([second, first])
    assert kept.follow_all([first])
    assert not kept.follow_all([first, second])


def test_sounds_of_other_people_are_not_believed(tmp_path):
    kept_people.write(tmp_path, 3, 99, found_out({"ann lee": 1, "karl stone": 2}), ())
    before = derived.path_of(tmp_path, "sounds.table").read_bytes()
    kept_people.write(tmp_path, 3, 99, found_out({"karl stone": 2}), ())
    derived.path_of(tmp_path, "sounds.table").write_bytes(before)
    assert not KeptPeople.of(tmp_path).can_sound


@given(SEEN, st.lists(NAMES, min_size=2, max_size=3))
def test_further_lines_are_followed_as_if_from_the_beginning(seen, merged):
    # A merge parts nobody, so it may come after everything else.
    line = Merge(tuple(merged[1:]), merged[0])
    listed = sightings(seen)
    after = found_out(seen).corrected([line], listed.__getitem__)
    assert after.humans == resolve(listed.values(), [line]).humans


def test_a_split_spelling_is_somebody_else():
    listed = sightings({"karl stone": 5, "k stone": 2, "stone": 3})
    before = resolve(listed.values())
    assert [human.articles for human in before.humans] == [10]
    after = before.corrected([Split("K Stone")], listed.__getitem__)
    assert {human.name: human.articles for human in after.humans} == {"Karl Stone": 8, "K Stone": 2}


class State:
    """A state of an index of which only its people can be asked."""

    def __init__(self, folder: Path, revision: int, articles: int, seen: dict[str, int]) -> None:
        self.folder = folder
        self.revision = revision
        self._articles = articles
        self._seen = seen
        self.reader = SimpleNamespace(expand_prefix=lambda _, key: [f"{key}{key.strip().title()}".encode()])

    def __len__(self) -> int:
        return self._articles

    def numbers_of(self, _field: str, term: str) -> range:
        return range(self._seen.get(term.partition("\t")[0], 0))

    def frequencies(self, field: str):
        for key, count in self._seen.items():
            yield (key if field == "person" else f"{key}\t{key.title()}"), count


@pytest.fixture
def counted(monkeypatch):
    """How many keys people were found out from, each time that they were."""
    calls = []

    def counting(seen, corrections=()):
        listed = list(seen)
        if len(listed) > 1:
            calls.append(len(listed))
        return resolve(listed, corrections)

    monkeypatch.setattr("searcher.articles.facts.resolution.resolve", counting)
    monkeypatch.setattr(people, "_MANY", 100)
    return calls


@pytest.fixture
def lines(tmp_path):
    """The user's own file, which is not there."""
    return tmp_path / "people.txt"


SMITHS = {"karl stone": 60, "k stone": 20, "ann lee": 50}
LATER = {**SMITHS, "maria hill": 9}


def test_who_reads_a_large_archive_never_waits_for_people_to_be_found_anew(tmp_path, lines, counted):
    keep_people(State(tmp_path, 3, 200, SMITHS), lines)
    assert counted == [3]
    reading = People(State(tmp_path, 9, 260, LATER), lines)
    assert reading.human_of("k stone").name == "Karl Stone"
    assert reading.human_of("maria hill").name == "Maria Hill"
    assert reading.human_of("nobody known") is None
    assert reading.matching("stone") == ("k stone", "karl stone")
    assert reading.matching("maria hill") == ("maria hill",)
    assert len(reading) == 2
    assert counted == [3]
    keep_people(State(tmp_path, 9, 260, LATER), lines)
    assert counted == [3, 4]
    assert len(People(State(tmp_path, 9, 260, LATER), lines)) == 3


def test_a_writer_leaves_people_be_while_little_has_changed(tmp_path, lines, counted):
    keep_people(State(tmp_path, 3, 2000, SMITHS), lines)
    keep_people(State(tmp_path, 4, 2010, SMITHS), lines)
    assert counted == [3]


def test_people_of_a_small_archive_are_always_of_its_latest_state(tmp_path, lines, counted):
    keep_people(State(tmp_path, 3, 50, SMITHS), lines)
    assert len(People(State(tmp_path, 4, 51, LATER), lines)) == 3
    assert counted == [3, 4]


def test_people_of_another_archive_are_not_believed(tmp_path, lines, counted):
    keep_people(State(tmp_path, 3, 200, SMITHS), lines)
    People(State(tmp_path, 4, 900, SMITHS), lines).human_of("ann lee")
    People(State(tmp_path, 1, 200, SMITHS), lines).human_of("ann lee")
    assert counted == [3, 3, 3]


def test_a_users_new_line_is_followed_at_once(tmp_path, lines, counted):
    state = State(tmp_path, 3, 200, SMITHS)
    keep_people(state, lines)
    lines.write_text("merge Ann Lee into Karl Stone\n", "utf-8")
    reading = People(state, lines)
    assert reading.human_of("ann lee").name == "Karl Stone"
    assert [entry.articles for entry in reading.entries()] == [130]
    assert People(state, lines).human_of("ann lee").name == "Karl Stone"
    assert counted == [3]
    lines.write_text("", "utf-8")
    assert len(People(state, lines).entries()) == 2
    assert counted == [3, 3]
