"""Check digits of numbers that authorities issue: a check lowers what else is asked for and never vetoes a label.

Each takes the value as matched, folded, with its separators, and says whether its check digit (or birth date) fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final


def _digits(value: str) -> list[int]:
    return [ord(char) - 48 for char in value if "0" <= char <= "9"]


def _weighted(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def _dated(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def luhn(value: str) -> bool:
    """ISO/IEC 7812-1, annex B; also Swedish personnummer (without century), Canadian SIN, IMEI."""
    digits = _digits(value)
    if len(digits) == 12:
        digits = digits[2:]
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0 and any(digits)


def pesel(value: str) -> bool:
    """Poland: PESEL, with a month that codes the century."""
    d = _digits(value)
    month = (d[2] * 10 + d[3]) % 20
    return _dated(month, d[4] * 10 + d[5]) and _weighted(d, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0


def norway(value: str) -> bool:
    """Norway: fødselsnummer with its two check digits."""
    d = _digits(value)
    if not _dated((d[2] * 10 + d[3]) % 40, (d[0] * 10 + d[1]) % 40):
        return False
    first = _weighted(d, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11
    return first == 0 and _weighted(d, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def turkey(value: str) -> bool:
    """Turkey: T.C. kimlik numarası."""
    d = _digits(value)
    tenth = (7 * sum(d[0:9:2]) - sum(d[1:8:2])) % 10
    return d[0] != 0 and d[9] == tenth and d[10] == sum(d[:10]) % 10


def korea(value: str) -> bool:
    """Korea: resident registration number, issued with a check digit until 2020."""
    d = _digits(value)
    return _dated(d[2] * 10 + d[3], d[4] * 10 + d[5]) and (
        (11 - _weighted(d, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)) % 11) % 10 == d[12]
    )


def romania(value: str) -> bool:
    """Romania: CNP."""
    d = _digits(value)
    rest = _weighted(d, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return _dated(d[3] * 10 + d[4], d[5] * 10 + d[6]) and d[12] == (1 if rest == 10 else rest)


def china(value: str) -> bool:
    """China: the birth date inside the 18 characters; the last is not asked for."""
    d = value[6:14]
    return d[:2] in {"19", "20"} and _dated(int(d[4:6]), int(d[6:8]))


def born_first(value: str) -> bool:
    """A number that begins with year, month and day (Korea, Sweden) or day, month and year (Denmark, Finland)."""
    d = _digits(value)
    if len(d) == 12:
        d = d[2:]
    middle = d[2] * 10 + d[3]
    return 1 <= middle <= 12 and (1 <= d[4] * 10 + d[5] <= 31 or 1 <= d[0] * 10 + d[1] <= 31)


def czech(value: str) -> bool:
    """Czechia and Slovakia: rodné číslo, with women's months 50 higher."""
    d = _digits(value)
    return _dated((d[2] * 10 + d[3]) % 50 % 20, d[4] * 10 + d[5])


_SPAIN: Final = "trwagmyfpdxbnjzsqvhlcke"


def spain(value: str) -> bool:
    """Spain: the letter of DNI and NIE."""
    core = value.replace("-", "").replace(" ", "")
    number = core[:-1].replace("x", "0").replace("y", "1").replace("z", "2")
    return number.isdigit() and core[-1] == _SPAIN[int(number) % 23]


def singapore(value: str) -> bool:
    """Singapore: the first letter of NRIC and FIN."""
    return value[0] in "stfgm"


def india_pan(value: str) -> bool:
    """India: the fourth letter of PAN says what the holder is."""
    return value[3] in "abcfghljpt"


def social_security(value: str) -> bool:
    """United States: numbers that were never issued are somebody's typing mistake still, all zeros are not."""
    d = "".join(char for char in value if char.isdigit())
    return d[3:5] != "00" and d[5:] != "0000" and d[:3] != "000"


def mexico(value: str) -> bool:
    """Mexico: sex and birth date inside CURP."""
    return _dated(int(value[6:8]), int(value[8:10])) and value[10] in "hmx"


def italy(value: str) -> bool:
    """Italy: month letter of the codice fiscale."""
    return value[8] in "abcdehlmprst"


def switzerland(value: str) -> bool:
    """Switzerland: AHV number, which always begins with 756."""
    return value.startswith("756")


def france(value: str) -> bool:
    """France: NIR, sex and month; with a key of two digits, the key."""
    d = "".join(char for char in value if char.isalnum()).replace("2a", "19").replace("2b", "18")
    if not d.isdigit() or d[0] not in "12378" or not (1 <= int(d[3:5]) <= 12 or int(d[3:5]) >= 20):
        return False
    return len(d) == 13 or 97 - int(d[:13]) % 97 == int(d[13:])


_VERHOEFF_D: Final = [
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
]
_VERHOEFF_P: Final = [
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
]


