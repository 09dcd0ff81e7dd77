"""Identity and tax numbers that their own form gives away, some with a check digit that lowers what is asked for.

Forms and checks as published by the issuing authorities; each line says whose. Digits become 0 and Latin letters a, so
that one expression over the shapes finds every candidate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from string import ascii_lowercase, digits
from typing import Final

from agent.redaction import checks
from agent.redaction.detectors.edges import joined, open_digits
from agent.redaction.kinds import ID, LICENCE, MEDICAL, PASSPORT, PLATE
from agent.redaction.view import Span, View

_SHAPE: Final = str.maketrans({**dict.fromkeys(ascii_lowercase, "a"), **dict.fromkeys(digits, "0")})

#: Surname filled up with 9, birth, initials, computer characters; also in three groups.
_DVLA: Final = "|".join(
    f"{name}{gap}000000{gap}{initials}{last}"
    for name in ("aaaaa", "aaaa0", "aaa00", "aa000")
    for gap in ("", " ")
    for initials in ("aa", "a0")
    for last in ("0aa", "aaa")
)

_Forms = tuple[tuple[str, Callable[[str], bool], str], ...]
#: Shapes, what else must hold, kind.
_FORMS: Final[_Forms] = (
    ("000-00-0000|000 00 0000", checks.social_security, ID),  # United States: SSN, ITIN
    ("000-000-000|000 000 000", lambda value: checks.luhn(value) or checks.australia_tax(value), ID),  # SIN, TFN
    ("000-000-000-000", checks.anything, ID),  # Philippines: TIN
    ("00 000 000 000", lambda value: checks.germany_tax(value) or checks.australia(value), ID),  # Germany, ABN
    ("000000-00-0000|0-000000-0000|000000-00000", checks.born_inside, ID),  # Malaysia, Hungary, Latvia
    ("000-0000-0000000-0|00000-0000000-0|000-0000000-0", checks.anything, ID),  # Emirates, Pakistan, Dominican Republic
    ("00.000.000.0-000.000", checks.anything, ID),  # Indonesia: NPWP
    ("a000000(0)", checks.anything, ID),  # Hong Kong
    ("a000000000", checks.taiwan, ID),
    ("000-00-00000", checks.korea_business, ID),
    ("000000000000", checks.sweden_long, ID),
    ("aa000000a|aa 00 00 00 a", checks.anything, ID),  # United Kingdom: NINO
    ("aaaaaa00a00a000a", checks.italy, ID),  # Italy: codice fiscale
    ("00000000a|00000000-a", checks.spain, ID),  # Spain: DNI
    ("a0000000a|a-0000000-a|a0000000-a", lambda value: checks.singapore(value) or checks.spain(value), ID),  # NRIC, NIE
    ("000000-000a|000000a000a|000000a0000|000000+000a", checks.born_first, ID),  # Finland
    ("000000000000000000|00000000000000000a", checks.china, ID),  # China
    ("000000-0000000", checks.born_first, ID),  # Korea
    ("0000000000000", checks.long_births, ID),
    ("000.000.000-00|00.000.000/0000-00", checks.anything, ID),  # Brazil: CPF, CNPJ
    ("00.000.000-0|0.000.000-0|00.000.000-a", checks.anything, ID),  # Chile: RUT
    ("00-00000000-0", checks.anything, ID),  # Argentina: CUIT
    ("aaaa000000aaaaaa00|aaaa000000aaaaaaa0", checks.mexico, ID),  # Mexico: CURP
    ("aaaaa0000a", checks.india_pan, ID),  # India: PAN
    ("0000 0000 0000|0000-0000-0000", lambda value: checks.aadhaar(value) or checks.japan(value), ID),  # India, Japan
    ("00000000-0000|000000-0000|000000+0000", checks.born_first, ID),  # Sweden, Denmark
    (
        "00000000000",  # Poland, Norway, Turkey, Germany, Brazil
        lambda value: (
            checks.pesel(value)
            or checks.norway(value)
            or checks.turkey(value)
            or checks.germany_tax(value)
            or checks.brazil(value)
            or checks.baltic(value)
            or checks.belgium(value)
            or checks.greece(value)
        ),
        ID,
    ),
    ("000000/0000|000000/000", checks.czech, ID),  # Czechia, Slovakia
    ("0 00 00 00 000 000 00|0 00 00 00 000 000|0 00 00 0a 000 000 00|000000000000000", checks.france, ID),  # France
    ("000.0000.0000.00", checks.switzerland, ID),  # Switzerland: AHV
    ("00.00.00-000.00|00.00.00-000-00", checks.anything, ID),  # Belgium
    ("0-0000-00000-00-0", checks.anything, ID),  # Thailand
    ("000-000-000 00|000-000-000-00", checks.anything, ID),  # Russia: SNILS
    ("0a00-aa0-aa00|0aa0-aa0-aa00|0a00-a00-aa00|0aa0-a00-aa00", checks.anything, MEDICAL),  # US: Medicare
    ("0a00aa0aa00|0aa0aa0aa00|0a00a00aa00|0aa0a00aa00", checks.anything, MEDICAL),  # the same without dashes
    ("a000-0000-0000|a000-0000-0000-00|a000-000-00-000-0|a0000-00000-00000", checks.anything, LICENCE),  # US states
    ("a0000 00000 00000|a-000-000-000-000|a 000 000 000 000|a000-000-000-000", checks.anything, LICENCE),
    (_DVLA, checks.united_kingdom_licence, LICENCE),
    ("aa00 aaa", lambda value: value[2] in "0125678", PLATE),  # United Kingdom since 2001
)
_BY_SHAPE: Final = {shape: (check, kind) for shapes, check, kind in _FORMS for shape in shapes.split("|")}
_ALTERNATIVES: Final = "|".join(re.escape(shape) for shape in sorted(_BY_SHAPE, key=len, reverse=True))
_ANY: Final = re.compile(rf"(?<![a0_./+-])(?=a{{0,6}}[- ]?0)(?:{_ALTERNATIVES})(?![a0_])(?![./-]0)")
_CAPITALS: Final = frozenset(
    {"aaaaa0000a", "aa00 aaa", "aa000000a", "a0000000a", "a000000000", "aa 00 00 00 a", "a 000 000 000 000"}
    | {"0a00aa0aa00", "0aa0aa0aa00", "0a00a00aa00", "0aa0a00aa00"}
)
#: The machine readable zone of passports and cards, ICAO 9303: the line of names, the line of numbers, lines of cards.
_ZONE: Final = re.compile(
    r"(?<![a-z0-9<])(?:[paciv][a-z<][a-z<]{3}[a-z]{1,36}<[a-z<]{4,38}<|[a-z0-9<]{9}[0-9<][a-z<]{3}\d{7}[mfx<]\d{7}[a-z0-9<]{2,16}"
    r"|[iac][a-z<][a-z<]{3}[a-z0-9<]{25}|\d{7}[mfx<]\d{7}[a-z<]{3}[a-z0-9<]{11}\d|[a-z]{2,20}<<[a-z<]{7,26}<)(?![a-z0-9<])"
)


class Identity:
    """Finds numbers of persons by their form."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        if not view.digits:
            return
        folded = view.folded
        shapes = folded.translate(_SHAPE)
        if "<" in folded:
            for line in _ZONE.finditer(folded):
                if len(line.group()) in {30, 36, 44} or line.group().count("<") > 2:
                    yield view.span(line.start(), line.end(), PASSPORT)
        for match in _ANY.finditer(shapes):
            start, end = match.span()
            check, kind = _BY_SHAPE[match.group()]
            value = folded[start:end]
            if joined(folded, end) or not check(value):
                continue
            if match.group() in _CAPITALS and not any(char.isupper() for char in view.cased[start:end]):
                continue
            yield view.span(start, end, kind)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``."""
        return open_digits(view)
