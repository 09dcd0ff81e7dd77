"""Records to look at, waiting or sent: a list of them, and one of them readable and byte for byte."""

from ui.pages.record.beside import Beside
from ui.pages.record.list import RecordList
from ui.pages.record.rows import ROW, Line, RecordRows, below, title
from ui.pages.record.view import RecordView, ShownRecord

__all__ = ["ROW", "Beside", "Line", "RecordList", "RecordRows", "RecordView", "ShownRecord", "below", "title"]
