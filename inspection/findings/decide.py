"""What follows from a command on a finding: written and submitted here, answered in `judge.py`."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import assert_never

from inspection.findings import judge, refusals
from inspection.findings.commands import (
    AmendFinding,
    Author,
    Command,
    ConfirmFinding,
    ContestFinding,
    DismissFinding,
    DraftByPolicy,
    DraftFinding,
    MarkDuplicate,
    ReviseDraft,
    SubmitFinding,
    WithdrawFinding,
)
from inspection.findings.state import Draft, Finding, FindingStatus, State
from inspection.findings.status import draft, standing, undecided
from schemas.inspection.findings import (
    AnyFindingEvent,
    FindingAmended,
    FindingDrafted,
    FindingDraftRevised,
    FindingSubmitted,
    FindingWithdrawn,
    InvolvedOfficial,
)

Events = tuple[AnyFindingEvent, ...]


def decide(command: Command, state: State) -> Events:  # noqa: C901, PLR0911 -- a case for each command
    """Return what happens, or raise why it cannot (`inspection.findings.refusals`)."""
    match command:
        case DraftFinding():
            return _draft(command, state)
        case DraftByPolicy():
            return _draft_by_policy(command, state)
        case ReviseDraft():
            return _revise(command, draft(state))
        case SubmitFinding():
            return _submit(command, state)
        case AmendFinding():
            return _amend(command, undecided(state))
        case WithdrawFinding():
            return _withdraw(command, state)
        case ContestFinding():
            return judge.contest(command, undecided(state))
        case ConfirmFinding():
            return judge.confirm(command, undecided(state))
        case DismissFinding():
            return judge.dismiss(command, standing(state))
        case MarkDuplicate():
            return judge.mark_duplicate(command, standing(state))
        case _:
            assert_never(command)


def _draft(command: DraftFinding, state: State) -> Events:
    if state is not None:
        raise refusals.FindingAlreadyWritten
    _see_officials(command.content.officials)
    return (FindingDrafted(finding_id=command.finding_id, content=command.content, inspector_id=command.inspector_id),)


def _draft_by_policy(command: DraftByPolicy, state: State) -> Events:
    if state is not None:
        return ()
    return (FindingDrafted(finding_id=command.finding_id, content=command.content, inspector_id=None),)


def _revise(command: ReviseDraft, state: Draft) -> Events:
    _see_author(command.by, state)
    _see_officials(command.content.officials)
    if command.content == state.content:
        return ()
    return (FindingDraftRevised(finding_id=state.finding_id, content=command.content),)


def _submit(command: SubmitFinding, state: State) -> Events:
    if state is not None:
        _see_author(Author(command.inspector_id, leads=False), draft(state))
    content = command.content
    if content.fact_date > command.today:
        raise refusals.FactInTheFuture(content.fact_date, command.today)
    _see_officials(content.officials)
    return (
        FindingSubmitted(
            finding_id=command.finding_id,
            content=content,
            inspector_id=command.inspector_id,
            terms=command.terms,
            posts=command.posts,
            detected_at=_detected(command),
            contest_until=command.contest_until,
            due_at=command.due_at,
            historic=command.historic,
        ),
    )


def _detected(command: SubmitFinding) -> datetime:
    """Withdrawing and submitting again does not start processing time anew."""
    content, replaced = command.content, command.replaced
    if content.replaces is None:
        return command.at
    if not isinstance(replaced, Finding) or replaced.status is not FindingStatus.WITHDRAWN:
        raise refusals.ReplacedNotWithdrawn(content.replaces)
    before = replaced.content
    if content.agency_id != before.agency_id and content.violation_type != before.violation_type:
        raise refusals.ReplacedUnrelated(content.replaces)
    return min(command.at, replaced.detected_at)


def _amend(command: AmendFinding, state: Finding) -> Events:
    _see_author(command.by, state)
    if command.fact_date > command.today:
        raise refusals.FactInTheFuture(command.fact_date, command.today)
    _see_officials(command.officials)
    if (command.pack_version, command.historic) != (state.terms.pack_version, state.historic):
        raise refusals.FactUnderAnotherPack(command.fact_date, command.pack_version)
    due_at = state.due_at if command.due_at is None else command.due_at
    if due_at < state.due_at:
        raise refusals.DeadlineShortened(state.due_at)
    content = state.content.model_copy(
        update={
            "fact_date": command.fact_date,
            "officials": command.officials,
            "narrative": command.narrative,
            "evidence": command.evidence,
        }
    )
    return (FindingAmended(finding_id=state.finding_id, content=content, reason=command.reason, due_at=due_at),)


def _withdraw(command: WithdrawFinding, state: State) -> Events:
    written = draft(state) if isinstance(state, Draft) else undecided(state)
    _see_author(command.by, written)
    return (FindingWithdrawn(finding_id=written.finding_id, reason=command.reason),)


def _see_author(by: Author, state: Draft | Finding) -> None:
    """What a rule drafted is anybody's who may write findings."""
    if state.inspector_id not in (None, by.person_id) and not by.leads:
        raise refusals.NotTheAuthor


def _see_officials(officials: tuple[InvolvedOfficial, ...]) -> None:
    for official, times in Counter(officials).items():
        if times > 1:
            raise refusals.OfficialNamedTwice(official.post_id)
