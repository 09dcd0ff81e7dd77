from __future__ import annotations

import pytest

from agent import records
from tests.architecture.doors import (
    MAKERS,
    RULES,
    Rule,
    catches_everything,
    dumps_memory,
    makes_foreign_type,
    opens_address,
    opens_raw,
    prints,
    speaks_in_raw_zone,
    violations,
    writes_file,
)
from tests.architecture.source import modules, parse


def test_every_door_is_guarded() -> None:
    found = [line for module in modules("agent") for line in violations(module)]
    assert not found, "\n" + "\n".join(found)


def test_the_window_never_catches_everything_and_never_pickles() -> None:
    rules = (opens_raw, catches_everything, dumps_memory)
    found = [line for module in modules("ui") for rule in rules for line in rule(module)]
    assert not found, "\n" + "\n".join(found)


# (rule, file, code that must be caught there)
PLANTED: list[tuple[Rule, str, str]] = [
    (opens_raw, "agent/engine/capture.py", "def sneak(raw):\n    return raw.expose()"),
    (opens_raw, "agent/gate.py", "def sneak(raw):\n    opener = raw.expose\n    return opener()"),
    (opens_raw, "agent/buffer/store.py", "def sneak(raw):\n    return getattr(raw, 'expose')()"),
    (opens_raw, "agent/gate_redaction.py", "def sneak(raw):\n    return raw.expose()"),
    *(
        (makes_foreign_type, "agent/upload.py", f"from agent.records import {name}\nsneak = {name}(1)")
        for name in sorted(MAKERS)
    ),
    (makes_foreign_type, "agent/review.py", "import agent.records as r\nsneak = r.Sealed('', b'', '', 0, ())"),
    (makes_foreign_type, "agent/upload.py", "from agent.records import Sealed as S\nsneak = S('', b'', '', 0, ())"),
    (makes_foreign_type, "agent/engine/a.py", "from agent.records import Redacted\nx = Redacted.__new__(Redacted)"),
    (makes_foreign_type, "agent/engine/a.py", "from agent.records import Redacted\nx = object.__new__(Redacted)"),
    (
        makes_foreign_type,
        "agent/upload.py",
        "from dataclasses import replace\nfrom agent.records import Sealed\nx = lambda s: replace(s, data=b'')",
    ),
    (writes_file, "agent/engine/a.py", "open('x', 'w')"),
    (writes_file, "agent/engine/a.py", "open('x', mode='r+b')"),
    (writes_file, "agent/engine/a.py", "def sneak(m):\n    open('x', m)"),
    (writes_file, "agent/engine/a.py", "from pathlib import Path\nPath('x').open('a')"),
    (writes_file, "agent/engine/a.py", "from pathlib import Path\nPath('x').write_text('y')"),
    (writes_file, "agent/review.py", "from pathlib import Path\nPath('x').write_bytes(b'y')"),
    (writes_file, "agent/native/x11/a.py", "import os\nos.open('x', 0)"),
    (writes_file, "agent/native/x11/a.py", "import os\nos.open('x', os.O_RDONLY | os.O_CREAT)"),
    (writes_file, "agent/native/x11/a.py", "from os import replace\nreplace('x', 'y')"),
    (writes_file, "agent/native/x11/a.py", "import os as system\nsystem.rename('x', 'y')"),
    (writes_file, "agent/engine/a.py", "import sqlite3\nsqlite3.connect('x')"),
    (writes_file, "agent/engine/a.py", "import tempfile\ntempfile.NamedTemporaryFile()"),
    (writes_file, "agent/engine/a.py", "from tempfile import mkstemp\nmkstemp()"),
    (writes_file, "agent/engine/a.py", "import shutil\nshutil.copyfile('x', 'y')"),
    (speaks_in_raw_zone, "agent/assembly.py", "print('x')"),
    (speaks_in_raw_zone, "agent/redaction/engine.py", "import logging\nlogging.info('x')"),
    (speaks_in_raw_zone, "agent/gate.py", "import sys\nsys.stderr.write('x')"),
    (speaks_in_raw_zone, "agent/pipeline/step.py", "open('x')"),
    (
        speaks_in_raw_zone,
        "agent/redaction/text.py",
        "try:\n    x()\nexcept ValueError as error:\n    y(f'failed: {error}')",
    ),
    (
        speaks_in_raw_zone,
        "agent/exclusion.py",
        "try:\n    x()\nexcept ValueError as error:\n    y(str(error))",
    ),
    (
        speaks_in_raw_zone,
        "agent/assembly.py",
        "try:\n    x()\nexcept ValueError:\n    raise RuntimeError('no')",
    ),
    (catches_everything, "agent/engine/a.py", "try:\n    x()\nexcept Exception:\n    pass"),
    (catches_everything, "agent/engine/a.py", "try:\n    x()\nexcept:\n    pass"),
    (catches_everything, "agent/engine/a.py", "try:\n    x()\nexcept (ValueError, BaseException):\n    pass"),
    (
        catches_everything,
        "agent/engine/a.py",
        "import contextlib\nwith contextlib.suppress(Exception):\n    x()",
    ),
    (dumps_memory, "agent/engine/a.py", "import pickle\npickle.dumps(1)"),
    (dumps_memory, "agent/engine/a.py", "from gc import get_objects\nget_objects()"),
    (prints, "agent/engine/a.py", "print('x')"),
    (opens_address, "agent/gate.py", "import urllib.request"),
    (opens_address, "agent/upload.py", "from urllib import request"),
    (opens_address, "agent/upload.py", "import urllib"),
]


@pytest.mark.parametrize(("rule", "path", "code"), PLANTED, ids=range(len(PLANTED)))
def test_a_planted_violation_is_caught(rule: Rule, path: str, code: str) -> None:
    assert list(rule(parse(path, code)))
    assert violations(parse(path, code))


# What must stay allowed: a checker that refuses everything would pass the tests above.
ALLOWED = [
    ("agent/assembly.py", "def text(raw):\n    return raw.expose()"),
    ("agent/gate.py", "from agent.records import Admitted\ndef admit():\n    return Admitted(1, 2, 3, 4, ())"),
    ("agent/buffer/store.py", "import sqlite3\nsqlite3.connect('x')"),
    ("agent/policy/load.py", "from pathlib import Path\nPath('x').read_bytes()\nopen('x', 'rb')\nopen('x')"),
    ("agent/redaction/text.py", "try:\n    x()\nexcept ValueError:\n    raise Failed('kind') from None"),
    ("agent/engine/a.py", "try:\n    x()\nexcept BaseException:\n    close()\n    raise"),
    ("agent/cli.py", "print('x')"),
    ("agent/native/x11/a.py", "import os\nos.open('x', os.O_RDONLY | os.O_NOCTTY)"),
    ("agent/policy/check.py", "from urllib.parse import urlsplit"),
]


@pytest.mark.parametrize(("path", "code"), ALLOWED, ids=range(len(ALLOWED)))
def test_what_is_allowed_passes(path: str, code: str) -> None:
    assert violations(parse(path, code)) == []


def test_each_rule_has_a_planted_violation() -> None:
    assert {rule for rule, _, _ in PLANTED} == set(RULES)


def test_every_type_of_the_way_has_its_maker_here() -> None:
    rows = (records.__doc__ or "").splitlines()
    first, last = [number for number, row in enumerate(rows) if row.startswith("=====")][1:]
    way = {row.split()[0]: row[11:35].strip() for row in rows[first + 1 : last]}
    del way["Dropped"]  # a count without content: whoever counts may make one
    assert way == {name: ", ".join(place.removeprefix("agent/") for place in MAKERS[name]) for name in MAKERS}
