"""What sending would cost now: is the network metered, and does the computer run low on its battery?

Sources: org.freedesktop.NetworkManager (property Metered, enum NMMetered); org.freedesktop.UPower (OnBattery) and its
display device (Percentage, WarningLevel), https://upower.freedesktop.org/docs/.
"""

from __future__ import annotations

from typing import Final

from agent.native.base import Means
from agent.native.dbus import Bus, BusError, Call

_NETWORK: Final = "org.freedesktop.NetworkManager"
_POWER: Final = "org.freedesktop.UPower"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
#: NMMetered: yes and guessed yes, no and guessed no; 0 is unknown.
_METERED: Final = {1: True, 3: True, 2: False, 4: False}
#: UpDeviceLevel: low, critical, action. 0 is unknown, 1 none.
_WARNING_FROM: Final = 3


def means(bus: Bus) -> Means:
    """Ask the two services on the system bus; what does not answer is None. Never raises."""
    metered = _value(bus, _NETWORK, "/org/freedesktop/NetworkManager", _NETWORK, "Metered")
    on_battery = _value(bus, _POWER, "/org/freedesktop/UPower", _POWER, "OnBattery")
    battery = percent = warning = None
    if isinstance(on_battery, bool):
        battery = on_battery
    if battery:
        device = "/org/freedesktop/UPower/devices/DisplayDevice"
        percent = _value(bus, _POWER, device, f"{_POWER}.Device", "Percentage")
        warning = _value(bus, _POWER, device, f"{_POWER}.Device", "WarningLevel")
    return Means(
        metered=_METERED.get(metered) if isinstance(metered, int) else None,
        on_battery=battery,
        percent=percent if isinstance(percent, float) and 0 <= percent <= 100 else None,
        warned=isinstance(warning, int) and warning >= _WARNING_FROM,
    )


def _value(bus: Bus, to: str, path: str, interface: str, name: str) -> object:
    """A property's value, None where nobody answers. UPower is started by being asked."""
    try:
        ((_, value),) = bus.call(Call(to, path, _PROPERTIES, "Get", "ss", (interface, name), wake=to == _POWER))
    except (BusError, TypeError, ValueError):
        return None
    return value
