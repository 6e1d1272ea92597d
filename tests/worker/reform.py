"""The province of the reform of 2025-07-01 in a suite of one process: every worker, and the clock.

What one context stores is handed to the others as Kafka would.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import orjson

from discipline.follow_ups.commands import OpenFollowUp
from discipline.successions.commands import ApproveSuccession
from discipline.successions.state import SuccessionStatus
from inspection.organisation import queries
from inspection.organisation.commands import (
    AnnounceRestructuring,
    Command,
    CreateAgency,
    CreatePost,
    FillPost,
    FoundOrganisation,
    MoveAgency,
)
from schemas.base import encode as canonical
from schemas.cloudevents import encode
from schemas.inspection.organisation import AgencyKind, PostKind, RestructuringKind
from schemas.topics import key as key_of
from schemas.values import Answerable, Name, Posts, SubjectKind
from services.adapters.directory_copy import CopiedOrganisation
from services.adapters.discipline.follow_up_alerts import AlertGoes, followed_alerts, open_alerts
from services.adapters.discipline.succession import CarryingOut, owning_posts
from services.adapters.kafka.handling import Handling
from services.adapters.kafka.parking import Tables
from services.adapters.kafka.taking import Taken, take
from services.adapters.notifier.firing import Firing
from services.adapters.postgres.store import PostgresStore
from services.application.directory import AUTHORITY, ORGANISATION
from services.application.discipline import standing
from services.application.discipline.aggregates import FOLLOW_UP, SUCCESSION
from services.application.discipline.successions import Goals
from services.application.handler import Handler, Request
from services.application.notifier import CONSUMER, SOURCES
from services.entrypoints.workers import discipline as discipline_worker
from services.entrypoints.workers import inspection as inspection_worker
from services.entrypoints.workers import notifier as notifier_worker
from tests.discipline.samples import answerable, confirmed_finding, submitted
from tests.kafka.samples import stored

if TYPE_CHECKING:
    from discipline.standing import Person
    from discipline.successions.state import Succession
    from inspection.organisation.state import Organisation
    from tests.parts import Database

SINCE, REFORM = date(2015, 1, 1), date(2025, 7, 1)
BEFORE, AFTER = datetime(2025, 6, 16, 2, tzinfo=UTC), datetime(2025, 7, 1, 2, tzinfo=UTC)
LAST, WEEK_LATER = datetime(2025, 6, 30, 2, tzinfo=UTC), datetime(2025, 7, 8, 2, tzinfo=UTC)
CHAIR_PERSON = uuid4()
TERMS = answerable(Answerable.COLLECTIVE, Answerable.HEAD)
AGENCIES = (
    ("thanh-tra-tinh", AgencyKind.INSPECTORATE, "tinh"),
    ("so-xay-dung", AgencyKind.DEPARTMENT, "tinh"),
    ("thanh-tra-so", AgencyKind.INSPECTORATE, "so-xay-dung"),
    ("so-giao-thong", AgencyKind.DEPARTMENT, "tinh"),
    ("huyen", AgencyKind.DISTRICT, "tinh"),
    ("thanh-tra-huyen", AgencyKind.INSPECTORATE, "huyen"),
    ("phong-noi-vu", AgencyKind.DISTRICT_OFFICE, "huyen"),
    ("xa-cu", AgencyKind.COMMUNE, "huyen"),
)
NEW = (
    ("xa-phu-son", AgencyKind.COMMUNE, "tinh"),
    ("xa-tan-lap", AgencyKind.COMMUNE, "tinh"),
    ("so-moi", AgencyKind.DEPARTMENT, "tinh"),
)
ACTS = {
    "merge": (RestructuringKind.MERGE, ("so-xay-dung", "so-giao-thong"), ("so-moi",), "so-moi"),
    "split": (RestructuringKind.SPLIT, ("huyen",), ("xa-phu-son", "xa-tan-lap"), "xa-phu-son"),
    "offices": (RestructuringKind.END, ("phong-noi-vu",), ("xa-tan-lap",), "xa-tan-lap"),
    "district inspectorate": (RestructuringKind.END, ("thanh-tra-huyen",), ("thanh-tra-tinh",), "thanh-tra-tinh"),
    "department inspectorate": (RestructuringKind.END, ("thanh-tra-so",), ("thanh-tra-tinh",), "thanh-tra-tinh"),
}
"""Provinces that merge show themselves in this: two departments of one task become one."""
ENDED = tuple(agency for _, agencies, _, _ in ACTS.values() for agency in agencies)
LIVING = ("xa-cu", "thanh-tra-tinh")


def name(text: str) -> Name:
    return Name(vi=text, en=text)


DIRECTOR = uuid4()
HEADED_BY = {"so-giao-thong": DIRECTOR, "so-moi": DIRECTOR}
"""One of the merged departments' directors heads the new one."""


