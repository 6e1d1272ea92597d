"""Commands on a review: its decision, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from discipline.reviews.decision import commands as c
from discipline.reviews.decision.aftermath import looked_through
from discipline.reviews.decision.repeating import running
from schemas.discipline.review_decision import Conclusion
from services.application.discipline.aggregates import REVIEW
from services.application.discipline.facts import Sight
from services.application.grounds import Grounds
from services.entrypoints.api.bodies import Nothing
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline import review_inputs as i
from services.entrypoints.api.discipline.review_scope import (
    DECIDES,
    KEEPS,
    REVOKES,
    beside,
    done,
    reckoned,
    sanctioned,
    setting,
)
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from discipline.reviews.commands import Command
    from discipline.reviews.state import Review
    from services.application.discipline.facts import Facts
    from services.application.grounds import Informed

router = Router(prefix="/reviews", tags=["reviews"])


@router.command("/{review_id}/decide", access=DECIDES, if_match=True)
async def decide(review_id: UUID, body: i.DecisionIn, call: Call) -> Response:
    """Decide: a form that the rows allow and lead to, or no sanction; every violation is concluded by itself."""

    async def command(known: Facts, state: Review) -> Informed[Command]:
        grounds = Grounds(call.context.handler)
        others = await sanctioned(call, state.subject, review_id, grounds)
        made: Command = c.DecideReview(
            by=known.by(state.authority_post),
            setting=beside(await setting(call, known), state.subject, others),
            who=known.who(state, left=body.left),
            form=body.form,
            conclusions=tuple(Conclusion(finding_id=one.finding_id, form=one.form) for one in body.conclusions),
            running=tuple(one for one in (running(it, known.day) for it in others) if one is not None),
            by_electing_body=body.by_electing_body,
            decision=await call.put_document("decision", body.decision),
        )
        return grounds.of(made, REVIEW.stream(review_id))

    return await done(call, review_id, command)


@router.command("/{review_id}/serve", access=KEEPS, if_match=True)
async def serve(review_id: UUID, body: i.DecisionServiceIn, call: Call) -> Response:
    """Record that the subject received the decision: it has effect, and the window for a complaint runs."""

    async def command(known: Facts, state: Review) -> c.ServeDecision:
        proof, by = await call.put_document("proof", body.proof), known.by(state.authority_post)
        return c.ServeDecision(by, await setting(call, known), body.received_at, proof, body.in_force_from)

    return await done(call, review_id, command)


@router.command("/{review_id}/publish", access=KEEPS, if_match=True)
async def publish(review_id: UUID, body: i.PublicationIn, call: Call) -> Response:
    """Publish it, and say what is left out."""

    async def command(known: Facts, state: Review) -> c.PublishDecision:
        by = known.by(state.authority_post)
        # Before it is stored: the rule that keeps publications would keep the personal data of a refused one too.
        looked_through(body.text)
        text = await call.put_document("publication", body.text)
        left_out = tuple(dict.fromkeys(body.left_out))
        return c.PublishDecision(by, await setting(call, known), body.text, text, left_out)

    return await done(call, review_id, command)


@router.command("/{review_id}/correct", access=DECIDES, if_match=True)
async def correct(review_id: UUID, body: i.CorrectionIn, call: Call) -> Response:
    """Correct a clerical error; nothing that was decided changes by it."""

    async def command(known: Facts, state: Review) -> c.CorrectDecision:
        return c.CorrectDecision(known.by(state.authority_post), await call.put_document("correction", body.text))

    return await done(call, review_id, command)


@router.command("/{review_id}/revoke", access=REVOKES, if_match=True)
async def revoke(review_id: UUID, body: i.RevocationIn, call: Call) -> Response:
    """Take it back: when its basis fell away, or as the authority above."""

    async def command(known: Facts, state: Review) -> c.RevokeDecision:
        reasons, by = await call.put_document("reasons", body.reasons), known.by(state.authority_post)
        at = await reckoned(call, known, state)
        return c.RevokeDecision(by, known.above(state), at, body.ground, body.fresh, reasons)

    return await done(call, review_id, command, Sight.FILE, Sight.ABOVE)


@router.command("/{review_id}/expire", access=KEEPS, if_match=True)
async def expire(review_id: UUID, body: Nothing, call: Call) -> Response:  # noqa: ARG001 -- an empty body is one too
    """Record that the sanction has ended by the row."""

    async def command(known: Facts, state: Review) -> c.RecordExpiry:
        return c.RecordExpiry(known.by(state.authority_post), await setting(call, known))

    return await done(call, review_id, command)


@router.command("/{review_id}/reassign", access=DECIDES, if_match=True)
async def reassign(review_id: UUID, body: i.ReassignmentIn, call: Call) -> Response:
    """Move or replace a weak or shirking official: no form of discipline, and none in its stead."""

    async def command(known: Facts, state: Review) -> c.ReassignSubject:
        return c.ReassignSubject(
            by=known.by(state.authority_post),
            measure=body.measure,
            from_post=body.from_post,
            holder=known.holder(body.from_post),
            to_post=body.to_post,
            to_post_free=body.to_post is None or known.holder(body.to_post) is None,
            decision=await call.put_document("decision", body.decision),
        )

    return await done(call, review_id, command)
