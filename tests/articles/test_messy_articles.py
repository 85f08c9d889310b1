"""Articles as people save them, invented: title, source, date and story of each, and nothing of the page around it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest

from searcher.articles.clean import clean
from searcher.articles.drafts import Draft
from searcher.articles.formats.header_lines import read_header_lines
from searcher.articles.understanding import understand

if TYPE_CHECKING:
    from searcher.model import Article

LEAD = "The harbour of Lindholm reopened on Tuesday after a week in which no ferry could leave it, officials said."
MORE = "Harbour master Greta Holm told reporters that nobody on the island had seen such ice in April before."
TITLE = "Lindholm harbour reopens as ice melts"


class Saved(NamedTuple):
    """What a text must come out as; `gone` is what must be neither told nor searched."""

    text: str
    source: str | None
    date: str | None
    gone: tuple[str, ...] = ()
    title: str = TITLE


MENUS = Saved(
    f"""Home
News
Business
Sport
Opinion
Subscribe
Sign in
The Northern Herald
Politics

{TITLE}

By Maria Lund
Published 7 September 2022
5 min read

Share on Facebook
Share on WhatsApp

{LEAD}

Advertisement

{MORE}

Read more: Storm Petra kills dozens of sheep

Most read
1
Mayor Otto Krantz says he will not run again
2
King Olaf addresses the assembly

Sign up for our newsletter
Get the day's headlines delivered to your inbox every morning.

© 2022 The Northern Herald Ltd. All rights reserved.
Terms of use | Privacy policy | Cookies""",
    "The Northern Herald",
    "2022-09-07",
    ("Krantz", "Olaf", "Petra", "newsletter", "Herald", "Lund"),
)
SHORT_HEADLINE = Saved(
    f"""Startseite
Politik
Wirtschaft
Sport
Anmelden
Lindholm harbour reopens
Stand: 17.03.2023, 14:32 Uhr
Von: Anna Becker, Lukas Hoffmann
Kommentare
Drucken

{LEAD}

{MORE}

Auch interessant
Olaf Krantz reist nach Sorvik
© 2023 Musterholmer Anzeiger""",
    "Musterholmer Anzeiger",
    "2023-03-17",
    ("Krantz", "Becker"),
    "Lindholm harbour reopens",
)
CAPTION = Saved(
    f"""A woman waits for the ferry in Lindholm, Norland, April 11, 2021. REUTERS/Nils Brandt

{TITLE}

{LEAD}

{MORE}

Photo: Eva Lund / Reuters""",
    None,
    None,
    ("Brandt", "Lund", "REUTERS"),
)
SIGNED = Saved(
    f"""{TITLE}
Published : Tuesday, 13 April, 2021 at 12:00 AM  Count : 128

{LEAD}

{MORE}

—Reuters""",
    "Reuters",
    "2021-04-13",
    ("Reuters", "Count"),
)
SAVED_ON = Saved(
    f"""Friday, April 28, 2023
Home
World
Local
Weather
Obituaries
{TITLE}

{LEAD}

{MORE}

Contact Maria Lund at mlund@herald.example or 555-0143.""",
    None,
    None,
    ("Lund", "2023"),
)
UPDATED = Saved(
    f"""{TITLE}
By Lauren Briggs
Updated:
Mar 6, 2022
Original:
Dec 21, 2021

{LEAD}

{MORE}""",
    None,
    "2021-12-21",
    ("Briggs",),
)
OFFERS_WITHIN = Saved(
    f"""{TITLE}

{LEAD} [Related: Ten years of ice]

READ ALSO: Storm Petra kills dozens of sheep

{MORE}

ALSO READ | Otto Krantz resigns

The ice had come early.

(With inputs from agencies)

Click here to join our WhatsApp channel
First Published: Apr 13, 2021, 15:20 IST""",
    None,
    "2021-04-13",
    ("Petra", "Krantz", "agencies"),
)
CLIPPING = Saved(
    f"""PRESS CLIPPING
Publication: Evening Courier
Date: 3 February 2005
Page: 4
Author: Helen Marsh

{TITLE}

{LEAD}

{MORE}""",
    "Evening Courier",
    "2005-02-03",
    ("Marsh", "CLIPPING"),
)
ADDRESS = Saved(
    f"https://www.island-hour.example.com/world/2021/04/13/lindholm-harbour\n\n{TITLE}\n\n{LEAD}\n\n{MORE}",
    "example.com",
    "2021-04-13",
    ("https",),
)
QUOTED = Saved(
    f"""{TITLE}

{LEAD}

