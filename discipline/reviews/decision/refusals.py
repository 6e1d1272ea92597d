"""Why it cannot be decided so: each names the rows and, where a date decides, the calculation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from schemas.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date

    from schemas.refusal import Coded


@dataclass(unsafe_hash=True)
class ViolationsSeparated(Refusal):
    """One person's violations in a matter are judged together, each concluded by itself."""

    field: ClassVar[str | None] = "conclusions"
    missing: str
    unknown: str


@dataclass(unsafe_hash=True)
class FormNotConcluded(Refusal):
    """A sanction rests on a violation that deserves a form; without one there is none."""

    field: ClassVar[str | None] = "conclusions"


@dataclass(unsafe_hash=True)
class FormNotOfRows(Refusal):
    """The rows lead to another form: for several violations, or for an offence while a sanction runs."""

    field: ClassVar[str | None] = "form"
    form: Coded
    required: Coded
    rule_ids: str


@dataclass(unsafe_hash=True)
class FormOfElectingBody(Refusal):
    """Only the body that elected him imposes this form."""

    field: ClassVar[str | None] = "form"
    form: Coded
    rule_id: str


@dataclass(unsafe_hash=True)
class FormNotOfElectingBody(Refusal):
    """No row gives this form to the body that elected him."""

    field: ClassVar[str | None] = "by_electing_body"
    form: Coded


@dataclass(unsafe_hash=True)
class LimitationPassed(Refusal):
    """Limitation ended before the decision."""

    form: Coded
    rule_id: str
    starts_on: date
    last_day: date


@dataclass(unsafe_hash=True)
class ProcessingPassed(Refusal):
    """Processing time ended before the decision."""

    rule_id: str
    starts_on: date
    last_day: date


@dataclass(unsafe_hash=True)
class NothingDecided(Refusal):
    """There is no decision that this could be about."""

    status: Coded


@dataclass(unsafe_hash=True)
class EffectBeforeService(Refusal):
    """A decision has no effect before it was received."""

    field: ClassVar[str | None] = "from_day"
    day: date
    received_on: date


@dataclass(unsafe_hash=True)
class NotInForce(Refusal):
    """It has no effect yet."""


@dataclass(unsafe_hash=True)
class EffectSuspended(Refusal):
    """It has no effect while a complaint against it waits for its answer."""

    rule_id: str


@dataclass(unsafe_hash=True)
class StillInPublication(Refusal):
    """Something is in it that is not published."""

    field: ClassVar[str | None] = "left_out"
    missing: Coded


@dataclass(unsafe_hash=True)
class UnpublishableFound(Refusal):
    """The text has what is not published."""

    field: ClassVar[str | None] = "text"
    what: Coded
    words: str
    """As they stand in the text."""


@dataclass(unsafe_hash=True)
class NotAbove(Refusal):
    """Only the head of an agency above the one that decided does this, and nobody who decided before."""


@dataclass(unsafe_hash=True)
class RevokedOnlyOnGround(Refusal):
    """The authority that decided takes its decision back only when its basis fell away."""

    field: ClassVar[str | None] = "ground"


@dataclass(unsafe_hash=True)
class NothingToDecideAnew(Refusal):
    """Nothing is left on which it could be decided anew."""

    field: ClassVar[str | None] = "fresh"


@dataclass(unsafe_hash=True)
class NoRowForExpiry(Refusal):
    """No active row says how long the sanction runs."""

    rule_ids: str
    """The rows that would, were one of them activated."""


@dataclass(unsafe_hash=True)
class NoSanctionToExpire(Refusal):
    """It was decided without a sanction."""


@dataclass(unsafe_hash=True)
class NotExpiredYet(Refusal):
    """The sanction runs on."""

    rule_id: str
    last_day: date


@dataclass(unsafe_hash=True)
class NotHisPost(Refusal):
    """The subject does not hold the post that he is to leave."""

    field: ClassVar[str | None] = "from_post"
    post_id: str


@dataclass(unsafe_hash=True)
class PostTaken(Refusal):
    """The post that he is to take is held by somebody."""

    field: ClassVar[str | None] = "to_post"
    post_id: str


@dataclass(unsafe_hash=True)
class MeasureAndPostDiffer(Refusal):
    """Who is moved takes a post, who is only replaced takes none."""

    field: ClassVar[str | None] = "to_post"


@dataclass(unsafe_hash=True)
class AlreadyReassigned(Refusal):
    """He was moved or replaced in this review already."""
