"""States around the yes: another computer, somebody else's profile, two sessions, an organisation that is gone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent import protocol
from agent.problems import Refused, Unavailable
from agent.profile import HOME_FILE, claim, home, set_aside, settle_in
from agent.protocol import Done
from agent.vault import Vault
from tests.fakes.desktop import TERMINAL
from tests.fakes.enginehouse import House
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.organisation import make_policy

SAME = {"delivery.collector": "http://127.0.0.1:9", "notice.purposes.0.programs": ["mousepad", "xterm"]}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.engine.stop()


def agreed(house: House) -> House:
    """A yes, one text sealed and not sent yet, one that waits."""
    house.agree("mousepad", cells=("text",))
    house.types("typed and let go")
    house.goes_to(TERMINAL)
    house.send_all()
    house.engine.uploads.stop()
    house.types("typed and waits")
    house.goes_to(TERMINAL)
    return house


def problems(house: House) -> list[str]:
    return [problem.code for problem in house.snapshot.problems]


def profile(house: House) -> Path:
    return house.trial / "profile"


# ---------------------------------------------------------------- another computer


def empty_keystore(house: House) -> None:
    house.keystore = MemoryKeystore()


def keystore_with_a_root_of_its_own(house: House) -> None:
    house.keystore = MemoryKeystore()
    Vault.open(house.keystore)


def another_machine(house: House) -> None:
    house.machine = b"another computer"


@pytest.mark.parametrize("moved", [empty_keystore, keystore_with_a_root_of_its_own, another_machine])
def test_a_copied_profile_asks_again_and_nothing_of_it_is_used(house: House, moved: Callable[[House], None]) -> None:
    agreed(house)
    house.engine.stop()
    moved(house)
    house.engine = house.make()
    house.show_sign()
    snapshot = house.snapshot
    assert (snapshot.consent, snapshot.decision, snapshot.hooks, snapshot.waiting) == ("never-asked", True, False, 0)
    assert problems(house) == ["profile-elsewhere"]
    house.types("typed on the other computer")
    house.goes_to(TERMINAL)
    assert not house.engine.stores.exists()
    # Everything of it lies aside, also what was sealed: nobody sends it from here.
    assert sorted(path.name for path in profile(house).iterdir()) == ["elsewhere-1"]
    assert {"outbox", "profile.db", "records.db", HOME_FILE} <= {
        path.name for path in (profile(house) / "elsewhere-1").iterdir()
    }
    # An answer here is an answer here.
    house.agree("mousepad", cells=("text",))
    house.types("typed after the answer")
    house.goes_to(TERMINAL)
    assert house.texts() == ["typed after the answer"]
    assert house.engine.stores.open().outbox.pending() == ()
    assert problems(house) == []
    house.restart()
    assert house.texts() == ["typed after the answer"]


def test_the_same_computer_is_the_same_after_a_restart(house: House) -> None:
    agreed(house)
    house.restart()
    assert house.texts() == ["typed and waits"]
    # Nobody is there to send to, which may be known by now or not.
    assert set(problems(house)) <= {"upload-unreachable"}


def test_a_profile_that_does_not_say_where_it_belongs_yet_learns_it(house: House) -> None:
    agreed(house)
    house.engine.stop()
    (profile(house) / HOME_FILE).unlink()
    house.engine = house.make()
    assert house.texts() == ["typed and waits"]
    assert home(profile(house)) == Vault.mark(house.keystore, house.machine)


def test_when_the_key_is_there_again_so_is_the_profile(house: House) -> None:
    agreed(house)
    right = house.keystore
    for _ in range(2):
        house.keystore = MemoryKeystore()
        house.restart()
        assert house.snapshot.consent == "never-asked"
        house.agree("mousepad")
        house.keystore = right
        house.restart()
        assert house.texts() == ["typed and waits"]
        assert len(house.engine.stores.open().outbox.pending()) == 1
        assert house.snapshot.consent == "given"


def test_a_crash_while_setting_aside_sends_nothing_and_is_done_again(house: House) -> None:
    agreed(house)
    house.engine.stop()
    set_aside(profile(house), ("outbox", "records.db*"))
    house.keystore = MemoryKeystore()
    house.engine = house.make()
    assert sorted(path.name for path in profile(house).iterdir()) == ["elsewhere-1", "elsewhere-2"]
    assert house.snapshot.consent == "never-asked"


def test_a_keystore_away_is_no_other_computer(house: House) -> None:
    agreed(house)
    house.engine.stop()
    house.keystore.gone = True
    house.engine = house.make()
    assert "keystore-unavailable" in problems(house)
    assert (profile(house) / "profile.db").exists()


# ---------------------------------------------------------------- a shared computer


def test_a_folder_others_may_look_into_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    claim(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file of somebody else's")
def test_the_profile_of_another_user_is_never_read(house: House) -> None:
    agreed(house)
    house.engine.stop()
    before = {path.name: path.read_bytes() for path in profile(house).iterdir() if path.is_file()}
    os.chown(profile(house), 54321, 54321)
    house.engine = house.make()
    house.show_sign()
    snapshot = house.snapshot
    assert (snapshot.state, snapshot.hooks, snapshot.waiting) == ("stopped", False, 0)
    assert problems(house) == ["profile-not-yours"]
    done = house.ask(
        protocol.Give, notice=house.notice().notice, cells=(("train", "text"),), programs=(), language="en",
        shown="0" * 64,
    )  # fmt: skip
    assert isinstance(done, Done)
    assert done.problem == "profile-not-yours"
    assert {path.name: path.read_bytes() for path in profile(house).iterdir() if path.is_file()} == before
    os.chown(profile(house), 0, 0)


def test_where_no_folder_can_be_looked_at_the_store_has_failed(tmp_path: Path) -> None:
    for action in (
        lambda: claim(tmp_path / "absent"),
        lambda: settle_in(tmp_path / "absent", "0" * 32),
        lambda: set_aside(tmp_path / "absent", ("*",)),
    ):
        with pytest.raises(Unavailable) as raised:
            action()
        assert raised.value.code == "store-failed"


def test_a_second_session_of_the_same_person_collects_nothing(house: House, tmp_path: Path) -> None:
    agreed(house)
    # Its keystore is another one at first, as in a session over the network: that takes nothing away from the first.
    second = House(tmp_path)
    assert "profile-in-use" in problems(second)
    second.engine.stop()
    second.keystore = house.keystore
    second.engine = second.make()
    second.show_sign()
    second.types("typed in the second session")
    second.goes_to(TERMINAL)
    assert not second.snapshot.hooks
    assert "profile-in-use" in problems(second)
    assert second.engine.stores.opened is None
    # The first one goes on, and knows nothing of what was typed there.
    house.types("typed in the first")
    house.goes_to(TERMINAL)
    assert house.texts() == ["typed and waits", "typed in the first"]
    second.engine.stop()


# ---------------------------------------------------------------- an organisation that is gone


def test_when_the_policy_ends_what_waits_is_destroyed_and_receipts_stay(tmp_path: Path) -> None:
    house = agreed(House(tmp_path, not_after="2026-11-23T10:00:00Z"))
    house.later(3600, step=20)
    house.later(61, step=1)
    snapshot = house.snapshot
    assert (snapshot.state, snapshot.hooks, snapshot.waiting) == ("stopped", False, 0)
    assert "policy-expired" in problems(house)
    opened = house.engine.stores.open()
    assert opened.records.count() == 0
    assert opened.outbox.pending() == ()
    kinds = [row.kind for row in house.page(protocol.History, protocol.GetHistory).rows]
    assert kinds.count("ended") == 1
    for _ in range(2):
        house.restart()
        house.later(31)
    assert [row.kind for row in house.page(protocol.Receipts, protocol.GetReceipts).rows] == ["given"]
    assert [row.kind for row in house.page(protocol.History, protocol.GetHistory).rows] == kinds
    # Whom to ask for deletion is still known, also without a policy.
    sheet = tmp_path / "sheet.html"
    house.page(protocol.Saved, protocol.SaveSheet, file=str(sheet), language="en")
    assert "privacy@acme.example" in sheet.read_text()
    (house.trial / "policy.json").unlink()
    house.restart()
    assert house.snapshot.organisation == ""
    sheet.unlink()
    house.page(protocol.Saved, protocol.SaveSheet, file=str(sheet), language="en")
    assert "privacy@acme.example" in sheet.read_text()
    house.engine.stop()


def test_a_clock_in_doubt_destroys_nothing(tmp_path: Path) -> None:
    house = agreed(House(tmp_path, not_after="2026-11-23T10:00:00Z"))
    house.wall += 7200  # somebody set it; the boot clock knows better
    house.later(31)
    assert house.engine.stores.open().records.count() == 1
    house.engine.stop()


def test_an_organisation_that_turns_everything_off_leaves_nothing_behind(house: House) -> None:
    agreed(house)
    house.write_policy(make_policy(**{**SAME, "serial": 8, "limits.categories": []})[0])
    house.later(6)
    snapshot = house.snapshot
    assert (snapshot.given, snapshot.hooks, snapshot.waiting, snapshot.decision) == ((), False, 0, False)
    assert house.engine.stores.open().outbox.pending() == ()
    assert [row.kind for row in house.page(protocol.Receipts, protocol.GetReceipts).rows] == ["given"]


def test_nobody_has_asked(tmp_path: Path) -> None:
    house = House(tmp_path)
    (house.trial / "policy.json").unlink()
    house.restart()
    house.types("typed")
    snapshot = house.snapshot
    assert (snapshot.state, snapshot.hooks, snapshot.decision, snapshot.organisation) == ("off", False, False, "")
    assert problems(house) == ["no-organisation"]
    with pytest.raises(Refused):
        house.engine.terms.in_force()
    assert not house.engine.stores.exists()
    house.engine.stop()
