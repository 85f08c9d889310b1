"""What is kept beside the segments: found again, ignored when it is of another revision or damaged."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.errors import IndexDamagedError
from searcher.store import derived
from searcher.store.file_states import FileState, pack, unpack
from searcher.store.table import Table

TEXTS = st.text(st.characters(exclude_characters="\t\n\r", exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=60)
@given(st.dictionaries(TEXTS, TEXTS, max_size=30), st.lists(TEXTS, max_size=10))
def test_a_table_answers_as_a_dictionary(tmp_path_factory, texts, others):
    folder = tmp_path_factory.mktemp("table")
    Table.write(folder, "names", 3, texts)
    table = Table.open(folder, "names", 3)
    for key in [*texts, *others]:
        assert table.get(key) == texts.get(key)
    assert table.all() == texts
    assert Table.open(folder, "names", 4) is None


def test_a_table_answers_rightly_or_says_that_it_is_damaged(tmp_path):
    texts = {f"key {number}": f"text {number}" for number in range(40)}

    def one_by_one(table):
        return {key: table.get(key) for key in texts}

    Table.write(tmp_path, "names", 3, texts)
    path = derived.path_of(tmp_path, "names")
    written = path.read_bytes()
    refused = 0
    for place in range(len(written)):
        path.write_bytes(written[:place] + bytes([written[place] ^ 4]) + written[place + 1 :])
        table = Table.open(tmp_path, "names", 3)
        for read in (one_by_one, Table.all):
            try:
                assert table is None or read(table) == texts
            except IndexDamagedError as error:
                assert "names" in error.message
                refused += 1
    assert refused > len(written)
    path.write_bytes(written[:-5])
    assert Table.open(tmp_path, "names", 3) is None


def test_what_is_kept_is_of_one_revision(tmp_path):
    derived.write(tmp_path, "things", 7, ["a", 1], size=2)
    assert derived.header(tmp_path, "things") == {"revision": 7, "size": 2}
    assert derived.read(tmp_path, "things", 7) == ["a", 1]
    assert derived.read(tmp_path, "things", 8) is None
    assert derived.read(tmp_path, "nothing", 7) is None


def test_rubbish_counts_as_nothing(tmp_path):
    derived.write(tmp_path, "things", 7, ["a", 1])
    path = derived.path_of(tmp_path, "things")
    for content in (b"", b"{}", b"[]\n[]", b'{"revision": 7}\n{', b"\xff\xfe\n", b'{"revision": 7}'):
        path.write_bytes(content)
        assert derived.read(tmp_path, "things", 7) is None
        Table.open(tmp_path, "things", 7)
    assert unpack(["no", "states"]) == {}
    assert unpack({"a": 1, "b": [], "c": [5, ["only one"]], "d": [6]}) == {"d": FileState(6)}


def test_a_changed_byte_is_noticed_wherever_it_is(tmp_path):
    derived.write(tmp_path, "things", 7, ["a", 1], size=2)
    path = derived.path_of(tmp_path, "things")
    written = path.read_bytes()
    assert derived.is_sound(path)
    for place in range(len(written)):
        path.write_bytes(written[:place] + bytes([written[place] ^ 1]) + written[place + 1 :])
        assert not derived.is_sound(path)
        assert derived.read(tmp_path, "things", 7) is None


@given(st.integers(-(2**63), 2**63 - 1))
def test_file_states_come_back(stamp):
    from searcher.model import Failure

    states = {"a": FileState(stamp, (Failure("a#1", "no text"),)), "b": FileState(0)}
    assert unpack(pack(states)) == states
