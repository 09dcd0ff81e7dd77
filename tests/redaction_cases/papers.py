"""Passports, driving licences, plates, births and health numbers, by what issuing authorities publish of their forms."""

# lists of forms and sentences in many scripts

# ruff: noqa: E501, RUF001  # lists of forms and sentences in many scripts

from __future__ import annotations

import random

from tests.redaction_cases.draw import day, letters, pattern

#: Label words in many languages, and forms of passport numbers of many countries (ICAO 9303: up to nine characters).
PASSPORT_LABELS = (
    "passport", "Passport No.", "passport number:", "passport #", "Reisepass", "Reisepassnummer:", "Pass-Nr.", "passeport n°", "numéro de passeport :",
    "pasaporte", "número de pasaporte:", "passaporto n.", "numero di passaporto:", "passaporte", "número do passaporte:", "paspoort", "paspoortnummer",
    "paszport", "numer paszportu:", "passnummer", "pasnummer", "passin numero", "cestovní pas č.", "číslo pasu", "pasaport no:", "паспорт",
    "загранпаспорт №", "旅券番号", "パスポート番号：", "护照号码", "护照：", "여권번호", "여권 번호:", "travel document", "паспорт серия",
)  # fmt: skip
PASSPORT_FORMS = (
    "A########", "#########", "C**##*##%", "##AA#####", "AAA######", "AA#######", "A#######", "AA######", "M########", "E########", "TR#######", "AA####AA",
    "G########", "TK#######", "## #######", "P#######A", "K#######", "U########", "L########", "AAA###A##",
)  # fmt: skip


def _mrz_digit(body: str) -> str:
    total = sum(
        (0 if char == "<" else int(char, 36)) * weight for char, weight in zip(body, (7, 3, 1) * 15, strict=False)
    )
    return str(total % 10)


def mrz(rng: random.Random) -> str:
    """The two lines at the foot of a passport, ICAO 9303 part 4."""
    country = rng.choice(("UTO", "D<<", "FRA", "GBR", "USA", "ITA", "POL", "JPN"))
    names = f"P<{country}{letters(rng, 7)}<<{letters(rng, 5)}<{letters(rng, 4)}"
    year, month, born = day(rng)
    number = pattern(rng, "A###*####")
    birth = f"{year % 100:02}{month:02}{born:02}"
    second = f"{number}{_mrz_digit(number)}{country}{birth}{_mrz_digit(birth)}{rng.choice('MF<')}310415{_mrz_digit('310415')}"
    return f"{names:<<44}\n{second:<<43}4"


def passport(rng: random.Random) -> tuple[str, str]:
    """(label, value)"""
    return rng.choice(PASSPORT_LABELS), pattern(rng, rng.choice(PASSPORT_FORMS))


LICENCE_LABELS = (
    "driver's license", "drivers license number", "driver license:", "DL", "DL#", "DL number", "license number:", "driving licence", "driving licence no.",
    "Führerschein", "Führerscheinnummer:", "Führerschein-Nr.", "permis de conduire", "permis de conduire n°", "licencia de conducir", "permiso de conducir:",
    "carnet de conducir", "patente di guida", "patente n.", "carta de condução", "CNH", "carteira de motorista", "rijbewijs", "rijbewijsnummer:",
    "prawo jazdy", "numer prawa jazdy:", "körkort", "körkortsnummer", "kørekort", "kørekortnummer", "førerkort", "ajokortti", "ajokortin numero",
    "řidičský průkaz č.", "číslo řidičského průkazu", "ehliyet no", "sürücü belgesi no:", "водительское удостоверение", "водительские права",
    "運転免許証番号", "免許証番号：", "驾驶证号", "驾照号码：", "운전면허번호", "운전면허 번호:", "DLN", "lic. no.", "operator license",
)  # fmt: skip
#: US states (California, Florida, New York, Texas, Illinois, Washington, Michigan, Ohio, New Jersey ...), UK, EU.
LICENCE_FORMS = (
    "A#######", "A############", "#########", "########", "A###-####-####", "A###-###-##-###-#", "A### ### ### ###", "AA######", "A####-#####-#####",
    "A##############", "AA###A", "##AAA#####", "#######", "A##-##-####", "###-##-####", "AA#######A", "##########", "############", "B072RRE2I55",
    "AA#######", "A*********#", "#########A", "##-##-######", "#####/##/####", "AA ######", "## ## ######",
)  # fmt: skip


