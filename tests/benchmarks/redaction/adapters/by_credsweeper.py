"""CredSweeper with its rules and filters; its network is off, which finds most."""

from __future__ import annotations

import io

from loop import Find, places, run  # type: ignore[import-not-found]  # beside this script


def ready() -> Find:
    from credsweeper.app import CredSweeper  # type: ignore[import-not-found]  # noqa: PLC0415  # as in aboveboard
    from credsweeper.file_handler.text_content_provider import (  # type: ignore[import-not-found]  # noqa: PLC0415
        TextContentProvider,
    )

    sweeper = CredSweeper(ml_threshold=0, log_level="ERROR")

    def find(text: str) -> list[tuple[int, int]]:
        starts = [0]
        for line in text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        found: list[tuple[int, int]] = []
        for candidate in sweeper.file_scan(
            TextContentProvider(("typed.txt", io.BytesIO(text.encode("utf-8", "replace"))))
        ):
            for data in candidate.line_data_list:
                at = starts[min(data.line_num, len(starts)) - 1] + max(data.value_start, 0)
                found += places(text, data.value or "", max(at - 1, 0))
        return found

    find("password = hunter2aB")
    return find


run(ready)
