"""Clocks of a review: not a date but a calculation that anybody can repeat from the row that it names.

Substance follows the date of the fact, procedure the date of the step (law.md). Whether limitation is the one or the
other the rows leave open, so every active row of both days is shown, side by side (`discipline.limitation`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discipline.counting import Length, Span, count
from discipline.days import end_of, local_day
from discipline.law.refusals import ExtensionWithoutRow
from discipline.law.rows import LawRow, Rule, Start, Unit
from schemas.discipline.law import ClockCalculation, Extension, NamedDay, RowUsed, Suspension, TermBasis

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from discipline.calendar import Calendar, DayOff
    from discipline.counting import Counted
    from discipline.law.rows import LawTable
    from schemas.values import SubjectKind, Term

_MONTHS_A_YEAR = 12


class RowCountsNoTime(ValueError):
    """A clock was asked for of a row whose value is no number of days, months or years."""


class SuspensionWithoutDay(ValueError):
    """A suspension still runs, and nobody said up to which day to count it."""


@dataclass(frozen=True, slots=True)
class Interruption:
    """A stretch of time of which somebody says that it does not count."""

    reason: str
    """A code that rows of `time_not_counted` may name (`NotCounted`)."""
    first: date
    last: date | None
    """None while it runs."""


@dataclass(frozen=True, slots=True)
class Pause:
    """An interruption with the row that lets it not count; without one it counts, and the calculation says so."""

    interruption: Interruption
    row: RowUsed | None


@dataclass(frozen=True, slots=True)
class PackTerm:
    """The directive's own number, for where no active row of the law sets a term."""

    directive_id: str
    provision: str
    term: Term


@dataclass(frozen=True, slots=True)
class Run:
    """What a clock runs over: its first day, what interrupts it, and up to which day a running interruption counts."""

    starts_on: date
    calendar: Calendar
    pauses: Sequence[Pause] = ()
    as_of: date | None = None


def calculate(row: LawRow, starts_on: date, calendar: Calendar, *, clock: str | None = None) -> ClockCalculation:
    """The term of a row that a day triggers; that day does not count, and the term ends at 24:00.

    Raises:
        RowCountsNoTime: the row has no term.
    """
    return by_row(row, Run(starts_on, calendar), clock=clock)


def by_row(row: LawRow, run: Run, *, clock: str | None = None) -> ClockCalculation:
    """The term of a row, over all that interrupts it.

    Raises:
        RowCountsNoTime: the row has no term.
        SuspensionWithoutDay: an interruption still runs, and the run names no day to count it to.
    """
    length = length_of(row)
    counted = _counted(length, run, rolls=row.rolls is True)
    return _calculation(row.used, length, run, counted).model_copy(
        update={"condition": row.condition, "clock": clock, "started_by": row.starts_on and row.starts_on.value}
    )


def by_pack(term: PackTerm, run: Run, *, clock: str) -> ClockCalculation:
    """The directive's own term: it rolls like every term (Civil Code, art. 148)."""
    length = Length(term.term.days, term.term.day_kind)
    source = RowUsed(rule_id=term.directive_id, instrument=term.directive_id, article=term.provision)
    counted = _counted(length, run, rolls=True)
    calculation = _calculation(source, length, run, counted)
    return calculation.model_copy(update={"clock": clock, "basis": TermBasis.PACK_DEFAULT})


def pauses(
    law: LawTable, kind: SubjectKind, clock: Rule, day: date, interruptions: Iterable[Interruption]
) -> tuple[Pause, ...]:
    """Each interruption with the active row, in force on the day, that lets it not count for a clock.

    A row that speaks of one clock alone names its rule as the condition, and stops no other.
    """
    rows = [row for row in law.active(Rule.TIME_NOT_COUNTED, kind, day) if row.condition in {None, clock.value}]
    return tuple(Pause(one, next((row.used for row in rows if one.reason in row.codes), None)) for one in interruptions)


