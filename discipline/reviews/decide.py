"""What a command does to a review, or why not."""

from __future__ import annotations

from typing import assert_never

from discipline.law.regimes import law_applied
from discipline.reviews import by_policy
from discipline.reviews.commands import (
    AuthorityCommand,
    Command,
    OpenReview,
    PolicyCommand,
    RebaseReview,
    RefuseReview,
    TakeOverReview,
    TerminateReview,
)
from discipline.reviews.complaints import decide as complaints
from discipline.reviews.complaints.commands import ComplaintCommand
from discipline.reviews.decision import decide as decision
from discipline.reviews.decision.commands import DecisionCommand
from discipline.reviews.incidents import decide as incidents
from discipline.reviews.incidents.commands import IncidentCommand
from discipline.reviews.procedure import decide as procedure
from discipline.reviews.procedure.commands import ProcedureCommand
from discipline.reviews.procedure.refusals import stands
from discipline.reviews.reckoning import anew, meeting_until
from discipline.reviews.refusals import (
    AuthorityMayDecide,
    BasisNotLost,
    NobodyMayTakeOver,
    NothingLeftToDecide,
    NothingToRebaseOn,
    NotTheStandIn,
    OwnMatter,
    ReviewNotOpen,
    ReviewNotProposed,
    ReviewUnknown,
    SubjectUnknown,
)
from discipline.reviews.standing import decides, may_decide, own_matter
from discipline.reviews.state import OVER, UNDER_WAY, Review, ReviewStatus, State, fact_date
from schemas.discipline.review_events import AnyReviewEvent
from schemas.discipline.reviews import ReviewOpened, ReviewRebased, ReviewRefused, ReviewTakenOver, ReviewTerminated


def decide(command: Command, state: State) -> tuple[AnyReviewEvent, ...]:  # noqa: PLR0911 -- a case a kind of command
    """Return what happens.

    Commands of policies are total. The authority's raise the `Refusal` of the first rule that they break.
    """
    if isinstance(command, PolicyCommand):
        return by_policy.decide(command, state)
    if state is None:
        raise ReviewUnknown
    if isinstance(command, TakeOverReview):
        return (_taken_over(command, state),)
    if isinstance(command, ProcedureCommand):
        return (procedure.decide(command, state),)
    if isinstance(command, IncidentCommand):
        return (incidents.decide(command, state),)
    if isinstance(command, DecisionCommand):
        return (decision.decide(command, state),)
    if isinstance(command, ComplaintCommand):
        return complaints.decide(command, state)
    decides(command.by, state)
    return (_by_authority(command, state),)


def _taken_over(command: TakeOverReview, state: Review) -> ReviewTakenOver:
    if state.status in OVER:
        raise NothingLeftToDecide(stands(state.status))
    if may_decide(command.holders, state):
        raise AuthorityMayDecide(state.authority_post)
    if not command.stand_ins:
        raise NobodyMayTakeOver(state.authority_post)
    if own_matter(command.by, state):
        raise OwnMatter
    post = next((one for one in command.stand_ins if command.by.holds(one)), None)
    if post is None:
        raise NotTheStandIn(state.authority_post)
    return ReviewTakenOver(
        review_id=state.review_id,
        from_post=state.authority_post,
        authority_post=post,
        taken_by=command.by.person_id,
        reasons=command.reasons,
    )


def _by_authority(command: AuthorityCommand, state: Review) -> AnyReviewEvent:
    match command:
        case OpenReview():
            return _opened(command, state)
        case RefuseReview(by, reasons):
            _proposed(state)
            return ReviewRefused(review_id=state.review_id, refused_by=by.person_id, reasons=reasons)
        case RebaseReview():
            return _rebased(command, state)
        case TerminateReview(by, reasons):
            _basis_lost(state)
            return ReviewTerminated(review_id=state.review_id, decided_by=by.person_id, reasons=reasons)
        case _:
            assert_never(command)


def _opened(command: OpenReview, state: Review) -> ReviewOpened:
    """Opened late, it is opened all the same: processing time has been running since detection."""
    _proposed(state)
    subject = state.subject
    if subject.post_id is not None and subject.person_id is None:
        raise SubjectUnknown(subject.post_id)
    setting = command.setting
    clocks, applied = anew(setting, state), None
    until, by_row = meeting_until(setting, state)
    if command.who is not None:
        applied = law_applied(setting.law, command.who, fact_date(state.basis), setting.day)
    return ReviewOpened(
        review_id=state.review_id,
        opened_by=command.by.person_id,
        limitation=clocks.limitation,
        processing=clocks.processing,
        meeting_until=until,
        applied=applied,
        opened_on=setting.day,
        meeting_term=by_row,
    )


def _rebased(command: RebaseReview, state: Review) -> ReviewRebased:
    """What was extended stays so, and what did not count before does not count now."""
    _basis_lost(state)
    if not state.basis:
        raise NothingToRebaseOn
    clocks = anew(command.setting, state)
    return ReviewRebased(
        review_id=state.review_id,
        decided_by=command.by.person_id,
        basis=state.basis,
        limitation=clocks.limitation,
        processing=clocks.processing,
    )


def _proposed(state: Review) -> None:
    if state.status is not ReviewStatus.PROPOSED:
        raise ReviewNotProposed(stands(state.status))


def _basis_lost(state: Review) -> None:
    if state.status not in UNDER_WAY:
        raise ReviewNotOpen(stands(state.status))
    if state.answer_until is None:
        raise BasisNotLost
