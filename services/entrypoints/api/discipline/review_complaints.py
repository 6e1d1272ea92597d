"""Commands on complaints against the decision on a review."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from discipline.reviews.complaints import commands as c
from services.application.discipline.facts import Sight
from services.entrypoints.api.bodies import Nothing
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline import review_inputs as i
from services.entrypoints.api.discipline.inputs import Reasons
from services.entrypoints.api.discipline.review_scope import ANSWERS, DECIDES, KEEPS, done, reckoned, setting
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from discipline.reviews.state import Review
    from services.application.discipline.facts import Facts

router = Router(prefix="/reviews", tags=["reviews"])


@router.command("/{review_id}/complaints", access=ANSWERS)
async def file(review_id: UUID, body: i.ComplaintIn, call: Call) -> Response:
    """Complain against the decision, within the window that the row gives."""

    async def command(known: Facts, _state: Review) -> c.FileComplaint:
        complaint = await call.put_document("complaint", body.complaint)
        return c.FileComplaint(known.by(), await setting(call, known), body.instance, complaint)

    return await done(call, review_id, command, Sight.SUBJECT)


@router.command("/{review_id}/complaints/accept", access=DECIDES, if_match=True)
async def accept(review_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Take up the complaint that waits."""

    def command(known: Facts, state: Review) -> c.AcceptComplaint:
        return c.AcceptComplaint(known.judge(state))

    return await done(call, review_id, command)


@router.command("/{review_id}/complaints/reject", access=DECIDES, if_match=True)
async def reject(review_id: UUID, body: Reasons, call: Call) -> Response:
    """Refuse to take it up, for a reason of form."""

    async def command(known: Facts, state: Review) -> c.RejectComplaint:
        reasons = await call.put_document("reasons", body.reasons)
        return c.RejectComplaint(known.judge(state), await setting(call, known), reasons)

    return await done(call, review_id, command)


@router.command("/{review_id}/complaints/answer", access=DECIDES, if_match=True)
async def answer(review_id: UUID, body: i.AnswerIn, call: Call) -> Response:
    """Answer it: the decision stands, is changed, or is revoked; or record the answer of a court or body outside."""

    async def command(known: Facts, state: Review) -> c.AnswerComplaint:
        return c.AnswerComplaint(
            judge=known.judge(state),
            setting=await reckoned(call, known, state),
            who=known.who(state, left=body.left),
            outcome=body.outcome,
            form=body.form,
            fresh=body.fresh,
            document=await call.put_document("answer", body.answer),
        )

    return await done(call, review_id, command)


@router.command("/{review_id}/complaints/serve", access=KEEPS, if_match=True)
async def serve(review_id: UUID, body: i.ServiceIn, call: Call) -> Response:
    """Record that the subject received the answer; the window of the next instance runs."""

    async def command(known: Facts, state: Review) -> c.ServeAnswer:
        proof, by = await call.put_document("proof", body.proof), known.by(state.authority_post)
        return c.ServeAnswer(by, await setting(call, known), body.received_at, proof)

    return await done(call, review_id, command)
