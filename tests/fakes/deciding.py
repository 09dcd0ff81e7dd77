"""Random policies, consents, settings and guards as typed values: quick to make, and wider than any signed file."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from agent.consent import ConsentState, give
from agent.gate import Guards
from agent.policy.effective import Settings
from agent.policy.keys import STRICTNESS
from agent.policy.load import Policy, notice_hash, parse
from agent.policy.model import Limits, Purpose, offered
from agent.records import CATEGORIES, Program
from tests.fakes.organisation import NOW, make_policy

BASE = parse(make_policy()[0], NOW)
#: vim is also the other name of gvim; thunderbird and keepassxc are protected.
NAMES = ("mousepad", "gedit", "vim", "thunderbird", "keepassxc")
PROGRAMS = (
    *(Program(name, name) for name in NAMES),
    Program("gvim", "GVim", frozenset({"Vim"})),
    Program("unheard-of", "?"),
)

names = st.frozensets(st.sampled_from(NAMES))
categories = st.lists(st.sampled_from(CATEGORIES), unique=True).map(tuple)
programs = st.sampled_from(PROGRAMS)
cells = st.frozensets(st.tuples(st.sampled_from(("p0", "p1", "p2", "other")), st.sampled_from(CATEGORIES)), max_size=9)
settings = st.builds(
    Settings,
    collect_in=st.frozensets(st.sampled_from((*NAMES, "gvim"))),
    excluded=names,
    sending=st.sampled_from(("", "ask", "hold")),
    redaction=st.sampled_from(STRICTNESS),
)
limits = st.builds(
    Limits,
    categories=categories,
    programs_denied=names.map(lambda found: tuple(sorted(found))),
    hold_hours=st.integers(-5, 800),
    unreviewed_days=st.integers(1, 30),
    require_asking=st.booleans(),
    redaction=st.sampled_from(STRICTNESS),
)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    purposes = tuple(
        Purpose(
            id=f"p{number}",
            title={"en": "title"},
            where={"en": "here"},
            categories=draw(categories),
            programs=draw(st.one_of(st.just(("*",)), names.map(lambda found: tuple(sorted(found))))),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    notice = replace(
        BASE.notice,
        purposes=purposes,
        retention_days=draw(st.sampled_from((30, 180))),
        countries=draw(st.sampled_from((("DE",), ("DE", "FR")))),
        collector_host=draw(st.sampled_from(("collect.acme.example", "elsewhere.example"))),
    )
    return replace(BASE, notice=notice, limits=draw(limits))


@st.composite
def consents(draw: st.DrawFn, policy: Policy) -> ConsentState:
    """A yes to some of what ``policy`` offers, at the sample's moment; nothing where nothing is offered."""
    there = sorted(offered(policy))
    ticked = frozenset(cell for cell in there if draw(st.booleans()))
    if not ticked:
        return ConsentState()
    return give(ConsentState(), policy, notice_hash(policy), ticked, NOW, "en", "0" * 64)


#: Everything says yes.
CLEAR = Guards(
    paused=False,
    withdraw_question=False,
    quiet=False,
    locked=False,
    indicator=True,
    clock_ok=True,
    redactor_ok=True,
    store_ok=True,
)

#: Each alone says no.
ONE_NO: tuple[tuple[str, object], ...] = (
    ("paused", True),
    ("withdraw_question", True),
    ("quiet", True),
    ("locked", True),
    ("locked", None),
    ("indicator", False),
    ("clock_ok", False),
    ("redactor_ok", False),
    ("store_ok", False),
    ("overloaded", True),
    ("expired", True),
    ("policy_ok", False),
)
