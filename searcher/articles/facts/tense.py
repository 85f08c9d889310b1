"""Does a text tell of a day as past, or does it plan, schedule or promise it?"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from searcher.text.letters import lowered

if TYPE_CHECKING:
    from searcher.model import Span

_ENGLISH_PAST = (
    r"(?<!be )(?:was|were|had|did|said|began|broke|took|came|held|met|went|left|won|lost|fell|rose|died|gave|got|made|"
    r"saw|told|wrote|sent|shot|led|struck|hit|born|ago|burst|grew|drew|threw|flew|knew|spoke|chose|drove|sold|bought|"
    r"brought|caught|thought|fought|sought|built|spent|kept|felt|dealt|meant|paid|laid|heard|ran|sang|sank|stood|swore|"
    r"tore|stole|shook|beat|became|withdrew|bore|blew|fled|fed|forgot|froze|hung|hid|lay|leapt|lit|overcame|overthrew|"
    r"quit|rode|sat|slid|sped|split|spread|stuck|swam|swept|wept|burnt|broadcast|shut|cut|set|put|"
    r"(?!(?:united|armed|indeed|exceed|proceed|succeed|hundred|speed|breed|bleed|greed|limited)\b)\w{3,}ed)"
)
_ENGLISH_FUTURE = (
    r"is|are|goal|target|deadline|schedule|submit|requesting|will|shall|would|won['’]t|may|might|could|should|"
    r"['’]ll|due|scheduled|slated|planned|plans?|expected|expects?|anticipated|upcoming|next|"
    r"to (?!a |an |the |his |her |its |their |this |that |some |all |and )[a-z]+|payable|of record|"
    r"mature[sd]?|maturing|annual meeting|record|ahead|expires?|expiring|expiration|termination|effective|if|set to|"
    r"going to|intends?|hopes?|ends|redemption|redeem|contingent|permits|permitting|requires?|convertible"
)
# The commonest forms of each language; where neither stands near, a day with its year is more often past.
_PAST = {
    "de": r"wurden?|war(?:en)?|hatten?|\w{3,}ten?|ge\w{3,}(?:t|en)",
    "fr": r"(?:a|ont|est|sont|avait|avaient|fut|furent|était|étaient)(?: été)?",
    "es": r"\w{2,}(?:ó|aron|ieron)|fue|fueron|era|eran|había",
    "it": r"(?:ha|hanno|è|fu|furono|era|erano)(?: stat[oaie])?",
    "pt": r"\w{2,}(?:ou|iu|aram|eram|iram)|foi|foram|era|eram",
    "nl": r"werd(?:en)?|was|waren|had(?:den)?|heeft|ge\w{3,}(?:d|t|en)",
    "ru": r"\w{2,}(?:[аеёиоуыя]л[аио]?|[аеёиоуыя]л(?:ся|[аио]сь)|шли|шла|(?:ан|ен)[аоы]|ано|ено)",
    "uk": r"\w{2,}(?:[аиіоу]в|[аиіоу]л[аио]|[аиіоу]в?л?[аио]?ся|ано|ено)",
    "tr": r"\w{2,}(?:[dt][ıiuü]|m[ıiuü]ş)(?:l[ae]r|t[ıi]r)?",
    "az": r"\w{2,}(?:d[ıiuü]|m[ıiuü]ş)(?:l[aə]r|d[ıi]r)?",
    "hy": r"\w{2,}(?:եց|եցին|ացավ|վեց|վեցին)|\w+լ (?:է|են|էր|էին)",
    "ar": r"كانت?|و?قالت?|و?أعلنت?|وقعت?|تم|جرت?",
    "fa": r"شدند?|بودند?|کردند?|گفت",
}
_FUTURE = {
    "de": r"wird|werden|soll(?:en)?|geplant|voraussichtlich|kommenden?|nächsten?",
    "fr": r"\w{2,}(?:era|eront|ira|iront|dra|dront)|va|vont|doit|doivent|devrait|devraient|prévue?s?|prochaine?",
    "es": r"\w{2,}(?:rá|rán)|va|van|debe|deben|previst[oa]s?|próxim[oa]",
    "it": r"\w{2,}(?:rà|ranno)|deve|devono|previst[oa]|prossim[oa]",
    "pt": r"\w{2,}(?:rá|rão)|vai|vão|deve|devem|previst[oa]|próxim[oa]",
    "nl": r"zal|zullen|wordt|worden|gepland|volgende|komende",
    "ru": r"буд[еу]т|предстоит|план\w+|намерен\w*|ожида[ею]тся|долж[ен]\w*|состо[ия]тся|пройд[её]т|пройдут|начн[её]тся|"
    r"вступит|следующ\w+",
    "uk": r"буд[еу]ть?|план\w+|відбуд[еу]ться|має|наступн\w+",
    "tr": r"\w{2,}(?:[ae]cak|[ae]cağ)\w*|planlan\w+|bekleniyor",
    "az": r"\w{2,}(?:acaq|əcək|acağ|əcəy)\w*|planlaşdır\w+|gözlənilir",
    "hy": r"կ\w{3,}(?:ի|վի|ան|են)|պետք է|նախատեսվ\w+",
    "ar": r"سوف|س[يت]\w{3,}|المقبلة?|المقرر",
    "fa": r"خواهند?|قرار است",
    "zh": r"将|將|计划|預定|预定",
    "ja": r"予定|見込み",
}
_UNPARTED = ("zh", "ja")
_UP_TO = re.compile(
    r"\b(?:by|to|than|until|till|"
    r"before|through|from|as of|on (?:and|or) after|between|starting|beginning|commencing|set for|"
    r"between [^.]{3,20} and|ending|due|payable|"
    r"effective|(?:will|shall|(?:is|are|due|set) to)(?: \w+){1,3}|"
    r"bis|ab|vor|jusqu['’]au|avant|dès le|hasta|antes del?|desde|entro|fino al?|dal?|até|tot|vanaf|"
    r"до|с|kadar)(?: on| from| the| le| el| il| zum| dem)?"
    r"(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day,?)?\s*$"
)
# A thing of a day has been: `the statement of November 9, 2020`.
_THING_OF = re.compile(r"\b(?:of|since|following|dated)(?: the)?\s*$")
_SINCE = re.compile(r"\bsince(?: [\w'’.-]+){1,5} (?:on |in )?$")
# A caption tells of its picture's day in the present: `attend a meeting in Moscow, Russia, Oct. 9, 2020.`
_CAPTION_BEFORE = re.compile(r"\w+(?: \w+){3,}.*,\s*(?:on )?(?:[^\W\d_]+,? )?$")
_CAPTION_AFTER = re.compile(r"\s*(?:[.(\n]|$)")
# A day with an hour is an appointment more often than an event.
_TIME_AFTER = re.compile(r"[,\s]*(?:at |from |around |[-–—|] ?)?\d{1,2}(?:[:. ]\d{2})?\s?(?:[ap]\.?m|[AP]M|[-–—:])")
# `…, the company said` after a day tells nothing of the day.
_SAYING = frozenset(("said", "told", "added", "announced", "reported", "stated"))
_NOWHERE = 1000
_SEEN, _AHEAD = 120, 5
_SENTENCE_END = re.compile(
    r"[!?\n。！？؟։।.](?:(?<!\.)|(?<=[a-z\d”\")][a-z\d”\")][a-z\d”\")].)(?=\s|$)|(?<=\d.)(?=\s+[A-Z])|(?<=[^\W\d_A-Za-z]{3}.)(?=\s|$))"
)


class _Tenses(NamedTuple):
    past: re.Pattern[str]
    future: re.Pattern[str]


@cache
def _tenses(language: str | None) -> _Tenses:
    """The words of a language that say past and future; of the text's alone, or of English where it is unknown."""
    past = _PAST.get(language or "", "(?!)" if language in _FUTURE else _ENGLISH_PAST)
    future = _FUTURE.get(language or "", _ENGLISH_FUTURE)
    edge = "" if language in _UNPARTED else r"\b"
    return _Tenses(*(re.compile(f"{edge}(?:{words}){edge}") for words in (past, future)))


