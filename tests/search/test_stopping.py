"""A search stops when it is told to, or when its time is up, with what is known by then."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from searcher.errors import CancelledError
from searcher.model import Article
from searcher.query.tree import And, DateRange, Exact, Near, Node, Not, Or, Phrase, Wildcard, Word
from searcher.search.compiling.compile import compile_tree
from searcher.search.engine import occurrences, standing
from searcher.search.engine.execution import execute
from searcher.search.engine.stopping import Stop, TimeUpError

if TYPE_CHECKING:
    from searcher.search.context import Context

SEGMENTS = 4
ASKED: list[Node] = [
    Word("kabo"),
    And((Word("kabo"), Word("mido"))),
    Or((Word("kabo"), Word("mido"), Word("zeno"))),
    And((Word("kabo"), Not(DateRange("date", None, None)))),
    Phrase("kabo mido"),
    And((Word("zeno"), Not(Phrase("kabo mido")))),
    Near((Word("kabo"), Word("mido"), Word("zeno")), 3, ordered=False),
    Exact("kabo mido"),
    Near((Wildcard("k*"), Word("mido")), 3, ordered=False),
    And((Word("zeno"), Phrase("kabo mido"))),
    And((Word("zeno"), Near((Word("kabo"), Word("mido")), 3, ordered=True), Phrase("mido zeno"))),
    Or((Word("zeno"), Phrase("kabo mido"))),
    And((Phrase("kabo mido"), Not(Phrase("mido zeno")))),
]
BY_SEGMENT = Near((Exact("kabo"), Word("mido")), 2, ordered=False)


class Clock(Stop):
    """Time that is up when it has been looked at so many times."""

    left: int

    def __init__(self, left: int) -> None:
        super().__init__()
        object.__setattr__(self, "left", left)

    def poll(self) -> None:
        object.__setattr__(self, "left", self.left - 1)
        if self.left < 0:
            raise TimeUpError


@pytest.fixture(scope="module")
def context(make_context: Any) -> Context:
    texts = ["kabo mido zeno", "mido kabo", "kabo zeno mido", "kabo mido"] * 6
    articles = [Article(f"{number:016x}", f"{number}.txt", "", text, text) for number, text in enumerate(texts)]
    context: Context = make_context(articles, segments=SEGMENTS)
    return context


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_cancelled_search_ends_at_its_first_step(context: Context, asked: Node) -> None:
    flag = threading.Event()
    flag.set()
    with pytest.raises(CancelledError):
        execute(context.searcher, compile_tree(asked, context).query, stop=Stop(flag))


@pytest.fixture(params=[0, 1 << 40], ids=["rare", "frequent"])
def in_small_steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "FREQUENT", request.param)
    monkeypatch.setattr(occurrences, "AT_ONCE", 8)


@pytest.mark.usefixtures("in_small_steps")
@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_whenever_time_is_up_what_was_found_is_right(context: Context, asked: Node) -> None:
    node = compile_tree(asked, context).query
    whole = execute(context.searcher, node, limit=100)
    right = {(hit.number, hit.score) for hit in whole.best}
    for left in range(200):
        outcome = execute(context.searcher, node, limit=100, stop=Clock(left))
        assert {(hit.number, hit.score) for hit in outcome.best} <= right
        assert outcome.total == len(outcome.best)
        if outcome.complete:
            assert outcome == whole
            assert left > 0
            return
    pytest.fail("it asks for the time without end")


@pytest.mark.usefixtures("in_small_steps")
@pytest.mark.parametrize(
    "asked",
    [
        Phrase("kabo mido"),
        Near((Word("kabo"), Word("mido")), 3, ordered=False),
        Near((Wildcard("k*"), Wildcard("mi*")), 3, ordered=False),
        Near((Word("kabo"), Phrase("mido zeno")), 3, ordered=False),
        And((Word("zeno"), Phrase("kabo mido"))),
    ],
    ids=str,
)
def test_the_longer_words_are_looked_for_together_the_more_is_found(context: Context, asked: Node) -> None:
    node = compile_tree(asked, context).query
    execute(context.searcher, node)  # bits are made once, and while they are nothing is found
    outcomes = [execute(context.searcher, node, limit=100, stop=Clock(left)) for left in range(60)]
    totals = [outcome.total for outcome in outcomes]
    assert totals == sorted(totals)
    assert len({outcome.total for outcome in outcomes if not outcome.complete}) > 2
    assert outcomes[-1].complete


def test_what_takes_long_is_stopped_between_segments(context: Context) -> None:
    node = compile_tree(BY_SEGMENT, context).query
    totals = [execute(context.searcher, node, limit=100, stop=Clock(left)).total for left in range(4 * SEGMENTS)]
    assert totals[0] == 0
    assert totals == sorted(totals)
    assert totals[-1] == execute(context.searcher, node).total
    assert len(set(totals)) > 2


def test_a_phrase_is_stopped_between_some_articles_and_the_next(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looks_at_the_time() -> int:
        for left in range(100):
            if execute(context.searcher, node, limit=100, stop=Clock(left)).complete:
                return left
        return pytest.fail("it asks for the time without end")

    node = compile_tree(Phrase("kabo mido"), context).query
    before = execute(context.searcher, node, limit=100), looks_at_the_time()
    monkeypatch.setattr(occurrences, "AT_ONCE", 8)
    assert execute(context.searcher, node, limit=100) == before[0]
    assert looks_at_the_time() > before[1] + 2
