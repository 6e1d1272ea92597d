"""What policies ask of a follow-up. Total: where a command no longer applies, nothing happens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from discipline.follow_ups.commands import (
    CancelFollowUp,
    FollowAmendment,
    FollowConfirmation,
    NoteLadderExhausted,
    OpenFollowUp,
    PassOn,
    PolicyCommand,
)
from discipline.follow_ups.state import Confirmation, FollowUp, Implementation, Life, State
from schemas.discipline.followups import (
    AnyFollowUpEvent,
    FollowUpCancelled,
    FollowUpClosed,
    FollowUpFindingAmended,
    FollowUpFindingConfirmed,
    FollowUpLadderExhausted,
    FollowUpOpened,
    FollowUpPassedOn,
    ReviewDemanded,
    ThresholdTerms,
)
from schemas.discipline.reviews import ReviewGround, ReviewTerms
from schemas.inspection.findings import FindingAmended, FindingConfirmed, FindingSource, FindingSubmitted
from schemas.values import Answerable

if TYPE_CHECKING:
    from uuid import UUID

Events = tuple[AnyFollowUpEvent, ...]


def decide(command: PolicyCommand, state: State) -> Events:  # noqa: PLR0911 -- a case a command
    """Return what happens; never raises a refusal."""
    if isinstance(command, OpenFollowUp):
        return (_opened(command.finding),) if state is None else ()
    if state is None or state.life is Life.CANCELLED:
        return ()
    match command:
        case FollowAmendment(finding):
            return _amended(finding, state)
        case FollowConfirmation(finding):
            return _confirmed(finding, state)
        case CancelFollowUp():
            return (_cancelled(command, state),)
        case PassOn():
            return _passed_on(command, state)
        case NoteLadderExhausted(alert_id):
            return _ladder_exhausted(alert_id, state)
        case _:
            assert_never(command)


def _opened(finding: FindingSubmitted) -> FollowUpOpened:
    content = finding.content
    return FollowUpOpened(
        finding_id=finding.finding_id,
        agency_id=content.agency_id,
        violation_type=content.violation_type,
        matter_id=content.matter_id,
        inspector_id=finding.inspector_id,
        owner_post=finding.posts.head,
        terms=finding.terms,
        posts=finding.posts,
        due_at=finding.due_at,
        internal_check=content.source is FindingSource.INTERNAL_CHECK,
        historic=finding.historic,
    )


def _amended(finding: FindingAmended, state: FollowUp) -> Events:
    """No deadline gets shorter."""
    if state.life is not Life.OPEN:
        return ()
    return (FollowUpFindingAmended(finding_id=state.finding_id, due_at=max(state.due_at, finding.due_at)),)


def _confirmed(finding: FindingConfirmed, state: FollowUp) -> Events:
    if state.confirmation is not None:
        return ()
    terms = state.terms
    threshold = None
    if terms.review_threshold is not None and terms.review_period_days is not None:
        threshold = ThresholdTerms(findings=terms.review_threshold, period_days=terms.review_period_days)
    confirmed = FollowUpFindingConfirmed(
        finding_id=state.finding_id,
        agency_id=state.agency_id,
        directive_id=terms.directive_id,
        matter_id=state.matter_id,
        fact_date=finding.fact_date,
        detected_at=finding.detected_at,
        officials=finding.officials,
        threshold=threshold,
        review=review_terms(state),
        historic=state.historic,
    )
    after = replace(state, confirmation=Confirmation(finding.fact_date, finding.detected_at, finding.officials))
    verified = state.implementation is Implementation.VERIFIED
    closed = (FollowUpClosed(finding_id=state.finding_id),) if verified else ()
    return (confirmed, *_demanded(after), *closed)


def _cancelled(command: CancelFollowUp, state: FollowUp) -> FollowUpCancelled:
    return FollowUpCancelled(
        finding_id=state.finding_id,
        ground=command.ground,
        original_id=command.original_id,
        agency_id=state.agency_id,
        directive_id=state.terms.directive_id,
    )


def _passed_on(command: PassOn, state: FollowUp) -> Events:
    """Personal responsibility stays with whoever held the post at the fact; what is left to do does not."""
    if state.life is not Life.OPEN or (state.owner_post, state.mends) == (command.owner_post, command.agency_id):
        return ()
    passed = FollowUpPassedOn(
        finding_id=state.finding_id,
        succession_id=command.succession_id,
        from_post=state.owner_post,
        owner_post=command.owner_post,
        agency_id=command.agency_id,
        posts=command.posts,
    )
    return (passed,)


def _ladder_exhausted(alert_id: UUID, state: FollowUp) -> Events:
    """Counts for a closed follow-up too: the ladder was exhausted before it was mended."""
    if alert_id in state.exhausted:
        return ()
    after = replace(state, exhausted=(*state.exhausted, alert_id))
    return (FollowUpLadderExhausted(finding_id=state.finding_id, alert_id=alert_id), *_demanded(after))


def _demanded(state: FollowUp) -> Events:
    """The reviews demanded now and not before: the finding is confirmed, no history, and a ground holds."""
    if state.confirmation is None or state.historic:
        return ()
    holds = {
        ReviewGround.VIOLATION_TYPE: state.terms.demands_review,
        ReviewGround.LAST_STEP_PASSED: bool(state.exhausted) and state.terms.review_on_last_step,
    }
    fresh = [ground for ground, held in holds.items() if held and ground not in state.demanded]
    return tuple(_demand(ground, state, state.confirmation) for ground in fresh)


def _demand(ground: ReviewGround, state: FollowUp, confirmation: Confirmation) -> ReviewDemanded:
    return ReviewDemanded(
        finding_id=state.finding_id,
        ground=ground,
        matter_id=state.matter_id,
        agency_id=state.agency_id,
        directive_id=state.terms.directive_id,
        fact_date=confirmation.fact_date,
        detected_at=confirmation.detected_at,
        # Where the directive's words name nobody, the head answers for his agency.
        answerable=state.terms.answerable or (Answerable.HEAD,),
        officials=confirmation.officials,
        posts=state.posts,
        terms=review_terms(state),
    )


def review_terms(state: FollowUp) -> ReviewTerms:
    """What the directive says of a review of this finding."""
    return ReviewTerms(
        provision=state.terms.provision,
        authority_post=state.posts.chair,
        open_within=state.terms.stall.review_open,
        meeting_within=state.terms.stall.review_meeting,
    )
