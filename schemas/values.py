"""Values that several events share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from schemas.base import Contract, Days, Number, Sha256, Slug, Text, Times


class Name(Contract):
    """What something is called, in both languages; never a person's name."""

    vi: Annotated[Text, Field(description="Vietnamese, with diacritics.")]
    en: Annotated[Text, Field(description="English.")]


class DocumentRef(Contract):
    """A narrative kept encrypted in the registry; the event holds only its id and proof."""

    document_id: Annotated[UUID, Field(description="Id in the registry.")]
    sha256: Annotated[Sha256, Field(description="SHA-256 of the document's secret salt and text.")]


class DayKind(StrEnum):
    """How days are counted."""

    WORKING = "working"
    CALENDAR = "calendar"


class DayReason(StrEnum):
    """Why a day is off, or worked although its weekday is not."""

    WEEKLY_REST = "weekly_rest"
    HOLIDAY = "holiday"
    OFF_IN_EXCHANGE = "off_in_exchange"
    """Off in lieu of a holiday on a day of rest, or in exchange for another day that is worked."""
    WORKED_IN_EXCHANGE = "worked_in_exchange"


class Term(Contract):
    """A number of days and how they are counted."""

    days: Annotated[Days, Field(description="How many; the triggering day does not count.")]
    day_kind: Annotated[DayKind, Field(description="Working days or calendar days.")]


class Recipient(StrEnum):
    """Who a ladder's step tells, by office; resolved to a post when an alert opens."""

    OWNER = "owner"
    HEAD = "head"
    SUPERIOR = "superior"
    INSPECTORATE = "inspectorate"
    CHAIR = "chair"
    SECRETARY = "secretary"
    BOARD_CHAIR = "board_chair"
    COMPETENT_AUTHORITY = "competent_authority"


class LadderStep(Contract):
    """One step of a ladder: who hears next, and how long the step before had."""

    recipient: Annotated[Recipient, Field(description="Whom this step tells.")]
    after_working_days: Annotated[
        Days, Field(description="Working days since the step before was opened; 0 for the first.")
    ]


class Ladder(Contract):
    """Who hears of a stall, in order."""

    steps: Annotated[tuple[LadderStep, ...], Field(min_length=1, max_length=10, description="In order.")]


class StallTerms(Contract):
    """Working days after which each rule calls a follow-up stalled; a pack's numbers as data."""

    acknowledge: Annotated[Days, Field(description="To acknowledge, from the assignment or opening.")]
    plan: Annotated[Days, Field(description="To submit a plan, from the acknowledgement.")]
    plan_answer: Annotated[Days, Field(description="To accept a plan or send it back.")]
    progress: Annotated[Days, Field(description="Between progress reports.")]
    due_first_call: Annotated[Days, Field(description="Before the due day, first call.")]
    due_last_call: Annotated[Days, Field(description="Before the due day, last call.")]
    verification: Annotated[Days, Field(description="To verify a claimed completion.")]
    extension_answer: Annotated[Days, Field(description="To answer an asked-for extension.")]
    review_open: Annotated[Days, Field(description="To open or refuse a proposed review.")]
    review_meeting: Annotated[Days, Field(description="To hold the meeting of an opened review.")]
    acknowledgement_expires: Annotated[Days, Field(description="Until an acknowledged alert climbs again.")]


class Answerable(StrEnum):
    """Who answers for a violation by the directive's words; whose review it demands, if it demands one."""

    OFFICIAL = "official"
    """The officials involved, each for himself."""
    COLLECTIVE = "collective"
    """The agency as a collective."""
    HEAD = "head"
    """The head of the agency, for what his staff did."""
    HEAD_ABOVE = "head_above"
    """The head of the agency above, for what he let happen below him; never the chair, to whom all answer."""


class FollowUpTerms(Contract):
    """What a submitted finding carries for its follow-up, so that no other stream is needed."""

    directive_id: Annotated[Slug, Field(description="The directive under which the finding stands.")]
    pack_version: Annotated[Number, Field(description="The pack's version in force at the fact.")]
    provision: Annotated[Text, Field(description="The directive's provision that the violation type comes from.")]
    remediation: Annotated[Term, Field(description="Time to mend it, from submission.")]
    ladder: Annotated[Ladder, Field(description="Who hears of a stall.")]
    stall: Annotated[StallTerms, Field(description="When each rule calls it stalled.")]
    max_extensions: Annotated[Times, Field(description="How often the due day may be extended.")]
    max_hand_overs: Annotated[Times, Field(description="Hand-overs past this number are shirking.")]
    demands_review: Annotated[bool, Field(description="A confirmed finding of this type demands a review.")]
    answerable: Annotated[
        tuple[Answerable, ...], Field(max_length=4, description="Who answers for it; whose review is demanded.")
    ]
    review_on_last_step: Annotated[bool, Field(description="The ladder's last step passed demands a review.")]
    review_threshold: Annotated[
        Number | None, Field(description="Confirmed findings of an agency in the period that demand a review.")
    ]
    review_period_days: Annotated[Days | None, Field(ge=1, description="The period in calendar days.")]


class SubjectKind(StrEnum):
    """Whose responsibility a review concerns; the law's rows differ by it."""

    CADRE = "cadre"
    CIVIL_SERVANT = "civil_servant"
    PUBLIC_EMPLOYEE = "public_employee"
    COLLECTIVE = "collective"


class Posts(Contract):
    """The posts that stand around an agency on a day, for ladders and owners."""

    head: Annotated[Slug, Field(description="Head of the agency.")]
    superior: Annotated[Slug | None, Field(description="Head of the agency above; none at the top.")]
    inspectorate: Annotated[Slug, Field(description="Head of the inspectorate.")]
    chair: Annotated[Slug, Field(description="Chair of the authority.")]
