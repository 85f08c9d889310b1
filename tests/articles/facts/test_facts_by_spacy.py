"""People by a spaCy model of the user's choosing; the models here are packages that find one fixed name."""

from __future__ import annotations

import importlib
import sys

import pytest

from searcher.archive import Archive, extract
from searcher.articles.facts import spacy_names
from searcher.articles.facts.people import read_people
from searcher.errors import UsageError
from searcher.ingest.options import IndexOptions

UTIL = """
import importlib

def load_model_from_package(name, exclude=()):
    return importlib.import_module(name).load(exclude)
"""
MODEL = """
from types import SimpleNamespace

def load(exclude):
    assert "ner" not in exclude

    def pipeline(text):
        start = text.find("Zorblat")
        ents = [] if start < 0 else [SimpleNamespace(label_="PERSON", start_char=start, end_char=start + 7)]
        ents.append(SimpleNamespace(label_="ORG", start_char=0, end_char=3))
        return SimpleNamespace(ents=ents)

    return pipeline
"""
STORY = "The ferry sank on Monday. It was Zorblat who saw it, said Anna Holm. Zorblat had left the harbour late."


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """A folder that Python finds packages in, with spaCy's place taken and the model `en_one_name`."""
    folder = tmp_path / "packages"
    (folder / "spacy").mkdir(parents=True)
    (folder / "spacy" / "__init__.py").touch()
    (folder / "spacy" / "util.py").write_text(UTIL, "utf-8")
    (folder / "en_one_name.py").write_text(MODEL, "utf-8")
    about = folder / "en_one_name-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: en_one_name\nVersion: 1.0\n", "utf-8")
    for name in ("spacy", "spacy.util", "en_one_name"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(folder)
    importlib.invalidate_caches()
    spacy_names._pipeline.cache_clear()
    yield folder
    spacy_names._pipeline.cache_clear()
    for name in ("spacy", "spacy.util", "en_one_name"):
        sys.modules.pop(name, None)


def named(text, **how):
    return {person.name for person in read_people(text, **how)}


def test_a_model_names_whom_it_finds_and_nobody_else(packages):
    assert named(STORY, language="en") == {"Anna Holm", "Zorblat"}
    assert named(STORY, language="en", model="en_one_name") == {"Zorblat"}


def test_texts_of_another_language_are_read_as_ever(packages):
    german = "Die Fähre sank am Montag. Das sagte die Ministerin Anna Holm am Hafen. Zorblat schwieg."
    assert named(german, language="de", model="en_one_name") == named(german, language="de") == {"Anna Holm"}


def test_changing_the_model_reads_unchanged_files_again(packages, tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "ferry.txt").write_text(f"Ferry sinks\n\n{STORY}\n", "utf-8")
    with Archive.create(tmp_path / "index") as archive:
        for model, people, updated in (
            (None, {"Anna Holm", "Zorblat"}, 0),
            ("en_one_name", {"Zorblat"}, 1),
            ("en_one_name", {"Zorblat"}, 0),
        ):
            report = archive.index([tmp_path / "articles"], options=IndexOptions(people_model=model, workers=0))
            assert report.updated == updated
            (hit,) = archive.search("ferry").hits
            assert set(hit.people) == people


@pytest.mark.parametrize("model", ["en_not_there", "../models/en", ""])
def test_a_model_that_is_not_installed_is_an_error_before_anything_is_read(packages, tmp_path, model):
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    with pytest.raises(UsageError, match="no spaCy model"):
        list(extract([tmp_path / "a.txt"], people_model=model))
    with Archive.create(tmp_path / "index") as archive, pytest.raises(UsageError, match="no spaCy model"):
        archive.index([tmp_path / "a.txt"], options=IndexOptions(people_model=model))


def test_without_spacy_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(UsageError) as error:
        spacy_names.check_model("en_core_web_sm")
    assert "pip install spacy" in error.value.hint
