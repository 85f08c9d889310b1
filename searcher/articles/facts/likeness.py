"""Are two words, or two runs of given names, spellings of one name?

Transliterations are compared by what they share (`skeleton`), slips of the pen by their letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Forms of one given name, each line one name: short ones in English, and those that other languages and ways of
# writing them in Latin letters give to the same human.
_FORMS_OF_ONE = """\
william bill billy will|robert bob bobby rob|richard dick rick rich|james jim jimmy|joseph joe joey josef|\
john jack johnny|michael mike mick|thomas tom tommy|charles charlie chuck|edward ed eddie ted|\
theodore ted teddy|daniel dan danny|david dave|donald don|kenneth ken|ronald ron|stephen steven steve|\
christopher chris|matthew matt|anthony tony|benjamin ben binyamin bibi|samuel sam|timothy tim|gregory greg|\
lawrence larry|patrick pat|patricia pat patty|elizabeth liz beth betty|margaret maggie peggy|\
katherine kate kathy|catherine cathy kate|deborah debbie|jonathan jon|joshua josh|\
rebecca becky|vincent vince|abraham abe|susan sue|barbara barb|jacob jake|nicholas nick|\
alexander alex|andrew andy drew|francis frank|frederick fred|gerald gerry jerry|harold harry|henry hank|\
jeffrey jeff|philip phil|raymond ray|walter walt|leonard leo len|peter pete|zachary zach|bernard bernie|\
alexander aleksandr aleksander alexandr alyaksandr aliaksandr oleksandr|\
alexei alexey aleksey aleksei oleksiy aliaksei olexij|\
sergei sergey sergej serhij serhiy serhii siarhei serguei serge serzh serj|\
vladimir volodymyr uladzimir wladimir wolodymyr|\
nikolai nikolay mykola mikalai nicolai|mikhail mykhailo mikheil mikhael|\
dmitry dmitri dmytro dzmitry dimitri dmitriy|evgeny yevgeny yevgeni yevhen evgeniy evgenii|\
andrei andrey andriy andrii|svetlana sviatlana svitlana|yulia yuliya yuliia julia iulia|viktor victor viktar|\
pavel pavlo|pyotr petr petro|kirill kyrylo|vasily vasyl vasiliy|oleg oleh aleh|igor ihor|olga olha volha|\
irina iryna|natalia nataliya natalya natallia|anatoly anatoliy anatol|fyodor fedor|\
ekaterina yekaterina kateryna katerina|elena yelena olena alena|vitaly vitaliy vitali vitalii|\
gennady gennadiy hennadiy|grigory hryhoriy|maxim maksim maksym|konstantin kostiantyn|\
heydar haydar heidar haidar geidar geydar|ilham ilkham|nikol nicol|jeyhun ceyhun|javid cavid|jamil cemil|\
yitzhak itzhak yitzchak|yosef josef yossef|muhammad mohammed mohammad mohamed muhammed mohamad mohamud muhamad mo|\
hussein hussain husain husayn hossein hussien|ahmed ahmad|yusuf yousef youssef yousuf yussuf yousif|\
abdullah abdallah abdulla|omar umar|osama usama|saif seif sayf|muammar moammar moamer moamar muamar|\
khalid khaled|ibrahim ebrahim|mustafa mostafa moustafa|mahmoud mahmud|faisal faysal feisal|\
suleiman sulayman soleiman suleyman|jamal gamal|saeed said saied|rafik rafiq rafic|hamid hameed|rashid rasheed|\
karim kareem|walid waleed|tariq tarek tarik|qasem qassem kassem qasim"""
_FORMAL: dict[str, set[str]] = {}
for _line in _FORMS_OF_ONE.split("|"):
    for _form in _line.split():
        _FORMAL.setdefault(_form, set()).add(_line.split()[0])

# Letters and groups that transliterations and habits of spelling exchange, in the order they are tried.
_SOUNDS = [
    (re.compile(pattern), by)
    for pattern, by in (
        (r"^ye|^ie|^je", "e"),
        (r"^(?:c|k)?hr(?=[aeiou])", "kr"),
        (r"schtsch|shch", "sC"),
        (r"tsch|tch|tsh|cz", "C"),
        (r"sch|sh|sz", "s"),
        (r"ch", "C"),
        (r"zh|dzh|dj|j(?=[aeou])", "j"),
        (r"kh|gh|q|ck|c(?![eiy])", "k"),
        (r"ph|pf", "f"),
        (r"ts|tz", "z"),
        (r"w|ff|v", "v"),
        (r"ou|oo", "u"),
        (r"ks|x", "ks"),
        (r"th|dt", "t"),
        (r"(?<=[aeo])[iyj](?=ev)", ""),  # `Rzayev`, `Rzaev`
        # `Heydar` and `Haidar` are one; `Reich` and `Rich` are two.
        (r"(?<=.)[ae][iyj](?=[b-df-hj-np-tv-xzCK])", "E"),
        (r"yy|iy|ij|yi|ii|ey|ei|ay|ai|y|j", "i"),
        (r"yo|jo|io", "o"),
    )
]
# How ways of writing Korean and old ways of writing Chinese differ: `Bae Sang-cheol`, `Pae Sang-chol`.
_SYLLABLES = [
    (re.compile(pattern), by)
    for pattern, by in (
        (r"oi|oe|ae|ai|ay|(?<![ou])e(?![ou])", "e"),
        (r"eu?i|ui|ee", "i"),
        (r"eo|eu|oo|ou|u", "o"),
        (r"[rh](?=$|[kn])", ""),
        (r"j", "ch"),
    )
]
_VOICED = str.maketrans("gdb", "ktp")
_REPEATED = re.compile(r"(.)\1+")
_LOOSE_SOUNDS = [
    (re.compile(pattern), by)
    for pattern, by in (
        (r"(?<=[^aeiou])h", ""),
        (r"g|(?<=.)C", "k"),
        (r"enka$", "enko"),
        (r"^h(?=.*(?:enko|chuk|sk[iy]+)$)", "k"),  # `Honcharenko`, `Goncharenko`
        (r"[uov]+(?=sk(?:ai|i|oi))", "o"),
        (r"^z(?=i)", "t"),
        (r"iai?$", "ia"),
    )
]
# How French writes a sound that others write otherwise.
_FRENCH = (("ou", "o"), ("ch", "sh"))
_VOWELS = re.compile(r"[aeiou]+")
# What differs in two words that one swap makes one.
_LETTERS_OF_A_SWAP = 4
# Shorter words are not compared loosely.
LOOSE_LENGTH = 6


_LATIN_OF = dict(
    pair.split("=")
    for pair in (
        "а=a б=b в=v г=g д=d е=e з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f ы=i э=e ъ= ь= і=i ґ=g ў=v "
        "ж=zh х=kh ц=ts ч=ch ш=sh щ=shch ю=yu я=ya ё=yo ї=yi є=ye ћ=c ђ=dj ј=j љ=lj њ=nj "
        "α=a β=v γ=g δ=d ε=e ζ=z ι=i κ=k λ=l μ=m ν=n ο=o ρ=r σ=s τ=t υ=i φ=f ω=o η=i θ=th ξ=x π=p ς=s χ=kh ψ=ps"
    ).split(" ")
)

_CASE_ENDING = re.compile(r"(?<=[а-я][а-я][а-я])(?:ого|ому|ым|ом|ой|ою|ем|а|у|е|ы|ю|я)$")
# What changes from case to case at the end of a name: `сергей`, `сергея`, `сергеем`.
_DECLINED = re.compile(r"[аеийоуыьюяі]+м?$")


def _latin(word: str) -> str:
    """Write a folded word in Latin letters, without the endings of Slavic cases: `путина`, `путину`, `путиным`."""
    if word.isascii():
        return word
    return "".join(_LATIN_OF.get(letter, letter) for letter in _CASE_ENDING.sub("", word))


@lru_cache(maxsize=1 << 15)
def skeleton(word: str) -> str:
    """Reduce a folded word to what its transliterations share: `pashinyan`, `pashinian`, `пашинян` agree."""
    word = _latin(word)
    for pattern, by in _SOUNDS:
        word = pattern.sub(by, word)
    return _REPEATED.sub(r"\1", word)


def same_sound(a: str, b: str) -> bool:
    """Tell whether two folded words share a skeleton and most of their letters: `smith` and `schmitt` do not."""
    if skeleton(a) != skeleton(b):
        return False
    a, b = _latin(a), _latin(b)
    limit = max(1, min(len(a), len(b)) // 3)
    return a == b or distance(a, b, limit) <= limit


@lru_cache(maxsize=1 << 10)
def syllables_sound(key: str) -> str:
    """Reduce the key of a name of syllables, surname first, to what ways of writing it in Latin letters share."""
    sounds = []
    for sound in key.translate(_VOICED).split():
        for pattern, by in _SYLLABLES:
            sound = pattern.sub(by, sound)  # noqa: PLW2901
        sounds.append(sound)
    return " ".join(sounds)


@lru_cache(maxsize=1 << 15)
def loose_skeleton(word: str) -> str:
    """Reduce a folded word further: `gaddafi`, `kadhafi` and `qaddafi`, `lukashenko` and `lukashenka` agree."""
    sound = skeleton(word)
    for pattern, by in _LOOSE_SOUNDS:
        sound = pattern.sub(by, sound)
    return _REPEATED.sub(r"\1", sound)


def frame(word: str) -> str:
    """Leave only the consonants of a folded word, after its first letter: what `loosely_alike` words share."""
    loose = loose_skeleton(word.replace("ch", "sh"))
    return loose[:1] + _VOWELS.sub("", loose[1:])


@lru_cache(maxsize=1 << 15)
def loosely_alike(a: str, b: str) -> bool:
    """Tell whether two folded surnames may be transliterations of one, for humans whose given names agree.

    Beyond `skeleton`, they may differ in g, ch and k, in ou and o, in ch and sh, in a vowel put between consonants
    (`sargsyan`, `sarkisian`), and as languages differ in the same ending (`-enko`, `-enka`). Another vowel is another
    name: `hanson`, `hansen`.
    """
    one, other = loose_skeleton(a), loose_skeleton(b)
    if min(len(one), len(other)) < LOOSE_LENGTH:
        return False
    if one == other or any(
        loose_skeleton(a.replace(french, by)) == loose_skeleton(b.replace(french, by)) for french, by in _FRENCH
    ):
        return True
    return abs(len(one) - len(other)) == 1 and frame(a) == frame(b) and distance(one, other, 1) == 1


def distance(a: str, b: str, limit: int = 2) -> int:
    """Count insertions, deletions, substitutions and swaps of neighbours between two words, up to `limit` + 1.

    Optimal string alignment (Damerau 1964).
    """
    if a == b:
        return 0
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    a, b = _where_they_differ(a, b)
    if not a or not b or (limit == 1 and len(a) + len(b) > _LETTERS_OF_A_SWAP):
        return min(max(len(a), len(b)), limit + 1)
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        two_before, before = before, row
        row = [i]
        for j, right in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _where_they_differ(a: str, b: str) -> tuple[str, str]:
    """Leave out the letters that two words begin with alike, and those that they end in alike."""
    shorter = min(len(a), len(b))
    start = 0
    while start < shorter and a[start] == b[start]:
        start += 1
    end = 0
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return a[start : len(a) - end], b[start : len(b) - end]


def swapped(a: str, b: str) -> bool:
    """Tell whether the words differ by one swap of neighbouring letters."""
    if len(a) != len(b) or a == b:
        return False
    first = next(i for i, pair in enumerate(zip(a, b, strict=True)) if pair[0] != pair[1])
    return a[first : first + 2] == b[first : first + 2][::-1] and a[first + 2 :] == b[first + 2 :]


@lru_cache(maxsize=1 << 15)
def alike(a: str, b: str) -> bool:
    """Tell whether two folded words may be spellings of one name: transliterations, or a slip of the pen.

    Short words must agree wholly; only long ones may differ by a letter, and Slavic ones in the case.
    """
    if a == b or (a[0] == b[0] > "\u0400" and len(stem := _DECLINED.sub("", a)) > 2 and stem == _DECLINED.sub("", b)):
        return True
    if min(len(a), len(b)) < 5 or a[0] != b[0]:
        return len(a) > 3 and len(b) > 3 and same_sound(a, b)
    if same_sound(a, b) or swapped(a, b):
        return True
    long = min(len(a), len(b))
    # `Zourabichvili` and `Zurabishvili` differ in how many letters are told, and in one sound.
    return (long >= 7 and distance(a, b, 1) == 1) or (long >= 10 and distance(skeleton(a), skeleton(b), 1) == 1)


def same_given(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether two runs of given names may belong to one human; an initial stands for any name it begins.

    Middle names may be missing on either side; the first names must agree.
    """
    if not a or not b:
        return True
    if not given_agree(a[0], b[0]):
        return False
    middle_a, middle_b = a[1:], b[1:]
    if not middle_a or not middle_b:
        return True
    return any(given_agree(x, y) for x in middle_a for y in middle_b)


@lru_cache(maxsize=1 << 15)
def forms(given: str) -> tuple[str, ...]:
    """Give marks of a given name, one of which its spellings share: how it sounds, and how its full forms do."""
    return (skeleton(given), *sorted(map(skeleton, _FORMAL.get(given, ()))))


def given_agree(a: str, b: str) -> bool:
    """Tell whether two folded given names may be one human's: initials, spellings or forms of one name."""
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return alike(a, b) or short_for(a, b)


def short_for(a: str, b: str) -> bool:
    """Tell whether two folded given names are forms of one: `mo` and `mohamed`, `bill` and `william`."""
    return not _FORMAL.get(a, {a}).isdisjoint(_FORMAL.get(b, {b}))
