"""The policy in force: read at start and looked at again every few seconds; a bad file never widens anything."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agent.policy.load import NAME, SYSTEM, Policy, find
from agent.problems import AgentError, Refused, Unavailable
from agent.upload import Destination

if TYPE_CHECKING:  # only the type: stores are handed in
    from agent.engine.stores import Opened


class Terms:
    """trial: the folder of a trial, None for the computer's own policy. language: of the notice, set by the window."""

    def __init__(self, trial: Path | None = None, root: Path | None = None) -> None:
        self.trial = trial
        self.language = "en"
        self._root = root
        self._policy: Policy | None = None
        self._error: AgentError | None = Refused("no-organisation")
        self._opened: Opened | None = None

    @property
    def policy(self) -> Policy | None:
        """The newest valid policy, also one that is not in effect (yet, any more): see ``problem``."""
        return self._policy

    @property
    def place(self) -> Path:
        """Where the policy file lies."""
        return (self.trial or self._root or SYSTEM) / NAME

    def reload(self, wall: int) -> None:
        """Look at the file again. What is refused leaves the policy before it in force, as long as that is valid."""
        try:
            loaded = (
                find(self.trial, now=wall, previous=self._policy)
                if self._root is None
                else find(self.trial, root=self._root, now=wall, previous=self._policy)
            )
        except AgentError as error:
            self._error, self._policy = error, None
            return
        self._error = loaded.problem
        if loaded.policy != self._policy:
            self._policy = loaded.policy
            self._note()

    def problem(self, wall: int) -> AgentError | None:
        """Why nothing may be collected under this policy now; None if it is in force."""
        policy = self._policy
        if policy is None:
            return self._error or Refused("no-organisation")
        if wall >= policy.not_after:
            return Unavailable("policy-expired", not_after=_day(policy.not_after))
        if wall < policy.notice.effective_from:
            return Refused("policy-not-yet", effective_from=_day(policy.notice.effective_from))
        return None

    def refused(self) -> AgentError | None:
        """What is wrong with the file that lies there now, although an older policy is still in force."""
        if self._policy is None or self._error is None:
            return None
        facts = self._error.facts
        return Unavailable(
            "policy-refused", mistakes=facts.get("mistakes", str(self._error)), place=facts.get("place", "")
        )

    def in_force(self) -> Policy:
        """The policy whose notice may be answered. Raises what ``reload`` found wrong."""
        if self._policy is None:
            raise self._error or Refused("no-organisation")
        return self._policy

    def accepted(self, opened: Opened | None) -> None:
        """The stores are open: from now on remember which policy was in force, so that an older one cannot return."""
        self._opened = opened
        self._note()

    def _note(self) -> None:
        opened, policy = self._opened, self._policy
        if opened is None or policy is None:
            return
        known = opened.profile.get("policy")
        serial = known.get("serial") if isinstance(known, dict) else None
        if isinstance(serial, int) and policy.serial < serial:
            self._policy = None
            self._error = Refused("policy-rolled-back", serial=str(policy.serial), known=str(serial))
            return
        if not isinstance(known, dict) or known.get("hash") != policy.hash:
            opened.profile.put("policy", {"serial": policy.serial, "hash": policy.hash})

    def destination(self) -> Destination:
        """Where batches go. Raises ``Invalid('collector-insecure')``."""
        policy = self.in_force()
        delivery = policy.delivery
        return Destination(
            collector=delivery.collector,
            collector_key=delivery.collector_key,
            ca=delivery.ca or None,
            proxy=delivery.proxy or None,
            token=delivery.enrolment_token or None,
            trial=self.trial is not None,
        )


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")
