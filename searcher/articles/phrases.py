r"""What the lines around a story say, in the languages of the news: shares, offers, notices, bylines, credits.

Each list holds pieces of regular expressions, matched against a whole line in lower case or its beginning; `~` stands
for up to 40 more characters.
"""

from __future__ import annotations

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"

AGENCIES = (
    "reuters", r"a\.?p\.?", r"a\.?f\.?p\.?", "associated press", "agence france[- ]presse", "getty(?: images)?",
    "epa(?:-efe)?", "efe", "(?:itar[- ])?tass", "sputnik", "ria novosti", "interfax", "shutterstock",
    "istock(?:photo)?",
    "anadolu(?: agency)?", "aa", "xinhua", "dpa", "ansa", "pa(?: wire| images| media)?", "press association",
    "bloomberg",
    "zuma(?: press)?", "alamy", "unsplash", "imago(?: images)?", "kyodo", "yonhap", "upi", "pti", "ani", "ians",
    "belga",
    "anp", "tt", "ntb", "ritzau", "lehtikuva", "keystone", "apa", "picture alliance", "abaca(?: press)?", "nurphoto",
    "sipa(?: usa)?", "rex(?: features)?", "wikimedia(?: commons)?", "pixabay", "pexels", "flickr", "instagram",
    "twitter", "facebook", "youtube", "telegram", "handout", "pool", "demiroren", "dha", "iha", "ukrinform", "unian",
    "azertac", "armenpress", "canadian press", "usa today(?: sports)?", "newscom", "polaris", "magnum(?: photos)?",
)  # fmt: skip

CHANNELS = (
    "facebook", "twitter", r"x\.com", "telegram", r"whats\s?app", "instagram", "youtube", r"linked\s?in", "reddit",
    "pinterest", "tumblr", "flipboard", "vkontakte", "vk", "viber", "tiktok", "threads", "mastodon", "bluesky",
    "google news", "apple news", "newsletters?", "e-?mail", "app", "channel", "rss",
)  # fmt: skip

_PIECE = (
    "(?:stor(?:y|ies)|articles?|news|topics?|content|links?|posts?|coverage|reading|items?|videos?|reads?"
    "|headlines?|reports?)"
)
_RANKED = "(?:read|popular|viewed|shared|commented|watched|recent|discussed)"

# What an agency sets over a dispatch.
SLUG = (
    r"BC-[A-Z]\S*(?: .{0,60})?|(?:[A-Z]{3,}[-/]){2,5}[A-Z]*(?: .{0,30})?"
    r"|[A-Z]{3,}(?:[-/][A-Z]{2,})*/?,? (?i:\d?\d?(?:st|nd|rd|th)? ?(?:ld|lead|take|writethru|urgent|update \d))\b"
    r".{0,20}"
)
# And under it: who wrote and edited it.
SIGNS = r"[a-z]{2,4}(?:-[a-z]{2,4})?(?:/[a-z]{2,4}){1,4}"

