"""The story told from the page: on made-up articles such as people save them, and on any text at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.articles.clean import Cleaned, clean

LEAD = "The harbour of Lindholm reopened on Tuesday after a week in which no ferry could leave it, officials said."
MORE = "“We have never seen ice like this in April,” harbour master Greta Holm told reporters. “Now it is gone.”"
LAST = "About 4,000 people live on the island, which is cut off whenever the strait freezes over, as it did in 1987."
STORY = (LEAD, MORE, LAST)
TITLE = "Lindholm harbour reopens as ice melts"


def page(*lines: str) -> str:
    return "\n\n".join(lines)


def kinds(cleaned: Cleaned, kind: str) -> list[str]:
    return [cleaned.raw[slice(*piece.span)].strip() for piece in cleaned.furniture if piece.kind == kind]


def test_a_clean_article_is_left_as_it_is() -> None:
    cleaned = clean(page(TITLE, *STORY))
    assert cleaned.title == TITLE
    assert cleaned.text == page(*STORY)
    assert cleaned.raw == page(cleaned.title, *STORY)


def test_a_topic_line_before_the_headline_is_no_title() -> None:
    cleaned = clean(page("Lindholm, Greta Holm", "Harbour on Lindholm reopens after a week of ice", *STORY))
    assert cleaned.title == "Harbour on Lindholm reopens after a week of ice"
    assert kinds(cleaned, "topic") == ["Lindholm, Greta Holm"]
    assert cleaned.text == page(*STORY)


def test_a_menu_and_a_masthead_are_told_from_a_headline_that_stands_twice() -> None:
    months = "\n".join(f"{month}\u00a02015" for month in ("January", "February", "March", "April", "May"))
    run = "".join(f"{month}\u00a02016" for month in ("June", "July", "August", "September", "October") * 40)
    headline = "‘Never seen such ice’: Lindholm harbour reopens after a week"
    cleaned = clean(f"Send news\n{months}\n{run}\nThe Island Hour |\n\n{headline}\n\n{headline}\n\n{page(*STORY)}")
    assert cleaned.title == headline
    assert kinds(cleaned, "masthead") == ["The Island Hour |"]
    assert kinds(cleaned, "title") == [headline, headline]
    assert cleaned.text == page(*STORY)


def test_links_to_other_stories_are_cut_and_subheadings_stay() -> None:
    first = "Also on\nWATCH: Ten walruses land in Sorvik as first tourists flee"
    second = "Also on\n© Example Photo / Nils Brandt\nSorvik mayor wins third term after recount"
    cleaned = clean(page(TITLE, LEAD, first, "A hard winter", MORE, second, LAST))
    assert cleaned.text == page(LEAD, "A hard winter", MORE, LAST)
    assert "Brandt" not in cleaned.text


@pytest.mark.parametrize(
    "trigger",
    ["Read also", "READ MORE", "Related stories", "You may also like", "Lesen Sie auch", "Читайте также", "Lire aussi"],
)
def test_what_follows_an_offer_at_the_end_is_no_story(trigger: str) -> None:
    others = (
        "Mayor Otto Krantz says he will not run again",
        "Storm Petra kills dozens of sheep in the northern valleys",
    )
    cleaned = clean(
        page(
            TITLE,
            *STORY,
            "Like this story? Share it with a friend!",
            trigger,
            *others,
        )
    )
    assert cleaned.text == page(*STORY)
    assert set(others) <= set(kinds(cleaned, "related"))


@pytest.mark.parametrize(
    "line",
    [
        "Share this article on social media!",
        "Follow us on Telegram for more",
        "Subscribe to our newsletter",
        "Sign up here to get the best of our reporting delivered to your inbox every morning.",
        "Advertisement",
        "Read more: Storm Petra kills dozens of sheep",
        "© 2021 The Island Hour. All rights reserved.",
        "Photo: Nils Brandt / Example Images",
        "AP Photo/Nils Brandt",
        "Reporting by Nils Brandt; Editing by Eva Lund",
        "By Nils Brandt",
        "Published: 14 April 2021, 10:15 GMT",
        "April 14, 2021 3:15 PM EST",
        "3 min read",
        "12 comments",
        "***",
    ],
)
def test_a_line_of_furniture_is_cut_wherever_it_stands(line: str) -> None:
    for lines in ((LEAD, line, MORE, LAST), (LEAD, MORE, LAST, line), (line, LEAD, MORE, LAST)):
        cleaned = clean(page(TITLE, *lines))
        assert cleaned.text == page(*STORY), lines.index(line)
        assert line in cleaned.raw


@pytest.mark.parametrize(
    "line",
    [
        "Share prices on the island's exchange fell by a tenth, the steepest fall since 2008.",
        "Read the law aloud, the judge said, and everyone in the room did as they were told.",
        "Like it or not, the strait freezes over once in ten years, and the ferries stop.",
        "The report was published on Monday by the ministry of transport in the capital.",
        "By Friday all ferries were running again, and the shelves of the shops were full.",
        "More than two hundred people had waited in the terminal for the first ferry out.",
        "Follow the coast and you see the wrecks of 1987, said Holm, pointing at the map.",
        "He spoke to reporters from the mainland (via a satellite telephone).",
    ],
)
def test_prose_that_begins_like_furniture_is_story(line: str) -> None:
    assert line in clean(page(TITLE, LEAD, line, LAST)).text


def test_a_caption_stays_without_its_credit() -> None:
    caption = "Harbour master Greta Holm (L) and mayor Otto Krantz (R) greet the first ferry, April 13, 2021."
    cleaned = clean(f"{TITLE}\n{caption} (Island Press Service via AP)\n\n\n{page(*STORY)}")
    assert cleaned.title == TITLE
    assert cleaned.text == page(caption, *STORY)
    assert kinds(cleaned, "caption") == [caption]
    assert kinds(cleaned, "credit") == ["(Island Press Service via AP)"]


def test_a_story_without_a_headline_is_called_by_its_first_sentence() -> None:
    assert clean(page(*STORY)).title.startswith("The harbour of Lindholm reopened on Tuesday")
    assert clean(page(*STORY)).text == page(*STORY)
    dated = clean(page(f"Lindholm, Norland – {LEAD}", MORE, LAST))
    assert dated.title.startswith("The harbour of Lindholm reopened")
    assert dated.text.startswith("Lindholm, Norland – The harbour")


def test_a_dotted_dateline_is_no_title() -> None:
    story = "Президент страны сказал, что переговоры в Линдхольме продолжатся на следующей неделе."
    assert clean(f"Москва. 13 марта 2023 года. {story}").title == story.rstrip(".")
    assert clean(f"Москва. 13 марта. INTERFAX.RU - {story}").title == story.rstrip(".")


def test_what_dangles_at_the_end_is_cut() -> None:
    assert clean("\n".join((*STORY, "Trade rose by 25-30%. -", "|"))).text.endswith("Trade rose by 25-30%.")


def test_a_stated_title_is_kept_and_its_repetition_cut() -> None:
    cleaned = clean(page("Lindholm Harbour Reopens", *STORY), title="Lindholm harbour reopens")
    assert cleaned.title == "Lindholm harbour reopens"
    assert cleaned.text == page(*STORY)


def test_the_site_is_no_part_of_the_title() -> None:
    assert clean(page("Lindholm harbour reopens as ice melts | The Island Hour", *STORY)).title == (TITLE)


def test_lists_within_a_story_are_story() -> None:
    ships = ("Aurora", "Borealis", "Corona", "Delphin", "Eider", "Falke")
    cleaned = clean(page(TITLE, LEAD, "The ferries are:", *ships, LAST))
    assert all(ship in cleaned.text for ship in ships)


def test_lines_broken_at_a_margin_are_paragraphs() -> None:
    wrapped = re.sub(r"(.{50,68}) ", r"\1\n", page(*STORY, *STORY))
    assert clean(wrapped).text == page(*STORY, *STORY)


def test_words_broken_at_a_margin_are_mended() -> None:
    rows = (
        "The harbour of Lindholm reopened on Tues-",
        "day after a week in which no ferry could",
        "leave it, harbour master Greta Holm-",
        "Brandt told the two- and three-masted and",
        "Sorvik-based ships, said an offi-",
        "cial of the port, who waited for the ice-",
        "breaker and for what was in short-",
        "and long-term stores of the isl-",
        "and on that day and the day before.",
    )
    text = clean("Lindholm harbour reopens\n\n" + "\n".join(rows)).text
    assert text.startswith("The harbour of Lindholm reopened on Tuesday after a week in which no ferry could leave it,")
    for words in ("Greta Holm-Brandt told", "an official of", "short- and long-term"):
        assert words in text
    assert clean("LINDHOLM HAR-\nBOUR OPEN\n\n" + "\n".join(rows * 2)).title == "LINDHOLM HARBOUR OPEN"


def test_the_rows_of_a_headline_in_capitals_are_one() -> None:
    story = re.sub(r"(.{50,68}) ", r"\1\n", page(*STORY, *STORY))
    cleaned = clean(f"LINDHOLM HARBOUR\nREOPENS AFTER\nWEEK OF ICE\n\nHarbour Master\nTells of 1987\n\n{story}")
    assert cleaned.title == "LINDHOLM HARBOUR REOPENS AFTER WEEK OF ICE"


def test_a_short_row_in_broken_lines_stands_by_itself() -> None:
    wrapped = "NNNN\nLindholm harbour reopens as ice melts\n\n" + re.sub(r"(.{50,68}) ", r"\1\n", page(*STORY, *STORY))
    assert clean(wrapped).title == TITLE


def test_a_few_words_over_a_byline_are_no_entry_of_a_menu() -> None:
    head = (
        "OPINION | Guest commentary",
        "Leave the ice",
        "By Ann Lee | Special to the Hour",
        "30 May 2017 | 5:00 a.m.",
    )
    assert clean("The Island Herald\n" + "\n".join(head) + "\n\n" + page(*STORY)).title == "Leave the ice"


def test_a_whole_page_with_menus_around_it() -> None:
    menu = "Home\nWorld\nBusiness\nSport\nOpinion\nWeather\nLog in\nSubscribe\nSkip to content"
    foot = "Most read\nSheep found\nContact us\nPrivacy policy\n© 2021 The Island Hour. All rights reserved."
    cleaned = clean(
        f"{menu}\n\nLindholm harbour reopens as ice melts\n\nBy Nils Brandt\n\n{page(*STORY)}\n\n{foot}\n\n{menu}"
    )
    assert cleaned.title == TITLE
    assert cleaned.text == page(*STORY)


BROADCASTER = f"""{TITLE}
Published
13 April 2021
Share
close
Copy link
Related Topics
Lindholm
A ferry in the ice
Image source, Example Images
Image caption,
The first ferry in a week
{LEAD}
What happened?
{MORE}
{LAST}
You may also be interested in:
Media caption,
The winter of 1987
More on this story
Storm Petra kills dozens of sheep
1 April 2021"""
CHANNEL = f"""News|Norland

