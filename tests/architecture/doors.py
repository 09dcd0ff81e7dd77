"""The doors between the stages, as rules over syntax trees. Each rule returns one line per violation.

Import contracts see imports; these rules see calls: who makes which type, who opens a raw value, who writes a file.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TypeAlias

from agent import records
from tests.architecture.source import Module

Rule: TypeAlias = Callable[[Module], Iterator[str]]

#: Only here may a raw value be opened.
OPENERS = ("agent/assembly", "agent/actions", "agent/exclusion", "agent/redaction")

#: No IO, no logging, no text of exceptions.
RAW_ZONE = ("agent/records", "agent/pipeline", "agent/gate", *OPENERS)

#: Where each type may be made.
MAKERS = {
    "RawKey": ("agent/native",),
    "RawOwner": ("agent/native",),
    "RawFocus": ("agent/native",),
    "RawField": ("agent/native",),
    "RawPointer": ("agent/native",),
    "RawControl": ("agent/native",),
    "RawTitle": ("agent/native",),
    "RawPage": ("agent/native",),
    "RawCommit": ("agent/native",),
    "RawCaret": ("agent/native",),
    "Attributed": ("agent/pipeline",),
    "Admitted": ("agent/gate",),
    "RawText": ("agent/assembly",),
    "RawAction": ("agent/actions",),
    "Redacted": ("agent/redaction", "agent/buffer"),
    "Stored": ("agent/buffer",),
    "Approved": ("agent/review",),
    "Sealed": ("agent/seal",),
}

#: Who may write files.
WRITERS = (
    "agent/vault/database",
    "agent/buffer",
    "agent/profile",
    "agent/ledger",
    "agent/upload",
    "agent/organisation",
    "agent/rights",
)

# Making a folder is not among them: it holds nothing yet.
_WRITING_METHODS = {
    "write_text", "write_bytes", "touch", "symlink_to", "hardlink_to", "rmdir", "unlink",
}  # fmt: skip
_WRITING_FUNCTIONS = {
    "os.open", "os.replace", "os.rename", "os.renames", "os.link", "os.symlink",
    "os.remove", "os.unlink", "os.truncate", "os.mkfifo", "os.mknod", "os.memfd_create", "os.rmdir", "os.chmod",
    "shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.copytree", "shutil.move", "shutil.rmtree",
    "sqlite3.connect", "mmap.mmap",
}  # fmt: skip
_READING_FLAGS = {
    f"os.O_{name}" for name in ("RDONLY", "CLOEXEC", "NOCTTY", "NONBLOCK", "NOFOLLOW", "DIRECTORY", "PATH")
}
_OPENS = {"open", "io.open", "codecs.open", "gzip.open", "bz2.open", "lzma.open"}
_SPEAKERS = {"print", "input", "breakpoint"}


def dotted(node: ast.expr) -> str:
    """``a.b.c`` for names and attributes, else an empty string."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            before = dotted(value)
            return f"{before}.{attr}" if before else ""
    return ""


def _calls(module: Module) -> Iterator[tuple[ast.Call, str]]:
    """Calls with the full name of what is called, where imports tell it."""
    names: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names.update({alias.asname or alias.name: alias.name for alias in node.names})
        elif isinstance(node, ast.ImportFrom):
            names.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            head, _, rest = name.partition(".")
            full = names.get(head, head)
            yield node, f"{full}.{rest}" if rest else full


def _at(module: Module, node: ast.expr | ast.stmt | ast.excepthandler, what: str) -> str:
    return f"{module.path}:{node.lineno}: {what}"


def opens_raw(module: Module) -> Iterator[str]:
    """``expose`` as a call or as a value handed on, outside the raw zone."""
    if module.within(*OPENERS):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr == "expose":
            yield _at(module, node, "opens a raw value outside assembly, actions, exclusion and redaction")
        if isinstance(node, ast.Constant) and node.value == "expose":
            yield _at(module, node, "names the opener of raw values, as for getattr")


def makes_foreign_type(module: Module) -> Iterator[str]:
    """A type of the way made by somebody else than its maker; ``replace`` and ``__new__`` count."""
    for node, name in _calls(module):
        made = name.rsplit(".", 1)[-1]
        if made in {"__new__", "_make"} and isinstance(node.func, ast.Attribute):
            made = dotted(node.func.value).rsplit(".", 1)[-1]
            if made in {"object", "super"} and node.args:
                made = dotted(node.args[0]).rsplit(".", 1)[-1]
        if made in MAKERS and not module.within(*MAKERS[made]):
            yield _at(module, node, f"makes {made}, which only {' and '.join(MAKERS[made])} may")
        if name in {"dataclasses.replace", "copy.replace"} and not module.within(
            "agent/redaction", "agent/buffer", "agent/consent", "agent/policy", "agent/ledger", "agent/profile"
        ):
            # What is replaced cannot be told from the tree, so whoever holds records goes through their maker.
            # Raw types are no dataclasses: replace() itself refuses them.
            values = {name for name in MAKERS if not issubclass(getattr(records, name), records.Raw)}
            holds = {alias.name for part in _from_records(module) for alias in part.names} & values
            if holds:
                yield _at(module, node, f"replace() where {', '.join(sorted(holds))} pass by")


