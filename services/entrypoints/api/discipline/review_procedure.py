"""Commands on a review from the notice to the meeting's outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from discipline.reviews.procedure.commands import (
    AppointSecretary,
    ConveneMeeting,
    EndAtMeeting,
    HoldMeeting,
    NotifySubject,
    SubmitSelfReview,
)
from services.application.discipline.facts import Sight
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.review_inputs import (
    MeetingIn,
    MinutesIn,
    NoticeIn,
    OutcomeIn,
    SecretaryIn,
    SelfReviewIn,
)
from services.entrypoints.api.discipline.review_scope import ANSWERS, DECIDES, KEEPS, done, setting
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from discipline.reviews.state import Review
    from services.application.discipline.facts import Facts

router = Router(prefix="/reviews", tags=["reviews"])


@router.command("/{review_id}/secretary", access=DECIDES, if_match=True)
async def appoint(review_id: UUID, body: SecretaryIn, call: Call) -> Response:
    """Name who keeps the file."""

    def command(known: Facts, state: Review) -> AppointSecretary:
        return AppointSecretary(known.by(state.authority_post), known.person(body.person_id))

    return await done(call, review_id, command)


@router.command("/{review_id}/notice", access=KEEPS, if_match=True)
async def notify(review_id: UUID, body: NoticeIn, call: Call) -> Response:
    """Record that the subject received the decision to review; the days for his self-review run."""

    async def command(known: Facts, state: Review) -> NotifySubject:
        return NotifySubject(
            known.by(state.authority_post),
            await setting(call, known),
            body.received_at,
            await call.put_document("notice", body.notice),
            await call.put_document("proof", body.proof),
            body.self_review_until,
        )

    return await done(call, review_id, command)


@router.command("/{review_id}/self-review", access=ANSWERS)
async def self_review(review_id: UUID, body: SelfReviewIn, call: Call) -> Response:
    """Hand in one's self-review; for a collective its head does."""

    async def command(known: Facts, _state: Review) -> SubmitSelfReview:
        return SubmitSelfReview(known.by(), known.at, await call.put_document("statement", body.statement))

    return await done(call, review_id, command, Sight.SUBJECT)


@router.command("/{review_id}/meetings", access=KEEPS, if_match=True)
async def convene(review_id: UUID, body: MeetingIn, call: Call) -> Response:
    """Call the review meeting; a later call replaces one that was not held."""

    async def command(known: Facts, state: Review) -> ConveneMeeting:
        return ConveneMeeting(
            known.by(state.authority_post),
            known.at,
            body.held_at,
            known.person(body.chair),
            tuple(body.must_attend),
            await call.put_document("agenda", body.agenda),
        )

    return await done(call, review_id, command)


@router.command("/{review_id}/meetings/minutes", access=KEEPS, if_match=True)
async def hold(review_id: UUID, body: MinutesIn, call: Call) -> Response:
    """Record the meeting: who attended, the count of its vote, the minutes."""

    async def command(known: Facts, state: Review) -> HoldMeeting:
        return HoldMeeting(
            known.by(state.authority_post),
            known.at,
            tuple(body.attended),
            body.subject_present,
            tuple(body.votes),
            await call.put_document("minutes", body.minutes),
        )

    return await done(call, review_id, command)


@router.command("/{review_id}/end", access=DECIDES, if_match=True)
async def end(review_id: UUID, body: OutcomeIn, call: Call) -> Response:
    """End it at the meeting: a reminder, criticism, lessons, or no responsibility."""

    async def command(known: Facts, state: Review) -> EndAtMeeting:
        reasons = await call.put_document("reasons", body.reasons)
        return EndAtMeeting(known.by(state.authority_post), body.outcome, reasons)

    return await done(call, review_id, command)
