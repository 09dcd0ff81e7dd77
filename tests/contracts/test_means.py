"""Would sending cost volume or the last of a battery? Asked of services that answer, lie, hang or are absent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from agent.native.base import Means, Session
from agent.native.none import NoSession
from agent.native.x11.session import LinuxSession
from tests.fakes.bus_service import Answer, BusService
from tests.fakes.desktop import FakeSession
from tests.fakes.session import PrivateSession

_missing = PrivateSession.missing(keyring=False)
pytestmark = pytest.mark.skipif(bool(_missing), reason=f"not installed: {', '.join(_missing)}")

NETWORK = "org.freedesktop.NetworkManager"
POWER = "org.freedesktop.UPower"
NOTHING_TOLD = Means(metered=None, on_battery=None, percent=None, warned=False)


@pytest.fixture(scope="module")
def private() -> Iterator[PrivateSession]:
    with PrivateSession(keyring=False, services=False) as running:
        yield running


@pytest.fixture
def session(private: PrivateSession) -> Session:
    return LinuxSession({**private.environ, "DBUS_SYSTEM_BUS_ADDRESS": private.address})


def network(metered: int) -> dict[str, Answer]:
    return {"Get Metered": ("v", (("u", metered),))}


def power(*, on_battery: bool, percent: float = 80.0, warning: int = 1) -> dict[str, Answer]:
    return {
        "Get OnBattery": ("v", (("b", on_battery),)),
        "Get Percentage": ("v", (("d", percent),)),
        "Get WarningLevel": ("v", (("u", warning),)),
    }


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ({}, NOTHING_TOLD),
        ({NETWORK: network(0)}, NOTHING_TOLD),
        ({NETWORK: network(1)}, Means(metered=True)),
        ({NETWORK: network(2)}, Means(metered=False)),
        ({NETWORK: network(3)}, Means(metered=True)),
        ({NETWORK: network(4)}, Means(metered=False)),
        ({NETWORK: network(77)}, NOTHING_TOLD),
        ({NETWORK: {"Get Metered": ("v", (("s", "yes"),))}}, NOTHING_TOLD),
        ({NETWORK: {"Get Metered": ("s", ("yes",))}}, NOTHING_TOLD),
        ({NETWORK: {}}, NOTHING_TOLD),
        ({POWER: power(on_battery=False, percent=5.0, warning=4)}, Means(on_battery=False)),
        ({POWER: power(on_battery=True)}, Means(on_battery=True, percent=80.0)),
        ({POWER: power(on_battery=True, percent=7.0, warning=3)}, Means(on_battery=True, percent=7.0, warned=True)),
        ({POWER: power(on_battery=True, percent=-3.0)}, Means(on_battery=True)),
        ({POWER: {"Get OnBattery": ("v", (("b", True),))}}, Means(on_battery=True)),
        ({POWER: {"Get OnBattery": ("v", (("u", 1),))}}, NOTHING_TOLD),
        (
            {NETWORK: network(1), POWER: power(on_battery=True, percent=50.0)},
            Means(metered=True, on_battery=True, percent=50.0),
        ),
    ],
)
def test_what_the_services_say(
    private: PrivateSession, session: Session, services: dict[str, dict[str, Answer]], expected: Means
) -> None:
    with ExitStack() as running:
        for name, answers in services.items():
            running.enter_context(BusService(private.address, name, answers))
        assert session.means() == expected


def test_one_that_hangs_keeps_nobody_from_the_other(private: PrivateSession, session: Session) -> None:
    with (
        BusService(private.address, NETWORK, {"Get Metered": None}),
        BusService(private.address, POWER, power(on_battery=True, percent=9.0)),
    ):
        assert session.means() == Means(on_battery=True, percent=9.0)


def test_on_mains_the_battery_is_not_asked_for(private: PrivateSession, session: Session) -> None:
    with BusService(private.address, POWER, power(on_battery=False)) as service:
        session.means()
        assert service.asked == ["Get OnBattery"]


def test_without_a_bus_nothing_is_told(private: PrivateSession) -> None:
    nowhere = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent"}
    assert LinuxSession({**private.environ, **nowhere}).means() == NOTHING_TOLD


@pytest.mark.parametrize("other", [NoSession(), FakeSession()])
def test_other_sessions_tell_nothing(other: Session) -> None:
    assert other.means() == NOTHING_TOLD