OFFERS = (
    # English
    r"(?:please\s+)?(?:also\s+)?(?:read|see|watch|listen)(?:\s+(?:also|more|next|too|now|this|on|it|here))?",
    rf"read\s+the\s+full\s+{_PIECE}",
    r"also\s+(?:on|in|from|by)(?:\s+\S+){0,3}",
    r"you\s+(?:may|might|could)\s+(?:also\s+)?(?:like|enjoy|want\s+to\s+read|be\s+interested\s+in|have\s+missed)",
    rf"related(?:\s+(?:to\s+this|tags|searches|{_PIECE}))?",
    (
        rf"(?:more|other|latest|top|recent|popular|trending|featured|recommended|suggested|similar|must|breaking)"
        rf"[\s-]+{_PIECE}(?:\s+(?:on|from|in|about|for|of)\b~)?"
    ),
    rf"most[\s-]{_RANKED}(?:\s~)?",
    r"more\s+(?:on\s+this(?:\s+(?:story|topic|subject))?|(?:from|in|by)\s+~|like\s+this|for\s+you)",
    r"(?:recommended|suggested|picked|selected)(?:\s+(?:for\s+you|reading))?",
    r"today['’]s\s+(?:headlines|top\s+stories)|people\s+are\s+also\s+reading",
    r"(?:trending|popular)(?:\s+(?:now|topics|today|on\s+~))?",
    r"don['’]?t\s+miss~",
    r"(?:in\s+)?case\s+you\s+missed\s+it",
    r"what\s+to\s+read\s+next",
    r"(?:up|read|coming\s+up)\s+next",
    r"(?:next|previous)\s+(?:stor(?:y|ies)|articles?|posts?|up|news)",
    r"(?:further|background|keep|continue)\s+reading(?:\s+the\s+main\s+story)?",
    r"editor['’]?s?['’]?\s+(?:picks?|choice)",
    r"(?:sponsored|promoted)(?:\s~)?",
    r"paid\s+(?:content|post)",
    r"from\s+our\s+(?:partners|archives?)|in\s+the\s+headlines",
    r"(?:from\s+)?around\s+the\s+web",
    r"in\s+pictures|(?:photo\s+)?gallery|list\s+(?:of\s+\d+\s+items|\d+\s+of\s+\d+)|end\s+of\s+list",
    # German
    r"lesen\s+sie\s+(?:auch|mehr|hier|dazu)~",
    r"auch\s+interessant|(?:mehr\s+)?zum\s+thema|passend\s+dazu|siehe\s+auch|meistgelesen|empfehlungen?",
    r"das\s+könnte\s+(?:sie|dich)\s+(?:auch\s+)?interessieren",
    r"weitere\s+(?:artikel|meldungen|themen|nachrichten)~",
    r"mehr\s+(?:aus|von|zu)\s+~",
    # French
    r"(?:à\s+)?lire\s+(?:aussi|également|plus)|(?:à\s+)?voir\s+aussi|sur\s+le\s+même\s+(?:sujet|thème)",
    r"articles?\s+(?:liés?|similaires?)|les\s+plus\s+lus|nos\s+suggestions",
    # Spanish, Portuguese, Italian
    r"para\s+leer\s+más|mira|lee|lea|(?:lea|lee|leer|ver|vea|mira)\s+(?:también|más)|te\s+puede\s+interesar|lo\s+más\s+(?:leído|visto)",
    r"(?:más\s+)?noticias?\s+relacionadas?|más\s+(?:noticias|información|leídas|leído)",
    r"(?:leia|veja)\s+(?:também|mais|ainda)|(?:notícias|artigos)\s+relacionad[oa]s|mais\s+lidas",
    r"leggi\s+anche|potrebbe\s+interessarti~",
    # Russian, Ukrainian, Polish
    r"(?:читайте|смотрите|читать|слушайте)\s+(?:также|ещё|еще|далее)",
    r"(?:также\s+)?по\s+теме|(?:материалы|новости)\s+по\s+теме|другие\s+новости|популярное|рекомендуем",
    r"читайте\s+також|дивіться\s+також|(?:czytaj|zobacz|przeczytaj|sprawdź)\s+(?:też|także|również|więcej)",
    # Dutch and Nordic
    r"lees\s+(?:ook|meer|verder)|bekijk\s+ook|meest\s+gelezen|meer\s+(?:over|nieuws)~",
    r"lue\s+(?:myös|lisää)|læs\s+(?:også|mere)|les\s+også|läs\s+(?:också|även|mer)",
    # Arabic, Persian
    r"اقر[أا]\s+[أا]يض[اً]+~|مواضيع\s+(?:ذات\s+صلة|متعلقة)|[أا]خبار\s+ذات\s+صلة|[اأ]لأكثر\s+(?:قراءة|مشاهدة)|شاهد\s+[أا]يضا|بیشتر\s+بخوانید~",
    # Hungarian
    r"olvass[ao]n?\s+(?:el|tovább)~|kapcsolódó\s+(?:cikkek|hírek|tartalom)|ajánlott\s+~|ezek\s+is\s+érdekelhet\w+~",
    # South Slavic, Czech, Romanian, Greek
    r"pročitajte\s+(?:još|i|više)|najčitanij[ei]|povezan[ei]\s+\S+|čtěte\s+(?:také|více)|nejčtenější|citește\s+și|cele\s+mai\s+citite|διαβάστε\s+επίσης",
    # Turkish
    r"ayrıca\s+(?:okuyun|bakınız)|ilgili\s+(?:haberler?|konular)|ilginizi\s+çekebilir",
)

