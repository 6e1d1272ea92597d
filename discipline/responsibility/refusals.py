"""Why the competent authority's answer to the question is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from schemas.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date


@dataclass(unsafe_hash=True)
class ResponsibilityUnknown(Refusal):
    """No question was raised for this finding or consultation at this level; to an outsider there never was."""


@dataclass(unsafe_hash=True)
class LevelAnswered(Refusal):
    """The question of this level has its answer."""

    level: int
    status: str


@dataclass(unsafe_hash=True)
class EveryLevelAnswered(Refusal):
    """What is answered at every level is not taken over."""


@dataclass(unsafe_hash=True)
class GroundWithoutRow(Refusal):
    """No active row of the law lets a head go for this reason."""

    ground: str
    row_id: str
    field: ClassVar[str | None] = "ground"


@dataclass(unsafe_hash=True)
class NoLongerNew(Refusal):
    """By the row he had been in office long enough to answer for it."""

    field: ClassVar[str | None] = "ground"
    rule_id: str
    since: date
    last_day: date
    fact_date: date


@dataclass(unsafe_hash=True)
class GroundNotOfHead(Refusal):
    """The directory does not bear out what the ground says of the head."""

    ground: str
    field: ClassVar[str | None] = "ground"


@dataclass(unsafe_hash=True)
class GroundNotGiven(Refusal):
    """That a finding or a consent fell away follows by itself; nobody says so."""

    field: ClassVar[str | None] = "ground"
