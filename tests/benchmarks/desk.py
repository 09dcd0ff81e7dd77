"""The standard load: 8 keys a second, the pointer at 125 Hz, another window every 5 seconds, by XTEST."""

from __future__ import annotations

import math
import shutil
import threading
import time
from pathlib import Path

from tests.demo.desktop import VirtualDesktop
from tests.demo.hands import Hands
from tests.demo.person import Person

#: The same load as a script, where it lies beside the checkout.
SCRIPT = Path(__file__).resolve().parents[3] / "shared" / "tools" / "load.sh"
TEXT = "The quick brown fox jumps over the lazy dog 0123 and types a line of ordinary prose. "
KEYS_A_SECOND = 8
MOVES_A_SECOND = 125
SWITCH_EVERY = 5.0


def load(person: Person, seconds: float, *, script: bool) -> None:
    """Work at the desk for so long: by the script that other measurements use, or here."""
    if script:
        # The script kills its editor, which then asks what to do with the text it could not save.
        shutil.rmtree(Path(person.desktop.environ["XDG_DATA_HOME"]) / "Mousepad", ignore_errors=True)
        running = person.desktop.run(["bash", str(SCRIPT), str(round(seconds))])
        running.wait(seconds + 60)
    else:
        _own(person, seconds)


def _own(person: Person, seconds: float) -> None:
    programs = [person.open_terminal(), person.open_terminal()]
    over = time.monotonic() + seconds
    stop = threading.Event()
    pointer = threading.Thread(target=_wander, args=(person.desktop, stop))
    pointer.start()
    typist = Hands(person.desktop.environ, 1 / KEYS_A_SECOND)
    try:
        turn = 0
        while time.monotonic() < over:
            person.goes_to(programs[turn % len(programs)])
            typist.type(TEXT[: int(KEYS_A_SECOND * min(SWITCH_EVERY, max(0.0, over - time.monotonic())))])
            turn += 1
    finally:
        stop.set()
        pointer.join()
        typist.close()
        for program in programs:
            person.desktop.end(program)


def _wander(desktop: VirtualDesktop, stop: threading.Event) -> None:
    """In a figure of Lissajous, as the script does."""
    hands = Hands(desktop.environ)
    step = 0
    while not stop.wait(1 / MOVES_A_SECOND):
        hands.jump(int(640 + 400 * math.sin(step / 90)), int(400 + 250 * math.sin(step / 57)))
        step += 1
    hands.close()
