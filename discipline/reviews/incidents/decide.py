"""What the authority finds or decides about a review besides its steps, or why it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from discipline.law.regimes import law_applied, rule_ids
from discipline.law.rows import Rule
from discipline.reviews.incidents import course, interrupting, lifting
from discipline.reviews.incidents.commands import (
    CloseReview,
    DeferReview,
    EndWorkSuspension,
    ExemptSubject,
    ExtendProcessing,
    FindCircumstance,
    FindCourse,
    RecogniseProtection,
    RecordOpinion,
    ReferToInvestigators,
    ReferToPartyDiscipline,
    ResumeReview,
    ReturnFromInvestigators,
    SkipStep,
    SuspendFromWork,
)
from discipline.reviews.incidents.refusals import OneRegimeHolds, OnlyIndividuals, StepBehind, StepNotSkippable
from discipline.reviews.procedure.steps import answered, under_way
from discipline.reviews.standing import decides
from discipline.reviews.state import ReviewStatus, fact_date
from schemas.discipline.law import LegalOpinion
from schemas.discipline.review_incidents import (
    CircumstanceFound,
    ClosingGround,
    LegalOpinionRecorded,
    ReviewClosed,
    ReviewStepSkipped,
    SkippedStep,
)
from schemas.refusal import Coded
from schemas.values import SubjectKind

if TYPE_CHECKING:
    from discipline.reviews.incidents.commands import IncidentCommand
    from discipline.reviews.state import Review
    from schemas.discipline.review_incidents import AnyIncidentEvent

BEFORE = {
    SkippedStep.MEETING: frozenset({ReviewStatus.OPEN}),
    SkippedStep.BOARD: frozenset({ReviewStatus.OPEN, ReviewStatus.MEETING_HELD}),
}
"""Where a step can still be skipped."""


def decide(command: IncidentCommand, state: Review) -> AnyIncidentEvent:  # noqa: C901, PLR0911, PLR0912 -- a case each
    """Return what happens; raises the `Refusal` of the first rule that is broken."""
    decides(command.by, state)
    match command:
        case FindCircumstance():
            under_way(state)
            return CircumstanceFound(
                review_id=state.review_id,
                weight=command.weight,
                reasons=command.reasons,
                evidence=command.evidence,
                found_by=command.by.person_id,
            )
        case FindCourse():
            return course.found(command, state)
        case RecordOpinion():
            return _opinion(command, state)
        case SkipStep():
            return _skipped(command, state)
        case CloseReview():
            return _closed(command, state)
        case RecogniseProtection():
            return lifting.protected(command, state)
        case ExemptSubject():
            return lifting.exempted(command, state)
        case DeferReview():
            return interrupting.deferred(command, state)
        case ResumeReview():
            return interrupting.resumed(command, state)
        case ReferToInvestigators():
            return interrupting.referred(command, state)
        case ReturnFromInvestigators():
            return interrupting.returned(command, state)
        case ExtendProcessing():
            return interrupting.extended(command, state)
        case SuspendFromWork():
            return lifting.suspended(command, state)
        case EndWorkSuspension():
            return lifting.works_again(command, state)
        case ReferToPartyDiscipline():
            return interrupting.party(command, state)
        case _:
            assert_never(command)


def _opinion(command: RecordOpinion, state: Review) -> LegalOpinionRecorded:
    """About the rows as they are now: when they change, it has to be given again."""
    under_way(state)
    answered(state)
    applied = law_applied(command.setting.law, command.who, fact_date(state.basis), command.setting.day)
    if len(applied.substance) == 1:
        raise OneRegimeHolds
    regime = next(one for one in applied.substance if one.by is command.side)
    opinion = LegalOpinion(
        by=command.side, rows=rule_ids(regime), opinion=command.opinion, given_by=command.by.person_id
    )
    return LegalOpinionRecorded(review_id=state.review_id, opinion=opinion)


def _skipped(command: SkipStep, state: Review) -> ReviewStepSkipped:
    under_way(state)
    if state.status not in BEFORE[command.step] or command.step in state.incidents.skipped:
        raise StepBehind(Coded("law-word", command.step))
    for row in command.setting.rows(Rule.REVIEW_STEPS, state):
        if row.condition == command.condition and command.step not in row.codes:
            return ReviewStepSkipped(
                review_id=state.review_id,
                step=command.step,
                row=row.used,
                condition=command.condition,
                reasons=command.reasons,
                decided_by=command.by.person_id,
            )
    raise StepNotSkippable(Coded("law-word", command.step), command.condition)


def _closed(command: CloseReview, state: Review) -> ReviewClosed:
    """Death ends it wherever it stands before its decision is served, and so does finding out that he is no official.

    Until then the decision has no effect, and nobody is left to whom it could be handed over.
    """
    if state.status is not ReviewStatus.DECIDED:
        under_way(state)
    if state.subject.kind is SubjectKind.COLLECTIVE:
        raise OnlyIndividuals
    document, ground = command.document, ClosingGround(command.ground)
    return ReviewClosed(review_id=state.review_id, ground=ground, document=document, decided_by=command.by.person_id)
