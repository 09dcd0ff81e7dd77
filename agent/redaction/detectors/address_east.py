"""Postal addresses of China, Japan and Korea: from the largest part to the smallest, or announced."""

# ruff: noqa: E501  # alternatives in groups read better than wrapped ones

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction.kinds import ADDRESS
from agent.redaction.view import Span, View

_EAST: Final = re.compile(
    r"(?:〒? ?\d{3}-\d{4}[ \n]{1,2})?(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区|市|都|道|府|県|縣|郡|区|區|县|町|村|旗)){1,5}[\u3040-\u30ff\u4e00-\u9fffA-Za-z]{0,16}?"
    r"(?:[\u4e00-\u9fff]{1,6}(?:路|街|巷|弄|道|大道|胡同|村))?[\u3040-\u30ff\u4e00-\u9fff]{0,8}"
    r"(?:[\dA-Za-z]{1,5}(?:[-−丁目番地号條条段巷弄号楼座栋室层の東西南北]{1,3}\d{0,4}){1,6})?(?: ?[\u3040-\u30ff\u4e00-\u9fff]{2,20}\d{1,4}(?:号室)?)?(?: ?\d{6})?"
)
_ROAD: Final = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:路|街|巷|大道|胡同)[\dA-Za-z]{1,5}(?:号|座|栋|楼|室|弄)(?:[\dA-Za-z]{1,5}(?:号|座|栋|楼|室|单元)){0,3}(?: ?\d{6})?"
)
_EAST_END: Final = re.compile(r"[\d号座室楼栋丁目番地]")
_KOREA: Final = re.compile(
    r"(?:(?!주소|배송)[가-힣]{2,3} (?=[가-힣]{1,4}[구군시] ))?(?:[가-힣]{2,8}(?:특별시|광역시|특별자치시|특별자치도|도|시) ){0,1}(?:[가-힣]{1,8}(?:시|군|구|읍|면|동) ?){0,3}[가-힣\d]{1,12}(?:로|길|동|가|리) ?\d{1,4}(?:-\d{1,4})?(?:번?길 ?\d{1,4})?"
    r"(?:[, ]{1,2}\(?[가-힣\d ]{2,16}(?:동|호|층|아파트)\)?){0,3}(?: ?\(\d{5}\))?"
)
_EAST_INTRO: Final = re.compile(
    r"(?:住所|地址|现居|住在|寄到|送到|收货地址|주소|배송지|거주지)(?:は|是|:|：|는|은)?\s{0,2}"
)
_EAST_BEFORE: Final = re.compile(
    r"(?:我|他|她|现)?(?:住在|居住在|家住|住)(?=.{4})|请?(?:寄|送|发)到|(?:住所|地址)[は是]?"
)
_EAST_VALUE: Final = re.compile(r"[^\n。，；;!?？！\"']{3,60}")
#: Without one of these there is nothing to look for.
CJK: Final = re.compile(r"[\u4e00-\u9fff\uac00-\ud7a3]")


def east(view: View) -> Iterator[Span]:
    """Every address in Han, Kana or Hangul, in code points of the text as typed."""
    text = view.text
    for pattern in (_EAST, _ROAD, _KOREA):
        for match in pattern.finditer(text):
            value = match.group()
            if (
                len(value) >= 5
                and (any(map(str.isdigit, value)) or value[-1] in "号座室楼栋")
                and _EAST_END.search(value)
            ):
                told = _EAST_BEFORE.match(value)
                first = match.start() + (told.end() if told else 0)
                yield Span(first, match.start() + len(value.rstrip()), ADDRESS)
    for intro in _EAST_INTRO.finditer(text):
        told = _EAST_VALUE.match(text, intro.end())
        if told and any(char.isdigit() or char in "市区县路街町村구시로동座号" for char in told.group()):
            yield Span(told.start(), told.end(), ADDRESS)
