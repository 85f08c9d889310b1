"""An archive that answers from memory: what the app asks of it, and how a test holds it up."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from datetime import date

from tui_waiting import LONGEST

from searcher.errors import ArticleMissingError, CancelledError, QueryError
from searcher.model import Bar, Explanation, Facet, Hit, IndexReport, Page, PartialDate, Stats, TermScore, Timeline

WORD = re.compile(r"\w+")
CLAUSE = re.compile(r'(NOT |-)?(\w+):("[^"]*"|\S+)')
FIELDS = {"source", "person", "date", "lang", "id", "mentions", "title"}


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
