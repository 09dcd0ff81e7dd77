"""The commands as anybody runs them: what they print, how they end, and that nothing about a person shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent import protocol
from tests.fakes.enginehouse import House
from tests.fakes.organisation import make_keys, make_policy, put, sample

ABOVEBOARD = Path(sys.executable).parent / "aboveboard"
SYSTEM = Path("/etc/aboveboard")
ENVIRON = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


def run(*arguments: str | Path, stdin: bytes = b"", environ: dict[str, str] | None = None) -> tuple[int, bytes, str]:
    """Exit code, what it printed, what it complained about."""
    done = subprocess.run(
        [ABOVEBOARD, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env=ENVIRON if environ is None else environ,
    )
    return done.returncode, done.stdout, done.stderr.decode()


def lines(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.decode().splitlines()]


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A valid file with the organisation's keys; in force whatever day it is."""
    end = datetime.now(UTC) + timedelta(days=300)
    data, _ = make_policy(**{"not_after": end.strftime("%Y-%m-%dT%H:%M:%SZ"), "notice.effective_from": _past()})
    place = tmp_path / "draft.json"
    place.write_bytes(data)
    return place


def _past() -> str:
    return (datetime.now(UTC) - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")


# ---------------------------------------------------------------- redact


@pytest.mark.parametrize("environ", [ENVIRON, {}, {"PYTHONIOENCODING": "latin-1"}])
def test_redact_answers_each_line_in_any_environment(environ: dict[str, str]) -> None:
    text = "Grüße an mira@harborline.example 😀 Karte 4929 1838 0471 6620."
    code, out, complaint = run("redact", stdin=json.dumps({"id": "7", "text": text}).encode(), environ=environ)
    assert (code, complaint) == (0, "")
    (answer,) = lines(out)
    assert answer["id"] == "7"
    assert answer["text"] == "Grüße an [e-mail address] 😀 Karte [card number]."
    spans = answer["spans"]
    assert isinstance(spans, list)
    assert [text[span["start"] : span["end"]] for span in spans] == [
        "mira@harborline.example",
        "4929 1838 0471 6620",
    ]


def test_redact_goes_on_after_bad_lines_and_never_repeats_them() -> None:
    bad = [
        b"no json hunter2",
        b'{"id": 1, "text": "hunter2"}',
        b'{"id": "x"}',
        b"\xff\xfe hunter2",
        b'{"id":"s","text":"\xff"}',
    ]
    stdin = b"\n".join([*bad, b"", b'{"id": "ok", "text": "fine"}', b""])
    code, out, complaint = run("redact", stdin=stdin)
    assert code == 1
    assert [answer["id"] for answer in lines(out)] == ["ok"]
    assert [f"line {number}:" in complaint for number in range(1, 6)] == [True] * 5
    assert "line 7" not in complaint
    assert "hunter2" not in complaint
    assert "Traceback" not in complaint


def test_redact_of_nothing_is_nothing() -> None:
    assert run("redact") == (0, b"", "")


def test_a_reader_that_leaves_is_no_crash() -> None:
    stdin = b'{"id":"1","text":"x"}\n' * 50_000
    with subprocess.Popen(
        [ABOVEBOARD, "redact"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRON
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b'{"id":"1","text":"x"}\n')
        process.stdout.close()
        try:
            process.stdin.write(stdin)
            process.stdin.close()
        except BrokenPipeError:
            pass
        complaint = process.stderr.read()
        assert process.wait(60) == 1
    assert complaint == b""


# ---------------------------------------------------------------- redact-keys


@pytest.mark.parametrize("environ", [ENVIRON, {}])
def test_redact_keys_replays_a_field(environ: dict[str, str]) -> None:
    typed = [*"mira@harborline.exampleX", "Key.backspace", *" ok"]
    events = [[0, "focus", "Editor"], *([1 + n / 10, "press", key] for n, key in enumerate(typed))]
    code, out, complaint = run("redact-keys", stdin=json.dumps({"id": "1", "events": events}).encode(), environ=environ)
    assert (code, complaint) == (0, "")
    assert lines(out) == [{"id": "1", "raw": ["mira@harborline.example ok"], "texts": ["[e-mail address] ok"]}]


def test_redact_keys_names_bad_lines() -> None:
    code, out, complaint = run(
        "redact-keys", stdin=b'{"id":"1","events":[["soon","press","a"]]}\n{"id":"2","events":[]}\n'
    )
    assert code == 1
    assert lines(out) == [{"id": "2", "raw": [], "texts": []}]
    assert "line 1:" in complaint


# ---------------------------------------------------------------- policy


@pytest.mark.parametrize("environ", [ENVIRON, {}])
def test_validate_a_valid_file(policy: Path, environ: dict[str, str]) -> None:
    assert run("policy", "validate", policy, environ=environ) == (0, b"valid\n", "")


def test_validate_says_all_mistakes_at_once(tmp_path: Path) -> None:
    document = sample(make_keys())
    put(document, "serial", "seven")
    put(document, "notice.countries", ["Germany"])
    put(document, "limits.microphone", True)
    del document["notice"]["recipients"]
    place = tmp_path / "bad.json"
    place.write_text(json.dumps(document))
    code, out, complaint = run("policy", "validate", place)
    said = out.decode()
    assert (code, complaint) == (1, "")
    for place_of_mistake in ("serial", "notice.countries", "limits.microphone", "notice.recipients", "signature"):
        assert place_of_mistake in said
    assert len(said.splitlines()) >= 4


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"[]", b'{"a":1,"a":2}', b"[" * 100_000])
def test_validate_a_file_that_is_none(tmp_path: Path, content: bytes | None) -> None:
    place = tmp_path / "policy.json"
    if content is not None:
        place.write_bytes(content)
    code, out, complaint = run("policy", "validate", place)
    assert code == 1
    assert out
    assert "Traceback" not in complaint


