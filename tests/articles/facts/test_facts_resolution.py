"""Who is who across an archive, and the user's corrections of it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.articles.facts import corrections, names
from searcher.articles.facts.corrections import Merge, Split
from searcher.articles.facts.resolution import Sighting, resolve
from searcher.errors import ConfigError, UsageError


def sightings(spellings):
    counted = {}
    for spelling, articles in spellings.items():
        counted.setdefault(names.key(spelling), []).append((spelling, articles))
    return [Sighting(key, sum(n for _, n in listed), tuple(listed)) for key, listed in counted.items()]


def people(spellings, lines=()):
    return {
        human.name: {spelling for spelling, _ in human.spellings}
        for human in resolve(sightings(spellings), lines).humans
    }


def test_transliterations_and_slips_are_one_human():
    found = people(
        {"Nikol Pashinyan": 2, "Nikol Pashinian": 1, "Nikol Pashniyan": 1, "Pashinyan": 3, "Никол Пашинян": 1}
    )
    assert found == {
        "Nikol Pashinyan": {"Nikol Pashinyan", "Nikol Pashinian", "Nikol Pashniyan", "Pashinyan", "Никол Пашинян"}
    }


def test_a_bare_surname_goes_to_the_one_human_it_can_be():
    assert people({"Ilham Aliyev": 1, "Aliyev": 1}) == {"Ilham Aliyev": {"Ilham Aliyev", "Aliyev"}}


def test_a_bare_surname_that_could_be_two_stays_alone():
    assert set(people({"Ilham Aliyev": 2, "Heydar Aliyev": 1, "Aliyev": 1})) == {
        "Ilham Aliyev",
        "Heydar Aliyev",
        "Aliyev",
    }


def test_a_bare_surname_goes_to_one_who_is_far_more_often_named():
    found = people({"Vladimir Putin": 500, "Igor Putin": 1, "Putin": 90})
    assert "Putin" in found["Vladimir Putin"]


def test_humans_of_one_surname_stay_apart():
    assert set(people({"Bill Clinton": 3, "Hillary Clinton": 3, "Chelsea Clinton": 1})) == {
        "Bill Clinton",
        "Hillary Clinton",
        "Chelsea Clinton",
    }
    assert set(people({"George W. Bush": 3, "George H.W. Bush": 2, "Jeb Bush": 1})) == {
        "George W. Bush",
        "George H.W. Bush",
        "Jeb Bush",
    }


def test_initials_middle_names_and_short_forms_are_joined():
    assert people({"Daniel K. Akaka": 2, "Daniel Akaka": 5, "D. Akaka": 1}).keys() == {"Daniel Akaka"}
    assert people({"Bill Gates": 4, "William Gates": 1}).keys() == {"Bill Gates"}
    assert people({"Gabriel García Márquez": 1, "García Márquez": 3}).keys() == {"Gabriel García Márquez"}


def test_an_initial_that_fits_two_stays_alone():
    assert len(people({"John Smith": 2, "Jane Smith": 2, "J. Smith": 1})) == 3


def test_a_human_is_found_by_any_spelling():
    found = resolve(sightings({"Nikol Pashinian": 1, "Nikol Pashinyan": 2, "Ilham Aliyev": 1, "Aliyev": 1}))
    expected = ("nikol pashinian", "nikol pashinyan")
    for typed in ("pashinyan", "Pashinian", "nikol pashinyan", "N. Pashinyan", "PASHINYAN", "Пашинян"):
        assert found.matching(typed) == expected
    assert found.matching("aliyev") == ("aliyev", "ilham aliyev")
    assert found.matching("nobody") == ()
    assert found.matching("") == ()
    assert found.human_of("aliyev").name == "Ilham Aliyev"
    assert found.human_of("nobody") is None


def test_typing_a_surname_finds_all_who_bear_it():
    found = resolve(sightings({"Bill Clinton": 3, "Hillary Clinton": 3}))
    assert found.matching("clinton") == ("bill clinton", "hillary clinton")
    assert found.matching("hillary clinton") == ("hillary clinton",)


def test_corrections_win_and_the_last_line_wins_over_others():
    spellings = {"George Bush": 3, "George W. Bush": 2, "Dubya": 1, "Bush": 4}
    merged = people(spellings, [Merge(("Dubya",), "George W. Bush")])
    assert merged["George W. Bush"] >= {"George W. Bush", "Dubya"}
    apart = people(spellings, [Split("George Bush")])
    assert apart["George Bush"] == {"George Bush"}
    again = people(spellings, [Split("George Bush"), Merge(("George Bush",), "George W. Bush")])
    assert "George Bush" in again["George W. Bush"]
    unmerged = people(spellings, [Merge(("Dubya",), "George W. Bush"), Split("Dubya")])
    assert unmerged["Dubya"] == {"Dubya"}


def test_a_merge_may_name_a_human_anew_and_unknown_names_are_no_error():
    assert people(
        {"Ann Lee": 1, "A. Stone": 1}, [Merge(("Ann Lee", "A. Stone"), "Ann Stone-Lee"), Split("Nobody")]
    ) == {"Ann Stone-Lee": {"Ann Lee", "A. Stone"}}


_GIVEN = ["ann", "anna", "bob", "robert", "j", "john", "jon", "george w", "george h w", "george", "sergei", "sergey"]
_FAMILY = [
    "smith",
    "smyth",
    "pashinyan",
    "pashinian",
    "pahsinyan",
    "bush",
    "von trapp",
    "lee",
    "garcia marquez",
    "marquez",
]


@given(
    st.lists(st.tuples(st.sampled_from(["", *_GIVEN]), st.sampled_from(_FAMILY), st.integers(1, 50)), max_size=25),
    st.randoms(),
)
def test_order_does_not_matter_and_every_key_is_one_human(listed, chance):
    seen = list(
        {key: Sighting(key, n, ((key.title(), n),)) for g, f, n in listed for key in [f"{g} {f}".strip()]}.values()
    )
    first = resolve(seen).humans
    chance.shuffle(seen)
    assert resolve(seen).humans == first
    keys = [key for human in first for key in human.keys]
    assert sorted(keys) == sorted(sighting.key for sighting in seen)
    assert sum(human.articles for human in first) == sum(sighting.articles for sighting in seen)
    assert sum(n for human in first for _, n in human.spellings) == sum(sighting.articles for sighting in seen)


def test_many_names_are_resolved_in_time():
    chance = random.Random(1)  # noqa: S311
    syllables = [a + b for a in "bcdfgklmnprstv" for b in "aeiou"]
    seen = {
        f"{chance.choice(syllables)}{chance.choice(syllables)} {''.join(chance.choices(syllables, k=3))}"
        for _ in range(5000)
    }
    found = resolve([Sighting(key, 1, ((key, 1),)) for key in seen])
    assert len(found.humans) > 3000


def test_the_file_reads_back_what_was_written(tmp_path):
    path = tmp_path / "people.txt"
    assert corrections.read(path) == ()
    written = (Merge(("Nikol Pashinian", "Pashniyan"), "Nikol Pashinyan"), Split("George Bush"))
    path.write_text("# ours, by hand", encoding="utf-8")
    for line in written:
        corrections.append(path, line)
    assert corrections.read(path) == written
    assert path.read_text(encoding="utf-8") == (
        "# ours, by hand\nmerge Nikol Pashinian, Pashniyan into Nikol Pashinyan\nsplit George Bush\n"
    )


@pytest.mark.parametrize("line", ["join A and B", "merge A", "merge into B", "split", "merge A into", "\x00"])
def test_a_line_that_cannot_be_read_is_named_and_the_others_hold(line, tmp_path):
    path = tmp_path / "people.txt"
    path.write_text(f"# a\nsplit Ann Lee\n{line}\nsplit Bo Lee\n", encoding="utf-8")
    assert corrections.read(path) == (Split("Ann Lee"), Split("Bo Lee"))
    (problem,) = corrections.problems(path)
    assert "people.txt:3" in problem.message


@pytest.mark.parametrize("correction", [Split("a\nb"), Split(""), Merge(("a, b",), "c"), Merge(("a",), "b into c")])
def test_a_name_that_would_not_read_back_is_refused(correction, tmp_path):
    with pytest.raises(UsageError):
        corrections.append(tmp_path / "people.txt", correction)
    assert not (tmp_path / "people.txt").exists()


def test_a_file_that_cannot_be_read_is_an_error_of_ours(tmp_path):
    with pytest.raises(ConfigError):
        corrections.read(tmp_path)
    bad = tmp_path / "people.txt"
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError):
        corrections.read(bad)
