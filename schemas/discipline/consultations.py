"""Events of a consultation (lấy ý kiến): one agency asks another, and what no answer by the due moment means.

One stream an agency that is asked; those that were asked about the same draft share a request.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Contract, Day, Event, Moment, Number, Slug, Text
from schemas.discipline.law import ClockCalculation
from schemas.discipline.reviews import ReviewTerms, Subject
from schemas.values import DocumentRef, Term


class Position(StrEnum):
    """What the agency that was asked says to the draft."""

    AGREES = "agrees"
    AGREES_WITH_CHANGES = "agrees_with_changes"
    DISAGREES = "disagrees"
    OUTSIDE_FUNCTIONS = "outside_functions"
    """It is none of its functions: who asked should not have."""
    NO_POSITION = "no_position"
    """It answers without saying what it holds; not where the directive demands a clear position."""


class Reconciliation(StrEnum):
    """What became of an opinion that differs, once the lead had worked on it with whoever holds it."""

    SETTLED = "settled"
    """They agree on a text."""
    LEFT_OPEN = "left_open"
    """They do not: the submission says both opinions."""


class ConsultationTerms(Contract):
    """What the directive says of a consultation, as it was asked: no later version of the pack changes it."""

    directive_id: Annotated[Slug, Field(description="The directive.")]
    pack_version: Annotated[Number, Field(description="The pack's version in force when it was asked.")]
    provision: Annotated[Text, Field(description="The provision that its rules come from.")]
    only_concerned: Annotated[bool, Field(description="Only agencies directly concerned may be asked.")]
    clear_position: Annotated[bool, Field(description="An answer must take a clear position.")]
    reconcile_first: Annotated[bool, Field(description="The lead reconciles opinions before submitting.")]
    deemed_consent: Annotated[bool, Field(description="No answer by the due moment is consent.")]
    answers_personally: Annotated[
        bool, Field(description="Whoever let it lapse answers for what he is taken to consent to.")
    ]
    answer: Annotated[Term, Field(description="The directive's time to answer, where the request names no day.")]
    review: Annotated[ReviewTerms, Field(description="What the directive says of a review that it leads to.")]


class ConsultationEvent(Event):
    """Something that happened to a consultation."""

    topic: ClassVar[str] = "discipline.consultations"
    consultation_id: Annotated[UUID, Field(description="The consultation; also the key on Kafka.")]


class ConsultationAsked(ConsultationEvent):
    """The head of an agency asks another agency for its opinion of a draft."""

    type: Literal["discipline.consultation_asked.v1"] = "discipline.consultation_asked.v1"
    request_id: Annotated[UUID, Field(description="Shared by all whom the same request asks.")]
    asking_agency: Annotated[Slug, Field(description="Who asks: the lead.")]
    asking_post: Annotated[Slug, Field(description="The head's post of the agency that asks.")]
    asked_by: Annotated[UUID, Field(description="Who asked, in that post.")]
    consulted_agency: Annotated[Slug, Field(description="Who is asked.")]
    consulted_post: Annotated[Slug, Field(description="The head's post of the agency that is asked.")]
    subject: Annotated[DocumentRef, Field(description="What the draft is about (trích yếu).")]
    draft: Annotated[DocumentRef, Field(description="The draft, or where it is found.")]
    concern: Annotated[
        DocumentRef | None, Field(description="Why it directly concerns the agency; none only where nobody demands it.")
    ]
    terms: Annotated[ConsultationTerms, Field(description="What the directive says of it.")]
    calculation: Annotated[ClockCalculation, Field(description="How the due moment was computed.")]
    due_at: Annotated[Moment, Field(description="Until when an answer is on time: 24:00 of the last day.")]


class ConsultationAnswered(ConsultationEvent):
    """The agency that was asked has answered; whether in time is judged by the server's receipt.

    A late answer is kept and undoes no consent. One that was received by the due moment, and recorded only after the
    clock had fired, undoes what was deemed.
    """

    type: Literal["discipline.consultation_answered.v1"] = "discipline.consultation_answered.v1"
    answered_by: Annotated[UUID, Field(description="Who answered.")]
    answering_agency: Annotated[Slug, Field(description="For which agency: the one asked, or its successor.")]
    position: Annotated[Position, Field(description="What it says.")]
    answer: Annotated[DocumentRef, Field(description="Its text.")]
    received_at: Annotated[Moment, Field(description="When the server received it.")]
    late: Annotated[bool, Field(description="Received after the due moment.")]
    undoes_consent: Annotated[bool, Field(description="Consent had been deemed, and falls away with this answer.")]


class ConsultationWithdrawn(ConsultationEvent):
    """Who asked asks no longer; nothing follows from it."""

    type: Literal["discipline.consultation_withdrawn.v1"] = "discipline.consultation_withdrawn.v1"
    withdrawn_by: Annotated[UUID, Field(description="Who withdrew it.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class ConsentDeemed(ConsultationEvent):
    """No answer was received by the due moment: the agency is taken to agree (coi như đồng ý).

    It occurred at the due moment, whenever the clock came to it.
    """

    type: Literal["discipline.consent_deemed.v1"] = "discipline.consent_deemed.v1"
    request_id: Annotated[UUID, Field(description="The request.")]
    consulted_agency: Annotated[Slug, Field(description="Who was asked.")]
    due_at: Annotated[Moment, Field(description="The due moment.")]
    last_day: Annotated[Day, Field(description="The last day of the term, which the due moment ends.")]
    answers: Annotated[
        Subject,
        Field(
            description="Who headed the agency, or its successor, on the last day; no person where the post was "
            "vacant, the collective where there was no head's post."
        ),
    ]
    acting: Annotated[bool, Field(description="He acted in the post while nobody was appointed.")]
    in_office_since: Annotated[Day | None, Field(description="Since when he had been there; none where vacant.")]
    acted_by: Annotated[UUID | None, Field(description="The holder was away: who acted for him.")]
    terms: Annotated[ConsultationTerms, Field(description="What the directive says of it.")]


class ConsultationLapsed(ConsultationEvent):
    """No answer was received by the due moment, and nothing is taken for one: who asked goes on without it.

    The answer stays owed until it comes or who asked closes it. The same under deemed consent where no agency is
    left that could have answered.
    """

    type: Literal["discipline.consultation_lapsed.v1"] = "discipline.consultation_lapsed.v1"
    request_id: Annotated[UUID, Field(description="The request.")]
    consulted_agency: Annotated[Slug, Field(description="Who was asked.")]
    due_at: Annotated[Moment, Field(description="The due moment.")]
    last_day: Annotated[Day, Field(description="The last day of the term, which the due moment ends.")]


class ConsultationClosed(ConsultationEvent):
    """Who asked goes on without the answer that it was owed. That none came in time stays recorded."""

    type: Literal["discipline.consultation_closed.v1"] = "discipline.consultation_closed.v1"
    closed_by: Annotated[UUID, Field(description="Who closed it, for the agency that asked.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class OpinionReconciled(ConsultationEvent):
    """The lead has worked with the agency whose opinion differs, before it submits."""

    type: Literal["discipline.opinion_reconciled.v1"] = "discipline.opinion_reconciled.v1"
    outcome: Annotated[Reconciliation, Field(description="What became of it.")]
    minutes: Annotated[DocumentRef, Field(description="How they worked on it, and what they agreed or did not.")]
    reconciled_by: Annotated[UUID, Field(description="Who recorded it, for the agency that asked.")]


AnyConsultationEvent = (
    ConsultationAsked
    | ConsultationAnswered
    | ConsultationWithdrawn
    | ConsentDeemed
    | ConsultationLapsed
    | ConsultationClosed
    | OpinionReconciled
)
