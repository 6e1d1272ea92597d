"""What the question of the heads' responsibility waits for: the competent authority's answer for every level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never
from uuid import UUID

from notifier.defaults import ReviewDefaults
from notifier.rules.by_default import ByDefault
from notifier.rules.wait import Mark, Wait
from schemas.discipline.responsibility import (
    AnyResponsibilityEvent,
    ResponsibilityClosed,
    ResponsibilityOpened,
    ResponsibilityRaised,
    ResponsibilityTakenOver,
)
from schemas.discipline.reviews import Subject
from schemas.notifier.alerts import CaseKind, StallRule
from schemas.values import Recipient


@dataclass(frozen=True, slots=True)
class ResponsibilityCase(ByDefault[ReviewDefaults]):
    """The question that a finding raised."""

    case_id: UUID
    agency_id: str
    authority_post: str
    provision: str
    terms: ReviewDefaults
    raised: Mark
    answer_until: datetime
    answer_within: int
    """Working days."""
    subjects: tuple[Subject, ...]
    """Whom it is about: none of them hears of it."""
    waiting: frozenset[int]
    """Levels without an answer."""
    kind: Literal[CaseKind.RESPONSIBILITY] = CaseKind.RESPONSIBILITY

    @property
    def owner_post(self) -> str:
        """The competent authority's."""
        return self.authority_post

    @property
    def confidential(self) -> bool:
        """It is, like the review that may follow."""
        return True


def changed(
    case: ResponsibilityCase | None, event: AnyResponsibilityEvent, mark: Mark, defaults: ReviewDefaults
) -> ResponsibilityCase | None:
    """The case after one of its events."""
    match event:
        case ResponsibilityRaised():
            if case is None:
                return _raised(event, mark, defaults)
            asked = replace(case, subjects=(*case.subjects, *_concerned(event)), waiting=case.waiting | {event.level})
            # While something waits, what is asked besides is answered with it; else the time begins anew.
            return asked if case.waiting else replace(asked, raised=mark, answer_until=event.answer_until)
        case ResponsibilityOpened() | ResponsibilityClosed():
            return case and replace(case, waiting=case.waiting - {event.level})
        case ResponsibilityTakenOver():
            return case and replace(case, authority_post=event.authority_post)
        case _:
            assert_never(event)


def _raised(event: ResponsibilityRaised, mark: Mark, defaults: ReviewDefaults) -> ResponsibilityCase:
    return ResponsibilityCase(
        case_id=event.finding_id,
        agency_id=event.agency_id,
        authority_post=event.terms.authority_post,
        provision=event.terms.provision,
        terms=defaults,
        raised=mark,
        answer_until=event.answer_until,
        answer_within=event.terms.open_within,
        subjects=_concerned(event),
        waiting=frozenset({event.level}),
    )


def _concerned(event: ResponsibilityRaised) -> tuple[Subject, ...]:
    """Who is asked about, and who acted for him: neither may answer (`discipline.responsibility.standing`)."""
    asked = event.subject
    if event.acted_by in {None, asked.person_id}:
        return (asked,)
    return asked, asked.model_copy(update={"person_id": event.acted_by})


def waits(case: ResponsibilityCase) -> Iterator[Wait]:
    """What holds now: one wait for all levels, for they are answered together."""
    if case.waiting:
        yield Wait(
            StallRule.RESPONSIBILITY_UNANSWERED,
            case.raised,
            case.raised.at,
            case.answer_within,
            case.provision,
            Recipient.COMPETENT_AUTHORITY,
            until=case.answer_until,
        )
