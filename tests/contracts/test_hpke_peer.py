"""An HPKE of other authors opens what we seal, and we open what it seals; without it there is no such proof."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from agent.problems import Invalid
from agent.seal import cosign_share, header, hybrid, open_batch
from agent.seal.hybrid import public_of
from tests.fakes.batches import COUNCIL, STEWARD, STRANGER, sealed

_HERE: Final = Path(__file__).parent / "hpke"
_PARTS: Final = ("package.json", "package-lock.json", "peer.mjs")
INFO: Final = b"i" * 32


@pytest.fixture(scope="module")
def peer() -> Path:
    """The peer, installed by version and hash into this environment; the next run finds it there."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.fail(f"{program} is needed: installers/linux/setup.sh names it under packages_tests")
    stamp = hashlib.sha256(b"".join((_HERE / part).read_bytes() for part in _PARTS)).hexdigest()[:16]
    folder = Path(sys.prefix) / "hpke-peer" / stamp
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            for part in _PARTS:
                shutil.copy(_HERE / part, folder / part)
            install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(install, cwd=folder, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"the peer could not be installed:\n{done.stderr}"
            (folder / "ready").touch()
    return folder / "peer.mjs"


def ask(peer: Path, what: str, **facts: Any) -> dict[str, Any]:
    question = json.dumps({"do": what, **facts})
    done = subprocess.run(["node", str(peer)], input=question, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_they_unwrap_what_we_wrap_and_nothing_else(peer: Path) -> None:
    share = bytes(range(32))
    wrapped = hybrid.wrap(share, public_of(STEWARD), INFO)
    right = {"seed": STEWARD.hex(), "wrapped": wrapped.hex(), "info": INFO.hex()}
    assert ask(peer, "unwrap", **right) == {"plain": share.hex()}
    changed = bytearray(wrapped)
    changed[-1] ^= 1
    for wrong in ({"seed": STRANGER.hex()}, {"info": (b"j" * 32).hex()}, {"wrapped": changed.hex()}):
        assert ask(peer, "unwrap", **{**right, **wrong}) == {"refused": True}


def test_we_unwrap_what_they_wrap_and_nothing_else(peer: Path) -> None:
    share = b"t" * 32
    answer = ask(peer, "wrap", public=public_of(COUNCIL).hex(), plain=share.hex(), info=INFO.hex())
    wrapped = bytes.fromhex(answer["wrapped"])
    assert hybrid.unwrap(wrapped, COUNCIL, INFO) == share
    for seed, info in ((STEWARD, INFO), (COUNCIL, b"j" * 32)):
        with pytest.raises(Invalid):
            hybrid.unwrap(wrapped, seed, info)


@pytest.mark.parametrize("recipients", [(STEWARD,), (STEWARD, COUNCIL)], ids=["one", "two"])
def test_they_open_a_whole_batch_of_ours(peer: Path, recipients: tuple[bytes, ...]) -> None:
    batch = sealed("one", "zwei äöü", "x" * 90_000, recipients=recipients)[0]
    answer = ask(peer, "open", seeds=[seed.hex() for seed in recipients], batch=batch.data.hex())
    ours = open_batch(batch.data, recipients)
    assert [record.encode() for record in answer["records"]] == list(ours.records)
    assert (answer["facts"]["count"], answer["facts"]["policy"]) == (3, ours.facts.policy)


def test_they_unwrap_what_the_council_cosigned(peer: Path) -> None:
    """The new wrap is plain HPKE too: bound to batch, both keys and purpose as cosign.py says."""
    batch = sealed("x", recipients=(STEWARD, COUNCIL))[0].data
    share = cosign_share(batch, COUNCIL, public_of(STEWARD))
    info = hashlib.sha256(f"aboveboard cosign share 1\n{share.core}\n{share.of}\n{share.to}\n".encode()).digest()
    framed = header.take_apart(batch)
    plain = hybrid.unwrap(framed.wraps[1], COUNCIL, header.info_of(framed.core))
    asked = ask(peer, "unwrap", seed=STEWARD.hex(), wrapped=share.wrapped.hex(), info=info.hex())
    assert asked == {"plain": plain.hex()}
