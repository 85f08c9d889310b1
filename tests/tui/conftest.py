"""An archive that answers from memory, the app on top of it, and what tests of the UI wait for."""

from __future__ import annotations

import asyncio
import functools
import inspect
import re
import threading
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import pytest
import textual.app
import textual.pilot
from textual._context import active_app
from textual.app import App
from textual.widgets import Input

from searcher.errors import ArticleMissingError, CancelledError, QueryError
from searcher.model import (
    Article,
    Bar,
    Explanation,
    Facet,
    Fact,
    Facts,
    Hit,
    IndexReport,
    Mention,
    Page,
    PartialDate,
    Person,
    Stats,
    TermScore,
    Timeline,
)
from searcher.tui.screens import search
from searcher.tui.widgets import hit_list

WORD = re.compile(r"\w+")
CLAUSE = re.compile(r'(NOT |-)?(\w+):("[^"]*"|\S+)')
FIELDS = {"source", "person", "date", "lang", "id", "mentions", "title"}


LONGEST = 60  # seconds that a scenario may take, on a slow and busy machine too


def bounded(scenario):
    """Make a scenario that waits for what never comes fail, and say where every task of it waits."""

    @functools.wraps(scenario)
    async def timed(*args, **kwargs):
        running = asyncio.ensure_future(scenario(*args, **kwargs))
        await asyncio.wait({running}, timeout=LONGEST)
        if running.done():
            return running.result()
        waiting = "\n".join(_where(task) for task in asyncio.all_tasks() - {asyncio.current_task()})
        # What is cancelled may wait again while it tidies up: then it is cancelled again.
        for _ in range(20):
            if others := asyncio.all_tasks() - {asyncio.current_task()}:
                for task in others:
                    task.cancel()
                await asyncio.wait(others, timeout=0.2)
        return pytest.fail(f"still waiting after {LONGEST} seconds:\n{waiting}")

    return timed


def _where(task):
    frames = [f"{frame.f_code.co_filename}:{frame.f_lineno} {frame.f_code.co_name}" for frame in task.get_stack()]
    waits, awaited = task.get_coro(), []
    while waits is not None and (frame := getattr(waits, "cr_frame", None) or getattr(waits, "gi_frame", None)):
        awaited.append(f"{frame.f_code.co_name}:{frame.f_lineno}")
        waits = getattr(waits, "cr_await", None) or getattr(waits, "gi_yieldfrom", None)
    return f"{task.get_name()}: {' > '.join(awaited or frames)}"


def pytest_itemcollected(item):
    """Bound every scenario of this folder."""
    if inspect.iscoroutinefunction(getattr(item, "obj", None)):
        item.obj = bounded(item.obj)


def article(number, title, paragraphs, *, source=None, day=None, floor=None, people=(), url=None, language="en"):
    text = "\n".join(paragraphs)
    found = []
    for name in people:
        surname = name.split()[-1]
        spans = tuple(match.span() for match in re.finditer(re.escape(surname), text))
        found.append(Person(name, (name, surname), spans, 0.9))
    facts = Facts(
        source=Fact(source, "masthead", 0.95) if source else None,
        date=Fact(PartialDate.parse(day), "dateline", 0.9) if day else None,
        not_before=Fact(PartialDate.parse(floor), "latest day mentioned", 0.8) if floor else None,
        author=Fact("A. Writer", "byline", 0.9) if number == 1 else None,
        mentions=(Mention(PartialDate(2019, 3, 2), "2 March", (0, 3)),) if number == 1 else (),
        people=tuple(found),
    )
    return Article(
        id=f"{number:016x}", path=f"archive/{number:03}.txt", title=title, text=text, raw=f"MENU\n{title}\n{text}",
        language=language, url=url, facts=facts,
    )  # fmt: skip