SHARES = (
    (
        r"(?:(?:do|did)\s+you\s+|if\s+you\s+)?(?:like|liked|love|loved|enjoy|enjoyed)\s+(?:this|the|our)\s+"
        rf"(?:{_PIECE}|page|piece)\b~~"
    ),
    r"(?:you\s+can\s+)?share(?:\s+(?:this|it|on|via|with|the|your|article|story|post|page|now|options)\b~~)?",
    r"shared?\s*:?|\d[\d.,]*k?\s+(?:shares?|comments?|views|likes|reactions)",
    (
        r"(?:tweet|pin|print|e-?mail|save|bookmark|repost|listen)"
        r"(?:\s+(?:this|article|story|page|link|a\s+friend|to\s+this)\b~)?"
    ),
    r"(?:print|send|share|e-?mail|save|tweet|like)(?:[\s|,/·•]+(?:print|send|share|e-?mail|save|tweet|like))+",
    r"like|copy\s+(?:link|url)|save\s+(?:articles?|stories|this)\b~~",
    r"(?:what\s+do\s+you\s+think|have\s+your\s+say|join\s+the\s+(?:conversation|discussion|debate))\b~~",
    r"send\s+(?:me|us)\s+(?:a\s+|your\s+)?(?:secure\s+)?(?:tips?|stories|feedback|comments?)\b~",
    r"@channel(?:[\s|,/·•]+@channel)*",
    r"(?:follow|find|join|like|add|watch|visit|contact)\s+(?:us|our|the\s+author)\b~~",
    r"follow\s+~~\s+on(?:\s+@channel\b~)?",
    r"(?:subscribe|sign\s+up|register|log\s?in|sign\s+in)(?:\s+(?:now|here|to|for|with|today|free|or|and)\b~~)?",
    (
        r"(?:get|receive|want|download|stay|never\s+miss|keep\s+up)\b~~"
        r"\b(?:@channel|inbox|notifications?|alerts|informed)\b~~"
    ),
    r"(?:subscribe|sign\s+up)\s+(?:for|to)\b~~\bnewsletters?\b.*",
    r"click\s+(?:here|to|on)\b~~|\(?opens\s+in\s+(?:a\s+)?new\s+window\)?",
    r"(?:\d+\s+)?(?:comments?|comentarios|comentários|commentaires|commenti)(?:\s*\(?\d*\)?)?",
    r"(?:leave|post|write|add|view|show|read|join)\s+(?:a\s+|the\s+|all\s+)?(?:comments?|reply|conversation|discussion)~",
    r"(?:artikel\s+)?teilen~|drucken|merken|kommentare?(?:\s*\(?\d*\)?)?|partager~|imprimer|compartir~|compartilh\w+~",
    r"condividi~|поделиться~|подпис(?:ывайтесь|аться)\b~~|поділитися~|paylaş\S*~|abone\s+ol~|udostępnij~",
    r"شارك(?:ها|ه)?~|مشاركة~|طباعة|التعليقات(?:\s*\(?\d*\)?)?|اشتراك",
    r"(?:s['’]abonner|s['’]inscrire|abonnez-vous|inscrivez-vous)\b~~",
    r"delen|dela|deel\s+(?:dit|op|via)~|del\s+(?:på|artikkel)~",
)

