"""A history of commits that can be told again: what each one adds, changes and removes follows from its number."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from searcher.model import Article
from searcher.store.check import check
from searcher.store.documents import Origin
from searcher.store.file_states import FileState
from searcher.store.index import ArticleIndex

WORDS = "lachin corridor peace talks vienna bridge harbour minister treaty border river winter".split()
#: Every so many commits the index is built anew.
ANEW = 17


def change(number, texts):
    """Give the articles that commit `number` adds or replaces, by their own number, and those it removes."""
    chance = random.Random(number)  # noqa: S311 told again the same
    kept = [] if number % ANEW == 0 else sorted(texts)
    removed = {one for one in kept if chance.random() < 0.15}
    replaced = [one for one in kept if one not in removed and chance.random() < 0.1]
    fresh = [number * 100 + place for place in range(chance.randrange(1, 8))]
    length = 4000 if number % 5 == 0 else 40  # some files of many pages
    added = {one: " ".join(chance.choices(WORDS, k=length)) + f" {number}" for one in (*replaced, *fresh)}
    return added, removed


def texts_after(count):
    """Give what the index holds after each of the first `count` commits; the first of all states is empty."""
    states = [{}]
    for number in range(1, count + 1):
        added, removed = change(number, states[-1])
        before = {} if number % ANEW == 0 else states[-1]
        states.append({one: text for one, text in before.items() if one not in removed} | added)
    return states


def commit_next(index, texts):
    """Make the next commit; give its number and what the index then holds."""
    with index.writer() as writer:
        number = writer.revision + 1
        added, removed = change(number, texts)
        before = texts
        if number % ANEW == 0:
            writer.clear()
            before = {}
        writer.remove(identity(one) for one in {*removed, *(added.keys() & before.keys())})
        for one, text in added.items():
            writer.add(Article(identity(one), f"{one}.txt", f"Title {one}", text, text), Origin(f"{one}.txt", one, one))
        assert writer.commit() == number
        writer.save_file_states({"a.txt": FileState(number)})
    return number, {one: text for one, text in before.items() if one not in removed} | added


def identity(number):
    return f"{number:016x}"


def held(folder):
    """Give the last commit's number, what it holds as a reader finds it, and what `check` says is wrong."""
    index = ArticleIndex.open(folder)
    with index.snapshot() as snapshot:
        articles = [snapshot.article(number) for number in snapshot.numbers()]
        texts = {int(article.id, 16): article.text for article in articles}
        assert len(texts) == len(articles)
        found = {int(snapshot.article(one).id, 16) for one in snapshot.numbers_of("body", "lachin")}
        assert found == {one for one, text in texts.items() if "lachin" in text}
    return snapshot.revision, texts, [f"{damage.part}: {damage.reason}" for damage in check(index).damages]


def main(folder):
    """Make commits until ended; tell the number of each."""
    index = ArticleIndex.open(folder)
    revision, texts, _ = held(folder)
    while True:
        revision, texts = commit_next(index, texts)
        print(revision, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