def processing(
    law: LawTable,
    kind: SubjectKind,
    detected_at: datetime,
    step: date,
    calendar: Calendar,
    *,
    interruptions: Iterable[Interruption] = (),
    extended: bool = False,
) -> ClockCalculation | None:
    """From detection to decision, by the active row of the step's day; the strictest where there are several.

    Args:
        law: the table.
        kind: of the subject.
        detected_at: when the violation was detected.
        step: the day of the step; a running interruption is counted up to it.
        calendar: of working days.
        interruptions: what is said not to count.
        extended: the authority has extended it, by the row that allows it.

    Raises:
        ExtensionWithoutRow: no active row allows the extension.
    """
    run = Run(local_day(detected_at), calendar, pauses(law, kind, Rule.PROCESSING, step, interruptions), step)
    rows = [row for row in law.active(Rule.PROCESSING, kind, step) if row.starts_on is Start.DETECTION]
    found = [by_row(row, run, clock=Rule.PROCESSING.value) for row in rows]
    calculation = min(found, key=lambda one: one.ends_at, default=None)
    if calculation is None or not extended:
        return calculation
    return _extended(calculation, law.active(Rule.PROCESSING_EXTENDED, kind, step), run)


def _extended(base: ClockCalculation, rows: Sequence[LawRow], run: Run) -> ClockCalculation:
    """The same clock with the longer term of the first row that allows one."""
    if not rows:
        raise ExtensionWithoutRow(base.rule_id)
    row, length = rows[0], length_of(rows[0])
    if length.day_kind is None:
        raise RowCountsNoTime(row.row_id)
    counted = _counted(length, run, rolls=row.rolls is True)
    longer = _calculation(row.used, length, run, counted)
    told = ("skipped", "ends_at", "skipped_days", "exchanged_days", "suspensions", "suspended_since", "as_of")
    extension = Extension(row=row.used, days=length.count, day_kind=length.day_kind, ended_before=base.ends_at)
    return base.model_copy(update={**{name: getattr(longer, name) for name in told}, "extension": extension})


def length_of(row: LawRow) -> Length:
    """A row's term. Raises `RowCountsNoTime`."""
    if isinstance(row.value, int):
        if row.unit is Unit.DAYS and row.day_kind is not None:
            return Length(row.value, row.day_kind)
        if row.unit is Unit.MONTHS:
            return Length(row.value, None)
        if row.unit is Unit.YEARS:
            return Length(row.value * _MONTHS_A_YEAR, None)
    raise RowCountsNoTime(row.row_id)


def _counted(length: Length, run: Run, *, rolls: bool) -> Counted:
    return count(run.starts_on, length, run.calendar, [_span(pause, run) for pause in _held(run)], rolls=rolls)


def _held(run: Run) -> list[Pause]:
    """The interruptions that do not count."""
    return [pause for pause in run.pauses if pause.row is not None]


def _span(pause: Pause, run: Run) -> Span:
    first, last = pause.interruption.first, pause.interruption.last
    if last is not None:
        return Span(first, last)
    if run.as_of is None:
        raise SuspensionWithoutDay(pause.interruption.reason)
    return Span(first, max(first, run.as_of))


def _calculation(source: RowUsed, length: Length, run: Run, counted: Counted) -> ClockCalculation:
    in_days = length.day_kind is not None
    since = _stands_still(run, counted)
    return ClockCalculation(
        rule_id=source.rule_id,
        instrument=source.instrument,
        article=source.article,
        starts_on=run.starts_on,
        days=length.count if in_days else None,
        months=None if in_days else length.count,
        day_kind=length.day_kind,
        condition=None,
        skipped=tuple(off.day for off in counted.skipped),
        ends_at=end_of(counted.last),
        skipped_days=_named(counted.skipped),
        exchanged_days=_named(counted.exchanged),
        suspensions=tuple(_suspensions(run, counted)),
        suspended_since=since,
        as_of=None if since is None else run.as_of,
    )


def _named(days: Iterable[DayOff]) -> tuple[NamedDay, ...]:
    return tuple(NamedDay(day=off.day, reason=off.reason, name=off.name) for off in days)


def _suspensions(run: Run, counted: Counted) -> Iterable[Suspension]:
    shares = iter(counted.suspended)
    for pause in run.pauses:
        yield Suspension(
            reason=pause.interruption.reason,
            first=pause.interruption.first,
            last=pause.interruption.last,
            days=0 if pause.row is None else next(shares),
            row=pause.row,
        )


def _stands_still(run: Run, counted: Counted) -> date | None:
    """Since when it stands still: from a running interruption that began before the term was over."""
    running = (one.interruption.first for one in _held(run) if one.interruption.last is None)
    return min((first for first in running if first <= counted.last), default=None)
