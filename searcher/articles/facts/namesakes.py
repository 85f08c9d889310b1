"""Which names are no human's: what is called after one, firms, bills, feasts, storms and places."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from searcher.articles.facts import names
from searcher.articles.facts.features import COMMON, FAMILY, GIVEN, PLACE
from searcher.articles.facts.tagging import tagger
from searcher.text.patterns import later

if TYPE_CHECKING:
    from searcher.articles.facts.trimming import Mention
    from searcher.model import Span

# What is named after humans: `Louis Armstrong Airport`, `Clinton Foundation`, or has a name like theirs.
NAMED_AFTER = frozenset(
    """Academy Accord Accords Act Administration Advisors Aerospace AFB Agency Airfield Airlines Airport Airways
    Albion Alliance Amendment Analytics Archive Archives Arena Army Assembly Associates Association Athletic
    Authority Avenue Award Awards Band Bank Basilica Battalion Bay Beach Biosciences Boulevard Brewery Bridge
    Brigade Bros Building Bureau Capital Cathedral Cement Cemetery Center Centre Championship Championships Channel
    Chemicals Choir Church Clinic Co. Coliseum Collection College Commission Committee Company Congress Consulting
    Corp Corporation Corps Council Counties County Court Creek Cup Dam Day Department Desert Diagnostics District
    Division Doctrine Drive Electric Energy Engineering Ensemble Enterprises Entertainment Estates Express Farms FC
    Federation Fellow Fellowship Field Foods Forum Foundation Front Fund Gallery Gardens Gazette GmbH Grants Group
    Gym Hall Heights Herald Highway Hills Holding Holdings Hospital Hotel Hydro Inc Industries Initiative Inquiry
    Institute Institution Insurance International Invitational Island Islands Klub Laboratories Laboratory Lake Lane
    Law League Lecture Library Limited LLC Logistics Ltd Marathon Medal Media Memorial Method Mines Mining Ministry
    Monument Mosque Motors Mountain Mountains Movement Museum Network Nursery Observatory Office Orchestra Palace
    Park Partners Party Peninsula Petroleum Pharmaceuticals Pharmacy Pictures Plan Playfield Playhouse Plaza Plc PLC
    Podcast Prison Prize Productions Properties Province Publishing Quarter Quartet Quintet Racecourse Raceway
    Racing Radio Railway Realty Recordings Records Regiment Region Report Republic Residency Retail River Road
    Robotics Rovers Scale Scholar Scholarship School Securities Senate Series Shipping Society Solutions Speedway
    Square Stadium Station Street Studios Summit Synagogue Syndrome Systems Tavern Technologies Television Temple
    Theater Theatre Theorem Therapeutics Times Tower Town Treaty Tribunal Tribune Trio Trophy Trust Tunnel TV Union
    United University Valley Ventures Wanderers Weekly Winery""".split()
)
# What is called by a name that follows: `Storm Ottilie`, `Camp David`, `Avenida Simón Bolívar`.
CALLED_BY = frozenset(
    """Avenida Avenue Bahía Banco Boulevard Café Calle Camp Cape Casa Cerro Château Ciudad Cyclone Estadio Fort HMAS
    HMCS HMS Hotel Hurricane Isla Jabal Jebel Lac Lago Lake Loch Mount MV Nevado Operation Piazza Playa Plaza Port
    Puerto Radio RMS Rue Río SS Stade Storm Teatro Typhoon USS Volcán Wadi""".split()
)
# What no surname that is a common word, too, ends with: `Allison Transmission`.
_OF_DEEDS = ("tion", "tions", "sion")
# Firms of the world's news that are called by a human's full name.
_FIRMS = frozenset(
    "arthur andersen,aston martin,baker mckenzie,bear stearns,betty crocker,black decker,booz allen,charles schwab,"
    "credit suisse,davis polk,dean witter,drexel burnham,dun bradstreet,edward jones,eli lilly,ernst young,fannie mae,"
    "freddie mac,ginnie mae,goldman sachs,harley davidson,hugo boss,j p morgan,jack daniels,john deere,johnnie walker,"
    "jones day,jp morgan,kidder peabody,kirkland ellis,lockheed martin,louis vuitton,merrill lynch,morgan stanley,"
    "oscar mayer,paine webber,philip morris,piper jaffray,raymond james,rolls royce,sallie mae,sanford bernstein,"
    "sara lee,smith barney,sullivan cromwell,wells fargo".split(",")
)
_PLACES_OF = tuple(
    f"{kind} of "
    for kind in (
        "town city village district province region island port county suburb hamlet municipality township "
        "neighborhood neighbourhood governorate harbour harbor"
    ).split()
)
_WHERE = (" in ", " near ", " from ", "In ", " outside ", " across ")
_NATURE = ("the river ", "The river ", "the River ", "The River ", "the lake ", "the mountain ", "the volcano ")
_NATURE_ENDS = frozenset(kind[-3:] for kind in _NATURE)
# Where something is that is called with an article or after a saint: `in La Paz`, `in San Remo`.
_IN = ("in ", "In ", "at ", "At ")
_OF_TOWNS = ("La ", "Las ", "Los ", "El ", "San ", "Santa ", "Santo ", "São ", "Saint ", "St. ", "St ")
_STORMS = ("Hurricane ", "Typhoon ", "Cyclone ", "Storm ", "Orkan ", "Huracán ", "Ouragan ")
_STORM = re.compile(rf"(?:{'|'.join(_STORMS)})([A-Z][a-z]+)\b(?! [A-Z])")
# So are ships, which bear the names of humans: `the frigate Admiral Gorshkov`.
_SHIPS = tuple(
    f"{kind} {rank}"
    for kind in (
        "aircraft carrier,barge,battleship,corvette,cruiser,destroyer,ferry,freighter,frigate,ocean liner,minesweeper,"
        "cutter,icebreaker,schooner,steamer,submarine,tanker,trawler,tugboat,warship,yacht"
    ).split(",")
    for rank in ("", "Admiral ", "Captain ", "Miss ", "Lady ")
)
# Their last letters, which tell at once that most words are none of them.
_SHIP_ENDS = frozenset(ship[-4:] for ship in _SHIPS)
# `The Ivan Susanin` goes on as no human's age, party or house does.
_THE = ("the ", "The ")
_NO_MORE_OF_IT = later(
    r"(?! ?[^\W\d_]|-)| (?:in|on|at|was|is|has|had|which|for|from|to|by|as|were|are|of|with|that|will|never)\b"
)
# A firm that is called by one word has shares; one whose name is no human's says what it does itself, too.
_OF_A_FIRM = re.compile(
    r"(?:['’]s)? (?:shares|stock|stores|plc|Inc|Corp|Ltd|AG|GmbH|(?P<says>said|says|expects) its?\b)|, which "
)
# What a firm is called by in full, and later not: `Kessler AG`, `Hendricks Foods`.
_LEGAL_FORMS = "AB|AG|ASA|BV|Corp|GmbH|Inc|KG|KGaA|LLC|LLP|Ltd|NV|Oyj|PLC|Plc|SE|SpA|plc"
_IN_LAW = later(rf" (?:{_LEGAL_FORMS})\b")
_IN_FULL = later(
    rf" (?:{_LEGAL_FORMS}|Airlines|Bank|Brewery|Capital|"
    r"Chemicals|Energy|Enterprises|Farms|Foods|Group|Holdings?|Industries|Insurance|Logistics|Motors|Partners|"
    r"Pharmaceuticals|Securities|Shipping|Systems|Technologies|Therapeutics)\b"
)
_OPEN_QUOTES = frozenset('"“„«')
_QUOTES = frozenset(('""', "“”", "„“", "„”", "«»", "»«"))
_FRENCH_OPENINGS, _FRENCH_ENDS = ("« ", "«\u00a0", "«\u202f"), (" »", "\u00a0»", "\u202f»")
# A club's or a band's name goes with a verb as many do, and a human's does not.
_OF_MANY = (" were ", " are ", " have ")
_AFTER_DAY = re.compile(r"['’]s (?:Day|Hospital|Cathedral|Church|College|Eve|School)\b")
_AND_COMPANY = re.compile(
    r"(?:, [A-Z]\w+)?(?:, [A-Z]\w+,?)? and (?:Co|Bros)\b"
    r"| & (?:Co|Sons?|Daughters?|Brothers|Bros|Partners|Associates|Company)\b"
)
_PARTY_AND_STATE = re.compile(r"[DRI]-[A-Z][A-Za-z]{1,5}\.?")
_DATELINE = re.compile(
    r"[ \u00a0]?(?:[-–—(]|, ?[A-Z][a-z]{2,8}\.? ?\d|,? \d|"
    r", [A-Z][A-Za-z. ]{2,24}(?:, ?[A-Z][a-z]{2,8}\.? ?\d|[ \u00a0]?(?:\(|[-–—]+ )))"
)


def is_a_thing(name: str) -> bool:
    """Tell by its words that a name is not a human's; `Park` and `Hall` are surnames, too."""
    words = name.split(" ")
    kinds = tagger().lists.kinds
    return len(words) > 1 and (
        words[0] in CALLED_BY
        or (_is_of_a_thing(words[-1]) and (len(words) > 2 or not kinds(words[-1]) & FAMILY))
        or any(word.lower().endswith(_OF_DEEDS) and kinds(word) == COMMON for word in words)
    )