def uk_licence(rng: random.Random) -> str:
    """DVLA: surname, birth, initials, computer characters."""
    year, month, born = day(rng)
    name = rng.choice((letters(rng, 5), letters(rng, 4) + "9", letters(rng, 3) + "99"))
    month += rng.choice((0, 50))
    value = (
        f"{name}{year // 10 % 10}{month:02}{born:02}{year % 10}{letters(rng, 1)}{rng.choice('ABK9')}9{letters(rng, 2)}"
    )
    return rng.choice((value, value, f"{value[:5]} {value[5:11]} {value[11:]}", value.lower()))


def licence(rng: random.Random) -> tuple[str, str]:
    """(label, value)"""
    return rng.choice(LICENCE_LABELS), rng.choice((pattern(rng, rng.choice(LICENCE_FORMS)), uk_licence(rng)))


PLATES = {
    "en": (("car reg", "number plate", "license plate", "plate", "registration", "my car is", "tag number"), ("AB## AAA", "%AAA###", "AAA-####", "AAA ####", "A### AAA")),
    "de": (("Kennzeichen", "Nummernschild", "Kfz-Kennzeichen:", "amtliches Kennzeichen"), ("B-AA ####", "M AA ###", "HH-A ####", "KA AA ##E")),
    "fr": (("plaque", "immatriculation", "plaque d'immatriculation :"), ("AA-###-AA", "AA ### AA", "#### AA 75")),
    "es": (("matrícula", "placa"), ("#### BCD", "####-DFG", "M-####-AB")),
    "it": (("targa", "numero di targa"), ("AA###AA", "AA ### AA")),
    "nl": (("kenteken", "kentekenplaat"), ("AA-##-AA", "##-AAA-#", "A-###-AA")),
    "pt": (("matrícula", "placa"), ("AA-##-AA", "AAA#A##", "##-AA-##")),
    "pl": (("numer rejestracyjny", "tablica rejestracyjna", "rejestracja"), ("WA #####", "KR ###AA", "GD #A###")),
    "sv": (("registreringsnummer", "regnr"), ("AAA ###", "AAA##A")),
    "da": (("nummerplade", "registreringsnummer"), ("AA ## ###", "AA#####")),
    "fi": (("rekisterinumero", "rekisterikilpi"), ("AAA-###", "AB-##")),
    "cs": (("SPZ", "registrační značka"), ("#A# ####", "#AB ####")),
    "tr": (("plaka", "plaka no"), ("34 AA ####", "06 AAA ##", "35 A ####")),
    "ru": (("госномер", "номер машины", "гос. номер"), ("А###ВС77", "К ### МН 199")),
    "ja": (("ナンバープレート", "車のナンバーは"), ("品川 300 あ ##-##", "横浜 501 さ ##-##")),
    "zh": (("车牌", "车牌号："), ("京A#####", "沪B·#####", "粤B####D")),
    "ko": (("차량번호", "번호판"), ("12가 ####", "123나 ####")),
}  # fmt: skip


def plate(rng: random.Random, language: str) -> tuple[str, str]:
    """(label, value)"""
    labels, forms = PLATES[language]
    form = rng.choice(forms)
    if language == "ru":
        value = "".join(str(rng.randint(0, 9)) if sign == "#" else sign for sign in form)
    elif language == "zh":
        value = form[:2] + pattern(rng, form[2:])
    else:
        value = pattern(rng, form)
    return rng.choice(labels), value


_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}  # fmt: skip
_BORN = {
    "en": ("DOB: {}", "born on {}", "date of birth {}", "her birthday is {}", "D.O.B. {}", "birth date: {}", "was born {}"),
    "de": ("geboren am {}", "geb. {}", "Geburtsdatum: {}", "hat am {} Geburtstag", "Kern, Anna (* {})"),
    "fr": ("né le {}", "née le {}", "date de naissance : {}", "DDN {}"),
    "es": ("nacido el {}", "fecha de nacimiento: {}", "nació el {}", "F. nac. {}"),
    "it": ("nato il {}", "data di nascita: {}", "nata a Roma il {}"),
    "nl": ("geboren op {}", "geboortedatum: {}", "geb. {}"),
    "pt": ("nascido em {}", "data de nascimento: {}", "nasceu em {}"),
    "pl": ("urodzony {}", "data urodzenia: {}", "ur. {}"),
    "sv": ("född {}", "födelsedatum: {}", "född den {}"),
    "da": ("født {}", "fødselsdato: {}", "født den {}"),
    "fi": ("syntynyt {}", "syntymäaika: {}"),
    "cs": ("narozen {}", "datum narození: {}", "nar. {}"),
    "tr": ("doğum tarihi: {}", "{} doğumlu", "doğum tarihi {}"),
    "ru": ("дата рождения: {}", "родился {}", "родилась {} в Туле", "д.р. {}"),
    "ja": ("生年月日：{}", "生年月日は{}", "{}生まれ"),
    "zh": ("出生日期：{}", "生于{}", "{}出生"),
    "ko": ("생년월일: {}", "{}생", "생년월일은 {}"),
}  # fmt: skip


