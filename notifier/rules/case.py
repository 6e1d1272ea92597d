"""A case of any kind: folded from the source events, it says what it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from notifier.calendar import Calendar
from notifier.defaults import Defaults
from notifier.rules import consultation, finding, follow_up, inspection, responsibility, review, succession
from notifier.rules.consultation import ConsultationCase
from notifier.rules.finding import FindingCase
from notifier.rules.follow_up import FollowUpCase
from notifier.rules.inspection import InspectionCase
from notifier.rules.responsibility import ResponsibilityCase
from notifier.rules.review_case import ReviewCase
from notifier.rules.succession import SuccessionCase
from notifier.rules.wait import Mark, Wait
from schemas.discipline.consultations import AnyConsultationEvent, ConsultationEvent
from schemas.discipline.followups import AnyFollowUpEvent, FollowUpEvent, FollowUpOpened
from schemas.discipline.responsibility import AnyResponsibilityEvent, ResponsibilityEvent
from schemas.discipline.review_events import AnyReviewEvent
from schemas.discipline.reviews import ReviewEvent
from schemas.discipline.successions import AnySuccessionEvent, SuccessionEvent
from schemas.inspection.findings import AnyFindingEvent, FindingEvent
from schemas.inspection.inspections import AnyInspectionEvent, InspectionEvent
from schemas.notifier.alerts import CaseKind, StallRule

Case = FollowUpCase | ResponsibilityCase | ReviewCase | FindingCase | InspectionCase | SuccessionCase | ConsultationCase
CaseEvent = (
    AnyFollowUpEvent
    | AnyResponsibilityEvent
    | AnyReviewEvent
    | AnySuccessionEvent
    | AnyConsultationEvent
    | AnyFindingEvent
    | AnyInspectionEvent
)


@dataclass(frozen=True, slots=True)
class CaseId:
    """A finding and its follow-up have one id and are two cases."""

    kind: CaseKind
    id: UUID


def case_of(event: object) -> CaseId | None:  # noqa: PLR0911 -- a case a kind
    """The case that an event belongs to; none for what is no case's."""
    match event:
        case FollowUpEvent():
            return CaseId(CaseKind.FOLLOW_UP, event.finding_id)
        case ResponsibilityEvent():
            return CaseId(CaseKind.RESPONSIBILITY, event.finding_id)
        case ReviewEvent():
            return CaseId(CaseKind.REVIEW, event.review_id)
        case FindingEvent():
            return CaseId(CaseKind.FINDING, event.finding_id)
        case InspectionEvent():
            return CaseId(CaseKind.INSPECTION, event.inspection_id)
        case SuccessionEvent():
            return CaseId(CaseKind.SUCCESSION, event.succession_id)
        case ConsultationEvent():
            return CaseId(CaseKind.CONSULTATION, event.consultation_id)
        case _:
            return None


def evolve(  # noqa: PLR0911 -- a case a kind
    case: Case | None, event: CaseEvent, mark: Mark, defaults: Defaults
) -> Case | None:
    """The case after one of its events; none before its first wait can begin."""
    if isinstance(event, FollowUpEvent):
        return _follow_up(case, event, mark)
    if isinstance(event, ResponsibilityEvent):
        known = case if isinstance(case, ResponsibilityCase) else None
        return responsibility.changed(known, event, mark, defaults.review)
    if isinstance(event, ReviewEvent):
        return review.changed(case if isinstance(case, ReviewCase) else None, event, mark, defaults.review)
    if isinstance(event, SuccessionEvent):
        return succession.changed(case if isinstance(case, SuccessionCase) else None, event, mark, defaults.succession)
    if isinstance(event, ConsultationEvent):
        asked = case if isinstance(case, ConsultationCase) else None
        return consultation.changed(asked, event, mark, defaults.consultation)
    if isinstance(event, FindingEvent):
        return finding.changed(case if isinstance(case, FindingCase) else None, event, mark, defaults.finding)
    return inspection.changed(case if isinstance(case, InspectionCase) else None, event, mark, defaults.inspection)


def _follow_up(case: Case | None, event: AnyFollowUpEvent, mark: Mark) -> FollowUpCase | None:
    if isinstance(event, FollowUpOpened):
        return follow_up.opened(event, mark)
    return follow_up.changed(case, event, mark) if isinstance(case, FollowUpCase) else None


def waits(case: Case | None) -> tuple[Wait, ...]:  # noqa: PLR0911 -- a case a kind
    """What the case waits for now."""
    match case:
        case None:
            return ()
        case FollowUpCase():
            return tuple(follow_up.waits(case))
        case ResponsibilityCase():
            return tuple(responsibility.waits(case))
        case ReviewCase():
            return tuple(review.waits(case))
        case FindingCase():
            return tuple(finding.waits(case))
        case InspectionCase():
            return tuple(inspection.waits(case))
        case SuccessionCase():
            return tuple(succession.waits(case))
        case ConsultationCase():
            return tuple(consultation.waits(case))
        case _:
            assert_never(case)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A wait and the moment from which it is a stall."""

    wait: Wait
    due_at: datetime


def deadlines(case: Case | None, calendar: Calendar) -> Mapping[StallRule, Deadline]:
    """The deadlines that hold now, by rule: a case waits for one thing of a kind at a time."""
    dated = ((wait, wait.due_at(calendar)) for wait in waits(case))
    return {wait.rule: Deadline(wait, due_at) for wait, due_at in dated if due_at is not None}
