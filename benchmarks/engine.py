"""How do we compare? The same articles indexed and asked by us, Whoosh, SQLite FTS5, Xapian and Tantivy in one sitting.

    python benchmarks/engine.py CORPUS [--articles N] [--queries N] [--only ours,tantivy] [--whoosh-every 10]

CORPUS is a `.jsonl` or `.jsonl.xz` of records with `text`, and where known `date` and `source`; SEARCHER_DATA names the
folder of corpora when it is left out. Each engine builds and answers in a process of its own, one after the other.
Articles are ready: read into memory as records before the clock starts. Peak memory is that of the building process
and its largest child, less what reading the records took. A query is timed from the engine's own query object to the
numbers or ids of its ten best hits. Words are drawn from the texts, so that a word comes as often as it is used.
Engines that are not installed are left out, saying so (`pip install tantivy`; `apt install python3-xapian`).
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

WORD = re.compile(r"[A-Za-z]{3,}")
KINDS = ("word", "and", "or", "phrase", "prefix", "dates", "newest", "facets")
NAMES = {
    "word": "one word",
    "and": "AND of 2",
    "or": "OR of 3",
    "phrase": "phrase of 2",
    "prefix": "prefix of 4",
    "dates": "word, date range",
    "newest": "word, newest first",
    "facets": "word, sources counted",
}


def records(path: Path, most: int) -> list[dict]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        found = [json.loads(line) for _, line in zip(range(most), lines, strict=False)]
    for number, record in enumerate(found):
        record["id"] = f"{number:08}"
        try:
            record["day"] = date.fromisoformat((record.get("date") or "")[:10]).toordinal()
        except ValueError:
            record["day"] = None
        record["source"] = record.get("source") or record.get("senator") or "unknown"
    return found


def draw(articles: list[dict], count: int, seed: int) -> dict[str, list]:
    chance = random.Random(seed)  # noqa: S311 drawn again the same

    def words(number: int) -> list[str]:
        while True:
            found = [word.lower() for word in WORD.findall(chance.choice(articles)["text"])]
            if len(found) > number:
                return chance.sample(found, number)

    def phrase() -> list[str]:
        while True:
            pair = re.search(r"\b([a-z]{3,}) ([a-z]{3,})\b", chance.choice(articles)["text"][chance.randrange(500) :])
            if pair:
                return list(pair.groups())

    days = sorted(one["day"] for one in articles if one["day"]) or [date(2000, 1, 1).toordinal()]
    made = {
        "word": lambda: words(1),
        "and": lambda: words(2),
        "or": lambda: words(3),
        "phrase": phrase,
        "prefix": lambda: [words(1)[0][:4]],
        "dates": lambda: [*words(1), *sorted(chance.choices(days, k=2))],
        "newest": lambda: words(1),
        "facets": lambda: words(1),
    }
    return {kind: [make() for _ in range(count)] for kind, make in made.items()}


# Engines: `build(articles, folder)`, and `asker(folder)` giving a function from (kind, words, with totals) to a call.


def _build_part(job):  # a process of its own: one half of the articles
    from searcher.store.building import ArticleBuilder
    from searcher.store.documents import Document

    folder, articles, memory = job
    builder = ArticleBuilder(Path(folder), memory=memory)
    segments = []
    for start in range(0, len(articles), 500):
        builder.add(
            [
                Document(
                    id=one["id"],
                    language="en",
                    stored={"id": one["id"], "path": one["id"], "body": one["text"]},
                    texts={"body": one["text"]},
                    terms={"id": one["id"], "source": one["source"], "first_day": one["day"], "last_day": one["day"]},
                    columns={
                        "id": one["id"],
                        "source": one["source"],
                        "first_day": one["day"],
                        "last_day": one["day"],
                    },
                )
                for one in articles[start : start + 500]
            ]
        )
        if builder.is_full:
            segments.append(builder.finish())
    last = builder.finish()
    return segments + ([last] if last else [])


class Ours:
    """Whoosh's index with our codec, built by two processes, answered by `searcher.search`."""

    def build(self, articles, folder):
        import multiprocessing

        from whoosh.index import TOC

        from searcher.store.schema import INDEX_NAME, article_schema
        from searcher.store.storage import DurableStorage

        storage = DurableStorage(folder)
        TOC.create(storage, article_schema(), INDEX_NAME)
        cores = min(os.cpu_count() or 1, 2)
        size = -(-len(articles) // cores)
        jobs = [(str(folder), articles[at : at + size], 400 << 20) for at in range(0, len(articles), size)]
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            segments = [segment for part in pool.map(_build_part, jobs, chunksize=1) for segment in part]
        TOC(article_schema(), segments, 1).write(storage, INDEX_NAME)

    def asker(self, folder):
        from searcher.query import tree
        from searcher.search.compile import compile_tree
        from searcher.search.context import Context
        from searcher.search.execution import execute
        from searcher.store.index import ArticleIndex

        context = Context(ArticleIndex.open(folder).snapshot())

        def ask(kind, words, _):
            if kind in ("and", "or"):
                every = tuple(map(tree.Word, words))
                asked = tree.And(every) if kind == "and" else tree.Or(every)
            elif kind == "phrase":
                asked = tree.Phrase(" ".join(words))
            elif kind == "prefix":
                asked = tree.Wildcard(f"{words[0]}*")
            elif kind == "dates":
                within = tree.DateRange("date", *map(date.fromordinal, words[1:]))
                asked = tree.And((tree.Word(words[0]), within))
            else:
                asked = tree.Word(words[0])
            compiled = compile_tree(asked, context).query
            sort = "newest" if kind == "newest" else "relevance"

            def call():
                counters = [context.facet_counter("source")] if kind == "facets" else []
                return execute(context.searcher, compiled, limit=10, counters=counters, sort=sort).total

            return call

        return ask


class Whoosh:
    """Whoosh as it comes."""

    def build(self, articles, folder):
        from whoosh import analysis, fields, index

        schema = fields.Schema(
            id=fields.ID(stored=True),
            body=fields.TEXT(analyzer=analysis.StemmingAnalyzer(stoplist=None), stored=True),
            source=fields.ID(sortable=True),
            day=fields.NUMERIC(int, sortable=True),
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for one in articles:
            given = {"day": one["day"]} if one["day"] else {}
            writer.add_document(id=one["id"], body=one["text"], source=one["source"], **given)
        writer.commit()

    def asker(self, folder):
        from whoosh import index, query
        from whoosh.lang.porter import stem

        searcher = index.open_dir(str(folder)).searcher()

        def term(word):
            return query.Term("body", stem(word))

        def ask(kind, words, totals):
            asked = {
                "and": lambda: query.And([term(word) for word in words]),
                "or": lambda: query.Or([term(word) for word in words]),
                "phrase": lambda: query.Phrase("body", [stem(word) for word in words]),
                "prefix": lambda: query.Prefix("body", words[0]),
                "dates": lambda: query.And([term(words[0]), query.NumericRange("day", words[1], words[2])]),
            }.get(kind, lambda: term(words[0]))()
            options = {"newest": {"sortedby": "day", "reverse": True}, "facets": {"groupedby": "source"}}.get(kind, {})

            def call():
                results = searcher.search(asked, limit=10, **options)
                found = [hit.docnum for hit in results]
                return len(results) if totals else found

            return call

        return ask


class Fts5:
    """SQLite's full-text table."""

    def build(self, articles, folder):
        import sqlite3

        base = sqlite3.connect(folder / "fts.db")
        base.execute("CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT, body TEXT, source TEXT, day INTEGER)")
        base.execute("CREATE INDEX by_day ON article (day)")
        base.execute(
            "CREATE VIRTUAL TABLE fts USING fts5(body, content='article', content_rowid='number', tokenize='porter')"
        )
        with base:
            for number, one in enumerate(articles, 1):
                row = (number, one["id"], one["text"], one["source"], one["day"])
                base.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?)", row)
                base.execute("INSERT INTO fts (rowid, body) VALUES (?, ?)", (number, one["text"]))
        base.close()

    def asker(self, folder):
        import sqlite3

        base = sqlite3.connect(folder / "fts.db")
        best = "SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY rank LIMIT 10"
        joined = "FROM fts JOIN article ON number = fts.rowid WHERE fts MATCH ?"

        def ask(kind, words, totals):
            quoted = [f'"{word}"' for word in words if isinstance(word, str)]
            match = {
                "and": " AND ".join(quoted),
                "or": " OR ".join(quoted),
                "phrase": f'"{" ".join(map(str, words))}"',
                "prefix": f"{quoted[0]}*",
            }.get(kind, quoted[0])
            statements = [(best, (match,))]
            if kind == "dates":
                statements = [
                    (f"SELECT number {joined} AND day BETWEEN ? AND ? ORDER BY rank LIMIT 10", (match, *words[1:]))
                ]
            if kind == "newest":
                statements = [(f"SELECT number {joined} ORDER BY day DESC LIMIT 10", (match,))]
            if kind == "facets":
                statements.append((f"SELECT source, count(*) {joined} GROUP BY source", (match,)))
            elif totals and kind != "dates":
                statements.append(("SELECT count(*) FROM fts WHERE fts MATCH ?", (match,)))
            return lambda: [base.execute(*statement).fetchall() for statement in statements]

        return ask


class Tantivy:
    """Tantivy through its Python binding, two threads."""

    def build(self, articles, folder):
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("body", stored=True, tokenizer_name="en_stem", index_option="position")
        builder.add_text_field("source", tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_date_field("day", indexed=True, fast=True)
        writer = tantivy.Index(builder.build(), path=str(folder)).writer(heap_size=500_000_000, num_threads=2)
        for one in articles:
            document = tantivy.Document(id=one["id"], body=one["text"], source=one["source"])
            if one["day"]:
                document.add_date("day", self._moment(one["day"]))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    @staticmethod
    def _moment(day):
        return datetime.combine(date.fromordinal(day), datetime.min.time(), UTC)

    def asker(self, folder):
        import Stemmer
        import tantivy

        index = tantivy.Index.open(str(folder))
        searcher, schema, query = index.searcher(), index.schema, tantivy.Query
        stem = Stemmer.Stemmer("english").stemWord

        def term(word):
            return query.term_query(schema, "body", stem(word))

        def ask(kind, words, totals):
            options = {}
            if kind in ("and", "or"):
                occur = tantivy.Occur.Must if kind == "and" else tantivy.Occur.Should
                asked = query.boolean_query([(occur, term(word)) for word in words])
            elif kind == "phrase":
                asked = query.phrase_query(schema, "body", [stem(word) for word in words])
            elif kind == "prefix":
                asked = query.regex_query(schema, "body", f"{words[0]}.*")
            elif kind == "dates":
                first, last = (self._moment(day) for day in words[1:])
                within = query.range_query(schema, "day", tantivy.FieldType.Date, first, last)
                asked = query.boolean_query([(tantivy.Occur.Must, term(words[0])), (tantivy.Occur.Must, within)])
            else:
                asked = term(words[0])
            if kind == "newest":
                options["order_by_field"] = "day"
            counting = {"source": {"terms": {"field": "source", "size": 20}}}

            def call():
                if kind == "facets":
                    searcher.aggregate(asked, counting)
                return searcher.search(asked, 10, count=totals, **options).hits

            return call

        return ask


class Xapian:
    """Xapian through its Python binding."""

    def build(self, articles, folder):
        import xapian

        base = xapian.WritableDatabase(str(folder / "x"), xapian.DB_CREATE_OR_OVERWRITE)
        terms = xapian.TermGenerator()
        terms.set_stemmer(xapian.Stem("en"))
        terms.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)
        for one in articles:
            document = xapian.Document()
            terms.set_document(document)
            terms.index_text(one["text"])
            document.set_data(one["text"])
            document.add_value(0, xapian.sortable_serialise(one["day"] or 0))
            document.add_value(1, one["source"])
            base.add_document(document)
        base.commit()
        base.close()

    def asker(self, folder):
        import xapian

        base = xapian.Database(str(folder / "x"))
        stemmer, query = xapian.Stem("en"), xapian.Query

        def stem(word):
            return stemmer(word).decode()

        def ask(kind, words, totals):
            if kind in ("and", "or"):
                asked = query(query.OP_AND if kind == "and" else query.OP_OR, [stem(word) for word in words])
            elif kind == "phrase":
                asked = query(query.OP_PHRASE, [stem(word) for word in words], 2)
            elif kind == "prefix":
                asked = query(query.OP_WILDCARD, words[0], 0, query.WILDCARD_LIMIT_ERROR, query.OP_OR)
            elif kind == "dates":
                ends = [xapian.sortable_serialise(day) for day in words[1:]]
                asked = query(query.OP_FILTER, query(stem(words[0])), query(query.OP_VALUE_RANGE, 0, *ends))
            else:
                asked = query(stem(words[0]))

            def call():
                enquire = xapian.Enquire(base)
                enquire.set_query(asked)
                if kind == "newest":
                    enquire.set_sort_by_value(0, True)
                spy = xapian.ValueCountMatchSpy(1)
                if kind == "facets":
                    enquire.add_matchspy(spy)
                checked = base.get_doccount() if totals or kind == "facets" else 10
                return [match.docid for match in enquire.get_mset(0, 10, checked)]

            return call

        return ask


ENGINES = {"ours": Ours, "tantivy": Tantivy, "fts5": Fts5, "xapian": Xapian, "whoosh": Whoosh}


def child(name: str, articles: list[dict], folder: Path, queries: Path) -> None:
    """Build and answer; write what was measured to stdout."""
    engine = ENGINES[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    engine.build(articles, folder)
    seconds = time.perf_counter() - began
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) - before
    raw = sum(len(one["text"].encode("utf-8", "replace")) for one in articles)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    report = {"articles": len(articles), "seconds": seconds, "raw": raw, "bytes": size, "peak": peak * 1024, "ms": {}}
    del articles
    ask = engine.asker(folder)
    for kind, drawn in json.loads(queries.read_text()).items():
        for totals in (True, False):
            times = []
            for words in drawn:
                call = ask(kind, words, totals)
                start = time.perf_counter()
                call()
                times.append((time.perf_counter() - start) * 1000)
            times.sort()
            last = len(times) - 1
            report["ms"][f"{kind} {totals}"] = [times[last // 2], times[round(last * 0.95)], times[-1]]
    print(json.dumps(report))


def table(reports: dict[str, dict]) -> None:
    ours = reports.get("ours")
    print(
        f"\n{'':10}{'articles':>9}{'art./s':>9}{'MB/s':>7}{'index MB':>10}{'of raw':>8}{'peak MB':>9}{'our speed':>11}"
    )
    for name, one in reports.items():
        rate = one["articles"] / one["seconds"]
        ratio = f"{ours['articles'] / ours['seconds'] / rate:.2f}x" if ours else ""
        print(
            f"{name:10}{one['articles']:9,}{rate:9,.0f}{one['raw'] / one['seconds'] / 1e6:7.1f}"
            f"{one['bytes'] / 1e6:10.1f}{one['bytes'] / one['raw']:8.2f}{one['peak'] / 1e6:9.0f}{ratio:>11}"
        )
    for totals in (True, False):
        print(f"\nms a query: p50 / p95 / max; its p50 in ours ({'with' if totals else 'without'} totals; ours counts)")
        for kind in KINDS:
            print(f"  {NAMES[kind]}")
            for name, one in reports.items():
                p50, p95, worst = one["ms"][f"{kind} {totals}"]
                ratio = f"{p50 / ours['ms'][f'{kind} True'][0]:8.1f}x" if ours else ""
                print(f"    {name:10}{p50:9.3f}{p95:9.3f}{worst:9.2f}{ratio}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("SEARCHER_DATA", ".")) / "bulk" / "senate-press.jsonl.xz"
    parser.add_argument("corpus", type=Path, nargs="?", default=default)
    parser.add_argument("--articles", type=int, default=10**9)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default=",".join(ENGINES))
    parser.add_argument("--whoosh-every", type=int, default=10, help="Whoosh gets every Nth article only")
    parser.add_argument("--xapian-python", default="/usr/bin/python3", help="a Python that has Xapian's binding")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        folder = Path(options.child[1])
        every = options.whoosh_every if options.child[0] == "whoosh" else 1
        articles = records(options.corpus, options.articles)[::every]
        child(options.child[0], articles, folder, folder.parent / "queries.json")
        return
    reports = {}
    with tempfile.TemporaryDirectory() as temporary:
        queries = Path(temporary) / "queries.json"
        queries.write_text(json.dumps(draw(records(options.corpus, options.articles), options.queries, options.seed)))
        for name in options.only.split(","):
            folder = Path(temporary) / name
            folder.mkdir()
            python = options.xapian_python if name == "xapian" else sys.executable
            passed = ["--articles", str(options.articles), "--whoosh-every", str(options.whoosh_every)]
            command = [python, __file__, str(options.corpus), *passed, "--child", name, str(folder)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{name}: left out ({done.stderr.strip().splitlines()[-1]})", file=sys.stderr)
            else:
                reports[name] = json.loads(done.stdout.splitlines()[-1])
                print(f"{name}: done", file=sys.stderr)
            shutil.rmtree(folder, ignore_errors=True)
    table(reports)


if __name__ == "__main__":
    main()
