"""What always holds of a finding, whatever anybody tries in whatever order and at whatever time."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from inspection.findings.commands import (
    AmendFinding,
    Author,
    Command,
    ConfirmFinding,
    ContestFinding,
    DismissFinding,
    DraftByPolicy,
    DraftFinding,
    MarkDuplicate,
    ReviseDraft,
    WithdrawFinding,
)
from inspection.findings.state import INITIAL, Draft, Finding, FindingStatus
from inspection.findings.view import row
from schemas.inspection.findings import (
    AnyFindingEvent,
    FindingAmended,
    FindingConfirmed,
    FindingContested,
    FindingSubmitted,
)
from schemas.refusal import Refusal
from tests.inspection.directive_packs import LATE, SHIRKING
from tests.inspection.province import COMMUNE, DEPARTMENT, INSPECTORATE
from tests.inspection.sample_findings import (
    ANSWER,
    FACT,
    FINDINGS,
    HEAD_POST,
    ID,
    INSPECTOR,
    LEADER,
    NOW,
    OTHER,
    REASON,
    TODAY,
    content,
    document,
    standing,
    submit,
    submitted,
)
from tests.specification import given

ENDED = {FindingStatus.DISCARDED, FindingStatus.DISMISSED, FindingStatus.WITHDRAWN, FindingStatus.DUPLICATE}
PEOPLE = st.sampled_from([INSPECTOR, LEADER])
CONTENTS = st.builds(
    lambda agency, violation: content(agency_id=agency, violation_type=violation),
    st.sampled_from([COMMUNE, DEPARTMENT]),
    st.sampled_from([LATE, SHIRKING]),
)
AUTHORS = st.builds(Author, PEOPLE, st.booleans())
JUDGES = st.builds(
    lambda person, agency: standing(person, works_in=agency), PEOPLE, st.sampled_from([COMMUNE, INSPECTORATE])
)
ORIGINALS = st.sampled_from(
    [given(FINDINGS, submitted(OTHER, at=NOW + timedelta(days=ahead))).state for ahead in (-1, 1)]
)


class FindingMachine(RuleBasedStateMachine):
    """Anybody tries anything; time goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.state = INITIAL
        self.now: datetime = NOW
        self.events: list[tuple[datetime, AnyFindingEvent]] = []
        self.states: list[Any] = [INITIAL]

    def attempt(self, command: Command) -> None:
        try:
            decided = FINDINGS.decide(command, self.state)
        except Refusal:
            assert not isinstance(command, DraftByPolicy), "what a rule asks for is never refused"
            return
        for event in decided:
            self.state = FINDINGS.evolve(self.state, event)
            self.events.append((self.now, event))  # type: ignore[arg-type]  # the decider's own events
            self.states.append(self.state)

    @initialize(at_once=st.booleans())
    def begin(self, at_once: bool) -> None:
        if at_once:
            self.attempt(submit())

    @rule(days=st.sampled_from([1, 6, 8]))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(said=CONTENTS, by_policy=st.booleans())
    def draft(self, said: Any, by_policy: bool) -> None:
        self.attempt(DraftByPolicy(ID, said) if by_policy else DraftFinding(ID, said, INSPECTOR))

    @rule(said=CONTENTS, by=AUTHORS)
    def revise(self, said: Any, by: Author) -> None:
        self.attempt(ReviseDraft(said, by))

    @rule()
    def submit(self) -> None:
        said = self.state.content if isinstance(self.state, Draft) else content()
        self.attempt(submit(at=self.now, **{name: getattr(said, name) for name in ("agency_id", "violation_type")}))

    @rule(by=AUTHORS, number=st.integers(1, 3), ahead=st.none() | st.integers(-3, 3))
    def amend(self, by: Author, number: int, ahead: int | None) -> None:
        due = self.state.due_at if isinstance(self.state, Finding) else NOW
        later = None if ahead is None else due + timedelta(days=ahead)
        self.attempt(AmendFinding(FACT, (), document(number), (), REASON, by, TODAY, 1, False, later))

    @rule(by=AUTHORS)
    def withdraw(self, by: Author) -> None:
        self.attempt(WithdrawFinding(REASON, by))

    @rule(posts=st.sampled_from([(HEAD_POST,), ("deputy",), ()]))
    def contest(self, posts: tuple[str, ...]) -> None:
        self.attempt(ContestFinding(REASON, self.now, HEAD_POST, posts))

    @rule(by=JUDGES, answer=st.sampled_from([None, ANSWER]))
    def confirm(self, by: Any, answer: Any) -> None:
        self.attempt(ConfirmFinding(by, self.now, answer))

    @rule(by=JUDGES)
    def dismiss(self, by: Any) -> None:
        self.attempt(DismissFinding(by, REASON))

    @rule(by=JUDGES, original=ORIGINALS)
    def mark(self, by: Any, original: Any) -> None:
        self.attempt(MarkDuplicate(by, OTHER, original, "same-violation"))

    def of(self, kind: type) -> list[tuple[datetime, Any]]:
        return [(at, event) for at, event in self.events if isinstance(event, kind)]

    @invariant()
    def it_is_submitted_contested_and_confirmed_at_most_once(self) -> None:
        for kind in (FindingSubmitted, FindingContested, FindingConfirmed):
            assert len(self.of(kind)) <= 1

    @invariant()
    def agency_violation_and_matter_stay_as_submitted(self) -> None:
        for _, first in self.of(FindingSubmitted):
            for _, later in self.of(FindingAmended):
                for name in ("agency_id", "violation_type", "directive_id", "matter_id"):
                    assert getattr(first.content, name) == getattr(later.content, name)

    @invariant()
    def no_deadline_gets_shorter(self) -> None:
        due = [event.due_at for _, event in self.events if isinstance(event, FindingSubmitted | FindingAmended)]
        assert all(before <= after for before, after in pairwise(due))

    @invariant()
    def it_is_confirmed_by_another_once_the_agency_objected_or_no_longer_may(self) -> None:
        for at, event in self.of(FindingConfirmed):
            ((_, first),) = self.of(FindingSubmitted)
            assert event.confirmed_by != first.inspector_id
            assert at > first.contest_until or self.of(FindingContested)
            assert (event.answer is not None) == bool(self.of(FindingContested))

    @invariant()
    def what_fell_away_stays_so(self) -> None:
        statuses = [row(state)["status"] for state in self.states if state is not None]
        assert not ENDED.intersection(statuses[:-1])
        before_confirmed = statuses[: statuses.index(FindingStatus.CONFIRMED)] if "confirmed" in statuses else []
        after_confirmed = statuses[len(before_confirmed) + 1 :] if "confirmed" in statuses else []
        assert set(after_confirmed) <= {FindingStatus.DISMISSED, FindingStatus.DUPLICATE}


TestFinding = FindingMachine.TestCase
TestFinding.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
