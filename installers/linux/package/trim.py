"""Takes out of the frozen folder what Qt's collection brings and no window of ours loads. ``trim.py FOLDER``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

#: Beginnings of paths below PySide6/Qt.
UNUSED = (
    "lib/libQt6Qml", "lib/libQt6Quick", "lib/libQt6Pdf", "lib/libQt6VirtualKeyboard", "lib/libQt6EglFS",
    "lib/libQt6OpenGL.", "lib/libQt6ShaderTools", "plugins/platforms/libqeglfs", "plugins/platforms/libqlinuxfb",
    "plugins/platforms/libqminimalegl", "plugins/platforms/libqvnc", "plugins/platforms/libqvkkhrdisplay",
    "plugins/platforminputcontexts/libqtvirtualkeyboard", "plugins/egldeviceintegrations",
    "plugins/imageformats/libqpdf", "plugins/imageformats/libqtiff", "plugins/imageformats/libqwebp",
    "plugins/imageformats/libqtga", "plugins/imageformats/libqwbmp", "plugins/imageformats/libqicns", "translations",
)  # fmt: skip


def main(folder: Path) -> int:
    """Removes them and says how much that was."""
    gone = 0
    for qt in folder.glob("lib/PySide6/Qt"):
        for path in sorted(qt.rglob("*")):
            if path.relative_to(qt).as_posix().startswith(UNUSED) and (path.is_symlink() or path.exists()):
                gone += 0 if path.is_dir() or path.is_symlink() else path.stat().st_size
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    for link in [path for path in folder.rglob("*") if path.is_symlink() and not path.exists()]:
        link.unlink()
    sys.stderr.write(f"left out of Qt: {gone >> 20} MiB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