def small_library():
    """A handful of invented articles, among them every awkward one."""
    return [
        article(1, "Harbour bridge opens after nine years of delay", [
            "The harbour bridge opened to traffic on Saturday, nine years after Mayor Ada Brandt promised it.",
            "“A bridge is a promise in steel,” Brandt told a crowd of some four thousand people.",
            "Engineer Tomas Lindqvist said that the bridge had been tested with forty loaded lorries.",
            "Tolls begin on 2 March. Residents of the old harbour cross free of charge for a year.",
        ], source="Harbour Gazette", day="2019-03-02", people=("Ada Brandt", "Tomas Lindqvist"),
            url="https://news.example/bridge"),
        article(2, "Council votes to keep the ferry", [
            "The council voted nine to four to keep the ferry, although the bridge will take most of its passengers.",
            "Mayor Ada Brandt abstained.",
        ], source="Harbour Gazette", day="2019-02-11", people=("Ada Brandt",)),
        article(3, "What a bridge costs a town", [
            "Every bridge is paid for twice: once in money and once in the shops of the shore that is left behind.",
            "Tomas Lindqvist, who drew the plans, disagrees.",
        ], source="Northern Post", floor="2019-03-02", people=("Tomas Lindqvist",)),
        article(4, "Storm closes the coast road", [
            "A storm closed the coast road for the third time this winter; the new bridge stayed open.",
        ], source="Northern Post", day="2019-11", people=()),
        article(5, "港に新しい橋が開通", [
            "新しい橋が土曜日に開通した。市長は四千人の前で演説した。",
        ], source="港新聞", day="2019-03-03", language="ja"),
        article(6, "[bold]Brackets[/bold] \x1b[31mand\x1b[0m other \u202etricks\u202c of the bridge trade", [
            "Z" + "\u0351" * 9 + "algo crossed the bri\u200bdge [/] with [link=x]markup[/link].",
        ], source="Prank[/]s Daily", people=()),
        article(7, "Letter to the editor", ["The ferry was better."], source="Harbour Gazette", day="2020", people=()),
    ]  # fmt: skip


def large_library(count=300):
    """Many small articles that all say `bridge`."""
    return [
        article(
            number,
            f"Bridge report number {number}",
            [f"Report {number} on the state of the bridge.", "Nothing else happened."],
            source=f"Paper {number % 7}",
            day=f"{2000 + number % 20}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            people=(f"Person {chr(65 + number % 5)}son",),
        )
        for number in range(1, count + 1)
    ]


