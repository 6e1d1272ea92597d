"""What a planned inspection waits for: to be opened, and to be concluded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, assert_never
from uuid import UUID

from notifier.calendar import start_of
from notifier.defaults import InspectionDefaults
from notifier.rules.by_default import ByDefault
from notifier.rules.wait import Mark, Wait
from schemas.inspection.inspections import (
    AnyInspectionEvent,
    InspectionCancelled,
    InspectionConcluded,
    InspectionOpened,
    InspectionPlanned,
    TeamAppointed,
)
from schemas.notifier.alerts import CaseKind, StallRule
from schemas.values import Recipient


@dataclass(frozen=True, slots=True)
class InspectionCase(ByDefault[InspectionDefaults]):
    """An inspection that was planned."""

    case_id: UUID
    agency_id: str | None
    """The inspected agency, where it is only one."""
    from_day: date
    to_day: date
    terms: InspectionDefaults
    planned: Mark
    opened: Mark | None = None
    over: bool = False
    kind: Literal[CaseKind.INSPECTION] = CaseKind.INSPECTION

    @property
    def owner_post(self) -> None:
        """None of its own: the inspectorate's, whoever that is by then."""

    @property
    def confidential(self) -> bool:
        """Inspections are not."""
        return False


def changed(
    case: InspectionCase | None, event: AnyInspectionEvent, mark: Mark, defaults: InspectionDefaults
) -> InspectionCase | None:
    """The case after one of its events."""
    match event:
        case InspectionPlanned():
            return InspectionCase(
                case_id=event.inspection_id,
                agency_id=event.agency_ids[0] if len(event.agency_ids) == 1 else None,
                from_day=event.from_day,
                to_day=event.to_day,
                terms=defaults,
                planned=mark,
            )
        case TeamAppointed():
            return case
        case InspectionOpened():
            return case and replace(case, opened=mark)
        case InspectionConcluded() | InspectionCancelled():
            return case and replace(case, over=True)
        case _:
            assert_never(event)


def waits(case: InspectionCase) -> Iterator[Wait]:
    """What holds now."""
    if case.over:
        return
    if case.opened is None:
        rule, basis, since, days = (
            StallRule.INSPECTION_NOT_OPENED,
            case.planned,
            start_of(case.from_day),
            case.terms.not_opened,
        )
    else:
        rule, basis, since, days = (
            StallRule.INSPECTION_OPEN_TOO_LONG,
            case.opened,
            max(start_of(case.to_day), case.opened.at),
            case.terms.open_too_long,
        )
    yield Wait(rule, basis, since, days, case.terms.provision, Recipient.INSPECTORATE)