def _from_records(module: Module) -> Iterator[ast.ImportFrom]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("agent.records"):
            yield node


def writes_file(module: Module) -> Iterator[str]:
    """Anything that can leave bytes on a disk, outside the few that may."""
    if module.within(*WRITERS):
        return
    for node, name in _calls(module):
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name in _OPENS and _mode(node, 1) is not None:
            yield _at(module, node, f"opens a file with mode {_mode(node, 1)}")
        elif method == "open" and name not in _OPENS and name != "os.open" and _mode(node, 0) is not None:
            yield _at(module, node, f"opens a file with mode {_mode(node, 0)}")
        elif method in _WRITING_METHODS:
            yield _at(module, node, f"calls {method}")
        elif name == "os.open" and len(node.args) > 1 and _only_reads(node.args[1]):
            continue
        elif name in _WRITING_FUNCTIONS or name.startswith("tempfile."):
            yield _at(module, node, f"calls {name}")


def _only_reads(flags: ast.expr) -> bool:
    """Is every flag of this ``os.open`` one that cannot change anything?"""
    if isinstance(flags, ast.BinOp) and isinstance(flags.op, ast.BitOr):
        return _only_reads(flags.left) and _only_reads(flags.right)
    return dotted(flags) in _READING_FLAGS


def _mode(call: ast.Call, place: int) -> str | None:
    """The mode if it may write (or cannot be told); None for reading."""
    given = call.args[place] if len(call.args) > place else None
    for keyword in call.keywords:
        if keyword.arg == "mode":
            given = keyword.value
    if given is None:
        return None
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return given.value if set(given.value) & set("wax+") else None
    return "unknown" if place == 1 else None


def speaks_in_raw_zone(module: Module) -> Iterator[str]:
    """print, logging, files, or the text of a caught exception where raw content passes."""
    if not module.within(*RAW_ZONE):
        return
    for node, name in _calls(module):
        if name in _SPEAKERS or name.startswith(("logging.", "warnings.", "sys.", "traceback.")):
            yield _at(module, node, f"calls {name} where raw content passes")
        if name in _OPENS | {"__import__", "eval", "exec", "vars", "globals", "importlib.import_module"}:
            yield _at(module, node, f"calls {name} where raw content passes")
    for handler in ast.walk(module.tree):
        if isinstance(handler, ast.ExceptHandler):
            yield from _uses_exception(module, handler)


def _uses_exception(module: Module, handler: ast.ExceptHandler) -> Iterator[str]:
    for node in ast.walk(handler):
        if handler.name and isinstance(node, ast.Name) and node.id == handler.name:
            yield _at(module, node, "uses a caught exception: its text may carry what was typed")
        if isinstance(node, ast.Raise) and node.exc is not None and not _from_none(node):
            yield _at(module, node, "raises without 'from None': the first exception may carry what was typed")


def _from_none(node: ast.Raise) -> bool:
    return isinstance(node.cause, ast.Constant) and node.cause.value is None


def catches_everything(module: Module) -> Iterator[str]:
    """``except:``, ``except Exception`` and the like that do not raise again, and suppress() of them."""
    broad = {"Exception", "BaseException"}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = {dotted(kind) if kind is not None else "BaseException" for kind in kinds}
            last = node.body[-1]
            if names & broad and not isinstance(last, ast.Raise):
                yield _at(module, node, "catches everything and goes on")
    for call, name in _calls(module):
        if name == "contextlib.suppress" and {dotted(arg) for arg in call.args} & broad:
            yield _at(module, call, "suppresses everything")


def dumps_memory(module: Module) -> Iterator[str]:
    """Ways past a repr that refuses: pickling, and walking all objects."""
    for node, name in _calls(module):
        if name.startswith(("pickle.", "marshal.", "shelve.", "gc.get_", "faulthandler.")):
            yield _at(module, node, f"calls {name}")


def prints(module: Module) -> Iterator[str]:
    """print anywhere in the engine; commands for people are the exception."""
    if module.within("agent/cli", "agent/organisation"):
        return
    for node, name in _calls(module):
        if name in {"print", "pprint.pprint"}:
            yield _at(module, node, "prints; the engine speaks to its window only")


def opens_address(module: Module) -> Iterator[str]:
    """Of urllib only what takes addresses apart."""
    for node in ast.walk(module.tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if name.split(".")[0] == "urllib" and not f"{name}.".startswith("urllib.parse."):
                yield f"{module.path}:{node.lineno}: imports {name}"


RULES: tuple[Rule, ...] = (
    opens_raw,
    makes_foreign_type,
    writes_file,
    speaks_in_raw_zone,
    catches_everything,
    dumps_memory,
    prints,
    opens_address,
)


def violations(module: Module) -> list[str]:
    """Everything wrong with one module of the engine."""
    return [line for rule in RULES for line in rule(module)]
