from __future__ import annotations

import pytest

from searcher import config
from searcher.errors import ConfigError


def write(folder, text):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "searcher.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_anything_the_index_is_in_this_folder(tmp_path):
    found = config.load(None, {}, tmp_path)
    assert found.index == tmp_path / "index"
    assert found.root == tmp_path
    assert found.sources == ()
    assert found.origin is None
    assert found.aliases_file == tmp_path / "searcher-aliases.txt"
    assert found.people_file == tmp_path / "searcher-people.txt"


def test_settings_of_this_folder_are_relative_to_it(tmp_path):
    origin = write(tmp_path, 'index = "built"\nsources = ["a", "../b"]\naliases = "equal.txt"\npeople = "who.txt"\n')
    found = config.load(None, {}, tmp_path)
    assert found == config.Config(
        index=tmp_path / "built",
        root=tmp_path,
        sources=(tmp_path / "a", tmp_path.parent / "b"),
        aliases_file=tmp_path / "equal.txt",
        people_file=tmp_path / "who.txt",
        origin=origin,
    )


def test_settings_are_found_in_a_folder_above_and_the_nearest_win(tmp_path):
    write(tmp_path, 'index = "far"\n')
    write(tmp_path / "a", 'index = "near"\n')
    assert config.load(None, {}, tmp_path / "a" / "b" / "c").index == tmp_path / "a" / "near"


def test_an_index_in_a_folder_below_has_its_own_folder_as_root(tmp_path):
    write(tmp_path, 'index = "state/index"\n')
    found = config.load(None, {}, tmp_path)
    assert found.root == tmp_path / "state"
    assert found.people_file == tmp_path / "searcher-people.txt"


def test_the_option_beats_the_variable_and_both_beat_the_settings(tmp_path):
    write(tmp_path, 'index = "written"\nsources = ["s"]\n')
    by_option = config.load("option", {"SEARCHER_INDEX": "variable"}, tmp_path)
    assert by_option.index == tmp_path / "option"
    assert config.load(None, {"SEARCHER_INDEX": "variable"}, tmp_path).index == tmp_path / "variable"
    assert by_option.sources == (tmp_path / "s",)
    assert by_option.root == tmp_path


def test_an_empty_variable_names_nothing(tmp_path):
    assert config.load(None, {"SEARCHER_INDEX": ""}, tmp_path).index == tmp_path / "index"


def test_a_named_index_brings_its_own_settings_along(tmp_path):
    origin = write(tmp_path / "theirs", 'people = "who.txt"\n')
    write(tmp_path / "mine", 'people = "mine.txt"\n')
    found = config.load(str(tmp_path / "theirs" / "index"), {}, tmp_path / "mine")
    assert found.origin == origin
    assert found.people_file == tmp_path / "theirs" / "who.txt"


def test_settings_near_a_named_index_that_name_another_are_left_aside(tmp_path):
    write(tmp_path / "theirs", 'index = "other"\npeople = "who.txt"\n')
    named = tmp_path / "theirs" / "index"
    found = config.load(str(named), {}, tmp_path / "mine")
    assert found.index == named
    assert found.people_file == tmp_path / "theirs" / "searcher-people.txt"


def test_the_answer_does_not_depend_on_where_it_is_asked(tmp_path):
    write(tmp_path / "archive", 'sources = ["s"]\naliases = "equal.txt"\n')
    index = str(tmp_path / "archive" / "index")
    here = config.load(None, {}, tmp_path / "archive")
    assert config.load(index, {}, tmp_path / "elsewhere") == here
    assert config.load("index", {}, tmp_path / "archive") == here
    assert config.load(None, {"SEARCHER_INDEX": index}, tmp_path) == here


def test_home_is_expanded(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert config.load("~/archive/index", {}, tmp_path).index == tmp_path / "home" / "archive" / "index"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('indx = "a"', "indx", "“index”"),
        ("wholly_different = 1", "wholly_different", "index, sources"),
        ("index = 3", "3", "a text in quotes"),
        ('index = ""', "index", 'index = "index"'),
        ('sources = "a"', "sources", '["articles"]'),
        ("sources = [1]", "sources", "["),
        ("limits = 1", "limits", "a table"),
        ("[limits]\nsecnds = 3", "limits.secnds", "“limits.seconds”"),
        ("[limits]\nseconds = 1e9", "limits.seconds", "Lower"),
        ("[limits]\nseconds = 0", "limits.seconds", "Lower"),
        ("[limits]\ndepth = true", "limits.depth", "Lower"),
        ("index = [", "TOML", "quotes"),
        ("a = " + "[" * 5000, "TOML", "quotes"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(tmp_path, text, message, hint):
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        config.load(None, {}, tmp_path)
    assert message in caught.value.message
    assert str(path) in caught.value.message
    assert hint in caught.value.hint
    assert "\n" not in caught.value.message + caught.value.hint


def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path):
    path = write(tmp_path, "")
    path.write_bytes(b"index = '\xff'")
    with pytest.raises(ConfigError, match="UTF-8"):
        config.load(None, {}, tmp_path)
    path.write_bytes(b"#" * (2 << 20))
    with pytest.raises(ConfigError, match="too large"):
        config.load(None, {}, tmp_path)


def test_limits_can_be_lowered(tmp_path):
    write(tmp_path, "[limits]\nseconds = 5\ndepth = 1\n")
    limits = config.load(None, {}, tmp_path).limits
    assert (limits.seconds, limits.depth) == (5, 1)


def test_a_strangers_settings_cannot_touch_the_keys(tmp_path):
    write(tmp_path, '[keys]\nquit = "x"\n')
    with pytest.raises(ConfigError, match="keys"):
        config.load(None, {}, tmp_path)


def test_keys_are_read_from_the_users_own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_args, **_named: tmp_path)
    assert config.user_keys() == {}
    (tmp_path / "config.toml").write_text('[keys]\nnext_match = "n"\n', encoding="utf-8")
    assert config.user_keys() == {"next_match": "n"}
    (tmp_path / "config.toml").write_text("[keys]\nnext_match = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="next_match"):
        config.user_keys()


def test_a_repeated_slash_or_dots_make_no_other_archive(tmp_path):
    assert config.load("a/../index//", {}, tmp_path) == config.load(None, {}, tmp_path)


def test_config_of_an_index_alone(tmp_path):
    assert config.Config.of(tmp_path / "index") == config.load(None, {}, tmp_path)
