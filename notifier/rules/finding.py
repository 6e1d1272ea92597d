"""What a finding waits for: somebody who confirms or dismisses it, for silence never confirms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, assert_never
from uuid import UUID

from notifier.defaults import FindingDefaults
from notifier.rules.wait import Mark, Wait
from schemas.inspection.findings import (
    AnyFindingEvent,
    FindingAmended,
    FindingConfirmed,
    FindingContested,
    FindingDismissed,
    FindingDrafted,
    FindingDraftRevised,
    FindingMarkedDuplicate,
    FindingSubmitted,
    FindingWithdrawn,
)
from schemas.notifier.alerts import CaseKind, StallRule
from schemas.values import Ladder, Posts, Recipient

_INSTANT = timedelta(microseconds=1)
"""24:00 belongs to the day that it ends."""


@dataclass(frozen=True, slots=True)
class FindingCase:
    """A submitted finding that nobody has decided on."""

    case_id: UUID
    agency_id: str
    posts: Posts
    provision: str
    ladder: Ladder
    """Who hears of a stall."""
    acknowledgement_days: int
    """Working days until an acknowledged alert climbs again."""
    decide_within: int
    """Working days."""
    historic: bool
    basis: Mark
    heard_at: datetime
    """When the agency's window ended, or when it objected: the time to decide counts from that day."""
    over: bool = False
    kind: Literal[CaseKind.FINDING] = CaseKind.FINDING

    @property
    def owner_post(self) -> str:
        """The inspectorate's: its team leader decides."""
        return self.posts.inspectorate

    @property
    def confidential(self) -> bool:
        """Findings are not."""
        return False


def changed(
    case: FindingCase | None, event: AnyFindingEvent, mark: Mark, defaults: FindingDefaults
) -> FindingCase | None:
    """The case after one of its events; none while it is a draft."""
    match event:
        case FindingDrafted() | FindingDraftRevised():
            return case
        case FindingSubmitted():
            return FindingCase(
                case_id=event.finding_id,
                agency_id=event.content.agency_id,
                posts=event.posts,
                provision=event.terms.provision,
                ladder=event.terms.ladder,
                acknowledgement_days=event.terms.stall.acknowledgement_expires,
                decide_within=defaults.decide,
                historic=event.historic,
                basis=mark,
                heard_at=event.contest_until - _INSTANT,
            )
        case FindingContested():
            return case and replace(case, basis=mark, heard_at=mark.at)
        case FindingAmended():
            return case
        case FindingWithdrawn() | FindingConfirmed() | FindingDismissed() | FindingMarkedDuplicate():
            return case and replace(case, over=True)
        case _:
            assert_never(event)


def waits(case: FindingCase) -> Iterator[Wait]:
    """What holds now; nothing of a historic case."""
    if not (case.historic or case.over):
        yield Wait(
            StallRule.FINDING_NOT_DECIDED,
            case.basis,
            case.heard_at,
            case.decide_within,
            case.provision,
            Recipient.INSPECTORATE,
        )
