"""In which language is an article written? By its script, then by its small words.

Function words (Grefenstette 1995, "Comparing two language identification schemes") need no model file and no training,
and on texts as long as a news paragraph are as right as character models; on less we say that we do not know.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from searcher.text.letters import letter_runs

_SMALL_WORDS = {
    "en": (
        "the of and to in that is was for on with as by he it at from his be are this which have had has not "
        "they were but said will an their who we"
    ),
    "de": (
        "der die und den von das mit des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass "
        "sie nach wird bei einer sich wie um"
    ),
    "fr": (
        "le la les de des et en du un une que est pour dans qui par sur au plus pas avec ce il sont aux cette "
        "ses été mais son ont elle nous"
    ),
    "es": (
        "el la de que y en los se del las un por con una su para es al lo como más pero sus le ha este sobre "
        "entre desde cuando muy fue esta"
    ),
    "it": (
        "il di che la e in un per del una è della non sono con i le si da al dei nel come più alla ha anche gli "
        "delle lo ma questo stato"
    ),
    "pt": (
        "o de que e do da em um para com não uma os no se na por mais as dos como mas ao das à seu sua ou quando "
        "muito nos já também pelo foi são"
    ),
    "nl": (
        "de het een van en in is dat op te zijn voor met die niet aan er om ook als dan maar bij uit door over "
        "naar heeft hij worden was werd nog"
    ),
    "sv": (
        "och att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när "
        "år säger under också efter"
    ),
    "da": (
        "og at det er en til af på for med den de der som har ikke et han fra men vi om var jeg sig så kan også "
        "blev efter ved skal"
    ),
    "no": (
        "og i det er en til av på for med den de som har ikke et han fra men vi om var jeg seg så kan også ble "
        "etter ved skal å"
    ),
    "fi": (
        "ja on ei se että hän oli ovat mutta myös kun joka mukaan sen jo vuoden ollut tämä niin kuin sekä siitä "
        "hänen vain voi mitä"
    ),
    "pl": (
        "w i z na do się nie że jest to o jak po od za ale przez tym są dla ma być który także oraz był jego "
        "tego już co"
    ),
    "cs": (
        "a v se na je že s z do o k ve i to jako za by pro po podle který jsou ale od také při až má však jeho bude"
    ),
    "sk": "a v sa na je že s z do o k vo aj to ako za by pre po podľa ktorý sú ale od tiež pri až má však jeho bude",
    "hu": (
        "a az és hogy nem is egy van ez meg volt csak de már még ki azt ha mint el sem magyar után szerint kell "
        "lesz aki"
    ),
    "ro": (
        "și de în la a cu pe nu că din care o un mai este pentru sunt au fi se ce prin după fost dar sau lui "
        "cele ale al"
    ),
    "tr": (
        "ve bir bu da de için ile olarak olan çok daha en gibi sonra kadar ise ne ancak var olduğu değil göre "
        "her dedi etti o büyük yeni"
    ),
    "az": (
        "və bir bu da də üçün ilə ki olan olub edib daha sonra qədər isə ancaq var görə hər dedi azərbaycan ölkə "
        "bildirib onun çox ən"
    ),
    "id": (
        "yang dan di untuk dengan dari ini itu pada dalam tidak akan juga ada ke oleh mereka karena atau telah "
        "bisa kata sebagai saat kami"
    ),
    "vi": (
        "của và là có cho không được trong với các người này những một đã khi từ đến cũng về ở ông để theo nhiều tại"
    ),
    "hr": "i u je na se da za su od s a koji što kao o ne iz te bi po sve ali će nije bio koja do prema nakon kako",
    "et": "ja on ei et see oli ka kui ta mis aga oma selle või siis eest ning kes ole pärast üle nii mida juba",
    "lv": "un ir no ar ka par uz kas tas bet tika arī pēc vai kā gada lai šo viņš nav līdz ko tiek jau kā pie",
    "lt": "ir į iš kad su yra už buvo tai bet apie po kaip nuo jis ar jau per kuris ne taip prie dėl savo",
    "ca": (
        "el la de que i en els les un per amb una del al es no és com més però seva han aquest són dels també ha seu va"
    ),
}
_LISTED = {code: frozenset(listed.split()) for code, listed in _SMALL_WORDS.items()}
# Each small word's languages, and what it counts for each of them: less, the more of them there are.
_WORDS = {
    word: (codes, 1 / len(codes) + 0.5)
    for word in frozenset().union(*_LISTED.values())
    for codes in [tuple(code for code, words in _LISTED.items() if word in words)]
}
_SCRIPTS = {
    "Ա-և": "hy",
    "ა-ჿ": "ka",
    "α-ωά-ώ": "el",
    "א-ת": "he",
    "ऀ-ॿ": "hi",
    "ঀ-৿": "bn",
    "฀-๿": "th",
    "஀-௿": "ta",
    "ఀ-౿": "te",
    "가-힣": "ko",
    "ぁ-ヿ": "ja",
    "一-鿿": "zh",
    "؀-ۿ": "ar",
    "а-яёѐ-џґ": "ru",
    "ሀ-፿": "am",
    "ក-៿": "km",
    "က-႟": "my",
}
_LATIN = re.compile(r"[a-zà-ɏ]")
_SAMPLE = 1000


def detect_language(text: str) -> str | None:
    """Give the ISO 639-1 code of a text's language, from its first few thousand letters; None when unsure."""
    sample = text[:_SAMPLE].lower()
    if not sample.isascii() and any("\u0370" <= letter < "\u2000" or letter >= "\u3000" for letter in set(sample)):
        counts = {code: len(letters.findall(sample)) for code, letters in _letters_of_scripts().items()}
        script = max(counts, key=counts.__getitem__)
        if counts[script] > len(_LATIN.findall(sample)):
            return _by_letters(sample, script, counts)
    return _by_small_words(sample)


