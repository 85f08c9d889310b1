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
