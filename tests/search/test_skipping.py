"""What is left packed changes nothing: the same best articles, in the same order, with the same scores and totals."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from searcher.model import Article, Fact, Facts, PartialDate
from searcher.query.tree import And, Boost, DateRange, In, Node, Not, Or, Wildcard, Word
from searcher.search.compiling.compile import compile_tree
from searcher.search.engine import collection, evaluation, occurrences, skipping
from searcher.search.engine.execution import execute
from searcher.search.engine.facets import FacetCounter, read_values
from searcher.search.engine.impacts import Kept
from searcher.search.engine.skipping import WordPostings

if TYPE_CHECKING:
    from searcher.search.context import Context

COUNT = 6_000
DAY = date(2001, 1, 1)
WORDS = [f"kabo{letter}" for letter in "abcdefgh"]


@pytest.fixture(scope="module")
def archive() -> list[Article]:
    chance = random.Random(11)  # noqa: S311 drawn again the same
    articles = []
    for number in range(COUNT):
        length = int(chance.lognormvariate(3, 0.8)) + 1
        words = chance.choices(WORDS, [1 / rank**1.5 for rank in range(1, 9)], k=length)
        title = " ".join(chance.choices(WORDS, k=chance.choice([0, 0, 0, 2])))
        known = Facts(date=Fact(PartialDate.of(DAY + timedelta(chance.randrange(900))), "stated", 1.0))
        facts = known if chance.random() < 0.9 else Facts()
        text = " ".join(words)
        articles.append(Article(f"{number:016x}", f"{number}.txt", title, text, text, facts=facts))
    return articles


@pytest.fixture(scope="module", params=[False, True], ids=["all", "some deleted"])
def context(archive: list[Article], make_context: Any, request: pytest.FixtureRequest) -> Context:
    removed = [article.id for article in archive[::7]] if request.param else []
    context: Context = make_context(archive, segments=3, removed=removed)
    return context


@pytest.fixture
def skipped(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Skip wherever it can be, and tell of each time whether it was."""
    monkeypatch.setattr(evaluation, "WORTH_SKIPPING", 1)
    monkeypatch.setattr(skipping, "_WORTH_LESS", 0)
    monkeypatch.setattr(skipping, "_TOO_NEAR", 1)
    told: list[bool] = []
    best = WordPostings.best

    def watched(self: WordPostings, *given: Any) -> Any:
        found = best(self, *given)
        told.append(found is not None)
        return found

    monkeypatch.setattr(WordPostings, "best", watched)
    return told


WITHIN = DateRange("date", DAY + timedelta(100), DAY + timedelta(300))
ASKED: list[Node] = [
    *map(Word, WORDS),
    In("body", Word(WORDS[1])),
    And((Word(WORDS[0]), WITHIN)),
    And((Word(WORDS[2]), WITHIN)),
    And((Word(WORDS[1]), Not(Word(WORDS[6])))),
    And((Word(WORDS[1]), Not(WITHIN), Not(In("title", Word(WORDS[2]))))),
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
@pytest.mark.parametrize("page", [(1, 0), (10, 0), (5, 7), (100, 0)], ids=str)
def test_the_best_are_those_of_all(
    context: Context, skipped: list[bool], asked: Node, page: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    limit, offset = page
    node = compile_tree(asked, context).query
    quick = execute(context.searcher, node, limit=limit, offset=offset)
    assert skipped == [True]
    monkeypatch.setattr(evaluation, "WORTH_SKIPPING", 10**9)
    assert quick == execute(context.searcher, node, limit=limit, offset=offset)


PAIRS = [And((Word(WORDS[one]), Word(WORDS[two]))) for one, two in ((0, 7), (1, 6), (2, 5), (7, 2))]


@pytest.mark.parametrize("asked", PAIRS, ids=str)
def test_looked_up_articles_score_as_in_the_whole_list(
    context: Context, asked: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = compile_tree(asked, context).query
    monkeypatch.setattr(collection, "DENSE_FROM", 1)
    monkeypatch.setattr(collection, "LOOKED_UP", 1)
    whole = execute(context.searcher, node, limit=500)
    monkeypatch.setattr(occurrences, "LONG", 0)
    assert execute(context.searcher, node, limit=500) == whole


SPREAD: list[Node] = [
    And((Word(WORDS[0]), Word(WORDS[1]))),
    And((Word(WORDS[0]), Word(WORDS[1]), Word(WORDS[2]), WITHIN)),
    And((Wildcard("kab*"), Word(WORDS[0]))),
    Or((Word(WORDS[0]), Word(WORDS[6]))),
    Or((Wildcard("*a"), Boost(Word(WORDS[1]), 2.0), In("title", Word(WORDS[2])))),
    Wildcard("kabo?"),
]


@pytest.mark.parametrize("asked", SPREAD, ids=str)
@pytest.mark.parametrize("counted", [False, True])
def test_what_is_added_up_over_all_articles_scores_as_in_lists(
    context: Context, asked: Node, monkeypatch: pytest.MonkeyPatch, *, counted: bool
) -> None:
    node = compile_tree(asked, context).query

    def found(reach: int) -> tuple[Any, Any]:
        monkeypatch.setattr(evaluation, "SPREAD_FROM", reach)
        monkeypatch.setattr(evaluation, "SPREAD_ALL_FROM", reach)
        monkeypatch.setattr(collection, "DENSE_FROM", reach)
        monkeypatch.setattr(collection, "SPELLED_FROM", reach)
        monkeypatch.setattr(context.collection, "_impacts", Kept(1, lambda _: 1))
        monkeypatch.setattr(context.collection, "_dense", Kept(1, lambda _: 1))
        years = FacetCounter("year", lambda part: read_values(part, "year", str))
        outcome = execute(context.searcher, node, limit=COUNT, counters=[years] if counted else [])
        return outcome, years.facet()

    lists, over_all = found(0), found(COUNT)
    assert [hit.number for hit in lists[0].best] == [hit.number for hit in over_all[0].best]
    assert [hit.score for hit in lists[0].best] == pytest.approx([hit.score for hit in over_all[0].best], rel=1e-5)
    assert lists[0].total == over_all[0].total == len(lists[0].best)
    assert lists[1] == over_all[1]


def test_most_blocks_are_left_packed(context: Context, skipped: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[int] = []
    postings = context.collection.whole.term_postings("body", WORDS[1].encode())
    in_blocks = type(postings).in_blocks

    def watched(self: Any, chosen: Any) -> Any:
        decoded.extend(chosen.tolist())
        return in_blocks(self, chosen)

    monkeypatch.setattr(type(postings), "in_blocks", watched)
    monkeypatch.setattr(skipping, "_AT_FIRST", 1)
    execute(context.searcher, compile_tree(In("body", Word(WORDS[1])), context).query, limit=2)
    assert skipped == [True]
    assert 0 < len(decoded) < postings.block_count / 2
    assert len(set(decoded)) == len(decoded)


def test_facets_count_all_and_not_the_best_alone(context: Context, skipped: list[bool]) -> None:
    node = compile_tree(And((Word(WORDS[1]), WITHIN)), context).query
    counter = FacetCounter("year", lambda part: read_values(part, "year", str))
    outcome = execute(context.searcher, node, limit=3, counters=[counter])
    assert skipped == [True]
    facet = counter.facet()
    assert sum(count for _, count in facet.counts) + facet.unknown == outcome.total
    assert outcome.total > len(outcome.best) == 3