# What stands over readers' comments.
COMMENTS = (
    r"(?:all\s+|view\s+all\s+|show\s+)?(?:\d[\d,.]*\s+)?(?:(?:readers?['’]?\s+)?comments?|replies|responses)(?:\s*\(?\d+\)?)?",
    r"leave\s+(?:a\s+)?(?:reply|comment)|(?:\d+|one)\s+(?:responses?|replies|comments?|thoughts?)\s+(?:to|on)\b.*|kommentare?(?:\s*\(?\d+\)?)?|commentaires?|comentarios|комментарии|yorumlar",
)

# The head of a post in a forum: its day, its hour and its number.
POST = r"[^#]{0,30}\d[^#]{0,12}\d{1,2}:\d\d[^#]{0,12}#(?P<number>\d{1,5})"

NOTICES = (
    # What a news database says of a document.
    r"(?:load-date|publication-type|document-type|journal-code)\s?:.*|length\s?:\s*\d[\d,.]*\s+words|language\s?:\s*\w+",
    r"section\s?:.{1,60}\b(?:pg|pp?|page)\.?\s?\S{1,6}",
    r"document\s+(?=\w*\d)\w{15,40}|this\s+entry\s+was\s+posted\b.*|bookmark\s+the\s+permalink.*|forwarded\s+(?:as\s+received|many\s+times)",
    r"this\s+(?:article|story|essay|piece|column)\s+(?:(?:first|originally|also)\s+)?appear(?:s|ed)\b.*",
    r"check\s+against\s+delivery|powered\s+by\s+\S.{1,40}",
    r"(?:(?:rush|full|unedited)\s+)?transcript(?:\s*\(.*\))?",
    POST.replace("?P<number>", "?:"),
    (
        r"advertis(?:e)?ments?|advertising|ad|ads\s+by\b~|anzeige|werbung|publicité|publicidade?|pubblicità|реклама"
        r"|reklam[ai]?|advertentie|annonse?|hirdetés|oglas|inzerce"
    ),
    r"(?:advertisement\s*\W?\s*)?(?:the\s+)?(?:story|article)\s+continues\s+(?:below|after)\b~|continued?\s+(?:reading\s+)?(?:below|after)\b~|scroll\s+(?:down|to)\b~",
    r"(?:skip|jump|back)\s+to\s+~|(?:direkt\s+)?zum\s+inhalt~|load(?:ing)?(?:\s+more)?(?:\.\.\.|…)?",
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+;?|page\s+\d+(?:\s+of\s+\d+)?|(?<=[-–—]\s)\d{1,4}(?=\s?[-–—])|sort\s+by\b~",
    r"you(?:\s+are|['’]re|\s+have)?\s+receiv(?:ing|ed)\s+this\b~~~|unsubscribe~|view\s+(?:this\s+)?(?:\S+\s+)?in\s+(?:your\s+)?browser",
    r"we\s+(?:value|respect|care\s+about)\s+your\s+privacy|you\s+have\s+\S+\s+(?:free\s+)?(?:articles?|stories)\s+(?:left|remaining)~",
    r"(?:to\s+)?continue\s+reading,?\s+(?:please\s+)?(?:subscribe|log\s?in|sign|register|create)~~|cancel\s+any\s?time",
    r"already\s+(?:a\s+subscriber|a\s+member|have\s+an\s+account|registered|subscribed)\b~~|unlimited\s+(?:digital\s+)?access\b~~",
    (
        r"(?:more\s+options|i\s+agree|agree|accept(?:\s+all)?(?:\s+cookies)?|reject(?:\s+all)?|manage\s+(?:options|preferences)"
        r"|alle\s+akzeptieren|tout\s+(?:accepter|refuser)|continuer\s+sans\s+accepter|aceptar(?:\s+todo)?)"
        r"(?:[\s|,/]+(?:agree|accept|reject|decline)(?:\s+all)?)*"
    ),
    r"(?:article\s+)?réservé\s+aux\s+abonnés|(?:for|exclusive\s+to)\s+subscribers\s+only|(?:tel|phone|fax)?[.:]*\s*\+\d[\d\s()-]{6,20}",
    r"(?:\S+\s){0,3}continued\s+(?:from|on)\s+(?:page~|p\.\s?\S+)",
    r"our\s+standards\s*:~~|navigation\s+überspringen|skip\s+navigation|show\s+more\s+sharing\s+options|find\s+a\s+new\s+job",
    r"this\s+advertisement\s+has\s+not\s+loaded\b~~|add\s+to\s+your\s+saved\s+stories|accessibility\s+(?:statement|help)~",
    r"you\s+are\s+using\s+an?\s+(?:older|outdated|old)\s+browser\b~~~|you\s+have\s+(?:full|free)\s+access\s+to\s+this\b~",
    r"read\s+the\s+original\s+(?:article|story)\b~~|follow\s+this\s+link~",
    r"this\s+(?:post|article|page)\s+(?:may\s+)?contains?\s+affiliate\b.*|перейти\s+в\s+\S+",
    r"this\s+(?:article|story)\s.{3,150}\soriginally\s+(?:appeared|published)\s+(?:on|in|at)\b.*",
    r"(?:originally|first)\s+(?:published|appeared)\s+(?:in|on|by|at)\b.{0,300}|dear\s+readers?|only\s+the\s+headline\s+and\s+(?:the\s+)?picture\b.*|support\s+(?:\S+\s+){0,3}journalism\b~~",
    r"mentions\s+légales~|you\s+may\s+share\s+using\s+our\s+article\s+tools.*",
    r"show\s+(?:more|all|less)|view\s+all|reuse\s+this\s+content|this\s+article\s+is\s+more\s+than\s+~\s+old",
    r"(?:the\s+)?(?:views|opinions)\s+expressed\b~~~~\b(?:author|editorial|reflect|represent|necessarily|belong)\b.*",
    (
        r"this\s+(?:article|story|piece|post|column|commentary)\s+(?:was\s+|has\s+been\s+|is\s+)?"
        r"(?:originally\s+|first\s+|also\s+)?(?:published|appeared|republished|reprinted|produced)\b.*"
    ),
    (
        r"(?:privacy(?:\s+(?:policy|notice|settings))?|terms\s+(?:of\s+(?:use|service)|and\s+conditions)"
        r"|cookie\s+(?:policy|settings)|about\s+us|contact\s+us|impressum|datenschutz\w*)(?:[\s|,·•&]+\S~~)?"
    ),
)

