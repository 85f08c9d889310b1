"""Writes a field of spellings; what its sections hold is told in `forms`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from searcher.store.codec.lexicon import LexiconWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from searcher.store.codec.sections_writer import SectionWriter

EXACT = "_exact"
"""A field of stems `f` has its spellings in the field `f_exact`."""

LOOSE = "/loose"
"""Spellings without a stem stand in a hidden field of their own."""


def number_codes(stems: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.int64]:
    """Number the spellings of each stem, the most frequent first, so that codes are small.

    Args:
        stems: of each entry.
        counts: how often each entry occurs.
    """
    order = np.lexsort((-counts, stems))
    ordered = stems[order]
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = ordered[1:] != ordered[:-1]
    firsts = np.flatnonzero(fresh)
    codes = np.empty(len(order), np.int64)
    codes[order] = np.arange(len(order)) - np.repeat(firsts, np.diff(np.append(firsts, len(order))))
    return codes


def write_forms(
    file: SectionWriter,
    name: str,
    of: str,
    forms: Sequence[bytes],
    *,
    entry_forms: NDArray[Any],
    entry_stems: NDArray[Any],
    entry_codes: NDArray[Any],
    entry_counts: NDArray[Any],
) -> dict[str, Any]:
    """Write the field of spellings `name` of the field `of`; give the facts to be kept about it.

    Args:
        file: written to.
        name: of the field of spellings.
        of: the field of stems.
        forms: distinct spellings in byte order.
        entry_forms: for each entry the number of its spelling, -1 for none: a stem without one keeps its code.
        entry_stems: its stem; those from the number of stems on count through the hidden field of loose spellings.
        entry_codes: its code among the stem's.
        entry_counts: how often it occurs.
    """
    lexicon = LexiconWriter()
    lexicon.add(forms)
    lexicon.finish(file, name)
    order = np.lexsort((entry_stems, entry_forms))
    nameless = int(np.count_nonzero(entry_forms < 0))
    named = order[nameless:]
    per_form = np.bincount(entry_forms[named], minlength=len(forms))
    starts = np.zeros(len(forms) + 1, np.int64)
    np.cumsum(per_form, out=starts[1:])
    if len(named) != len(forms):
        file.add(f"{name}/entries", starts.astype(np.uint32))
    file.add(f"{name}/stems", entry_stems[named].astype(np.uint32))
    file.add(f"{name}/codes", _narrow(entry_codes[named]))
    file.add(f"{name}/nameless/stems", entry_stems[order[:nameless]].astype(np.uint32))
    file.add(f"{name}/nameless/codes", _narrow(entry_codes[order[:nameless]]))
    occurrences = np.bincount(entry_forms[named], weights=entry_counts[named], minlength=len(forms))
    file.add(f"{name}/occurrences", occurrences.astype(np.uint32))
    return {"kind": "positions", "forms_of": of}


def _narrow(codes: NDArray[Any]) -> NDArray[Any]:
    return codes.astype(np.min_scalar_type(int(codes.max(initial=0))))
