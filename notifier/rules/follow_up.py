"""What a follow-up waits for: its owner, then those who judge what he did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never
from uuid import UUID

from notifier.rules.wait import Mark, Wait
from schemas.discipline.followups import (
    AnyFollowUpEvent,
    CompletionClaimed,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    FollowUpAcknowledged,
    FollowUpAssigned,
    FollowUpCancelled,
    FollowUpClosed,
    FollowUpFindingAmended,
    FollowUpFindingConfirmed,
    FollowUpHandedOver,
    FollowUpLadderExhausted,
    FollowUpOpened,
    FollowUpPassedOn,
    FollowUpUrged,
    PlanAccepted,
    PlanSentBack,
    PlanSubmitted,
    ProgressReported,
    RemediationRejected,
    RemediationVerified,
    ReviewDemanded,
)
from schemas.notifier.alerts import CaseKind, StallRule
from schemas.values import Ladder, Posts, Recipient, StallTerms


@dataclass(frozen=True, slots=True)
class FollowUpCase:
    """A follow-up as far as somebody is waited for. Each mark is the event since which that is so."""

    case_id: UUID
    """Of the finding that it follows."""
    agency_id: str
    owner_post: str
    posts: Posts
    provision: str
    ladder: Ladder
    """Who hears of a stall."""
    stall: StallTerms
    internal_check: bool
    historic: bool
    opened: Mark
    due_at: datetime
    due_since: Mark
    """What fixed the due moment, or gave the matter to its owner."""
    unacknowledged: Mark | None
    plan_awaited: Mark | None = None
    plan_submitted: Mark | None = None
    progress_awaited: Mark | None = None
    extension_asked: Mark | None = None
    claimed: Mark | None = None
    verified: bool = False
    over: bool = False
    passed_on: Mark | None = None
    """Since when it is the one's who took over from an agency that ended."""
    kind: Literal[CaseKind.FOLLOW_UP] = CaseKind.FOLLOW_UP

    @property
    def acknowledgement_days(self) -> int:
        """Working days until an acknowledged alert climbs again."""
        return self.stall.acknowledgement_expires

    @property
    def confidential(self) -> bool:
        """Follow-ups are not."""
        return False


def opened(event: FollowUpOpened, mark: Mark) -> FollowUpCase:
    """The case that an opening begins. A provisional one waits too: acknowledging admits nothing (domain.md)."""
    return FollowUpCase(
        case_id=event.finding_id,
        agency_id=event.agency_id,
        owner_post=event.owner_post,
        posts=event.posts,
        provision=event.terms.provision,
        ladder=event.terms.ladder,
        stall=event.terms.stall,
        internal_check=event.internal_check,
        historic=event.historic,
        opened=mark,
        due_at=event.due_at,
        due_since=mark,
        unacknowledged=mark,
    )


def changed(case: FollowUpCase, event: AnyFollowUpEvent, mark: Mark) -> FollowUpCase:  # noqa: C901, PLR0911, PLR0912 -- a case an event
    """The case after one of its events."""
    match event:
        case FollowUpOpened():
            return opened(event, mark)
        case FollowUpFindingAmended():
            return _amended(case, event, mark)
        case FollowUpAssigned() | FollowUpHandedOver():
            return replace(case, owner_post=event.owner_post, unacknowledged=mark)
        case FollowUpPassedOn():
            return _passed_on(case, event, mark)
        case FollowUpAcknowledged():
            return _acknowledged(case, mark)
        case PlanSubmitted():
            # Progress can only be reported on an accepted plan, so nobody waits for it meanwhile.
            return replace(case, plan_awaited=None, plan_submitted=mark, progress_awaited=None)
        case PlanAccepted():
            return replace(case, plan_submitted=None, progress_awaited=mark)
        case PlanSentBack():
            return replace(case, plan_submitted=None, plan_awaited=mark)
        case ProgressReported():
            return replace(case, progress_awaited=mark)
        case ExtensionRequested():
            return replace(case, extension_asked=mark)
        case ExtensionGranted():
            return replace(case, extension_asked=None, due_at=event.due_at, due_since=mark)
        case ExtensionRefused():
            return replace(case, extension_asked=None)
        case CompletionClaimed():
            return replace(case, claimed=mark)
        case RemediationVerified():
            return replace(case, claimed=None, verified=True)
        case RemediationRejected():
            return _rejected(case, mark)
        case FollowUpClosed() | FollowUpCancelled():
            return replace(case, over=True)
        case FollowUpFindingConfirmed() | FollowUpUrged() | FollowUpLadderExhausted() | ReviewDemanded():
            return case
        case _:
            assert_never(event)