def aadhaar(value: str) -> bool:
    """India: Aadhaar, Verhoeff's check."""
    check = 0
    for place, digit in enumerate(reversed(_digits(value))):
        check = int(_VERHOEFF_D[check][int(_VERHOEFF_P[place % 8][digit])])
    return check == 0


def germany_tax(value: str) -> bool:
    """Germany: tax identification number, ISO 7064 mod 11,10, one digit twice or thrice among the first ten."""
    d = _digits(value)
    if d[0] == 0 or len(set(d[:10])) not in {8, 9}:
        return False
    product = 10
    for digit in d[:10]:
        total = (digit + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == d[10]


def brazil(value: str) -> bool:
    """Brazil: CPF with its two check digits."""
    d = _digits(value)
    if len(set(d)) == 1:
        return False
    return all(_weighted(d, range(size + 1, 1, -1)[:size]) * 10 % 11 % 10 == d[size] for size in (9, 10))


def born_inside(value: str) -> bool:
    """Six digits with a date among them: Malaysia (year first), Latvia (day first), Hungary (after the first digit)."""
    d = _digits(value)
    if value[1] == "-":
        d = d[1:]
    middle = d[2] * 10 + d[3]
    return 1 <= middle <= 12 and (1 <= d[4] * 10 + d[5] <= 31 or 1 <= d[0] * 10 + d[1] <= 31)


def long_births(value: str) -> bool:
    """Thirteen digits: Korea, Romania, Switzerland, the republics of former Yugoslavia, South Africa."""
    d = _digits(value)
    if _dated(d[2] * 10 + d[3], d[0] * 10 + d[1]) and d[4] in {0, 9}:
        rest = 11 - _weighted(d, (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
        if rest % 11 == d[12] or (rest == 10 and d[12] == 0):
            return True
    south_africa = _dated(d[2] * 10 + d[3], d[4] * 10 + d[5]) and d[10] < 2 and luhn(value)
    return south_africa or korea(value) or romania(value) or switzerland(value)


def baltic(value: str) -> bool:
    """Estonia and Lithuania: sex and century, birth date, check digit in two steps."""
    d = _digits(value)
    if not 1 <= d[0] <= 6 or not _dated(d[3] * 10 + d[4], d[5] * 10 + d[6]):
        return False
    rest = _weighted(d, (1, 2, 3, 4, 5, 6, 7, 8, 9, 1)) % 11
    if rest == 10:
        rest = _weighted(d, (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)) % 11 % 10
    return rest == d[10]


def belgium(value: str) -> bool:
    """Belgium: 97 less the rest of the first nine digits, a 2 before them for people born since 2000."""
    body, check = value[:9], int(value[9:])
    return _dated(int(value[2:4]), int(value[4:6])) and check in {97 - int(body) % 97, 97 - int("2" + body) % 97}


def greece(value: str) -> bool:
    """Greece: AMKA, birth date and Luhn's check digit."""
    return _dated(int(value[2:4]), int(value[:2])) and luhn(value)


def sweden_long(value: str) -> bool:
    """Sweden: twelve digits with the century, without the dash."""
    return value[:2] in {"19", "20"} and _dated(int(value[4:6]), int(value[6:8])) and luhn(value)


def australia(value: str) -> bool:
    """Australia: ABN, one less at the first digit, weights, modulus 89."""
    d = _digits(value)
    return (_weighted(d, (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)) - 10) % 89 == 0


def australia_tax(value: str) -> bool:
    """Australia: TFN, modulus 11."""
    return _weighted(_digits(value), (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0


def japan(value: str) -> bool:
    """Japan: the individual number's check digit, which is its last."""
    d = _digits(value)
    rest = _weighted(d, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return d[11] == (0 if rest <= 1 else 11 - rest)


def taiwan(value: str) -> bool:
    """Taiwan: the letter stands for two digits, the second is the sex."""
    first = "abcdefghjklmnpqrstuvxywzio".find(value[0]) + 10
    d = [first // 10, first % 10, *_digits(value)]
    return first >= 10 and d[2] in {1, 2, 8, 9} and _weighted(d, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0


def korea_business(value: str) -> bool:
    """Korea: the registration number of a business."""
    d = _digits(value)
    total = _weighted(d, (1, 3, 7, 1, 3, 7, 1, 3, 5)) + d[8] * 5 // 10
    return (10 - total % 10) % 10 == d[9]


def united_kingdom_licence(value: str) -> bool:
    """United Kingdom: the birth inside a driver number, 50 added to a woman's month; the surname filled up with 9."""
    core = value.replace(" ", "")
    return _dated(int(core[6:8]) % 50, int(core[8:10])) and not core[:5].rstrip("9").isdigit() and core[13] != "0"


def anything(value: str) -> bool:
    """The form alone says it."""
    return bool(value)
