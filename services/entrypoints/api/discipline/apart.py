"""What was found after a decision is proposed beside it, whoever comes next."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from discipline.follow_ups.state import Life
from discipline.reviews import apart
from schemas.discipline.reviews import LaterFindingReferred
from services.application.discipline.aggregates import FOLLOW_UP, REVIEW
from services.application.grounds import Informed
from services.application.handler import Request
from services.application.ports import Seen
from services.application.reactions import command_id

if TYPE_CHECKING:
    from uuid import UUID

    from discipline.follow_ups.state import FollowUp
    from discipline.reviews.commands import ProposeReview
    from discipline.reviews.state import State
    from schemas.discipline.reviews import BasisItem
    from services.entrypoints.api.call import Call


async def propose_apart(call: Call, review_id: UUID) -> None:
    """Propose what was referred from a review to the one beside it, as long as the findings stand.

    Two streams are never written at once: where this was cut off, whoever comes next finishes it. What that review
    knows already is not told to it again.
    """
    handler = call.context.handler
    state: State = (await handler.load(REVIEW, REVIEW.stream(review_id))).state
    if state is None or not state.referred:
        return
    for recorded in await call.context.store.load(REVIEW.stream(review_id)):
        event = recorded.event
        if not isinstance(event, LaterFindingReferred):
            continue
        beside: State = (await handler.load(REVIEW, REVIEW.stream(event.apart_review_id))).state
        fresh = tuple(item for item in event.basis if beside is None or item not in beside.known)

        async def proposal(
            event: LaterFindingReferred = event, fresh: tuple[BasisItem, ...] = fresh
        ) -> Informed[ProposeReview]:
            basis, seen = await _standing(call, fresh)
            if not basis:
                raise _FellAway
            return Informed(apart.proposal(event, basis), seen)

        if fresh:
            id_ = command_id(recorded.event_id, "propose-apart", 0)
            actor, correlation = recorded.meta.actor, recorded.meta.correlation_id
            request = Request(id_, actor, correlation, recorded.event_id, retry_on_conflict=True)
            with suppress(_FellAway):
                await handler.handle(REVIEW, event.apart_review_id, proposal, request)
        await propose_apart(call, event.apart_review_id)


async def _standing(call: Call, items: tuple[BasisItem, ...]) -> tuple[tuple[BasisItem, ...], tuple[Seen, ...]]:
    """The findings that have not fallen away, as long as their follow-ups are what they are now."""
    basis, seen = [], []
    for item in items:
        stream = FOLLOW_UP.stream(item.finding_id)
        loaded = await call.context.handler.load(FOLLOW_UP, stream)
        state: FollowUp | None = loaded.state
        if state is not None and state.life is not Life.CANCELLED:
            basis.append(item)
            seen.append(Seen(stream, loaded.version))
    return tuple(basis), tuple(seen)


class _FellAway(Exception):
    """Nothing of what was found stands any more."""
