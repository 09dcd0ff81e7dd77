"""The frozen program ``aboveboard-engine``."""

from __future__ import annotations

import sys

from agent.engine.__main__ import main

sys.exit(main())
