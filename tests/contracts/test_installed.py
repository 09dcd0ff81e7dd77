"""Installed programs come from desktop entries as the specification reads them; a bad file spoils nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.native.base import Installed
from agent.native.x11.installed import DesktopEntries
from agent.records import Program


class Machine:
    """A file tree with programs and desktop entries."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.bin = root / "bin"
        self.system = root / "share"
        self.user = root / "home"
        self.bin.mkdir()
        self.environ = {
            "HOME": str(root),
            "PATH": str(self.bin),
            "XDG_DATA_HOME": str(self.user),
            "XDG_DATA_DIRS": str(self.system),
        }

    def executable(self, name: str, content: bytes = b"\x7fELF") -> Path:
        path = self.bin / name
        path.write_bytes(content)
        path.chmod(0o755)
        return path

    def entry(self, place: str, *lines: str, user: bool = False) -> None:
        path = (self.user if user else self.system) / "applications" / f"{place}.desktop"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(["[Desktop Entry]", "Type=Application", *lines, ""]), "utf-8")

    def programs(self, **environ: str) -> dict[str, Program]:
        return {program.id: program for program in DesktopEntries({**self.environ, **environ}).programs()}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_an_entry_is_a_program(machine: Machine) -> None:
    machine.executable("Mousepad")
    machine.entry("org.xfce.mousepad", "Name=Mousepad", "Exec=Mousepad %U", "StartupWMClass=Mousey")

    program = machine.programs()["mousepad"]
    assert program == Program("mousepad", "Mousepad", frozenset({"org.xfce.mousepad", "mousey"}))
    assert program.known_as() == {"mousepad", "org.xfce.mousepad", "mousey"}


def test_sorted_by_name_whatever_the_case(machine: Machine) -> None:
    for name in ("zebra", "Apple", "mouse"):
        machine.executable(name)
        machine.entry(name, f"Name={name}", f"Exec={name}")

    assert [program.name for program in DesktopEntries(machine.environ).programs()] == ["Apple", "mouse", "zebra"]


@pytest.mark.parametrize(
    "line", ["NoDisplay=true", "Hidden=true", "Terminal=true", "TryExec=missing", "Type=Link", "NoDisplay = True"]
)
def test_what_no_menu_shows_is_left_out(machine: Machine, line: str) -> None:
    machine.executable("a")
    machine.entry("a", "Name=A", "Exec=a")
    assert "a" in machine.programs()

    place = machine.system / "applications/a.desktop"
    place.write_text(f"[Desktop Entry]\n{line}\nType=Application\nName=A\nExec=a\n")
    assert machine.programs() == {}


def test_an_entry_of_the_user_hides_the_one_of_the_system(machine: Machine) -> None:
    machine.executable("a")
    machine.entry("a", "Name=System", "Exec=a")
    machine.entry("a", "Name=Mine", "Exec=a", user=True)
    assert machine.programs()["a"].name == "Mine"

    machine.entry("a", "Name=Mine", "Exec=a", "Hidden=true", user=True)
    assert machine.programs() == {}


def test_folders_are_part_of_the_id(machine: Machine) -> None:
    machine.executable("a")
    machine.entry("kde/a", "Name=A", "Exec=a")

    assert "kde-a" in machine.programs()["a"].aliases


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de_AT.UTF-8", "Editor (AT)"),
        ("de_DE.UTF-8", "Bearbeiter"),
        ("sr_YU@Latn", "Uređivač"),
        ("fr_FR", "Editor"),
        ("C.UTF-8", "Editor"),
        ("", "Editor"),
    ],
)
def test_names_in_the_language_of_the_session(machine: Machine, language: str, name: str) -> None:
    machine.executable("a")
    names = ["Name[de]=Bearbeiter", "Name=Editor", "Name[de_AT]=Editor (AT)", "Name[sr@Latn]=Uređivač"]
    machine.entry("a", "Exec=a", *names)

    assert machine.programs(LANG=language)["a"].name == name
    assert machine.programs(LANG="fr_FR", LC_ALL=language)["a"].name == name


def test_links_are_followed_to_what_really_runs(machine: Machine) -> None:
    real = machine.executable("editor-2.1")
    (machine.bin / "editor").symlink_to(real)
    machine.entry("editor", "Name=Editor", "Exec=editor")

    assert machine.programs()["editor-2.1"].aliases == {"editor"}


@pytest.mark.parametrize("command", ["env A=b app --new", "A=b app", '"app" "%f"', "app"])
def test_what_an_exec_line_starts(machine: Machine, command: str) -> None:
    machine.executable("app")
    machine.entry("x", "Name=App", f"Exec={command}")

    assert list(machine.programs()) == ["app"]


