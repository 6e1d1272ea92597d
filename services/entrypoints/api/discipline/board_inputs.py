"""What the routes of boards and ballots take."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from schemas.base import Slug
from schemas.discipline.boards import ConflictGround, SeatRole
from services.entrypoints.api.bodies import Input
from services.entrypoints.api.discipline.inputs import Narrative

Base64 = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=1_000, description="Base64url without padding.")]


class SeatIn(Input):
    """A seat."""

    person_id: Annotated[UUID, Field(description="Who sits there.")]
    post_id: Annotated[Slug, Field(description="The post that he holds.", examples=["so-noi-vu-pho-giam-doc"])]
    role: Annotated[SeatRole, Field(description="Chair, member or secretary.")]
    votes: Annotated[bool, Field(description="Whether he has a vote.")] = True


class AdmissionIn(Input):
    """Why somebody may sit although the organisation speaks against it."""

    person_id: Annotated[UUID, Field(description="The member.")]
    ground: Annotated[ConflictGround, Field(description="What speaks against it.")]
    reasons: Annotated[Narrative, Field(examples=["Là cấp trên trực tiếp mà luật yêu cầu phải có mặt."])]


Admissions = Annotated[list[AdmissionIn], Field(max_length=30, description="Who may sit all the same, and why.")]


class BoardIn(Input):
    """The decision that establishes a board."""

    matter_id: Annotated[UUID, Field(description="The matter.")]
    review_ids: Annotated[list[UUID], Field(min_length=1, max_length=50, description="The reviews.")]
    seats: Annotated[list[SeatIn], Field(min_length=1, max_length=30, description="Who sits on it.")]
    quorum: Annotated[
        int | None, Field(ge=1, le=30, description="How many must be there; needed where no active row says so.")
    ] = None
    admissions: Admissions = Field(default_factory=list)
    decision: Annotated[Narrative, Field(examples=["Quyết định thành lập Hội đồng kỷ luật."])]


class ReviewIn(Input):
    """A further review."""

    review_id: Annotated[UUID, Field(description="The review.")]
    admissions: Admissions = Field(default_factory=list)


class ReplacementIn(Input):
    """Somebody else for a seat."""

    person_id: Annotated[UUID, Field(description="Who leaves it.")]
    seat: Annotated[SeatIn, Field(description="Who takes it.")]
    admissions: Admissions = Field(default_factory=list)
    reasons: Annotated[Narrative, Field(examples=["Thành viên đi công tác dài ngày."])]


class DeclarationIn(Input):
    """Whether something ties a member to a subject."""

    related: Annotated[bool, Field(description="True asks to be recused, and takes effect at once.")]
    statement: Annotated[Narrative, Field(examples=["Tôi không có quan hệ gia đình, kinh tế với người bị xem xét."])]


class RecusalIn(Input):
    """Who should not take part, and why."""

    person_id: Annotated[UUID, Field(description="The member.")]
    reasons: Annotated[Narrative, Field(examples=["Là anh ruột của người bị xem xét."])]
    new_facts: Annotated[
        Narrative | None,
        Field(description="What was not known when he was refused before: without it nobody asks for the same again."),
    ] = None


class SittingIn(Input):
    """A sitting to come."""

    held_at: Annotated[AwareDatetime, Field(description="When.", examples=["2026-03-09T08:00:00+07:00"])]
    review_ids: Annotated[list[UUID], Field(min_length=1, max_length=50, description="The reviews on its agenda.")]
    agenda: Annotated[Narrative, Field(examples=["1. Nghe báo cáo. 2. Thảo luận. 3. Bỏ phiếu kín."])]


class AttendanceIn(Input):
    """Who is there."""

    attended: Annotated[list[UUID], Field(min_length=1, max_length=30, description="Members who are there.")]


class MinutesIn(Input):
    """How it went."""

    minutes: Annotated[Narrative, Field(examples=["Hội đồng họp đủ thành viên; kết quả kiểm phiếu kèm theo."])]


class VoteIn(Input):
    """What is voted on."""

    review_id: Annotated[UUID, Field(description="A review on the agenda.")]
    choices: Annotated[
        list[Slug],
        Field(min_length=2, max_length=20, description="What can be chosen, besides blank and invalid."),
    ]


class PaperIn(Input):
    """A blinded token (RFC 9474, RSABSSA-SHA384-PSS-Randomized), made on the voter's own computer."""

    request: Annotated[Base64, Field(description="The blinded message.")]


class BoxTimeIn(Input):
    """Until when the box stays open while ballots are missing."""

    box_until: Annotated[AwareDatetime, Field(description="When.", examples=["2026-03-09T10:00:00+07:00"])]


class OpinionIn(Input):
    """A differing opinion, by name."""

    opinion: Annotated[Narrative, Field(examples=["Tôi cho rằng chưa đủ căn cứ để cảnh cáo."])]


class TokenIn(Input):
    """A ballot paper: what proves that somebody on the roll holds it, and not who."""

    token: Annotated[Base64, Field(description="The prepared message.")]
    signature: Annotated[Base64, Field(description="The finalized signature.")]


class BallotIn(TokenIn):
    """A ballot for the box."""

    choice: Annotated[Slug, Field(description="One of the ballot's choices, `blank` or `invalid`.")]
