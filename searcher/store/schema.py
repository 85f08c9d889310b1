"""The fields of the index: which there are, and how each is analysed, scored and kept."""

from __future__ import annotations

from whoosh import columns, fields, formats

from searcher.store.analyzers import FormAnalyzer, StemAnalyzer, WholeAnalyzer

INDEX_NAME = "MAIN"

#: What `first_day`, `last_day` and `floor_day` hold for an article without the date.
NO_DAY = 2**31 - 1


def article_schema() -> fields.Schema:
    """Give the schema of an article index.

    `title` and `body` hold folded stems, `title_exact` and `body_exact` the words as they are written, case kept. Days
    are proleptic Gregorian ordinals. `person` and `spelling` hold one term a person, `key` and `key TAB spelling`:
    the lexicon of `spelling` alone tells how every local key is written across the archive, and how often.
    """
    return fields.Schema(
        id=_whole(stored=True, unique=True, sortable=columns.VarBytesColumn()),
        file=_whole(sortable=columns.RefBytesColumn()),
        path=_whole(stored=True),
        title=fields.TEXT(analyzer=StemAnalyzer(), phrase=True, stored=True),
        body=fields.TEXT(analyzer=StemAnalyzer(), phrase=True, stored=True),
        title_exact=_unscored_text(),
        body_exact=_unscored_text(),
        source=_whole(sortable=columns.RefBytesColumn()),
        person=_keywords(),
        spelling=_keywords(),
        author=fields.TEXT(analyzer=StemAnalyzer(), phrase=True),
        language=_whole(stored=True, sortable=columns.RefBytesColumn()),
        url=_whole(stored=True),
        record_id=_whole(stored=True),
        first_day=_day(),
        last_day=_day(),
        floor_day=_day(),
        mentions=_keywords(),
        words=fields.COLUMN(columns.NumericColumn("i")),
        fingerprint=fields.COLUMN(columns.NumericColumn("q")),
        stamp=fields.COLUMN(columns.NumericColumn("q")),
        digest=fields.COLUMN(columns.NumericColumn("q")),
        raw=fields.STORED(),
        facts=fields.STORED(),
    )


def _whole(*, stored: bool = False, unique: bool = False, sortable: columns.Column | None = None) -> fields.FieldType:
    return fields.ID(stored=stored, unique=unique, sortable=sortable, analyzer=WholeAnalyzer())


def _keywords() -> fields.FieldType:
    keywords = fields.KEYWORD(scorable=False)
    keywords.analyzer = WholeAnalyzer()
    keywords.format = formats.Existence()
    return keywords


def _unscored_text() -> fields.FieldType:
    text = fields.TEXT(analyzer=FormAnalyzer(), phrase=True)
    text.scorable = False
    return text


def _day() -> fields.FieldType:
    return fields.NUMERIC(int, 32, shift_step=0, sortable=True, default=NO_DAY)