class FakeArchive:
    """Answers as an archive does, from a list of articles.

    Attributes:
        hold: while cleared, searches wait (until they are cancelled or it is set).
        partial: answers say that the deadline passed.
    """

    def __init__(self, articles):
        self.articles = {found.id: found for found in articles}
        self.hold = threading.Event()
        self.hold.set()
        self.partial = False
        self.changed = False
        self.revision = 1
        self.asked = []
        self.closed = False
        self.reprints = {}

    # Matching: words and field clauses, all of which must hold.

    def _clauses(self, query):
        for match in CLAUSE.finditer(query):
            if match[2] not in FIELDS:
                raise QueryError(
                    f"There is no field “{match[2]}”", "did you mean source:?", query=query, span=match.span(2)
                )
        clauses = [(bool(m[1]), m[2], m[3].strip('"').rstrip(")")) for m in CLAUSE.finditer(query)]
        rest = CLAUSE.sub(" ", query)
        return clauses, [word.casefold() for word in WORD.findall(rest) if word not in {"AND", "OR", "NOT"}]

    @staticmethod
    def _holds(found, field, value):
        facts = found.facts
        if field == "source":
            return facts.source is not None and facts.source.value == value
        if field == "person":
            return any(value.casefold() in person.name.casefold() for person in facts.people)
        if field == "lang":
            return found.language == value
        if field == "id":
            return found.id == value
        if field == "title":
            return value.casefold() in found.title.casefold()
        if field == "mentions":
            return any(str(mention.value).startswith(value) for mention in facts.mentions)
        if value == "unknown":
            return facts.date is None
        if facts.date is None:
            return False
        first, _, last = value.partition("..")
        when = str(facts.date.value)
        if ".." not in value:
            return when.startswith(value)
        return first <= when[: len(first)] and (not last or when[: len(last)] <= last)

    def _matching(self, query):
        clauses, wanted = self._clauses(query)
        ids = {value for _, field, value in clauses if field == "id"}
        found = []
        for candidate in self.articles.values():
            if ids and " OR " in query:
                if candidate.id in ids:
                    found.append(candidate)
                continue
            text = f"{candidate.title}\n{candidate.text}".casefold()
            words = set(WORD.findall(text))
            if all(self._holds(candidate, field, value) != negated for negated, field, value in clauses) and all(
                word in words or word in text for word in wanted
            ):
                found.append(candidate)
        return found

    # What an archive offers

    def search(
        self,
        query,
        *,
        limit=10,
        offset=0,
        sort="relevance",
        explain=False,
        correct=True,
        cancel=None,
        **_,
    ):
        self.asked.append(query)
        held = time.monotonic()
        while not self.hold.wait(0.002):
            if cancel is not None and cancel.is_set():
                raise CancelledError("stopped")
            # A thread that never ends would keep the event loop from closing.
            assert time.monotonic() - held < LONGEST
        if cancel is not None and cancel.is_set():
            raise CancelledError("stopped")
        found = self._matching(query)
        if sort != "relevance":
            found.sort(key=lambda item: str(item.facts.date.value) if item.facts.date else "", reverse=sort == "newest")
        hits = tuple(
            self._hit(rank, item, query, explain=explain)
            for rank, item in enumerate(found[offset : offset + limit], offset + 1)
        )
        return Page(
            query=query, parsed=" AND ".join(query.split()), match="all",
            corrected="bridge" if correct and "brigde" in query else None, total=len(found),
            total_is_exact=not self.partial, took_ms=1.5, revision=self.revision, hits=hits, offset=offset,
        )  # fmt: skip

    def _hit(self, rank, found, query, *, explain=False):
        title_spans, text_spans = self.matches(found, query)
        snippet = found.text.replace("\n", " ")[:240]
        facts = found.facts
        explanation = Explanation((TermScore("bridge", "title", 1, 5, 2.5), TermScore("bridge", "body", 3, 6, 1.25)))
        return Hit(
            rank=rank, score=3.75, id=found.id, path=found.path, url=found.url, title=found.title,
            source=facts.source.value if facts.source else None, date=facts.date.value if facts.date else None,
            not_before=facts.not_before.value if facts.not_before else None,
            people=tuple(person.name for person in facts.people), language=found.language, words=9,
            duplicates=self.reprints.get(found.id, ()), snippet=snippet,
            highlights=tuple(span for span in text_spans if span[1] <= len(snippet)), title_highlights=title_spans,
            explanation=explanation if explain else None,
        )  # fmt: skip

    def article(self, article_id):
        try:
            return self.articles[article_id]
        except KeyError:
            raise ArticleMissingError("This article is not in the index any more") from None

    def matches(self, found, query):
        _, wanted = self._clauses(query)
        if not wanted:
            return (), ()
        pattern = re.compile("|".join(rf"\b{re.escape(word)}\w*" for word in wanted), re.IGNORECASE)
        return (
            tuple(match.span() for match in pattern.finditer(found.title)),
            tuple(match.span() for match in pattern.finditer(found.text)),
        )

    def facets(self, query, by, limit=10):
        counts = Counter()
        unknown = 0
        for found in self._matching(query):
            facts = found.facts
            values = {
                "source": [facts.source.value] if facts.source else [],
                "person": [person.name for person in facts.people],
                "year": [str(facts.date.value.year)] if facts.date else [],
                "language": [found.language] if found.language else [],
            }[by]
            counts.update(values)
            unknown += not values
        ordered = sorted(
            counts.items(), key=(lambda item: item[0]) if by == "year" else (lambda item: (-item[1], item[0]))
        )
        return Facet(by, tuple(ordered[-limit:] if by == "year" else ordered[:limit]), len(ordered) > limit, unknown)

    def timeline(self, query, period):
        starts = Counter()
        everything = Counter()
        undated = 0
        found = self._matching(query)
        length = {"year": 4, "month": 7}.get(period, 10)

        def start(item):
            when = item.facts.date.value.first
            return date.fromisoformat((when.isoformat()[:length] + "-01-01")[:10])

        for item in self.articles.values():
            if item.facts.date:
                everything[start(item)] += 1
        for item in found:
            if item.facts.date:
                starts[start(item)] += 1
            else:
                undated += 1
        bars = []
        if starts:
            at = min(starts)
            while at <= max(starts):
                bars.append(Bar(at, starts[at], everything[at]))
                if period == "year":
                    at = at.replace(year=at.year + 1)
                elif period == "month":
                    at = at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1)
                else:
                    at = date.fromordinal(at.toordinal() + 1)
        return Timeline(query, query, period, tuple(bars), undated, len(found))

    def related(self, article_id, limit=10):
        others = [found for found in self.articles.values() if found.id != article_id][:limit]
        hits = tuple(self._hit(rank, found, "") for rank, found in enumerate(others, 1))
        return Page("", "", "all", None, len(hits), True, 0.5, self.revision, hits)

    def complete(self, text, cursor):
        known = ["person:", "source:", 'source:"Harbour Gazette"', "bridge"]
        word = text[:cursor].split(" ")[-1]
        return [text[: cursor - len(word)] + item for item in known if word and item.startswith(word)]

    def refresh(self):
        changed, self.changed = self.changed, False
        return changed

    def index(self, **_):
        self.revision += 1
        return IndexReport(2, 1, 0, 4, (), len(self.articles), 0.1, self.revision)

    def stats(self):
        return Stats(
            "index", self.revision, len(self.articles), 1000, 3, 2, 5, PartialDate(2019), PartialDate(2020),
            (("en", 6),), 1, 1000, "memory",
        )  # fmt: skip

    def close(self):
        self.hold.set()
        self.closed = True


