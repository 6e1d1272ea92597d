"""What a plan of succession waits for: the chair's approval before its day, and to be carried out from it on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, assert_never
from uuid import UUID

from notifier.calendar import start_of
from notifier.defaults import SuccessionDefaults
from notifier.rules.by_default import ByDefault
from notifier.rules.wait import Mark, Wait
from schemas.discipline.successions import (
    AnySuccessionEvent,
    SuccessionApproved,
    SuccessionCarriedOut,
    SuccessionCorrected,
    SuccessionProposed,
    SuccessionWithdrawn,
)
from schemas.notifier.alerts import CaseKind, StallRule
from schemas.values import Recipient


@dataclass(frozen=True, slots=True)
class SuccessionCase(ByDefault[SuccessionDefaults]):
    """A plan by which what is open at agencies that end passes on."""

    case_id: UUID
    agency_id: str
    """The one that inherits what nothing else is said of."""
    day: date
    """The first on which the agencies are no more."""
    terms: SuccessionDefaults
    proposed: Mark
    approved: Mark | None = None
    over: bool = False
    kind: Literal[CaseKind.SUCCESSION] = CaseKind.SUCCESSION

    @property
    def owner_post(self) -> None:
        """None of its own: the chair's, whoever that is by then."""

    @property
    def confidential(self) -> bool:
        """Plans are not: they hold posts and numbers."""
        return False


def changed(
    case: SuccessionCase | None, event: AnySuccessionEvent, mark: Mark, defaults: SuccessionDefaults
) -> SuccessionCase | None:
    """The case after one of its events."""
    match event:
        case SuccessionProposed():
            return SuccessionCase(event.succession_id, event.heir_id, event.day, defaults, mark)
        case SuccessionCorrected():
            return case
        case SuccessionApproved():
            return case and replace(case, approved=mark)
        case SuccessionWithdrawn() | SuccessionCarriedOut():
            return case and replace(case, over=True)
        case _:
            assert_never(event)


def waits(case: SuccessionCase) -> Iterator[Wait]:
    """What holds now."""
    if case.over:
        return
    terms, ends = case.terms, start_of(case.day)
    if case.approved is None:
        yield Wait(
            StallRule.SUCCESSION_NOT_APPROVED,
            case.proposed,
            case.proposed.at,
            terms.not_approved,
            terms.provision,
            Recipient.CHAIR,
            until=ends,
            # An act whose day has come before it was announced has nothing left to be called before.
            notice=ends > case.proposed.at,
        )
    else:
        since = max(ends, case.approved.at)
        rule, basis, days = StallRule.SUCCESSION_NOT_CARRIED_OUT, case.approved, terms.not_carried_out
        yield Wait(rule, basis, since, days, terms.provision, Recipient.CHAIR)
