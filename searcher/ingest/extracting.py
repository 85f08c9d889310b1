"""Read files without indexing them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from searcher.articles.facts.spacy_names import check_model
from searcher.articles.reading import read_drafts, read_stream
from searcher.articles.understanding import understand
from searcher.errors import SearcherError
from searcher.ingest.naming import name_alike
from searcher.ingest.paths import absolute, shown_path
from searcher.ingest.walk import FoundFile, Walk
from searcher.model import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searcher.articles.drafts import Draft
    from searcher.articles.inference import Inference
    from searcher.articles.limits import Limits
    from searcher.model import Article

STANDARD_INPUT = "-"


def extract(
    paths: Iterable[str | Path], *, root: Path, stdin: IO[bytes], inference: Inference, limits: Limits
) -> Iterator[Article | Failure]:
    """Read the articles of files and folders, under the ids that they have in an archive at `root`.

    People are named as an archive of these articles would name them.

    Args:
        paths: files and folders; `-` is `stdin`.
        root: the archive's root, absolute.
        stdin: what `-` stands for.
        inference: how facts are inferred.
        limits: how much one file may ask of us.

    Raises:
        UsageError: the people model is not installed.
    """
    if inference.people_model is not None:
        check_model(inference.people_model)
    return name_alike(_read(paths, root, stdin, inference=inference, limits=limits))


def _read(
    paths: Iterable[str | Path], root: Path, stdin: IO[bytes], *, inference: Inference, limits: Limits
) -> Iterator[Article | Failure]:
    here = Path.cwd()
    for path in paths:
        if str(path) == STANDARD_INPUT:
            drafts = read_stream(stdin, name="", shown_as=STANDARD_INPUT, limits=limits)
            yield from _understand(drafts, STANDARD_INPUT, inference)
            continue
        for found in Walk(root).files([absolute(Path(path))]):
            if isinstance(found, FoundFile):
                drafts = read_drafts(found.path, shown_as=found.stored, limits=limits)
                articles = _understand(drafts, found.stored, inference)
            else:
                articles = iter([found])
            for article in articles:
                yield replace(article, path=shown_path(article.path, root, here))


def _understand(drafts: Iterator[Draft | Failure], name: str, inference: Inference) -> Iterator[Article | Failure]:
    try:
        for draft in drafts:
            yield draft if isinstance(draft, Failure) else understand(draft, inference)
    except SearcherError as error:
        yield Failure(name, error.message)
