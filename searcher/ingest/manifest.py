"""What the index knows of the files of a run, and what of them has changed since."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from searcher.articles.drafts import Draft
    from searcher.articles.inference import Inference
    from searcher.ingest.walk import FoundFile
    from searcher.store.file_states import FileState
    from searcher.store.snapshot import Snapshot

#: Raised when files are to be read again because we read them better now.
READING_VERSION = 8

#: The stamp of a file of which something could not be read: it is read again next time, and reported again.
UNFINISHED = 0


def stamp(file: FoundFile, inference: Inference) -> int:
    """Give a file's state as a signed 64-bit number; another state gives another number."""
    return _number(f"{file.modified} {file.size} {inference} {READING_VERSION}")


def digest(draft: Draft, inference: Inference) -> int:
    """Give all that an article is made from as a signed 64-bit number."""
    about = repr((draft.stated, draft.record_id, draft.key, inference, READING_VERSION))
    return _number(about, draft.raw, draft.story)


def _number(*texts: str | None) -> int:
    made = blake2b(digest_size=8)
    for text in texts:
        content = b"" if text is None else text.encode("utf-8", "surrogatepass")
        made.update(b"%d:" % (-1 if text is None else len(content)))
        made.update(content)
    return int.from_bytes(made.digest(), "big", signed=True) or 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """Files of the index by stored path: the state in which each was read, and how many articles it has."""

    stamps: dict[str, int] = field(default_factory=dict)
    articles: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshot: Snapshot, states: Mapping[str, FileState], sources: Collection[str]) -> Manifest:
        """Read the manifest out of the index.

        Args:
            snapshot: the index.
            states: files of which the state is known otherwise than by their articles.
            sources: stored paths of what is being indexed; no file elsewhere is in the manifest.
        """
        files = snapshot.files(sources)
        stamps = {name: state for name, (state, _) in files.items()}
        stamps.update((name, state.stamp) for name, state in states.items() if name in stamps)
        return cls(stamps, {name: count for name, (_, count) in files.items()})


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done.

    Attributes:
        read: files that are new or changed.
        unchanged: files that are neither.
        vanished: stored paths of files that are gone from the sources.
    """

    read: tuple[FoundFile, ...]
    unchanged: tuple[FoundFile, ...]
    vanished: tuple[str, ...]


def plan(
    manifest: Manifest,
    found: Iterable[FoundFile],
    unread: Sequence[str] = (),
    *,
    inference: Inference,
    full: bool,
) -> Plan:
    """Compare the files that are there with those that the index knows.

    Args:
        manifest: what the index knows of this run's sources.
        found: the files of this run's sources.
        unread: stored paths that could not be looked into; what the index knows from there is left alone.
        inference: how facts are inferred in this run.
        full: whether unchanged files are read again, too.
    """
    read: list[FoundFile] = []
    unchanged: list[FoundFile] = []
    there: set[str] = set()
    for file in found:
        there.add(file.stored)
        same = not full and manifest.stamps.get(file.stored) == stamp(file, inference)
        (unchanged if same else read).append(file)
    vanished = [name for name in manifest.stamps if name not in there and not _is_below(name, unread)]
    return Plan(tuple(read), tuple(unchanged), tuple(sorted(vanished)))


def _is_below(name: str, folders: Sequence[str]) -> bool:
    return any(folder in (".", name) or name.startswith(f"{folder.rstrip('/')}/") for folder in folders)
