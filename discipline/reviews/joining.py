"""What joins the basis of a review: the subject answers for it, and the clocks follow, before anything is decided.

A step that was taken without it is taken again, for violations of one matter are not separated
(docs/decisions/0014-heard-on-all.md).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from discipline.reviews.reckoning import anew, meeting_until
from discipline.reviews.state import UNDER_WAY, Review, ReviewStatus
from schemas.discipline.reviews import ReviewBasisAdded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from discipline.reviews.reckoning import Setting
    from schemas.discipline.reviews import BasisItem


def joined(setting: Setting, state: Review, fresh: Iterable[BasisItem]) -> tuple[ReviewBasisAdded, ...]:
    """An event for each item that joins a proposal, or a review that is under way."""
    return tuple(_joined(setting, state, fresh))


def _joined(setting: Setting, state: Review, fresh: Iterable[BasisItem]) -> Iterator[ReviewBasisAdded]:
    for item in fresh:
        event = ReviewBasisAdded(review_id=state.review_id, item=item)
        if state.status in UNDER_WAY:
            event = _under_way(setting, state, item)
        state = with_joined(state, event)
        yield event


def _under_way(setting: Setting, state: Review, item: BasisItem) -> ReviewBasisAdded:
    heard_anew = not _is_answered_for(item, state) and _answered_without(state)
    until, by_row = meeting_until(setting, state) if heard_anew and not _before_board(state) else (None, None)
    return ReviewBasisAdded(
        review_id=state.review_id,
        item=item,
        heard_anew=heard_anew,
        added_on=setting.day,
        meeting_until=until,
        meeting_term=by_row,
        clocks=anew(setting, _resting_on(state, item)),
    )


def with_joined(state: Review, event: ReviewBasisAdded) -> Review:
    """The review with what joined."""
    after = _resting_on(state, event.item)
    if event.clocks is not None:
        after = replace(after, limitation=event.clocks.limitation, processing=event.clocks.processing)
    if not event.heard_anew:
        return after
    return _back_before_board(after) if _before_board(after) else _back_before_meeting(after, event)


def _resting_on(state: Review, item: BasisItem) -> Review:
    return replace(state, basis=(*state.basis, item), known=(*state.known, item))


def _is_answered_for(item: BasisItem, state: Review) -> bool:
    """A further ground on the same finding is no further violation."""
    return any(one.finding_id == item.finding_id for one in state.basis)


def _answered_without(state: Review) -> bool:
    """Whether a step in which the subject answers was taken, or called, on less than the whole basis."""
    match state.status:
        case ReviewStatus.OPEN:
            return state.procedure.notice is not None
        case ReviewStatus.BEFORE_BOARD:
            return state.procedure.summons is not None
        case ReviewStatus.MEETING_HELD | ReviewStatus.HEARD | ReviewStatus.RECOMMENDED:
            return True
        case (
            ReviewStatus.PROPOSED
            | ReviewStatus.ENDED
            | ReviewStatus.DECIDED
            | ReviewStatus.SERVED
            | ReviewStatus.EXPIRED
            | ReviewStatus.REFUSED
            | ReviewStatus.LAPSED
            | ReviewStatus.TERMINATED
            | ReviewStatus.EXEMPTED
            | ReviewStatus.CLOSED
            | ReviewStatus.REVOKED
        ):
            return False
        case _:
            assert_never(state.status)


def _before_board(state: Review) -> bool:
    return state.status in {ReviewStatus.BEFORE_BOARD, ReviewStatus.HEARD, ReviewStatus.RECOMMENDED}


def _back_before_board(state: Review) -> Review:
    """He is summoned anew, and nothing that he missed before counts; what the board voted serves no more.

    Whoever took it over refers it anew: the board that it stood before may have been another authority's, and over.
    """
    procedure = replace(state.procedure, heard_by=(), recommendation=None, unexcused=0, called_anew=True)
    if state.taken_from:
        return replace(state, status=ReviewStatus.MEETING_HELD, procedure=replace(procedure, board_id=None))
    return replace(state, status=ReviewStatus.BEFORE_BOARD, procedure=procedure)


def _back_before_meeting(state: Review, event: ReviewBasisAdded) -> Review:
    """He is told of it, reviews himself on all of it, and the meeting is called again."""
    procedure = replace(
        state.procedure,
        told_anew_from=event.added_on,
        self_reviewed_at=None,
        self_review_late=False,
        called_anew=True,
    )
    until = event.meeting_until or state.meeting_until
    return replace(state, status=ReviewStatus.OPEN, procedure=procedure, meeting_until=until)
