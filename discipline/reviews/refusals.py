"""Why a command on a review is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from schemas.refusal import Coded, Refusal

if TYPE_CHECKING:
    from datetime import date


@dataclass(unsafe_hash=True)
class ReviewUnknown(Refusal):
    """There is no such review; to an outsider there never is."""


@dataclass(unsafe_hash=True)
class NotTheCompetentAuthority(Refusal):
    """Only whoever holds the competent authority's post decides on it."""

    authority_post: str


@dataclass(unsafe_hash=True)
class OwnMatter(Refusal):
    """Nobody decides on his own responsibility, or on that of a collective that he belongs to."""


@dataclass(unsafe_hash=True)
class AuthorityMayDecide(Refusal):
    """A review is taken over only while everybody who does the work of the competent post is kept from it."""

    authority_post: str


@dataclass(unsafe_hash=True)
class NotTheStandIn(Refusal):
    """Only a head above takes a review over; where none is who may decide, a deputy of the topmost agency."""

    authority_post: str


@dataclass(unsafe_hash=True)
class NobodyMayTakeOver(Refusal):
    """All who could take it over may not decide it either: somebody else has to be named by whoever is above."""

    authority_post: str


@dataclass(unsafe_hash=True)
class NothingLeftToDecide(Refusal):
    """What is over is not taken over: nobody has to decide on it any more."""

    status: Coded


@dataclass(unsafe_hash=True)
class ReviewNotProposed(Refusal):
    """Only a proposed review is opened or refused."""

    status: Coded


@dataclass(unsafe_hash=True)
class ReviewNotOpen(Refusal):
    """Only an open review is rebased or terminated."""

    status: Coded


@dataclass(unsafe_hash=True)
class SubjectUnknown(Refusal):
    """Nobody held the post at the fact, so there is no person to review."""

    post_id: str


@dataclass(unsafe_hash=True)
class BasisNotLost(Refusal):
    """Nothing of the basis fell away that would have to be answered."""


@dataclass(unsafe_hash=True)
class NothingToRebaseOn(Refusal):
    """Nothing of the basis is left: the review can only be terminated."""


@dataclass(unsafe_hash=True)
class FindingNotStanding(Refusal):
    """Only a finding that was confirmed and has not fallen away supports a review."""


@dataclass(unsafe_hash=True)
class NobodyAnswersSo(Refusal):
    """The finding names no such official, or nobody but the chair, to whom all answer, holds that place."""

    field: ClassVar[str | None] = "about"


@dataclass(unsafe_hash=True)
class BasisToBeAnswered(Refusal):
    """A finding or a consent of the basis fell away: that is answered first."""

    until: date
