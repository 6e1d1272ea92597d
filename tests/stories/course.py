"""An authority in one process, on a clock that a test moves: deciders, policies and stall rules, without the processes.

What the workers do because of an event is done here right behind it, and what is due is fired at the moment at which it
is due: this is the calm run that everything else is measured by.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from typing import Any, cast
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from discipline.proposals import Demand, Loss, loss, proposals
from discipline.reviews.reckoning import Setting
from discipline.reviews.state import Review
from inspection.organisation.state import Organisation
from inspection.shirking import shirking
from notifier.alerts.commands import Command as AlertCommand
from notifier.alerts.commands import EndAlert, EscalateAlert, ExhaustLadder, ExpireAcknowledgement
from notifier.alerts.state import Alert, NextKind, alert_id
from notifier.calendar import Calendar, local_day
from notifier.rules.case import CaseEvent, CaseId, Deadline, case_of, waits
from notifier.rules.wait import Mark
from notifier.tracking import Over, Standing, Tracked, follow
from schemas.discipline.followups import FollowUpHandedOver, ReviewDemanded
from schemas.discipline.reviews import Subject
from schemas.envelope import Recorded
from schemas.inspection.directives import Pack
from schemas.notifier.alerts import AlertEscalated, AlertOpened, StallRule
from schemas.values import Answerable
from services.adapters import law, packs
from services.adapters.calendar import vietnam
from services.adapters.notifier.defaults import shipped
from services.adapters.notifier.rounds import SUPERSEDES
from services.adapters.sample_province import sample_province
from services.application.aggregate import Aggregate
from services.application.directives import DIRECTIVE
from services.application.directory import ORGANISATION, STREAM
from services.application.discipline.aggregates import REVIEW
from services.application.discipline.heads import heads
from services.application.discipline.policies import reactions
from services.application.findings import FINDING
from services.application.founding import found
from services.application.handler import Handler, Request
from services.application.notifier import ALERT, Offices, opening
from services.application.reactions import Reaction, command_id
from tests.fakes.memory_store import MemoryStore

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_DAY = date(2024, 10, 7)
"""A Monday; until the summer after it nobody changes posts and no agency ends."""


def answering(organisation: Organisation, demand: Demand) -> dict[Answerable, Subject]:
    """The heads who answer, each by his place."""
    if not isinstance(demand, ReviewDemanded):
        return {}
    found = heads(organisation, demand.agency_id, demand.posts, demand.fact_date, demand.answerable)
    return {
        (Answerable.HEAD if one.level == 1 else Answerable.HEAD_ABOVE): Subject(
            kind=one.kind, agency_id=one.agency_id, person_id=one.person_id, post_id=one.post_id
        )
        for one in reversed(found)
    }


def nine(day: date) -> datetime:
    """When the office opens."""
    return datetime.combine(day, time(9), HERE)


@dataclass(frozen=True)
class Told:
    """Somebody heard of a stall."""

    on: date
    rule: StallRule
    post: str


@dataclass
class Clock:
    """A clock that is set by hand."""

    at: datetime = field(default_factory=lambda: nine(FIRST_DAY))

    async def now(self) -> datetime:
        return self.at


@dataclass
class Course:
    """The sample province with its five directives, and what has happened there."""

    store: MemoryStore = field(default_factory=MemoryStore)
    clock: Clock = field(default_factory=Clock)
    calendar: Calendar = field(default_factory=vietnam)
    told: list[Told] = field(default_factory=list)
    _cases: dict[CaseId, Tracked] = field(default_factory=dict)
    _alerts: dict[UUID, None] = field(default_factory=dict)
    _seen: int = 0

    def __post_init__(self) -> None:
        self.handler = Handler(self.store, self.clock)

    @property
    def at(self) -> datetime:
        """Now."""
        return self.clock.at

    @property
    def today(self) -> date:
        """The day in Asia/Ho_Chi_Minh."""
        return local_day(self.at)

    async def organisation(self) -> Organisation:
        """The province as it is recorded."""
        return cast("Organisation", (await self.handler.load(ORGANISATION, STREAM)).state)

    async def state(self, aggregate: Aggregate[Any, Any, Any], id_: object) -> Any:
        """What an aggregate has become."""
        return (await self.handler.load(aggregate, aggregate.stream(id_))).state

    async def reviews(self, finding_id: UUID) -> list[Review]:
        """The reviews that rest, or rested, on a finding."""
        rows = self.store.views["review_view"].values()
        found = [await self.state(REVIEW, row["id"]) for row in rows]
        return [review for review in found if any(item.finding_id == finding_id for item in review.known)]

    async def alerts(self, case_id: UUID) -> list[Alert]:
        """The alerts about a case, as they were opened."""
        found = [cast("Alert", await self.state(ALERT, id_)) for id_ in self._alerts]
        return [alert for alert in found if alert.opened is not None and alert.opened.case_id == case_id]

    def told_of(self, rule: StallRule) -> list[tuple[date, str]]:
        """Who heard of stalls of a kind, and on which day."""
        return [(told.on, told.post) for told in self.told if told.rule is rule]

    # -- what people do --------------------------------------------------------------------------------------------

    async def carry_out(self, aggregate: Aggregate[Any, Any, Any], id_: object, command: object, by: UUID) -> None:
        """Let a person do something, and all follow that follows from it."""
        named = uuid4()
        await self.handler.handle(aggregate, id_, command, Request(named, str(by), named, named))
        await self._follow()

    async def until(self, moment: date | datetime) -> None:
        """Let time pass; a day means the hour at which its offices open."""
        target = moment if isinstance(moment, datetime) else nine(moment)
        while (due := await self._next_due()) is not None and due <= target:
            self.clock.at = max(due, self.at)
            await self._fire()
            await self._follow()
        assert target >= self.at, "time does not run backwards"
        self.clock.at = target

    # -- what the workers do -----------------------------------------------------------------------------------------

    async def _follow(self) -> None:
        while self._seen < len(self.store.events):
            recorded = self.store.events[self._seen]
            self._seen += 1
            self._note(recorded)
            for index, reaction in enumerate([*await self._policies(recorded), *await self._tracking(recorded)]):
                request = Request(
                    command_id=command_id(recorded.event_id, reaction.policy, index),
                    actor=f"policy:{reaction.policy}",
                    correlation_id=recorded.meta.correlation_id,
                    causation_id=recorded.event_id,
                    occurred_at=recorded.occurred_at,
                )
                await self.handler.handle(reaction.aggregate, reaction.id, reaction.command, request)

    async def _policies(self, recorded: Recorded) -> list[Reaction]:
        event, at = recorded.event, recorded.occurred_at
        found = list(reactions(event))
        if isinstance(event, Demand):
            setting = Setting(at, law.shipped(), self.calendar)
            proposed = proposals(event, answering(await self.organisation(), event), setting)
            found += [Reaction("propose-review", REVIEW, id_, command) for id_, command in proposed.items()]
        if isinstance(event, Loss):
            lost = loss(event, at, self.calendar)
            resting = {review for finding in lost.findings for review in self._resting(finding)}
            found += [Reaction("lose-basis", REVIEW, id_, lost) for id_ in sorted(resting)]
        if isinstance(event, FollowUpHandedOver):
            draft = shirking(
                event,
                local_day(at),
                finding=await self.state(FINDING, event.finding_id),
                directive=await self.state(DIRECTIVE, event.directive_id),
                organisation=await self.organisation(),
            )
            found += [] if draft is None else [Reaction("draft-shirking", FINDING, draft.finding_id, draft)]
        return found

    def _resting(self, finding_id: UUID) -> Iterator[UUID]:
        for row in self.store.views["review_view"].values():
            if str(finding_id) in row["findings"]:
                yield UUID(row["id"])

    async def _tracking(self, recorded: Recorded) -> list[Reaction]:
        case_id = case_of(recorded.event)
        if case_id is None:
            return []
        mark = Mark(recorded.event_id, recorded.occurred_at, recorded.meta.correlation_id)
        event = cast("CaseEvent", recorded.event)
        tracked, overs = follow(self._cases.get(case_id, Tracked()), event, mark, self.calendar, shipped())
        self._cases[case_id] = tracked
        return [self._ending(case_id, over, recorded) for over in overs]

    def _ending(self, case_id: CaseId, over: Over, recorded: Recorded) -> Reaction:
        assert over.missed is None, "in a calm run every stall is found while it lasts"
        command = EndAlert(ended_by=recorded.event_id, ended_type=recorded.event.type)
        return Reaction("end_alert", ALERT, alert_id(case_id.id, over.rule, over.basis), command)

    def _note(self, recorded: Recorded) -> None:
        match recorded.event:
            case AlertOpened() as opened:
                self._alerts[opened.alert_id] = None
                self._tell(recorded, opened.rule, opened.ladder[0].posts)
            case AlertEscalated() as climbed:
                first = next(one.event for one in self.store.events if one.stream == recorded.stream)
                self._tell(recorded, cast("AlertOpened", first).rule, climbed.posts)
            case _:  # nobody else is told
                pass

    def _tell(self, recorded: Recorded, rule: StallRule, posts: tuple[str, ...]) -> None:
        self.told += [Told(local_day(recorded.recorded_at), rule, post) for post in posts]

    # -- what the clock does -----------------------------------------------------------------------------------------

    async def _next_due(self) -> datetime | None:
        deadlines = (
            standing.due_at
            for tracked in self._cases.values()
            for standing in tracked.standing.values()
            if not standing.fired
        )
        steps = [following.at for _, alert in await self._open_alerts() if (following := alert.next) is not None]
        return min((*deadlines, *steps), default=None)

    async def _open_alerts(self) -> list[tuple[UUID, Alert]]:
        return [(id_, await self.state(ALERT, id_)) for id_ in self._alerts]

    async def _fire(self) -> None:
        known = await self._open_alerts()
        offices = Offices(await self.organisation(), self.today)
        for _, case_id, rule, standing in self._due():
            await self._open(case_id, rule, standing, offices)
        for id_, alert in known:
            following = alert.next
            if following is not None and following.at <= self.at:
                await self._by_clock(id_, self._by_itself(following.kind))

    def _due(self) -> list[tuple[datetime, CaseId, StallRule, Standing]]:
        due: list[tuple[datetime, str, CaseId, StallRule, Standing]] = []
        for case_id, tracked in self._cases.items():
            for rule, standing in tracked.standing.items():
                if not standing.fired and standing.due_at <= self.at:
                    heapq.heappush(due, (standing.due_at, f"{case_id.id}/{rule}", case_id, rule, standing))
        return [(due_at, case_id, rule, standing) for due_at, _, case_id, rule, standing in sorted(due)]

    async def _open(self, case_id: CaseId, rule: StallRule, standing: Standing, offices: Offices) -> None:
        tracked = self._cases[case_id]
        assert tracked.case is not None
        wait = next(wait for wait in waits(tracked.case) if wait.rule is rule and wait.basis.event_id == standing.basis)
        command = opening(tracked.case, Deadline(wait, standing.due_at), offices, self.calendar, self.at)
        await self._by_clock(command.alert_id, command)
        fired = {**tracked.standing, rule: Standing(standing.basis, standing.due_at, fired=True)}
        self._cases[case_id] = Tracked(tracked.case, fired)
        for earlier in SUPERSEDES.get(rule, ()):
            if (call := fired.get(earlier)) is not None and call.fired:
                end = EndAlert(ended_by=command.alert_id, ended_type="notifier.alert_opened.v1")
                await self._by_clock(alert_id(case_id.id, earlier, call.basis), end)

    def _by_itself(self, kind: NextKind) -> AlertCommand:
        made: dict[NextKind, AlertCommand] = {
            NextKind.CLIMB: EscalateAlert(self.at, self.calendar),
            NextKind.EXPIRE: ExpireAcknowledgement(self.at),
            NextKind.EXHAUST: ExhaustLadder(self.at),
        }
        return made[kind]

    async def _by_clock(self, id_: UUID, command: AlertCommand) -> None:
        named = uuid4()
        await self.handler.handle(ALERT, id_, command, Request(named, "clock", named, named))


_FOUNDED: list[MemoryStore] = []


async def course() -> Course:
    """The sample province on its first day, with everything adopted."""
    if not _FOUNDED:
        founding = Course()
        await found(sample_province(), map(packs.read, packs.shipped()), founding.handler)
        _FOUNDED.append(founding.store)
    made = Course(store=_FOUNDED[0].fork())
    made._seen = len(made.store.events)
    return made


@cache
def pack_of(directive_id: str) -> Pack:
    """The pack that is shipped for a directive."""
    found = {pack.directive_id: pack for pack in map(packs.read, packs.shipped())}
    return found[directive_id]
