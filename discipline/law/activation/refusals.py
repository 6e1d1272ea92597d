"""Why a row is not activated or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from schemas.refusal import Coded, Refusal

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(unsafe_hash=True)
class LawRowUnknown(Refusal):
    """The table has no such row."""

    row_id: str


@dataclass(unsafe_hash=True)
class LawRowShipsActive(Refusal):
    """The row ships active: there is nothing to activate."""

    row_id: str


@dataclass(unsafe_hash=True)
class LawRowActivatedBefore(Refusal):
    """The row is activated; other values need it withdrawn first."""

    row_id: str
    since: datetime


@dataclass(unsafe_hash=True)
class LawRowNotActivated(Refusal):
    """The row was not activated here, so there is nothing to withdraw."""

    row_id: str


@dataclass(unsafe_hash=True)
class LawValueStatedTwice(Refusal):
    """A row has one value: a number or words."""

    field: ClassVar[str | None] = "words"
    row_id: str


@dataclass(unsafe_hash=True)
class LawRowUnsound(Refusal):
    """With what was stated, the row could not be applied."""

    row_id: str
    column: Coded
    fault: Coded


@dataclass(unsafe_hash=True)
class LawTermBeyondCalendar(Refusal):
    """A term that begins on this day would end where nobody knows which days are worked."""

    field: ClassVar[str | None] = "number"
    row_id: str
    begins_on: date
    last_known: date


@dataclass(unsafe_hash=True)
class LawWordNotObeyed(Refusal):
    """The suite could not act on this word."""

    row_id: str
    word: str
    known: str
