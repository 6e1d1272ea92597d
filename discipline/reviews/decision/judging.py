"""The decision itself: on all of the basis, in time, with a form that the rows allow and lead to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from discipline.days import last_day
from discipline.law.forms import FormAnswer, Forms, forms_of, of_several
from discipline.law.refusals import named
from discipline.law.regimes import law_applied, regime_that_holds
from discipline.law.rows import Rule
from discipline.reviews.decision.refusals import (
    FormNotConcluded,
    FormNotOfElectingBody,
    FormNotOfRows,
    FormOfElectingBody,
    LimitationPassed,
    ProcessingPassed,
    ViolationsSeparated,
)
from discipline.reviews.decision.repeating import heaviest_of, repeated
from discipline.reviews.procedure.board import COUNCIL, NO_SANCTION
from discipline.reviews.procedure.refusals import CollectiveEndsAtMeeting, StepNotNow, stands
from discipline.reviews.procedure.steps import answered, decidable, under_way
from discipline.reviews.reckoning import limitation, processing, term, violation_of
from discipline.reviews.standing import decides
from discipline.reviews.state import ReviewStatus, fact_date
from discipline.steps import Step
from schemas.discipline.review_decision import ReviewDecided
from schemas.discipline.review_incidents import SkippedStep
from schemas.values import SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from discipline.law.rows import LawRow
    from discipline.limitation import Limitation
    from discipline.reviews.decision.commands import DecideReview
    from discipline.reviews.state import Review
    from schemas.discipline.law import ClockCalculation

_OF_FORM, _OTHER = "form-", "form-other"
"""How a row of limitation says for which form it holds: by its word, or for every other."""


def decided(command: DecideReview, state: Review) -> ReviewDecided:
    """A form, or no sanction; where two regimes are open, by the authority's legal opinion."""
    decides(command.by, state)
    ready(command, state)
    _all_concluded(command, state)
    setting, fact = command.setting, fact_date(state.basis)
    applied = law_applied(setting.law, command.who, fact, setting.day)
    regime = regime_that_holds(applied, state.incidents.opinion)
    limits, clock = limitation(setting, state), processing(setting, state)
    rows: tuple[LawRow, ...] = ()
    repeats = None
    if command.form is not None:
        rows, repeats = _form(command, command.form, state, regime.day)
        in_limitation(command.form, limits, setting.at)
        _each_in_limitation(command, state)
        _in_processing(command, clock)
    recommendation = state.procedure.recommendation
    recommended = None if recommendation == NO_SANCTION else recommendation
    return ReviewDecided(
        review_id=state.review_id,
        form=command.form,
        conclusions=command.conclusions,
        applied=applied,
        regime=regime.day,
        rows=tuple(dict.fromkeys(row.used for row in rows)),
        limitation=limits.calculations,
        processing=clock,
        repeats=repeats,
        by_electing_body=command.by_electing_body,
        deviates=recommendation is not None and recommended != command.form,
        decision=command.decision,
        number=None,
        decided_by=command.by.person_id,
        service=term(setting, state, Step.SERVICE, setting.day),
    )


def ready(command: DecideReview, state: Review) -> None:
    """Nothing stands in the way of a decision, and every step that the rows ask for was taken.

    Raises `ReviewNotOpen`, `CollectiveEndsAtMeeting`, `DeferredNow`, `WithInvestigators`, `BasisToBeAnswered`,
    `StepNotNow`.
    """
    under_way(state)
    if state.subject.kind is SubjectKind.COLLECTIVE:
        raise CollectiveEndsAtMeeting
    decidable(state)
    answered(state)
    steps = [row for row in command.setting.rows(Rule.REVIEW_STEPS, state) if row.condition is None]
    skipped = state.incidents.skipped
    without_board = SkippedStep.BOARD in skipped or (bool(steps) and all(COUNCIL not in row.codes for row in steps))
    needed = ReviewStatus.MEETING_HELD if without_board else ReviewStatus.RECOMMENDED
    enough = {ReviewStatus.RECOMMENDED, needed}
    if without_board and SkippedStep.MEETING in skipped:
        enough.add(ReviewStatus.OPEN)
    if state.status not in enough:
        raise StepNotNow(stands(state.status), stands(needed))


