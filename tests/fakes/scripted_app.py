"""The desktop app with the scripted engine.

``python -P tests/fakes/scripted_app.py PROFILE LOG [ENGINE OPTIONS...]``
"""

from __future__ import annotations

import sys
from pathlib import Path

from ui.app import Options, run

ENGINE = Path(__file__).with_name("engine.py")

if __name__ == "__main__":
    engine = (sys.executable, "-P", str(ENGINE), "--log", sys.argv[2], *sys.argv[3:])
    raise SystemExit(run(Options(Path(sys.argv[1]), language="en", hidden=True, engine=engine)))
