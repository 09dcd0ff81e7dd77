"""National and tax numbers of many countries with check digits by the rules their authorities publish."""

# lists of forms and sentences in many scripts

# ruff: noqa: E501, RUF001  # lists of forms and sentences in many scripts

from __future__ import annotations

import random
from collections.abc import Callable

from tests.redaction_cases.draw import day, digits, letters, luhn_digit, pattern, weighted


def _until(rng: random.Random, make: Callable[[random.Random], str | None]) -> str:
    while True:
        value = make(rng)
        if value is not None:
            return value


def _ssn(rng: random.Random) -> str:
    value = f"{rng.randint(1, 899):03}", f"{rng.randint(1, 99):02}", f"{rng.randint(1, 9999):04}"
    return rng.choice("-- ").join(value)


def _sin(rng: random.Random) -> str:
    body = digits(rng, 8)
    value = body + luhn_digit(body)
    return rng.choice((f"{value[:3]} {value[3:6]} {value[6:]}", f"{value[:3]}-{value[3:6]}-{value[6:]}"))


def _nino(rng: random.Random) -> str:
    value = (
        letters(rng, 2, "ABCEGHJKLMPRSTWXY"),
        pattern(rng, "##"),
        pattern(rng, "##"),
        pattern(rng, "##"),
        rng.choice("ABCD"),
    )
    return rng.choice(("", " ")).join(value)


def _steuer_id(rng: random.Random) -> str:
    def make(rng: random.Random) -> str | None:
        body = digits(rng, 10)
        if len(set(body)) != 9:
            return None
        product = 10
        for char in body:
            total = (int(char) + product) % 10 or 10
            product = total * 2 % 11
        return body + str((11 - product) % 10)

    value = _until(rng, make)
    return rng.choice((value, f"{value[:2]} {value[2:5]} {value[5:8]} {value[8:]}"))


def _nir(rng: random.Random) -> str:
    year, month, _ = day(rng)
    value = f"{rng.choice('12')}{year % 100:02}{month:02}{rng.randint(1, 95):02}{rng.randint(1, 990):03}{rng.randint(1, 999):03}"
    key = f"{97 - int(value) % 97:02}"
    spaced = " ".join((value[0], value[1:3], value[3:5], value[5:7], value[7:10], value[10:13], key))
    return rng.choice((value + key, spaced))


def _dni(rng: random.Random) -> str:
    body = digits(rng, 8)
    return body + rng.choice(("", "-")) + "TRWAGMYFPDXBNJZSQVHLCKE"[int(body) % 23]


def _nie(rng: random.Random) -> str:
    first, body = rng.choice("XYZ"), pattern(rng, "#######")
    mark = rng.choice(("", "-"))
    return f"{first}{mark}{body}{mark}" + "TRWAGMYFPDXBNJZSQVHLCKE"[int("XYZ".index(first).__str__() + body) % 23]


def _codice_fiscale(rng: random.Random) -> str:
    year, _, born = day(rng)
    return f"{letters(rng, 6, 'BCDFGLMNPRSTVZ')}{year % 100:02}{rng.choice('ABCDEHLMPRST')}{born:02}{pattern(rng, 'A###A')}"


