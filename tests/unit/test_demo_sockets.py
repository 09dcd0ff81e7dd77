from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo.sockets import internet_calls, internet_sockets, traced


def test_the_kernel_lists_our_sockets() -> None:
    before = set(internet_sockets({os.getpid()}))
    with socket.create_server(("127.0.0.1", 0)) as one, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as two:
        two.bind(("127.0.0.1", 0))
        kinds = {line.split()[0] for line in set(internet_sockets({os.getpid()})) - before}
        assert kinds == {"tcp", "udp"}, one
    assert set(internet_sockets({os.getpid()})) <= before


LOCAL = "import socket; socket.socket(socket.AF_UNIX).close()"
INTERNET = "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close()"


def traces_work(tmp_path: Path) -> bool:
    if shutil.which("strace") is None:
        return False
    done = subprocess.run(traced(["true"], tmp_path / "try"), capture_output=True, check=False)
    return done.returncode == 0


@pytest.mark.parametrize(("code", "found"), [(LOCAL, 0), (f"{LOCAL}; {INTERNET}", 1)])
def test_a_trace_catches_a_socket_that_is_closed_at_once_even_in_a_child(tmp_path: Path, code: str, found: int) -> None:
    if not traces_work(tmp_path):
        pytest.skip("strace is missing or not allowed to trace here")
    log = tmp_path / "trace"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}], check=True)"
    subprocess.run(traced([sys.executable, "-c", parent], log), check=True, timeout=60)
    assert len(internet_calls(log)) == found


def test_a_trace_that_saw_nothing_is_no_proof(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(AssertionError, match="did not work"):
        internet_calls(tmp_path / "empty")
