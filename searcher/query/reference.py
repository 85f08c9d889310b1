"""What can a person write, and what does it find? The one table behind README, the documentation and the `?` help.

Every example is a whole query that parses; a test sees to it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        written: examples, each a whole query.
        finds: what they find; plain text, with examples between backticks.
        topic: the heading it stands under.
    """

    written: tuple[str, ...]
    finds: str
    topic: str


ROWS: tuple[Row, ...] = (
    Row(("lachin corridor",), "both words, in any form (`corridors`); a word in the title counts more", "Words"),
    Row(('"lachin corridor"',), "the phrase", "Words"),
    Row(("=Corridors", '="Peace Deal"'), "exactly this spelling and case, no stemming, no aliases", "Words"),
    Row(("corridor*", "*stan", "pash?nyan"), "wildcards: `*` any letters, `?` one", "Words"),
    Row(("/pash(i|y)nian?/",), "a regular expression for a whole word", "Words"),
    Row(("pashinian~", "pashinian~2"), "close spellings: one letter differs, or two", "Words"),
    Row(
        ("10:30", "https://x.org/y", "Karabakh: what next?", "02091-C-71", '"AND"', '"soruce:ap"'),
        "just words; quotes make words of anything",
        "Words",
    ),
    Row(("lachin AND corridor", "lachin && corridor"), "both, as with nothing between them", "Together"),
    Row(("lachin OR berdzor", "lachin || berdzor"), "either; AND binds tighter than OR", "Together"),
    Row(("putin NOT erdogan", "putin -erdogan"), "the one without the other", "Together"),
    Row(("(lachin OR berdzor) corridor",), "parentheses group", "Together"),
    Row(("+lachin corridor road",), "with `--match any`: a word that must be there", "Together"),
    Row(("lachin NEAR/5 corridor", '"lachin corridor"~5'), "within five words of each other, either order", "Together"),
    Row(("peace ADJ/5 deal",), "within five words, in this order", "Together"),
    Row(("lachin^2 corridor",), "the word weighs twice as much", "Together"),
    Row(("title:putin", "title:(lachin corridor)", "body:corridor"), "in the title, in the story", "Fields"),
    Row(('source:"Daily Sabah"', "source:reuters/ap"), "who published it; a slash between names: either", "Fields"),
    Row(("person:pashinyan", "person:putin/aliyev"), "a human being, however spelt", "Fields"),
    Row(("author:smith", "lang:en"), "who wrote it; its language", "Fields"),
    Row(
        ("path:seeds/*", "url:*example.org*", "id:1f9b75f18dc64c2e"),
        "where it lies, as written; `*` any characters",
        "Fields",
    ),
    Row(("source:*", "NOT source:*"), "the source is known, is unknown; so for every field", "Fields"),
    Row(("date:2020", "date:2020-11", "date:2020-11-09", "date:2020-Q4", "date:nov 2020"), "published then", "Dates"),
    Row(
        ("date:2020-11-09..2020-11-20", "date:..2020", "date:2020-11..", "date:[2020 TO 2021]"),
        "published between; inexact ends are widened outward",
        "Dates",
    ),
    Row(("date:>=2020-11", "date:<2020"), "from then on; before then", "Dates"),
    Row(("after:2020-11", "before:2020-11-20"), "from its first day on; until its last day", "Dates"),
    Row(
        ("date:yesterday", 'date:"last week"', "date:3m..", "date:3m", "date:monday"),
        "natural and relative dates: `3d`, `2w`, `3m`, `1y` count back from today",
        "Dates",
    ),
    Row(("date:unknown",), "no publication date is known", "Dates"),
    Row(("mentions:2020-11-09", "mentions:2020-11"), "speaks of that day, of that month", "Dates"),
)


def markdown_table() -> str:
    """Give the table as Markdown, as it stands in README."""
    lines = ["| you write | it finds |", "|---|---|"]
    for row in ROWS:
        written = ", ".join(f"`{example.replace('|', chr(92) + '|')}`" for example in row.written)
        lines.append(f"| {written} | {row.finds} |")
    return "\n".join(lines)
