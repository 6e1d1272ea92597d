"""Why a command on a board is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from schemas.refusal import Refusal


@dataclass(unsafe_hash=True)
class BoardUnknown(Refusal):
    """There is no such board; to an outsider there never is."""


@dataclass(unsafe_hash=True)
class BoardAlreadyEstablished(Refusal):
    """The authority has a board in this matter: further reviews are added to it."""

    board_id: UUID


@dataclass(unsafe_hash=True)
class BoardHasEnded(Refusal):
    """All its reviews are over."""


@dataclass(unsafe_hash=True)
class ReviewOfAnotherMatter(Refusal):
    """A board sits on reviews of one matter, before one authority."""

    field: ClassVar[str | None] = "review_ids"
    review_id: UUID


@dataclass(unsafe_hash=True)
class ReviewNotGoingOn(Refusal):
    """A board sits on an open review."""

    field: ClassVar[str | None] = "review_ids"
    review_id: UUID


@dataclass(unsafe_hash=True)
class ReviewNotOfBoard(Refusal):
    """The board does not sit on it, or it is not on this sitting's agenda."""

    field: ClassVar[str | None] = "review_id"
    review_id: UUID


@dataclass(unsafe_hash=True)
class ReviewAlreadyOfBoard(Refusal):
    """The board sits on it already."""

    review_id: UUID


@dataclass(unsafe_hash=True)
class NoBoardForCollective(Refusal):
    """A collective's review, or one without a person, has no board."""

    field: ClassVar[str | None] = "review_ids"
    review_id: UUID


@dataclass(unsafe_hash=True)
class SeatRepeated(Refusal):
    """Somebody has two seats."""

    field: ClassVar[str | None] = "seats"
    person_id: UUID


@dataclass(unsafe_hash=True)
class SeatRoleNotOnce(Refusal):
    """A board has one chair, who votes, and one secretary."""

    field: ClassVar[str | None] = "seats"
    role: str
    seats: int


@dataclass(unsafe_hash=True)
class SeatWithoutPost(Refusal):
    """A member does not hold the post for which he was chosen."""

    field: ClassVar[str | None] = "seats"
    person_id: UUID
    post_id: str


@dataclass(unsafe_hash=True)
class BoardSizeNotByRule(Refusal):
    """So many sit with a vote as the row, or else the decision, says."""

    field: ClassVar[str | None] = "seats"
    seats: int
    size: int
    stated_by: str
    """`row`, or `decision` where no row speaks; then the two below are empty."""
    rule_id: str
    instrument: str


@dataclass(unsafe_hash=True)
class QuorumNotStated(Refusal):
    """No active row states the quorum, so the establishing decision must."""

    field: ClassVar[str | None] = "quorum"


@dataclass(unsafe_hash=True)
class QuorumNotByRule(Refusal):
    """The row states another quorum."""

    field: ClassVar[str | None] = "quorum"
    quorum: int
    stated: int
    rule_id: str
    instrument: str


@dataclass(unsafe_hash=True)
class QuorumAboveSize(Refusal):
    """More would have to be there than there are."""

    field: ClassVar[str | None] = "quorum"
    quorum: int
    size: int


@dataclass(unsafe_hash=True)
class MemberIsSubject(Refusal):
    """Nobody sits in his own matter."""

    field: ClassVar[str | None] = "seats"
    person_id: UUID


@dataclass(unsafe_hash=True)
class MemberConflicted(Refusal):
    """The organisation speaks against him, and the decision does not say why he may sit all the same."""

    field: ClassVar[str | None] = "seats"
    person_id: UUID
    ground: str


@dataclass(unsafe_hash=True)
class NotOnBoard(Refusal):
    """He has no seat on the board."""

    person_id: UUID


@dataclass(unsafe_hash=True)
class MemberMayNotTakePart(Refusal):
    """He is recused, has declared a relation, or the organisation speaks against him."""

    person_id: UUID


@dataclass(unsafe_hash=True)
class NotChairNorSecretary(Refusal):
    """Only the board's chair and secretary run its sittings."""


@dataclass(unsafe_hash=True)
class MayNotAskRecusal(Refusal):
    """The member himself, another member, a subject or the authority may ask."""


@dataclass(unsafe_hash=True)
class RecusalAlreadyAsked(Refusal):
    """It waits for its decision."""

    person_id: UUID


@dataclass(unsafe_hash=True)
class RecusalRefusedBefore(Refusal):
    """Whoever was refused a recusal does not ask for it again without new facts."""

    field: ClassVar[str | None] = "new_facts"
    person_id: UUID


@dataclass(unsafe_hash=True)
class AlreadyRecused(Refusal):
    """He takes no part already."""

    person_id: UUID


@dataclass(unsafe_hash=True)
class RecusalNotAsked(Refusal):
    """Nothing waits for a decision."""

    person_id: UUID


@dataclass(unsafe_hash=True)
class RecusalNotYoursToDecide(Refusal):
    """On the chair the authority decides, on others the chair if he may take part; nobody on himself."""

    authority_post: str


@dataclass(unsafe_hash=True)
class RecusalPending(Refusal):
    """Who may sit is not decided yet."""

    person_id: UUID


@dataclass(unsafe_hash=True)
class VoteUnderWay(Refusal):
    """While a ballot goes on, who sits does not change and no other begins."""

    ballot_id: UUID


@dataclass(unsafe_hash=True)
class DeclarationMissing(Refusal):
    """Whoever sits has declared whether something ties him to a subject."""

    person_id: UUID


@dataclass(unsafe_hash=True)
class SittingInPast(Refusal):
    """A sitting is convened for a moment to come."""

    field: ClassVar[str | None] = "held_at"


@dataclass(unsafe_hash=True)
class SittingNotYet(Refusal):
    """It was convened for later: whoever was invited for then need not be there before."""

    held_at: datetime


@dataclass(unsafe_hash=True)
class SittingNotOver(Refusal):
    """The one before has to be closed first."""

    sitting: int


@dataclass(unsafe_hash=True)
class SittingNotConvened(Refusal):
    """There is no sitting that waits to be opened."""


@dataclass(unsafe_hash=True)
class SittingNotOpen(Refusal):
    """The board does not sit."""


@dataclass(unsafe_hash=True)
class ReviewNotHeard(Refusal):
    """The vote follows the hearing, and the hearing follows the referral to the board."""

    field: ClassVar[str | None] = "review_id"
    review_id: UUID


@dataclass(unsafe_hash=True)
class ChoicesRepeated(Refusal):
    """A choice stands twice."""

    field: ClassVar[str | None] = "choices"
    choice: str


@dataclass(unsafe_hash=True)
class HeardByTooFew(Refusal):
    """A quorum is there, but too few of them sat when the case was heard: who did not hear it does not vote."""

    review_id: UUID
    present: int
    quorum: int
    stated_by: str
    rule_id: str
    instrument: str


@dataclass(unsafe_hash=True)
class QuorumMissing(Refusal):
    """Too few of those who vote are there, or may take part at all: the board cannot sit."""

    present: int
    quorum: int
    stated_by: str
    rule_id: str
    instrument: str
