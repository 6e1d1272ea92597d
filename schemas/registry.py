"""Every contract by its type: the one place where stored and published events are decoded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, get_args

import orjson
from pydantic import Field, TypeAdapter

from schemas.base import Event
from schemas.discipline.ballots import AnyBallotEvent
from schemas.discipline.boards import AnyBoardEvent
from schemas.discipline.consultations import AnyConsultationEvent
from schemas.discipline.documents import AnyRegisterEvent
from schemas.discipline.followups import AnyFollowUpEvent
from schemas.discipline.law_rows import AnyLawRowEvent
from schemas.discipline.records import AnyRecordEvent
from schemas.discipline.responsibility import AnyResponsibilityEvent
from schemas.discipline.review_events import AnyReviewEvent
from schemas.discipline.successions import AnySuccessionEvent
from schemas.discipline.templates import AnyTemplateEvent
from schemas.inspection.directives import AnyDirectiveEvent
from schemas.inspection.findings import AnyFindingEvent
from schemas.inspection.inspections import AnyInspectionEvent
from schemas.inspection.organisation import AnyOrganisationEvent
from schemas.notifier.alerts import AnyAlertEvent
from schemas.upcasting import UPCASTERS, upcast

InspectionContextEvent = AnyOrganisationEvent | AnyDirectiveEvent | AnyInspectionEvent | AnyFindingEvent
DisciplineContextEvent = (
    AnyFollowUpEvent
    | AnyRecordEvent
    | AnyResponsibilityEvent
    | AnyReviewEvent
    | AnyBoardEvent
    | AnyBallotEvent
    | AnyConsultationEvent
    | AnyLawRowEvent
    | AnySuccessionEvent
    | AnyRegisterEvent
    | AnyTemplateEvent
)
NotifierContextEvent = AnyAlertEvent
AnyEvent = InspectionContextEvent | DisciplineContextEvent | NotifierContextEvent

CONTEXTS = {
    "inspection": InspectionContextEvent,
    "discipline": DisciplineContextEvent,
    "notifier": NotifierContextEvent,
}
"""The contexts with the union of their events."""

_adapter: TypeAdapter[AnyEvent] = TypeAdapter(Annotated[AnyEvent, Field(discriminator="type")])

CONTRACTS: dict[str, type[Event]] = {contract.model_fields["type"].default: contract for contract in get_args(AnyEvent)}
"""Every current contract by its type."""

_read: dict[str, Callable[[bytes | str], AnyEvent]] = {
    type_: TypeAdapter(contract).validator.validate_json for type_, contract in CONTRACTS.items()
}
# Straight to the one contract: the union would read the type out of the data once more, for half as much time again.


def decode(type_: str, data: bytes | str) -> AnyEvent:
    """Decode an event's data, older versions through their upcasters.

    Raises `pydantic.ValidationError` where the data does not keep the contract.
    """
    read = _read.get(type_)
    if read is not None:
        return read(data)
    if type_ in UPCASTERS:
        return _adapter.validate_python(upcast(type_, orjson.loads(data)))
    return _adapter.validate_json(data)