def unit(agency_id: str, kind: AgencyKind, parent: str, since: date) -> list[Command]:
    """An agency with a head and a clerk, both held."""
    made: list[Command] = [CreateAgency(agency_id, name(agency_id), kind, parent, since)]
    for post, of in (("head", PostKind.HEAD), ("clerk", PostKind.OFFICIAL)):
        post_id = f"{agency_id}-{post}"
        made.append(CreatePost(post_id, agency_id, of, name(post), SubjectKind.CIVIL_SERVANT, since))
        holder = HEADED_BY.get(agency_id, uuid4()) if of is PostKind.HEAD else uuid4()
        made.append(FillPost(post_id, holder, False, since))
    return made


def organisation() -> list[Command]:
    made: list[Command] = [FoundOrganisation("tinh", name("tinh"), SINCE)]
    made.append(CreatePost("tinh-head", "tinh", PostKind.HEAD, name("chair"), SubjectKind.CADRE, SINCE))
    made.append(FillPost("tinh-head", CHAIR_PERSON, False, SINCE))
    for agency_id, kind, parent in AGENCIES:
        made += unit(agency_id, kind, parent, SINCE)
    for agency_id, kind, parent in NEW:
        made += unit(agency_id, kind, parent, REFORM)
    return [*made, MoveAgency("xa-cu", "tinh", REFORM)]


SPECS = {"inspection": inspection_worker.SPEC, "discipline": discipline_worker.SPEC, "notifier": notifier_worker.SPEC}


class Clock:
    at = BEFORE

    async def now(self) -> datetime:
        return self.at


