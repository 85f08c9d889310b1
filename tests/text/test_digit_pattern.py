"""A digit is found wherever `\\d` finds one, and nowhere else."""

from __future__ import annotations

import re
import sys

from searcher.text.patterns import DIGIT


def test_it_is_every_decimal_digit() -> None:
    characters = "".join(map(chr, range(sys.maxunicode + 1)))
    assert re.findall(DIGIT, characters) == re.findall(r"\d", characters)