# What stands over a letter that is sent on, and the head of that letter.
FORWARDS = (
    r"(?:(?:begin\s+)?forwarded|original|weitergeleitete|ursprüngliche)\s+(?:message|e?-?mail|nachricht)(?:\s+(?:from|von)\b~)?",
    r"message\s+(?:transféré|d['’]origine)|mensaje\s+reenviado|messaggio\s+inoltrato|пересылаемое\s+сообщение",
    r"(?=.*(?:@|\d:\d\d))(?:on|am|le|el|il)\b.{5,80}\d{4}.{0,80}\b(?:wrote|schrieb|a\s+écrit|escribió|ha\s+scritto)",
)
LETTER_HEAD = (
    r"(?:from|sent|to|cc|date|subject|reply-to|von|gesendet|an|datum|betreff|de|envoyé|à|objet|fecha|para|asunto|da|a|data|oggetto|от"
    r"|дата|тема|кому)\s?:.*"
)

COPYRIGHTS = (
    r"(?:©|\(c\)|copyright\b)[^.]{0,40}\b(?:19|20)\d\d\b.{0,300}",
    r"(?:©|\(c\)|copyright\b).{2,80}\b(?:reproduction|rights|droits|derechos|direitos|diritti|rechte|права)\b~",
    r".{0,40}\b(?:rights|droits|derechos|direitos|diritti|rechte|права|hakları)\b~(?:©|\(c\)).{2,80}",
    r"جميع\s+الحقوق\s+محفوظة~",
    r"(?:this\s+material|the\s+material\s+on\s+this\s+site)\s+may\s+not\s+be\s+.{0,300}",
)

