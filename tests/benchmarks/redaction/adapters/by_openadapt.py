"""openadapt-privacy: what its scrubber takes out, before it writes its placeholders."""

from __future__ import annotations

from loop import Find, run  # type: ignore[import-not-found]  # beside this script


def ready() -> Find:
    from openadapt_privacy.providers import (  # type: ignore[import-not-found]  # noqa: PLC0415  # as in aboveboard
        presidio,
    )

    engine, entities = presidio._get_analyzer_engine(), presidio._get_scrubbing_entities()

    def find(text: str) -> list[tuple[int, int]]:
        found = engine.analyze(text=text, entities=entities, language="en")
        found = presidio._filter_automation_false_positives(text, found)
        found = presidio._prefer_deterministic_identifier_labels(text, found)
        return [(one.start, one.end) for one in presidio._keep_field_labels(text, found)]

    find("Hello, it is Maria Lopez.")
    return find


run(ready)
