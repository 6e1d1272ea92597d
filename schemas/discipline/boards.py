"""Events of a board (hội đồng kỷ luật): who sits on it, who may not, when it sat, and which votes it called."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from schemas.base import Contract, Event, Moment, Number, Slug, Text
from schemas.values import DocumentRef


class SeatRole(StrEnum):
    """What somebody is on a board."""

    CHAIR = "chair"
    MEMBER = "member"
    SECRETARY = "secretary"


class ConflictGround(StrEnum):
    """Why somebody should not sit in a matter, as the organisation or he himself tells it."""

    SUBJECT = "subject"
    """He is the subject: nothing lets him sit."""
    SAME_UNIT = "same_unit"
    SUPERIOR = "superior"
    SUBORDINATE = "subordinate"
    DECLARED = "declared"
    """He declared a relation to the subject."""


class Seat(Contract):
    """A place on a board."""

    person_id: Annotated[UUID, Field(description="Who sits there.")]
    post_id: Annotated[Slug, Field(description="The post for which he was chosen.")]
    role: Annotated[SeatRole, Field(description="Chair, member or secretary.")]
    votes: Annotated[bool, Field(description="Whether he has a vote; a secretary may have none.")]


class Admission(Contract):
    """The authority lets somebody sit although the organisation speaks against it, and says why."""

    person_id: Annotated[UUID, Field(description="The member.")]
    ground: Annotated[ConflictGround, Field(description="What speaks against it; never that he is the subject.")]
    reasons: Annotated[DocumentRef, Field(description="Why he may sit all the same.")]


class StatedNumber(Contract):
    """A number that binds a board, and what states it: a rule row, or the establishing decision where no row speaks."""

    number: Annotated[Number, Field(description="How many.")]
    rule_id: Annotated[Slug | None, Field(description="The rule row; none where the decision states it.")]
    instrument: Annotated[Text | None, Field(description="The row's instrument.")]
    article: Annotated[Text | None, Field(description="The row's article, where its source names one.")]


PublicKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=1_000)]
"""An RSA public key: DER (SubjectPublicKeyInfo) in base64url without padding."""


class BoardEvent(Event):
    """Something that happened to a board. As narrow as reviews: an outsider does not learn that there is one."""

    topic: ClassVar[str] = "discipline.reviews"
    board_id: Annotated[UUID, Field(description="The board; also the key on Kafka.")]


class BoardEstablished(BoardEvent):
    """The competent authority established a board for reviews of one matter."""

    type: Literal["discipline.board_established.v1"] = "discipline.board_established.v1"
    matter_id: Annotated[UUID, Field(description="The matter.")]
    review_ids: Annotated[tuple[UUID, ...], Field(min_length=1, description="The reviews that it sits on.")]
    subjects: Annotated[tuple[UUID, ...], Field(min_length=1, description="Their subjects, in the same order.")]
    authority_post: Annotated[Slug, Field(description="The post that established it.")]
    established_by: Annotated[UUID, Field(description="Who held that post.")]
    seats: Annotated[tuple[Seat, ...], Field(min_length=1, max_length=30, description="Who sits on it.")]
    size: Annotated[StatedNumber, Field(description="How many of them vote, and what states it.")]
    quorum: Annotated[StatedNumber, Field(description="How many must be there, and what states it.")]
    admissions: Annotated[tuple[Admission, ...], Field(description="Who sits although something speaks against it.")]
    decision: Annotated[DocumentRef, Field(description="The decision.")]


class BoardReviewAdded(BoardEvent):
    """The board sits on a further review of its matter."""

    type: Literal["discipline.board_review_added.v1"] = "discipline.board_review_added.v1"
    review_id: Annotated[UUID, Field(description="The review.")]
    subject: Annotated[UUID, Field(description="Its subject.")]
    admissions: Annotated[tuple[Admission, ...], Field(description="Who sits although something speaks against it.")]
    added_by: Annotated[UUID, Field(description="Who decided so.")]


class BoardTakenOver(BoardEvent):
    """A review of the board's was taken over: whoever is competent for it now is the board's authority too."""

    type: Literal["discipline.board_taken_over.v1"] = "discipline.board_taken_over.v1"
    review_id: Annotated[UUID, Field(description="The review that was taken over.")]
    from_post: Annotated[Slug, Field(description="The post that was the board's authority until now.")]
    authority_post: Annotated[Slug, Field(description="The post that is its authority from now on.")]


class ConflictDeclared(BoardEvent):
    """A member declared whether something ties him to a subject."""

    type: Literal["discipline.conflict_declared.v1"] = "discipline.conflict_declared.v1"
    person_id: Annotated[UUID, Field(description="The member.")]
    related: Annotated[bool, Field(description="Whether he declares a relation; he is out until it is decided.")]
    statement: Annotated[DocumentRef, Field(description="What he declares.")]


class RecusalRequested(BoardEvent):
    """Somebody asked that a member does not take part (từ chối tham gia, đề nghị thay đổi)."""

    type: Literal["discipline.recusal_requested.v1"] = "discipline.recusal_requested.v1"
    person_id: Annotated[UUID, Field(description="The member.")]
    asked_by: Annotated[UUID, Field(description="Who asked: he himself, a subject, another member, the authority.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]
    new_facts: Annotated[
        DocumentRef | None, Field(description="What is new since a refusal; none where none was refused.")
    ] = None


class RecusalGranted(BoardEvent):
    """The member takes no part from now on and sees nothing of the case any more."""

    type: Literal["discipline.recusal_granted.v1"] = "discipline.recusal_granted.v1"
    person_id: Annotated[UUID, Field(description="The member.")]
    decided_by: Annotated[UUID, Field(description="Who decided: the authority or the board's chair.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class RecusalRefused(BoardEvent):
    """The member stays."""

    type: Literal["discipline.recusal_refused.v1"] = "discipline.recusal_refused.v1"
    person_id: Annotated[UUID, Field(description="The member.")]
    decided_by: Annotated[UUID, Field(description="Who decided.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class BoardMemberReplaced(BoardEvent):
    """Somebody else took a seat."""

    type: Literal["discipline.board_member_replaced.v1"] = "discipline.board_member_replaced.v1"
    left: Annotated[UUID, Field(description="Who sat there.")]
    seat: Annotated[Seat, Field(description="Who sits there now.")]
    admissions: Annotated[tuple[Admission, ...], Field(description="What speaks against him, and why he may sit.")]
    replaced_by: Annotated[UUID, Field(description="Who decided so.")]
    reasons: Annotated[DocumentRef, Field(description="Why.")]


class SittingConvened(BoardEvent):
    """The members were invited to a sitting."""

    type: Literal["discipline.sitting_convened.v1"] = "discipline.sitting_convened.v1"
    sitting: Annotated[Number, Field(description="The board's first, second … sitting.")]
    held_at: Annotated[Moment, Field(description="When it is to be held.")]
    review_ids: Annotated[tuple[UUID, ...], Field(min_length=1, description="The reviews on its agenda.")]
    agenda: Annotated[DocumentRef, Field(description="The agenda.")]
    invited: Annotated[tuple[UUID, ...], Field(description="Who was invited: all who may take part.")]
    convened_by: Annotated[UUID, Field(description="Chair or secretary.")]


class SittingOpened(BoardEvent):
    """The board sits, with a quorum."""

    type: Literal["discipline.sitting_opened.v1"] = "discipline.sitting_opened.v1"
    sitting: Annotated[Number, Field(description="Which sitting.")]
    attended: Annotated[tuple[UUID, ...], Field(description="Who is there.")]
    opened_by: Annotated[UUID, Field(description="Chair or secretary.")]


class SittingClosed(BoardEvent):
    """The sitting is over; its minutes are written."""

    type: Literal["discipline.sitting_closed.v1"] = "discipline.sitting_closed.v1"
    sitting: Annotated[Number, Field(description="Which sitting.")]
    minutes: Annotated[DocumentRef, Field(description="The minutes.")]
    closed_by: Annotated[UUID, Field(description="Chair or secretary.")]


class BoardVoteCalled(BoardEvent):
    """The board votes on a review. Until it is over, who sits on the board does not change."""

    type: Literal["discipline.board_vote_called.v1"] = "discipline.board_vote_called.v1"
    ballot_id: Annotated[UUID, Field(description="The secret ballot.")]
    review_id: Annotated[UUID, Field(description="The review.")]
    sitting: Annotated[Number, Field(description="In which sitting.")]
    voters: Annotated[tuple[UUID, ...], Field(min_length=1, description="Who may vote: there, with a vote, unbarred.")]
    choices: Annotated[tuple[Slug, ...], Field(min_length=1, description="What can be chosen.")]
    key: Annotated[PublicKey, Field(description="The key that ballot papers of this ballot verify under.")]
    called_by: Annotated[UUID, Field(description="Chair or secretary.")]


class BoardVoteEnded(BoardEvent):
    """The vote is over: counted, or void."""

    type: Literal["discipline.board_vote_ended.v1"] = "discipline.board_vote_ended.v1"
    ballot_id: Annotated[UUID, Field(description="The secret ballot.")]
    counted: Annotated[bool, Field(description="Whether it was counted; otherwise it is void.")]


class BoardReviewEnded(BoardEvent):
    """A review of the board's is over."""

    type: Literal["discipline.board_review_ended.v1"] = "discipline.board_review_ended.v1"
    review_id: Annotated[UUID, Field(description="The review.")]


class BoardDissolved(BoardEvent):
    """All its reviews are over, and so is the board."""

    type: Literal["discipline.board_dissolved.v1"] = "discipline.board_dissolved.v1"


AnyBoardEvent = (
    BoardEstablished
    | BoardReviewAdded
    | BoardTakenOver
    | ConflictDeclared
    | RecusalRequested
    | RecusalGranted
    | RecusalRefused
    | BoardMemberReplaced
    | SittingConvened
    | SittingOpened
    | SittingClosed
    | BoardVoteCalled
    | BoardVoteEnded
    | BoardReviewEnded
    | BoardDissolved
)
"""Boards (hội đồng kỷ luật), from the establishing decision to their end."""
