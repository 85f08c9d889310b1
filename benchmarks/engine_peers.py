"""The engines that `engine.py` compares: how each is built from ready articles, and how each is asked.

`build(chunks, folder)` indexes what `chunks(part, parts)` gives; `asker(folder)` gives a function from
(kind, words, with totals) to a call, which answers with the number of hits where totals are asked for.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

#: Bytes that a process of ours builds a segment in, and merges in, so that all together stay below a gigabyte.
_OUR_MEMORY = 176 << 20
_OUR_MERGE_MEMORY = 128 << 20


def _build_part(folder, chunks, part, parts, out):  # a process of its own: its part of the articles
    from searcher.store.building import ArticleBuilder

    try:
        builder = ArticleBuilder(folder, memory=_OUR_MEMORY)
        for articles in chunks(part, parts):
            builder.add([_document(one) for one in articles])
            if builder.is_full:
                out.put(builder.finish())
        last = builder.finish()
        if last:
            out.put(last)
    finally:
        out.put(None)


def _document(one):
    from searcher.store.documents import Document

    known = {"id": one["id"], "source": one["source"], "first_day": one["day"], "last_day": one["day"]}
    return Document(
        id=one["id"],
        language="en",
        stored={"id": one["id"], "path": one["id"], "body": one["text"]},
        texts={"body": one["text"]},
        terms=known,
        columns=known,
    )


class Ours:
    """Our index, built by a process a core and merged by one more, as ever; answered by `searcher.search`."""

    def build(self, chunks, folder):
        import multiprocessing
        from concurrent.futures import wait
        from contextlib import closing

        from searcher.ingest.merging import Merging
        from searcher.store.index import ArticleIndex

        index = ArticleIndex.create(folder)
        cores = len(os.sched_getaffinity(0))
        context = multiprocessing.get_context("fork")
        built = context.SimpleQueue()
        building = [
            context.Process(target=_build_part, args=(folder, chunks, part, cores, built)) for part in range(cores)
        ]
        with (
            index.writer() as writer,
            closing(Merging(writer, folder, memory=_OUR_MERGE_MEMORY, processes=1)) as merging,
        ):
            for process in building:
                process.start()
            at_work = cores
            while at_work:
                segment = built.get()
                if segment is None:
                    at_work -= 1
                else:
                    writer.add_segment(segment)
                    merging.go_on()
            for process in building:
                process.join()
                if process.exitcode:
                    raise RuntimeError("a process that builds has failed")
            merging.finish(lambda future: wait([future]))
            writer.commit()

    def asker(self, folder):
        from whoosh import query

        from searcher.query import tree
        from searcher.search.compiling.compile import compile_tree
        from searcher.search.context import Context
        from searcher.search.engine.execution import execute
        from searcher.store.index import ArticleIndex

        context = Context(ArticleIndex.open(folder).snapshot())

        def tree_of(kind, words):
            match kind:
                case "or":
                    return tree.Or(tuple(map(tree.Word, words)))
                case "phrase":
                    return tree.Phrase(" ".join(words))
                case "prefix":
                    return tree.Wildcard(f"{words[0]}*")
                case "dates":
                    within = tree.DateRange("date", *map(date.fromordinal, words[1:]))
                    return tree.And((tree.Word(words[0]), within))
            return tree.Word(words[0])

        def ask(kind, words, _):
            compiled = compile_tree(tree_of(kind, words), context).query
            if kind == "and":  # the language would leave words like "the" out
                compiled = query.And([compile_tree(tree.Word(word), context).query for word in words])
            sort = "newest" if kind == "newest" else "relevance"

            def call():
                counters = [context.facet_counter("source")] if kind == "facets" else []
                return execute(context.searcher, compiled, limit=10, counters=counters, sort=sort).total

            return call

        return ask


class Whoosh:
    """Whoosh as it comes."""

    def build(self, chunks, folder):
        from whoosh import analysis, fields, index

        schema = fields.Schema(
            id=fields.ID(stored=True),
            body=fields.TEXT(analyzer=analysis.StemmingAnalyzer(stoplist=None), stored=True),
            source=fields.ID(sortable=True),
            day=fields.NUMERIC(int, sortable=True),
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for one in _each(chunks):
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
                _ = [hit.docnum for hit in results]
                return len(results) if totals else None

            return call

        return ask


class Fts5:
    """SQLite's full-text table."""

    def build(self, chunks, folder):
        import sqlite3

        base = sqlite3.connect(folder / "fts.db")
        base.execute("CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT, body TEXT, source TEXT, day INTEGER)")
        base.execute("CREATE INDEX by_day ON article (day)")
        base.execute(
            "CREATE VIRTUAL TABLE fts USING fts5(body, content='article', content_rowid='number', tokenize='porter')"
        )
        with base:
            for number, one in enumerate(_each(chunks), 1):
                row = (number, one["id"], one["text"], one["source"], one["day"])
                base.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?)", row)
                base.execute("INSERT INTO fts (rowid, body) VALUES (?, ?)", (number, one["text"]))
        base.close()

    def asker(self, folder):
        import sqlite3

        base = sqlite3.connect(folder / "fts.db")
        base.execute(f"PRAGMA mmap_size = {1 << 36}")
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
            if totals and kind == "dates":
                statements.append((f"SELECT count(*) {joined} AND day BETWEEN ? AND ?", (match, *words[1:])))
            elif totals:
                statements.append(("SELECT count(*) FROM fts WHERE fts MATCH ?", (match,)))

            def call():
                answers = [base.execute(*statement).fetchall() for statement in statements]
                return answers[-1][0][0] if totals else None

            return call

        return ask


class Tantivy:
    """Tantivy through its Python binding, two threads."""

    def build(self, chunks, folder):
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("body", stored=True, tokenizer_name="en_stem", index_option="position")
        builder.add_text_field("source", tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_date_field("day", indexed=True, fast=True)
        writer = tantivy.Index(builder.build(), path=str(folder)).writer(heap_size=500_000_000, num_threads=2)
        for one in _each(chunks):
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
                return searcher.search(asked, 10, count=totals, **options).count

            return call

        return ask


class Xapian:
    """Xapian through its Python binding."""

    def build(self, chunks, folder):
        import xapian

        base = xapian.WritableDatabase(str(folder / "x"), xapian.DB_CREATE_OR_OVERWRITE)
        terms = xapian.TermGenerator()
        terms.set_stemmer(xapian.Stem("en"))
        terms.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)
        for one in _each(chunks):
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
                found = enquire.get_mset(0, 10, checked)
                _ = [match.docid for match in found]
                return found.get_matches_estimated() if totals else None

            return call

        return ask


def _each(chunks):
    return (one for articles in chunks() for one in articles)


ENGINES = {"ours": Ours, "tantivy": Tantivy, "fts5": Fts5, "xapian": Xapian, "whoosh": Whoosh}
