"""What an accountability review waits for, and which of its clocks run out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never
from uuid import UUID

from notifier.calendar import start_of
from notifier.defaults import ReviewDefaults
from notifier.rules.review_steps import Pending, pending
from notifier.rules.wait import Mark, Wait
from schemas.discipline.law import ClockCalculation
from schemas.discipline.review_events import AnyReviewEvent
from schemas.discipline.review_procedure import ReviewEndedAtMeeting, ReviewMeetingHeld
from schemas.discipline.reviews import (
    AnyOpeningEvent,
    ReviewBasisAdded,
    ReviewBasisLost,
    ReviewBasisReduced,
    ReviewOpened,
    ReviewProposalLapsed,
    ReviewProposed,
    ReviewRebased,
    ReviewRefused,
    ReviewTerminated,
    Subject,
)
from schemas.notifier.alerts import CaseKind, StallRule
from schemas.values import Ladder, Recipient


@dataclass(frozen=True, slots=True)
class Ends:
    """A clock of a review: when it ends, which row says so, and since when that is known."""

    known: Mark
    starts_at: datetime
    ends_at: datetime
    provision: str


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """A review that was proposed."""

    case_id: UUID
    subject: Subject
    authority_post: str
    provision: str
    terms: ReviewDefaults
    proposed: Mark
    open_until: datetime
    open_within: int
    meeting_within: int
    opened: Mark | None = None
    meeting_until: datetime | None = None
    limitation: Ends | None = None
    """The earliest of the rows that hold."""
    processing: Ends | None = None
    step: Pending | None = None
    """What the procedure waits for next."""
    met: bool = False
    basis_lost: Mark | None = None
    answer_until: datetime | None = None
    over: bool = False
    kind: Literal[CaseKind.REVIEW] = CaseKind.REVIEW

    @property
    def agency_id(self) -> str:
        """The subject's agency."""
        return self.subject.agency_id

    @property
    def owner_post(self) -> str:
        """The competent authority's."""
        return self.authority_post

    @property
    def posts(self) -> None:
        """Only the directory knows."""

    @property
    def ladder(self) -> Ladder:
        """Who hears of a stall."""
        return self.terms.ladder

    @property
    def acknowledgement_days(self) -> int:
        """Working days until an acknowledged alert climbs again."""
        return self.terms.acknowledgement_expires

    @property
    def confidential(self) -> bool:
        """Reviews are: to an outsider they do not exist."""
        return True


def changed(case: ReviewCase | None, event: AnyReviewEvent, mark: Mark, defaults: ReviewDefaults) -> ReviewCase | None:
    """The case after one of its events."""
    if isinstance(event, ReviewProposed):
        return _proposed(event, mark, defaults)
    if case is None:
        return None
    if isinstance(event, AnyOpeningEvent):
        return _changed(case, event, mark)
    if isinstance(event, ReviewEndedAtMeeting):
        return replace(case, over=True)
    met = case.met or isinstance(event, ReviewMeetingHeld)
    return replace(case, met=met, step=pending(case.step, event, mark, case.terms))


def _proposed(event: ReviewProposed, mark: Mark, defaults: ReviewDefaults) -> ReviewCase:
    return ReviewCase(
        case_id=event.review_id,
        subject=event.subject,
        authority_post=event.authority_post,
        provision=event.provision,
        terms=defaults,
        proposed=mark,
        open_until=event.open_until,
        open_within=event.open_within,
        meeting_within=event.meeting_within,
    )


def _changed(case: ReviewCase, event: AnyOpeningEvent, mark: Mark) -> ReviewCase:
    match event:
        case ReviewOpened():
            step = Pending(StallRule.REVIEW_NOT_NOTIFIED, mark, case.terms.notify, Recipient.SECRETARY)
            opened = replace(case, opened=mark, meeting_until=event.meeting_until, step=step)
            return _with_clocks(opened, event, mark)
        case ReviewBasisLost():
            if case.basis_lost is not None:  # the first question is still open
                return case
            return replace(case, basis_lost=mark, answer_until=event.answer_until)
        case ReviewRebased():
            return _with_clocks(replace(case, basis_lost=None, answer_until=None), event, mark)
        case ReviewRefused() | ReviewTerminated() | ReviewProposalLapsed():
            return replace(case, over=True)
        case ReviewProposed() | ReviewBasisAdded() | ReviewBasisReduced():
            return case
        case _:
            assert_never(event)


def _with_clocks(case: ReviewCase, event: ReviewOpened | ReviewRebased, mark: Mark) -> ReviewCase:
    # A clock that stands still has no end yet; when it goes on, it is computed anew.
    limits = [_ends(row, mark) for row in event.limitation if row.suspended_since is None]
    earliest = min(limits, key=lambda ends: ends.ends_at, default=None)
    running = event.processing is not None and event.processing.suspended_since is None
    processing = _ends(event.processing, mark) if event.processing and running else None
    return replace(case, limitation=_kept(case.limitation, earliest), processing=_kept(case.processing, processing))


def _ends(row: ClockCalculation, mark: Mark) -> Ends:
    provision = row.instrument if row.article is None else f"{row.instrument}, {row.article}"
    return Ends(mark, start_of(row.starts_on), row.ends_at, provision)


def _kept(before: Ends | None, after: Ends | None) -> Ends | None:
    """A clock that was computed anew and ends as before is no new one: nobody is called twice about it."""
    unchanged = before is not None and after is not None and replace(after, known=before.known) == before
    return before if unchanged else after


def waits(case: ReviewCase) -> Iterator[Wait]:
    """What holds now."""
    if case.over:
        return
    if case.opened is None:
        yield _authority(case, StallRule.REVIEW_NOT_OPENED, case.proposed, case.open_until)
        return
    if case.basis_lost and case.answer_until:
        yield _authority(case, StallRule.REVIEW_BASIS_UNANSWERED, case.basis_lost, case.answer_until)
    if not case.met:
        yield Wait(
            StallRule.REVIEW_NO_MEETING,
            case.opened,
            case.opened.at,
            case.meeting_within,
            case.provision,
            Recipient.SECRETARY,
            until=case.meeting_until,
        )
    if step := case.step:
        since = step.since
        yield Wait(step.rule, since, since.at, step.days, case.terms.provision, step.owner, until=step.until)
    yield from _clocks(case)


def _authority(case: ReviewCase, rule: StallRule, since: Mark, until: datetime) -> Wait:
    owner = Recipient.COMPETENT_AUTHORITY
    return Wait(rule, since, since.at, case.open_within, case.provision, owner, until=until)


def _clocks(case: ReviewCase) -> Iterator[Wait]:
    terms = case.terms
    if limitation := case.limitation:
        yield _clock(StallRule.LIMITATION_NEARING, limitation, terms.limitation_call, notice=True)
    if processing := case.processing:
        yield _clock(StallRule.PROCESSING_NEARING, processing, terms.processing_call, notice=True)
        yield _clock(StallRule.PROCESSING_PASSED, processing, 0, notice=False)


def _clock(rule: StallRule, ends: Ends, days: int, *, notice: bool) -> Wait:
    owner = Recipient.SECRETARY
    return Wait(rule, ends.known, ends.starts_at, days, ends.provision, owner, until=ends.ends_at, notice=notice)
