"""In which articles do words stand in a row or near each other, and how often? Joined through tables of places.

The places of some articles are laid out on a strip, each article where the one before ends, with room in between. A
table of the strip, small enough for the processor's cache, is marked where one word stands and read where another
does: two steps a place, where merging sorted lists takes many comparisons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from searcher.search.places import Placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Laid = NDArray[np.int64]

LONGEST = 1 << 20
"""How many places a strip has, if it is not one long article's."""

HALVING = 1.0
"""What it costs to halve the stretch in which a place is searched, if to lay one out costs 1; an article costs 8."""

_STEPS = 8
"""For a nearness within so many words the table is read word by word."""


class _Strip(NamedTuple):
    """Some of the articles, and where each begins."""

    articles: slice
    begins: Laid
    size: int

    def lay(self, part: Placed, back: int = 0) -> Laid:
        """Give the places of a word, so many words further back than it stands."""
        counts, positions = part.of_rows(self.articles).gathered()
        stops = np.cumsum(counts)
        laid = np.zeros(len(positions), np.int64)
        laid[0] = self.begins[0] - back
        laid[stops[:-1]] = self.begins[1:] - self.begins[:-1]
        np.cumsum(laid, out=laid)
        laid += positions
        return laid


def _strips(parts: Sequence[Placed], room: int, longest: int) -> Iterator[_Strip]:
    """Cut articles, which all parts have in common, into strips with so much room before and after each article."""
    lasts = np.maximum.reduce([part.positions[part.ends - 1] for part in parts])
    ends = np.cumsum(lasts + np.int64(1 + room))
    begins = ends - lasts - 1
    first, before = 0, 0
    while first < len(ends):
        stop = max(first + 1, int(ends.searchsorted(before + longest, "right")))
        end = int(ends[stop - 1])
        yield _Strip(slice(first, stop), begins[first:stop] - before, end - before + room)
        first, before = stop, end


def in_a_row(parts: Sequence[Placed], offsets: Sequence[int]) -> Placed:
    """Give where a first word stands so that each part, all of the same articles, stands `offsets` words after it."""
    sizes = list(map(_size, parts))
    rarest, *others = sorted(range(len(parts)), key=sizes.__getitem__)
    found = Placed.one_by_one(parts[rarest].articles, *parts[rarest].gathered())
    rows = np.arange(len(found.articles))
    for i in others:
        part = parts[i].of_rows(rows)
        join = _is_found_at if _is_searched(part, found.size) else _stands_at
        kept = join(found, part, offsets[i] - offsets[rarest])
        counts = found.count_chosen(kept)
        having = np.flatnonzero(counts)
        rows = rows[having]
        found = Placed.one_by_one(found.articles[having], counts[having], found.positions[kept])
        if not len(rows):
            break
    return found._replace(positions=found.positions - np.int32(offsets[rarest]))


def _size(part: Placed) -> int:
    return part.size


def _is_searched(part: Placed, count: int) -> bool:
    """Tell whether it is faster to search so many places among a word's than to lay all of them out."""
    longest = int((part.ends - part.begins).max())
    return HALVING * count * (1 + longest.bit_length()) < count + part.size + 8 * len(part.articles)


def _stands_at(found: Placed, part: Placed, offset: int) -> NDArray[np.bool_]:
    """Tell from which places on a word stands, so many words further on; both of the same articles."""
    kept = [np.empty(0, np.bool_)]
    table = np.zeros(0, np.bool_)
    for strip in _strips((found, part), abs(offset), LONGEST):
        table = table if len(table) >= strip.size else np.zeros(strip.size, np.bool_)
        word = strip.lay(part, offset)
        table[word] = True
        kept.append(table[strip.lay(found)])
        table[word] = False
    return np.concatenate(kept)


def _is_found_at(found: Placed, part: Placed, offset: int) -> NDArray[np.bool_]:
    """Tell the same of a word that stands in many more places, looking them up."""
    counts = found.ends - found.begins
    wanted = found.positions + np.int32(offset)
    stops = np.repeat(part.ends, counts)
    at = _search(part, np.repeat(part.begins, counts), stops, wanted)
    there: NDArray[np.bool_] = at < stops
    there &= part.positions.take(at, mode="clip") == wanted
    return there