def search_screen(app):
    from searcher.tui.screens.search import SearchScreen

    screen = app.search_screen
    assert isinstance(screen, SearchScreen)
    return screen


async def quiet(*_):
    """Let every message under way arrive. Textual's own wait measures the CPU, which others use too."""
    app = active_app.get()
    still = 0
    for _ in range(1000):
        await asyncio.sleep(0)
        pumps = [app, *app.screen_stack, *(node for screen in app.screen_stack for node in screen.walk_children())]
        still = 0 if any(pump.message_queue_size for pump in pumps) else still + 1
        if still == 5:
            return


async def settled(pilot):
    """Wait until no work is under way and nothing waits for a pause to end."""
    app = pilot.app
    with app._context():
        for _ in range(2000):
            await quiet()
            if not app.is_running or not _pending(app):
                break
            await asyncio.sleep(0.003)
        await quiet()
    if app.is_running:
        app.screen._on_timer_update()


def _pending(app):
    """Timers of the search loop that are still to fire, and workers that run."""
    screens = [screen for screen in app.screen_stack if screen.is_mounted]
    timers = []
    for screen in screens:
        timers += [getattr(screen, name, None) for name in ("_completion_pause", "_follow_up_pause")]
        for hits in screen.query("HitList"):
            timers.append(hits._rest)
    # A screen that another one covers is laid out when it is shown again.
    if any(screen._callbacks or (screen is app.screen and screen._layout_required) for screen in screens):
        return True
    waiting = any(timer is not None and timer._task is not None and not timer._task.done() for timer in timers)
    return waiting or any(worker.is_running and worker.group not in app.calm for worker in app.workers)


