"""Collectors for tests: one in memory, and the product's own as a process. Both pass tests/contracts/test_collector."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agent.problems import Invalid
from agent.seal import Delivered, issue, keyfile, verify
from tests.fakes.batches import COLLECTOR, COLLECTOR_PUBLIC, ORGANISATION
from tests.fakes.fault_proxy import Answer, Asked

JSON = {"Content-Type": "application/json"}


class MemoryCollector:
    """Create-only storage with receipts. ``stored`` and ``receipts`` go by path; ``creations`` counts each creation."""

    key = COLLECTOR_PUBLIC

    def __init__(self) -> None:
        self.stored: dict[str, bytes] = {}
        self.receipts: dict[str, bytes] = {}
        self.creations: list[str] = []
        self._lock = threading.Lock()

    def __call__(self, asked: Asked) -> Answer:
        with self._lock:
            return self._put(asked) if asked.method == "PUT" else self._get(asked.path)

    def _put(self, asked: Asked) -> Answer:
        if asked.headers.get("If-None-Match", asked.headers.get("if-none-match")) != "*":
            return Answer(428, JSON, b"{}")
        try:
            header = verify(asked.body)
        except Invalid:
            return Answer(400, JSON, b"{}")
        if header.organisation != ORGANISATION:
            return Answer(403, JSON, b"{}")
        if asked.path != f"/v1/{header.organisation}/{header.device}/{header.day}/{header.batch}":
            return Answer(400, JSON, b"{}")
        if asked.path in self.stored:
            return Answer(412, JSON, b"{}")
        self.stored[asked.path] = asked.body
        self.creations.append(header.batch)
        about = Delivered(header.batch, hashlib.sha256(asked.body).hexdigest(), len(asked.body))
        self.receipts[asked.path] = issue(about, datetime.now(UTC), "127.0.0.1", COLLECTOR)
        return Answer(201, JSON, self.receipts[asked.path])

    def _get(self, path: str) -> Answer:
        found = self.receipts.get(path.removesuffix("/receipt")) if path.endswith("/receipt") else None
        return Answer(404, JSON, b"{}") if found is None else Answer(200, JSON, found)


@dataclass(frozen=True)
class Running:
    url: str
    store: Path
    key: bytes
    process: subprocess.Popen[str]


@contextmanager
def running_collector(folder: Path, *options: str) -> Iterator[Running]:
    """The product's collector as a process over real HTTP, its store in ``folder/store``."""
    folder.mkdir(parents=True, exist_ok=True)
    program = [sys.executable, "-m", "agent.organisation.collector.cli"]
    key = folder / "collector.key"
    if not key.exists():
        subprocess.run([*program, "keygen", "--out", str(key)], check=True, capture_output=True)
    public = keyfile.decode(key.with_name(key.name + ".pub").read_bytes()).public
    store = folder / "store"
    command = [*program, "serve", "--store", str(store), "--key", str(key), "--organisation", ORGANISATION, *options]
    with (folder / "collector.log").open("a") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line, (folder / "collector.log").read_text()
            yield Running(f"http://127.0.0.1:{json.loads(line)['port']}", store, public, process)
        finally:
            process.terminate()
            process.wait(20)
            process.stdout.close()
