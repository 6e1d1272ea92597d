"""What can be asked of a board: by the authority, by its chair and secretary, by members and subjects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from discipline.boards.conflicts import Matter
    from discipline.law.rows import LawTable
    from discipline.standing import Person
    from schemas.discipline.boards import Admission, Seat
    from schemas.values import DocumentRef


@dataclass(frozen=True, slots=True)
class Standing:
    """How the organisation stands on the day: the matters with their subjects, and the members."""

    matters: tuple[Matter, ...]
    """Of the reviews in question."""
    members: Mapping[UUID, Person]
    """Of the seats in question, each with his posts of today, and his seat's where it has come to one of them."""


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """What a review says when a board is to sit on it."""

    matter: Matter
    matter_id: UUID
    authority_post: str
    going_on: bool
    """It was opened and has not ended."""


@dataclass(frozen=True, slots=True)
class EstablishBoard:
    """The authority establishes a board for reviews of one matter."""

    by: Person
    at: datetime
    matter_id: UUID
    authority_post: str
    reviews: tuple[OpenMatter, ...]
    seats: tuple[Seat, ...]
    quorum: int | None
    """As the decision states it; where a row speaks, none or the same."""
    admissions: tuple[Admission, ...]
    decision: DocumentRef
    law: LawTable
    members: Mapping[UUID, Person]


@dataclass(frozen=True, slots=True)
class AddReview:
    """The authority lets the board sit on a further review of its matter."""

    by: Person
    review: OpenMatter
    admissions: tuple[Admission, ...]
    members: Mapping[UUID, Person]


@dataclass(frozen=True, slots=True)
class DeclareConflict:
    """A member declares whether something ties him to a subject."""

    by: Person
    related: bool
    statement: DocumentRef


@dataclass(frozen=True, slots=True)
class AskRecusal:
    """Somebody asks that a member does not take part."""

    by: Person
    person_id: UUID
    reasons: DocumentRef
    new_facts: DocumentRef | None = None
    """What he did not know when he was refused; none where he asks for the first time."""


@dataclass(frozen=True, slots=True)
class DecideRecusal:
    """The authority (on the chair) or the board's chair decides."""

    by: Person
    person_id: UUID
    granted: bool
    reasons: DocumentRef
    standing: Standing


@dataclass(frozen=True, slots=True)
class ReplaceMember:
    """The authority gives a seat to somebody else."""

    by: Person
    left: UUID
    seat: Seat
    admissions: tuple[Admission, ...]
    reasons: DocumentRef
    standing: Standing


@dataclass(frozen=True, slots=True)
class ConveneSitting:
    """Chair or secretary invites to a sitting."""

    by: Person
    at: datetime
    held_at: datetime
    review_ids: tuple[UUID, ...]
    agenda: DocumentRef
    standing: Standing


@dataclass(frozen=True, slots=True)
class OpenSitting:
    """Chair or secretary opens the sitting with those who are there."""

    by: Person
    at: datetime
    """Server receipt: it is opened when this arrives, and not before or after."""
    attended: tuple[UUID, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class CloseSitting:
    """Chair or secretary closes it, with the minutes."""

    by: Person
    minutes: DocumentRef
    standing: Standing


@dataclass(frozen=True, slots=True)
class CallVote:
    """Chair or secretary calls the secret ballot on a review."""

    by: Person
    ballot_id: UUID
    review_id: UUID
    choices: tuple[str, ...]
    key: str
    heard_by: tuple[UUID, ...]
    """Who sat with a vote when the case was heard last: nobody votes on what he has not heard."""
    going_on: bool
    """The review has not ended meanwhile."""
    standing: Standing


@dataclass(frozen=True, slots=True)
class EndVote:
    """The ballot was counted, or is void; total."""

    ballot_id: UUID
    counted: bool


@dataclass(frozen=True, slots=True)
class EndReview:
    """A review of the board's is over; with the last one the board is."""

    review_id: UUID


@dataclass(frozen=True, slots=True)
class FollowTakeOver:
    """Another authority is competent for a review of the board's; total."""

    review_id: UUID
    from_posts: tuple[str, ...]
    """The posts that were competent for it before."""
    authority_post: str
    """The post that is now."""


Command: TypeAlias = (
    EstablishBoard
    | AddReview
    | DeclareConflict
    | AskRecusal
    | DecideRecusal
    | ReplaceMember
    | ConveneSitting
    | OpenSitting
    | CloseSitting
    | CallVote
    | EndVote
    | EndReview
    | FollowTakeOver
)
