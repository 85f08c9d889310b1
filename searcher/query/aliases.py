"""Which names mean the same? A file of equal names, and a query's tree with each name's equals beside it.

A line holds names that mean the same: `Lachin = Laçın = Berdzor = Лачин`. Blank lines and what follows a `#` at a
line's start or after a space are passed over. Case and accents play no part in recognising a name in a query.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import islice, product
from typing import TYPE_CHECKING

from searcher.errors import ConfigError
from searcher.query import tree
from searcher.query.fields import Kind, field_named
from searcher.query.words import bare, evened, holds_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.model import Span

_COMMENT = re.compile(r"(?:^|\s)#.*")
_BETWEEN_WORDS = re.compile(r"[\s\-‐‑–]+")
_MOST_PHRASES = 32

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aliases:
    """Groups of names that mean the same, each in the file's order and spelling."""

    groups: tuple[tuple[str, ...], ...] = ()
    _by_key: dict[Key, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {_key(name): group for group in self.groups for name in group})

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def longest(self) -> int:
        """The number of words in the longest name."""
        return max(map(len, self._by_key), default=0)

    def of(self, words: str | Sequence[str]) -> tuple[str, ...]:
        """Give the other names of what these words name; none when they name nothing here."""
        key = _key(words if isinstance(words, str) else " ".join(words))
        return tuple(name for name in self._by_key.get(key, ()) if _key(name) != key)


def read_aliases(text: str, path: str = "") -> Aliases:
    """Read an alias file.

    Args:
        text: what the file holds.
        path: its name, for errors.

    Raises:
        ConfigError: a line that is no group of names, or a name that stands in two groups; says which line.
    """
    groups: list[tuple[str, ...]] = []
    seen: dict[Key, int] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        content = _COMMENT.sub("", line).strip()
        if not content:
            continue
        place = f"{path or 'the alias file'}, line {number}"
        names = tuple(" ".join(name.split()) for name in content.split("="))
        if len(names) < 2 or not all(map(holds_word, names)):
            raise ConfigError(f"{place}: not a group of names", "write names that mean the same as in Lachin = Berdzor")
        for name in names:
            first = seen.setdefault(_key(name), number)
            if first != number:
                raise ConfigError(f"{place}: {name} stands on line {first} already", "join the two lines into one")
        groups.append(names)
    return Aliases(tuple(groups))


def expand(node: tree.Node, aliases: Aliases) -> tree.Node:
    """Put beside each name in a tree the others that mean the same, joined by OR.

    Exact forms, patterns and close spellings are left as they are, and so is everything in the fields that hold
    names or values.
    """
    return _expand(node, aliases) if aliases else node


def _expand(node: tree.Node, aliases: Aliases) -> tree.Node:
    match node:
        case tree.Word(text=text):
            return _either(node, aliases.of(text), node.span)
        case tree.Phrase(text=text):
            return _phrases(node, text.split(), aliases)
        case tree.And(parts=parts):
            joined = list(_names_apart(parts, aliases)) if node.implicit else [_expand(part, aliases) for part in parts]
            return tree.conjunction(joined, node.span, implicit=node.implicit)
        case tree.Or(parts=parts):
            return tree.disjunction([_expand(part, aliases) for part in parts], node.span)
        case tree.Near(operands=operands):
            return replace(node, operands=tuple(_expand(operand, aliases) for operand in operands))
        case tree.In(field=name) if field_named(name).kind is not Kind.TEXT:
            return node
        case tree.In(node=inner) | tree.Not(node=inner) | tree.Boost(node=inner):
            return replace(node, node=_expand(inner, aliases))
        case _:
            return node


def _either(node: tree.Node, names: Sequence[str], span: Span) -> tree.Node:
    return tree.disjunction([node, *(_named(name, span) for name in names)], span)


def _named(name: str, span: Span) -> tree.Node:
    words = [evened(word) for word in name.split()]
    return tree.Word(words[0], span) if len(words) == 1 else tree.Phrase(" ".join(words), span)


def _names_apart(parts: Sequence[tree.Node], aliases: Aliases) -> Iterator[tree.Node]:
    """Find names of several words among words side by side: `european union` where `European Union = EU`."""
    at = 0
    while at < len(parts):
        for end in range(min(at + aliases.longest, len(parts)), at + 1, -1):
            run = parts[at:end]
            words = [part.text for part in run if isinstance(part, tree.Word)]
            if len(words) == len(run) and (names := aliases.of(words)):
                span = (run[0].span[0], run[-1].span[1])
                yield _either(tree.conjunction(run, span, implicit=True), names, span)
                at = end
                break
        else:
            yield _expand(parts[at], aliases)
            at += 1


def _phrases(node: tree.Phrase, words: list[str], aliases: Aliases) -> tree.Node:
    """Write a phrase with each of its names in all its spellings, up to a bound."""
    choices: list[list[str]] = []
    at = 0
    while at < len(words):
        for end in range(min(at + max(aliases.longest, 1), len(words)), at, -1):
            names = aliases.of(words[at:end])
            if names or end == at + 1:
                choices.append([" ".join(words[at:end]), *(" ".join(map(evened, name.split())) for name in names)])
                at = end
                break
    written = (" ".join(choice) for choice in islice(product(*choices), _MOST_PHRASES))
    return tree.disjunction([_named(phrase, node.span) for phrase in written], node.span)


def _key(name: str) -> Key:
    written = unicodedata.normalize("NFKC", " ".join(map(bare, name.split())))
    letters = unicodedata.normalize("NFKD", written.casefold().replace("ı", "i"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return tuple(word for word in _BETWEEN_WORDS.split(plain) if word)