In an interview with Radio Sorvik, Holm said the ice was gone. The Financial Times reported it last week. (AP)

{MORE}""",
    None,
    None,
)
SPANISH = Saved(
    f"""{TITLE}

Por Lucía Fernández
Bogotá, 19 de junio de 2022

{LEAD}

{MORE}

Te puede interesar
Francia Márquez visita la isla de Sorvik
© EFE 2022. Está expresamente prohibida la redistribución.""",
    "EFE",
    "2022-06-19",
    ("Márquez", "Fernández"),
)
SECTION_WITH_DATE = Saved(
    f"""Sorvik Materials 12 December 2022 14:03 (UTC +04:00)
{TITLE}
Follow us on
Whatsapp Telegram
BY SORVIK STAFF WITH AGENCIES
{LEAD}
{MORE}
Brandt reported from Sorvik. Associated Press writer Aida Lund in Lindholm contributed.""",
    None,
    "2022-12-12",
    ("Materials", "AGENCIES", "Brandt", "Aida"),
)
FRENCH = Saved(
    f"""Accueil  International  Politique  Sports  Culture  Météo
L'Écho de Sorvik
Publié le 8 novembre 2021 à 18h42
Lecture 3 min.

{TITLE}

{LEAD}
{MORE}
S'abonner à la newsletter
Mentions légales - CGU - Contact""",
    "L'Écho de Sorvik",
    "2021-11-08",
    ("Accueil", "Lecture", "abonner", "CGU"),
)
SCANNED = Saved(
    f"""                             - 12 -
THE SORVIK MAIL                              FRIDAY, JUNE 7, 1968

           {TITLE.upper()[:24]}
                  {TITLE.upper()[25:]}

          By WALTER J. LUND
          Mail Staff Writer

{LEAD[:74]}
{LEAD[75:]}
{MORE[:59]}
{MORE[60:]}
    "We have never seen it," said Captain Nils Brandt of the ferry Petra, who
waited for a week with forty cars aboard and had the fishermen bring him bread
and coffee from the other side, over the ice, on a sledge that his son had built
for the winter races in the bay of Sorvik.
""",
    "The Sorvik Mail",
    "1968-06-07",
    ("- 12 -", "Staff Writer"),
    TITLE.upper(),
)
DAILY = Saved(
    f"""Skip to main content
Advertisement
The Daily Lindholm
Subscribe | Log in
NEWS SPORT LIFE OPINION
Trending now: Budget 2023 · Storm Petra · Six Nations
NEWS
{TITLE}

Tom Brandt at Lindholm Harbour
Sat 18 Feb 2023 17.31 GMT
72 comments

