"""Names that what stands beside them tells, and names that are somebody's or something else's."""

from __future__ import annotations

import pytest

from searcher.articles.facts.people import read_people


def named(text: str) -> set[str]:
    return {person.name for person in read_people(text, language="en")}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("He left the farm to his widow, Sholpanay, and went to sea.", {"Sholpanay"}),
        ("They drove through Hudson, Tazewell, and Weston on Sunday.", set()),
        ("A hymn was sung before Rev. Tolworth spoke to the crowd.", {"Tolworth"}),
        ("The coach replaced Park Dae-Ho in the last minute of the game.", {"Park Dae-Ho"}),
        ("The morning desk\nANCHOR JANE ROWNTREE: Good evening. The storm has passed.", {"JANE ROWNTREE"}),
        ("The morning desk\nJANE ROWNTREE, HOST: Good evening. The storm has passed.", {"JANE ROWNTREE"}),
        ("The morning desk\nHARRIS COUNTY: The storm has passed.", set()),
    ],
)
def test_kin_titles_and_speakers_tell_names(text, people):
    assert named(text) == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("The minister read out a letter written by Anna Lindholm on Monday.", {"Anna Lindholm"}),
        ("Her atlas of mosses, edited by Karl Brukov, sold nine copies.", {"Karl Brukov"}),
        ("This article was written by Anna Lindholm.", set()),
        ("The bridge fell. Additional reporting by Anna Lindholm.", set()),
        ("Written by Anna Lindholm", set()),
    ],
)
def test_only_who_made_the_article_is_left_out(text, people):
    assert named(text) == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Shopkeeper Anna Lindholm saw it. She called Lindholm & Sons.", {"Anna Lindholm"}),
        ("Police named Canadians Anna Lindholm and Karl Brukov.", {"Anna Lindholm", "Karl Brukov"}),
        ("He owned Anna Farms and played in the Karl Lindholm Quartet.", set()),
        ("The ANNA FARMS sign fell, Karl Brukov said.", {"Karl Brukov"}),
        ("They swam across the river Lindholm, as Karl Brukov said.", {"Karl Brukov"}),
    ],
)
def test_what_someone_is_and_what_is_called_after_someone_is_no_name(text, people):
    assert named(text) == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Shares of Kessler AG fell. Kessler said that Anna Lindholm would leave.", {"Anna Lindholm"}),
        ("She ran Hendricks Foods. Hendricks has always paid, Anna Lindholm said.", {"Anna Lindholm"}),
        ("Anna Lindholm works for Karl Brukov plc. Karl Brukov pays well.", {"Anna Lindholm"}),
        ("Anna Lindholm founded Lindholm Foods. Lindholm was glad.", {"Anna Lindholm"}),
        ("Mr Hendricks sold Hendricks Foods. Hendricks was glad.", {"Hendricks"}),
        ("Senator Hendricks will open the Hendricks Capital Conference.", {"Hendricks"}),
    ],
)
def test_a_firm_that_is_given_in_full_once_is_nobody_later(text, people):
    assert named(text) == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("She left a fund of Karl Brukov-controlled firms, Anna Lindholm said.", {"Karl Brukov", "Anna Lindholm"}),
        ("Kim Il-sung met Anna Lindholm and Omar Salah El-din.", {"Kim Il-sung", "Anna Lindholm", "Omar Salah El-din"}),
        ("The court heard Adv Tolworth on Monday.", {"Tolworth"}),
    ],
)
def test_what_is_joined_to_a_name_is_not_of_it(text, people):
    assert named(text) == people


def test_a_place_is_nobody_where_it_stands_as_places_do_alone():
    assert named("Lucía Ferreyra, a nurse from Córdoba, was born in Córdoba.") == {"Lucía Ferreyra"}


def test_who_wrote_the_story_is_not_in_it():
    assert named("The bridge fell.\nStory by Anna Lindholm") == set()
    assert named("He read a story by Anna Lindholm.") == {"Anna Lindholm"}
