"""The names of months in the languages of the world's larger press, as data.

After the Unicode CLDR's wide forms, inflected ones included, with the short forms of the commonest languages.
"""

from __future__ import annotations

from functools import cache

_NAMES = (
    """ene enero gen gener gennaio ianuarie jaanuar jan janar janeiro januar januari january január janv janvier
    janvāris
    leden ledna ocak sausio sausis siječanj siječnja styczeń stycznia tammikuu tammikuuta yanvar ιανουάριος ιανουαρίου
    січень січня янв январь января януари јануар қаңтар հունվար հունվարի იანვარი
    يناير ינואר जनवरी yanvarın იანვარს ژانویه""",
    """feb febbraio febrer febrero februar februari februarie february február februāris fev fevereiro fevral févr
    février
    helmikuu helmikuuta lutego luty shkurt vasario vasaris veebruar veljača veljače únor února şubat φεβρουάριος
    φεβρουαρίου ақпан лютий лютого фебруар февр февраль февраля февруари փետրվար փետրվարի თებერვალი
    فبراير شباط פברואר फ़रवरी fevralın თებერვალს فوریه""",
    """březen března kovas kovo maaliskuu maaliskuuta maart mar marca march marec maret mars mart martie marts martxoa
    marzec marzo março mrt március märts märz ožujak ožujka μάρτιος μαρτίου березень березня мар март марта наурыз մարտ
    մարտի მარტი
    مارس آذار מרץ मार्च მარტს""",
    """abr abril apr aprel april aprile aprilie aprill apríl apríla aprīlis avr avril balandis balandžio duben dubna
    huhtikuu huhtikuuta kwiecień kwietnia nisan prill travanj travnja április απρίλιος απριλίου апр апрель апреля април
    квітень квітня сәуір ապրիլ ապրիլի აპრილი
    أبريل نيسان إبريل אפריל अप्रैल aprelin აპრილს آوریل""",
    """gegužė gegužės květen května mag maggio mai maig maijs maio maj maja may mayo mayıs mei máj mája május svibanj
    svibnja toukokuu toukokuuta μάιος μαΐου май мамыр мая мај травень травня մայիս մայիսի მაისი
    مايو أيار ماي מאי मई mayın მაისს""",
    """birželio birželis czerwca czerwiec giu giugno haziran iunie iyun juin jun june junho juni junij junio juny
    juuni jún
    júna június jūnijs kesäkuu kesäkuuta lipanj lipnja qershor červen června ιουνίου ιούνιος июн июнь июня маусым
    червень червня юни јун јуни հունիս հունիսի ივნისი
    يونيو حزيران יוני जून iyunun ივნისს ژوئن""",
    """heinäkuu heinäkuuta iulie iyul juil juillet jul julho juli julij julio juliol july juuli júl júla július jūlijs
    korrik liepa liepos lipca lipiec lug luglio srpanj srpnja temmuz července červenec ιουλίου ιούλιος июл июль июля
    липень липня шілде юли јул јули հուլիս հուլիսի ივლისი
    يوليو تموز יולי जुलाई iyulun ივლისს ژوئیه""",
    """ago agost agosto agustus août aug august augusta augusti augusts augustus augusztus avgust avqust ağustos elokuu
    elokuuta gusht kolovoz kolovoza rugpjūtis rugpjūčio sierpień sierpnia srpen srpna αυγούστου αύγουστος авг август
    августа серпень серпня тамыз օգոստոս օգոստոսի აგვისტო
    أغسطس آب אוגוסט अगस्त avqustun აგვისტოს اوت""",
    """eylül rugsėjis rugsėjo rujan rujna sentabr sentyabr sep sept september septembra septembre septembrie septembris
    septiembre set setembre setembro settembre shtator syyskuu syyskuuta szeptember wrzesień września září σεπτέμβριος
    σεπτεμβρίου вересень вересня сент сентябрь сентября септембар септември қыркүйек սեպտեմբեր սեպտեմբերի სექტემბერი
    سبتمبر أيلول ספטמבר सितंबर sentyabrın სექტემბერს سپتامبر""",
    """ekim lokakuu lokakuuta oct october octobre octombrie octubre okt oktabr oktober oktobris oktoober oktyabr október
    októbra ott ottobre out outubro październik października spalio spalis tetor říjen října οκτωβρίου οκτώβριος жовтень
    жовтня окт октобар октомври октябрь октября қазан հոկտեմբեր հոկտեմբերի ოქტომბერი
    أكتوبر اكتوبر אוקטובר अक्टूबर oktyabrın ოქტომბერს اکتبر""",
    """kasım lapkritis lapkričio listopad listopada listopadu marraskuu marraskuuta noiembrie nov november novembra
    novembre novembris novembro noviembre noyabr nëntor studeni studenoga νοέμβριος νοεμβρίου листопад листопада
    новембар ноември нояб ноябрь ноября қараша նոյեմբեր նոյեմբերի ნოემბერი
    نوفمبر נובמבר नवंबर noyabrın ნოემბერს نوامبر""",
    """aralık dec december decembra decembre decembrie decembris dekabr desember desembre detsember dez dezember
    dezembro
    dhjetor dic dicembre diciembre déc décembre grudnia grudzień gruodis gruodžio joulukuu joulukuuta prosinac prosinca
    prosince prosinec δεκέμβριος δεκεμβρίου грудень грудня дек декабрь декабря декември децембар желтоқсан դեկտեմբեր
    դեկտեմբերի დეკემბერი
    ديسمبر דצמבר दिसंबर dekabrın დეკემბერს دسامبر""",
)
# Words of everyday language that are also a month: they need a capital (or a year) to be one.
_ALSO_WORDS = "may march mar mars mart mai maj set sep out jan dec gen mag ago ene luty nisan kovo liepa leden"
DOUBTFUL = frozenset(_ALSO_WORDS.split())
# In a language that writes months small these are months after a day: `le 23 mars`.
SMALL = {"fr": ("mars", "mai"), "ro": ("mai",), "sv": ("mars", "maj"), "da": ("maj",), "no": ("mars", "mai")}
SMALL["nb"] = SMALL["nn"] = SMALL["no"]


@cache
def _numbers() -> dict[str, int]:
    from searcher.text.folding import fold

    numbers = {name: number for number, listed in enumerate(_NAMES, 1) for name in listed.split()}
    return {fold(name): number for name, number in numbers.items()} | numbers


def month_number(word: str) -> int:
    """Give the number, 1 to 12, of a month by its name in any of the languages; 0 when it is none."""
    return _numbers().get(word.lower(), 0)
