"""Under which names are people shown in articles that are read together, outside an archive?"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from searcher.articles.facts import names
from searcher.articles.facts.resolution import Sighting, resolve
from searcher.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from searcher.articles.facts.resolution import Resolution
    from searcher.model import Failure

# So many articles are held at once; names learnt from them serve those that follow.
_TOGETHER = 1000


def name_alike(read: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
    """Pass articles and failures on in order, each person under the name that all that is read together gives."""
    named: Counter[str] = Counter()
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    read = iter(read)
    while held := list(islice(read, _TOGETHER)):
        articles = [each for each in held if isinstance(each, Article)]
        for article in articles:
            for person in article.facts.people:
                key = names.key(person.name)
                named[key] += 1
                spelt[key].update(set(person.spellings))
        resolution = resolve(Sighting(key, count, tuple(spelt[key].items())) for key, count in named.items())
        for each in held:
            yield _named(each, resolution) if isinstance(each, Article) else each


def _named(article: Article, resolution: Resolution) -> Article:
    def name_of(name: str) -> str:
        human = resolution.human_of(names.key(name))
        return human.name if human else name

    return replace(article, facts=article.facts.naming_people(name_of))
