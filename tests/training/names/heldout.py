"""Held-out sentences: people and sentences that no training text has. ``python -m tests.training.names.heldout`` scores.

Given names and surnames below are in none of the lists that the word table is made of, except where a language has a
closed set of them (Chinese and Korean surnames); the sentences are in no carrier. {n}: full name, {f}: given name,
{l}: surname.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from agent.redaction.detectors.names import Names
from agent.redaction.view import View

PEOPLE = {
    "en": (
        "Tamsyn|Peregrine|Merrin|Caspian|Ottoline|Fenella|Leofric|Thisbe|Piers|Elspeth",
        "Thistlewood|Ravensdale|Hollingberry|Winterbourne|Quillfeather|Larkswood|Pennyfold|Ashgrove|Marlowton|Hathersage",
    ),
    "de": (
        "Tjorven|Leberecht|Bertlinde|Wunnibald|Friederun|Hartlieb|Isentrud|Wendelgard|Gerwine",
        "Brackmeier|Lindhorster|Habichtsberg|Rosenkötter|Wiesengrund|Steinhövel|Krummbiegel|Achterfeld|Möhlenkamp|Dornbrach|Eichenlaubner|Tannhuber",
    ),
    "fr": (
        "Fantine|Aldric|Mahaut|Oriane|Ysoline|Enguerrand|Solenne|Théophane",
        "Beauvallon|Montclairvaux|Desroncières|Larochelier|Vauquelet|Fontanegris|Chantecler|Boisrobin|Malaterre|Roquefeuil|Grandpuits|Sautereau",
    ),
    "es": (
        "Eufrasio|Casilda|Liborio|Fulgencia|Hermógenes|Policarpa|Torcuato|Práxedes",
        "Valdecasas|Carrascosa|Peñalosa|Riofrío|Olmedilla|Campohermoso|Zarzalejo|Fuencaliente|Hinojar",
    ),
    "it": (
        "Ginevra|Adelchiara|Rinaldesco|Baldassarre|Fiammetta|Desideria|Selvaggia",
        "Montevecchio|Boscaglia|Fontanarosa|Castelbianco|Pratolungo|Roccaforte|Vallescura|Campodonico|Acquarone|Selvatico|Pietrasanta",
    ),
    "nl": (
        "Foekje|Radboud|Liselore|Gijsbrecht|Hadewych|Marijtje|Geesje|Evert-Jan",
        "Kromhout|Zwanenveld|Roodenrijs|Terlaak|Noordhoek|Bleekveld|Grasdijk|Lindeboomsma|Waterlander|Hoogvliet|Kattenbroek",
    ),
    "pt": (
        "Iracema|Adalgisa|Belmiro|Quitéria|Leocádio|Graciliano|Ondina|Zulmira|Serafim|Deolinda|Hermínio",
        "Valadarense|Montenegrino|Cavalcantil|Figueirinha|Sardoal|Vilaverde|Carvalhosa|Penalva|Seixosa|Quintanilha|Ribeirinho|Albufeiro",
    ),
    "pl": (
        "Bogumiła|Dobrosław|Żywia|Świętopełk|Ludomir|Jarogniew|Mirosława|Wszebor|Domosława|Sędzimir|Gniewosz|Zbysława",
        "Dąbrówkowski|Grzybowiecki|Wierzbołowski|Jaworzyński|Kalinowiecka|Brzezicki|Olszankowski|Świerczkowicz|Lipowiecki|Topolnicki|Kniaziewicz|Modrzejowska",
    ),
    "sv": (
        "Ragnvald|Tuvalie|Gudmar|Solbritt|Torvald|Signhild|Asbjörn|Alfhild",
        "Granquist|Björkliden|Sjöstrandh|Lövenhammar|Tallroth|Ängsmark|Bergenstråhle|Videgård|Klintskog|Rosenlind|Havsbrink|Stenhagen",
    ),
    "da": (
        "Asgerd|Hjalmara|Sigbrit|Ingvald|Gudrunda|Tormod|Sigvald|Eskild",
        "Bækgårdsen|Lindevang|Højbjergsen|Skovsende|Vindfelt|Rosenørn|Egelykke|Kirkedal|Havredal|Stokkebro|Mosegren|Bøgelund",
    ),
    "fi": (
        "Aamuriikka|Sampsanna|Lempivirta|Ahtola|Kaukomieli|Untamo|Lemmikki|Ilmatar|Vellamo|Sotijalo|Väinämö",
        "Koivuranta|Honkasuo|Kivisalmi|Lampisaari|Metsäkorpi|Haapaharju|Vuorenpolku|Salokoski|Rantaharju|Kuusivaara|Peltokangas|Suolampi",
    ),
    "cs": (
        "Vratislava|Bořislava|Mojmírka|Lidomír|Slavoj|Bohdanka|Svatava|Budislav",
        "Podhájecký|Javorníček|Zlatohlávek|Kamenohorský|Větrovský|Lesovský|Topolánek|Březinský|Skřivánková|Potočník|Zahrádecký|Hvězdák",
    ),
    "tr": (
        "Altuğhan|Elvanur|Kubilayhan|Nurperi|Bengisu|Çağlayan|Tolunay|Aygen|Sencer|Ertuğrul",
        "Karadenizli|Yıldırımoğlu|Taşkıranlar|Gökdemirci|Bozkurtlar|Çınaroğlu|Akpınarlı|Demirtaşlı|Ormancıoğlu|Selçuklu|Dağdeviren|Kırçiçek",
    ),
    "ru": (
        "Милолика|Любомысл|Святогор|Миловзора|Добрынина|Лукерья|Агриппина|Устинья|Ефросинья",
        "Берёзовский|Лугинцев|Заозёрский|Дубравин|Тихомиренко|Калинников|Рябинкин|Светлогоров|Озерицкий|Вершинский|Каменецкий|Полынцев",
    ),
    "ja": (
        "悠翔|蒼佑|紗奈恵|琉斗|結菜乃|大凱|千紗都",
        "桐島|神宮寺|橘川|水無瀬|霧島|柊木",
    ),
    "zh": (
        "翊宸|若曦|语嫣|沛然|书瑶|承泽|芷若|昊苍|念慈",
        "王|李|张|刘|陈|杨|赵|黄|周|吴|徐|孙",
    ),
    "ko": (
        "하람|서린|도경|유찬|가은|해솔|태율|다온|시언|라희",
        "김|이|박|최|정|강|조|윤|장|임|한|오",
    ),
}  # fmt: skip

SENTENCES = {
    "en": "could you forward the slides to {n} before lunch?|{n} resigned from the board last spring.|Morning {f}, did the parcel arrive?|our landlord, Mr {l}, never answers|I had a long call with {f} about the budget|{l} told reporters that nothing had been decided.|Warm wishes,\n{f}|the photo shows {n} with her dog|please book a desk for {f} and {f}|Interview notes, candidate: {n}|Yesterday {f} fixed the printer again|when {n} retired, the choir sang",
    "de": "könntest du {n} die Folien schicken?|{n} ist letzten Herbst ausgezogen.|Moin {f}, ist das Paket da?|unser Vermieter, Herr {l}, meldet sich nie|gestern hat {f} den Drucker repariert|{l} teilte mit, man habe nichts entschieden.|Herzlichst\n{f}|auf dem Foto ist {n} mit ihrem Hund|Notizen zum Gespräch mit {n}|ich soll {f} und {f} abholen|Frau {l} aus der Buchhaltung ruft zurück",
    "fr": "tu peux envoyer les photos à {n} ?|{n} a quitté le conseil au printemps.|Salut {f}, le colis est arrivé ?|notre voisin, monsieur {l}, est parti|hier {f} a réparé l'imprimante|{l} a déclaré que rien n'était décidé.|Amitiés,\n{f}|sur la photo on voit {n} avec son chien|Entretien avec {n}, candidate|madame {l} de la compta va rappeler",
    "es": "¿puedes mandar las fotos a {n}?|{n} dejó el consejo en primavera.|Buenas {f}, ¿llegó el paquete?|nuestro casero, el señor {l}, no contesta|ayer {f} arregló la impresora|{l} declaró que nada estaba decidido.|Un abrazo,\n{f}|en la foto sale {n} con su perro|Entrevista con {n}, candidata|la señora {l} de contabilidad llamará",
    "it": "puoi mandare le foto a {n}?|{n} ha lasciato il consiglio in primavera.|Ehi {f}, è arrivato il pacco?|il nostro vicino, il signor {l}, è partito|ieri {f} ha riparato la stampante|{l} ha dichiarato che nulla era deciso.|Un abbraccio,\n{f}|nella foto c'è {n} con il suo cane|Colloquio con {n}, candidata|la signora {l} della contabilità richiama",
    "nl": "kun je de foto's naar {n} sturen?|{n} verliet het bestuur in het voorjaar.|Hé {f}, is het pakje er al?|onze buurman, de heer {l}, is vertrokken|gisteren heeft {f} de printer gemaakt|{l} zei dat er niets besloten was.|Liefs,\n{f}|op de foto staat {n} met haar hond|Gesprek met {n}, sollicitant|mevrouw {l} van de administratie belt terug",
    "pt": "podes mandar as fotos ao {n}?|{n} deixou o conselho na primavera.|Ei {f}, a encomenda chegou?|o nosso vizinho, o senhor {l}, saiu|ontem {f} consertou a impressora|{l} declarou que nada estava decidido.|Um beijo,\n{f}|na foto aparece {n} com o cão|Entrevista com {n}, candidata|a senhora {l} da contabilidade liga depois",
    "pl": "możesz wysłać zdjęcia, prosi {n}|{n} wyprowadziła się jesienią.|Hej {f}, paczka doszła?|nasz sąsiad, pan {l}, wyjechał|wczoraj {f} naprawił drukarkę|{l} oświadczył, że nic nie postanowiono.|Ściskam,\n{f}|na zdjęciu stoi {n} z psem|Rozmowa kwalifikacyjna: {n}|dzwoniła pani {l} z księgowości",
    "sv": "kan du skicka bilderna till {n}?|{n} lämnade styrelsen i våras.|Tjena {f}, kom paketet fram?|vår granne, herr {l}, har rest|igår lagade {f} skrivaren|{l} uppgav att inget var bestämt.|Kramar,\n{f}|på bilden står {n} med sin hund|Anteckningar från samtalet med {n}|fru {l} på ekonomi ringer tillbaka",
    "da": "kan du sende billederne til {n}?|{n} forlod bestyrelsen i foråret.|Hejsa {f}, kom pakken frem?|vores nabo, hr. {l}, er rejst|i går reparerede {f} printeren|{l} oplyste, at intet var besluttet.|Knus,\n{f}|på billedet står {n} med sin hund|Noter fra samtalen med {n}|fru {l} fra bogholderiet ringer tilbage",
    "fi": "lähetätkö kuvat, kysyi {n}|{n} jätti hallituksen keväällä.|Heippa {f}, tuliko paketti?|naapurimme herra {l} muutti pois|eilen {f} korjasi tulostimen|{l} kertoi, ettei mitään ole päätetty.|Halauksin,\n{f}|kuvassa {n} ja hänen koiransa|Haastattelu: {n}|rouva {l} kirjanpidosta soittaa takaisin",
    "cs": "můžeš poslat fotky, prosí {n}|{n} se na podzim odstěhovala.|Čau {f}, dorazil balík?|náš soused, pan {l}, odjel|včera {f} opravil tiskárnu|{l} uvedl, že nic není rozhodnuto.|Objímám,\n{f}|na fotce stojí {n} se psem|Pohovor: {n}|volala paní {l} z účtárny",
    "tr": "fotoğrafları {n} istedi|{n} ilkbaharda kuruldan ayrıldı.|Günaydın {f}, paket geldi mi?|komşumuz {l} bey taşındı|dün {f} yazıcıyı tamir etti|{l} henüz karar verilmediğini söyledi.|Sevgiler,\n{f}|resimde {n} köpeğiyle duruyor|Görüşme notları, aday: {n}|muhasebeden {f} hanım arayacak",
    "ru": "фотографии просил {n}|{n} весной вышел из совета.|Доброе утро, {f}, посылка пришла?|наш сосед, господин {l}, уехал|вчера {f} починил принтер|{l} сообщил, что ничего не решено.|Обнимаю,\n{f}|на снимке {n} с собакой|Собеседование: {n}|звонила госпожа {l} из бухгалтерии",
    "ja": "昨日{n}さんに会いました|資料は{l}さんに送ってください|{l}課長が出張中です|応募者：{n}|{n}様、お待ちしております|{l}先生のご紹介です|こちらは同僚の{n}です|{l}さんと{l}さんが欠席です|受取人は{n}です|{n}と申します。初めまして",
    "zh": "昨天我见到了{n}先生|请把资料发给{n}|{l}经理出差了|应聘者：{n}|{n}女士，您的快递到了|这位是我的同事{n}|我和{n}一起吃饭|收款人是{n}|大家好，我叫{n}|客户{n}要求退款",
    "ko": "어제 {n} 씨를 만났습니다|자료는 {n}님께 보내 주세요|{n} 부장님은 출장 중입니다|지원자: {n}|{n} 고객님, 택배 도착했습니다|이쪽은 동료 {n}입니다|{n} 씨와 점심 먹었어요|받는 사람은 {n}입니다|안녕하세요, 저는 {n}입니다|담임은 {n} 선생님입니다",
}  # fmt: skip

HARMLESS = {
    "en": "the quarterly numbers look fine|Open the File menu and choose Export|Settings > Privacy > Clear history|we deploy on Thursday evening|npm install failed with exit code 1|Kubernetes upgrade planned for October|please rename the column and sort it|the train to Manchester was late|Adobe Photoshop crashed twice|Invoice total does not match|Terms of Service|lib/parser.c: undefined reference|feature flags are off by default|falsy value in config|qwerty|whiteboard session at three|Error: connection refused|Meeting Room Blue is free|thermostat|how do I mute the alarm",
    "de": "die Zahlen sehen gut aus|Bitte den Menüpunkt Drucken wählen|Einstellungen > Datenschutz|wir liefern am Donnerstag aus|Der Zug nach Hannover fällt aus|Rechnungsbetrag stimmt nicht|Allgemeine Geschäftsbedingungen|das Update kommt im Oktober|Spalte umbenennen und sortieren|Fehler: Verbindung abgelehnt|Besprechungsraum Blau ist frei|der Kaffee ist alle|Outlook startet nicht|Urlaubsantrag|wie stelle ich den Wecker aus",
    "fr": "les chiffres sont bons|Choisissez Exporter dans le menu Fichier|Paramètres > Confidentialité|on livre jeudi soir|le train pour Lille est en retard|le total ne correspond pas|Conditions de vente|la mise à jour arrive en octobre|renommez la colonne|Erreur : connexion refusée|la salle bleue est libre|il n'y a plus de café|Excel ne démarre pas|demande de congés",
    "es": "los números van bien|Elija Exportar en el menú Archivo|Ajustes > Privacidad|entregamos el jueves|el tren a Zaragoza llega tarde|el total no coincide|Términos y condiciones|la actualización llega en octubre|cambia el nombre de la columna|Error: conexión rechazada|la sala azul está libre|no queda café|Word no arranca|solicitud de vacaciones",
    "it": "i numeri vanno bene|Scegli Esporta dal menu File|Impostazioni > Privacy|consegniamo giovedì sera|il treno per Bologna è in ritardo|il totale non corrisponde|Termini e condizioni|l'aggiornamento arriva in ottobre|rinomina la colonna|Errore: connessione rifiutata|la sala blu è libera|il caffè è finito|Excel non parte|richiesta ferie",
    "nl": "de cijfers zien er goed uit|Kies Exporteren in het menu Bestand|Instellingen > Privacy|we leveren donderdag|de trein naar Zwolle is te laat|het totaal klopt niet|Algemene voorwaarden|de update komt in oktober|hernoem de kolom|Fout: verbinding geweigerd|de blauwe zaal is vrij|de koffie is op|Excel start niet|verlofaanvraag",
    "pt": "os números estão bons|Escolha Exportar no menu Arquivo|Configurações > Privacidade|entregamos na quinta|o trem para Coimbra atrasou|o total não confere|Termos e condições|a atualização chega em outubro|renomeie a coluna|Erro: conexão recusada|a sala azul está livre|acabou o café|o Excel não abre|pedido de férias",
    "pl": "liczby wyglądają dobrze|Wybierz Eksportuj z menu Plik|Ustawienia > Prywatność|dostarczamy w czwartek|pociąg do Gdyni jest spóźniony|suma się nie zgadza|Regulamin serwisu|aktualizacja będzie w październiku|zmień nazwę kolumny|Błąd: odmowa połączenia|sala niebieska jest wolna|kawa się skończyła|Excel się nie uruchamia|wniosek o urlop",
    "sv": "siffrorna ser bra ut|Välj Exportera i menyn Arkiv|Inställningar > Sekretess|vi levererar på torsdag|tåget till Uppsala är sent|summan stämmer inte|Allmänna villkor|uppdateringen kommer i oktober|byt namn på kolumnen|Fel: anslutningen nekades|blå rummet är ledigt|kaffet är slut|Excel startar inte|semesteransökan",
    "da": "tallene ser fine ud|Vælg Eksporter i menuen Filer|Indstillinger > Privatliv|vi leverer på torsdag|toget til Aalborg er forsinket|beløbet stemmer ikke|Generelle betingelser|opdateringen kommer i oktober|omdøb kolonnen|Fejl: forbindelsen blev afvist|det blå lokale er ledigt|der er ikke mere kaffe|Excel starter ikke|ferieansøgning",
    "fi": "luvut näyttävät hyviltä|Valitse Vie valikosta Tiedosto|Asetukset > Tietosuoja|toimitamme torstaina|juna Turkuun on myöhässä|summa ei täsmää|Yleiset ehdot|päivitys tulee lokakuussa|nimeä sarake uudelleen|Virhe: yhteys hylättiin|sininen huone on vapaa|kahvi loppui|Excel ei käynnisty|lomahakemus",
    "cs": "čísla vypadají dobře|V nabídce Soubor zvolte Export|Nastavení > Soukromí|dodáváme ve čtvrtek|vlak do Olomouce má zpoždění|součet nesouhlasí|Obchodní podmínky|aktualizace bude v říjnu|přejmenujte sloupec|Chyba: spojení odmítnuto|modrá místnost je volná|došla káva|Excel se nespustí|žádost o dovolenou",
    "tr": "rakamlar iyi görünüyor|Dosya menüsünden Dışa Aktar'ı seçin|Ayarlar > Gizlilik|perşembe günü teslim ediyoruz|İzmir treni gecikti|toplam tutmuyor|Kullanım koşulları|güncelleme ekimde geliyor|sütunu yeniden adlandır|Hata: bağlantı reddedildi|mavi salon boş|kahve bitti|Excel açılmıyor|izin talebi",
    "ru": "цифры хорошие|Выберите Экспорт в меню Файл|Настройки > Конфиденциальность|отгружаем в четверг|поезд в Казань опаздывает|сумма не сходится|Условия использования|обновление выйдет в октябре|переименуйте столбец|Ошибка: соединение отклонено|синяя комната свободна|кофе закончился|Excel не запускается|заявление на отпуск",
    "ja": "数字は良さそうです|ファイルメニューから書き出しを選びます|設定からプライバシーを開く|木曜日に納品します|電車が遅れています|合計が合いません|利用規約|更新は十月です|列の名前を変えてください|接続が拒否されました|会議室は空いています|コーヒーがなくなりました",
    "zh": "数据看起来不错|请在菜单中选择导出|打开设置里的隐私|我们周四发货|火车晚点了|总额不对|服务条款|更新将在十月发布|请重命名这一列|连接被拒绝|蓝色会议室空着|咖啡没有了",
    "ko": "수치가 좋아 보입니다|파일 메뉴에서 내보내기를 선택하세요|설정에서 개인정보를 여세요|목요일에 납품합니다|기차가 늦었습니다|합계가 맞지 않습니다|서비스 약관|업데이트는 시월에 나옵니다|열 이름을 바꾸세요|연결이 거부되었습니다|회의실이 비어 있습니다|커피가 떨어졌습니다",
}  # fmt: skip

CASED = tuple(code for code in PEOPLE if code not in {"ja", "zh", "ko"})


def cases(language: str, count: int, seed: int = 20261130) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Sentences with names and where these stand; the same for the same seed."""
    dice = random.Random(f"{seed}{language}")
    given, family = (names.split("|") for names in PEOPLE[language])
    sentences = SENTENCES[language].split("|")
    for number in range(count):
        pieces = sentences[number % len(sentences)].replace("{", "\0{").replace("}", "}\0").split("\0")
        text, spans = "", []
        for piece in pieces:
            if piece in {"{n}", "{f}", "{l}"}:
                one, other = dice.choice(given), dice.choice(family)
                whole = other + one if language in {"ja", "zh", "ko"} else f"{one} {other}"
                value = {"{n}": whole, "{f}": one, "{l}": other}[piece]
                spans.append((len(text), len(text) + len(value)))
                text += value
            else:
                text += piece
        yield text, spans


