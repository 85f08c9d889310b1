"""The language of a text, and who wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.articles.clean import Cleaned, Furniture
from searcher.articles.drafts import Statement
from searcher.articles.facts.author import read_author
from searcher.articles.facts.language import detect_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The president said on Monday that the talks will go on.", "en"),
        ("Der Präsident sagte am Montag, dass die Gespräche nicht weitergehen.", "de"),
        ("Le président a dit lundi que les négociations se poursuivent dans la ville.", "fr"),
        ("El presidente dijo que las conversaciones seguirán en la ciudad.", "es"),
        ("Il presidente ha detto che i colloqui continueranno nella città.", "it"),
        ("O presidente disse que as conversas não vão continuar na cidade.", "pt"),
        ("De president zei dat het overleg niet doorgaat.", "nl"),
        ("Presidenten sade att samtalen inte kommer att fortsätta.", "sv"),
        ("Cumhurbaşkanı görüşmelerin bu yıl için devam edeceğini söyledi ve çok önemli olduğunu belirtti.", "tr"),
        ("Prezident bildirib ki, danışıqlar bu il üçün də davam edəcək və çox vacibdir.", "az"),
        ("Президент сказал, что переговоры продолжатся в понедельник в столице.", "ru"),
        ("Президент заявив, що переговори триватимуть у понеділок і що це добре.", "uk"),
        ("Президентът каза, че преговорите ще продължат в понеделник.", "bg"),
        ("Նախագահը ասաց, որ բանակցությունները կշարունակվեն", "hy"),
        ("პრეზიდენტმა განაცხადა, რომ მოლაპარაკებები გაგრძელდება", "ka"),
        ("总统表示谈判将继续", "zh"),
        ("大統領は協議が続くと述べた", "ja"),
        ("대통령은 회담이 계속될 것이라고 말했다", "ko"),
        ("وقال الرئيس إن المحادثات ستستمر", "ar"),
        ("رئیس جمهور گفت که گفتگوها ادامه پیدا می‌کند", "fa"),
        ("ok", None),
        ("12345 67 - 89", None),
        ("", None),
    ],
)
def test_the_language_or_none(text, expected):
    assert detect_language(text) == expected


@given(st.text(max_size=300))
def test_any_text_has_a_code_or_none(text):
    found = detect_language(text)
    assert found is None or len(found) == 2


def author(raw, stated=None, *, infer=True):
    found = read_author(Cleaned("T", raw, raw), Statement(stated, "JSON-LD") if stated else None, infer=infer)
    return found.value if found else None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Title\nBy MARK NIESSE, Associated Press Writer\n\nText.", "Mark Niesse"),
        ("By Ann Lee in Sorvik and AFP\n\nText.", "Ann Lee"),
        ("By Janie Gabbett, Reuters\n\nText.", "Janie Gabbett"),
        ("By STEPHEN JUKES AND PHILIP SHEHADI, REUTERS\n\nText.", "Stephen Jukes and Philip Shehadi"),
        ("by Ann Lee and Bob Stone\nText.", "Ann Lee and Bob Stone"),
        ("Von Anna Müller\n\nDer Text.", "Anna Müller"),
        ("Par Jean-Luc Dupont | Le 3 mai\n\nTexte.", "Jean-Luc Dupont"),
        ("Text.\n\n(Reporting by Jane Doe in Lima; Editing by Tom Poe)", "Jane Doe"),
        ("By Ann Lee, Robert Stone and Maria Poe\n\nText.", "Ann Lee, Robert Stone and Maria Poe"),
        ("By Ann Lee , Robert Stone\n\nText.", "Ann Lee, Robert Stone"),
        ("By Ann Lee, Staff Writer\n\nText.", "Ann Lee"),
        ("By\nAnn LeeSenior News Reporter\n\nText.", "Ann Lee"),
        ("By Ann McLee\n\nText.", "Ann McLee"),
        ("By Ann Lee For The Example\n\nText.", "Ann Lee"),
        ("By\u00a0Ann Lee\n\nText.", "Ann Lee"),
        ("Von: Anna Müller mit AP\n\nDer Text.", "Anna Müller"),
        ("By Ann K. Lee December 28, 2016\n\nText.", "Ann K. Lee"),
        ("By Ann Lee last updated 4 April 2017\n\nText.", "Ann Lee"),
        ("By Ann Lee Political Correspondent\n\nText.", "Ann Lee"),
        ("By court reporter Ann Lee\n\nText.", "Ann Lee"),
        ("Interview by Ann Lee\nThe Example\n\nText.", "Ann Lee"),
        ("> By ANN LEE\n> Associated Press Writer\n>\n> Text.", "Ann Lee"),
        ("Words: Ann Lee\nPictures: Bob Stone\n\nText.", "Ann Lee"),
        ("By Monday Morning the river had risen and the town was under water.", None),
        ("By Associated Press\n\nText.", None),
        ("By the river\n\nText.", None),
        ("The book by Ann Lee\nis long.", None),
        ("", None),
    ],
)
def test_a_plain_byline(raw, expected):
    assert author(raw) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Anna Stone\n4 April 2017", "Anna Stone"),
        ("4 April 2017\n\nAnna Stone and Robert Poe", "Anna Stone and Robert Poe"),
        ("Anna Stone / The Example / Updated: Oct 9, 2019", "Anna Stone"),
        ("Anna Stone Senior Editor\n4 April 2017", "Anna Stone"),
        ("Anna Stone in New York\n4 April 2017", "Anna Stone"),
        ("Anna Stone", None),
        ("ANNA JUNCTION, June 18, 1921.—The", None),
        ("Robert Krantz\n4 April 2017", None),
        ("New York\n4 April 2017", None),
        ("Read more\n4 April 2017", None),
    ],
)
def test_a_name_beside_the_day_is_the_writers_if_the_story_does_not_speak_of_it(lines, expected):
    story = "Mayor Robert Krantz opened the harbour.\n\n" + "It had been shut for a week. " * 30
    raw = f"Harbour reopens\n\n{lines}\n\n{story}"
    found = read_author(Cleaned("Harbour reopens", story, raw, (Furniture("title", (0, 15)),)), None, infer=True)
    assert (found.value if found else None) == expected
    assert found is None or raw[found.span[0] :].startswith(expected)


def test_the_byline_below_the_headline_is_the_articles():
    raw = "Storm kills sheep\nBy Tom Poe\n\nHarbour reopens\nBy Ann Lee\n\nText.\n\nMore\nBy Bob Stone"
    title = raw.index("Harbour")
    cleaned = Cleaned("Harbour reopens", "Text.", raw, (Furniture("title", (title, title + len("Harbour reopens"))),))
    assert read_author(cleaned, None, infer=True).value == "Ann Lee"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Ann Lee, Staff writer", "Ann Lee"),
        ("Ann Lee, Bob Stone", "Ann Lee, Bob Stone"),
        ("Ann Lee, Chief Political Correspondent", "Ann Lee"),
    ],
)
def test_a_stated_author_is_given_without_a_post(stated, expected):
    assert author("Text.", stated) == expected


def test_a_stated_author_is_believed():
    assert author("By Ann Lee\n\nText.", "by Bob Stone") == "Bob Stone"
    assert author("By Ann Lee\n\nText.", "https://example.org/authors/1") == "Ann Lee"
    assert author("By Ann Lee\n\nText.", infer=False) is None


@given(st.text(max_size=300))
def test_any_text_may_have_an_author(text):
    author(text)


def test_the_paper_behind_a_writers_name_is_not_of_it():
    assert author("By Ann Lee Times-Courier\n\nThe harbour reopened.") == "Ann Lee"


def test_a_name_over_a_writers_post_is_the_writers():
    assert author("T\nNils Brandt\nColumnist\n\nThe harbour reopened.") == "Nils Brandt"


def test_a_label_names_the_writer():
    assert author("BYLINE: Nils Brandt\n\nThe harbour reopened.") == "Nils Brandt"