def _bsn(rng: random.Random) -> str:
    def make(rng: random.Random) -> str | None:
        body = digits(rng, 8)
        rest = weighted(body, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
        return None if rest > 9 else body + str(rest)

    return _until(rng, make)


def _rijksregister(rng: random.Random) -> str:
    year, month, born = day(rng)
    value = f"{year % 100:02}{month:02}{born:02}{rng.randint(1, 997):03}"
    check = 97 - int(("2" if year >= 2000 else "") + value) % 97
    return f"{value[:2]}.{value[2:4]}.{value[4:6]}-{value[6:]}.{check:02}"


def _pesel(rng: random.Random) -> str:
    year, month, born = day(rng)
    body = f"{year % 100:02}{month + (20 if year >= 2000 else 0):02}{born:02}{pattern(rng, '####')}"
    return body + str(-weighted(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10)


def _personnummer(rng: random.Random) -> str:
    year, month, born = day(rng)
    body = f"{year % 100:02}{month:02}{born:02}{pattern(rng, '###')}"
    value = f"{body[:6]}{rng.choice('-+-')}{body[6:]}{luhn_digit(body)}"
    return rng.choice((value, f"{year // 100}{value.replace('+', '-')}"))


def _fodselsnummer(rng: random.Random) -> str:
    def make(rng: random.Random) -> str | None:
        year, month, born = day(rng)
        body = f"{born:02}{month:02}{year % 100:02}{pattern(rng, '###')}"
        one = -weighted(body, (3, 7, 6, 1, 8, 9, 4, 5, 2)) % 11
        two = -weighted(body + str(one), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
        return None if 10 in (one, two) else f"{body}{one}{two}"

    value = _until(rng, make)
    return rng.choice((value, f"{value[:6]} {value[6:]}"))


def _cpr(rng: random.Random) -> str:
    year, month, born = day(rng)
    return f"{born:02}{month:02}{year % 100:02}-{pattern(rng, '####')}"


def _hetu(rng: random.Random) -> str:
    year, month, born = day(rng)
    body = f"{born:02}{month:02}{year % 100:02}{rng.randint(2, 899):03}"
    return f"{body[:6]}{'A' if year >= 2000 else '-'}{body[6:]}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(body) % 31]}"


def _rodne_cislo(rng: random.Random) -> str:
    def make(rng: random.Random) -> str | None:
        year, month, born = rng.randint(1954, 1999), *day(rng)[1:]
        body = f"{year % 100:02}{month + rng.choice((0, 50)):02}{born:02}{pattern(rng, '###')}"
        rest = int(body) % 11
        return None if rest == 10 else f"{body[:6]}/{body[6:]}{rest}"

    return _until(rng, make)


def _kimlik(rng: random.Random) -> str:
    body = digits(rng, 9)
    tenth = (7 * sum(map(int, body[0::2])) - sum(map(int, body[1:8:2]))) % 10
    return f"{body}{tenth}{(sum(map(int, body)) + tenth) % 10}"


def _snils(rng: random.Random) -> str:
    return f"{pattern(rng, '###-###-###')} {pattern(rng, '##')}"


def _rrn(rng: random.Random) -> str:
    year, month, born = rng.randint(1950, 1999), *day(rng)[1:]
    return f"{year % 100:02}{month:02}{born:02}-{rng.choice('12')}{pattern(rng, '######')}"


def _shenfenzheng(rng: random.Random) -> str:
    year, month, born = day(rng)
    body = f"{rng.choice(('110101', '310115', '440305', '510107'))}{year}{month:02}{born:02}{pattern(rng, '###')}"
    return body + "10X98765432"[weighted(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11]


def _cpf(rng: random.Random) -> str:
    body = digits(rng, 9)
    for size in (9, 10):
        body += str(weighted(body, tuple(range(size + 1, 1, -1))) * 10 % 11 % 10)
    return rng.choice((f"{body[:3]}.{body[3:6]}.{body[6:9]}-{body[9:]}", body))


#: Own form or check, so that a carrier without a label may hold it too: (maker, languages).
SELF: dict[str, Callable[[random.Random], str]] = {
    "SSN": _ssn, "NINO": _nino, "codice fiscale": _codice_fiscale, "DNI": _dni, "NIE": _nie, "rijksregisternummer": _rijksregister,
    "PESEL": _pesel, "personnummer": _personnummer, "CPR-nummer": _cpr, "henkilötunnus": _hetu, "rodné číslo": _rodne_cislo,
    "TC kimlik no": _kimlik, "СНИЛС": _snils, "주민등록번호": _rrn, "身份证号": _shenfenzheng, "CPF": _cpf, "fødselsnummer": _fodselsnummer,
    "numéro de sécurité sociale": _nir, "Steuer-ID": _steuer_id,
}  # fmt: skip
#: Label -> form, where the number looks like any other and only its label tells.
LABELLED = {
    "SIN": "", "BSN": "", "EIN": "##-#######", "ITIN": "9##-##-####", "UTR": "%#########", "TFN": "%## ### ###", "ABN": "## ### ### ###",
    "IRD number": "%##-###-###", "PPS number": "#######A", "PPSN": "#######AA", "Sozialversicherungsnummer": "## ###### A ###", "SVNR": "#### ######",
    "Personalausweis": "L*******#", "Ausweisnummer": "T########", "Steuernummer": "##/###/#####", "numéro fiscal": "%## ### ### ###",
    "carte d'identité": "############", "AHV-Nummer": "756.####.####.##", "NIF": "%########", "NISS": "%##########", "partita IVA": "###########",
    "carta d'identità": "CA#####AA", "NIP": "###-###-##-##", "REGON": "%########", "dowód osobisty": "AAA######", "organisationsnummer": "55####-####",
    "Y-tunnus": "#######-#", "IČO": "########", "DIČ": "CZ########", "občanský průkaz": "#########", "VKN": "%#########", "ИНН": "%###########",
    "паспорт": "## ## ######", "ОГРН": "1############", "РНОКПП": "%#########", "マイナンバー": "####-####-####", "個人番号": "%###########",
    "사업자등록번호": "###-##-#####", "외국인등록번호": "9#0#1#-5######", "統一編號": "########", "Aadhaar": "%### #### ####", "PAN": "AAAPA####A",
    "voter id": "AAA#######", "GSTIN": "27AAAPA####A1Z#", "NRIC": "S#######A", "FIN": "G#######A", "MyKad": "9#0#1#-##-####", "KTP": "32##############",
    "NIK": "%###############", "NPWP": "##.###.###.#-###.###", "CCCD": "0###########", "TIN": "###-###-###-###", "PhilSys": "####-####-####-####",
    "NIN": "%##########", "BVN": "22#########", "HKID": "A######(#)", "CNIC": "#####-#######-#", "Emirates ID": "784-19##-#######-#", "Iqama": "2#########",
    "Teudat Zehut": "########%", "ΑΦΜ": "#########", "ΑΜΚΑ": "%##########", "ЕГН": "%#########", "CNP": "1%##########%", "OIB": "%##########",
    "JMBG": "%############", "EMŠO": "%############", "isikukood": "3##########", "asmens kodas": "3##########", "personas kods": "0#####-#####",
    "személyi szám": "1-##0#1#-####", "adóazonosító": "8#########", "TAJ": "### ### ###", "kennitala": "0#1###-####", "CNPJ": "##.###.###/0001-##", "RG": "##.###.###-#",
    "CURP": "AAAA##0#1#HDFAAA0#", "RFC": "AAAA##0#1#***", "CUIT": "20-########-#", "RUT": "%#.###.###-#", "cédula": "%.###.###.###", "RUC": "%##########",
    "South African ID": "%############", "national ID": "%########", "tax id": "%#########", "identity number": "A########", "เลขประจำตัวประชาชน": "#-####-#####-##-#",
}  # fmt: skip


def identity(rng: random.Random) -> tuple[str, str, bool]:
    """(label, value, does the value tell itself)."""
    if rng.random() < 0.45:
        label = rng.choice(sorted(SELF))
        return label, SELF[label](rng), True
    label = rng.choice(sorted(LABELLED))
    if label == "SIN":
        return label, _sin(rng), False
    if label == "BSN":
        return label, _bsn(rng), False
    return label, pattern(rng, LABELLED[label]), False
