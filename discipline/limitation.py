"""Limitation: until when a sanction may be decided, by every active row of the day of the fact and that of the step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, assert_never

from discipline.clocks import Run, by_row, pauses
from discipline.days import last_day
from discipline.law.rows import LawRow, Rule, Start
from schemas.discipline.law import ClockCalculation, Unlimited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from discipline.calendar import Calendar
    from discipline.clocks import Interruption, Pause
    from discipline.law.rows import LawTable
    from schemas.values import SubjectKind

_ONGOING, _END_UNKNOWN = "violation-ongoing", "end-not-determinable"
"""Conditions of rows that move the start."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The violation ended on a known day."""

    on: date


@dataclass(frozen=True, slots=True)
class Ongoing:
    """The violation still went on when it was discovered."""

    fact: date
    """The latest day on which it is known to have gone on."""
    discovered_on: date


@dataclass(frozen=True, slots=True)
class EndUnknown:
    """When the violation ended cannot be determined; the competent body's conclusion says so."""

    fact: date
    concluded_on: date


Course: TypeAlias = Ended | Ongoing | EndUnknown


@dataclass(frozen=True, slots=True)
class Violation:
    """What limitation depends on."""

    course: Course
    new_violations: tuple[date, ...] = ()
    """Days of later violations of the same person."""
    matters: frozenset[str] = frozenset()
    """Codes of what the violation was found to be, where rows let none of it lapse: false certificates, say."""

    @property
    def fact(self) -> date:
        """The day that chooses the row of substance."""
        match self.course:
            case Ended(on):
                return on
            case Ongoing(fact, _) | EndUnknown(fact, _):
                return fact
            case _:
                assert_never(self.course)


@dataclass(frozen=True, slots=True)
class Limitation:
    """What the rows say of a violation; with neither, no active row limits it."""

    calculations: tuple[ClockCalculation, ...]
    unlimited: tuple[Unlimited, ...]
    """Regimes under which it never lapses."""


def limitation(
    law: LawTable,
    kind: SubjectKind,
    violation: Violation,
    step: date,
    calendar: Calendar,
    *,
    interruptions: Iterable[Interruption] = (),
) -> Limitation:
    """Limitation by every active row of the day of the fact or of the step, side by side.

    Args:
        law: the table.
        kind: of the subject.
        violation: its course, what came after it, and what it was found to be.
        step: the day of the step; a running interruption is counted up to it.
        calendar: of working days.
        interruptions: what is said not to count.
    """
    told = tuple(interruptions)
    calculations: dict[str, ClockCalculation] = {}
    unlimited: dict[str, Unlimited] = {}
    for day in dict.fromkeys((violation.fact, step)):
        if exempt := _exempt(law, kind, violation, day):
            unlimited[exempt.row.rule_id] = exempt
            continue
        # What does not count under one regime may well count under the other: each is held to its own rows.
        held = pauses(law, kind, Rule.LIMITATION, day, told)
        regime = _Regime(law, kind, day, held, step, calendar)
        calculations |= {one.rule_id: one for one in regime.clocks(violation) if one.rule_id not in calculations}
    return Limitation(tuple(calculations.values()), tuple(unlimited.values()))


def _exempt(law: LawTable, kind: SubjectKind, violation: Violation, day: date) -> Unlimited | None:
    for row in law.active(Rule.LIMITATION_NONE, kind, day):
        for ground in row.codes:
            if ground in violation.matters:
                return Unlimited(row=row.used, ground=ground)
    return None


@dataclass(frozen=True, slots=True)
class _Regime:
    """The rows of limitation as they stand on a day."""

    law: LawTable
    kind: SubjectKind
    day: date
    pauses: tuple[Pause, ...]
    as_of: date
    calendar: Calendar

    def clocks(self, violation: Violation) -> Iterator[ClockCalculation]:
        """One for each row that runs from the violation."""
        start, code, start_row = self._start(violation.course)
        restarting = self.law.active(Rule.LIMITATION_RESTART, self.kind, self.day)
        for row in self.law.active(Rule.LIMITATION, self.kind, self.day):
            if row.starts_on is not Start.VIOLATION:
                continue
            clock = self._clock(row, start).model_copy(
                update={"started_by": code, "start_row": None if start_row is None else start_row.used}
            )
            yield self._restarted(clock, row, restarting[0], violation) if restarting else clock

    def _start(self, course: Course) -> tuple[date, str, LawRow | None]:
        """The first day, what happened on it, and the row that moved it there."""
        match course:
            case Ended(on):
                return on, Start.VIOLATION.value, None
            case Ongoing(fact, moved):
                row = self._moving(_ONGOING)
            case EndUnknown(fact, moved):
                row = self._moving(_END_UNKNOWN)
            case _:
                assert_never(course)
        return (fact, Start.VIOLATION.value, None) if row is None else (moved, row.codes[0], row)

    def _moving(self, condition: str) -> LawRow | None:
        rows = self.law.active(Rule.LIMITATION_START, self.kind, self.day)
        return next((row for row in rows if row.condition == condition), None)

    def _restarted(
        self, clock: ClockCalculation, row: LawRow, restarting: LawRow, violation: Violation
    ) -> ClockCalculation:
        """Each new violation before the end starts it again; one after the end finds nothing left to restart."""
        restarts: list[date] = []
        for day in sorted(violation.new_violations):
            if clock.starts_on < day <= last_day(clock.ends_at):
                restarts.append(day)
                clock = self._clock(row, day)
                told = {"started_by": restarting.codes[0], "start_row": restarting.used, "restarts": tuple(restarts)}
                clock = clock.model_copy(update=told)
        return clock

    def _clock(self, row: LawRow, start: date) -> ClockCalculation:
        return by_row(row, Run(start, self.calendar, self.pauses, self.as_of), clock=Rule.LIMITATION.value)
