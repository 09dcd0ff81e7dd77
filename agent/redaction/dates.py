"""Dates as people write them, in folded form, with the names of the months in seventeen languages.

Source: Unicode CLDR, wide and abbreviated month names.
"""

from __future__ import annotations

import re
from typing import Final

from agent.redaction.view import fold

_NAMES: Final = """
    january february march april may june july august september october november december sept
    januar februar märz mai juni juli oktober dezember jänner
    janvier février mars avril juin juillet août septembre octobre novembre décembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
    januari februari maart mei augustus
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
    styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
    augusti marts
    tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta
    kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta
    joulukuuta tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
    ledna února března dubna května června července srpna září října listopadu prosince leden únor březen duben květen
    ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
    jan feb mar apr jun jul aug sep oct nov dec okt dez mrt ene abr ago dic gen mag giu lug set ott janv févr juil déc
"""

#: The same as words.
MONTH_NAMES: Final = frozenset(map(fold, _NAMES.split()))
#: One expression for all of them, the longest first.
MONTH: Final = (
    "(?:" + "|".join(sorted({fold(name) for name in _NAMES.split()}, key=lambda name: (-len(name), name))) + ")"
)
_MONTHS: Final = r"[^\W\d_]{3,12}\.?"
_SEP: Final = r"(?:[ ]{0,2}[./\-][ ]{0,2}|[ ]{1,2})"
#: A whole date.
DATE: Final = re.compile(
    rf"(?:\d{{1,2}}{_SEP}\d{{1,2}}{_SEP}(?:19|20)?\d\d(?!\d)"
    rf"|\d{{4}}{_SEP}\d{{1,2}}{_SEP}\d{{1,2}}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.|o|º|er)?[ .\-/]{{1,2}}(?:of |de |di )?"
    rf"{_MONTHS}[ ,.\-/]{{1,3}}(?:de |del |di )?\d{{2,4}}(?!\d)"
    rf"|{_MONTHS}[ .\-]{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?[ ,.\-]{{1,3}}\d{{4}}(?!\d)"
    r"|\d{4} ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일]?"
    r"|(?:19|20)\d{6}(?!\d)|\d{2}[01]\d[0-3]\d(?!\d)"
    r"|\d{4}(?:\u1102\u1167\u11ab) ?\d{1,2}\u110b\u116f\u11af ?\d{1,2}(?:\u110b\u1175\u11af)?)"
)
#: What remains of a date where the year or the day is left out; after a label that can mean nothing else.
PARTIAL: Final = re.compile(
    rf"(?:{MONTH}\.?,? (?:of |de )?(?:19|20)\d\d(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.|er)? ?(?:of |de )?{MONTH}(?![^\W_])|{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?![\d:])"
    r"|[01]?\d[./-](?:19|20)\d\d(?!\d)|[0-3]?\d[./-][01]?\d\.?(?![\d:])|(?:19|20)\d\d(?!\d))"
)
