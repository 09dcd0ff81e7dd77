"""Every type a datum passes through, in order, with who makes it and who takes it.

A ``Raw`` value may hold what somebody typed. It cannot be printed, formatted, pickled or copied;
its content comes out only through ``expose()``, which only the raw zone may call (assembly, actions,
exclusion, redaction; an AST test guards that). What leaves the raw zone is ``Redacted`` or ``Dropped``.

========== ======================= ===========================
type       made only in            taken by
========== ======================= ===========================
RawOwner   native                  redaction
RawFocus   native                  pipeline
RawField   native                  pipeline
RawKey     native                  pipeline
RawPointer native                  pipeline
RawControl native                  pipeline
RawTitle   native                  pipeline
RawPage    native                  pipeline
RawCommit  native                  pipeline
RawCaret   native                  pipeline
Attributed pipeline                gate
Admitted   gate                    assembly, actions
Dropped    gate, pipeline          the live view (counts only)
RawText    assembly                redaction
RawAction  actions                 redaction
Redacted   redaction, buffer       buffer, review
Stored     buffer                  review
Approved   review                  seal
Sealed     seal                    upload
========== ======================= ===========================
"""

from __future__ import annotations

from agent.records.base import (
    CATEGORIES,
    RECORD_FORMAT,
    Category,
    Cell,
    Dropped,
    Program,
    Reason,
    Secure,
)
from agent.records.kept import (
    Action,
    Approved,
    Kind,
    Redacted,
    Removed,
    Sealed,
    State,
    Stored,
)
from agent.records.raw import (
    Admitted,
    Attributed,
    Raw,
    RawAction,
    RawCaret,
    RawCommit,
    RawControl,
    RawDataLeak,
    RawEvent,
    RawField,
    RawFocus,
    RawKey,
    RawOwner,
    RawPage,
    RawPointer,
    RawText,
    RawTitle,
)

__all__ = [
    "CATEGORIES",
    "RECORD_FORMAT",
    "Action",
    "Admitted",
    "Approved",
    "Attributed",
    "Category",
    "Cell",
    "Dropped",
    "Kind",
    "Program",
    "Raw",
    "RawAction",
    "RawCaret",
    "RawCommit",
    "RawControl",
    "RawDataLeak",
    "RawEvent",
    "RawField",
    "RawFocus",
    "RawKey",
    "RawOwner",
    "RawPage",
    "RawPointer",
    "RawText",
    "RawTitle",
    "Reason",
    "Redacted",
    "Removed",
    "Sealed",
    "Secure",
    "State",
    "Stored",
]