# Words that make a line a notice wherever in it they stand.
TELLTALES = (
    "(?:we|site) uses? cookies", "(?:enable|turn on) javascript", "your browser (?:does not|doesn['’]t|is not)",
    "all rights reserved", "(?:not|nor) been edited by (?:our|the|\\S+) (?:\\S+ )?(?:staff|team|desk)",
    "(?:auto-generated|published) from a syndicated feed",
    "not responsible for (?:the )?content of (?:external|third|other|linked)",
    "store and/or access information on a device",
    (
        r"(?:\bour (?:\S+ )?partners (?:store|process|access|may use|use)"
        r"|\bunsere (?:\S+ )?partner (?:speichern|verarbeiten|nutzen)"
        r"|\bnos (?:\S+ )?partenaires (?:stockons|utilisons|traitons)"
        r"|\bnuestros (?:\S+ )?socios (?:almacenamos|usamos))\b"
    ),
)  # fmt: skip
TELLTALE_WORDS = (
    "been edited", "syndicated feed", "not responsible",
    "cookie", "javascript", "your browser", "rights reserved", "on a device", "partners ", "unsere ", "partenaires ",
    "nuestros ",
)  # fmt: skip

TOPICS = (
    r"office\s+of\s+(?:the\s+)?[^.]{3,60}|(?:press|media|news)\s+(?:office|service|room|releases?)|speeches|for\s+(?:immediate\s+)?release~",
    (
        r"(?:tags?|topics?|keywords?|filed\s+(?:under|in)|categor(?:y|ies)|schlagw\w+|themen|mots[- ]clés|etiquetas"
        r"|archivado\s+en|arquivado\s+em|címkék|теги|тэги|etiketler)\s*:?\s*[^.]{0,200}"
    ),
    r"more\s+in\s*:[^.]{0,200}",
)

BYLINES = (
    r"(?:sources?|quellen?|fuente|fonte|bron|kaynak|источник)\s*:\s*(?:https?://\S+|[^.]{2,60})|(?:posted|published)\s+by\s*:?\s+.{3,80}|来源\s*[:：].{1,40}",
    (
        r"(?:[-–—]{1,3}\s?|\S+\s+)?(?:editors?|editing|desk|producer|translator|photographer|redakt(?:eur|ion|ør|or|orė)\w*|redactie|rédaction"
        r"|редактор|责任编辑|编辑|記者|记者)\s*[:：]\s*[^.!?]{2,80}"
    ),
    r"(?:[^.!?]{1,60}\W)?(?:vol(?:ume)?\.?\s*\d+|issn\s+\d{4}-\d{3}[\dx])\b.{0,60}",
    r"(?:words|text|interview|story)\s?:\s+(?-i:[A-ZÀ-ÞА-Я][^.!?:]{2,60})",
    r"contact\s+.{3,80}(?:@|\d{3}[ -]\d{4}|\bat\s+\d).{0,80}",
    (
        r"(?:(?:senior|staff|chief|deputy|local|democracy|political|national|foreign|special|investigative|business|crime|health"
        r"|education|news|sports?)\s+){1,3}(?:reporter|correspondent|writer|editor)|columnist|(?:guest|opinion)\s+(?:writer|columnist)"
    ),
    r"(?:by|from)\s+(?:our|a)\s+(?:\w+\s){0,2}(?:reporter|correspondent|staff|bureau)s?\b.{0,40}",
    r"byline\s?:\s.{3,80}",
    r"(?-i:(?:[A-Z]\S*\s){0,3}(?:[Cc]orrespondent|CORRESPONDENT)\s(?:in|IN)(?:\s[A-Z][\w'’-]*){1,3})",
    r"(?:by|von|par|por|di|автор|yazan|door|av|af)\s*:?\s+(?:(?:\w+\s){0,2}(?:reporter|correspondent|editor|writer|columnist)\s)?(?-i:[A-ZÀ-ÞА-Я](?:[^.!?]|(?<=\b[A-Z])\.){2,90})",
    (
        r"(?:first\s+|last\s+)?(?:published|updated|posted|modified|created|issued|date|released)\b"
        rf"(?:\s+(?:on|at|by))?\s*[:|–-]?\s*(?:\d|{MONTH}|{WEEKDAY}|today|yesterday)~~"
    ),
    (
        r"(?:veröffentlicht|aktualisiert|stand|publié|mis\s+à\s+jour|publicad[oa]|actualizado|atualizad[oa]|aggiornato"
        r"|pubblicato|опубликовано|обновлено|son\s+güncelleme|güncelleme|yayınlanma|giriş|gepubliceerd|bijgewerkt"
        r"|laatste\s+update|opublikowano|oppdatert|publisert|uppdaterad|publicerad|opdateret|publiceret)\b~\d~"
    ),
    r"(?:<?\s*\d+|an?|one)\s*(?:min(?:ute)?s?|hours?|days?|weeks?|months?)\.?\s*(?:read|ago|of\s+reading)\b~",
    r"(?:reading\s+time|(?:temps\s+de\s+)?lecture|lesezeit|lesedauer|tiempo\s+de\s+lectura|tempo\s+di\s+lettura)\b~",
    r"\d{1,2}[./-]\d{1,2}[./-]\d{4}[\s,–-]+\d{1,2}[:h.]\d{2}\b~~",
)