def _is_of_a_thing(word: str) -> bool:
    return word in NAMED_AFTER or (word.isupper() and word.title() in NAMED_AFTER)


def is_no_human(text: str, name: str, span: Span) -> bool:
    """Tell whether what stands right beside a name says that it is a firm's, a feast's or a place's."""
    start, end = span
    alone = " " not in name
    if alone and (text.startswith(" & ", end) or text.endswith(" & ", 0, start)):
        return True
    if _AND_COMPANY.match(text, end) or _PARTY_AND_STATE.fullmatch(name):
        return True
    if alone and text[start - 1 : start] in _OPEN_QUOTES and text.startswith(" of the ", end):
        return True  # a book: `“Atlas of the Northern Mosses”`
    if alone and "-" in name and text.endswith(("the ", "The "), 0, start):
        return True  # a bill of two: `the Lieberman-Warner bill`
    if _AFTER_DAY.match(text, end):
        return True
    opens = start == 0 or text[start - 1] == "\n"
    return opens and name.isupper() and _DATELINE.match(text, end) is not None


def without_things(mentions: list[Mention], text: str) -> list[Mention]:
    """Leave out names that the text somewhere treats as a place, a ship, a firm or as many, with their words alone.

    `The town of Dol Baram` is a place, `Aston Villa were` many; words in capitals of which none is a name head a text.
    """
    things = {match[1].lower() for match in _STORM.finditer(text)} if any(word in text for word in _STORMS) else set()
    humans: set[str] = set()
    alone: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        start = mention.span[0]
        if text[start - 4 : start] in _SHIP_ENDS and text.endswith(_SHIPS, 0, start):
            things.add(mention.key)
        elif " " in mention.key:
            group = things if _is_named_as_a_thing(text, mention) else humans
            group.add(mention.key)
        elif _is_called_as_a_thing(text, mention):
            things.add(mention.key)
        else:
            alone[mention.key].append(mention)
    surnames = {key.rsplit(" ", 1)[-1] for key in humans}
    things.update(
        key
        for key, places in alone.items()
        if key not in surnames and (_is_where_something_is(text, places) or _is_a_firm(text, places))
    )
    if not things:
        return mentions
    things -= {word for key in humans - things for word in key.split()}
    surnames = {key.rsplit(" ", 1)[-1] for key in humans - things}
    things = {key for key in things if key.rsplit(" ", 1)[-1] not in surnames}
    things |= {word for key in things for word in key.split()} - surnames
    return [mention for mention in mentions if mention.key not in things]


