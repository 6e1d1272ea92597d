"""Every calculation that a review asks of the law's rows, in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from discipline import clocks
from discipline.days import after_working_days, local_day
from discipline.law.refusals import ExtensionWithoutRow
from discipline.limitation import Course as LimitationCourse
from discipline.limitation import Ended, EndUnknown, Limitation, Ongoing, Violation
from discipline.limitation import limitation as limitation_of
from discipline.reviews.state import detected_at, fact_date
from discipline.steps import Against, Step, step_term
from schemas.discipline.law import ClocksAnew
from schemas.discipline.review_incidents import CourseOfViolation

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from discipline.calendar import Calendar
    from discipline.clocks import Pause
    from discipline.law.rows import LawRow, LawTable, Rule
    from discipline.reviews.state import Review
    from schemas.discipline.law import ClockCalculation
    from schemas.discipline.reviews import BasisItem


@dataclass(frozen=True, slots=True)
class Setting:
    """When a step is taken, with the law and the calendar by which it is."""

    at: datetime
    law: LawTable
    calendar: Calendar
    elsewhere: tuple[date, ...] | None = None
    """Days of the subject's violations in other matters (`established`); None where nobody looked."""

    @property
    def day(self) -> date:
        """The day of the step: procedure follows it."""
        return local_day(self.at)

    def rows(self, rule: Rule, state: Review) -> tuple[LawRow, ...]:
        """The active rows of a rule for the review's subject on the day of the step."""
        return self.law.active(rule, state.subject.kind, self.day)


def _basis(state: Review) -> tuple[BasisItem, ...]:
    """What it rests on; while a basis that is lost whole waits for its answer, what it rested on."""
    return state.basis or state.known


def established(state: Review, day: date) -> tuple[date, ...]:
    """The days of the violations that its sanction answers, once the decision has effect on a day.

    Only what the competent authority concluded with a form, and what still stands, may count against him elsewhere.
    """
    decision = state.decision
    if decision is None or decision.form is None or state.suspended_by is not None:
        return ()
    if decision.in_force_from is None or decision.in_force_from > day:
        return ()
    return tuple(sorted({item.fact_date for item in state.basis if item.finding_id in decision.concluded}))


def violation(state: Review) -> Violation:
    """The violation on the present basis, as far as the authority found how it went."""
    fact, found = fact_date(_basis(state)), state.incidents.course
    # A finding that joined the basis later may lie after the day that was found.
    day = fact if found.day is None else max(fact, found.day)
    course: LimitationCourse
    match found.kind:
        case CourseOfViolation.ENDED:
            course = Ended(fact)
        case CourseOfViolation.ONGOING:
            course = Ongoing(fact, day)
        case CourseOfViolation.END_UNKNOWN:
            course = EndUnknown(fact, day)
        case _:
            assert_never(found.kind)
    return Violation(course, matters=frozenset(found.matters))


def violation_of(state: Review, finding_id: UUID) -> Violation:
    """One violation of the basis by itself: a later one starts it again where a row says so, and only while it runs.

    How the violation went is found for the whole basis: where it went on, or its end is unknown, it is one.
    """
    whole = violation(state)
    if state.incidents.course.kind is not CourseOfViolation.ENDED:
        return whole
    fact = fact_date(tuple(item for item in state.basis if item.finding_id == finding_id))
    later = {item.fact_date for item in state.basis if item.fact_date > fact}
    return replace(whole, course=Ended(fact), new_violations=tuple(sorted(later)))


def limitation(setting: Setting, state: Review, of: Violation | None = None) -> Limitation:
    """Limitation on the present basis, or of one violation of it, over all that interrupted it.

    What he did in other matters starts it again like what he did in this one: the row asks for a new violation, and
    not where it is judged. Where nobody looked what that was, what was counted last is counted on.
    """
    of, elsewhere = of or violation(state), setting.elsewhere
    if elsewhere is None:
        elsewhere = tuple({day for clock in state.limitation for day in clock.restarts})
    return limitation_of(
        setting.law,
        state.subject.kind,
        replace(of, new_violations=(*of.new_violations, *elsewhere)),
        setting.day,
        setting.calendar,
        interruptions=state.interruptions,
    )


def processing(setting: Setting, state: Review) -> ClockCalculation | None:
    """Processing time on the present basis, over all that interrupted it.

    Raises `ExtensionWithoutRow` where it was extended by a row that no longer holds.
    """
    return clocks.processing(
        setting.law,
        state.subject.kind,
        detected_at(_basis(state)),
        setting.day,
        setting.calendar,
        interruptions=state.interruptions,
        extended=state.incidents.extended,
    )


def anew(setting: Setting, state: Review) -> ClocksAnew:
    """Both clocks of a review that begins, or goes on, from here: over all that interrupted it, and as it was extended.

    Whoever is right in his complaint is not refused because the row of an extension has ended since: then the clock
    runs without it, and the decision anew is told so.
    """
    try:
        clock = processing(setting, state)
    except ExtensionWithoutRow:
        unextended = replace(state.incidents, extended=False)
        clock = processing(setting, replace(state, incidents=unextended))
    return ClocksAnew(limitation=limitation(setting, state).calculations, processing=clock)


def meeting_until(setting: Setting, state: Review) -> tuple[datetime, ClockCalculation | None]:
    """Until when the meeting is to be held from a step on: by the row, else by the directive's own number."""
    clock = term(setting, state, Step.MEETING, setting.day)
    if clock is not None:
        return clock.ends_at, clock
    return after_working_days(setting.at, state.meeting_within, setting.calendar), None


def term(
    setting: Setting, state: Review, step: Step | Against, starts_on: date, held: tuple[Pause, ...] = ()
) -> ClockCalculation | None:
    """The term of a step by the rows, over all that holds it; None where no active row sets one."""
    kind, calendar = state.subject.kind, setting.calendar
    return step_term(setting.law, step, kind, starts_on, calendar, held=held, as_of=setting.day)