def _passed_on(case: FollowUpCase, event: FollowUpPassedOn, mark: Mark) -> FollowUpCase:
    """What was waited for of the old owner ends with him, and begins anew for the one who takes over."""
    return replace(
        case,
        agency_id=event.agency_id,
        owner_post=event.owner_post,
        posts=event.posts,
        unacknowledged=mark,
        due_since=mark,
        passed_on=mark,
        plan_awaited=case.plan_awaited and mark,
        progress_awaited=case.progress_awaited and mark,
    )


def _amended(case: FollowUpCase, event: FollowUpFindingAmended, mark: Mark) -> FollowUpCase:
    """It is acknowledged anew, and what was verified is to be verified anew."""
    if event.due_at != case.due_at:
        case = replace(case, due_at=event.due_at, due_since=mark)
    return replace(case, unacknowledged=mark, verified=False, claimed=mark if case.verified else case.claimed)


def _rejected(case: FollowUpCase, mark: Mark) -> FollowUpCase:
    """It is the owner's again; what was waited for before the claim is waited for anew."""
    return replace(
        case,
        claimed=None,
        due_since=mark,
        progress_awaited=mark,
        plan_awaited=case.plan_awaited and mark,
        plan_submitted=case.plan_submitted and mark,
        extension_asked=case.extension_asked and mark,
    )


def _acknowledged(case: FollowUpCase, mark: Mark) -> FollowUpCase:
    """The first acknowledgement begins the time for a plan; a new owner's gives no more time."""
    planning = case.plan_awaited or case.plan_submitted or case.progress_awaited
    return replace(
        case,
        unacknowledged=None,
        plan_awaited=case.plan_awaited if planning else mark,
        # Nothing can be verified before the acknowledgement, so nobody was waited for.
        claimed=case.claimed and mark,
    )


def waits(case: FollowUpCase) -> Iterator[Wait]:
    """What holds now; nothing of a historic case."""
    if case.historic or case.over or case.verified:
        return
    stall = case.stall
    if case.unacknowledged:
        yield _wait(case, StallRule.NOT_ACKNOWLEDGED, case.unacknowledged, stall.acknowledge)
    if case.claimed:
        if not case.unacknowledged:
            judge = Recipient.SUPERIOR if case.internal_check else Recipient.INSPECTORATE
            yield _wait(case, StallRule.VERIFICATION_PENDING, case.claimed, stall.verification, judge)
        return
    if case.plan_awaited:
        yield _wait(case, StallRule.NO_PLAN, case.plan_awaited, stall.plan)
    if case.plan_submitted:
        judge = Recipient.SUPERIOR if case.internal_check else Recipient.INSPECTORATE
        yield _wait(case, StallRule.PLAN_NOT_ANSWERED, case.plan_submitted, stall.plan_answer, judge)
    if case.progress_awaited:
        yield _wait(case, StallRule.NO_PROGRESS, case.progress_awaited, stall.progress)
    if case.extension_asked:
        judge = Recipient.SUPERIOR if case.internal_check else Recipient.INSPECTORATE
        yield _wait(case, StallRule.EXTENSION_UNANSWERED, case.extension_asked, stall.extension_answer, judge)
    yield from _until_due(case)


def _wait(case: FollowUpCase, rule: StallRule, since: Mark, days: int, owner: Recipient = Recipient.OWNER) -> Wait:
    return Wait(rule, since, since.at, days, case.provision, owner)


def _until_due(case: FollowUpCase) -> Iterator[Wait]:
    """Two calls before the due moment, and the due moment itself; who took over is called even if it is late for it."""
    stall, since = case.stall, case.due_since
    calls = ((StallRule.DUE_SOON_FIRST, stall.due_first_call), (StallRule.DUE_SOON_LAST, stall.due_last_call))
    new = case.passed_on == since
    for rule, days in calls:
        start, owner = case.opened.at, Recipient.OWNER
        yield Wait(rule, since, start, days, case.provision, owner, until=case.due_at, call=True, notice=new)
    yield Wait(StallRule.OVERDUE, since, case.opened.at, 0, case.provision, Recipient.OWNER, until=case.due_at)
