"""Who published it: stated, masthead, dateline, copyright, site; never who is quoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.articles.clean import Cleaned, Furniture
from searcher.articles.drafts import Draft, Statement
from searcher.articles.facts import outlets
from searcher.articles.facts.outlets import key, outlet
from searcher.articles.facts.source import read_source
from searcher.articles.understanding import understand


def source(raw, *, stated=None, url=None, path="a.txt", furniture=(), infer=True):
    said = Statement(stated, "stated in the record") if stated else None
    return read_source(Cleaned("T", raw, raw, tuple(furniture)), said, url=url, path=path, infer=infer)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("ANKARA (AA) - Prices rose.", "Anadolu Agency"),
        ("HONOLULU (AP) _ A senator said.", "Associated Press"),
        ("LONDON, Nov 9 (Reuters) - Shares fell.", "Reuters"),
        ("(Reuters) - Shares fell.", "Reuters"),
        ("Lugo, 19 ago 2019 (EFE).- El alcalde dimite.", "EFE"),
        ("Title\n\nBerlin (dpa) - Der Kanzler sprach.", "dpa"),
        ("MOSCOW, November 9. /TASS/. The minister said.", "TASS"),
        ("МОСКВА, 9 ноября. /ТАСС/. Министр заявил.", "TASS"),
        ("МОСКВА, 9 ноя - РИА Новости. Министр заявил.", "RIA Novosti"),
        ("BEIJING, Nov. 9 (Xinhua) -- The court ruled.", "Xinhua"),
        ("Киев. 2 мая 2019 года. INTERFAX.RU - Суд вынес решение.", "Interfax"),
        ("It happened in May 2019. Strangers - all of them - left.", None),
        ("PARIS, 9 novembre 2020 (AFP) - Le ministre", "AFP"),
        ("Story.\n\nSource: Xinhua\n", "Xinhua"),
        ("Putin spoke to the channel (Rossiya 1) - it was aired on Sunday.", None),
        ("Speaking on Rossiya 1 TV, he agreed.", None),
        ("attend a meeting. (Russian Foreign Ministry Press Service via AP)", None),
        ("A photo shows smoke. (AP Photo/Ann Lee)", None),
        ("He told Reuters that the deal was done.", None),
        ("The union (AP) said it would strike.", None),
        ("Foreign ministers of the Collective Security Treaty Organization (CSTO) - a pact - met.", None),
        ("Table of exports. Source: Ministry of Trade", None),
    ],
)
def test_the_text_itself(raw, expected):
    found = source(raw)
    assert (found.value if found else None) == expected
    if found:
        start, end = found.span
        assert outlet(raw[start:end]) == expected


def test_a_masthead_goes_before_a_dateline_and_a_stated_source_before_both():
    raw = "News Every Day |\n\nANKARA (AA) - Prices rose."
    masthead = [Furniture("masthead", (0, 16))]
    assert source(raw, furniture=masthead).value == "News Every Day"
    assert source(raw, furniture=masthead, stated="The Herald").value == "The Herald"
    assert source(raw, furniture=masthead, infer=False) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("© 2020 The Daily Planet. All rights reserved.", "The Daily Planet"),
        ("Copyright 2019 Gotham Gazette", "Gotham Gazette"),
        ("(c) 1999-2004 Metropolis Herald Ltd | Terms", "Metropolis Herald"),
        ("Copyright (c) 2001 by The Associated Press", "Associated Press"),
    ],
)
def test_a_copyright_line_names_the_publisher(line, expected):
    raw = f"Story.\n\n{line}"
    assert source(raw, furniture=[Furniture("copyright", (8, len(raw)))]).value == expected


def page(*lines):
    """A page of lines: the text of each, and what kind of furniture it is, if any."""
    raw = "\n".join(text for text, _ in lines)
    furniture, at = [], 0
    for text, kind in lines:
        if kind:
            furniture.append(Furniture(kind, (at, at + len(text))))
        at += len(text) + 1
    found = source(raw, furniture=furniture)
    return found.value if found else None


MENU = [(entry, "menu") for entry in ("Home", "World", "Sport", "Money", "Travel", "Letters", "Weather")] * 3


def test_a_masthead_in_a_menu_counts_where_the_page_repeats_it_of_itself():
    story = ("A story.", None)
    assert page(*MENU, ("Reuters", "masthead"), story) is None
    assert page(*MENU, ("Reuters", "masthead"), story, ("Terms of Reuters", "notice")) == "Reuters"
    assert page(*MENU, ("Reuters", "masthead"), story, ("Share: Reuters", "share")) is None
    assert page(*MENU, ("AA", "masthead"), story, ("All about Aardvarks", "notice")) is None
    ours, rights = ("Gotham Radio", "masthead"), ("© 2020 Gotham Radio", "copyright")
    assert page(*MENU, ours, story, ("Hear Gotham Radio", "notice")) is None
    assert page(*MENU, ours, story, rights) == "Gotham Radio"


STORY = (
    "The harbour of Lindholm reopened on Tuesday after a week in which no ferry could leave it, officials said.\n\n"
    "About 4,000 people live on the island, which is cut off whenever the strait freezes over, as it did in 1987.\n"
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The Sorvik Herald, 12 March 2014", "The Sorvik Herald"),
        ("Sorvik Herald | March 12, 2014", "Sorvik Herald"),
        ("From the Sorvik Herald (12 March 2014)", "Sorvik Herald"),
        ("THE SORVIK HERALD (Lindholm), March 12, 2014, p. 3", "The Sorvik Herald"),
        ("The Sorvik Review, Winter 2014", "The Sorvik Review"),
        ("Sorvik Monitor        Vol. 12, No. 4", "Sorvik Monitor"),
        ("By Nils Brandt, Sorvik Herald", "Sorvik Herald"),
        ("Por Nils Brandt | Para El Heraldo de Sorvik", "El Heraldo de Sorvik"),
        ("Lindholm Harbour, 12 March 2014", None),
        ("Police Report, 12 March 2014", None),
        ("By Nils Brandt, Lindholm", None),
        ("By Nils Brandt, dpa", None),
    ],
)
@pytest.mark.parametrize("below", [True, False])
def test_an_outlet_may_stand_before_its_date_and_after_its_writer(line, expected, below):
    title = "Lindholm harbour reopens as ice melts"
    head = (title, line) if below else (line, title)
    article = understand(Draft("a.txt", "\n".join(head) + "\n\n" + STORY))
    assert article.title == title
    assert (article.facts.source and article.facts.source.value) == expected


@pytest.mark.parametrize(("end", "expected"), [("", "The Sorvik Courier"), ("\n\nLast words.", None)])
def test_the_sign_before_an_outlet_that_ends_a_text_is_its_own(end, expected):
    article = understand(Draft("a.txt", f"Harbour reopens\n\n{STORY}\n© The Sorvik Courier{end}"))
    assert (article.facts.source and article.facts.source.value) == expected


def test_an_outlet_right_below_a_headline_that_opens_the_text_is_the_masthead():
    article = understand(Draft("a.txt", "Harbour reopens\nThe Sorvik Standard-Times\n\n" + STORY + "\nAAP"))
    assert article.facts.source.value == "The Sorvik Standard-Times"


def test_a_paper_that_prints_an_agencys_story_is_its_source():
    rights = ("© 2020 The Associated Press. All rights reserved.", "copyright")
    assert page(("The Lindholm Courier", "masthead"), ("News", "menu"), ("A story.", None), rights) == (
        "The Lindholm Courier"
    )


def test_a_forums_link_is_no_outlet():
    raw = f"View Single Post\n\nHarbour reopens after a week of ice\n\n{'The harbour reopened on Tuesday. ' * 5}"
    assert understand(Draft("story.txt", raw)).facts.source is None


def test_the_owner_of_the_rights_goes_before_a_sister_in_the_menu():
    rights = ("© 2020 Reuters", "copyright")
    assert (
        page(*MENU, ("The Guardian", "masthead"), ("A story.", None), ("The Guardian app", "notice"), rights)
        == "Reuters"
    )


def test_an_outlet_below_an_entry_of_a_list_is_no_signature():
    assert page(("A story.", None), ("", None), ("Reuters", "byline")) == "Reuters"
    assert page(("A story.", None), ("", None), ("Radio", "notice"), ("Reuters", "byline"), ("TV", "notice")) is None


def test_outlets_in_a_list_are_no_mastheads():
    story = ("A story.", None)
    assert page(("Associated Press", None), ("Reuters", "masthead"), ("AFP", None), ("", None), story) is None
    assert page(("Gotham Reporter|", "masthead"), ("Sitemap|", "menu"), story) is None
    assert page(("Reuters", "masthead"), ("", None), story) == "Reuters"


def test_a_masthead_may_tell_its_age():
    assert (
        page(("The Gotham Observer - Independent since 1954", "masthead"), ("A story.", None)) == "The Gotham Observer"
    )


def test_the_first_of_partners_is_no_outlet():
    assert page(("A story.", None), ("© 2024 Gotham, Smallville & Co. Ltd. All rights reserved.", "copyright")) is None


@pytest.mark.parametrize(
    "line",
    [
        "(c) 1999-2004 Metropolis Media Ltd | Terms",
        "© 2024 Condé Nast. All rights reserved.",
        "© 2020 All rights reserved.",
        "© 2020 Alle Rechte vorbehalten.",
        "© 2021",
    ],
)
def test_the_firm_that_owns_an_outlet_is_not_the_outlet(line):
    raw = f"Story.\n\n{line}"
    assert source(raw, furniture=[Furniture("copyright", (8, len(raw)))]) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.nytimes.com/2020/11/09/x.html", "The New York Times"),
        ("https://news.example.co.uk/a", "example.co.uk"),
        ("https://amp.theguardian.com/x", "The Guardian"),
        ("http://localhost/a", None),
        ("http://127.0.0.1/a", None),
        ("not a url", None),
    ],
)
def test_the_site_is_the_last_resort(url, expected):
    found = source("Story.", url=url)
    assert (found.value if found else None) == expected


def test_a_folder_named_as_a_site_or_known_outlet():
    assert source("Story.", path="clips/dailysabah.com/2020/a.txt").value == "Daily Sabah"
    assert source("Story.", path="clips/Reuters/a.txt").value == "Reuters"
    assert source("Story.", path="seeds/000.txt") is None


def test_an_archive_file_is_no_site():
    assert source("Story.", path="clips/saved.tar.gz!a.txt") is None
    assert source("Story.", path="clips/saved.zip!dailysabah.com/a.txt").value == "Daily Sabah"


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "The New York Times",
            "New York Times",
            "nytimes.com",
            "https://www.nytimes.com/",
            "NYT",
            "the new york times",
        ),
        ("AP", "Associated Press", "The Associated Press", "apnews.com", "A.P."),
        ("Anadolu Agency", "AA", "Anadolu Ajansı", "aa.com.tr"),
        ("Daily Sabah", "dailysabah.com", "DAILY SABAH"),
        ("Le Monde", "Le Monde.fr", "LE MONDE", "lemonde.fr"),
        ("Euronews", "Euronews (FR)", "euronews.com"),
    ],
)
def test_spellings_of_one_outlet_are_one(spellings):
    assert len({outlet(name) for name in spellings}) == 1
    assert len({key(name) for name in spellings}) == 1


def test_a_site_is_the_outlet_of_its_name_if_that_is_long_enough():
    assert key("thespringfieldshopper.com") == key("The Springfield Shopper") == key("Springfield Shopper (Online)")
    assert key("herald.com") != key("herald.org")
    assert key("Der Anzeiger") == key("Anzeiger")


@pytest.mark.parametrize("spelt", ["AP", "The Guardian (UK)", "anadolu", "Gotham Gazette Online", "朝日新聞"])
def test_a_stated_source_is_given_as_it_is_spelt_and_is_one_with_its_outlet(spelt):
    assert source("Story.", stated=spelt).value == spelt
    assert key(spelt) == key(outlet(spelt))


def test_a_stated_address_is_given_by_the_name_of_its_outlet():
    assert source("Story.", stated="https://www.nytimes.com/section/world").value == "The New York Times"
    assert source("Story.", stated="www.gothamgazette.example").value == "gothamgazette.example"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Times", "Los Angeles Times"),
        ("La Presse", "Die Presse"),
        ("thedailystar.net", "dailystar.com.lb"),
        ("ABC News", "abc.net.au"),
        ("Le Temps", "The Times"),
    ],
)
def test_outlets_of_one_name_are_told_apart(one, other):
    assert outlet(one) != outlet(other)
    assert key(one) != key(other)


def test_every_spelling_in_the_table_means_its_outlet():
    known = outlets._known()
    assert {outlet(name) for name in known.whole.values()} == set(known.whole.values())
    assert len({key(name) for name in known.whole.values()}) == len(set(known.whole.values()))


def test_a_folder_of_an_everyday_name_tells_nothing():
    assert source("Story.", path="clips/nature/a.txt") is None
    assert source("Story.", path="clips/the_times/a.txt") is None


@pytest.mark.parametrize(
    ("spellings", "expected"),
    [
        ({"AP": 3}, "AP"),
        ({"AP": 3, "Associated Press": 1}, "Associated Press"),
        ({"shopper.example": 9, "Shopper": 1}, "Shopper"),
        ({"springfield shopper": 2, "Springfield Shopper": 2}, "Springfield Shopper"),
    ],
)
def test_an_archive_shows_an_outlet_under_one_name(spellings, expected):
    assert outlets.shown(spellings) == expected


def test_outlets_we_do_not_know_keep_their_own_name():
    assert outlet("The Springfield Shopper") == "The Springfield Shopper"
    assert key("The Springfield Shopper") == key("springfield shopper")
    assert key("The Springfield Shopper") != key("Shelbyville Shopper")


@given(st.text(max_size=200))
def test_any_text_raises_nothing(text):
    source(text, url=text, path=text)
    if text.strip():
        assert isinstance(key(text), str)


def test_a_line_of_the_head_that_the_firm_is_called_by_is_the_masthead():
    lead = "The harbour of Lindholm reopened on Tuesday after a week in which no ferry could leave it, officials said."
    page = f"Skip to content\nThe Sorvik Messenger\nLog in\nNews\nSport\nLindholm harbour reopens\n\n{lead}\n\n"
    assert (
        understand(Draft("a.txt", f"{page}© 2024 Sorvik Messenger Media\n")).facts.source.value
        == "The Sorvik Messenger"
    )
    assert understand(Draft("a.txt", f"{page}© 2024 Holm Holdings\n")).facts.source is None


def test_the_signs_of_writers_are_no_outlet():
    assert (
        understand(Draft("a.txt", "Harbour reopens\n\nThe harbour reopened.\n\n© LT/stga/sab\n")).facts.source is None
    )


@pytest.mark.parametrize(
    ("claim", "expected"),
    [("© 2019 «Сорвикские вести»", "Сорвикские вести"), ("Tüm hakları saklıdır © Sorvik Postası", "Sorvik Postası")],
)
def test_rights_are_claimed_in_many_shapes(claim, expected):
    lead = "The harbour of Lindholm reopened on Tuesday after a week in which no ferry could leave it, officials said."
    assert understand(Draft("a.txt", f"Harbour reopens\n\n{lead}\n\n{claim}\n")).facts.source.value == expected