def birth(rng: random.Random, language: str) -> tuple[str, str]:
    """(carrier, date) in the manner of the language."""
    year, month, born = day(rng)
    if language in {"ja", "zh"}:
        made = (f"{year}年{month}月{born}日", f"{year}/{month:02}/{born:02}", f"{year}-{month:02}-{born:02}")
    elif language == "ko":
        made = (f"{year}년 {month}월 {born}일", f"{year}.{month:02}.{born:02}", f"{year}-{month:02}-{born:02}")
    else:
        name = _MONTHS[language].split()[month - 1]
        written = {
            "en": rng.choice((f"{name} {born}, {year}", f"{born} {name[:3]} {year}", f"{born}th {name} {year}", f"{name[:3]} {born} {year}")),
            "de": f"{born}. {name} {year}", "da": f"{born}. {name} {year}", "fi": f"{born}. {name} {year}", "cs": f"{born}. {name} {year}",
            "es": f"{born} de {name} de {year}", "pt": f"{born} de {name} de {year}",
        }.get(language, f"{born} {name} {year}")  # fmt: skip
        sign = {"en": "/", "fr": "/", "es": "/", "it": "/", "pt": "/", "nl": "-"}.get(language, ".")
        made = (
            written, written, f"{born:02}{sign}{month:02}{sign}{year}", f"{born}{sign}{month}{sign}{year % 100:02}", f"{year}-{month:02}-{born:02}",
            f"{born:02}.{month:02}.{year}",
        )  # fmt: skip
    return rng.choice(_BORN[language]), rng.choice(made)


HEALTH = {
    "en": ("MRN {########}", "MRN: {A#######}", "medical record number {#######}", "NHS number {### ### ####}", "patient ID {P######}", "member ID {AAA#########}", "Medicare {%A##-A#%-AA##}", "Medicaid ID {AA#####A}", "health insurance no. {%#########}", "policy number {AA-#######}", "NPI {1#########}", "health card {#### ### ### AA}", "group no. {######}", "subscriber id: {W#########}", "chart number {######}", "DEA number {BA#######}"),
    "de": ("Krankenversichertennummer {A#########}", "KVNR: {A#########}", "Versichertennummer {A#########}", "Patientennummer {#######}", "Krankenkassennummer {#########}", "Fallnummer {########}"),
    "fr": ("carte Vitale {% ## ## ## ### ### ##}", "numéro de patient {#######}", "numéro d'adhérent {########}", "IPP {########}"),
    "es": ("tarjeta sanitaria {AAAA##########}", "historia clínica {#######}", "número de póliza {########}"),
    "it": ("tessera sanitaria {80380###############}", "numero di polizza {########}", "cartella clinica {#######}"),
    "nl": ("patiëntnummer {#######}", "verzekeringsnummer {#########}", "polisnummer {########}"),
    "pt": ("número de utente {#########}", "cartão do SUS {7## #### #### ####}", "CNS {7##############}"),
    "pl": ("numer ubezpieczenia {##########}", "numer pacjenta {#######}"),
    "sv": ("patientnummer {#######}", "journalnummer {########}"),
    "da": ("patientnummer {#######}", "journalnummer {########}"),
    "fi": ("potilasnumero {#######}",),
    "cs": ("číslo pojištěnce {##########}", "číslo pacienta {#######}"),
    "tr": ("hasta no {#######}", "sigorta no: {#########}", "SGK no {##########}"),
    "ru": ("полис ОМС {################}", "номер полиса {################}", "медкарта № {#######}"),
    "ja": ("被保険者番号 {########}", "診察券番号：{#######}", "カルテ番号 {######}"),
    "zh": ("病历号：{########}", "医保卡号 {#########}", "住院号{########}"),
    "ko": ("환자번호 {########}", "건강보험증 번호 {###########}"),
}  # fmt: skip


def health(rng: random.Random, language: str) -> tuple[str, str]:
    """(label, value)"""
    label, _, form = rng.choice(HEALTH[language]).partition("{")
    return label.strip(), pattern(rng, form.rstrip("}"))
