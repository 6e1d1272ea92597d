"""Events of a succession: the plan by which what is open at agencies that end passes to those that take over."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from schemas.base import Contract, Day, Event, Moment, Number, Slug
from schemas.inspection.organisation import Agencies, RestructuringKind
from schemas.values import DocumentRef


class Matter(StrEnum):
    """What is open."""

    FOLLOW_UP = "follow_up"
    REVIEW = "review"
    RESPONSIBILITY = "responsibility"
    BOARD_SEAT = "board_seat"
    CONSULTATION = "consultation"
    DUTY = "duty"
    """A duty, report or indicator that a directive in force gives to the agency by its id."""


class Passage(Contract):
    """What a post owns goes to another."""

    from_post: Annotated[Slug, Field(description="A post of an agency that ends.")]
    to_post: Annotated[Slug, Field(description="A post of a successor, or of an agency below one.")]


class Singled(Contract):
    """One follow-up goes elsewhere than the rest of its post's."""

    finding_id: Annotated[UUID, Field(description="The follow-up's finding.")]
    to_post: Annotated[Slug, Field(description="A post of a successor, or of an agency below one.")]


class Went(Contract):
    """How much of one kind went from where to whom."""

    matter: Annotated[Matter, Field(description="What.")]
    from_place: Annotated[Slug, Field(description="The post that owned it, or the agency that it concerned.")]
    to_post: Annotated[Slug, Field(description="The post that owns it now, or goes on deciding on it.")]
    moved: Annotated[bool, Field(description="Its owner changed; otherwise whoever decided on it goes on to.")]
    count: Annotated[Number, Field(description="How many.")]


class SuccessionEvent(Event):
    """Something that happened to a plan."""

    topic: ClassVar[str] = "discipline.restricted"
    succession_id: Annotated[UUID, Field(description="The plan, and the act that it belongs to.")]


class SuccessionProposed(SuccessionEvent):
    """The act was announced: everything goes to the head of the agency that inherits."""

    type: Literal["discipline.succession_proposed.v1"] = "discipline.succession_proposed.v1"
    kind: Annotated[RestructuringKind, Field(description="End, merger or division.")]
    day: Annotated[Day, Field(description="The first day on which the agencies no longer exist.")]
    predecessors: Annotated[Agencies, Field(description="Which agencies end.")]
    successors: Annotated[Agencies, Field(description="Which agencies take over.")]
    heir_id: Annotated[Slug, Field(description="The one that inherits what nothing else is said of.")]
    heir_post: Annotated[Slug, Field(description="Its head's post.")]
    passages: Annotated[tuple[Passage, ...], Field(max_length=5_000, description="A passage for each post.")]


class SuccessionCorrected(SuccessionEvent):
    """Somebody looked at the plan and put it right."""

    type: Literal["discipline.succession_corrected.v1"] = "discipline.succession_corrected.v1"
    corrected_by: Annotated[UUID, Field(description="Who corrected it.")]
    passages: Annotated[tuple[Passage, ...], Field(max_length=5_000, description="Those that go elsewhere now.")]
    singled: Annotated[tuple[Singled, ...], Field(max_length=5_000, description="Follow-ups that go elsewhere.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class SuccessionApproved(SuccessionEvent):
    """The authority approved the plan: the agencies end on the day that was announced."""

    type: Literal["discipline.succession_approved.v1"] = "discipline.succession_approved.v1"
    approved_by: Annotated[UUID, Field(description="Who approved it.")]


class SuccessionWithdrawn(SuccessionEvent):
    """The act does not take place."""

    type: Literal["discipline.succession_withdrawn.v1"] = "discipline.succession_withdrawn.v1"


class SuccessionCarriedOut(SuccessionEvent):
    """Everything that was open has passed on, in the transaction of this event."""

    type: Literal["discipline.succession_carried_out.v1"] = "discipline.succession_carried_out.v1"
    carried_out_by: Annotated[UUID, Field(description="Who had it carried out.")]
    carried_out_at: Annotated[Moment, Field(description="When.")]
    went: Annotated[tuple[Went, ...], Field(max_length=20_000, description="What went where.")]


AnySuccessionEvent = (
    SuccessionProposed | SuccessionCorrected | SuccessionApproved | SuccessionWithdrawn | SuccessionCarriedOut
)
