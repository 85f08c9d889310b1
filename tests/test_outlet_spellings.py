"""One outlet under several spellings: shown under one name, counted once, found by any of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from searcher.archive import Archive
from searcher.config import Config

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def archive_of(folder: Path, sources: Sequence[str]) -> Archive:
    lines = [json.dumps({"text": f"The ferry number {n} left.", "source": name}) for n, name in enumerate(sources)]
    (folder / "articles.jsonl").write_text("\n".join(lines), "utf-8")
    archive = Archive.create(config=Config.of(folder / "index"))
    archive.index([folder / "articles.jsonl"])
    return archive


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        (("AP", "AP", "Reuters"), {"AP": 2, "Reuters": 1}),
        (("AP", "Associated Press", "The Associated Press", "Reuters"), {"Associated Press": 3, "Reuters": 1}),
        (("Gotham Gazette", "gotham gazette", "Gotham Gazette", "Herald"), {"Gotham Gazette": 3, "Herald": 1}),
    ],
)
def test_an_outlet_has_one_name(tmp_path: Path, stated: Sequence[str], shown: dict[str, int]) -> None:
    with archive_of(tmp_path, stated) as archive:
        page = archive.search("ferry", limit=10, facets=["source"])
        assert dict(page.facets["source"].counts) == shown
        assert {hit.source for hit in page.hits} == set(shown)
        assert archive.stats().sources == len(shown)
        for spelling in stated:
            name = next(hit.source for hit in archive.search(f'source:"{spelling}"', limit=10).hits)
            assert archive.search(f'source:"{spelling}"').total == shown[name]