# Who else worked on it: a sentence, and yet no part of the story.
CONTRIBUTIONS = (
    r"(?:with\s+)?(?:additional\s+)?(?:reporting|research|writing|editing|compiled|edited|translated|written|interview|words)(?:\s+and\s+\w+)?\s+by\s+.{3,300}",
    r"(?:the\s+)?associated\s+press\s+(?:\w+\s+)?(?:writers?|journalists?|reporters?)\b.{3,200}\bcontributed\b~",
    r".{3,120}\bcontributed\s+to\s+this\s+(?:report|story|article)\b~",
    r"(?:\w+\s){1,3}reported\s+from\s+.{3,200}\.(?:\s.{3,200}\bcontributed\b~)?",
    r"with\s+(?:files|reporting|inputs?)\s+from\b~~",
    r"to\s+contact\s+the\s+(?:reporters?|editors?|authors?|writers?)\b.{3,200}",
    r"(?:contact|reach|e-?mail)\s+.{3,80}(?:@|\d{3}[ -]\d{4}).{0,160}",
)

# What a last paragraph says of whoever wrote the piece.
WRITERS = (
    r"(?:is|was|has\s+been|teaches|ist|war|est|es)\s(?:(?:a|an|the|ein|eine|un|une|una|currently|also)\s)?[^.]{0,60}?\b(?:fellow|professor"
    r"|columnist|journalist|writer|reporter|correspondent|editor|author|contributor|analyst|lecturer|researcher"
    r"|historian|economist|novelist|redakteurin|redakteur|autorin|autor|journaliste|periodista|columnista)\b.*"
)

# Words for pictures, and for whose they are.
PICTURES = (
    "photos?", "photographs?", "pictures?", "images?", "hand-?out", "screenshot", r"screen\s?grab", r"foto\w*",
    "crédit photo", "fotoğraf", "фото", "bild(?:er)?:", r"file\s+(?:photo|image|picture|pic)",
)  # fmt: skip
CREDITS = (
    *PICTURES, "pics?", "courtesy", "illustration", "graphics?", "credits?", "bild(?:er)?", "crédit", "imagen",
)  # fmt: skip
TAKEN_BY = (
    r"(?:photographs?|photos?|pictures?|images?|videos?|illustrations?|graphics?|fotos?)\s+"
    r"(?:by|via|courtesy(?:\s+of)?|von|par|por|de)\s+"
)
CAPTIONS = (
    r"file(?:\s+(?:photo|image|picture|pic))?\s*[:\-–—]",
    r"(?:photo|image|picture|pictured)\s*:|(?:image|media|photo|video)\s?caption",
    r"(?:in|an?)\s+(?:this|undated)\b~\b(?:photo|image|picture|handout)\b",
)

