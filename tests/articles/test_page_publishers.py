"""Which of a page's publishers is its outlet."""

from __future__ import annotations

import pytest

from searcher.articles.drafts import Statement
from searcher.articles.formats.publisher import choose


def chosen(*names: str, address: str | None = None) -> str | None:
    statement = choose([Statement(name, "meta tag") for name in names], address)
    return statement.value if statement else None


@pytest.mark.parametrize(
    ("names", "address", "expected"),
    [
        (("The Island Hour",), None, "The Island Hour"),
        (("islandhour", "The Island Hour"), "https://islandhour.example/a", "The Island Hour"),
        (("islandhour.example", "The Island Hour"), "https://islandhour.example/a", "The Island Hour"),
        (("Technology", "Island Hour"), "https://www.islandhour.example/a", "Island Hour"),
        (("Brandt Media Holding", "Lindholmer Tageblatt"), "https://lt.example/a", "Lindholmer Tageblatt"),
        (("Süd-Öland Post",), "https://suedoeland-post.example/a", "Süd-Öland Post"),
        (("© 2021 The Island Hour. All rights reserved.",), None, "The Island Hour"),
        (("The Island Hour | News from the north",), None, "The Island Hour"),
        (("朝日新聞デジタル",), "https://www.asahi.com/articles/x", "The Asahi Shimbun"),
        (("Mail Online",), "https://www.dailymail.co.uk/x", "Daily Mail"),
        (("The Japan News",), "https://japannews.yomiuri.co.jp/x", "The Japan News"),
        ((" | ",), "https://islandhour.example/a", None),
        ((), "https://islandhour.example/a", None),
    ],
)
def test_the_address_tells_which_name_is_meant(
    names: tuple[str, ...], address: str | None, expected: str | None
) -> None:
    assert chosen(*names, address=address) == expected