def harmless(language: str, count: int, seed: int = 20261130) -> Iterator[str]:
    """Texts without a name: one to three of the sentences, in any order, glued as people glue them."""
    dice = random.Random(f"{seed}{language}")
    sentences = HARMLESS[language].split("|")
    for _ in range(count):
        yield dice.choice((". ", "\n", " - ", ", ")).join(dice.sample(sentences, dice.choice((1, 1, 2, 3))))


def found(language: str, count: int, written: Callable[[str], str] = str) -> tuple[int, int]:
    """How many of the people in that many sentences are found whole, and of how many; written: in which case."""
    detector, hits, people = Names(), 0, 0
    for text, spans in cases(language, count):
        changed = written(text)
        if len(changed) == len(text):  # else a letter has two small ones, and the places are others
            seen = list(detector.find(View(changed)))
            people += len(spans)
            hits += sum(any(one.start <= start and end <= one.end for one in seen) for start, end in spans)
    return hits, people


def touched(language: str, count: int) -> int:
    """In how many of that many harmless texts a name is seen."""
    detector = Names()
    return sum(any(True for _ in detector.find(View(text))) for text in harmless(language, count))


def main() -> None:
    print("language, people found, in small letters, harmless texts touched")
    for language in PEOPLE:
        usual, small = found(language, 400), found(language, 400, str.lower)
        print(
            f"{language} {usual[0] / usual[1]:.2f} {small[0] / small[1]:.2f} {touched(language, 400) / 400:.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
