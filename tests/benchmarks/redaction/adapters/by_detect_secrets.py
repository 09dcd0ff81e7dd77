"""detect-secrets with its default plugins over files, as its own command scans."""

from __future__ import annotations

import tempfile
from pathlib import Path

from loop import Find, places, run  # type: ignore[import-not-found]  # beside this script


def ready() -> Find:
    from detect_secrets.core.scan import scan_file  # type: ignore[import-not-found]  # noqa: PLC0415  # as in aboveboard
    from detect_secrets.settings import default_settings  # type: ignore[import-not-found]  # noqa: PLC0415

    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "typed.txt"
    settings = default_settings()
    settings.__enter__()

    def find(text: str) -> list[tuple[int, int]]:
        path.write_text(text, "utf-8", "replace")
        lines = text.splitlines(keepends=True)
        found: list[tuple[int, int]] = []
        for secret in scan_file(str(path)):
            before = sum(map(len, lines[: secret.line_number - 1]))
            found += places(text, secret.secret_value or "", before)
        return found

    find("password = 'hunter2aB'")
    find.kept = folder, settings  # type: ignore[attr-defined]  # both end when nobody holds them
    return find


run(ready)
