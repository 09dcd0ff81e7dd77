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
from agent.redaction.kinds import ID, MEDICAL, PLATE
from agent.redaction.view import Span, View

_SHAPE: Final = str.maketrans({**dict.fromkeys(ascii_lowercase, "a"), **dict.fromkeys(digits, "0")})

_Forms = tuple[tuple[str, Callable[[str], bool], str], ...]
#: Shapes, what else must hold, kind.
_FORMS: Final[_Forms] = (
    ("000-00-0000|000 00 0000", checks.social_security, ID),  # United States: SSN, ITIN
    ("000-000-000|000 000 000", checks.luhn, ID),  # Canada: SIN
    ("aa000000a|aa 00 00 00 a", checks.anything, ID),  # United Kingdom: NINO
    ("aaaaaa00a00a000a", checks.italy, ID),  # Italy: codice fiscale
    ("00000000a|00000000-a", checks.spain, ID),  # Spain: DNI
    ("a0000000a|a-0000000-a|a0000000-a", lambda value: checks.singapore(value) or checks.spain(value), ID),  # NRIC, NIE
    ("000000-000a|000000a000a|000000a0000|000000+000a", checks.born_first, ID),  # Finland
    ("000000000000000000|00000000000000000a", checks.china, ID),  # China
    ("000000-0000000", checks.born_first, ID),  # Korea
    ("0000000000000", lambda value: checks.korea(value) or checks.romania(value) or checks.switzerland(value), ID),
    ("000.000.000-00|00.000.000/0000-00", checks.anything, ID),  # Brazil: CPF, CNPJ
    ("00.000.000-0|0.000.000-0|00.000.000-a", checks.anything, ID),  # Chile: RUT
    ("00-00000000-0", checks.anything, ID),  # Argentina: CUIT
    ("aaaa000000aaaaaa00|aaaa000000aaaaaaa0", checks.mexico, ID),  # Mexico: CURP
    ("aaaaa0000a", checks.india_pan, ID),  # India: PAN
    ("0000 0000 0000|0000-0000-0000", checks.aadhaar, ID),  # India: Aadhaar
    ("00000000-0000|000000-0000", checks.born_first, ID),  # Sweden, Denmark
    (
        "00000000000",  # Poland, Norway, Turkey, Germany, Brazil
        lambda value: (
            checks.pesel(value)
            or checks.norway(value)
            or checks.turkey(value)
            or checks.germany_tax(value)
            or checks.brazil(value)
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
    ("aa00 aaa", lambda value: value[2] in "0125678", PLATE),  # United Kingdom since 2001
)
_BY_SHAPE: Final = {shape: (check, kind) for shapes, check, kind in _FORMS for shape in shapes.split("|")}
_ALTERNATIVES: Final = "|".join(re.escape(shape) for shape in sorted(_BY_SHAPE, key=len, reverse=True))
_ANY: Final = re.compile(rf"(?<![a0_./+-])(?=a{{0,6}}-?0)(?:{_ALTERNATIVES})(?![a0_])(?![./-]0)")
_CAPITALS: Final = frozenset({"aaaaa0000a", "aa00 aaa", "aa000000a", "a0000000a"})


class Identity:
    """Finds numbers of persons by their form."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        if not view.digits:
            return
        folded = view.folded
        shapes = folded.translate(_SHAPE)
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
