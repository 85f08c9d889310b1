"""The user's file of corrections, as the command line reads it."""

from __future__ import annotations


def test_a_line_that_cannot_be_read_is_warned_of_and_the_others_hold(searcher, copied, monkeypatch):
    monkeypatch.chdir(copied)
    (copied / "searcher-people.txt").write_text(
        "# who is who\njoin A and B\nmerge Olle Berg into Anna Lindqvist\n", encoding="utf-8"
    )
    found = searcher("query", "person:berg", "--format", "csv")
    assert found.code == 0
    warnings = [line for line in found.err.splitlines() if "searcher-people.txt" in line]
    assert len(warnings) == 1
    assert "searcher-people.txt:2: not a correction of people: join A and B" in warnings[0]
    merged = searcher("people", "lindqvist", "--format", "csv")
    assert "Olle Berg" in merged.out


def test_one_spelling_alone_is_not_merged_with_itself(searcher, copied, monkeypatch):
    monkeypatch.chdir(copied)
    refused = searcher("people", "merge", "Anna Lindqvist", "Anna Lindqvist")
    assert refused.code == 2
    assert "Anna Lindqvist: that is one human already" in refused.err
    assert not (copied / "searcher-people.txt").exists()


def test_merged_and_split_spellings_stand_in_the_file_in_the_order_given(searcher, copied, monkeypatch):
    monkeypatch.chdir(copied)
    assert searcher("people", "merge", "Anna Lindqvist", "Olle Berg", "Olle Berg").code == 0
    assert searcher("people", "split", "Olle Berg").code == 0
    assert (copied / "searcher-people.txt").read_text(encoding="utf-8").splitlines() == [
        "merge Olle Berg into Anna Lindqvist",
        "split Olle Berg",
    ]
    assert "Olle Berg" not in searcher("people", "lindqvist", "--format", "csv").out


def test_a_spelling_that_articles_use_beside_the_full_name_is_found_and_told_of(searcher, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(
        "Prime Minister Arman Petrosyan spoke in Yerevan on Monday. Mr Pertosyan said that he would stay.\n",
        encoding="utf-8",
    )
    assert searcher("index", "a.txt").code == 0
    assert "Arman Petrosyan" in searcher("people", "pertosyan").out
    assert searcher("query", "person:pertosyan").code == 0
    refused = searcher("people", "split", "Pertosyan")
    assert refused.code == 2
    assert "“Pertosyan” is Arman Petrosyan" in refused.err