{TITLE}

Islanders had waited for a week for the first ship.

A ferry waits in the harbour [File: Nils Brandt/Reuters]
By Example Staff
Published On 13 Apr 2021
13 Apr 2021

{LEAD}

Keep reading
list of 2 items
list 1 of 2
Storm Petra kills dozens of sheep
list 2 of 2
What is known of the winter of 1987?
end of list

{MORE}

{LAST}

Source: Example and news agencies"""
WIRE = f"""13 Apr, 14:05

{TITLE}

© Nils Brandt/Example/TASS

LINDHOLM, April 13. /TASS/. {LEAD}

{MORE}

{LAST}

Tags
Norland"""
BLOG = f"""Home / Norland / {TITLE}
{TITLE}
Posted by Nils Brandt on April 13, 2021
1,204 views
{LEAD}
{MORE}
{LAST}
Facebook
Twitter
Previous article
Snow expected in Sorvik
Next article
Football: Lindholm wins again"""


@pytest.mark.parametrize(
    ("saved", "besides"),
    [
        (BROADCASTER, ["What happened?"]),
        (CHANNEL, ["Islanders had waited for a week for the first ship.", "A ferry waits in the harbour"]),
        (WIRE, ["LINDHOLM, April 13. /TASS/."]),
        (BLOG, []),
    ],
)
def test_articles_as_sites_of_many_kinds_give_them(saved: str, besides: list[str]) -> None:
    cleaned = clean(saved)
    assert cleaned.title == TITLE
    left = cleaned.text
    for part in (*STORY, *besides):
        assert part in left
        left = left.replace(part, "")
    assert left.split() == []


@given(st.text(max_size=600))
@settings(max_examples=300)
def test_any_text_gives_a_title_of_one_line_and_spans_within_it(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.raw == text
    assert "\n" not in cleaned.title
    assert bool(cleaned.title) == bool(text.strip())
    words = set(re.findall(r"\w+", cleaned.raw))
    assert set(re.findall(r"\w+", cleaned.text)) <= words
    for piece in cleaned.furniture:
        assert 0 <= piece.span[0] < piece.span[1] <= len(text)


@given(
    st.lists(
        st.sampled_from([*STORY, "Also on", "Read also", "Share", "12 comments", "A short line", "By Nils Brandt"]),
        max_size=12,
    )
)
@settings(max_examples=200)
def test_prose_that_stands_in_a_text_once_is_never_lost(lines: list[str]) -> None:
    text = clean(page(*lines)).text
    for line in STORY:
        if line in lines:
            assert line in text


@pytest.mark.parametrize(
    ("text", "title", "story"),
    [
        (
            (
                "Harbour bridge opens\n\nMayor Lindqvist opened the harbour bridge on Friday.\n\n"
                "Lindqvist said the bridges of the north would stay open all winter."
            ),
            "Harbour bridge opens",
            (
                "Mayor Lindqvist opened the harbour bridge on Friday.\n\n"
                "Lindqvist said the bridges of the north would stay open all winter."
            ),
        ),
        (
            "Peace talks resume\nDelegations met in Geneva on Monday to discuss a ceasefire.\nThey meet again soon.",
            "Peace talks resume",
            "Delegations met in Geneva on Monday to discuss a ceasefire.\nThey meet again soon.",
        ),
        ("A short note\nwithout any full stop", "A short note", "without any full stop"),
        (
            "He came to the town.\nHe saw the old bridge.",
            "He came to the town",
            "He came to the town.\nHe saw the old bridge.",
        ),
        ("One line alone", "One line alone", "One line alone"),
    ],
)
def test_the_plainest_texts(text: str, title: str, story: str) -> None:
    cleaned = clean(text)
    assert cleaned.title == title
    assert cleaned.text == story


def test_a_site_by_itself_below_the_headline_is_a_masthead() -> None:
    story = "The ferries stopped on Monday, and nobody crossed the strait but for the mail boat, which is small."
    cleaned = clean(f"Ferries stop for a week\nharbour.example.news\n{story}")
    assert cleaned.title == "Ferries stop for a week"
    assert cleaned.text == story
    assert [piece.kind for piece in cleaned.furniture] == ["title", "masthead"]


def test_a_longer_line_right_below_the_headline_is_its_deck() -> None:
    headline = "Islanders cheer as the harbour wakes from its sleep"
    deck = "After a week in April, the ferry of Lindholm and people on the island leave the harbour again"
    assert clean(f"Sea and coast\n{headline}\n{deck}\n\n{page(*STORY)}").title == headline


def test_a_line_of_empty_words_that_stands_twice_is_no_headline() -> None:
    offer, headline = "What would you have done with them?", "Lindholm harbour reopens after ice"
    assert clean(f"{offer}\n{offer}\n\nMenu\n\n{headline}\n\n{page(*STORY)}").title == headline


def test_a_masthead_that_stands_twice_is_no_headline() -> None:
    cleaned = clean(
        f"The Lindholm Chronicle\n\nThe Lindholm Chronicle\nNews\nSport\nWeather\n\n{TITLE}\n\n{page(*STORY)}"
    )
    assert cleaned.title == TITLE
    assert "The Lindholm Chronicle" in kinds(cleaned, "masthead")


def test_a_motto_is_no_headline_and_a_headline_may_be_broken_in_two() -> None:
    motto = "Serving the harbour of Lindholm since 1911"
    cleaned = clean(f"Island Sentinel\n{motto}\n\nLindholm harbour reopens\nas the ice melts\n\n{page(*STORY)}")
    assert cleaned.title == "Lindholm harbour reopens as the ice melts"
    assert cleaned.text == page(*STORY)
    assert kinds(cleaned, "title") == ["Lindholm harbour reopens", "as the ice melts"]


def test_a_line_right_above_a_story_heads_it_whatever_it_says() -> None:
    menu = "Archive\nLetters\nWeather\nBlogroll\nContact"
    headline = "Joy and relief as spring comes at last"
    cleaned = clean(f"{menu}\n\n{headline}\n\nTuesday, 4 April 1988\n\n{page(*STORY)}")
    assert (cleaned.title, cleaned.text) == (headline, page(*STORY))


def test_a_headline_that_says_little_of_its_story_is_better_than_none() -> None:
    headline = "Season of doubt draws towards an uneasy close in Lindholm"
    above = page("Follow our coverage", headline, "Author:", "Maria Lund", "Updated:", "Original:")
    assert clean(page(above, *STORY)).title == headline


def test_a_line_over_a_byline_is_more_likely_the_headline() -> None:
    offer, headline = "Want our news of the islands first?", "Seven things that the thaw will change on the island"
    cleaned = clean(page("Menu", offer, "No, thanks", "Accept", "Sea and coast", headline, "By Maria Lund", *STORY))
    assert cleaned.title == headline


@pytest.mark.parametrize("lead", ["Home » News » ", "Our islands : ", "Islands | "])
def test_what_leads_to_a_headline_that_stands_alone_elsewhere_is_no_part_of_it(lead: str) -> None:
    cleaned = clean(f"{lead}{TITLE}\n\n{lead}{TITLE}\n\n{page(*STORY)}\n\nIslands\n\n{TITLE}")
    assert cleaned.title == TITLE


def test_a_colon_within_a_headline_stays() -> None:
    short, headline = "Much more than a place for boats", "The harbour at fifty: Much more than a place for boats"
    assert clean(page(headline, "By Maria Lund", *STORY, short)).title == headline


def test_an_offer_over_the_headline_does_not_take_it_for_another_story() -> None:
    cleaned = clean(f"Advertisement\nContinue reading the main story\n{TITLE}\n\n{page(*STORY)}")
    assert cleaned.title == TITLE


def test_the_names_of_writers_with_initials_are_a_byline() -> None:
    byline = "By Maria Lund, William K. Stern, Al Baker and Greta Holm"
    assert kinds(clean(page(TITLE, byline, *STORY)), "byline") == [byline]
