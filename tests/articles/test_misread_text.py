"""What was misread before it was saved is mended; what only looks odd stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.articles.formats.visible import visible
from searcher.articles.reading import read_drafts
from searcher.articles.understanding import understand
from searcher.model import Article

if TYPE_CHECKING:
    from pathlib import Path


def misread(text: str) -> str:
    """Read UTF-8 as Windows-1252, as browsers do: bytes that mean nothing there become control characters."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )


@pytest.mark.parametrize(
    "text",
    [
        "VELMORA – Mayor Anna Holm’s plan is “good”, she said.",
        "La société générale a décidé qu’elle coûte 5 £.",
        "Премьер-министр приехал в Москву.",
        "قال رئيس الوزراء",
        "首相は東京で会談した。",
    ],
)
def test_text_misread_once_is_mended(text: str) -> None:
    assert misread(text) != text
    assert visible(misread(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "„Spaß“ sagte er",
        "« QUALITÉ » dit-il",
        "ESPAÑA: “SEÑAL”",
        "SÃO PAULO — ÂNGELA",
        "È vero»… disse",
        "Đà Nẵng – Huế",
    ],
)
def test_text_that_only_looks_odd_stays(text: str) -> None:
    assert visible(text) == text


def test_one_misread_line_is_mended_beside_right_ones() -> None:
    right = "Пашинян сказал «да»."
    assert visible(f"{right}\n{misread('Anna Holm’s café')}\n{right}") == f"{right}\nAnna Holm’s café\n{right}"


def test_names_and_places_are_read_in_a_misread_article(tmp_path: Path) -> None:
    text = "A bridge opens\n\nVELMORA (Reuters) – “The bridge is Anna Holm’s work,” said Mayor Carl Berg.\n"
    path = tmp_path / "a.txt"
    path.write_text(misread(text), encoding="utf-8")
    articles = [understand(draft) for draft in read_drafts(path)]
    assert all(isinstance(article, Article) for article in articles)
    assert [(a.facts.source and a.facts.source.value, [p.name for p in a.facts.people]) for a in articles] == [
        ("Reuters", ["Anna Holm", "Carl Berg"])
    ]
