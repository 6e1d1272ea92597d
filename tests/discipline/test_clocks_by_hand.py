"""Every clock ends where a clerk ends it: he looks each row up in the table and crosses out day after day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discipline.clocks import Interruption, pauses, processing
from discipline.counting import Length, Span
from discipline.days import last_day
from discipline.law.refusals import ExtensionWithoutRow
from discipline.law.rows import LawRow, LawTable, Rule, Start, Unit
from discipline.limitation import Ended, EndUnknown, Ongoing, Violation, limitation
from discipline.steps import Against, Step, step_term
from schemas.values import DayKind, SubjectKind
from tests.discipline.by_hand import ByHand, calendars
from tests.discipline.law_rows import SHIPPED, row_of, with_rows

if TYPE_CHECKING:
    from notifier.calendar import Calendar
    from schemas.discipline.law import ClockCalculation

KINDS = tuple(SubjectKind)
REASONS = ("criminal-proceedings", "complaint", "litigation", "sick-leave")
"""The last of them is no row's."""
REFORM = date(2025, 7, 1)
MATTERS = ("false-certificates", "late-papers")


@dataclass(frozen=True)
class Setting:
    """What every clock of a case is computed from."""

    law: LawTable
    kind: SubjectKind
    calendar: Calendar
    interruptions: tuple[Interruption, ...]
    step: date

    def rows(self, rule: Rule, *days: date) -> list[LawRow]:
        """The clerk's finger goes down the table."""
        found = []
        for row in self.law.rows:
            if row.rule is not rule or not row.active or (row.subject_kind and self.kind not in row.subject_kind):
                continue
            for day in days:
                begun = row.effective_from is None or row.effective_from <= day
                ended = row.effective_to is not None and row.effective_to <= day
                if begun and not ended:
                    found.append(row)
                    break
        return found

    def counted(self, row: LawRow, start: date, *days: date) -> Told:
        """One row's term from a start; `days` choose the row by which an interruption does not count."""
        allowing = [
            next((rule for rule in self.rows(Rule.TIME_NOT_COUNTED, *days) if one.reason in rule.codes), None)
            for one in self.interruptions
        ]
        held = [one for one, rule in zip(self.interruptions, allowing, strict=True) if rule is not None]
        spans = [Span(one.first, one.last or max(one.first, self.step)) for one in held]
        hand = ByHand(start, _length(row), self.calendar, spans, row.rolls is True)
        last = hand.last()
        own = iter(hand.suspended)
        return Told(
            row.row_id,
            start,
            last,
            tuple(hand.skipped),
            tuple(hand.exchanged),
            tuple(0 if rule is None else next(own) for rule in allowing),
            min((one.first for one in held if one.last is None and one.first <= last), default=None),
        )


@dataclass(frozen=True)
class Told:
    """What a calculation says, as far as dates go."""

    rule_id: str
    start: date
    last: date
    skipped: tuple[date, ...]
    exchanged: tuple[date, ...]
    suspended: tuple[int, ...]
    stands_still_since: date | None
    restarts: tuple[date, ...] = ()


def told(clock: ClockCalculation) -> Told:
    """The same of a calculation."""
    assert clock.skipped == tuple(one.day for one in clock.skipped_days)
    return Told(
        clock.rule_id,
        clock.starts_on,
        last_day(clock.ends_at),
        clock.skipped,
        tuple(one.day for one in clock.exchanged_days),
        tuple(one.days for one in clock.suspensions),
        clock.suspended_since,
        clock.restarts,
    )


def _length(row: LawRow) -> Length:
    assert isinstance(row.value, int)
    match row.unit:
        case Unit.DAYS:
            return Length(row.value, row.day_kind)
        case Unit.YEARS:
            return Length(row.value * 12, None)
        case _:
            return Length(row.value, None)


# -- cases ------------------------------------------------------------------------------------------------------------