def _all_concluded(command: DecideReview, state: Review) -> None:
    """Raises `ViolationsSeparated`, `FormNotConcluded`."""
    basis = {item.finding_id for item in state.basis}
    concluded = [one.finding_id for one in command.conclusions]
    missing, unknown = basis - set(concluded), set(concluded) - basis
    if missing or unknown or len(set(concluded)) != len(concluded):
        raise ViolationsSeparated(_ids(missing), _ids(unknown))
    if command.form is not None and all(one.form is None for one in command.conclusions):
        raise FormNotConcluded


def _ids(findings: Iterable[UUID]) -> str:
    return ", ".join(sorted(map(str, findings)))


def _form(command: DecideReview, form: str, state: Review, regime: date) -> tuple[tuple[LawRow, ...], UUID | None]:
    """The rows that lead to the form, and the review whose sanction was running. Raises what forbids it."""
    law, who, step = command.setting.law, command.who, command.setting.day
    forms = forms_of(law, who, regime, step)
    forms.require(form)
    _whose(command, forms, form)
    found = [one.form for one in command.conclusions if one.form is not None]
    several = of_several(law, who, regime, step, found)
    heaviest = heaviest_of(found, forms)
    repeats = repeated(command, state, forms, regime)
    offence = None if repeats is None else repeats.offence
    if offence is not None:
        several, heaviest = _with_offence(several, heaviest, offence, forms)
    _leads_to(form, several, heaviest)
    return (forms.rows if several is None else several.rows), None if repeats is None else repeats.sanction.review_id


def _with_offence(
    several: FormAnswer | None, heaviest: str, offence: FormAnswer, forms: Forms
) -> tuple[FormAnswer, str]:
    """What is due where a sanction ran on the day of one of the violations: no less than the rows answer to that one.

    What he did besides may deserve a heavier form by itself.
    """
    own = several or FormAnswer(heaviest, forms.rows, None, heaviest=False)
    if forms.level(own.form) <= forms.level(offence.form):
        return offence, offence.form
    return replace(own, rows=(*own.rows, *offence.rows)), heaviest_of((heaviest, offence.form), forms)


def _whose(command: DecideReview, forms: Forms, form: str) -> None:
    """Raises `FormOfElectingBody`, `FormNotOfElectingBody`."""
    row = forms.decided_elsewhere(form)
    if row is not None and not command.by_electing_body:
        raise FormOfElectingBody(named(form), row.row_id)
    if row is None and command.by_electing_body:
        raise FormNotOfElectingBody(named(form))


def _leads_to(form: str, answer: FormAnswer | None, heaviest: str) -> None:
    """What a row presupposes and dates do not tell is the authority's to find: its form, or the heaviest concluded.

    Raises `FormNotOfRows`.
    """
    if answer is None or answer.form == form or (answer.condition is not None and form == heaviest):
        return
    possible = (answer.form,) if answer.condition is None else dict.fromkeys((heaviest, answer.form))
    raise FormNotOfRows(named(form), named(*possible), ", ".join(row.row_id for row in answer.rows))


def in_limitation(form: str, limits: Limitation, at: datetime) -> None:
    """By each regime that limits it: where one lets it never lapse, the other's clock holds all the same.

    Raises `LimitationPassed` by the first row that holds for the form.
    """
    clocks = limits.calculations
    holding = [one for one in clocks if one.condition == _OF_FORM + form]
    holding = holding or [one for one in clocks if one.condition == _OTHER]
    holding += [one for one in clocks if one.condition is None]
    for clock in holding:
        if clock.suspended_since is None and at > clock.ends_at:
            raise LimitationPassed(named(form), clock.rule_id, clock.starts_on, last_day(clock.ends_at))


def _each_in_limitation(command: DecideReview, state: Review) -> None:
    """What had lapsed before a later violation came does not revive with it. Raises `LimitationPassed`."""
    setting = command.setting
    for one in command.conclusions:
        if one.form is not None:
            limits = limitation(setting, state, violation_of(state, one.finding_id))
            in_limitation(one.form, limits, setting.at)


def _in_processing(command: DecideReview, clock: ClockCalculation | None) -> None:
    """Raises `ProcessingPassed`."""
    if clock is not None and clock.suspended_since is None and command.setting.at > clock.ends_at:
        row = clock.rule_id if clock.extension is None else clock.extension.row.rule_id
        raise ProcessingPassed(row, clock.starts_on, last_day(clock.ends_at))