{LEAD}
{MORE}
Sign up to our newsletter""",
    "The Daily Lindholm",
    "2023-02-18",
    ("Trending", "Tom Brandt", "comments"),
)
ALL = {name: value for name, value in dict(globals()).items() if isinstance(value, Saved)}


def article(saved: Saved) -> Article:
    headed = read_header_lines(saved.text)
    draft = Draft("a.txt", saved.text)
    return understand(Draft("a.txt", saved.text, story=headed.story, stated=headed.stated) if headed else draft)


@pytest.mark.parametrize("name", ALL)
def test_a_saved_article(name: str) -> None:
    saved = ALL[name]
    read = article(saved)
    assert read.title == saved.title
    assert (read.facts.source.value if read.facts.source else None) == saved.source
    assert (str(read.facts.date.value) if read.facts.date else None) == saved.date
    assert LEAD in read.text
    assert MORE in read.text
    assert [word for word in saved.gone if word in read.text] == []
    assert read.raw == saved.text


def test_a_document_of_a_news_database() -> None:
    head = (
        "3 of 9 DOCUMENTS\n\n    Copyright 2003 The Sorvik Courier\n        All Rights Reserved\n\n"
        "    The Sorvik Courier\n\n"
        "    March 4, 2003 Tuesday\n      CITY EDITION\n\nSECTION: NEWS; Pg. A1\n\nLENGTH: 214 words\n\n"
    )
    labels = f"HEADLINE: {TITLE}\n\nBYLINE: Nils Brandt, Staff writer\n\nDATELINE: SORVIK\n\nBODY:\n  "
    read = article(Saved(f"{head}{labels}{LEAD}\n\n{MORE}\n\nLOAD-DATE: March 5, 2003\n", None, None))
    assert (read.title, read.text) == (TITLE, f"{LEAD}\n\n{MORE}")
    assert read.facts.source is not None
    assert read.facts.source.value == "The Sorvik Courier"
    assert read.facts.date is not None
    assert str(read.facts.date.value) == "2003-03-04"
    assert read.facts.author is not None
    assert read.facts.author.value == "Nils Brandt"


def test_a_document_whose_fields_are_named_by_letters() -> None:
    head = f"HD   {TITLE}\nBY   By Nils Brandt\nWC   187 words\nPD   14 August 2011\nSN   The Sorvik Star\nSC   SSTAR\n"
    foot = "CO   lndhlm : Lindholm Ports\nAN   Document SSTAR0020110815e78e0000b\n"
    read = article(Saved(f"{head}LP\n\n{LEAD}\n\nTD\n\n{MORE}\n\n{foot}", None, None))
    assert (read.title, read.text) == (TITLE, f"{LEAD}\n\n{MORE}")
    facts = read.facts
    assert [str(fact and fact.value) for fact in (facts.source, facts.date, facts.author)] == [
        "The Sorvik Star",
        "2011-08-14",
        "Nils Brandt",
    ]
    assert read_header_lines(f"HD television\n\n{LEAD}") is None


@pytest.mark.parametrize(("byline", "expected"), [("By NILS BRANDT\n\n", "Nils Brandt"), ("", "Ann Lee")])
def test_who_sends_a_story_on_is_its_author_only_where_nobody_else_is_named(byline: str, expected: str) -> None:
    quoted = "".join(f"> {line}\n" for line in f"{byline}{LEAD}\n\n{MORE}".split("\n"))
    headers = f"Posted: 09:12 PM\nFrom: ann@example.org (Ann Lee)\nNewsgroups: alt.canals\nSubject: {TITLE}\n\n"
    read = article(Saved(headers + quoted, None, None))
    assert (read.title, read.text) == (TITLE, f"{LEAD}\n\n{MORE}")
    assert read.facts.author is not None
    assert read.facts.author.value == expected


def test_the_day_of_a_picture_is_a_floor_and_not_the_date() -> None:
    floor = article(CAPTION).facts.not_before
    assert floor is not None
    assert floor.value.first == date(2021, 4, 11)


def test_a_short_last_paragraph_is_story() -> None:
    assert article(OFFERS_WITHIN).text.endswith("The ice had come early.")


def test_what_readers_say_is_no_story() -> None:
    comments = "342 comments\nGreg P\n2 hours ago\nBrilliant piece, thank you."
    assert clean(f"{TITLE}\n\n{LEAD}\n\n{MORE}\n\n{comments}").text == f"{LEAD}\n\n{MORE}"


@pytest.mark.parametrize(
    "text",
    ["Note: one labelled line\n\nis no header.", "Source: Xinhua\n\nA story.", "He said: yes\nShe said: no\n", ""],
)
def test_text_that_only_looks_labelled_states_nothing(text: str) -> None:
    assert read_header_lines(text) is None


@pytest.mark.parametrize(
    "opening",
    [
        "---------- Forwarded message ---------\nFrom: Tom <tom@example.org>\nDate: Mon, 3 May 2021\nSubject: Fwd: ice",
        "Begin forwarded message:",
        "On Mon, 3 May 2021 at 09:12, Tom <tom@example.org> wrote:",
    ],
)
def test_what_a_reader_wrote_who_sent_an_article_on_is_no_story(opening: str) -> None:
    quoted = "\n".join(f"> {line}" for line in f"{TITLE}\n\n{LEAD}\n\n{MORE}".split("\n"))
    read = article(
        Saved(f"Hi both, you will not have seen this. Ask me for more.\nTom\n\n{opening}\n\n{quoted}\n", None, None)
    )
    assert (read.title, read.text, read.facts.date) == (TITLE, f"{LEAD}\n\n{MORE}", None)


def test_a_quoted_letter_within_a_story_hides_nothing_above_it() -> None:
    story = f"{LEAD}\n\nOn 3 May 2021 the harbour office wrote:\n\n{MORE}"
    assert clean(f"{TITLE}\n\n{story}").text == story


def test_a_table_under_a_dateline_belongs_to_its_headline() -> None:
    title = "LINDHOLM PORTS PLC FOURTH QUARTER NET"
    table = "SORVIK, Wash., March 25 - Shr 79 cts vs 5.05 dlrs\n\nNet 5,628,000 vs 35,936,000\n\nYear\n\nShr 2.32 dlrs"
    note = "NOTE: Current figures include a gain of 2.1 mln dlrs from the sale of two ferries in the last quarter."
    read = clean(f"{title}\n\n{table}\n\n{note}\n")
    assert (read.title, read.text) == (title, f"{table}\n\n{note}")


def test_a_headline_in_capitals_with_a_comma_is_no_list_of_names() -> None:
    title = "SORVIK HARBOUR, LINDHOLM FERRY OWNERS MEET"
    assert clean(f"{title}\n\nSORVIK, March 12 - {LEAD}\n\n{MORE}\n").title == title


def test_the_words_under_a_syndicated_story_are_not_of_it() -> None:
    note = "(Except for the headline, this story has not been edited by our staff.)"
    assert clean(f"{TITLE}\n\n{LEAD}\n\n{MORE}\n\n{note}").text == f"{LEAD}\n\n{MORE}"


@pytest.mark.parametrize(
    "head",
    [
        "BC-SORVIK-ICE/ 2nd Lead\n^{}",
        "*{}*\n",
        "THE SORVIK WEEKLY RECORD                      3\n\n{}\n",
        "Riverbank Notes\na blog about the sea\nHome About Archive RSS\n{}\nPosted on May 3, 2021 by Ann\n",
    ],
)
def test_what_stands_over_a_headline_is_not_one(head: str) -> None:
    read = clean(f"{head.format(TITLE)}\n{LEAD}\n\n{MORE}\n")
    assert (read.title, read.text) == (TITLE, f"{LEAD}\n\n{MORE}")


@pytest.mark.parametrize(
    "line",
    [
        "bur-jl/pdw/cwl",
        "Document SSTAR0020110815e78e0000b",
        "Forwarded as received.",
        "← Frost on the weir",
        "This article appears in the March issue.",
        "LENGTH: 312 words",
        'Nils Brandt is the author of "The Last Ferry". Follow him @nbrandt',
    ],
)
def test_what_stands_under_a_story_is_not_of_it(line: str) -> None:
    long = f"{LEAD}\n\n{MORE}\n\n{MORE.replace('Holm', 'Lind')}"
    assert clean(f"{TITLE}\n\n{long}\n\n{line}\n").text == long


def test_the_running_head_of_a_printed_page_is_not_story_but_the_source() -> None:
    name = "THE SORVIK WEEKLY RECORD"
    read = article(Saved(f"{name}      3\n\n{TITLE}\n\n{LEAD}\n\n4      {name}\n\n{MORE}\n", None, None))
    assert read.text == f"{LEAD}\n\n{MORE}"
    assert read.facts.source is not None
    assert read.facts.source.value == "The Sorvik Weekly Record"


def test_a_scan_of_an_old_paper() -> None:
    head = "THE SORVIK MERCURY, THURSDAY, MAY 18, 1893.\nGREAT ICE AT LINDHOLM.\n\n"
    read = article(Saved(f"{head}{LEAD}\n\n{MORE}\n", None, None))
    assert (read.title, read.text) == ("GREAT ICE AT LINDHOLM.", f"{LEAD}\n\n{MORE}")
    assert read.facts.source is not None
    assert read.facts.date is not None
    assert (read.facts.source.value, str(read.facts.date.value)) == ("The Sorvik Mercury", "1893-05-18")


def test_an_office_that_speaks_is_no_headline() -> None:
    title = "Remarks by Greta Holm at the opening of the new ferry"
    head = f"Office of the Harbour Master\nSpeeches\n{title}\n30 May 2023\nCheck against delivery\n"
    assert clean(f"{head}\n{LEAD}\n\n{MORE}\n").title == title


@pytest.mark.parametrize("offer", ["Today's Headlines", "People are also reading…", "Para leer más"])
def test_what_is_offered_under_a_story_is_not_of_it(offer: str) -> None:
    assert (
        clean(f"{TITLE}\n\n{LEAD}\n\n{MORE}\n\n{offer}\nTea prices fall\nHolm to speak on ice\n").text
        == f"{LEAD}\n\n{MORE}"
    )


@pytest.mark.parametrize(
    "line",
    [
        "WORLD NEWSMAY 3, 2021 / 3:12 PM / UPDATED 4 YEARS AGO",
        "May 3, 2021 / 3:12 PM / 4 years ago",
        "World News\nMAY 3, 2021 / 3:12 PM / UPDATED A YEAR AGO",
    ],
)
def test_a_day_with_its_age_is_the_publications_and_no_story(line: str) -> None:
    read = article(Saved(f"{TITLE}\n{line}\nBy Nils Brandt\n3 MIN READ\n{LEAD}\n{MORE}\n", None, None))
    assert read.text.startswith(LEAD)
    assert str(read.facts.date and read.facts.date.value) == "2021-05-03"
