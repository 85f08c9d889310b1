"""By what other names does an article say that someone is known? `Mohamed Hamdan Dagalo, better known as Hemedti`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searcher.articles.facts import names
from searcher.articles.facts.mention_detection import KNOWN
from searcher.articles.facts.trimming import Mention
from searcher.text.patterns import later

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KNOWN_AS = re.compile(
    r"[,(]? ?[,(]?(?:who is |who was |is |was )?"
    r"(?:(?:also|better|best|widely|popularly|commonly|generally|universally|sometimes) "
    r"(?:known|spelt|spelled|written|called|referred to)(?: simply| just)?"
    r"(?: (?:as|by)(?: (?:his|her) [a-z ]{4,20},?)?)?"
    r"|known (?:simply |widely |universally )?as|whose (?:real|full|given) name (?:is|was)|born"
    r"|alias|a\.?k\.?a\.?|nicknamed|nom de guerre|using the name) [\"“'‘]?"
)
_NAME = later(r"[^\W\d_a-zß-öø-ÿ][\w'’-]+(?: [^\W\d_a-zß-öø-ÿ][\w'’-]+){0,2}")


def other_names(text: str, mentions: Iterable[Mention]) -> Iterator[tuple[str, Mention]]:
    """Give for each name that a text says to be another one of someone the key of the one it stands beside.

    Args:
        text: in which the mentions are.
        mentions: what may be names in it.
    """
    for mention in mentions:
        end = mention.span[1]
        cue = _KNOWN_AS.match(text, end)
        found = _NAME.match(text, cue.end()) if cue else None
        if found and not any(map(str.isdigit, found.group())):
            name = found.group().removesuffix("'s").removesuffix("’s")
            yield mention.key, Mention(name, names.key(name), (found.start(), found.start() + len(name)), KNOWN)