TERMS = {
    "decree-172-2025-processing": {},
    "decree-172-2025-processing-extended": {},
    "decree-172-2025-limitation-reprimand": {},
    "decree-172-2025-limitation-other": {},
    "decree-172-2025-days-meeting": {"rolls": True},
    "complaints-law-second": {},
    "complaints-law-second-termination": {},
    "decree-172-2025-decision-validity": {"rolls": False},
}
"""Rows whose numbers are drawn, with what they have to say besides."""
ALSO = (
    row_of("decree-172-2025-processing").model_copy(update={"row_id": "processing-in-working-days"}),
    row_of("decree-112-2020-time-not-counted").model_copy(
        update={"row_id": "time-not-counted-now", "effective_from": REFORM, "effective_to": None}
    ),
    row_of("decree-112-2020-limitation-ongoing").model_copy(
        update={"row_id": "ongoing-now", "effective_from": REFORM, "effective_to": None}
    ),
)
"""Rows that the table does not have, and an amendment may bring."""


@st.composite
def tables(draw: st.DrawFn) -> LawTable:
    """The shipped table with other numbers, some rows activated, some gone, some new."""
    rows = []
    for row_id, more in TERMS.items():
        row = row_of(row_id)
        small = 3 if row.unit is Unit.YEARS else 90
        drawn = {"value": draw(st.integers(0, small)), "active": draw(st.booleans()), **more}
        if row.unit is Unit.DAYS:
            drawn["day_kind"] = draw(st.sampled_from(DayKind))
        rows.append(row.model_copy(update=drawn))
    extra = draw(st.lists(st.sampled_from(ALSO), unique_by=lambda row: row.row_id))
    table = with_rows(*rows, *extra)
    gone = draw(st.sets(st.sampled_from([row.row_id for row in SHIPPED.rows if row.rule in CLOCK_RULES]), max_size=2))
    return LawTable(tuple(row for row in table.rows if row.row_id not in gone))


CLOCK_RULES = {Rule.LIMITATION, Rule.LIMITATION_START, Rule.LIMITATION_RESTART, Rule.TIME_NOT_COUNTED, Rule.PROCESSING}
days = st.one_of(
    st.dates(date(2022, 1, 1), date(2027, 12, 31)), st.integers(-60, 60).map(lambda more: REFORM + timedelta(days=more))
)


@st.composite
def settings(draw: st.DrawFn, start: date) -> Setting:
    """A law, a calendar and what interrupted, around a start."""
    first = st.integers(-40, 200).map(lambda ahead: start + timedelta(days=ahead))
    interruptions = draw(
        st.lists(
            st.builds(
                lambda reason, begun, more: Interruption(
                    reason, begun, None if more is None else begun + timedelta(days=more)
                ),
                st.sampled_from(REASONS),
                first,
                st.none() | st.integers(0, 60),
            ),
            max_size=3,
        )
    )
    step = start + timedelta(days=draw(st.integers(0, 300)))
    return Setting(draw(tables()), draw(st.sampled_from(KINDS)), draw(calendars(start)), tuple(interruptions), step)


@given(st.data(), days, st.booleans())
def test_processing_time_ends_where_it_ends_by_hand(data: st.DataObject, detected: date, extended: bool) -> None:
    s = data.draw(settings(detected))
    by_hand = [s.counted(row, detected, s.step) for row in s.rows(Rule.PROCESSING, s.step)]
    longer = [s.counted(row, detected, s.step) for row in s.rows(Rule.PROCESSING_EXTENDED, s.step)]

    def computed() -> ClockCalculation | None:
        at = datetime(detected.year, detected.month, detected.day, 2, tzinfo=UTC)
        return processing(s.law, s.kind, at, s.step, s.calendar, interruptions=s.interruptions, extended=extended)

    if not by_hand:
        assert computed() is None
        return
    own = min(by_hand, key=lambda one: one.last)
    if not extended:
        clock = computed()
        assert clock is not None
        assert told(clock) == own
    elif not longer:
        with pytest.raises(ExtensionWithoutRow):
            computed()
    else:
        clock = computed()
        assert clock is not None
        assert clock.extension is not None
        assert (clock.rule_id, last_day(clock.extension.ended_before)) == (own.rule_id, own.last)
        assert told(clock.model_copy(update={"rule_id": clock.extension.row.rule_id})) == longer[0]