@pytest.mark.parametrize("command", ["env -u A app", "missing", "%f", ""])
def test_what_cannot_be_told_is_left_out(machine: Machine, command: str) -> None:
    machine.executable("app")
    machine.entry("x", "Name=App", f"Exec={command}")

    assert machine.programs() == {}


def test_a_flatpak_is_called_like_what_runs_inside(machine: Machine) -> None:
    machine.executable("flatpak")
    run = "Exec=flatpak run --branch=stable"
    machine.entry("org.gnome.gedit", "Name=gedit", f"{run} --command=gedit org.gnome.gedit @@u %U @@")
    machine.entry("org.other.App", "Name=Other", f"{run} org.other.App")

    programs = machine.programs()
    assert programs["gedit"].aliases == {"org.gnome.gedit"}
    assert programs["org.other.app"].aliases == {"app"}
    assert "flatpak" not in programs


def test_scripts_are_called_like_their_running_process(machine: Machine) -> None:
    python = machine.executable("python3.11")
    machine.executable("bash")
    machine.executable("direct", f"#!{python}\n".encode())
    machine.executable("by-env", b"#!/usr/bin/env python3.11\n")
    machine.executable("wrapper", f"#!{machine.bin}/bash\nexec real\n".encode())
    machine.entry("direct", "Name=Direct", "Exec=direct", "StartupWMClass=Direct-Window")
    machine.entry("by-env", "Name=By env", "Exec=by-env")
    machine.entry("wrapper", "Name=Wrapper", "Exec=wrapper")

    programs = machine.programs()
    assert set(programs) == {"python3.11:direct-window", "python3.11:by-env", "wrapper"}
    assert "python3.11" not in {alias for program in programs.values() for alias in program.known_as()}


def test_an_interpreter_alone_is_no_program(machine: Machine) -> None:
    machine.executable("python3.11")
    machine.entry("x", "Name=Thing", "Exec=python3.11 /opt/thing.py")

    assert machine.programs() == {}


def test_entries_of_one_executable_are_one_program(machine: Machine) -> None:
    machine.executable("office")
    machine.entry("draw", "Name=Draw", "Exec=office --draw", "StartupWMClass=office-draw")
    machine.entry("office", "Name=Office", "Exec=office")

    (program,) = machine.programs().values()
    assert program == Program("office", "Office", frozenset({"draw", "office-draw"}))


def test_name_for_an_executable(machine: Machine) -> None:
    real = machine.executable("real")
    (machine.bin / "linked").symlink_to(real)
    machine.entry("a", "Name=Real", "Exec=linked")
    entries = DesktopEntries(machine.environ)

    assert entries.name_for(str(real)) == "Real"
    assert entries.name_for(str(machine.bin / "linked")) == "Real"
    assert entries.name_for("/nothing") is None

    machine.entry("b", "Name=Other", "Exec=real")
    assert entries.name_for(str(real)) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"[Desktop Entry]\nType=Application\nName=X\n",
        b'[Desktop Entry]\nType=Application\nName=X\nExec="unclosed\n',
        b"[Desktop Entry]\nType=Application\nExec=good\n",
        b"[Other]\nType=Application\nName=X\nExec=good\n",
        b"Type=Application\nName=X\nExec=good\n",
        b"[Desktop Entry]\nType=Application\nName=X\nExec=%f good\n",
        b"[Desktop Entry]\nType=Application\nName=X\nExec=\n",
        b"x" * 300_000,
    ],
)
def test_a_bad_file_spoils_nothing(machine: Machine, content: bytes) -> None:
    machine.executable("good")
    machine.entry("good", "Name=Good", "Exec=good")
    folder = machine.system / "applications"
    (folder / "bad.desktop").write_bytes(content)
    (folder / "broken.desktop").symlink_to("/nowhere")
    (folder / "dir.desktop").mkdir()
    (folder / "loop").symlink_to(folder)

    assert [program.name for program in machine.programs().values()] == ["Good"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(
        st.sampled_from(["[Desktop Entry]", "Type=Application", "Name=A", "Exec=good", "Name[de]", "Exec=\\s\\"])
        | st.text(max_size=20),
        max_size=8,
    )
)
def test_no_file_makes_it_fail(machine_for_many: Machine, lines: list[str]) -> None:
    place = machine_for_many.system / "applications/x.desktop"
    place.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))

    for program in machine_for_many.programs(LANG="de_DE").values():
        assert program.id
        assert program.name


@pytest.fixture
def machine_for_many(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.executable("good")
    machine.entry("x", "Name=X", "Exec=good")
    return machine


def test_without_any_folder(tmp_path: Path) -> None:
    installed: Installed = DesktopEntries({"XDG_DATA_DIRS": f"{tmp_path}/none:relative", "PATH": ""})

    assert installed.programs() == ()


def test_this_machine() -> None:
    programs = DesktopEntries().programs()

    assert len({program.id for program in programs}) == len(programs)
