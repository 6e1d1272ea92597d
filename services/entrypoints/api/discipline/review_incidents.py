"""Commands on a review for what comes between: the authority's own findings and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from discipline.reviews.incidents import commands as c
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline import review_inputs as i
from services.entrypoints.api.discipline.follow_up_scope import documents
from services.entrypoints.api.discipline.inputs import Reasons
from services.entrypoints.api.discipline.review_scope import DECIDES, done, reckoned, setting
from services.entrypoints.api.routing import Router

if TYPE_CHECKING:
    from discipline.reviews.state import Review
    from services.application.discipline.facts import Facts

router = Router(prefix="/reviews", tags=["reviews"])


@router.command("/{review_id}/circumstances", access=DECIDES, if_match=True)
async def circumstance(review_id: UUID, body: i.CircumstanceIn, call: Call) -> Response:
    """Find a mitigating or aggravating circumstance."""

    async def command(known: Facts, state: Review) -> c.FindCircumstance:
        reasons = await call.put_document("reasons", body.reasons)
        evidence = await documents(call, "evidence", body.evidence)
        return c.FindCircumstance(known.by(state.authority_post), body.weight, reasons, evidence)

    return await done(call, review_id, command)


@router.command("/{review_id}/course", access=DECIDES, if_match=True)
async def course(review_id: UUID, body: i.CourseIn, call: Call) -> Response:
    """Find how the violation went: limitation is computed anew, from the day that the rows name."""

    async def command(known: Facts, state: Review) -> c.FindCourse:
        reasons = await call.put_document("reasons", body.reasons)
        evidence = await documents(call, "evidence", body.evidence)
        by, now = known.by(state.authority_post), await reckoned(call, known, state)
        return c.FindCourse(by, now, body.course, body.day, tuple(body.matters), reasons, evidence)

    return await done(call, review_id, command)


@router.command("/{review_id}/legal-opinion", access=DECIDES, if_match=True)
async def opinion(review_id: UUID, body: i.OpinionIn, call: Call) -> Response:
    """Say which of two regimes is applied, where the rows leave it open."""

    async def command(known: Facts, state: Review) -> c.RecordOpinion:
        given, who = await call.put_document("opinion", body.opinion), known.who(state, left=body.left)
        return c.RecordOpinion(known.by(state.authority_post), await setting(call, known), who, body.side, given)

    return await done(call, review_id, command)


@router.command("/{review_id}/defer", access=DECIDES, if_match=True)
async def defer(review_id: UUID, body: i.GroundIn, call: Call) -> Response:
    """Defer it, on one of the grounds of the row; where a row says so, the clocks stand still."""

    async def command(known: Facts, state: Review) -> c.DeferReview:
        reasons = await call.put_document("reasons", body.reasons)
        evidence = await documents(call, "evidence", body.evidence)
        by, now = known.by(state.authority_post), await reckoned(call, known, state)
        return c.DeferReview(by, now, body.ground, reasons, evidence)

    return await done(call, review_id, command)


@router.command("/{review_id}/resume", access=DECIDES, if_match=True)
async def resume(review_id: UUID, body: Reasons, call: Call) -> Response:
    """Resume a deferred review; both clocks are computed anew."""

    async def command(known: Facts, state: Review) -> c.ResumeReview:
        reasons, now = await call.put_document("reasons", body.reasons), await reckoned(call, known, state)
        return c.ResumeReview(known.by(state.authority_post), now, reasons)

    return await done(call, review_id, command)


@router.command("/{review_id}/investigators", access=DECIDES, if_match=True)
async def refer(review_id: UUID, body: i.ReferralIn, call: Call) -> Response:
    """Refer the file to the investigating bodies; where a row says so, the clocks stand still."""

    async def command(known: Facts, state: Review) -> c.ReferToInvestigators:
        document, now = await call.put_document("document", body.document), await reckoned(call, known, state)
        return c.ReferToInvestigators(known.by(state.authority_post), now, body.since, document)

    return await done(call, review_id, command)


@router.command("/{review_id}/investigators/return", access=DECIDES, if_match=True)
async def give_back(review_id: UUID, body: i.ReturnIn, call: Call) -> Response:
    """Record that the file came back; both clocks are computed anew."""

    async def command(known: Facts, state: Review) -> c.ReturnFromInvestigators:
        document, now = await call.put_document("document", body.document), await reckoned(call, known, state)
        return c.ReturnFromInvestigators(known.by(state.authority_post), now, body.returned_on, document)

    return await done(call, review_id, command)


@router.command("/{review_id}/extend", access=DECIDES, if_match=True)
async def extend(review_id: UUID, body: Reasons, call: Call) -> Response:
    """Extend processing time, by the row that allows it."""

    async def command(known: Facts, state: Review) -> c.ExtendProcessing:
        reasons, now = await call.put_document("reasons", body.reasons), await setting(call, known)
        return c.ExtendProcessing(known.by(state.authority_post), now, reasons)

    return await done(call, review_id, command)


@router.command("/{review_id}/work-suspension", access=DECIDES, if_match=True)
async def suspend(review_id: UUID, body: i.WorkSuspensionIn, call: Call) -> Response:
    """Suspend the subject from work for a time."""

    async def command(known: Facts, state: Review) -> c.SuspendFromWork:
        decision, now = await call.put_document("decision", body.decision), await setting(call, known)
        return c.SuspendFromWork(known.by(state.authority_post), now, body.first, body.last, decision)

    return await done(call, review_id, command)


@router.command("/{review_id}/work-suspension/end", access=DECIDES, if_match=True)
async def work_again(review_id: UUID, body: i.WorkAgainIn, call: Call) -> Response:
    """Let the subject work again."""

    async def command(known: Facts, state: Review) -> c.EndWorkSuspension:
        reasons = await call.put_document("reasons", body.reasons)
        return c.EndWorkSuspension(known.by(state.authority_post), body.ended_on, reasons)

    return await done(call, review_id, command)


@router.command("/{review_id}/party-discipline", access=DECIDES, if_match=True)
async def party(review_id: UUID, body: i.PartyIn, call: Call) -> Response:
    """Refer to a decision of the Party; a changed one opens a decided review again."""

    async def command(known: Facts, state: Review) -> c.ReferToPartyDiscipline:
        reference, now = await call.put_document("reference", body.reference), await reckoned(call, known, state)
        by = known.by(state.authority_post)
        return c.ReferToPartyDiscipline(by, now, body.decided_on, body.changed, reference)

    return await done(call, review_id, command)


@router.command("/{review_id}/protection", access=DECIDES, if_match=True)
async def protect(review_id: UUID, body: i.ProtectionIn, call: Call) -> Response:
    """Recognise that the subject dared to act for the common good, as approved beforehand and in good faith."""

    async def command(known: Facts, state: Review) -> c.RecogniseProtection:
        return c.RecogniseProtection(
            known.by(state.authority_post),
            await setting(call, known),
            body.effect,
            await call.put_document("proposal", body.proposal),
            await call.put_document("approval", body.approval),
            body.approved_on,
            await documents(call, "good faith", body.good_faith),
        )

    return await done(call, review_id, command)


@router.command("/{review_id}/exempt", access=DECIDES, if_match=True)
async def exempt(review_id: UUID, body: i.ProvenGroundIn, call: Call) -> Response:
    """Exempt the subject, on one of the grounds of the row."""

    async def command(known: Facts, state: Review) -> c.ExemptSubject:
        reasons = await call.put_document("reasons", body.reasons)
        evidence = await documents(call, "evidence", body.evidence)
        by, now = known.by(state.authority_post), await setting(call, known)
        return c.ExemptSubject(by, now, body.ground, reasons, evidence)

    return await done(call, review_id, command)


@router.command("/{review_id}/skip", access=DECIDES, if_match=True)
async def skip(review_id: UUID, body: i.SkipIn, call: Call) -> Response:
    """Skip a step, where a row lets it fall away in this case."""

    async def command(known: Facts, state: Review) -> c.SkipStep:
        reasons, now = await call.put_document("reasons", body.reasons), await setting(call, known)
        return c.SkipStep(known.by(state.authority_post), now, body.step, body.condition, reasons)

    return await done(call, review_id, command)


@router.command("/{review_id}/close", access=DECIDES, if_match=True)
async def close(review_id: UUID, body: i.ClosingIn, call: Call) -> Response:
    """Close it: the subject died, or is a contract worker, who is referred out."""

    async def command(known: Facts, state: Review) -> c.CloseReview:
        document = await call.put_document("document", body.document)
        return c.CloseReview(known.by(state.authority_post), body.ground, document)

    return await done(call, review_id, command)
