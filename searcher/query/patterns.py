"""Is this regular expression one that cannot run away? And what does it match?

Python's `re` tries alternatives one after another, so a small pattern can take longer than a life on a small word.
We admit patterns by an upper bound on the ways they can be tried: the product of their choices (an alternative counts
its branches, `?` two, an open repeat the length of a long word, a closed one its span), and refuse a repeat of what
itself has choices. What is left is fast on every word, and the error says what to change.
"""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST_PATTERN = 200
_MOST_WAYS = 200_000
_TOO_MANY = _MOST_WAYS + 1
_OPEN_REPEAT = 40
_REPEAT = re.compile(r"[*+?]|\{([0-9]{0,9})(,?)([0-9]{0,9})\}")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_SET_OPERATION = re.compile(r"(?<!\\)\[|--|&&|~~|\|\|")
_ESCAPED = re.compile(r"\\[^0-9A-Zacefghijklmnopqrtuvxyz]|\\[dwsDWSbB]|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}")


class PatternProblem(ValueError):  # noqa: N818  # becomes a QueryError once its place in the query is known
    """A regular expression that is wrong or may run away: what is wrong, and what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@lru_cache(maxsize=256)
def compile_regex(pattern: str) -> re.Pattern[str]:
    r"""Compile a pattern of the query language; use its `fullmatch` on folded words.

    Literals, `.`, classes, `\d \w \s`, groups, `|`, `? * + {m,n}` (and their lazy forms). No back references,
    look-around or flags. Case plays no part.

    Raises:
        PatternProblem: it is malformed, too long, or may run away.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise PatternProblem(f"the pattern is longer than {LONGEST_PATTERN} characters", "write a shorter one")
    _bound(pattern)
    try:
        return re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        reason = getattr(error, "msg", str(error))
        raise PatternProblem(f"the pattern is malformed: {reason}", "write it as in /pash(i|y)nian?/") from None


def _bound(pattern: str) -> None:
    ways, at = _alternatives(pattern, 0, 0)
    if at < len(pattern):
        raise PatternProblem("the pattern closes a group it does not open", r"write \) for the sign itself")
    if ways > _MOST_WAYS:
        raise PatternProblem("the pattern can match in too many ways", "use fewer of * + ? { and |")


def _alternatives(pattern: str, at: int, depth: int) -> tuple[int, int]:
    if depth > 10:
        raise PatternProblem("the pattern nests groups too deeply", "use fewer groups")
    total = 0
    while True:
        ways, at = _sequence(pattern, at, depth)
        total += ways
        if at >= len(pattern) or pattern[at] != "|":
            return min(total, _TOO_MANY), at
        at += 1


def _sequence(pattern: str, at: int, depth: int) -> tuple[int, int]:
    ways = 1
    while at < len(pattern) and pattern[at] not in "|)":
        piece, at = _piece(pattern, at, depth)
        repeat = _REPEAT.match(pattern, at)
        if repeat is not None:
            choices = _choices(repeat)
            if piece > 1 and repeat[0] != "?":
                raise PatternProblem(
                    "the pattern repeats a group that itself repeats or chooses", "take the inner * + ? { or | out"
                )
            piece = piece + 1 if repeat[0] == "?" else choices
            at = repeat.end()
            if pattern[at : at + 1] in {"?", "+"}:
                at += 1
        ways = min(ways * piece, _TOO_MANY)
    return ways, at


def _choices(repeat: re.Match[str]) -> int:
    if repeat[0] in {"*", "+"}:
        return _OPEN_REPEAT
    if repeat[0] == "?":
        return 2
    least, comma, most = repeat.groups()
    if max(int(least or 0), int(most or 0)) > 100:
        raise PatternProblem("the pattern repeats more than 100 times", "no word is that long")
    if not comma:
        return 1
    return max(1, int(most) - int(least or 0) + 1) if most else _OPEN_REPEAT


def _piece(pattern: str, at: int, depth: int) -> tuple[int, int]:
    sign = pattern[at]
    if sign == "(":
        if pattern.startswith("(?", at):
            if not pattern.startswith("(?:", at):
                raise PatternProblem("the pattern looks around or sets flags", "write plain groups: (a|b)")
            at += 2
        ways, at = _alternatives(pattern, at + 1, depth + 1)
        if at >= len(pattern):
            raise PatternProblem("the pattern does not close a group", r"write ) after it, or \( for the sign itself")
        return ways, at + 1
    if sign == "[":
        found = _CLASS.match(pattern, at)
        if found is None:
            raise PatternProblem("the pattern does not close a class", r"write ] after it, or \[ for the sign itself")
        if _SET_OPERATION.search(found[0], 1):
            raise PatternProblem("the pattern has a class that may mean two things", r"write \[ for the sign itself")
        return 1, found.end()
    if sign == "\\":
        found = _ESCAPED.match(pattern, at)
        if found is None:
            raise PatternProblem(
                f"the pattern has an escape that is not understood: {pattern[at : at + 2]}", r"write \\ for a backslash"
            )
        return 1, found.end()
    return 1, at + 1
