"""Which words say so little that ranking can do without them? They are indexed all the same."""

from __future__ import annotations

_WORDS = {
    "en": """a about above after again against all am an and any are as at be because been before being below between
        both but by can could did do does doing down during each few for from further had has have having he her here
        hers herself him himself his how i if in into is it its itself just me more most my myself no nor not now of
        off on once only or other our ours ourselves out over own same she should so some such than that the their
        theirs them themselves then there these they this those through to too under until up very was we were what
        when where which while who whom why will with would you your yours yourself yourselves""",
    "de": """aber als am an auch auf aus bei bin bis bist da das dass dein deine dem den der des dessen die dies diese
        dieser dieses doch dort du durch ein eine einem einen einer eines er es euer für hatte hatten hier ich ihm ihn
        ihr ihre im in ist ja kann kein keine man mein mit nach nicht noch nun nur ob oder ohne sehr sein seine sich sie
        sind so über um und uns unter vom von vor war waren was weil wenn wer wie wir wird wurde wurden zu zum zur""",
    "fr": """à ai au aux avec c ce ces cet cette d dans de des du elle elles en est et eu eux il ils j je l la le les
        leur leurs lui m ma mais me même mes moi mon n ne nos notre nous on ont ou où par pas pour qu que qui s sa sans
        se ses si son sont sur t ta te tes toi ton tu un une vos votre vous y a été être fait plus""",
    "es": """a al algo ante con como cuando de del desde donde el ella ellas ellos en entre era es esa ese eso esta
        este esto está fue ha han hay la las le les lo los más me mi mientras muy no nos o para pero por porque que qué
        se ser si sí sin sobre son su sus también tiene todo tu un una uno y ya yo""",
    "it": """a ad al alla alle agli ai anche che chi ci come con cui da dal dalla degli dei del della delle di dove e è
        ed era fra gli ha hanno i il in io la le lei lo loro lui ma mi nei nel nella noi non o per perché più quale
        quando questa questo se si sono su sua sul sulla suo tra tu un una uno vi l d un c""",
    "pt": """a ao aos as à às com como da das de dela dele do dos e é ela ele eles em entre era essa esse esta este eu
        foi há isso já lhe mais mas me mesmo muito na não nas nem no nos o os ou para pela pelo por quando que quem se
        sem ser seu seus só sua suas também te um uma você""",
    "nl": """aan al als bij dan dat de der deze die dit doch door een en er het hij hoe hun ik in is je kan maar me met
        mijn na naar niet nog nu of om ons ook op over te tegen tot u uit van veel voor was wat we werd wie wij wordt
        ze zelf zich zij zijn zo zou""",
    "sv": """alla att av blev bli de dem den denna det detta dig din du där eller en ett från för ha hade han har hans
        hon honom hur här i icke in inte jag kan man med men mig min mot mycket när något och om på sig sin som så till
        under upp ut utan vad var vi vid är""",
    "da": """af alle at blev da de dem den denne der deres det dette dig du efter eller en er et for fra få ham han har
        havde hun i ikke ind jeg jer kan man med men mig min mod ned noget nu når og også om op os over på sig sin skal
        som så til ud under var vi vil være""",
    "no": """alle at av ble bli da de dem den denne der deres det dette du eller en enn er et etter for fra han har
        hadde hun i ikke inn jeg kan man med men meg mot nå når og også om opp oss over på seg sin skal som så til ut
        var ved vi vil være""",
    "tr": """acaba ama ancak bana bazı belki ben bir biri birçok biz bu çok çünkü da daha de değil diye en gibi hem hep
        her hiç için ile ise kadar ki kim mi mı mu mü nasıl ne neden o olan olarak oldu olduğu on ona onlar onu onun
        sen siz şey şu tüm ve veya ya yani""",
    "az": """amma ancaq bir biz bu çox da daha də deyil edir ən həm hər ilə isə kimi ki mən nə o olan olaraq onlar onun
        siz sən üçün və ya""",
    "ru": """а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее её
        если есть еще ещё же за здесь и из или им их к как ко когда которые который кто ли лишь мы на над не него нее
        нет ни них но о об однако он она они оно от по под при с со так также там то того тоже той только том ты у уже
        хотя чего чем что чтобы чье эта эти это этого этой этот я""",
    "uk": """а але без би був була були було бути в вам вас він вона вони воно все всі вже від да для до є з за зі і із
        й його її їх коли котрий ми на над не ні них о об по при про та так також там те ти то той тому тут у хто це
        цей ці що щоб я як який""",
    "el": """ο η το οι τα του της των τον την και κι είναι ήταν θα να με σε για από προς που πως ότι αν ή δεν μη στο στη
        στην στον στους στις στα μας σας τους ως αλλά όταν""",
    "ar": """في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين أن إن كان كانت قد لا لم لن ما هو هي هم و أو ثم بعد قبل
        بين كل غير حتى عند إذا كما""",
    "fa": """و در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت می شد ما هر یا اما""",
    "hy": """և եւ է են եմ ես որ այդ այս այն մի ու ի իր նա նրա նրանք մեր մենք դուք ին ից կամ բայց համար հետ մեջ վրա որպես
        էր էին""",
    "hi": """और का के की को में से है हैं था थे थी पर यह वह ने भी तो ही कि जो एक नहीं या""",
    "pl": """a aby ale bez być był była było były co czy dla do gdy i ich ile im ja jak jako jego jej jest już k kto
        która które który lub ma mi mnie może na nad nie niż o od oraz po pod przez przy są się ta tak także tam te tego
        tej ten to tu tych tym w we więc z za ze że""",
}

STOP_WORDS: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _WORDS.items()}
"""Words of each language (ISO 639-1), in lower case, accents kept."""


def stop_words(language: str | None) -> frozenset[str]:
    """Give the words of a language that ranking can do without; none where we have no list."""
    return STOP_WORDS.get((language or "").partition("-")[0].lower(), frozenset())