def _is_called_as_a_thing(text: str, mention: Mention) -> bool:
    """Whether what stands beside a single word tells of a thing or a firm."""
    start, end = mention.span
    if _is_of_a_place(text, start) or (text.endswith(_THE, 0, start) and _NO_MORE_OF_IT.match(text, end)):
        return True
    firm = _OF_A_FIRM.match(text, end)
    return firm is not None and not (firm["says"] and tagger().lists.kinds(mention.key) & (GIVEN | FAMILY))


def _is_a_firm(text: str, places: list[Mention]) -> bool:
    """Whether a text somewhere gives a word as a firm is called in full, and nowhere with a title."""
    for name in {mention.name for mention in places}:
        start = text.find(f"{name} ")
        while start >= 0:
            if _IN_FULL.match(text, start + len(name)):
                return not any(_is_titled(text, mention.span[0]) for mention in places)
            start = text.find(f"{name} ", start + len(name))
    return False


def _is_where_something_is(text: str, places: list[Mention]) -> bool:
    """Whether a word that is known as a place stands nowhere but after `in`, `near` and `from`."""
    return all(text.endswith(_WHERE, 0, mention.span[0]) for mention in places) and bool(
        tagger().lists.kinds(places[0].name) & PLACE
    )


def _is_titled(text: str, start: int) -> bool:
    before = text[max(0, start - 20) : start].rstrip().rpartition(" ")[2].rstrip(".").lower()
    return before in names.HONORIFICS or before in names.COURTESY_TITLES


