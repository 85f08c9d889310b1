"""Where an archive is: which index, which sources, which files of the user's own.

An archive's settings stand in a `searcher.toml`:

    index = "index"                      # the folder of the built index
    sources = ["articles", "wires.jsonl.gz"]   # what a bare `searcher index` reads
    aliases = "searcher-aliases.txt"     # equal names
    people = "searcher-people.txt"       # corrections: who is one human, who is two

    [limits]                             # what one file may ask for
    seconds = 30

Paths are relative to that file. It can name places and lower limits and nothing else: it may come from a stranger.
What changes how the program behaves is read from the user's own folder only (`user_keys`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searcher.articles.limits import Limits
from searcher.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SETTINGS_NAME = "searcher.toml"
INDEX_VARIABLE = "SEARCHER_INDEX"

_ALIASES_NAME = "searcher-aliases.txt"
_PEOPLE_NAME = "searcher-people.txt"
_LARGEST_SETTINGS = 1 << 20
_KEYS = ("index", "sources", "aliases", "people", "limits")


@dataclass(frozen=True, slots=True)
class Config:
    """The places of one archive; all paths are absolute, none need exist.

    Attributes:
        index: the folder of the index.
        root: the index folder's parent, which stored paths are relative to.
        sources: what is indexed when nothing is named.
        aliases_file: equal names, edited by the user.
        people_file: corrections of people, edited by the user and by `searcher people merge` and `split`.
        limits: what one file may ask of us.
        origin: the `searcher.toml` that this comes from, if any.
    """

    index: Path
    root: Path
    sources: tuple[Path, ...]
    aliases_file: Path
    people_file: Path
    limits: Limits = field(default_factory=Limits)
    origin: Path | None = None

    @classmethod
    def of(cls, index: str | Path) -> Config:
        """Give the places that go with an index for which no settings were written."""
        folder = _absolute(Path.cwd(), index)
        root = folder.parent
        return cls(
            index=folder,
            root=root,
            sources=(),
            aliases_file=root / _ALIASES_NAME,
            people_file=root / _PEOPLE_NAME,
        )


def load(index_option: str | None, environ: Mapping[str, str], cwd: Path) -> Config:
    """Find the archive that a command speaks of.

    The index is `index_option`, else `SEARCHER_INDEX` of `environ`, else that of the `searcher.toml` in `cwd` or the
    nearest folder above, else `cwd`/index. An index that was named brings its own `searcher.toml` along, if one at or
    above the folder it lies in names it; otherwise the other settings are those that hold in `cwd`.

    Raises:
        ConfigError: the `searcher.toml` cannot be read.
    """
    named = index_option or environ.get(INDEX_VARIABLE)
    here = _nearest(cwd)
    if named:
        index = _absolute(cwd, named)
        beside = _nearest(index.parent)
        if beside is not None and beside != here:
            theirs = _read(beside)
            if theirs.index == index:
                return theirs
    else:
        index = _absolute(cwd, "index")
    if here is None:
        return Config.of(index)
    found = _read(here)
    return replace(found, index=index, root=index.parent) if named else found


def user_keys() -> Mapping[str, str]:
    """Read the keys that the user has chosen: action to key, from `[keys]` of their own `config.toml`.

    Raises:
        ConfigError: the file cannot be read.
    """
    from platformdirs import user_config_path

    path = user_config_path("searcher", appauthor=False) / "config.toml"
    if not path.is_file():
        return {}
    table = _parse(path)
    _refuse_unknown(path, table, ["keys"])
    keys: dict[str, str] = _typed(path, table, "keys", "a table of actions and keys", {})
    for action, key in keys.items():
        if not isinstance(key, str):
            raise ConfigError(f"{path}: the key of “{action}” is not a text", f'Write it as {action} = "key".')
    return keys


def state_folder() -> Path:
    """Name the folder where what the program remembers between runs is kept."""
    from platformdirs import user_state_path

    return user_state_path("searcher", appauthor=False)


def _nearest(folder: Path) -> Path | None:
    for place in (folder, *folder.parents):
        candidate = place / SETTINGS_NAME
        if candidate.is_file():
            return candidate
    return None


def _read(path: Path) -> Config:
    table = _parse(path)
    _refuse_unknown(path, table, _KEYS)
    folder = path.parent
    index = _absolute(folder, _text(path, table, "index", "index"))
    sources = _typed(path, table, "sources", 'a list of paths, such as ["articles"]', [])
    if not all(isinstance(source, str) and source for source in sources):
        raise ConfigError(f"{path}: “sources” holds something that is not a path", 'Write it as ["articles", "more"].')
    return Config(
        index=index,
        root=index.parent,
        sources=tuple(_absolute(folder, source) for source in sources),
        aliases_file=_absolute(folder, _text(path, table, "aliases", _ALIASES_NAME)),
        people_file=_absolute(folder, _text(path, table, "people", _PEOPLE_NAME)),
        limits=_limits(path, _typed(path, table, "limits", "a table", {})),
        origin=path,
    )


def _parse(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_SETTINGS + 1)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}", "Check the file's permissions.") from error
    if len(data) > _LARGEST_SETTINGS:
        raise ConfigError(f"{path} is too large to be a settings file", "It holds a few lines, no more than 1 MB.")
    try:
        return tomllib.loads(data.decode())
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8 text", "Save it as UTF-8.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}", "Mend that line; texts stand in quotes.") from error


def _limits(path: Path, table: Mapping[str, Any]) -> Limits:
    """Read limits: tighter than the built-in ones or equal, never wider, since the file may be a stranger's."""
    widest = Limits()
    _refuse_unknown(path, table, [each.name for each in fields(Limits)], within="limits.")
    for name, value in table.items():
        most = getattr(widest, name)
        if isinstance(value, bool) or not isinstance(value, int | type(most)) or not 0 < value <= most:
            raise ConfigError(
                f"{path}: “limits.{name}” is not a number from 1 to {most:g}", "Lower it, or leave it out."
            )
    return replace(widest, **table)


def _text(path: Path, table: Mapping[str, Any], key: str, default: str) -> str:
    value: str = _typed(path, table, key, "a text in quotes", default)
    if not value or "\0" in value:
        raise ConfigError(f"{path}: “{key}” is not a path", f'Write it as {key} = "{default}".')
    return value


def _typed(path: Path, table: Mapping[str, Any], key: str, described: str, default: Any) -> Any:
    """Read a value of the default's type."""
    value = table.get(key, default)
    if not isinstance(value, type(default)):
        raise ConfigError(f"{path}: “{key}” cannot be {str(value)[:40]!r}", f"It must be {described}.")
    return value


def _refuse_unknown(path: Path, table: Iterable[str], known: Iterable[str], within: str = "") -> None:
    known = list(known)
    for key in table:
        if key not in known:
            import difflib

            close = difflib.get_close_matches(key, known, n=1)
            hint = f"Did you mean “{within}{close[0]}”?" if close else f"It may hold: {', '.join(known)}."
            raise ConfigError(f"{path}: there is no setting “{within}{key}”", hint)


def _absolute(folder: Path, path: str | Path) -> Path:
    # Made absolute without following links, so that a linked folder keeps the name its user gave it.
    import os.path

    return Path(os.path.normpath(folder / Path(path).expanduser()))
