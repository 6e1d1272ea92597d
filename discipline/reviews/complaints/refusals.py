"""Why a complaint is not taken, or not answered so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from schemas.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date

    from schemas.refusal import Coded


@dataclass(unsafe_hash=True)
class ComplaintTooLate(Refusal):
    """The window is over."""

    rule_id: str
    starts_on: date
    last_day: date


@dataclass(unsafe_hash=True)
class ComplaintPending(Refusal):
    """A complaint waits for its answer."""

    instance: Coded


@dataclass(unsafe_hash=True)
class NoComplaintPending(Refusal):
    """No complaint waits for an answer."""


@dataclass(unsafe_hash=True)
class InstanceNotNow(Refusal):
    """This instance does not follow on where the complaint stands."""

    field: ClassVar[str | None] = "instance"
    instance: Coded


@dataclass(unsafe_hash=True)
class FormNotForCourt(Refusal):
    """No active row lets a decision on this form go to court."""

    field: ClassVar[str | None] = "instance"
    form: Coded
    allowed: Coded


@dataclass(unsafe_hash=True)
class DecidedBefore(Refusal):
    """Who decided, or answered the first complaint, does not deal with the second."""


@dataclass(unsafe_hash=True)
class NotTheAuthorityAbove(Refusal):
    """The second complaint goes to the head of an agency above the one that decided."""


@dataclass(unsafe_hash=True)
class ComplaintNotAccepted(Refusal):
    """It is answered on the merits once it was accepted."""


@dataclass(unsafe_hash=True)
class ComplaintAlreadyAccepted(Refusal):
    """It was accepted."""


@dataclass(unsafe_hash=True)
class ChangedFormMissing(Refusal):
    """A changed decision names another form, and nothing else names one."""

    field: ClassVar[str | None] = "form"


@dataclass(unsafe_hash=True)
class AnswerHeavier(Refusal):
    """A row forbids that an answer imposes a heavier form than was decided."""

    field: ClassVar[str | None] = "form"
    form: Coded
    rule_id: str


@dataclass(unsafe_hash=True)
class AnswerNotToServe(Refusal):
    """There is no answer that was not served yet."""
