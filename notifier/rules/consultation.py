"""What a consultation waits for: an answer, which is called for before the term ends and owed when it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never
from uuid import UUID

from notifier.defaults import ConsultationDefaults
from notifier.rules.by_default import ByDefault
from notifier.rules.wait import Mark, Wait
from schemas.discipline.consultations import (
    AnyConsultationEvent,
    ConsentDeemed,
    ConsultationAnswered,
    ConsultationAsked,
    ConsultationClosed,
    ConsultationLapsed,
    ConsultationWithdrawn,
    OpinionReconciled,
)
from schemas.notifier.alerts import CaseKind, StallRule
from schemas.values import Recipient


@dataclass(frozen=True, slots=True)
class ConsultationCase(ByDefault[ConsultationDefaults]):
    """An agency was asked for its opinion."""

    case_id: UUID
    agency_id: str
    """The one that was asked."""
    owner_post: str
    """Its head's, or whose that has become."""
    provision: str
    """The directive's."""
    deemed_consent: bool
    """Silence is an answer: nothing is owed after the due moment."""
    due_at: datetime
    terms: ConsultationDefaults
    asked: Mark
    over: bool = False
    kind: Literal[CaseKind.CONSULTATION] = CaseKind.CONSULTATION

    @property
    def confidential(self) -> bool:
        """Consultations are not."""
        return False


def changed(
    case: ConsultationCase | None, event: AnyConsultationEvent, mark: Mark, defaults: ConsultationDefaults
) -> ConsultationCase | None:
    """The case after one of its events."""
    match event:
        case ConsultationAsked():
            return ConsultationCase(
                case_id=event.consultation_id,
                agency_id=event.consulted_agency,
                owner_post=event.consulted_post,
                provision=event.terms.provision,
                deemed_consent=event.terms.deemed_consent,
                due_at=event.due_at,
                terms=defaults,
                asked=mark,
            )
        case ConsultationAnswered() | ConsultationWithdrawn() | ConsultationClosed() | ConsentDeemed():
            return case and replace(case, over=True)
        case ConsultationLapsed():
            # Under deemed consent: no agency is left that could answer, and nobody to be called.
            return case and replace(case, over=case.over or case.deemed_consent)
        case OpinionReconciled():
            return case
        case _:
            assert_never(event)


def waits(case: ConsultationCase) -> Iterator[Wait]:
    """What holds now."""
    if case.over:
        return
    asked, terms = case.asked, case.terms
    yield Wait(
        StallRule.CONSULTATION_DUE,
        asked,
        asked.at,
        terms.due_call,
        terms.provision,
        Recipient.OWNER,
        until=case.due_at,
        call=True,
    )
    if not case.deemed_consent:
        rule, owner = StallRule.CONSULTATION_LAPSED, Recipient.OWNER
        yield Wait(rule, asked, asked.at, 0, case.provision, owner, until=case.due_at)
