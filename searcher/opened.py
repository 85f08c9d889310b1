"""One state of an archive's index with all that answering from it needs, each made when first asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.errors import ConfigError

if TYPE_CHECKING:
    from searcher.config import Config
    from searcher.model import Article, Damage
    from searcher.query.aliases import Aliases
    from searcher.search.context import Context
    from searcher.store.index import ArticleIndex
    from searcher.store.people import People

#: So long is looked for damage when an answer failed.
_SECONDS_TO_FIND_DAMAGE = 5.0


class Opened:
    """The last commit of an index, open, with the user's own files; any number of threads may ask.

    Args:
        index: where the index is.
        config: where the user's files are.

    Attributes:
        snapshot: the index as the commit left it.
    """

    def __init__(self, index: ArticleIndex, config: Config) -> None:
        self.snapshot = index.snapshot()
        self._index = index
        self._config = config

    @cached_property
    def people(self) -> People:
        """Who is who."""
        from searcher.store.people import People

        return People(self.snapshot, self._config.people_file)

    @cached_property
    def context(self) -> Context:
        """What queries run on."""
        from searcher.search.context import Context
        from searcher.store.kept_fingerprints import KeptFingerprints

        aliases = _read_aliases(self._config.aliases_file)
        kept = KeptFingerprints.of(self.snapshot)
        return Context(self.snapshot, self.people, aliases, shown_path=self._shown, fingerprints=kept)

    def article(self, article_id: str) -> Article:
        """Give an article by what a user calls it, its people under their names across the archive.

        Raises:
            ArticleMissingError: there is none, or there are several.
        """
        article = self.snapshot.article(self.snapshot.named(article_id))
        facts = article.facts.naming_people(self.people.name_of)
        return replace(article, path=self._shown(article.path), facts=facts)

    @cached_property
    def damage(self) -> Damage | None:
        """What is wrong with the index; None: nothing, as far as a few seconds tell."""
        from searcher.store.check import first_damage

        return first_damage(self._index, _SECONDS_TO_FIND_DAMAGE)

    def close(self) -> None:
        """Give back the files."""
        self.snapshot.close()

    def _shown(self, stored: str) -> str:
        from searcher.ingest.paths import shown_path

        return shown_path(stored, self._config.root, Path.cwd())


def _read_aliases(path: Path) -> Aliases:
    """Read the user's equal names; a file that is not there says nothing."""
    from searcher.query.aliases import read_aliases

    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        text = ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {path}: {error}", "make it a readable UTF-8 text file") from error
    return read_aliases(text, str(path))
