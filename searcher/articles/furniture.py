"""Which lines of a page are not the story, told by the words and the shape that such lines have everywhere?

Share lines, links to other stories, photo credits, bylines, notices and menus read alike on all sites of a language.
Nothing here knows a site; what a line is in its place among others is decided in `clean`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from searcher.model import Span

Kind = Literal[
    "title", "masthead", "menu", "topic", "byline", "credit", "caption", "share", "related", "copyright", "notice",
    "separator",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Furniture:
    """A piece of `raw` that is not story: what it is and where it stands."""

    kind: Kind
    span: Span


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_AGENCY = (
    r"(?:reuters|a\.?p\.?|a\.?f\.?p\.?|associated press|agence france[- ]presse|getty(?: images)?|epa(?:-efe)?|efe|tass"
    r"|itar[- ]tass|sputnik|ria novosti|interfax|shutterstock|istock(?:photo)?|anadolu(?: agency)?|aa|xinhua|dpa|ansa"
    r"|pa(?: wire| images| media)?|press association|bloomberg|zuma(?: press)?|alamy|unsplash|imago(?: images)?|kyodo"
    r"|yonhap|upi|pti|ani|ians|belga|anp|tt|ntb|ritzau|lehtikuva|keystone|apa|afp|picture alliance|abaca(?: press)?"
    r"|nurphoto|sipa(?: usa)?|rex(?: features)?|wikimedia(?: commons)?|pixabay|pexels|flickr|instagram|twitter|facebook"
    r"|youtube|telegram|handout|pool|stock|demiroren|dha|iha|ukrinform|unian|azertac|armenpress|tass|canadian press"
    r"|usa today(?: sports)?|newscom|polaris|magnum(?: photos)?|vostock[- ]photo)"
)
_CHANNEL = (
    r"(?:facebook|twitter|x\.com|telegram|whats\s?app|instagram|youtube|linked\s?in|reddit|pinterest|tumblr|flipboard"
    r"|vkontakte|vk|viber|tiktok|threads|mastodon|bluesky|google news|apple news|newsletters?|e-?mail|app|channel|rss)"
)

_LABEL = r"(?:stor(?:y|ies)|articles?|news|topics?|content|links?|posts?|coverage|reading|items?|videos?|reads?|headlines?|reports?)"
_RELATED_WORDS = (
    # Other pages, offered; by language.
    r"(?:please\s+)?(?:also\s+)?(?:read|see|watch|listen)(?:\s+(?:also|more|next|too|now|this|on|it|here|the\s+full\s+(?:story|article)))?",
    r"also\s+(?:on|in|from|by)(?:\s+\S+){0,3}",
    r"you\s+(?:may|might|could)\s+(?:also\s+)?(?:like|enjoy|want\s+to\s+read|be\s+interested\s+in|have\s+missed)",
    rf"related(?:\s+(?:to\s+this|{_LABEL}|tags|searches))?",
    rf"(?:more|other|latest|top|recent|popular|trending|featured|recommended|suggested|similar|must|breaking"
    rf"|most[\s-](?:read|popular|viewed|shared|commented|watched|recent))[\s-]+{_LABEL}(?:\s+(?:on|from|in|about|for)\b.{{0,40}})?",
    r"most[\s-](?:read|popular|viewed|shared|commented|watched|recent)(?:\s+.{0,30})?",
    r"more\s+(?:on\s+this(?:\s+(?:story|topic|subject))?|(?:from|in|by)\s+.{1,40}|like\s+this|for\s+you)",
    r"(?:recommended|suggested|picked|selected)(?:\s+for\s+you)?|trending(?:\s+(?:now|topics|today))?|top\s+stories\b.{0,30}",
    r"don['’]?t\s+miss.{0,30}|(?:in\s+)?case\s+you\s+missed\s+it|what\s+to\s+read\s+next|(?:up|read|coming\s+up)\s+next",
    r"(?:next|previous)\s+(?:stor(?:y|ies)|articles?|posts?|up|news)|(?:further|background)\s+reading|keep\s+reading"
    r"|continue\s+reading|editor['’]?s?['’]?\s+(?:picks?|choice)|sponsored(?:\s.{0,40})?|promoted(?:\s.{0,30})?"
    r"|paid\s+(?:content|post)|from\s+our\s+partners|(?:from\s+)?around\s+the\s+web|in\s+pictures|gallery|photo\s+gallery",
    r"lesen\s+sie\s+(?:auch|mehr|hier|dazu)(?:\s.{0,20})?|auch\s+interessant|mehr\s+zum\s+thema|das\s+könnte\s+(?:sie|dich)\s+(?:auch\s+)?interessieren"
    r"|weitere\s+(?:artikel|meldungen|themen|nachrichten)(?:\s.{0,30})?|siehe\s+auch|zum\s+thema|mehr\s+(?:aus|von|zu)\s+.{1,30}|meistgelesen|passend\s+dazu|empfehlungen?",
    r"(?:à\s+)?lire\s+(?:aussi|également|plus)|(?:à\s+)?voir\s+aussi|sur\s+le\s+même\s+(?:sujet|thème)|articles?\s+(?:liés?|similaires?)|les\s+plus\s+lus|nos\s+suggestions",
    r"(?:lea|lee|leer|ver|vea|mira)\s+(?:también|más)|te\s+puede\s+interesar|(?:más\s+)?noticias?\s+relacionadas?|más\s+(?:noticias|información|leídas|leído)|lo\s+más\s+(?:leído|visto)",
    r"leggi\s+anche|potrebbe\s+interessarti.{0,20}|(?:leia|veja)\s+(?:também|mais|ainda)|(?:notícias|artigos)\s+relacionad[oa]s|mais\s+lidas",
    r"(?:читайте|смотрите|читать|слушайте)\s+(?:также|ещё|еще|далее)|по\s+теме|также\s+по\s+теме|материалы\s+по\s+теме|другие\s+новости|новости\s+по\s+теме|популярное|рекомендуем",
    r"читайте\s+також|дивіться\s+також|(?:czytaj|zobacz|przeczytaj|sprawdź)\s+(?:też|także|również|więcej)|lees\s+(?:ook|meer|verder)|bekijk\s+ook|meest\s+gelezen|lue\s+(?:myös|lisää)|læs\s+(?:også|mere)|les\s+også|läs\s+(?:också|även|mer)",
    r"ayrıca\s+(?:okuyun|bakınız)|ilgili\s+(?:haberler?|konular)|bunları\s+da\s+(?:okuyun|beğenebilirsiniz)|i̇?lginizi\s+çekebilir",
)  # fmt: skip
_BULLET = r"[\s\-–—>»›→►▶•*·#\[(]*"
_TAIL = r"[\s:.\-–—>»›→►▼…\])]*"
_RELATED_HEAD = re.compile(rf"{_BULLET}(?:{'|'.join(_RELATED_WORDS)}){_TAIL}", re.IGNORECASE)
_RELATED_LINE = re.compile(
    rf"{_BULLET}(?:{'|'.join(_RELATED_WORDS)}|see|watch|read|more)"
    r"\s*(?::|\||[»›→►])\s*\S",
    re.IGNORECASE,
)

_SHARE = re.compile(
    rf"{_BULLET}(?:"
    r"(?:do\s+you\s+|did\s+you\s+|if\s+you\s+)?(?:like|liked|love|loved|enjoy|enjoyed)\s+(?:this|the|our|what)\s+(?:story|article|post|page|content|piece|news|you)\b.{0,80}"
    r"|share(?:\s+(?:this|it|on|via|with|the|your|article|story|post|page|now|options)\b.{0,60})?|shared?\s*:?|\d[\d.,]*k?\s+(?:shares?|comments?|views|likes|reactions)"
    rf"|(?:tweet|pin|print|e-?mail|save|bookmark|copy\s+(?:link|url)|whats\s?app|repost|listen)(?:\s+(?:this|article|story|page|link|a\s+friend|to\s+this)\b.{0,40})?|like"
    rf"|{_CHANNEL}(?:[\s|,/·•]+{_CHANNEL})*"
    rf"|(?:follow|find|join|like|add|watch|visit|contact)\s+(?:us|our|the\s+author)\b.{{0,100}}"
    rf"|follow\s+.{{1,60}}\s+on\s+{_CHANNEL}\b.{{0,60}}"
    rf"|(?:subscribe|sign\s+up|register|log\s?in|sign\s+in)(?:\s+(?:now|here|to|for|with|today|free|or|and)\b.{{0,120}})?"
    rf"|(?:get|receive|want|download|stay|never\s+miss|keep\s+up)\b.{{0,80}}\b(?:{_CHANNEL}|inbox|notifications?|alerts|informed)\b.{{0,80}}"
    r"|click\s+(?:here|to|on)\b.{0,80}|\(?opens\s+in\s+(?:a\s+)?new\s+window\)?"
    r"|(?:\d+\s+)?comments?(?:\s*\(?\d*\)?)?|(?:leave|post|write|add|view|show|read|join)\s+(?:a\s+|the\s+|all\s+)?(?:comments?|reply|conversation|discussion).{0,30}"
    r"|(?:artikel\s+)?teilen(?:\s.{0,30})?|drucken|merken|kommentare?(?:\s*\(?\d*\)?)?|partager(?:\s.{0,40})?|imprimer|compartir(?:\s.{0,40})?|compartilh\w+(?:\s.{0,40})?|condividi(?:\s.{0,30})?"
    r"|поделиться(?:\s.{0,40})?|подпис(?:ывайтесь|аться)\b.{0,100}|поділитися.{0,40}|paylaş\S*(?:\s.{0,30})?|abone\s+ol.{0,60}|udostępnij.{0,30}|delen|dela|del\s+(?:på|artikkel).{0,30}"
    rf"){_TAIL}[!?]?",
    re.IGNORECASE,
)  # fmt: skip

_NOTICE = re.compile(
    rf"{_BULLET}(?:"
    r"advertis(?:e)?ments?|advertising|ad|ads\s+by\b.*|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|реклама|reklam[ai]?|advertentie|annonse?"
    r"|(?:the\s+)?(?:story|article)\s+continues\s+(?:below|after)\b.*|continued?\s+(?:below|after)\b.*|scroll\s+(?:down|to)\b.*"
    r"|skip\s+to\s+.{0,30}|jump\s+to\s+.{0,30}|back\s+to\s+(?:top|home\w*)|(?:zum|direkt\s+zum)\s+inhalt.{0,30}|load(?:ing)?(?:\s+more)?(?:\.\.\.|…)?|show\s+(?:more|all|less)|view\s+all"
    r"|.{0,80}\b(?:we|this\s+(?:web)?site|our\s+(?:web)?site)\s+uses?\s+cookies\b.*|.{0,60}\b(?:enable|turn\s+on)\s+javascript\b.*"
    r"|.{0,60}\byour\s+browser\s+(?:does\s+not|doesn['’]t|is\s+not)\b.*"
    r"|(?:the\s+)?(?:views|opinions)\s+expressed\b.{0,200}\b(?:author|editorial|reflect|represent|necessarily|belong)\b.*"
    r"|(?:this|the)\s+(?:article|story|piece|report|post|column|commentary)\s+(?:was\s+|has\s+been\s+|is\s+)?(?:originally\s+|first\s+)?(?:published|appeared|posted|republished|reprinted|produced)\b.*"
    r"|(?:privacy(?:\s+(?:policy|notice|settings))?|terms\s+(?:of\s+(?:use|service)|and\s+conditions)|cookie\s+(?:policy|settings)|about\s+us|contact\s+us|impressum|datenschutz\w*)"
    r"(?:[\s|,·•&]+\S.{0,80})?"
    rf"){_TAIL}",
    re.IGNORECASE,
)  # fmt: skip
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright\b)[^.]{0,40}\b(?:19|20)\d\d\b.{0,300}|.{0,200}\ball\s+rights\s+reserved\b.{0,300}"
    r"|(?:this\s+material|the\s+material\s+on\s+this\s+site)\s+may\s+not\s+be\s+.{0,300}",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"(?:tags?|topics?|keywords?|filed\s+(?:under|in)|categor(?:y|ies)|schlagw\w+|themen|mots[- ]clés|etiquetas|теги|тэги|etiketler)\s*:?\s*[^.]{0,200}",
    re.IGNORECASE,
)

_DATE_WORDS = re.compile(
    rf"{_MONTH}\.?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|\d{{1,4}}(?:st|nd|rd|th|h|hrs?)?|\d{{1,2}}[:.h]\d{{2}}(?:[:.]\d{{2}})?|[ap]\.?m\.?"
    r"|(?:\d{1,4}[./-]){1,2}\d{1,4}\.?|[a-z]{1,3}t|gmt|utc|cet|ist|msk|bst|at|on|of|the|um|uhr|à|às|le|de|den|der|am|в|г|et|o'clock|local|time|hrs"
    r"|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    r"|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
    re.IGNORECASE,
)
_DATE_APART = re.compile(r"[\s,|·•()/\-–—]+")
_BYLINE = re.compile(
    r"(?:by|von|par|por|di|автор|yazan|door|av|af)\s*:?\s+(?-i:[A-ZÀ-ÞА-Я])[^.!?]{2,90}"
    r"|(?:first\s+|last\s+)?(?:published|updated|posted|modified|created|issued|date|released)\b(?:\s+(?:on|at|by))?\s*:?.{0,80}\d.{0,40}"
    r"|(?:veröffentlicht|aktualisiert|stand|publié|mis\s+à\s+jour|publicado|actualizado|опубликовано|обновлено|güncelleme|yayınlanma|gepubliceerd|opublikowano)\b.{0,40}\d.{0,40}"
    r"|(?:<?\s*\d+|an?|one)\s*(?:min(?:ute)?s?|hours?|days?|weeks?|months?)\.?\s*(?:read|ago|of\s+reading)\b.{0,20}|reading\s+time\b.{0,20}|lesezeit\b.{0,20}"
    r"|[(\[]?(?:(?:additional\s+)?(?:reporting|writing|editing|compiled|translated|written)\s+by)\s+.{3,300}"
    rf"|(?:the\s+)?associated\s+press\s+(?:\w+\s+)?(?:writers?|journalists?|reporters?)\b.{{3,200}}\bcontributed\b.{{0,60}}|.{{3,120}}\bcontributed\s+to\s+this\s+(?:report|story|article)\b.{{0,40}}|with\s+(?:files|reporting|inputs?)\s+from\b.{{2,80}}",
    re.IGNORECASE,
)  # fmt: skip

_CREDIT_WORD = (
    r"(?:photos?|photographs?|images?|pictures?|pics?|file(?:\s+(?:photo|image|picture|pic))?|courtesy|hand-?out|screenshot|screen\s?grab|illustration|illustrative|graphics?"
    r"|credits?|via|foto\w*|bild(?:er)?|crédit|fotoğraf|фото|imagen|archivo|archive)"
)
_NAME = r"[A-ZÀ-ÞА-Я][\w.'’\-]*(?:\s+(?:[A-ZÀ-ÞА-Я][\w.'’\-]*|d[eai]|van|von|al|bin|el)){0,4}"
_SLASHED = rf"(?:(?i:{_AGENCY})\s*/\s*{_NAME}|{_NAME}\s*/\s*(?i:{_AGENCY})\b)(?:\s*/\s*[\w .'’\-]{{2,40}})?"
_CREDIT_IN_BRACKETS = re.compile(
    rf"\s*[(\[](?:[^()\[\]]{{0,100}}\b(?i:{_CREDIT_WORD})\b[^()\[\]]{{0,100}}|[^()\[\]]{{0,80}}{_SLASHED}[^()\[\]]{{0,80}}"
    r")[)\]]\W*$",
)
_AGENCIES_IN_BRACKETS = re.compile(rf"\s*[(\[](?:{_AGENCY})(?:\s*[,/&]\s*(?:{_AGENCY}))*[)\]]\W*$", re.IGNORECASE)
_CREDIT_SIGN = re.compile(r"\s*(?:©|\(c\)|Ⓒ)\s*[^.!?©]{2,80}[.]?\s*$", re.IGNORECASE)
_CREDIT_LABEL = re.compile(
    rf"(?:^|(?<=[.!?\"”’)])\s+|\s+[|–—-]\s+)(?:(?i:{_CREDIT_WORD}))(?:\s+(?i:by|credit|courtesy(?:\s+of)?|source))?\s*[:/©]\s*[^.!?]{{2,80}}\.?\s*$"
)
_CREDIT_SLASHED = re.compile(rf"(?:^|(?<=[.!?\"”’)])\s+|\s+[|–—-]\s+){_SLASHED}(?:\s*[;,]\s*{_SLASHED})*\.?\s*$")
_CREDIT_HINT = re.compile(r"[©/)\]:Ⓒ]")
_CAPTION_START = re.compile(
    r"(?:file(?:\s+(?:photo|image|picture|pic))?\s*[:\-–—]|(?:photo|image|picture|pictured)\s*:|(?:in|an?)\s+(?:this|undated)\b.{0,40}\b(?:photo|image|picture|handout)\b)",
    re.IGNORECASE,
)
_POSITIONS = re.compile(
    r"\((?:L|R|C|left|right|cent(?:er|re)|pictured|[LRC](?:-[LRC])?|\d(?:st|nd|rd|th)\s+[LR])\)", re.IGNORECASE
)
_MONTH_YEARS = re.compile(rf"{_MONTH}\W{{0,2}}(?:19|20)\d\d", re.IGNORECASE)
_WORD = re.compile(r"\w")
_OUTLET = re.compile(
    r"\b(?:news|times|post|daily|herald|tribune|journal|gazette|chronicle|telegraph|agency|press|today|online|tv|radio"
    r"|observer|courier|sentinel|examiner|dispatch|broadcasting|magazine|weekly|nachrichten|zeitung|noticias|новости)\b"
    r"|\.(?:com|net|org|info|tv|ru|co\.\w\w|az|am|de|fr)\b",
    re.IGNORECASE,
)
_LONGEST = 400
_LONGEST_MASTHEAD = 60


def recognise(line: str) -> Kind | None:
    """Tell a line that is furniture wherever it stands: shares, offers, notices, bylines, credits, menus, rules."""
    if len(line) > _LONGEST:
        return "menu" if is_menu(line) else None
    if not _WORD.search(line):
        return "separator"
    if is_banner(line):
        return "masthead"
    if _SHARE.fullmatch(line):
        return "share"
    if _RELATED_HEAD.fullmatch(line) or (len(line) < 250 and _RELATED_LINE.match(line)):
        return "related"
    if _NOTICE.fullmatch(line):
        return "notice"
    if _COPYRIGHT.fullmatch(line):
        return "copyright"
    if _BYLINE.fullmatch(line) or is_date(line):
        return "byline"
    if _TOPIC.fullmatch(line):
        return "topic"
    if credit_start(line) == 0:
        return "credit"
    return "menu" if is_menu(line) else None


def opens_list(line: str) -> bool:
    """Whether a line offers other stories that the lines after it name."""
    return _RELATED_HEAD.fullmatch(line) is not None


def is_date(line: str) -> bool:
    """Whether a line is a date, perhaps with a time, and nothing else."""
    if len(line) > 60 or not any(character.isdigit() for character in line):
        return False
    words = [word for word in _DATE_APART.split(line) if word]
    return len(words) > 0 and any(len(word) > 3 for word in words) and all(map(_DATE_WORDS.fullmatch, words))


def is_menu(line: str) -> bool:
    """Whether a line is a list of months, or of short entries set off by bars, bullets or arrows."""
    if len(_MONTH_YEARS.findall(line)) >= 3 and not line.endswith((".", "!", "?")):
        return True
    for mark in ("|", "·", "•", ">", "›", "»", "/"):
        entries = line.split(mark)
        if len(entries) > 3 and max(map(len, entries)) < 32:
            return True
    return False


def credit_start(line: str) -> int | None:
    """Where the credit of a picture begins that ends a line; 0 when the line is nothing else; None without one."""
    if not _CREDIT_HINT.search(line, max(0, len(line) - 160)):
        return None
    for pattern in (_CREDIT_IN_BRACKETS, _CREDIT_SIGN, _CREDIT_LABEL, _CREDIT_SLASHED):
        tail = max(0, len(line) - 240)
        if found := pattern.search(line, tail):
            return found.start()
    return None


def agency_start(line: str) -> int | None:
    """Where the agency's name in brackets begins that ends a line; a credit only where the line is a caption."""
    found = _AGENCIES_IN_BRACKETS.search(line, max(0, len(line) - 80))
    return found.start() if found else None


def is_caption(line: str) -> bool:
    """Whether a line speaks of a picture: it says where people stand in it, or that it is one."""
    return _CAPTION_START.match(line) is not None or _POSITIONS.search(line) is not None


def is_banner(line: str) -> bool:
    """Whether a short line ends or begins with a bar, as a page's head does: `The Example |`."""
    return len(line) <= _LONGEST_MASTHEAD and line.count("|") == 1 and (line[0] == "|" or line[-1] == "|")


def is_masthead(line: str) -> bool:
    """Whether a short line names a publisher: it is a banner, or has a word that outlets are called by."""
    if is_banner(line):
        return True
    words = line.split()
    named = all(word[0].isupper() or not word[0].isalpha() or len(word) < 4 for word in words)
    return len(line) <= _LONGEST_MASTHEAD and len(words) <= 6 and named and _OUTLET.search(line) is not None
