"""Dates as written, published, and as a floor: small texts of many countries, subjects and times."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.articles.clean import Cleaned, Furniture
from searcher.articles.drafts import Draft, Stated, Statement
from searcher.articles.facts import add_contents, read_publication
from searcher.articles.facts.mentions import floor, read_mentions
from searcher.articles.facts.written import find_dates, parse_stated
from searcher.articles.understanding import understand
from searcher.model import PartialDate

TODAY = date(2026, 3, 1)


def mentions(text, language=None, published=None):
    published = PartialDate.parse(published) if published else None
    return [str(m.value) for m in read_mentions(text, language=language, published=published, today=TODAY)]


def facts(text, *, raw=None, path="a.txt", furniture=(), infer=True, language="en", **stated):
    said = Stated(**{name: Statement(value, "stated in the record") for name, value in stated.items()})
    cleaned = Cleaned("Title", text, raw or text, tuple(furniture))
    published = read_publication(cleaned, said, path=path, language=language, infer=infer, today=TODAY)
    return add_contents(published, cleaned, (), language=language, infer=infer, today=TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour froze on January 12, 1963, and again", ["1963-01-12"]),
        ("signed on Oct. 9, 2020.", ["2020-10-09"]),
        ("on 3rd of July 1976 the", ["1976-07-03"]),
        ("The 14 July 1789 uprising", ["1789-07-14"]),
        ("in April 2016 and this past July", ["2016-04"]),
        ("since 1991 when", ["1991"]),
        ("on 2019-12-31 at noon", ["2019-12-31"]),
        ("November 20 2020", ["2020-11-20"]),
        ("am 9. November 1989 fiel die Mauer", ["1989-11-09"]),
        ("am 24.12.2018 in Wien", ["2018-12-24"]),
        ("le 1er août 1914, la mobilisation", ["1914-08-01"]),
        ("el 11 de septiembre de 1973 en Santiago", ["1973-09-11"]),
        ("il 2 giugno 1946 gli italiani", ["1946-06-02"]),
        ("em 25 de Abril de 1974 em Lisboa", ["1974-04-25"]),
        ("op 5 mei 1945 in Wageningen", ["1945-05-05"]),
        ("12 апреля 1961 года Гагарин", ["1961-04-12"]),
        ("29 Ekim 1923'te Ankara'da", ["1923-10-29"]),
        ("w dniu 13 grudnia 1981 r.", ["1981-12-13"]),
        ("2011年3月11日の地震", ["2011-03-11"]),
        ("21 սեպտեմբերի 1991", ["1991-09-21"]),
        ("June 5-7, 1967", ["1967-06-07"]),
        ("5-7 June 1967", ["1967-06-07"]),
        ("from 27 May to 3 June 1967", ["1967-05-27", "1967-06-03"]),
        ("from 30 December to 3 January 1967", ["1966-12-30", "1967-01-03"]),
        ("في ٩ نوفمبر ٢٠٢٠ وقع", ["2020-11-09"]),
        ("در ۹ نوامبر ۲۰۲۰ امضا شد", ["2020-11-09"]),
        ("2020 թվականի նոյեմբերի 9-ին", ["2020-11-09"]),
        ("2020-ci il noyabrın 9-da", ["2020-11-09"]),
        ("2020. november 9-én", ["2020-11-09"]),
        ("It rained. May 2010 was worse", ["2010-05"]),
    ],
)
def test_a_written_date_is_read_at_its_precision(text, expected):
    assert mentions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "you may 5 times",
        "march 12 abreast",
        "a 2,000-mile walk",
        "paid $1999 for it",
        "version 3.11.2020.4",
        "1990 people came",
        "the 44-day war",
        "in fall, 30 of the men",
        "February 30, 2019",
        "flight 1815 of",
        "at 10:30",
        "tel. 555-2020",
        "a share of 1/8",
    ],
)
def test_what_only_looks_like_a_date_is_none(text):
    assert mentions(text) == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("on 3/4/2020 it", None, "2020"),
        ("le 3/4/2020 à Lyon", "fr", "2020-04-03"),
        ("on 12/25/2020 it", None, "2020-12-25"),
        ("on 25/12/2020 it", None, "2020-12-25"),
    ],
)
def test_figures_are_read_only_as_far_as_they_are_sure(text, language, expected):
    assert mentions(text, language) == [expected]


def test_the_order_of_figures_is_that_of_the_texts_other_dates():
    assert mentions("first on 3/4/2020, then on 25/4/2020") == ["2020-04-03", "2020-04-25"]
    assert mentions("first on 3/4/2020, then on 4/25/2020") == ["2020-03-04", "2020-04-25"]
    assert mentions("on 3/4/2020, 25/4/2020 and 4/25/2020") == ["2020", "2020-04-25", "2020-04-25"]


def test_a_day_without_a_year_takes_it_from_a_full_day_close_by():
    assert mentions("They met on Oct. 9, 2020. The truce came on Nov. 9.") == ["2020-10-09", "2020-11-09"]
    assert mentions("Founded March 2, 1901, the club meets on Oct. 9.") == ["1901-03-02"]
    assert mentions("The truce came on Nov. 9.") == []


def test_a_coming_day_before_one_that_is_past_has_no_sure_year():
    assert mentions("He is due here on March 12. The plan was shown on April 29, 2021.") == ["2021-04-29"]
    assert mentions("He came on March 12. The plan was shown on April 29, 2021.") == ["2021-03-12", "2021-04-29"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police said on Tuesday that he was found.", ["2020-11-10"]),
        ("The bridge fell on Thursday, killing two.", ["2020-11-12"]),
        ("It was signed on Friday, and broken.", ["2020-11-06"]),
        ("He was arrested yesterday.", ["2020-11-11"]),
        ("He said: “I was arrested yesterday.”", []),
        ("They will meet on Tuesday.", []),
        ("They met on Tuesday last week.", []),
        ("They met on Tuesday of last week.", []),
        ("They met on Tuesday, 3 November.", ["2020-11-03"]),
        ("They met on Tuesday, Nov. 3, 2020.", ["2020-11-03"]),
        ("The market is held on Tuesdays.", []),
    ],
)
def test_a_weekday_is_the_last_before_the_publication_where_it_is_past(text, expected):
    assert mentions(text, "en", published="2020-11-12") == expected


def test_a_weekday_says_nothing_where_no_date_is_known():
    assert mentions("Police said on Tuesday that he was found yesterday.", "en") == []


def test_a_day_without_a_year_takes_the_nearest_to_the_publication():
    assert mentions("on Dec. 30 it snowed", published="2021-01-04") == ["2020-12-30"]
    assert mentions("opens on Jan. 3", published="2020-12-28") == ["2021-01-03"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge fell on May 4, 1998. It had opened on June 1, 1930.", "1998-05-04"),
        ("The vote will be held on May 4, 2021. Parties met on April 2, 2021.", "2021-04-02"),
        ("Tenants must leave by June 30, 2022; the notice was served on March 1, 2022.", "2022-03-01"),
        ("They are stationed there after the Nov. 10, 2020 cease-fire.", "2020-11-10"),
        ("In April 2016 and in 2019 there were floods.", None),
        ("She was born on 1 May 1888.", "1888-05-01"),
        ("The probe was launched on May 4, 2031.", None),
        ("The bonds were sold to be repaid between March 9 and March 30, 2021, the bank said.", None),
        ("The rights will expire on March 31, 2021, the company said.", None),
        ("The firm said it called for redemption on April 10, 2021, of its bonds.", None),
        ("The sale was announced and is set for Tuesday March 17, 2020.", None),
        ("The year began on January 1, 2019 and ends December 31, 2019.", "2019-01-01"),
        ("Claims must be filed no later than October 31, 2005.", None),
        ("The hearing is on Friday, August 11, 2006, 9:00 AM to noon.", None),
        ("Envoys attend a meeting in Bern, Switzerland, Oct. 9, 2020. (Agency)", "2020-10-09"),
        ("It froze on May 4, 1998. Cars made as of September 1, 2010, need it.", "1998-05-04"),
        (
            "It froze on May 4, 1998. Guns were banned. The armed force in the United States after May 9, 2007",
            "1998-05-04",
        ),
        ("It froze on May 4, 1998. Sorvik will host the games on May 9 2007 Sorvik was one of two ports", "1998-05-04"),
    ],
)
def test_the_floor_is_the_latest_day_told_as_past(text, expected):
    found = read_mentions(text, language="en", published=None, today=TODAY)
    lowest = floor(text, found, TODAY)
    assert (str(lowest[0]) if lowest else None) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "By the statement of May 4, 1998, troops stay until 2025.", "1998-05-04"),
        ("en", "Duties that will take effect on 1 March 2023 were announced.", None),
        ("ru", "Соглашение было подписано 9 ноября 2020 года.", "2020-11-09"),
        ("ru", "Выборы состоятся 9 ноября 2020 года.", None),
        ("tr", "Anlaşma 9 Kasım 2020'de imzalandı.", "2020-11-09"),
        ("tr", "Seçim 9 Kasım 2020'de yapılacak.", None),
        ("de", "Das Abkommen wurde am 9. November 2020 unterzeichnet.", "2020-11-09"),
        ("de", "Die Brücke soll am 9. November 2020 eröffnen.", None),
        ("fr", "L'accord a été signé le 9 novembre 2020.", "2020-11-09"),
        ("fr", "Le pont ouvrira le 9 novembre 2020.", None),
        ("es", "El acuerdo se firmó el 9 de noviembre de 2020.", "2020-11-09"),
        ("es", "El puente abrirá el 9 de noviembre de 2020.", None),
        ("ar", "وقع الاتفاق في ٩ نوفمبر ٢٠٢٠", "2020-11-09"),
        ("hy", "Համաձայնագիրը ստորագրվել է 2020 թվականի նոյեմբերի 9-ին։", "2020-11-09"),
        ("zh", "2020年11月9日，双方签署了协议。", "2020-11-09"),
        ("zh", "会议将于2020年11月9日举行。", None),
    ],
)
def test_the_floor_follows_the_tenses_of_the_language(language, text, expected):
    found = read_mentions(text, language=language, published=None, today=TODAY)
    lowest = floor(text, found, TODAY, language=language)
    assert (str(lowest[0]) if lowest else None) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2020-11-09", "2020-11-09"),
        ("2020-11-09T23:30:00-08:00", "2020-11-09"),
        ("2020-11-09 00:10:00+09:00", "2020-11-09"),
        ("2020-11", "2020-11"),
        ("1987", "1987"),
        ("20201109", "2020-11-09"),
        ("Mon, 09 Nov 2020 21:15:00 GMT", "2020-11-09"),
        ("9 Nov 2020 21:15", "2020-11-09"),
        ("November 9th, 2020, 5:00 PM EST", "2020-11-09"),
        ("9. November 2020", "2020-11-09"),
        ("1604966400", "2020-11-10"),
        ("1604966400000", "2020-11-10"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26"),
        ("2020-13-45", None),
        ("9999-01-01", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_stated_date_keeps_its_day_and_precision(stated, expected):
    found = parse_stated(stated, "en", TODAY)
    assert (str(found) if found else None) == expected


def test_what_is_stated_goes_before_what_is_inferred():
    found = facts("Published: 3 November 2020\n\nText.", path="2001-01-01.txt", date="2019-05-06")
    assert str(found.date.value) == "2019-05-06"
    assert found.date.confidence == 1
    assert found.date.basis == "stated in the record"


@pytest.mark.parametrize(
    ("raw", "expected", "basis"),
    [
        ("Floods in Jakarta\nPublished: 3 November 2020\n\nWater rose.", "2020-11-03", "date line"),
        ("April 06, 2007 12:44 AM EDT\nA senator seeks change\n\nHe said.", "2007-04-06", "date line"),
        ("A title\nTuesday, 9 February 1999\n\nText.", "1999-02-09", "date line"),
        ("A title\nBy Ann Lee | Updated June 5, 2021 | Published June 3, 2021\n\nText.", "2021-06-03", None),
        ("Ein Titel\n15.04.2025, 17:59Lesezeit: 5 Min.\n\nText.", "2025-04-15", "date line"),
        ("Un titolo\n05 Gennaio 2025 Aggiornato alle 16:01 1 minuti di lettura\n\nTesto.", "2025-01-05", "date line"),
        ("A title\nAnn Lee / The Example / Apr 16, 2016, 14:04 IST\n\nText.", "2016-04-16", "byline"),
        ("A title\nLindholm, 3 May 2011, 10:15 Uhr\n\nText.", "2011-05-03", "byline"),
        ("Mittwoch, 16. April 2025 - 14:55 was the day of the fire\n\nText.", None, None),
        ("A title\n\nLIMA, March 3, 1988 (Agency) - Miners went on strike.", "1988-03-03", "dateline"),
        ("A title\n\nST. LOUIS, Mo., March 3, 1988 (Agency) - Miners went on strike.", "1988-03-03", "dateline"),
        ("A title\n\nVANCOUVER, British Columbia, March 3, 1988 (Agency) - Miners.", "1988-03-03", "dateline"),
        ("Киев. 2 мая 2019 года. INTERFAX.RU - Суд вынес решение.", "2019-05-02", "dateline"),
        ("Minsk. 2 May 2019. Somebody - he is unknown - came.", None, None),
        ("A title\n\nCLEVELAND, Feb 26 - Oil rose.", None, None),
        ("A title\n\nThe war that began on June 28, 1914 was long.", None, None),
        ("A title\n\nCopyright 2020", None, None),
    ],
)
def test_the_date_is_given_on_firm_evidence_only(raw, expected, basis):
    found = facts(raw, raw=raw).date
    assert (str(found.value) if found else None) == expected
    if basis:
        assert found.basis == basis
    if found:
        start, end = found.span
        assert str(found.value)[:4] in raw[start:end]


def test_a_weekday_stands_before_a_day_in_arabic_too():
    story = "استقال وزير الموانئ أمس بعد ثلاثة أيام من غرق العبارة قبالة الساحل الشمالي، وقال إنه يتحمل المسؤولية. " * 2
    read = understand(Draft("a.txt", f"وزير الموانئ يستقيل بعد غرق العبارة\n\nالثلاثاء 7 أبريل 2015\n\n{story}"))
    assert str(read.facts.date.value) == "2015-04-07"


def test_a_date_line_deep_in_the_story_is_of_something_quoted():
    raw = (
        "Senator writes to the president\n\n"
        + "The senator wrote a letter, which is given below in full. " * 8
        + "\n\n"
    )
    assert facts(raw + "March 30, 2004\n\nDear Mr. President:\n\nI write to you.").date is None


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("SORVIK, N.H. (Sept. 9, 2014) -- The harbour opened again.", "2014-09-09"),
        ("Senator visits harbour FOR IMMEDIATE RELEASE May 3 2005 Sorvik The harbour opened again.", "2005-05-03"),
        ("Senator visits harbour Tuesday May 3 2005 FOR IMMEDIATE RELEASE The harbour opened again.", "2005-05-03"),
        ("Senator visits harbour May 3, 2005 BOSTON - The harbour opened again.", "2005-05-03"),
        ("May 3 2005 Senator visits harbour The harbour opened again.", "2005-05-03"),
        ("Figures for the year ended May 3, 2005 BOSTON - The harbour opened again.", None),
        ("They met at the May 3, 2005 BOSTON summit. The harbour opened again.", None),
        ("The harbour opened (Sept. 9, 2014) - and shut again.", None),
        ("May 3, 2005, was a day that nobody on the harbour has forgotten.", None),
    ],
)
def test_the_day_in_the_opening_of_a_press_release(opening, expected):
    date = facts(f"{opening} Nobody was hurt, it said on Friday.").date
    assert (date and str(date.value)) == expected


def test_a_line_with_an_hour_below_a_long_deck_is_the_publications():
    deck = "The harbour had been shut for a week, and nobody knew when it would open again. " * 6
    assert str(facts(f"A title\n\n{deck}\n\n3 May 2011, 10:15\n\nText of the story.").date.value) == "2011-05-03"


def test_the_day_below_the_headline_goes_before_that_over_it():
    story = "The harbour had been shut for a week, and nobody knew when it would open again.\n\n" * 3
    raw = f"Wednesday, 3 December 2025\n\nHarbour opens again after a week\n\nBy Ann Lee | 5 November 2024\n\n{story}"
    assert str(understand(Draft("story.txt", raw)).facts.date.value) == "2024-11-05"


def test_an_offer_between_the_headline_and_its_date_does_not_end_the_head():
    story = "The harbour had been shut for a week, and nobody knew when it would open again.\n\n" * 3
    raw = f"Harbour opens again\n\nIt had been shut for a week.\n\nRead more\n\nJan 12, 2017\n\n{story}"
    assert str(understand(Draft("story.txt", raw)).facts.date.value) == "2017-01-12"


def test_a_dateline_without_a_year_takes_none_from_other_days():
    assert mentions("PARIS, March 24 - The treaty was signed on April 2, 1992.") == ["1992-04-02"]


def test_a_byline_that_the_cleaning_found_gives_the_date():
    raw = "Menu\n" * 40 + "By Ann Lee, 3 May 2011\n\nText of the story."
    start = raw.index("By Ann")
    found = facts("Text of the story.", raw=raw, furniture=[Furniture("byline", (start, start + 22))])
    assert str(found.date.value) == "2011-05-03"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"url": "https://example.org/world/2020/11/09/story-77"}, "2020-11-09"),
        ({"url": "https://example.org/2020/11/story"}, "2020-11"),
        ({"url": "https://example.org/story-20201109.html"}, "2020-11-09"),
        ({"url": "https://example.org/2020/nov/09/story"}, "2020-11-09"),
        ({"url": "https://example.org/id/1987654321"}, None),
        ({"path": "news/2020-11-09-floods.txt"}, "2020-11-09"),
        ({"path": "1999/12/31/eve.txt"}, "1999-12-31"),
        ({"path": "20201109_a.jsonl#17"}, "2020-11-09"),
        ({"path": "seeds/000_1f9b75f18dc64c2e.txt"}, None),
        ({"path": "page-2020-99.txt"}, None),
        ({"path": "2031-01-01.txt"}, None),
    ],
)
def test_addresses_and_file_names_tell_dates(where, expected):
    found = facts("Some text.", **where).date
    assert (str(found.value) if found else None) == expected


def test_a_weekday_or_a_month_of_a_menu_is_no_date():
    raw = "March 2010\nApril 2010\nNovember 2020\nDaily\n\nHe said on Tuesday that prices rose."
    found = facts("He said on Tuesday that prices rose.", raw=raw)
    assert found.date is None
    assert found.not_before is None


def test_the_floor_points_into_the_raw_text():
    raw = "Menu\n\nTitle\n\nThe dam burst on May 4, 1998 at dawn."
    found = facts("The dam burst on May 4, 1998 at dawn.", raw=raw).not_before
    assert raw[slice(*found.span)] == "May 4, 1998"


def test_without_inference_only_what_is_stated_is_known():
    found = facts("LIMA, March 3, 1988 (Reuters) - Ada Lovelace spoke.", path="2020-01-01.txt", infer=False)
    assert (found.date, found.not_before, found.source, found.author, found.mentions, found.people) == (
        None,
        None,
        None,
        None,
        (),
        (),
    )


@given(st.text(max_size=300))
def test_any_text_can_be_searched_for_dates(text):
    last = 0
    for found in find_dates(text):
        assert last <= found.span[0] < found.span[1] <= len(text)
        last = found.span[1]


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2026, 1, 1)))
def test_every_day_reads_back_in_every_common_shape(day):
    expected = [str(PartialDate.of(day))]
    for text in (
        f"on {day:%B} {day.day}, {day.year}.",
        f"on {day.day} {day:%B} {day.year}.",
        f"on {day.isoformat()} it",
        f"am {day.day}.{day.month}.{day.year} in",
    ):
        assert mentions(text) == expected
    assert parse_stated(day.isoformat(), None, TODAY) == PartialDate.of(day)


@pytest.mark.parametrize("line", ["WHEN: Tuesday, November 15, 2005, 8:30 AM", "When:\nTuesday, November 15, 2005"])
def test_the_day_to_which_readers_are_invited_is_not_the_publications(line):
    raw = f"Holm to speak on ferries\n\nGreta Holm will speak on ferries tomorrow.\n\n{line}\nWHERE: Sorvik town hall\n"
    assert understand(Draft("a.txt", raw)).facts.date is None
