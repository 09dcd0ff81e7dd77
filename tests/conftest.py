"""What holds for every test: the option --long, and Hypothesis without a clock (the machines are shared and slow).

Without --long Hypothesis draws the same cases each time, so that a run and its coverage can be repeated; the long run
looks for new ones.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

_CALM = [HealthCheck.too_slow]
settings.register_profile("repeatable", deadline=None, suppress_health_check=_CALM, derandomize=True)
settings.register_profile("searching", deadline=None, suppress_health_check=_CALM)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests of full size")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("searching" if config.getoption("--long") else "repeatable")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="full size: only with --long")
    for item in items:
        if "long" in item.keywords:
            item.add_marker(skip)
