"""The ordered view of the focus: whatever is not told for certain is unknown."""

from __future__ import annotations

import pytest

from agent.native.x11.focus import Detail, FocusView, Mode

A, B = 0x400001, 0x600001


def at(window: int) -> FocusView:
    view = FocusView()
    view.anchor(window)
    return view


def test_nothing_is_known_at_first() -> None:
    assert FocusView().receiver is None


@pytest.mark.parametrize("detail", [Detail.ANCESTOR, Detail.INFERIOR, Detail.NONLINEAR])
def test_the_focus_goes_from_one_window_to_another(detail: Detail) -> None:
    view = at(A)
    view.focus_out(Mode.NORMAL, detail)
    assert view.receiver is None
    view.focus_in(B, Mode.NORMAL, detail)
    assert view.receiver == B


@pytest.mark.parametrize("detail", [Detail.VIRTUAL, Detail.NONLINEAR_VIRTUAL, Detail.POINTER_ROOT, Detail.NONE])
def test_somewhere_below_or_nowhere_is_unknown(detail: Detail) -> None:
    view = at(A)
    view.focus_in(B, Mode.NORMAL, detail)
    assert view.receiver is None


def test_the_pointers_window_is_not_the_focus() -> None:
    view = at(A)
    before = view.epoch
    view.focus_in(B, Mode.NORMAL, Detail.POINTER)
    view.focus_out(Mode.NORMAL, Detail.POINTER)
    assert (view.receiver, view.epoch) == (A, before)


def test_during_a_grab_nobody_gets_the_keys() -> None:
    view = at(A)
    view.focus_out(Mode.GRAB, Detail.NONLINEAR)
    assert view.receiver is None
    view.focus_in(A, Mode.UNGRAB, Detail.NONLINEAR)
    assert view.receiver == A


def test_the_focus_may_move_during_a_grab() -> None:
    view = at(A)
    view.focus_in(B, Mode.GRAB, Detail.NONLINEAR)
    view.focus_out(Mode.WHILE_GRABBED, Detail.NONLINEAR)
    view.focus_in(B, Mode.WHILE_GRABBED, Detail.NONLINEAR)
    assert view.receiver is None
    view.focus_in(B, Mode.UNGRAB, Detail.NONLINEAR)
    assert view.receiver == B


def test_a_grab_whose_end_was_missed_ends_with_the_next_ordinary_move() -> None:
    view = at(A)
    view.focus_out(Mode.GRAB, Detail.NONLINEAR)
    view.focus_out(Mode.NORMAL, Detail.NONLINEAR)
    view.focus_in(B, Mode.NORMAL, Detail.NONLINEAR)
    assert view.receiver == B


def test_every_change_is_a_new_epoch() -> None:
    view = at(A)
    epochs = [view.epoch]
    view.focus_out(Mode.NORMAL, Detail.NONLINEAR)
    epochs.append(view.epoch)
    view.focus_in(A, Mode.NORMAL, Detail.NONLINEAR)
    epochs.append(view.epoch)
    view.anchor(A)
    assert len(set(epochs)) == 3, "there and back again is a change"
    assert view.epoch == epochs[-1], "to be told what is known is none"