class Suite:
    """All contexts with their workers and the clock, on one database."""

    def __init__(self, stores: dict[str, PostgresStore], database: Database) -> None:
        self.clock = Clock()
        self.stores = stores
        self.handlers = {context: Handler(store, self.clock) for context, store in self.stores.items()}
        self.workers = {
            context: Handling(store, SPECS[context], Tables(f"{context}-worker"), first_pause=0.0)
            for context, store in self.stores.items()
        }
        self.firing = Firing(stores["notifier"].pool, stores["notifier"], partitions=1)
        self.reached = dict.fromkeys(self.stores, 0)
        self.database = database
        self.plans: dict[str, UUID] = {}

    @property
    def discipline(self) -> PostgresStore:
        return self.stores["discipline"]

    def set_clock(self, at: datetime) -> None:
        self.clock.at = at
        self.database.execute(f"update suite.clock set \"offset\" = '{at.isoformat()}' - clock_timestamp()")

    async def settle(self) -> None:
        """Hand what each has stored to the others and fire what is due, until there is nothing new."""
        moved = True
        while moved:
            moved = await self._hand_on() or await self._fire()

    async def _hand_on(self) -> bool:
        moved = False
        for context, store in self.stores.items():
            fresh = await store.read_all(after=self.reached[context])
            if not fresh:
                continue
            moved, self.reached[context] = True, fresh[-1].position
            for reader in self.stores.keys() - {context}:
                taken = [one for recorded in fresh if (one := as_message(recorded, reader)) is not None]
                await self.workers[reader].carry_out(taken)
                assert self.database.execute(f"select * from {reader}.parked") == []
        return moved

    async def _fire(self) -> bool:
        """The notifier has applied everything through this moment, on the one partition of each topic."""
        self.database.execute(
            f"insert into notifier.applied_watermarks select '{CONSUMER}', topic, 0, suite.now()"
            f" from unnest('{{{','.join(SOURCES)}}}'::text[]) as topic"
            " on conflict (consumer, topic, partition) do update set through = excluded.through"
        )
        return (await self.firing.fire()).fired > 0

    async def record(self, *commands: Command) -> None:
        for command in commands:
            await self.handlers["inspection"].handle(ORGANISATION, AUTHORITY, command, request())
        await self.settle()

    async def organisation(self) -> Organisation:
        return await CopiedOrganisation().read(self.discipline.pool)

    async def chair(self) -> Person:
        return standing.person(await self.organisation(), CHAIR_PERSON, self.clock.at.date())

    async def plan(self, name: str) -> Succession:
        state = (await self.handlers["discipline"].load(SUCCESSION, SUCCESSION.stream(self.plans[name]))).state
        assert state is not None
        return state  # type: ignore[no-any-return]  # of the aggregate

    async def goals(self, name: str) -> Goals:
        """Where a plan lets everything go, carried out now."""
        return Goals(await self.organisation(), await self.plan(name), self.clock.at.date())

    async def approve(self, name: str) -> None:
        command = ApproveSuccession(await self.chair(), "tinh-head")
        await self.handlers["discipline"].handle(SUCCESSION, self.plans[name], command, request())
        await self.settle()

    async def carry_out(self, name: str) -> None:
        act = CarryingOut(self.discipline, await self.organisation(), await self.chair())
        await act.run(self.plans[name], request())
        await self.settle()

    async def open_case(
        self, agency_id: str, *, owner: str = "head", confirmed: bool = False, authority: str = "tinh-head"
    ) -> UUID:
        """A follow-up; confirmed, it proposes reviews and raises the question of the head."""
        finding_id = uuid4()
        posts = Posts(head=f"{agency_id}-{owner}", superior=None, inspectorate="thanh-tra-tinh-head", chair=authority)
        sample = submitted(TERMS)
        content = sample.content.model_copy(update={"agency_id": agency_id, "matter_id": finding_id})
        update = {"finding_id": finding_id, "content": content, "posts": posts}
        submits = sample.model_copy(update=update)
        if not confirmed:
            await self.handlers["discipline"].handle(FOLLOW_UP, finding_id, OpenFollowUp(submits), request())
            return finding_id
        confirms = confirmed_finding(TERMS).model_copy(
            update={"finding_id": finding_id, "agency_id": agency_id, "posts": posts, "matter_id": finding_id}
        )
        stream = f"finding-{finding_id}"
        events = [_message("inspection.restricted", stream, n, event) for n, event in enumerate((submits, confirms), 1)]
        await self.workers["discipline"].carry_out(events)
        return finding_id

    def follow_ups(self) -> dict[UUID, tuple[str, str]]:
        rows = self.database.execute("select id, owner_post, agency_id from discipline.follow_up_view where going_on")
        return {UUID(str(row[0])): (str(row[1]), str(row[2])) for row in rows}

    def alerts(self) -> dict[tuple[UUID, str], list[tuple[str, bool]]]:
        """Whose each alert about a follow-up is, and whether it has ended, by case and rule."""
        found: dict[tuple[UUID, str], list[tuple[str, bool]]] = defaultdict(list)
        rows = self.database.execute(
            "select case_id, rule, owner_post, state = 'ended' from notifier.alert_view where case_kind = 'follow_up'"
        )
        for case_id, rule, owner, ended in rows:
            found[UUID(str(case_id)), str(rule)].append((str(owner), bool(ended)))
        return found

    async def alerts_of_plan(self, name: str) -> list[AlertGoes]:
        """What a plan would make of the alerts that are open, or has made of them."""
        plan, pool = await self.plan(name), self.discipline.pool
        if plan.status is SuccessionStatus.CARRIED_OUT:
            return await followed_alerts(pool, plan.succession_id)
        goals = await self.goals(name)
        return await open_alerts(pool, goals.of, owning_posts(goals.organisation, plan))

    def clocks(self) -> set[tuple[object, ...]]:
        """Until when what is to be done."""
        return set(
            self.database.execute(
                "select 'follow-up', id, due_at from discipline.follow_up_view union all"
                " select 'review', id, open_until from discipline.review_view union all"
                " select 'question', id, answer_until from discipline.responsibility_view"
            )
        )

    async def people(self, *posts: str, on: date) -> tuple[UUID, ...]:
        """Who holds posts on a day."""
        organisation = await self.organisation()
        held = [queries.holder(organisation, post, on) for post in posts]
        return tuple(one.person_id for one in held if one is not None)

    def happened(self, *types: str) -> int:
        """How many events of these types there are."""
        asked = "select count(*) from discipline.events where type = any(%s)"
        [(number,)] = self.database.execute(asked, [f"discipline.{one}.v1" for one in types])
        return int(str(number))


def request() -> Request:
    command_id = uuid4()
    return Request(command_id, "somebody", command_id, command_id)


def as_message(recorded: Any, reader: str) -> Taken | None:
    """An event as the other context's worker receives it, if it reads its topic."""
    event = recorded.event
    if event.topic not in SPECS[reader].topics:
        return None
    return _message(event.topic, recorded.stream, recorded.version, event, recorded.event_id, recorded.occurred_at)


def _message(
    topic: str, stream: str, version: int, event: Any, event_id: UUID | None = None, at: datetime = BEFORE
) -> Taken:
    data = orjson.loads(canonical(event))
    of = {"stream": stream, "version": version, "data": data, "occurred_at": at, "event_id": event_id or uuid4()}
    headers, value = encode(stored(event.type, **of))
    taken = take(topic, 0, version, key_of(event.type, stream, data).encode(), headers, value)
    assert isinstance(taken, Taken)
    return taken


async def announced(suite: Suite) -> Suite:
    for act, (kind, before, after, heir) in ACTS.items():
        suite.plans[act] = uuid4()
        await suite.record(AnnounceRestructuring(suite.plans[act], kind, before, after, heir, REFORM))
    return suite


async def pass_on(suite: Suite) -> None:
    """Every act is approved while the old agencies are there, and carried out on the day."""
    for act in ACTS:
        await suite.approve(act)
    suite.set_clock(AFTER)
    for act in ACTS:
        await suite.carry_out(act)
