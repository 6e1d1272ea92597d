"""What policies ask of a review. Total: where a command no longer applies, nothing happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from discipline.days import after_working_days
from discipline.reviews.apart import is_decided, referred
from discipline.reviews.commands import LoseBasis, PolicyCommand, ProposeReview
from discipline.reviews.joining import joined
from discipline.reviews.state import UNDER_WAY, Review, ReviewStatus, State, detected_at, fact_date, review_id
from schemas.discipline.review_events import AnyReviewEvent
from schemas.discipline.reviews import (
    ReviewBasisLost,
    ReviewBasisReduced,
    ReviewProposalLapsed,
    ReviewProposed,
)

if TYPE_CHECKING:
    from schemas.discipline.reviews import BasisItem

Events = tuple[AnyReviewEvent, ...]

_WITHOUT_ANSWER = frozenset({ReviewStatus.REFUSED, ReviewStatus.LAPSED, ReviewStatus.TERMINATED})
"""Ended before anybody answered for what it rested on."""


def decide(command: PolicyCommand, state: State) -> Events:
    """Return what happens; never raises a refusal."""
    match command:
        case ProposeReview():
            return _proposed(command, state)
        case LoseBasis():
            return () if state is None else _lost(command, state)
        case _:
            assert_never(command)


def _proposed(command: ProposeReview, state: State) -> Events:
    if state is None:
        return (_proposal(command, command.basis),)
    known = {(item.finding_id, item.ground) for item in (*state.known, *state.referred)}
    fresh = tuple(item for item in command.basis if (item.finding_id, item.ground) not in known)
    if not fresh:
        return ()
    if is_decided(state):
        return (referred(command, state, fresh),)
    if state.status is ReviewStatus.PROPOSED or state.status in UNDER_WAY:
        return joined(command.setting, state, fresh)
    if state.status in _WITHOUT_ANSWER:
        # The same review: one a subject and matter. What it rested on and still stands supports it again.
        return (_proposal(command, (*state.basis, *fresh)),)
    # What it rested on has been answered for; only what is new is not.
    return (_proposal(command, fresh),)


def _proposal(command: ProposeReview, basis: tuple[BasisItem, ...]) -> ReviewProposed:
    return ReviewProposed(
        review_id=review_id(command.matter_id, command.subject),
        matter_id=command.matter_id,
        subject=command.subject,
        ground=command.basis[0].ground if command.basis[0] in basis else basis[0].ground,
        basis=basis,
        provision=command.terms.provision,
        directive_id=command.directive_id,
        detected_at=detected_at(basis),
        fact_date=fact_date(basis),
        authority_post=command.terms.authority_post,
        open_within=command.terms.open_within,
        meeting_within=command.terms.meeting_within,
        open_until=command.open_until,
        proposed_by=command.proposed_by,
        reasons=command.reasons,
    )


def _lost(command: LoseBasis, state: Review) -> Events:
    lost = tuple(item for item in state.basis if _falls(item, command))
    left = tuple(item for item in state.basis if item not in lost)
    if not lost:
        return ()
    match state.status:
        case ReviewStatus.PROPOSED if left:
            return (ReviewBasisReduced(review_id=state.review_id, finding_id=command.fallen, remaining=left),)
        case ReviewStatus.PROPOSED:
            return (ReviewProposalLapsed(review_id=state.review_id, finding_id=command.fallen),)
        case (
            ReviewStatus.OPEN
            | ReviewStatus.MEETING_HELD
            | ReviewStatus.BEFORE_BOARD
            | ReviewStatus.HEARD
            | ReviewStatus.RECOMMENDED
            | ReviewStatus.ENDED
            | ReviewStatus.DECIDED
            | ReviewStatus.SERVED
            | ReviewStatus.EXPIRED
        ):
            answer_until = after_working_days(command.at, state.open_within, command.calendar)
            return (
                ReviewBasisLost(
                    review_id=state.review_id, finding_id=command.fallen, remaining=left, answer_until=answer_until
                ),
            )
        case (
            ReviewStatus.REFUSED
            | ReviewStatus.LAPSED
            | ReviewStatus.TERMINATED
            | ReviewStatus.EXEMPTED
            | ReviewStatus.CLOSED
            | ReviewStatus.REVOKED
        ):
            return ()
        case _:
            assert_never(state.status)


def _falls(item: BasisItem, command: LoseBasis) -> bool:
    return item.finding_id in command.findings and command.ground in {None, item.ground}
