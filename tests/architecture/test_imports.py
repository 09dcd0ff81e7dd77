"""The contracts in pyproject.toml hold, and each of them catches what it is there for."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

from tests.architecture.doors import dotted
from tests.architecture.source import ROOT, Module, modules

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LEAVES = {"agent.protocol", "agent.problems", "agent.policy.keys"}


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    code = (
        "import sys; from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(limit_to_contracts=tuple(sys.argv[1:]), no_cache=True, no_logo=True))"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *contracts], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


def named_modules() -> set[str]:
    """Every module of ours that the contracts name."""
    layers = {
        f"agent.{name.strip('() ')}"
        for contract in CONTRACTS
        for layer in contract.get("layers", ())
        for name in layer.split("|")
    }
    lists = {
        name
        for contract in CONTRACTS
        for key in ("source_modules", "forbidden_modules")
        for name in contract.get(key, ())
    }
    return layers | LEAVES | {name for name in lists if name.split(".")[0] in {"agent", "ui"}}


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """The tree the contracts describe, with nothing in its modules: all contracts hold in it."""
    for name in named_modules():
        folder = tmp_path.joinpath(*name.split("."))
        while folder != tmp_path:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "__init__.py").touch()
            folder = folder.parent
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def test_all_contracts_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_contracts_hold_in_an_empty_tree(skeleton: Path) -> None:
    result = lint(skeleton)
    assert result.returncode == 0, result.stdout + result.stderr


# (contract, module, line that must be caught there)
PLANTED = [
    ("layers", "agent.consent", "import agent.engine"),
    ("layers", "agent.drawer", "x = 1"),
    ("layers", "agent.upload", "import agent.pipeline"),
    ("layers", "agent.native", "import agent.upload"),
    ("no-window", "agent.engine", "import PySide6.QtCore"),
    ("no-window", "agent.gate", "import ui"),
    ("messages-only", "ui", "import agent.records"),
    ("messages-only", "agent.protocol", "import agent.records"),
    ("raw-zone", "agent.assembly", "import logging"),
    ("raw-zone", "agent.redaction.rules", "import sqlite3"),
    ("raw-zone", "agent.policy", "from pathlib import Path\nimport agent.protocol"),
    ("raw-zone", "agent.gate", "from pathlib import Path"),
    ("network", "agent.pipeline", "import httpx"),
    ("network", "agent.engine", "from http import client"),
    ("network", "ui", "import socket"),
    ("hooks", "agent.engine", "import pynput"),
    ("hooks", "agent.pipeline", "import ctypes"),
    ("hooks", "agent.vault", "import secretstorage"),
]


@pytest.mark.parametrize(("contract", "module", "line"), PLANTED)
def test_a_planted_import_is_caught(skeleton: Path, contract: str, module: str, line: str) -> None:
    # Indirect ways: the gate imports the policy, the window imports the messages.
    (skeleton / "agent/gate/__init__.py").write_text("import agent.policy\n")
    (skeleton / "ui/__init__.py").write_text("import agent.protocol\n")
    target = skeleton.joinpath(*module.split("."))
    target.mkdir(exist_ok=True)
    (target / "__init__.py").write_text(f"{line}\n")
    result = lint(skeleton, contract)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "BROKEN" in result.stdout or "drawer" in result.stdout, result.stdout


def test_each_contract_has_a_planted_import() -> None:
    assert {contract["id"] for contract in CONTRACTS} == {contract for contract, _, _ in PLANTED}


def test_behind_the_window_are_only_the_three_leaves() -> None:
    """Whatever the window reaches, over however many imports; the contract's list needs no upkeep for it."""
    graph = grimp.build_graph("agent", "ui", cache_dir=None)
    reached = graph.find_upstream_modules("ui", as_package=True)
    ours = {name for name in reached if name.split(".")[0] == "agent"} - {"agent", "agent.policy"}
    assert {name for name in ours if not any(name == leaf or name.startswith(f"{leaf}.") for leaf in LEAVES)} == set()


def test_every_part_of_the_engine_is_forbidden_to_the_window_by_name() -> None:
    contract = next(contract for contract in CONTRACTS if contract["id"] == "messages-only")
    parts = {"agent." + module.path.split("/")[1].removesuffix(".py") for module in modules("agent")}
    assert parts - set(contract["forbidden_modules"]) <= LEAVES | {"agent.policy", "agent.__init__"}


def imported(module: Module) -> set[str]:
    """Full names of the modules and names that ``module`` imports."""
    names = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_the_window_names_only_the_three_leaves() -> None:
    strangers = {
        f"{module.path}: {name}"
        for module in modules("ui")
        for name in imported(module)
        if name.split(".")[0] == "agent"
        if not any(name == leaf or name.startswith(f"{leaf}.") for leaf in LEAVES)
    }
    assert not strangers


def test_the_window_opens_no_network() -> None:
    """Local sockets live in the same Qt module as the network's; only they may be used."""
    strangers = {
        f"{module.path}: {name}"
        for module in modules("ui")
        for name in imported(module)
        if name.startswith("PySide6.QtNetwork") and name.rsplit(".", 1)[-1] not in {"QLocalServer", "QLocalSocket"}
    }
    assert not strangers


def test_nothing_is_imported_by_name_at_run_time() -> None:
    """``__import__`` and ``import_module`` would walk past the contracts."""
    found = [
        f"{module.path}:{node.lineno}"
        for module in modules("agent", "ui")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and dotted(node.func).rsplit(".", 1)[-1] in {"__import__", "import_module"}
    ]
    assert not found
