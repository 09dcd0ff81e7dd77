"""Keys no policy will ever have, with the reason. A leaf."""

from __future__ import annotations

from typing import Final

_HIDING = "The sign, the icon and the windows are always there: no file can hide or rename them."
_DECIDING = "Only the employee agrees, and nothing is ticked beforehand."
_STOPPING = "Pausing has no cap and is told to nobody."
_REMOVING = "Excluding, looking, removing, exporting and withdrawing belong to the employee."
_FORCING = "No file can switch a program or a protected class on. Only the employee widens."
_REDACTING = "Redaction always runs before anything is written."
_NEVER_CODE = "There is no code for it."
_WATCHING = "There are no scores, idle times or views of single people."

#: Keys no policy will ever have, with the reason. Compared without case, ``-`` and ``_``.
NEVER: Final[dict[str, str]] = {
    "hide_tray": _HIDING,
    "hide_indicator": _HIDING,
    "hide_icon": _HIDING,
    "silent": _HIDING,
    "stealth": _HIDING,
    "rename": _HIDING,
    "process_name": _HIDING,
    "auto_consent": _DECIDING,
    "consent": _DECIDING,
    "preselect": _DECIDING,
    "pre_tick": _DECIDING,
    "start_before_consent": _DECIDING,
    "acknowledged_is_agreed": _DECIDING,
    "require_consent": _DECIDING,
    "max_pause": _STOPPING,
    "disable_pause": _STOPPING,
    "report_pause": _STOPPING,
    "disable_exclusions": _REMOVING,
    "disable_review": _REMOVING,
    "disable_delete": _REMOVING,
    "disable_export": _REMOVING,
    "disable_withdrawal": _REMOVING,
    "auto_send": _REMOVING,
    "force_apps": _FORCING,
    "force_programs": _FORCING,
    "force_categories": _FORCING,
    "allow_protected": _FORCING,
    "enable_protected": _FORCING,
    "disable_redaction": _REDACTING,
    "raw_upload": _REDACTING,
    "debug_upload": _REDACTING,
    "raw": _REDACTING,
    "audio": _NEVER_CODE,
    "microphone": _NEVER_CODE,
    "camera": _NEVER_CODE,
    "clipboard": _NEVER_CODE,
    "location": _NEVER_CODE,
    "files": _NEVER_CODE,
    "live_view": _NEVER_CODE,
    "screenshot_now": _NEVER_CODE,
    "key_timing": _NEVER_CODE,
    "timing": _NEVER_CODE,
    "score": _WATCHING,
    "idle": _WATCHING,
    "productivity": _WATCHING,
    "dashboard": _WATCHING,
    "refusals": _WATCHING,
    "participants": _WATCHING,
}


def _bare(name: str) -> str:
    return name.casefold().replace("-", "").replace("_", "")


_NEVER_BARE: Final = {_bare(name): why for name, why in NEVER.items()}


def never(name: str) -> str:
    """Why no policy may have a key of this name; empty for a name that is only unknown."""
    return _NEVER_BARE.get(_bare(name), "")
