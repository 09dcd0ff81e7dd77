"""What holds for every test: the option --long, and Hypothesis without a clock (the machines are shared and slow)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests of full size")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="full size: only with --long")
    for item in items:
        if "long" in item.keywords:
            item.add_marker(skip)