def test_validate_a_folder(tmp_path: Path) -> None:
    code, out, _ = run("policy", "validate", tmp_path)
    assert (code, b"not an ordinary file" in out) == (1, True)


def test_a_changed_byte_is_a_bad_signature(policy: Path) -> None:
    policy.write_bytes(policy.read_bytes().replace(b"Acme GmbH", b"Acme GmbX"))
    code, out, _ = run("policy", "validate", policy)
    assert (code, b"signature" in out) == (1, True)


def test_keys_lists_what_may_be_and_what_may_never_be() -> None:
    code, out, complaint = run("policy", "keys", environ={})
    assert (code, complaint) == (0, "")
    page = out.decode()
    assert "limits.hold_hours" in page
    assert "No policy can ever have these keys" in page


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A trial with a profile, today."""
    if SYSTEM.exists():
        pytest.skip(f"{SYSTEM} is there: this computer has a policy of its own")
    end = datetime.now(UTC) + timedelta(days=300)
    made = House(tmp_path, **{"not_after": end.strftime("%Y-%m-%dT%H:%M:%SZ"), "notice.effective_from": _past()})
    made.wall = time.time()
    made.engine.stop()
    made.engine = made.make()
    yield made
    made.engine.stop()


def test_explain_gives_every_key_and_no_token(house: House) -> None:
    code, out, complaint = run("--trial", house.trial, "policy", "explain", "--json")
    assert (code, complaint) == (0, "")
    facts = json.loads(out)
    keys = {row["key"]: row for row in facts["keys"]}
    assert facts["trial"] is True
    assert keys["delivery.collector"]["value"] == "http://127.0.0.1:9"
    assert keys["delivery.enrolment_token"]["value"] == "(not shown)"
    assert keys["limits.hold_hours"]["source"] == str(house.trial / "policy.json")

    code, out, _ = run("--trial", house.trial, "policy", "explain")
    assert code == 0
    assert "delivery.collector = http://127.0.0.1:9" in out.decode()


def test_explain_without_a_policy(tmp_path: Path) -> None:
    code, out, complaint = run("--trial", tmp_path, "policy", "explain", "--json")
    assert (code, out) == (1, b"")
    assert complaint


# ---------------------------------------------------------------- health


def test_health_is_the_same_bytes_whatever_the_employee_answers(house: House) -> None:
    """Also after pausing, excluding, deleting, withdrawing: nothing about a person reaches whoever asks."""

    def health() -> tuple[int, bytes, str]:
        return run("--trial", house.trial, "health", "--json")

    before = health()
    assert before[0] == 0
    assert json.loads(before[1])["policy"] == "in-force"
    answers = [before]
    house.ask(protocol.Refuse, notice=house.notice().notice)
    answers.append(health())
    house.agree()
    house.types("some words")
    answers.append(health())
    house.ask(protocol.Pause, until="resume")
    answers.append(health())
    house.ask(protocol.Exclude, program="mousepad", delete_waiting=True)
    house.ask(protocol.SetOwnWords, words=("Falkenstein",))
    answers.append(health())
    house.ask(protocol.Withdraw)
    answers.append(health())
    house.engine.stop()
    answers.append(health())
    assert set(answers) == {before}


def test_health_says_what_is_wrong_with_the_policy(house: House, tmp_path: Path) -> None:
    later = (datetime.now(UTC) + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
    end = (datetime.now(UTC) + timedelta(days=300)).strftime("%Y-%m-%dT%H:%M:%SZ")
    house.write_policy(
        make_policy(**{"delivery.collector": "http://127.0.0.1:9", "notice.effective_from": later, "not_after": end})[0]
    )
    assert json.loads(run("--trial", house.trial, "health", "--json")[1])["policy"] == "policy-not-yet"
    house.write_policy(b"{}")
    code, out, complaint = run("--trial", house.trial, "health")
    assert (code, complaint) == (0, "")
    assert out.decode().splitlines()[0] == "policy: policy-invalid"
    assert json.loads(run("--trial", tmp_path / "none", "health", "--json")[1])["policy"] == "no-organisation"


# ---------------------------------------------------------------- usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["policy"],
        ["policy", "nonsense"],
        ["policy", "validate"],
        ["policy", "validate", "a", "b"],
        ["health", "--xml"],
        ["redact", "file"],
        ["--trial"],
        ["--nonsense"],
    ],
)
@pytest.mark.parametrize("environ", [ENVIRON, {}])
def test_wrong_usage_is_two(arguments: list[str], environ: dict[str, str]) -> None:
    code, out, complaint = run(*arguments, environ=environ)
    assert (code, out) == (2, b"")
    assert complaint.startswith("usage: aboveboard")


@pytest.mark.parametrize("arguments", [["--help"], ["policy", "--help"], ["--version"]])
def test_help_is_no_error(arguments: list[str]) -> None:
    code, out, complaint = run(*arguments)
    assert (code, complaint) == (0, "")
    assert out
