"""Forty-seven invented pages in nine languages, saved as text: what an archivist reads in each, and nothing else.

Among them are a menu of months, a page's own day over a list of stories, other people's agencies quoted, a headline
broken over two lines, days without a year, figures in either order and in Arabic.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from searcher.articles.drafts import Draft
from searcher.articles.understanding import understand

PAGES = Path(__file__).with_name("saved_pages")


class Read(NamedTuple):
    """What an archivist reads in a page; `gone` is what must be neither told nor searched."""

    title: str
    source: str | None = None
    date: str | None = None
    not_before: str | None = None
    mentions: tuple[str, ...] = ()
    author: str | None = None
    language: str = "en"
    gone: tuple[str, ...] = ()


EXPECTED = {
    "en_pension_fraud": Read(
        "Jury convicts former Hendricks Foods executive in pension fraud", "The Marlowe County Dispatch", "2018-10-19",
        None, ("2009", "2014-03-03", "1931"), "Tamsin Orwell", gone=("Tamsin", "Mayhew", "Travers", "cookies"),
    ),
    "en_blog_comments": Read(
        'Vantner breach: Attackers had keys "for 11 months," says CISO', "TechPulse", "2023-03-08", None,
        ("2022-08-22",), "Marguerite Oyelaran", gone=("Marguerite", "Pritchard", "Sokolova", "Advertisement", "cats"),
    ),
    "en_signed_below": Read(
        "Kuznetsov submarine inquiry opens; Northern Fleet chief silent", "Severny Report", "2001-08-14", None,
        ("2001-08-14", "2001-08-12", "2000-08-12"), "Alexandr Mazur", gone=("Mazur", "Special to", "Basayev"),
    ),
    "en_old_paper": Read(
        "LANDIS BARS SIX WHITE SOX OF CHICAGO FOR LIFE", "The Register-Beacon", "1921-08-03", None, ("1921-08-03",),
        gone=("5 cents", "CONTINUED"),
    ),
    "en_key_points": Read(
        "Olonga names new Cabinet, keeps Kibet", "Daily Nation", "2024-07-19", None, ("2024-07-11", "2024-07-19"),
        "Ann Mwangi", gone=("updated on", "Achieng", "Senior reporter", "Njoroge", "Mutiso"),
    ),
    "en_note_on_writer": Read(
        "Armenia: Border delimitation begins amid protests", "Eurasianet", "2024-04-24", None,
        ("2024-04-22", "2024-04-23", "2024-03-18"), "Ann Sarkis", gone=("Ann Sarkis", "newsletter", "COP29", "Nurlan"),
    ),
    "en_live_page": Read(
        "Storm Agatha live: thousands without power as flood warnings issued across south-west", None, "2022-02-12",
        None, ("2022-02-12", "2014-02-05"), gone=("Adele", "Reuse", "Sam Fry", "Key events"),
    ),
    "en_opinion": Read(
        "Why the Crown Will Not Recover This Year", None, None, "2014-03-20", ("2014-03-20",), "Daniel Whitcombe",
        gone=("Whitcombe", "views expressed", "Reuters"),
    ),
    "en_agency_in_paper": Read(
        "Supreme Court sides with ranchers in Montana water case", "The Lindholm Courier", "2020-04-20", None,
        ("2019-11-05", "2020-04-20"), "Ines Hollar", gone=("Lee Marr", "Hal Price", "avalanche", "redistributed"),
    ),
    "en_mobile": Read(
        "Chandrayaan-3: ISRO shares first images from lunar south pole", "Hindustan Courier", "2023-08-25", None,
        ("2023-08-25", "2023-08-23", "2023-08-26"), "Anirudh Bhatt", gone=("Tarn", "Pillai", "OPEN", "Download"),
    ),
    "en_consent": Read(
        "Council leader Otto Krantz resigns after planning row", "The Lindholm Standard", "2024-03-07", None,
        ("2024-03-06", "2024-04-11"), "Lucy Hargreaves",
        gone=("partners", "privacy", "AGREE", "subscriber", "Hargreaves", "Cancel"),
    ),
    "en_forum": Read(
        "Lindholm writers ask for the archive to be opened", "BBC News", "2008-12-09", None, ("2008-12-08",),
        gone=("Quill", "Pratt", "Quote", "gull"),
    ),
    "ru_translation": Read(
        "Le Soir de Valmont: мэрия хочет говорить с союзом рыбаков", None, "2022-01-24", None, ("2021-12-07",),
        None, "ru", ("Aubry", "Паром", "Обсудить"),
    ),
    "ar_agency": Read(
        "رئيس بلدية النخيل يقدم استقالته إلى المجلس", "Reuters", "2022-05-20", None, ("2022-05-15",), None, "ar",
        ("يعلق", "محفوظة", "شارك"),
    ),
    "ar_daily": Read(
        "إعادة فتح ميناء النخيل بعد أسبوع من العاصفة", None, "2022-11-09", None, ("2022-11-02",), None, "ar", ("رياضة",)
    ),
    "en_strike": Read(
        "Ford workers in Lincoln to vote on strike as April deadline nears", "The Ashgrove Sentinel", None,
        "2022-03-31", ("2022-03-31", "2019"), "Carla Mendes",
        gone=("cookies", "Barlow", "Mendes", "Copy link", "Adele", "Brodey", "Hutchins", "Ashgrove Media"),
    ),
    "en_typhoon": Read(
        "Typhoon Haiyun: At least 40 dead as storm cuts across Luzon - latest updates", None, None, "2020-11-01",
        ("2020-11-01", "2018"), gone=("Advertisement", "Morning Briefing", "email address", "Topics"),
    ),
    "en_obituary": Read(
        "Obituary: Baroness Philippa Thornbury, judge who opened the family courts", None, None, "2020-01-11",
        ("1931-05-02", "1955", "1958", "1974", "1979", "2003", "2020-01-11"), gone=("CULTURE", "PA Archive", "email"),
    ),
    "en_takeover": Read(
        "Kessler to buy Lindqvist Paper in $4.1bn deal", "Meridian Business Wire", None, None, ("2005-06", "2008"),
        "Björn Dahl", gone=("Index of", "Pratt", "Wong", "Björn Dahl"),
    ),
    "en_siege": Read(
        "Army retakes Dol Baram after nine-day siege; rebels flee north", "Dawn", "2009-10-19", None,
        ("2009-10-02", "2009-10-16"), gone=("Published in", "Read more", "Comments", "Qamar"),
    ),
    "es_tribunales": Read(
        "El juez Llamas cita como imputada a la exalcaldesa Rosario Úbeda", None, None, None, ("2011-05",), None, "es",
        ("Súmate", "Inicio", "Archivado", "Comentarios"),
    ),
    "fr_municipales": Read(
        "Municipales à Kervilly : Yann Le Guennec jette l'éponge", "Le Fil de l'Ouest", "2014-02-03", None,
        ("2014-03-23",), "Solène Abgrall", "fr", ("Accueil", "reproduction", "Ayrault", "Réagir"),
    ),
    "en_breadcrumb": Read(
        "High Court reserves verdict in Chandra dam oustees' plea", "Bharat Herald", "2004-02-12", None,
        ("2003-11-03", "2004-02-12"), gone=("Herald", "Correspondent", "More In"),
    ),
    "de_stahl": Read(
        "Chef von Hallmann Stahl tritt zurück", "Frankfurter Morgenblatt", "2017-02-09", None, ("2017-02-02", "2020"),
        "Petra Ohlsen und Nils van Haren", "de", ("Abo", "Quelle", "Duisburgs", "Zum Thema", "Kanzlerin"),
    ),
    "es_tarifa": Read(
        "Buscan a dos pescadores desaparecidos frente a Tarifa", "La Voz del Estrecho", "2013-03-17", None, (), None,
        "es", ("Portada", "Compartir", "comentarios", "Ministro"),
    ),
    "hu_bank": Read(
        "Lemondott Kövesdi Gábor, a nemzeti bank alelnöke", "Magyar Krónika", "2018-09-06", None, ("2018-09-06",), None,
        "hu", ("Belföld", "Olvassa el", "Hirdetés"),
    ),
    "de_lokal": Read(
        "Grundschule Wehlen zieht in Container um", "Nordheider Kurier", "2021-09-02", None, ("2021-07-24",),
        "Katrin Steffens", "de", ("Freibad", "Anmelden", "Nach dem Brand"),
    ),
    "en_aggregator": Read(
        "‘There was a noise like a train’: Survivors describe the Montrel landslide", "WireHub Daily",
        gone=("Rowe", "Drone", "Castagnet", "share it"),
    ),
    "en_archive_menu": Read(
        "Fishermen of Lake Orun count the cost of a season without rain", mentions=("1974",),
        gone=("2012", "cousin", "Blogroll", "recipes"),
    ),
    "en_capitals": Read(
        "PRESIDENT NAMES FORMER GENERAL TO LEAD ANTI-GRAFT BODY", mentions=("2016",), author="Miriam Okello",
        gone=("hide", "recess", "Staff Writer"),
    ),
    "en_date_twice": Read(
        "Norland and Sudria trade blame after night of shelling", None, "2021-03-14", None,
        ("2021-02-13", "2021-03-14", "2021-03-20"), gone=("Getty", "seed", "Mirror"),
    ),
    "en_footer_year": Read(
        "Judge throws out suit against flea market", "Riverside Beacon", mentions=("1998",), gone=("panda", "2025")
    ),
    "en_history": Read(
        "Ninety years on, the Kelbrook mill fire is remembered", None, None, "1931-02-12",
        ("1931-02-12", "1931-03", "2031-02-12", "2014"),
    ),
    "en_masthead_twice": Read(
        "Council votes to keep Tanner's Bridge closed until spring", "The Harrow Valley Chronicle", "2023-11-09", None,
        ("2023-10-21", "2023-12-04"), "Desmond Okoro", gone=("roast", "newsletter", "Whitlock", "Log in"),
    ),
    "en_numeric_dates": Read(
        "Quarry firm fined over dust that covered three villages", None, "2022-04-03", None,
        ("2021-06-05", "2021-06-23"), gone=("comments",),
    ),
    "en_reuters_suffix": Read(
        "Zambezia's central bank holds rates as copper slump bites", "Reuters", None, "2024-05-03",
        ("2024-05-03", "2024-07-17"), "Paulo Dimande", gone=("Nkala", "Standards", "Exclusive news"),
    ),
    "en_tass": Read(
        "Ministers to discuss grain corridor in Ankara, source says", "TASS", None, "2022-11-17",
        ("2022-07-22", "2022-11-02", "2022-11-03", "2022-11-17"),
    ),
    "en_title_after_byline": Read(
        "Miners march on Parliament over unpaid bonuses", None, "2016-06-14", None, ("2016-05-20",), "Thabo Lekhanya",
    ),
    "en_title_with_site": Read(
        "Storm Ottilie: Thousands still without power in the Borders", "BBC News", "2021-01-28", None,
        ("2018-11-26", "2021-01-26"),
        gone=("Laidlaw", "In pictures", "iPlayer"),
    ),
    "en_told_reuters": Read("A port nobody needs", mentions=("2018",), gone=("views expressed", "OPINION")),
    "en_updated_label": Read(
        "Lifeguard rescues three from rip current at Gannet Bay", "Coast & County Radio", "2017-08-02", None,
        ("2015-07-16", "2017-08-02"), gone=("Tags",),
    ),
    "en_wrapped_title": Read(
        "Ferry operator apologises as new ship breaks down on its first day of service", "Island Sentinel",
        "2019-03-07", None, ("2015", "2017", "2019-03-06", "2019-03-25"), gone=("Serving", "Share this"),
    ),
    "es_agencia": Read(
        "La sequía obliga a racionar el agua en Valdeluz", "EFE", "2019-08-19", None,
        ("1995", "2019-08-16", "2019-08-19"), None, "es", ("Puertonegro",),
    ),
    "fr_regional": Read(
        "Saint-Aubrac : la fromagerie sauvée par ses clients", "Le Courrier du Val", "2020-02-11", None,
        ("2019-12-03", "2020-02-25"), "Lucie Delorme", "fr", ("Noël", "Partager"),
    ),
    "hy_station": Read(
        "Սարաձորի դպրոցը կվերաբացվի աշնանը", None, "2020-07-14", None, ("2019-11-09",), None, "hy", ("Սպորտ",)
    ),
    "ru_interfax": Read(
        "В Северогорске после паводка восстановили движение поездов", "Interfax", "2021-05-12", None,
        ("2021-05-07", "2021-05-12"), None, "ru", ("Заречье", "Поделиться"),
    ),
    "tr_dha": Read(
        "Kızılpınar'da sel: İki köprü yıkıldı", "Anadolu Agency", "2022-08-18", None, ("2022-08-17",), None, "tr",
        ("Meteoroloji", "Paylaş"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def articles():
    return {path.stem: understand(Draft(path.name, path.read_text("utf-8"))) for path in PAGES.glob("*.txt")}


def value(fact):
    return None if fact is None else str(fact.value)


def test_every_page_has_its_reading(articles):
    assert set(articles) == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_is_read_as_an_archivist_reads_it(articles, name):
    article, expected = articles[name], EXPECTED[name]
    facts = article.facts
    assert article.title == expected.title
    assert value(facts.source) == expected.source
    assert value(facts.date) == expected.date
    assert value(facts.not_before) == expected.not_before
    assert {str(mention.value) for mention in facts.mentions} == set(expected.mentions)
    assert article.language == expected.language
    if expected.author:
        assert value(facts.author) == expected.author


@pytest.mark.parametrize("name", EXPECTED)
def test_furniture_is_no_story(articles, name):
    told = articles[name].text
    assert [word for word in EXPECTED[name].gone if word in told] == []


@pytest.mark.parametrize("name", EXPECTED)
def test_every_fact_shows_its_place(articles, name):
    article = articles[name]
    facts = article.facts
    for mention in facts.mentions:
        start, end = mention.span
        assert " ".join(article.text[start:end].split()) == mention.text
    for fact in (facts.source, facts.date, facts.not_before, facts.author):
        if fact is not None and fact.span is not None:
            start, end = fact.span
            assert article.raw[start:end].strip()
            assert 0 < fact.confidence <= 1
    if facts.date is not None:
        start, end = facts.date.span
        day = article.raw[start:end]
        assert str(facts.date.value.day) in day or "٩" in day