def _is_of_a_place(text: str, start: int) -> bool:
    """Whether what stands before a name says of what kind of place it is."""
    before = text[start - 3 : start]
    return (before == "of " and text.endswith(_PLACES_OF, 0, start)) or (
        before in _NATURE_ENDS and text.endswith(_NATURE, 0, start)
    )


def _is_named_as_a_thing(text: str, mention: Mention) -> bool:
    start, end = mention.span
    if mention.key in _FIRMS or _is_of_a_place(text, start) or _IN_LAW.match(text, end):
        return True
    # `captain` ends like it.
    in_it = text[start - 3 : start] in _IN and not text[start - 4 : start - 3].isalpha()
    if in_it and mention.name.startswith(_OF_TOWNS):
        return True
    if text[start - 1 : start] + text[end : end + 1] in _QUOTES or (
        text[start - 2 : start] in _FRENCH_OPENINGS and text[end : end + 2] in _FRENCH_ENDS
    ):
        return not text.startswith(("<", " <"), end + 1)  # in a letter's head an address follows
    if text.endswith(_THE, 0, start) and _NO_MORE_OF_IT.match(text, end):
        return not tagger().lists.kinds(mention.name.partition(" ")[0]) & COMMON  # but `the Prophet Mohammed`
    if mention.name.isupper():
        kinds = tagger().lists.kinds
        words = mention.name.split(" ")
        last = words[-1].title()
        told = last in text or (last.startswith("Mc") and f"Mc{last[2:].title()}" in text)
        if text.find("\n", 0, start) < 0:
            return not told and any(map(str.islower, text))  # a headline's words, which the story does not repeat
        unlisted = all(len(word) > 2 and not kinds(word) & (GIVEN | FAMILY) for word in words)
        return unlisted and (not told or kinds(words[-1]) & COMMON != 0)
    opens = start == 0 or text[start - 1] == "\n" or text.endswith((". ", '." ', ".” "), 0, start)
    return opens and text.startswith(_OF_MANY, end)


def only_a_place(key: str) -> bool:
    """Tell whether a word is known as a place and not as a name."""
    return tagger().lists.kinds(key) == PLACE


def is_listed_name(key: str) -> bool:
    """Tell whether a word is known as a given name or a surname."""
    return tagger().lists.kinds(key) & (GIVEN | FAMILY) != 0
