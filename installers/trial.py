"""A throw-away organisation on this computer, made with the organisation's own commands, and the app with it.

    python installers/trial.py [DIR]

DIR (default: ``aboveboard-trial`` in the user's data folder) then holds ``policy.json``, signed; ``organisation`` with
its keys; ``batches`` with what was sent; and the app's own profile. Delete DIR, and the trial is gone.
Only the standard library is used here: what the trial does, anybody can do by hand.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

NAME = "trial"
HOST = "127.0.0.1"
_VALID = timedelta(days=365)
_RENEW = timedelta(days=30)


class TrialError(Exception):
    """A command of the organisation failed; its own words say why."""


def default_folder() -> Path:
    """In the data folder of this user (XDG Base Directory Specification)."""
    data = os.environ.get("XDG_DATA_HOME", "")
    return (Path(data) if data.startswith("/") else Path.home() / ".local/share") / "aboveboard-trial"


def command(name: str) -> str:
    """A command beside this interpreter."""
    return str(Path(sys.executable).parent / name)


def run(*parts: str | Path) -> str:
    """Run a command to its end; what it printed. Raises TrialError."""
    done = subprocess.run([str(part) for part in parts], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise TrialError(
            f"{Path(parts[0]).name} {parts[1]} ended with {done.returncode}:\n{done.stderr or done.stdout}"
        )
    return done.stdout


class Organisation:
    """Keys, policy and collector of the trial in ``folder``. As a context manager: ready, with its collector running.

    Every step leaves nothing half done: what is made is made under another name and renamed when it is whole.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keys = folder / "organisation"
        self.store = folder / "batches"
        self.policy = folder / "policy.json"
        self.port = 0
        self._collector: subprocess.Popen[str] | None = None

    def prepare(self, port: int | None = None) -> None:
        """Keys, the running collector, the signed policy. ``port``: that the policy shall name, if not the collector's.

        A port of somebody in between: what goes through it can be watched.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.make_keys()
        if self._collector is None:
            self.start_collector()
        self.sign(port or self.port)

    def make_keys(self) -> None:
        """The recipient's key, the key that signs policies, and the key that signs receipts; once."""
        for half in (*self.folder.glob("organisation.*"), *self.folder.glob("policy.*.json")):
            # Left by a start that was cut off; nobody else makes any while this start holds the lock.
            shutil.rmtree(half) if half.is_dir() else half.unlink()
        if self.keys.is_dir():
            return
        fresh = self.folder / f"organisation.{os.getpid()}"
        run(command("aboveboard-steward"), "keygen", "--out", fresh)
        run(command("aboveboard-collector"), "keygen", "--out", fresh / "collector.key")
        fresh.rename(self.keys)

    def public(self, name: str) -> str:
        """A public key of the organisation, base64."""
        key = json.loads((self.keys / f"{name}.key.pub").read_text(encoding="utf-8"))
        return str(key["public"])

    def start_collector(self) -> None:
        """On the port of the last time if it is still free."""
        last = self._draft().get("delivery", {}).get("collector", "").rpartition(":")[2]
        for port in (last or "0", "0"):
            serve = f"serve --organisation {NAME} --host {HOST} --port {port} --store".split()
            self._collector = subprocess.Popen(  # noqa: S603  # the organisation's own command
                [command("aboveboard-collector"), *serve, str(self.store), "--key", str(self.keys / "collector.key")],
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            if ready := self._collector.stdout and self._collector.stdout.readline():
                self.port = int(json.loads(ready)["port"])
                return
            self.stop()
        raise TrialError("the collector did not start")

    def sign(self, port: int) -> None:
        """A policy that names ``port``; a new one only if the last one names another or ends soon."""
        draft = self._draft()
        now = datetime.now(UTC)
        address = f"http://{HOST}:{port}"
        same = self.policy.exists() and draft.get("delivery", {}).get("collector") == address
        if same and datetime.fromisoformat(draft["not_after"]) - now > _RENEW:
            return
        effective = draft.get("notice", {}).get("effective_from") or _time(now.replace(second=0))
        draft = {
            "format": 1,
            "serial": draft.get("serial", 0) + 1,
            "not_after": _time(now + _VALID),
            "notice": self._notice(effective),
            "limits": {},
            "delivery": {"collector": address, "collector_key": self.public("collector")},
        }
        fresh = self.keys / "draft.new"
        fresh.write_text(json.dumps(draft, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        signed = self.folder / f"policy.{os.getpid()}.json"
        signed.unlink(missing_ok=True)
        run(command("aboveboard-steward"), "sign-policy", "--key", self.keys / "organisation.key", fresh, signed)
        signed.chmod(0o600)
        fresh.replace(self.keys / "draft.json")
        signed.replace(self.policy)

    def _draft(self) -> dict[str, Any]:
        place = self.keys / "draft.json"
        if not place.exists():
            return {}
        draft: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
        return draft

    def _notice(self, effective_from: str) -> dict[str, Any]:
        return {
            "id": "trial",
            "version": 1,
            "effective_from": effective_from,
            "organisation": {
                "id": NAME,
                "name": "Your own trial",
                "address": "This computer",
                "country": "DE",
                "privacy_contact": "You",
            },
            "organisation_key": self.public("organisation"),
            "purposes": [
                {
                    "id": "try",
                    "title": {
                        "en": "See for yourself what would be collected",
                        "de": "Selbst sehen, was erhoben würde",
                    },
                    "where": {"en": "On this computer only", "de": "Nur auf diesem Computer"},
                    "categories": ["app", "title", "shortcut", "pointer", "text"],
                    "programs": ["*"],
                }
            ],
            "recipients": [
                {
                    "id": "you",
                    "role": "steward",
                    "name": "You",
                    "suite": "MLKEM768_X25519",
                    "key": self.public("recipient"),
                }
            ],
            "collector_host": HOST,
            "countries": ["DE"],
            "retention_days": 30,
            "forbidden_uses": ["performance", "discipline", "emotion", "identification"],
            "languages": ["en", "de"],
        }

    def open(self, out: Path) -> dict[str, int]:
        """Open everything that arrived, as the steward, in plain to be looked at; counts of batches and records."""
        said = run(
            command("aboveboard-steward"), "open", "--store", self.store, "--key", self.keys / "recipient.key",
            "--out", out, "--plain",
        )  # fmt: skip
        counts: dict[str, int] = json.loads(said.splitlines()[-1])
        return counts

    def stop(self) -> None:
        """End the collector. Twice is fine."""
        if self._collector is None:
            return
        self._collector.terminate()
        try:
            self._collector.wait(15)
        except subprocess.TimeoutExpired:
            self._collector.kill()
            self._collector.wait()
        if self._collector.stdout is not None:
            self._collector.stdout.close()
        self._collector = None

    def __enter__(self) -> Self:
        try:
            self.prepare()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def run_app(folder: Path) -> int:
    """The app until it ends; its exit code."""
    with subprocess.Popen([command("aboveboard"), "--trial", str(folder)]) as app:  # noqa: S603  # our own command

        def unwind(_number: int, _frame: FrameType | None) -> None:
            app.terminate()

        signal.signal(signal.SIGTERM, unwind)
        signal.signal(signal.SIGHUP, unwind)
        try:
            return app.wait()
        except KeyboardInterrupt:
            app.terminate()
            return app.wait()


def main(arguments: list[str]) -> int:
    if len(arguments) > 1 or (arguments[:1] and arguments[0].startswith("-")):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder = Path(arguments[0]).absolute() if arguments else default_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write("The trial is running already.\n")
            return run_app(folder)  # shows the window of the one that runs
        try:
            with Organisation(folder) as organisation:
                sys.stderr.write(f"The trial's files are in {folder}. Its collector: {HOST}:{organisation.port}\n")
                return run_app(folder)
        except TrialError as error:
            sys.stderr.write(f"{error}\n")
            return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