@pytest.fixture(autouse=True)
def _still_and_quick(monkeypatch):
    """A cursor that blinks makes pictures differ."""
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.setattr(textual.app, "wait_for_idle", quiet)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", quiet)
    monkeypatch.setattr(search, "FOLLOW_UP_PAUSE", 0.01)
    monkeypatch.setattr(search, "COMPLETION_PAUSE", 0.005)
    monkeypatch.setattr(hit_list, "REST", 0.005)
    monkeypatch.setattr(hit_list, "REST_AFTER_ANSWER", 0.005)


@pytest.fixture
def library():
    return FakeArchive(small_library())


@pytest.fixture
def large():
    return FakeArchive(large_library())


def make_app(archive, **options):
    from searcher.tui import app as module
    from searcher.tui.app import SearcherApp
    from searcher.tui.opening import Opening

    module.LOOK_EVERY = 3600

    def build(on_event, cancel):
        return archive.index(on_event=on_event, cancel=cancel)

    opening = options.pop("opening", None) or Opening("index", ("articles",), "searcher index", lambda: archive, build)
    app = SearcherApp(opening, **options)
    app.calm = set()
    app.copied = []
    app.copy_to_clipboard = app.copied.append
    app.opened = []
    app.open_url = lambda url, **_: app.opened.append(url)
    return app


@pytest.fixture
def make():
    return make_app


@pytest.fixture
def settle():
    return settled


@pytest.fixture
def run():
    """Run an app on an archive, at a size, until its first answer is on screen."""

    @asynccontextmanager
    async def running(archive, size=(120, 40), **options):
        app = make_app(archive, **options)
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            pilot.settled = lambda: settled(pilot)

            async def type_keys(*keys):
                for key in keys:
                    await pilot.press(key)
                    await settled(pilot)

            async def resized(width, height):
                await pilot.resize_terminal(width, height)
                screen = pilot.app.screen
                for _ in range(1000):
                    region = screen.focused.region
                    if tuple(screen.size) == (width, height) and region.right <= width and region.bottom <= height:
                        break
                    await asyncio.sleep(0.003)
                await settled(pilot)

            async def searched(*keys):
                """Type words, and go to the results."""
                await type_keys(*keys, "enter")

            async def reading():
                """Open the first of the articles that say `bridge`."""
                await type_keys(*"bridge", "enter", "enter")
                return pilot.app.screen.query_one("#article")

            pilot.search = lambda: search_screen(pilot.app)
            pilot.hits = lambda: pilot.search().query_one("#hits")
            pilot.line = lambda: pilot.search().query_one("#query")
            pilot.found = lambda: [pilot.search().results.hit(at) for at in range(len(pilot.search().results))]
            pilot.heading = lambda: str(pilot.app.screen.query_one("#heading").visual)
            pilot.searched, pilot.reading = searched, reading
            pilot.type = type_keys
            pilot.make, pilot.settle = make_app, settled
            pilot.resized = resized
            yield pilot

    return running


@pytest.fixture
def with_reprints(library):
    library.reprints = {f"{1:016x}": (f"{2:016x}", f"{3:016x}")}
    library.articles[f"{1:016x}"] = replace(library.articles[f"{1:016x}"])
    return library


@pytest.fixture
def acting(request, run, library, monkeypatch):
    """Run an app whose keys must do what the test's mark `does` says."""
    performed = set()
    dispatch = App._dispatch_action

    async def noted(self, namespace, action_name, params):
        performed.add(action_name)
        return await dispatch(self, namespace, action_name, params)

    monkeypatch.setattr(App, "_dispatch_action", noted)

    @asynccontextmanager
    async def running():
        async with run(library, size=(120, 30)) as pilot:
            yield pilot
        assert {name for mark in request.node.iter_markers("does") for name in mark.args} <= performed

    return running
