"""A small office page on this computer for a browser to show: a field, a button, more than fits into a window."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

#: Every name below ``localhost`` is this computer (RFC 6761, section 6.3).
HOST = "office.localhost"

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Depot journal</title>
<style>body{font:16px sans-serif;margin:24px;max-width:640px}textarea{width:100%;height:90px;font:inherit}
button{font:inherit;padding:8px 20px;margin:12px 0}</style>
<h1>Depot journal</h1><label for="note">Note of the day</label><br>
<textarea id="note" autofocus></textarea><br>
<button onclick="document.getElementById('said').textContent='The van is booked.'">Book the van</button>
<p id="said" role="status"></p><h2>Earlier notes</h2>ENTRIES</html>"""

#: Nothing leaves this computer, nothing is asked, nothing is restored.
_PREFERENCES = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": f"{HOST}, localhost, 127.0.0.1",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "browser.newtabpage.enabled": False,
    "browser.sessionstore.resume_from_crash": False,
    "browser.tabs.warnOnClose": False,
    "browser.toolbars.bookmarks.visibility": "never",
    "browser.translations.automaticallyPopup": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.policy.firstRunURL": "",
    "termsofuse.bypassNotification": True,
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "toolkit.cosmeticAnimations.enabled": False,
    "trailhead.firstrun.didSeeAboutWelcome": True,
    "signon.rememberSignons": False,
    "layout.spellcheckDefault": 0,
}


class Site:
    """Serves the page on loopback; as a context manager. ``address`` is what to open."""

    def __init__(self) -> None:
        entries = "".join(f"<p>Day {day}: nothing to report.</p>" for day in range(1, 60))
        page = _PAGE.replace("ENTRIES", entries).encode()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if self.path == "/" else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(page) if self.path == "/" else 0))
                self.end_headers()
                if self.path == "/":
                    self.wfile.write(page)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name in the library
                """Nothing is said."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://{HOST}:{self._server.server_address[1]}/"
        self._thread = threading.Thread(target=self._server.serve_forever, name="site", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def browser_profile(folder: Path) -> Path:
    """A Firefox profile that talks to nobody but the site and greets with nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        f'user_pref("{name}", {value if isinstance(value, int) and not isinstance(value, bool) else _text(value)});'
        for name, value in _PREFERENCES.items()
    ]
    (folder / "user.js").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'