@given(st.data(), days)
def test_limitation_ends_where_it_ends_by_hand(data: st.DataObject, fact: date) -> None:
    s = data.draw(settings(fact))
    later = st.integers(0, 900).map(lambda more: fact + timedelta(days=more))
    course = data.draw(
        st.one_of(
            st.just(Ended(fact)),
            later.map(lambda day: Ongoing(fact, day)),
            later.map(lambda day: EndUnknown(fact, day)),
        )
    )
    more = tuple(data.draw(st.lists(later, max_size=3)))
    violation = Violation(course, more, frozenset(data.draw(st.sets(st.sampled_from(MATTERS)))))

    found = limitation(s.law, s.kind, violation, s.step, s.calendar, interruptions=s.interruptions)

    assert [told(clock) for clock in found.calculations] == list(_limits(s, violation))


def _limits(s: Setting, violation: Violation) -> Iterator[Told]:
    seen = set()
    for day in (violation.fact, s.step):
        if any(set(row.codes) & violation.matters for row in s.rows(Rule.LIMITATION_NONE, day)):
            continue
        for row in s.rows(Rule.LIMITATION, day):
            if row.row_id not in seen:
                seen.add(row.row_id)
                yield _limit(s, row, day, violation)


def _limit(s: Setting, row: LawRow, day: date, violation: Violation) -> Told:
    assert row.starts_on is Start.VIOLATION
    now = s.counted(row, _moved(s, day, violation), day)
    restarts: tuple[date, ...] = ()
    for again in sorted(violation.new_violations):
        if s.rows(Rule.LIMITATION_RESTART, day) and now.start < again <= now.last:
            restarts = (*restarts, again)
            now = s.counted(row, again, day)
    return replace(now, restarts=restarts)


def _moved(s: Setting, day: date, violation: Violation) -> date:
    """The first day: of the violation, or what a row puts in its place."""
    conditions = {row.condition for row in s.rows(Rule.LIMITATION_START, day)}
    match violation.course:
        case Ongoing(_, discovered) if "violation-ongoing" in conditions:
            return discovered
        case EndUnknown(_, concluded) if "end-not-determinable" in conditions:
            return concluded
        case _:
            return violation.fact


STEPS: Sequence[tuple[Step | Against, Rule, tuple[str | None, ...]]] = (
    (Step.MEETING, Rule.REVIEW_STEP_DAYS, ("meeting",)),
    (Step.COMPLAINT_FIRST, Rule.COMPLAINT, ("first",)),
    (Step.COMPLAINT_SECOND, Rule.COMPLAINT, ("second",)),
    (
        Against(Step.COMPLAINT_SECOND, "forced-termination"),
        Rule.COMPLAINT,
        ("second-of-forced-termination", "second"),
    ),
    (Step.SANCTION_EXPIRY, Rule.DECISION_VALIDITY, (None,)),
)


@pytest.mark.parametrize(("step", "rule", "conditions"), STEPS, ids=str)
@given(data=st.data(), start=days)
def test_the_term_of_a_step_ends_where_it_ends_by_hand(
    data: st.DataObject, start: date, step: Step | Against, rule: Rule, conditions: tuple[str | None, ...]
) -> None:
    s = data.draw(settings(start))

    held = pauses(s.law, s.kind, Rule.LIMITATION, start, s.interruptions)
    clock = step_term(s.law, step, s.kind, start, s.calendar, held=held, as_of=s.step)

    for condition in conditions:
        rows = [row for row in s.rows(rule, start) if condition in (None, row.condition)]
        if rows:
            own = min((s.counted(row, start, start) for row in rows), key=lambda one: one.last)
            assert clock is not None
            assert told(clock) == own
            return
    assert clock is None
