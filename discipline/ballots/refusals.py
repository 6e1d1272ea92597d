"""Why a command on a ballot is refused. None of them tells how many ballots there are before they are counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from schemas.refusal import Coded, Refusal


@dataclass(unsafe_hash=True)
class BallotUnknown(Refusal):
    """There is no such ballot; to an outsider there never is."""


@dataclass(unsafe_hash=True)
class NotPresiding(Refusal):
    """Only who presides over the vote and its secretary do this."""


@dataclass(unsafe_hash=True)
class NotAVoter(Refusal):
    """He has no vote in it."""


@dataclass(unsafe_hash=True)
class RollNotOpen(Refusal):
    """Papers are taken while the roll is open."""

    status: Coded


@dataclass(unsafe_hash=True)
class PaperAlreadyTaken(Refusal):
    """A voter has one paper; another request for it is refused."""


@dataclass(unsafe_hash=True)
class RollBelowQuorum(Refusal):
    """Too few took a paper: a vote without a quorum is none."""

    took_part: int
    quorum: int
    stated_by: str
    rule_id: str
    instrument: str


@dataclass(unsafe_hash=True)
class TooFewToBeSecret(Refusal):
    """With so few voters the count would tell who chose what."""

    voters: int
    least: int


@dataclass(unsafe_hash=True)
class BoxUntilTooSoon(Refusal):
    """The box stays open for a while to come."""

    field: ClassVar[str | None] = "box_until"


@dataclass(unsafe_hash=True)
class BoxNotOpen(Refusal):
    """Ballots are put in and counted after the roll was closed."""

    status: Coded


@dataclass(unsafe_hash=True)
class BoxStillOpen(Refusal):
    """Not all ballots are in, and the time for it is not over. How many are in is not told."""

    box_until: datetime


@dataclass(unsafe_hash=True)
class MoreBallotsThanPapers(Refusal):
    """The box holds more ballots than papers were issued: somebody has forged some. It can only be declared void."""

    ballots: int
    papers: int


@dataclass(unsafe_hash=True)
class BallotIsOver(Refusal):
    """It was counted, or declared void."""

    status: Coded


@dataclass(unsafe_hash=True)
class ChoiceNotOffered(Refusal):
    """The ballot does not offer this; the paper was not used up."""

    field: ClassVar[str | None] = "choice"


@dataclass(unsafe_hash=True)
class ChoiceNameTaken(Refusal):
    """`blank` and `invalid` are what every ballot offers besides its choices."""

    field: ClassVar[str | None] = "choices"
    choice: str


@dataclass(unsafe_hash=True)
class NothingToDissentFrom(Refusal):
    """An opinion is put into the minutes once the count is known."""


@dataclass(unsafe_hash=True)
class DissentAlreadyRecorded(Refusal):
    """His opinion stands in the minutes."""

    person_id: UUID
