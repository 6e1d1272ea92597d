"""What was found after a decision is proposed beside it, whoever comes next."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from discipline.consultations.state import Lapse
from discipline.follow_ups.state import Life
from discipline.reviews import apart
from discipline.reviews.reckoning import Setting
from schemas.discipline.reviews import LaterFindingReferred, ReviewGround
from services.application.discipline.aggregates import CONSULTATION, FOLLOW_UP, REVIEW
from services.application.grounds import Informed
from services.application.handler import Request
from services.application.ports import Seen
from services.application.reactions import command_id
from services.entrypoints.api.discipline.law_scope import law_at
from services.entrypoints.api.discipline.review_scope import reckoned_proposal

if TYPE_CHECKING:
    from uuid import UUID

    from discipline.consultations.state import Consultation
    from discipline.follow_ups.state import FollowUp
    from discipline.reviews.commands import ProposeReview
    from discipline.reviews.state import State
    from schemas.discipline.reviews import BasisItem
    from services.entrypoints.api.call import Call


async def propose_apart(call: Call, review_id: UUID) -> None:
    """Propose what was referred from a review to the one beside it, as long as what it rests on stands.

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
        at = recorded.occurred_at
        setting = Setting(at, await law_at(call, at), await call.calendar())

        async def proposal(
            event: LaterFindingReferred = event, fresh: tuple[BasisItem, ...] = fresh, setting: Setting = setting
        ) -> Informed[ProposeReview]:
            basis, seen = await _standing(call, fresh)
            if not basis:
                raise _FellAway
            proposed = apart.proposal(event, basis, setting)
            return Informed(await reckoned_proposal(call, event.apart_review_id, proposed), seen)

        if fresh:
            id_ = command_id(recorded.event_id, "propose-apart", 0)
            actor, correlation = recorded.meta.actor, recorded.meta.correlation_id
            request = Request(id_, actor, correlation, recorded.event_id, retry_on_conflict=True)
            with suppress(_FellAway):
                await handler.handle(REVIEW, event.apart_review_id, proposal, request)
        await propose_apart(call, event.apart_review_id)


async def _standing(call: Call, items: tuple[BasisItem, ...]) -> tuple[tuple[BasisItem, ...], tuple[Seen, ...]]:
    """What has not fallen away, as long as its stream is what it is now."""
    basis, seen = [], []
    for item in items:
        stands, at = await _stands(call, item)
        if stands:
            basis.append(item)
            seen.append(at)
    return tuple(basis), tuple(seen)


async def _stands(call: Call, item: BasisItem) -> tuple[bool, Seen]:
    handler = call.context.handler
    if item.ground is ReviewGround.DEEMED_CONSENT:
        stream = CONSULTATION.stream(item.finding_id)
        loaded = await handler.load(CONSULTATION, stream)
        consultation: Consultation | None = loaded.state
        return consultation is not None and consultation.lapse is Lapse.CONSENT, Seen(stream, loaded.version)
    stream = FOLLOW_UP.stream(item.finding_id)
    loaded = await handler.load(FOLLOW_UP, stream)
    follow_up: FollowUp | None = loaded.state
    return follow_up is not None and follow_up.life is not Life.CANCELLED, Seen(stream, loaded.version)


class _FellAway(Exception):
    """Nothing of what was found stands any more."""