def _search(
    part: Placed, starts: NDArray[np.int64], stops: NDArray[np.int64], wanted: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Give where in each stretch of positions the first stands that is not before the one wanted."""
    before = starts - 1
    step = 1 << (int((part.ends - part.begins).max()).bit_length() - 1)
    while step:
        probe = before + step
        is_before = part.positions.take(probe, mode="clip") < wanted
        is_before &= probe < stops
        before += is_before * step
        step >>= 1
    return before + 1


def count_near(
    parts: Sequence[Placed], times: Sequence[int], distance: int, *, ordered: bool
) -> NDArray[np.int64] | None:
    """Tell for each article, which all parts have, how many words begin a run with a word of each part.

    Args:
        parts: of the same articles.
        times: how many words of each part a run has.
        distance: how many words after a run's first one its last one may stand.
        ordered: only the first part begins one; of two words.

    Returns:
        int64; None where some parts have places in common, so that one word may not do for both.
    """
    if len(parts) == 2 and max(times) == 1 and _is_searched(max(parts, key=_size), min(map(_size, parts))):
        return _count_near_rare(parts, distance, ordered=ordered)
    leading = parts[:1] if ordered else parts
    near: list[list[NDArray[np.bool_]]] = [[] for _ in leading]
    by_table = distance <= _STEPS
    table = np.zeros(0, np.bool_)
    for strip in _strips(parts, distance, LONGEST if by_table else LONGEST * 4):
        table = table if len(table) >= strip.size else np.zeros(strip.size, np.bool_)
        words = [strip.lay(part) for part in parts]
        followed = [np.ones(len(word), np.bool_) for word in words]
        for j, other in enumerate(words):
            table[other] = True
            for i, word in enumerate(words):
                if i != j and table[word].any():
                    return None
                if i < len(leading) and i != j and times[j] == 1 and by_table:
                    followed[i] &= _marked_after(word, table, distance)
                elif i < len(leading) and times[j] > (i == j):
                    followed[i] &= _followed(word, other, distance, times[j] - (i == j))
            table[other] = False
        for i in range(len(leading)):
            near[i].append(followed[i])
    counted = [part.count_chosen(np.concatenate(chosen)) for part, chosen in zip(leading, near, strict=True)]
    counts: NDArray[np.int64] = np.sum(counted, axis=0)
    return counts


def _count_near_rare(parts: Sequence[Placed], distance: int, *, ordered: bool) -> NDArray[np.int64] | None:
    """Count runs of a rare word and one that stands in many more places, which are looked up around the rare one."""
    first_is_rare = parts[0].size <= parts[1].size
    rare, other = parts if first_is_rare else parts[::-1]
    counts, positions = rare.gathered()
    rare = Placed.one_by_one(rare.articles, counts, positions)
    starts, stops = np.repeat(other.begins, counts), np.repeat(other.ends, counts)
    here = _search(other, starts, stops, positions)
    there = here < stops
    if (other.positions.take(here, mode="clip") == positions)[there].any():
        return None
    total = np.zeros(len(counts), np.int64)
    if first_is_rare or not ordered:
        there &= other.positions.take(here, mode="clip") - positions <= distance
        total += rare.count_chosen(there)
    if not first_is_rare or not ordered:
        # Those before one place that are not already counted as before the place before.
        low = _search(other, starts, stops, positions - np.int32(distance))
        low[1:] = np.maximum(low[1:], here[:-1])
        total += np.diff(np.cumsum(here - low)[rare.ends - 1], prepend=0)
    return total


def _followed(here: Laid, others: Laid, distance: int, times: int) -> NDArray[np.bool_]:
    """Tell which places have so many others after them, near enough."""
    at = others.searchsorted(here, "right") + (times - 1)
    followed: NDArray[np.bool_] = others.take(at, mode="clip") - here <= distance
    followed &= at < len(others)
    return followed


def _marked_after(here: Laid, table: NDArray[np.bool_], distance: int) -> NDArray[np.bool_]:
    """Tell which places have a mark after them, near enough."""
    marked = table[here + 1]
    for step in range(2, distance + 1):
        marked |= table[here + step]
    return marked
