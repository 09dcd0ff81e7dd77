"""What a terminal's line says of what is typed into it: real lines, real programs, a clock that stands still."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from agent.native.x11.terminals import Terminals
from agent.records import Secure
from tests.fakes.waiting import until

pytestmark = pytest.mark.skipif(not shutil.which("setsid"), reason="not installed: setsid (util-linux)")
SHELL = ("bash", "--norc", "--noprofile", "-i")
RAW = ("python3", "-c", "import tty, time; tty.setraw(0); time.sleep(1000)")
HIDDEN = ("python3", "-c", "import getpass; getpass.getpass()")


@pytest.fixture
def terminals() -> Terminals:
    """Time does not pass for it: what it sees anew it sees because it looked, not because a cache ran out."""
    return Terminals(clock=lambda: 0.0)


@contextmanager
def line(*command: str) -> Iterator[int]:
    """Run ``command`` on a new line of this process; gives the end that the terminal holds."""
    master, slave = os.openpty()
    program = subprocess.Popen(["setsid", "--ctty", *command], stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    try:
        yield master
    finally:
        program.kill()
        program.wait()
        os.close(master)


def becomes(terminals: Terminals, secure: Secure) -> str | None:
    """This process is the terminal."""
    until(lambda: terminals.look(os.getpid())[1] is secure, f"{secure}, not {terminals.look(os.getpid())}")
    return terminals.look(os.getpid())[0]


def settled(secure: Secure) -> None:
    until(lambda: Terminals().look(os.getpid())[1] is secure, str(secure))


def test_without_a_line_nothing_is_known(terminals: Terminals) -> None:
    assert terminals.look(os.getpid()) == (None, Secure.UNKNOWN)
    assert terminals.look(2**22 + 1) == (None, Secure.UNKNOWN)


@pytest.mark.parametrize(
    ("command", "secure"),
    [(SHELL, Secure.NO), (("cat",), Secure.NO), (RAW, Secure.UNKNOWN), (HIDDEN, Secure.YES)],
    ids=["prompt", "plain", "draws for itself", "password"],
)
def test_programs(command: tuple[str, ...], secure: Secure) -> None:
    with line(*command):
        settled(secure)


def test_a_program_that_comes_to_the_foreground_is_seen_at_once(terminals: Terminals) -> None:
    with line(*SHELL) as master:
        settled(Secure.NO)
        field = becomes(terminals, Secure.NO)
        os.write(master, b"""python3 -c 'import tty, time; tty.setraw(0); time.sleep(1000)'\n""")

        assert becomes(terminals, Secure.UNKNOWN) == field
        assert field


def test_with_several_lines_the_strictest_counts_and_none_is_named() -> None:
    with ExitStack() as lines:
        lines.enter_context(line("cat"))
        settled(Secure.NO)
        lines.enter_context(line(*SHELL))
        until(lambda: Terminals().look(os.getpid()) == (None, Secure.NO), "two open lines")
        lines.enter_context(line(*RAW))
        settled(Secure.UNKNOWN)
        lines.enter_context(line(*HIDDEN))
        settled(Secure.YES)

        assert Terminals().look(os.getpid())[0] is None


def test_a_line_that_may_not_be_read_is_unknown(tmp_path: Path) -> None:
    with line("cat"):
        settled(Secure.NO)

        assert Terminals(lines=tmp_path).look(os.getpid())[1] is Secure.UNKNOWN


def test_this_process_is_no_terminal(terminals: Terminals) -> None:
    assert not terminals.is_bare(os.getpid())
    assert not terminals.is_bare(2**22 + 1)
