"""What becomes of a decision: served, published, corrected, revoked, expired."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from discipline.days import last_day
from discipline.law.rows import Rule
from discipline.reviews.complaints.evolve import without_object
from discipline.reviews.decision.effects import effects
from discipline.reviews.decision.refusals import (
    EffectBeforeService,
    EffectSuspended,
    NoRowForExpiry,
    NoSanctionToExpire,
    NotAbove,
    NotExpiredYet,
    NothingDecided,
    NothingToDecideAnew,
    NotInForce,
    RevokedOnlyOnGround,
    StillInPublication,
    UnpublishableFound,
)
from discipline.reviews.decision.unpublishable import unpublishable
from discipline.reviews.procedure.refusals import stands
from discipline.reviews.procedure.steps import received
from discipline.reviews.reckoning import anew, term
from discipline.reviews.refusals import OwnMatter
from discipline.reviews.standing import decides, is_above, keeps, own_matter
from discipline.reviews.state import CONCLUDED, Review, ReviewStatus
from discipline.steps import Step
from schemas.discipline.review_decision import (
    DecisionCorrected,
    DecisionPublished,
    DecisionRevoked,
    DecisionServed,
    RevocationGround,
    SanctionExpired,
    Unpublishable,
)
from schemas.refusal import Coded

if TYPE_CHECKING:
    from uuid import UUID

    from discipline.reviews.decision.commands import (
        CorrectDecision,
        PublishDecision,
        RecordExpiry,
        RevokeDecision,
        ServeDecision,
    )
    from discipline.reviews.decision.state import Decision
    from discipline.reviews.reckoning import Setting
    from schemas.discipline.law import ClockCalculation
    from schemas.values import DocumentRef

ALWAYS_LEFT_OUT = (Unpublishable.DENOUNCER, Unpublishable.THIRD_PERSONS, Unpublishable.PERSONAL_DATA)


def decision_of(state: Review, *statuses: ReviewStatus) -> Decision:
    """The decision that stands. Raises `NothingDecided`."""
    if state.decision is None or state.status not in statuses:
        raise NothingDecided(stands(state.status))
    return state.decision


def served(command: ServeDecision, state: Review) -> DecisionServed:
    """It has effect from its receipt, or from a later day that it names; the window for a complaint begins."""
    keeps(command.by, state)
    decision = decision_of(state, ReviewStatus.DECIDED)
    received_on = received(command.received_at, command.setting.at, decision.decided_on)
    in_force_from = command.from_day or received_on
    if in_force_from < received_on:
        raise EffectBeforeService(in_force_from, received_on)
    setting, in_force = command.setting, replace(decision, in_force_from=in_force_from)
    return DecisionServed(
        review_id=state.review_id,
        received_at=command.received_at,
        proof=command.proof,
        in_force_from=in_force_from,
        complaint=term(setting, state, Step.COMPLAINT_FIRST, received_on),
        expiry=expiry_of(in_force, setting, state),
        effects=tuple(effects(setting, state, in_force)),
        recorded_by=command.by.person_id,
    )


def expiry_of(decision: Decision, setting: Setting, state: Review) -> ClockCalculation | None:
    """When its sanction ends, by the rows that are applied now, over the time in which a complaint suspended it.

    None where there is none, or none of the rows says so.
    """
    if decision.form is None or decision.in_force_from is None:
        return None
    return term(setting, state, Step.SANCTION_EXPIRY, decision.in_force_from, decision.suspended)


def published(command: PublishDecision, state: Review) -> DecisionPublished:
    """What must not be published is said to be left out, thing by thing, and the text is looked through for it."""
    keeps(command.by, state)
    decision = decision_of(state, ReviewStatus.SERVED)
    if decision.in_force_from is None or command.setting.day < decision.in_force_from:
        raise NotInForce
    if state.suspended_by is not None:
        raise EffectSuspended(state.suspended_by.rule_id)
    party = (Unpublishable.PARTY_DISCIPLINE,) if state.incidents.party_discipline else ()
    missing = [one for one in (*ALWAYS_LEFT_OUT, *party) if one not in command.left_out]
    if missing:
        raise StillInPublication(Coded("unpublishable", *missing))
    looked_through(command.text)
    return DecisionPublished(
        review_id=state.review_id,
        document=command.document,
        left_out=command.left_out,
        published_by=command.by.person_id,
    )


def looked_through(text: str) -> None:
    """Find nothing in the text that is not published. Raises `UnpublishableFound`."""
    found = tuple(unpublishable(text))
    if found:
        kinds = dict.fromkeys(what for what, _ in found)
        words = "; ".join(dict.fromkeys(words for _, words in found))
        raise UnpublishableFound(Coded("unpublishable", *kinds), words)


def corrected(command: CorrectDecision, state: Review) -> DecisionCorrected:
    """A correction adds its text; nothing that was decided can change by it."""
    decides(command.by, state)
    decision_of(state, ReviewStatus.DECIDED, ReviewStatus.SERVED)
    return DecisionCorrected(review_id=state.review_id, document=command.document, corrected_by=command.by.person_id)


def revoked(command: RevokeDecision, state: Review) -> DecisionRevoked:
    """By whoever decided, when the basis fell away; on another ground by an authority above."""
    if own_matter(command.by, state):
        raise OwnMatter
    if state.status not in CONCLUDED:
        raise NothingDecided(stands(state.status))
    if command.ground is RevocationGround.BASIS_LOST:
        decides(command.by, state)
        if state.answer_until is None:
            raise RevokedOnlyOnGround
    elif command.ground is RevocationGround.HIGHER_AUTHORITY:
        if not is_above(command.by, command.above) or command.by.person_id in state.decided_before:
            raise NotAbove
    else:
        raise RevokedOnlyOnGround
    if command.fresh and not state.basis:
        raise NothingToDecideAnew
    by = command.by.person_id
    return revocation(state, command.ground, by, command.document, command.setting, fresh=command.fresh)


def revocation(
    state: Review, ground: RevocationGround, by: UUID, document: DocumentRef, setting: Setting, *, fresh: bool
) -> DecisionRevoked:
    """What no longer holds, since when it had, and what follows."""
    decision = state.decision
    return DecisionRevoked(
        review_id=state.review_id,
        ground=ground,
        form=None if decision is None else decision.form,
        in_force_from=None if decision is None else decision.in_force_from,
        fresh=fresh,
        document=document,
        revoked_on=setting.day,
        clocks=anew(setting, without_object(state, setting.day)) if fresh else None,
        revoked_by=by,
    )


def expired(command: RecordExpiry, state: Review) -> SanctionExpired:
    """The row that held at the service says when, or at the answer to what suspended it; else the one of now."""
    keeps(command.by, state)
    decision = decision_of(state, ReviewStatus.SERVED)
    if decision.form is None:
        raise NoSanctionToExpire
    if (row := decision.stands_still) is not None:
        raise EffectSuspended(row.rule_id)
    expiry = decision.expiry or expiry_of(decision, command.setting, state)
    if expiry is None:
        waiting = [row.row_id for row in command.setting.law.rows if row.rule is Rule.DECISION_VALIDITY]
        raise NoRowForExpiry(", ".join(waiting))
    if command.setting.at < expiry.ends_at:
        raise NotExpiredYet(expiry.rule_id, last_day(expiry.ends_at))
    return SanctionExpired(review_id=state.review_id, expiry=expiry, recorded_by=command.by.person_id)