# Words that outlets are called by: alone with another, or only beside a name of their own.
OUTLETS = (
    "times", "post", "herald", "tribune", "journal", "gazette", "chronicle", "telegraph", "observer", "courier",
    "sentinel", "examiner", "dispatch", "ledger", "mercury", "bulletin", "inquirer", "gazeta", "gazette",
    "courrier", "correo", "diario", "corriere", "giornale", "jornal", "zeitung", "tageblatt", "anzeiger",
    "nachrichten", "kurier", "volksblatt", "tagblatt", "rundschau", "abendblatt", "morgenpost", "correio",
    "mensajero", "heraldo", "gazzetta", "messaggero", "voz", "voix", "faro", "hírlap", "krónika", "bladet",
    "avisen", "register", "beacon", "argus", "advertiser", "enquirer", "intelligencer", "spectator", "statesman",
    "tidings", "guardian", "echo", "écho", "dépêche", "républicain",
    "shimbun", "ilbo", "tidning", "dziennik", "gazetesi", "вестник", "газета", "вести", "ведомости",
)  # fmt: skip
# What such words end with that are one word with what they are called after: `Morgenblatt`, `Landeszeitung`.
OUTLET_ENDINGS = ("zeitung", "blatt", "anzeiger", "kurier", "bladet", "tidende", "dagblad", "courant")
WEAK_OUTLETS = (
    "news", "daily", "weekly", "agency", "press", "today", "online", "tv", "radio", "broadcasting", "magazine",
    "noticias", "notícias", "новости", "haber", "haberler", "nieuws", "network", "media", "monitor", "review", "wire",
    "standard", "record", "mail", "express", "star", "sun", "globe", "independent", "insider", "report",
)  # fmt: skip
# Words of menus, which make no name of their own.
SECTIONS = frozenset((
    "a about add advertise aktuell aktuelle all and archive arts at best breaking business buy by city clipping "
    "contact country culture current cutting deutschland digital digitale economy education email europa europe "
    "exclusive featured feed financial follow for free from games get global health home hot image images in inside "
    "international join just latest lifestyle list listen live local market markets mehr menu mobile mondial money "
    "more most music my nacional national neueste new newest newsletter newsletters now of on only opinion other our "
    "out page pages photo photos picks play podcast podcasts politics politik popular print profile program programm "
    "programme recent rss regional related release releases religion reply room save science search section sections "
    "see send services share shop show single site special sport sports statement stories story subscribe technology "
    "terms the to top travel trending uk ukraine und us use video videos view visit watch weather welt wirtschaft "
    "with world your zum zur programación"
).split())  # fmt: skip

WEEKDAYS = (
    WEEKDAY
    + r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes"
    r"|martes|miércoles|jueves|viernes|sábado|domingo|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|lunedì|martedì|mercoledì"
    r"|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|понедельник|вторник"
    r"|среда|четверг|пятница|суббота|воскресенье|ال(?:أحد|ا?إ?ثنين|ثلاثاء|أربعاء|خميس|جمعة|سبت)|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar"
)
DATES = (
    WEEKDAYS,
    (
        r"\d{1,2}(?:st|nd|rd|th|h|\.|º|er)?|(?:1[6-9]|20)\d\d|\d{4}\s?h(?:rs?)?|\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[ap]m|z)?"
        r"|(?:\d{1,4}[./-]){1,2}\d{1,4}\.?|\d{4}\s?[年년](?:\d{1,2}[月월](?:\d{1,2}[日일])?)?|\d{1,2}[月월](?:\d{1,2}[日일])?"
    ),
    (
        r"(?:utc|gmt)?[+-]\d{1,2}(?::?\d\d)?|[ap]\.?m\.?|[a-z]{1,3}t|gmt|utc|cet|ist|msk|bst|o'clock|local|time|hrs|uhr"
        r"|(?:updated?|published|posted|modified|aktualisiert|actualizado|aggiornato|обновлено):?|last|um|on|at|of|the|à|às|le|de|den|der|am|el|del|в|г|года|et"
    ),
)
