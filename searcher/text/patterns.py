"""Patterns that few texts need: compiled when first used, since a start would wait for all of them."""

from __future__ import annotations

import re
from typing import Any, cast

# Any decimal digit, as `\d` is, with a set of letters before the test: `re` looks for those many times faster.
# It is told what it is not: the many others would take long to compile.
DIGIT = r"[^\0-/:-\u065f](?<=\d)"

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


class _Later:
    """Stands for a pattern; what is used of it often is looked up once."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Give what is used as `re.compile(pattern, flags)` is, and does not compile before it is used."""
    return cast("re.Pattern[str]", _Later(pattern, flags))