def is_past(text: str, span: Span, *, language: str | None, plainly: bool = False) -> bool:
    """Tell whether a text tells of a day as past.

    A day counts as past unless a word of the future stands nearer to it, in its sentence, than a word of the past does.

    Args:
        text: the text.
        span: where the day stands in it.
        language: of the text.
        plainly: only where a word of the past says so.
    """
    start, end = span
    before = text[max(0, start - _SEEN) : start]
    for stop in _SENTENCE_END.finditer(before):
        before = text[max(0, start - _SEEN) + stop.end() : start]
    after = text[end : end + _SEEN]
    stop_after = _SENTENCE_END.search(after)
    after = lowered(after[: stop_after.start()] if stop_after else after)
    said = lowered(before)

    tenses = _tenses(language)
    # A comma behind a day ends what is said of it: `who died on 11 January 1996, he would say`.
    ended = after.startswith(",") and any(words.search(said) for words in tenses)

    def gap_behind(words: re.Pattern[str]) -> int:
        return min((len(said) - found.end() for found in words.finditer(said)), default=_NOWHERE)

    def gap(words: re.Pattern[str]) -> int:
        behind = gap_behind(words)
        if ended:
            return behind
        ahead = next((found for found in words.finditer(after) if found.group() not in _SAYING), None)
        return min(behind, ahead.start() + _AHEAD if ahead else _NOWHERE)

    if _UP_TO.search(said):
        return False
    if _SINCE.search(before):
        return True
    if gap_behind(tenses.future) < gap_behind(tenses.past) == _NOWHERE:
        return False
    past, future = gap(tenses.past), gap(tenses.future)
    if past == future == _NOWHERE:
        return not plainly and (
            language in _FUTURE
            or _THING_OF.search(said) is not None
            or bool(_CAPTION_BEFORE.search(before) and _CAPTION_AFTER.match(text, end))
        )
    if _TIME_AFTER.match(text, end):
        return past < future == _NOWHERE
    return past < future