# Large sets of letters take long to compile, and most texts are in Latin letters.
@cache
def _letters_of_scripts() -> dict[str, re.Pattern[str]]:
    return {code: re.compile(f"[{letters}]") for letters, code in _SCRIPTS.items()}


def _by_letters(sample: str, script: str, counts: dict[str, int]) -> str | None:
    if counts[script] < 4:
        return None
    if script in ("zh", "ja"):
        return "ja" if counts["ja"] * 8 > counts["zh"] else "zh"
    if script == "ar":
        if re.search("[ٹڈڑے]", sample):
            return "ur"
        return "fa" if len(re.findall("[پچژگی]", sample)) > counts["ar"] / 60 else "ar"
    if script != "ru":
        return script
    if counts[script] < 20:
        return None
    for letters, code in (
        ("[їєґ]", "uk"),
        ("ў", "be"),
        ("[ђћљњ]", "sr"),
        ("[ѓќѕ]", "mk"),
        ("[ыэё]", "ru"),
        ("і", "uk"),
    ):
        if len(re.findall(letters, sample)) > counts["ru"] / 400:
            return code
    if sample.count("ъ") * 100 > counts["ru"]:
        return "bg"
    return "ru" if "й" in sample else None


# Letters that few languages have, of those told by their small words.
_OWN_LETTERS = {
    "ğı": ("tr",),
    "ə": ("az",),
    "őű": ("hu",),
    "ß": ("de",),
    "ñ¿¡": ("es",),
    "ãõ": ("pt",),
    "łżźćśń": ("pl",),
    "řěů": ("cs",),
    "ľĺŕ": ("sk",),
    "șță": ("ro",),
    "ėųįū": ("lt",),
    "ķļņģ": ("lv",),
    "ơưạảấầẩẫậắằẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ": ("vi",),
}
_MOST_OF_A_LETTER = 3


def _by_small_words(sample: str) -> str | None:
    words = letter_runs(sample)
    scores: dict[str, float] = defaultdict(float)
    if not sample.isascii():
        present = set(sample)
        for letters, codes in _OWN_LETTERS.items():
            seen = min(sum(map(sample.count, present.intersection(letters))), _MOST_OF_A_LETTER)
            for code in codes if seen else ():
                scores[code] += seen
    for of, weight in filter(None, map(_WORDS.get, words)):
        for code in of:
            scores[code] += weight
    ranked = sorted(scores.items(), key=lambda item: item[1], reverse=True)[:2]
    if not ranked or ranked[0][1] < max(2.5, len(words) * 0.08):
        return None
    if len(ranked) == 2 and ranked[1][1] > ranked[0][1] * 0.93:
        return None
    return ranked[0][0]
