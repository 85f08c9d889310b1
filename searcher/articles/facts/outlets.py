"""Outlets and agencies that the world's press knows under several names, as data.

One line an outlet: the name we show, then its other names, datelines and sites. General knowledge, meant to be added
to; an outlet that is not here is known by its own spelling.
"""

from __future__ import annotations

OUTLETS = """\
Reuters | Thomson Reuters | Reuters News Agency | REUTER | RTRS | reuters.com
Associated Press | AP | A.P. | AP News | AP Newsfeatures | apnews.com | ap.org
AFP | Agence France-Presse | Agence France Presse | afp.com
Anadolu Agency | AA | Anadolu | Anadolu Ajansı | Anadolu Agency (AA) | aa.com.tr
TASS | ITAR-TASS | ТАСС | Tass News Agency | tass.com | tass.ru
RIA Novosti | РИА Новости | RIA | RIAN | ria.ru
Interfax | Интерфакс | interfax.ru | interfax.com
Sputnik | Sputnik News | sputniknews.com
RT | Russia Today | rt.com
Xinhua | Xinhua News Agency | 新华社 | 新华网 | news.cn | xinhuanet.com
dpa | Deutsche Presse-Agentur | dpa.com
APA | Austria Presse Agentur | apa.at
Keystone-SDA | SDA | ATS | Keystone-ATS | keystone-sda.ch
ANSA | Agenzia ANSA | ansa.it
EFE | Agencia EFE | efe.com
Europa Press | europapress.es
Lusa | Agência Lusa | lusa.pt
ANP | Algemeen Nederlands Persbureau | anp.nl
Belga | Belga News Agency | belga.be
PAP | Polska Agencja Prasowa | pap.pl
ČTK | CTK | ceskenoviny.cz
MTI | Magyar Távirati Iroda | mti.hu
UPI | United Press International | upi.com
Kyodo News | Kyodo | 共同通信 | english.kyodonews.net | kyodonews.net
Jiji Press | Jiji | jiji.com
Yonhap | Yonhap News Agency | 연합뉴스 | yna.co.kr
PTI | Press Trust of India | ptinews.com
ANI | Asian News International | aninews.in
IANS | Indo-Asian News Service | ians.in
APP | Associated Press of Pakistan | app.com.pk
IRNA | Islamic Republic News Agency | irna.ir
ISNA | Iranian Students' News Agency | isna.ir
SANA | Syrian Arab News Agency | sana.sy
SPA | Saudi Press Agency | spa.gov.sa
WAM | Emirates News Agency | wam.ae
MENA | Middle East News Agency | mena.org.eg
Bernama | bernama.com
Antara | antaranews.com
PA Media | Press Association | PA | pa.media
AAP | Australian Associated Press | aap.com.au
The Canadian Press | CP | La Presse Canadienne | thecanadianpress.com
IPS | Inter Press Service | ipsnews.net
Armenpress | armenpress.am
Azertac | AZERTAC | azertag.az
Trend | Trend News Agency | trend.az
Ukrinform | Укринформ | ukrinform.net
UNIAN | unian.info | unian.net
BelTA | belta.by
Agerpres | agerpres.ro
BTA | Bulgarian News Agency | bta.bg
HINA | hina.hr
Tanjug | tanjug.rs
STT | stt.fi
TT | TT Nyhetsbyrån | tt.se
NTB | ntb.no
Ritzau | ritzau.dk
BBC News | BBC | bbc.com | bbc.co.uk
CNN | Cable News Network | cnn.com
NPR | National Public Radio | npr.org
Al Jazeera | Aljazeera | aljazeera.com
Deutsche Welle | DW | DW News | dw.com
France 24 | france24.com
RFI | Radio France Internationale | rfi.fr
Radio Free Europe/Radio Liberty | RFE/RL | RFERL | rferl.org
Voice of America | VOA | VOA News | voanews.com
Euronews | euronews.com
Bloomberg | Bloomberg News | bloomberg.com
CNBC | cnbc.com
The New York Times | New York Times | NYT | NY Times | nytimes.com
The Washington Post | Washington Post | WaPo | washingtonpost.com
The Wall Street Journal | Wall Street Journal | WSJ | wsj.com
Los Angeles Times | LA Times | L.A. Times | latimes.com
USA Today | usatoday.com
The Guardian | Guardian | theguardian.com | guardian.co.uk
The Times | The Times of London | thetimes.co.uk
The Daily Telegraph | The Telegraph | Daily Telegraph | telegraph.co.uk
The Independent | Independent | independent.co.uk
Financial Times | FT | ft.com
The Economist | Economist | economist.com
Daily Mail | MailOnline | dailymail.co.uk
Daily Sabah | dailysabah.com
Hürriyet Daily News | hurriyetdailynews.com
Le Monde | lemonde.fr
Le Figaro | lefigaro.fr
Libération | liberation.fr
Der Spiegel | Spiegel | SPIEGEL ONLINE | spiegel.de
Die Zeit | ZEIT ONLINE | zeit.de
Frankfurter Allgemeine Zeitung | FAZ | F.A.Z. | faz.net
Süddeutsche Zeitung | SZ | sueddeutsche.de
Die Welt | WELT | welt.de
Tagesschau | tagesschau.de
Neue Zürcher Zeitung | NZZ | nzz.ch
Der Standard | derstandard.at
El País | El Pais | elpais.com
El Mundo | elmundo.es
ABC (España) | abc.es
La Vanguardia | lavanguardia.com
Clarín | clarin.com
La Nación | lanacion.com.ar
Corriere della Sera | corriere.it
la Repubblica | repubblica.it
Folha de S.Paulo | Folha | folha.uol.com.br
O Globo | oglobo.globo.com
Público | publico.pt
NRC | NRC Handelsblad | nrc.nl
de Volkskrant | volkskrant.nl
The Moscow Times | Moscow Times | themoscowtimes.com
Kommersant | Коммерсантъ | kommersant.ru
The Times of India | Times of India | timesofindia.indiatimes.com
The Hindu | thehindu.com
Hindustan Times | hindustantimes.com
Dawn | dawn.com
South China Morning Post | SCMP | scmp.com
The Japan Times | Japan Times | japantimes.co.jp
The Sydney Morning Herald | SMH | smh.com.au
ABC News (Australia) | abc.net.au
CBC News | CBC | cbc.ca
The Globe and Mail | Globe and Mail | theglobeandmail.com
The Jerusalem Post | Jerusalem Post | jpost.com
Haaretz | haaretz.com
The Times of Israel | Times of Israel | timesofisrael.com
Politico | politico.com | politico.eu
Axios | axios.com
Fox News | foxnews.com
NBC News | nbcnews.com
CBS News | cbsnews.com
ABC News | abcnews.go.com | abcnews.com
"""
