"""What an accountability review waits for, and which of its clocks run out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import assert_never

from notifier.defaults import ReviewDefaults
from notifier.rules import review_aftermath as aftermath
from notifier.rules.review_case import Ends, Pending, ReviewCase, ends
from notifier.rules.review_steps import before_hearing, pending
from notifier.rules.wait import Mark, Wait
from schemas.discipline.law import ClocksAnew
from schemas.discipline.review_decision import DecisionRevoked
from schemas.discipline.review_events import AnyReviewEvent
from schemas.discipline.review_incidents import (
    PartyDisciplineReferred,
    ProcessingExtended,
    ReferredToInvestigators,
    ReturnedByInvestigators,
    ReviewDeferred,
    ReviewResumed,
    ViolationCourseFound,
)
from schemas.discipline.review_procedure import (
    AnyProcedureEvent,
    ReviewEndedAtMeeting,
    ReviewMeetingHeld,
    ReviewReferredToBoard,
    ReviewSecretaryAppointed,
)
from schemas.discipline.reviews import (
    AnyOpeningEvent,
    LaterFindingReferred,
    ReviewBasisAdded,
    ReviewBasisLost,
    ReviewBasisReduced,
    ReviewOpened,
    ReviewProposalLapsed,
    ReviewProposed,
    ReviewRebased,
    ReviewRefused,
    ReviewTakenOver,
    ReviewTerminated,
)
from schemas.notifier.alerts import StallRule
from schemas.values import Recipient


def changed(case: ReviewCase | None, event: AnyReviewEvent, mark: Mark, defaults: ReviewDefaults) -> ReviewCase | None:
    """The case after one of its events."""
    if isinstance(event, ReviewProposed):
        before = frozenset() if case is None else case.facts
        return _proposed(event, mark, defaults, before | facts(event))
    if case is None:
        return None
    if isinstance(event, AnyOpeningEvent):
        return _changed(_whose_it_is(case, event), event, mark)
    if isinstance(event, AnyProcedureEvent):
        if isinstance(event, ReviewEndedAtMeeting):
            return replace(case, over=True)
        return replace(_who_runs_it(case, event), step=pending(case.step, event, mark, case.terms))
    if isinstance(event, ViolationCourseFound):
        case = _with_limitation(case, event, mark)
    if isinstance(event, ReferredToInvestigators | ReturnedByInvestigators | ProcessingExtended):
        case = _with_clocks(case, event, mark)
    anew = PartyDisciplineReferred | DecisionRevoked | ReviewDeferred | ReviewResumed
    if isinstance(event, anew) and event.clocks is not None:
        case = _with_clocks(case, event.clocks, mark)
    return aftermath.changed(case, event, mark, defaults)


def _whose_it_is(case: ReviewCase, event: AnyOpeningEvent) -> ReviewCase:
    if isinstance(event, ReviewBasisAdded):
        return replace(case, facts=case.facts | facts(event))
    return replace(case, authority_post=event.authority_post) if isinstance(event, ReviewTakenOver) else case


def _who_runs_it(case: ReviewCase, event: AnyProcedureEvent) -> ReviewCase:
    if isinstance(event, ReviewSecretaryAppointed):
        return replace(case, secretary=event.person_id)
    if isinstance(event, ReviewReferredToBoard):
        return replace(case, board_id=event.board_id)
    return replace(case, met=case.met or isinstance(event, ReviewMeetingHeld))


def facts(event: ReviewProposed | ReviewBasisAdded) -> frozenset[date]:
    """The days of the facts that a review comes to rest on by the event."""
    items = event.basis if isinstance(event, ReviewProposed) else (event.item,)
    return frozenset(item.fact_date for item in items)


def _proposed(event: ReviewProposed, mark: Mark, defaults: ReviewDefaults, days: frozenset[date]) -> ReviewCase:
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
        facts=days,
    )


def _changed(case: ReviewCase, event: AnyOpeningEvent, mark: Mark) -> ReviewCase:  # noqa: PLR0911 -- a case an event
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
            return replace(case, over=True, basis_lost=None, answer_until=None)
        case ReviewBasisAdded():
            return _joined(case, event, mark)
        case ReviewProposed() | ReviewBasisReduced() | ReviewTakenOver() | LaterFindingReferred():
            return case
        case _:
            assert_never(event)


def _joined(case: ReviewCase, event: ReviewBasisAdded, mark: Mark) -> ReviewCase:
    """Where a step was taken without what joined, it is waited for again: the hearing, or all from the notice on."""
    if event.clocks is not None:
        case = _with_clocks(case, event.clocks, mark)
    if not event.heard_anew:
        return case
    if case.board_id is not None:
        return replace(case, step=before_hearing(mark, case.terms))
    again = Pending(StallRule.REVIEW_NOT_NOTIFIED, mark, case.terms.notify, Recipient.SECRETARY)
    return replace(case, met=False, step=again, meeting_until=event.meeting_until or case.meeting_until)


Limited = (
    ReviewOpened | ReviewRebased | ReferredToInvestigators | ReturnedByInvestigators | ViolationCourseFound | ClocksAnew
)
Clocked = (
    ReviewOpened | ReviewRebased | ReferredToInvestigators | ReturnedByInvestigators | ProcessingExtended | ClocksAnew
)


def _with_clocks(case: ReviewCase, event: Clocked, mark: Mark) -> ReviewCase:
    # A clock that stands still has no end yet; when it goes on, it is computed anew.
    running = event.processing is not None and event.processing.suspended_since is None
    processing = ends(event.processing, mark) if event.processing and running else None
    case = replace(case, processing=_kept(case.processing, processing))
    return case if isinstance(event, ProcessingExtended) else _with_limitation(case, event, mark)


def _with_limitation(case: ReviewCase, event: Limited, mark: Mark) -> ReviewCase:
    limits = [ends(row, mark) for row in event.limitation if row.suspended_since is None]
    earliest = min(limits, key=lambda one: one.ends_at, default=None)
    return replace(case, limitation=_kept(case.limitation, earliest))


def _kept(before: Ends | None, after: Ends | None) -> Ends | None:
    """A clock that was computed anew and ends as before is no new one: nobody is called twice about it."""
    unchanged = before is not None and after is not None and replace(after, known=before.known) == before
    return before if unchanged else after


def waits(case: ReviewCase) -> Iterator[Wait]:
    """What holds now."""
    if case.basis_lost and case.answer_until:
        yield _authority(case, StallRule.REVIEW_BASIS_UNANSWERED, case.basis_lost, case.answer_until)
    if case.over:
        return
    if case.opened is None:
        yield _authority(case, StallRule.REVIEW_NOT_OPENED, case.proposed, case.open_until)
        return
    if not case.paused:
        yield from _steps(case, case.opened)
    yield from _clocks(case)


def _steps(case: ReviewCase, opened: Mark) -> Iterator[Wait]:
    if not case.met:
        rule, owner = StallRule.REVIEW_NO_MEETING, Recipient.SECRETARY
        days, provision = case.meeting_within, case.provision
        yield Wait(rule, opened, opened.at, days, provision, owner, until=case.meeting_until)
    if step := case.step:
        since = step.since
        yield Wait(step.rule, since, since.at, step.days, case.terms.provision, step.owner, until=step.until)


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
    if window := case.window:
        yield _clock(StallRule.COMPLAINT_WINDOW_CLOSING, window, terms.window_call, notice=True)
    if expiry := case.expiry:
        yield _clock(StallRule.SANCTION_EXPIRY_UNRECORDED, expiry, 0, notice=False)
    if endless := case.endless:
        yield Wait(endless.rule, endless.since, endless.since.at, endless.days, terms.provision, endless.owner)


def _clock(rule: StallRule, ends: Ends, days: int, *, notice: bool) -> Wait:
    owner = Recipient.SECRETARY
    return Wait(rule, ends.known, ends.starts_at, days, ends.provision, owner, until=ends.ends_at, notice=notice)
