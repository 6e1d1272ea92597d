"""Why a command on a consultation is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from schemas.refusal import Refusal


@dataclass(unsafe_hash=True)
class ConsultationUnknown(Refusal):
    """No such consultation was asked."""


@dataclass(unsafe_hash=True)
class ConsultationAlreadyAsked(Refusal):
    """The request has asked this agency already."""

    field: ClassVar[str | None] = "consulted_agency"
    agency_id: str


@dataclass(unsafe_hash=True)
class ConsultationRequestUnknown(Refusal):
    """The agency has made no such request under the directive: nobody adds to what another one asked."""

    field: ClassVar[str | None] = "request_id"
    agency_id: str


@dataclass(unsafe_hash=True)
class DirectiveWithoutConsultation(Refusal):
    """The directive says nothing on asking for opinions."""

    field: ClassVar[str | None] = "directive_id"
    directive_id: str


@dataclass(unsafe_hash=True)
class AgencyWithoutHead(Refusal):
    """There is no such agency on the day, or it has no head's post: nobody could ask or answer for it."""

    field: ClassVar[str | None] = "consulted_agency"
    agency_id: str
    day: date


@dataclass(unsafe_hash=True)
class NotHeadOfAsking(Refusal):
    """Only whoever heads the agency that asks, or acts as its head, asks, withdraws and closes."""

    agency_id: str


@dataclass(unsafe_hash=True)
class NotHeadOfConsulted(Refusal):
    """Only whoever heads the agency that was asked, or acts as its head, answers."""

    agency_id: str


@dataclass(unsafe_hash=True)
class AsksItself(Refusal):
    """An agency does not ask itself."""

    field: ClassVar[str | None] = "consulted_agency"
    agency_id: str


@dataclass(unsafe_hash=True)
class AgencyNotAddressed(Refusal):
    """The directive does not address agencies of this kind, so none of its terms binds it."""

    field: ClassVar[str | None] = "consulted_agency"
    agency_id: str
    directive_id: str


@dataclass(unsafe_hash=True)
class ConcernNotStated(Refusal):
    """The directive lets only agencies be asked whom it directly concerns: why it does must be said."""

    field: ClassVar[str | None] = "concern"
    directive_id: str
    provision: str


@dataclass(unsafe_hash=True)
class LastDayNotAhead(Refusal):
    """The day on which it is asked does not count, so the last day lies after it."""

    field: ClassVar[str | None] = "last_day"
    last_day: date


@dataclass(unsafe_hash=True)
class PositionNotClear(Refusal):
    """The directive demands that an answer takes a clear position."""

    field: ClassVar[str | None] = "position"
    directive_id: str
    provision: str


@dataclass(unsafe_hash=True)
class ConsultationAlreadyAnswered(Refusal):
    """It has its answer."""


@dataclass(unsafe_hash=True)
class ConsultationAlreadyWithdrawn(Refusal):
    """Who asked has withdrawn it."""


@dataclass(unsafe_hash=True)
class ConsultationPastDue(Refusal):
    """The due moment has passed: what follows from it can no longer be withdrawn."""

    last_day: date


@dataclass(unsafe_hash=True)
class ConsultationNotLapsed(Refusal):
    """It has not lapsed: before the due moment it is withdrawn, and after it the clock comes first."""

    last_day: date


@dataclass(unsafe_hash=True)
class SilenceIsConsent(Refusal):
    """No answer was taken for consent: none is owed any more."""

    directive_id: str
    provision: str


@dataclass(unsafe_hash=True)
class ConsultationAlreadyClosed(Refusal):
    """Who asked has gone on without the answer."""


@dataclass(unsafe_hash=True)
class OpinionNotDiffering(Refusal):
    """There is no answer that asks for another text: nothing is left to be worked on."""


@dataclass(unsafe_hash=True)
class OpinionAlreadyReconciled(Refusal):
    """It was settled, or was left open by the same words before."""
