"""What the notifier's worker does about the events of other contexts, in the transaction of their batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from inspection.organisation.state import INITIAL
from notifier.alerts.commands import EndAlert
from notifier.alerts.state import alert_id
from notifier.calendar import local_day
from notifier.rules.case import CaseEvent, case_of
from notifier.rules.wait import Mark
from notifier.tracking import Over, follow
from services.adapters import calendar as calendars
from services.adapters.directory_copy import CopiedOrganisation
from services.adapters.notifier import boards, cases
from services.adapters.notifier.defaults import shipped
from services.adapters.notifier.deliveries import suppress
from services.adapters.notifier.traces import AlertSpans
from services.application.notifier import ALERT, Offices, opening
from services.application.reactions import Reaction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from notifier.calendar import Calendar
    from schemas.envelope import Recorded
    from services.application.reactions import BatchTransaction


@dataclass(frozen=True, slots=True)
class Ending:
    """An event, and the stalls that it ended."""

    recorded: Recorded
    over: Sequence[Over]
    confidential: bool
    """The case was, before the event."""

    def command(self) -> EndAlert:
        """What is to be done to their alerts."""
        return EndAlert(ended_by=self.recorded.event_id, ended_type=self.recorded.event.type)

    def spans(self) -> AlertSpans:
        """Tell of it, below the handling of the event."""
        spans = AlertSpans("decide")
        for one in self.over:
            spans.begin(self.command(), one.rule, self.recorded.meta.traceparent, confidential=self.confidential)
        return spans


async def follow_cases(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Fold the batch into its cases, move their deadlines, and end the alerts whose cause is gone.

    An alert ends with the event that moved its case. One that was never opened, because the stall came and went while
    nobody looked, is opened and ended at once: it is on record, and nobody is told of what is over.
    """
    told = [(case_id, recorded) for recorded in batch if (case_id := case_of(recorded.event)) is not None]
    if not told:
        return
    connection = transaction.connection
    before = await cases.load(connection, dict.fromkeys(case_id for case_id, _ in told))
    calendar, defaults = await calendars.within(connection), shipped()
    after = dict(before)
    endings: list[Ending] = []
    for case_id, recorded in told:
        event = cast("CaseEvent", recorded.event)
        case = after[case_id].case
        after[case_id], over = follow(after[case_id], event, mark(recorded), calendar, defaults)
        if over:
            endings.append(Ending(recorded, over, confidential=case is None or case.confidential))
    await cases.keep(connection, before, after)
    if endings:
        await _end(transaction, endings, calendar)


def mark(recorded: Recorded) -> Mark:
    """What an alert remembers of the event that began its wait."""
    meta = recorded.meta
    return Mark(recorded.event_id, recorded.occurred_at, meta.correlation_id, meta.traceparent)


async def _end(transaction: BatchTransaction, endings: Sequence[Ending], calendar: Calendar) -> None:
    connection = transaction.connection
    missed = any(one.missed for ending in endings for one in ending.over)
    organisation = await CopiedOrganisation().read(connection) if missed else INITIAL
    missed_cases = (one.missed[0] for ending in endings for one in ending.over if one.missed is not None)
    seats = await boards.of(connection, missed_cases)
    given = []
    for ending in endings:
        offices = Offices(organisation, local_day(ending.recorded.recorded_at), seats)
        given.append((ending, _reactions(ending, offices, calendar)))
    await transaction.expect([reaction for _, reactions in given for reaction in reactions])
    for ending, reactions in given:
        with ending.spans():
            await transaction.carry_out(ending.recorded, reactions)
    await suppress(connection, [_id(ending.recorded, one) for ending in endings for one in ending.over])


def _reactions(ending: Ending, offices: Offices, calendar: Calendar) -> list[Reaction]:
    recorded, end = ending.recorded, ending.command()
    reactions = []
    for one in ending.over:
        id_ = _id(recorded, one)
        if one.missed is not None:
            case, deadline = one.missed
            missed = opening(case, deadline, offices, calendar, recorded.recorded_at)
            reactions.append(Reaction("open_missed_alert", ALERT, id_, missed))
        reactions.append(Reaction("end_alert", ALERT, id_, end))
    return reactions


def _id(recorded: Recorded, one: Over) -> UUID:
    case_id = case_of(recorded.event)
    assert case_id is not None  # noqa: S101 - only a case's events end its stalls
    return alert_id(case_id.id, one.rule, one.basis)
