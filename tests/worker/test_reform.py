"""The reform of 2025-07-01 on the real database: districts and inspectorates end, departments merge, nothing is lost.

Units and cases are invented. Both workers run; what one stores is handed to the other as Kafka would.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import orjson
import pytest

from discipline.follow_ups.commands import OpenFollowUp
from discipline.successions.commands import ApproveSuccession, CorrectSuccession
from discipline.successions.refusals import SuccessionAhead, SuccessionNotApproved
from inspection.organisation import queries
from inspection.organisation.commands import (
    AnnounceRestructuring,
    Command,
    CreateAgency,
    CreatePost,
    FillPost,
    FoundOrganisation,
    MoveAgency,
    WithdrawRestructuring,
)
from schemas.base import encode as canonical
from schemas.cloudevents import encode
from schemas.discipline.successions import Passage, SuccessionCarriedOut
from schemas.inspection.organisation import AgencyKind, PostKind, RestructuringKind
from schemas.topics import key as key_of
from schemas.values import Answerable, Name, Posts, SubjectKind
from services.adapters.directory_copy import CopiedOrganisation
from services.adapters.discipline import effects, succession
from services.adapters.discipline.succession import CarryingOut, open_matters
from services.adapters.kafka.handling import Handling
from services.adapters.kafka.parking import Tables
from services.adapters.kafka.taking import Taken, take
from services.adapters.postgres.store import PostgresStore
from services.application.directory import AUTHORITY, ORGANISATION
from services.application.discipline import standing
from services.application.discipline.aggregates import FOLLOW_UP, SUCCESSION
from services.application.handler import Handler, Request
from services.entrypoints.workers import discipline as discipline_worker
from services.entrypoints.workers import inspection as inspection_worker
from tests.discipline.samples import answerable, confirmed_finding, document, submitted
from tests.kafka.samples import stored

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from discipline.standing import Person
    from discipline.successions.state import Succession
    from inspection.organisation.state import Organisation
    from tests.parts import Database

SINCE, REFORM = date(2015, 1, 1), date(2025, 7, 1)
BEFORE, AFTER = datetime(2025, 6, 16, 2, tzinfo=UTC), datetime(2025, 7, 1, 2, tzinfo=UTC)
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


def unit(agency_id: str, kind: AgencyKind, parent: str, since: date) -> list[Command]:
    """An agency with a head and a clerk, both held."""
    made: list[Command] = [CreateAgency(agency_id, name(agency_id), kind, parent, since)]
    for post, of in (("head", PostKind.HEAD), ("clerk", PostKind.OFFICIAL)):
        post_id = f"{agency_id}-{post}"
        made.append(CreatePost(post_id, agency_id, of, name(post), SubjectKind.CIVIL_SERVANT, since))
        made.append(FillPost(post_id, uuid4(), False, since))
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


class Clock:
    at = BEFORE

    async def now(self) -> datetime:
        return self.at


class Suite:
    """Both contexts with their workers, on one database."""

    def __init__(self, inspection: PostgresStore, discipline: PostgresStore, database: Database) -> None:
        self.clock = Clock()
        self.stores = {"inspection": inspection, "discipline": discipline}
        self.handlers = {context: Handler(store, self.clock) for context, store in self.stores.items()}
        specs = {"inspection": inspection_worker.SPEC, "discipline": discipline_worker.SPEC}
        self.workers = {
            context: Handling(store, specs[context], Tables(f"{context}-worker"), first_pause=0.0)
            for context, store in self.stores.items()
        }
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
        """Hand what each has stored to the other, until there is nothing new."""
        moved = True
        while moved:
            moved = False
            for context, other in (("inspection", "discipline"), ("discipline", "inspection")):
                fresh = await self.stores[context].read_all(after=self.reached[context])
                if not fresh:
                    continue
                moved, self.reached[context] = True, fresh[-1].position
                taken = [one for recorded in fresh if (one := as_message(recorded, other)) is not None]
                await self.workers[other].carry_out(taken)
                assert self.database.execute(f"select * from {other}.parked") == []

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

    async def approve(self, name: str) -> None:
        command = ApproveSuccession(await self.chair(), "tinh-head")
        await self.handlers["discipline"].handle(SUCCESSION, self.plans[name], command, request())
        await self.settle()

    async def carry_out(self, name: str) -> None:
        act = CarryingOut(self.discipline, await self.organisation(), await self.chair())
        await act.run(self.plans[name], request())
        await self.settle()

    async def open_case(self, agency_id: str, *, owner: str = "head", confirmed: bool = False) -> UUID:
        """A follow-up; confirmed, it proposes reviews and raises the question of the head."""
        finding_id = uuid4()
        posts = Posts(head=f"{agency_id}-{owner}", superior=None, inspectorate="thanh-tra-tinh-head", chair="tinh-head")
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


def request() -> Request:
    command_id = uuid4()
    return Request(command_id, "somebody", command_id, command_id)


def as_message(recorded: Any, reader: str) -> Taken | None:
    """An event as the other context's worker receives it, if it reads its topic."""
    event = recorded.event
    if event.topic not in {"inspection": ("discipline.restricted",), "discipline": ("inspection.restricted",)}[reader]:
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


@pytest.fixture(autouse=True)
def fresh_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects, "_organisation", CopiedOrganisation())


@pytest.fixture
async def suite(database: Database) -> AsyncIterator[Suite]:
    """The province before its reform, with the acts announced."""
    inspection = await PostgresStore.open(database.dsn("inspection"), "inspection")
    discipline = await PostgresStore.open(database.dsn("discipline"), "discipline")
    made = Suite(inspection, discipline, database)
    made.set_clock(BEFORE)
    await made.record(*organisation())
    yield made
    await inspection.close()
    await discipline.close()


async def announced(suite: Suite) -> Suite:
    for act, (kind, before, after, heir) in ACTS.items():
        suite.plans[act] = uuid4()
        await suite.record(AnnounceRestructuring(suite.plans[act], kind, before, after, heir, REFORM))
    return suite


async def test_each_act_proposes_a_plan_for_every_post_of_what_ends(suite: Suite) -> None:
    await announced(suite)

    for act, (_, before, _, heir) in ACTS.items():
        plan = await suite.plan(act)
        assert plan.passages == {f"{one}-{post}": f"{heir}-head" for one in before for post in ("head", "clerk")}


async def test_after_the_reform_nothing_is_left_without_an_owner(suite: Suite) -> None:
    """Follow-ups, reviews and questions of heads; history keeps who owned them before."""
    cases = {
        await suite.open_case(agency, owner=owner, confirmed=confirmed): agency
        for agency in (*ENDED, *LIVING)
        for owner, confirmed in (("head", True), ("clerk", False))
    }
    await announced(suite)
    split = CorrectSuccession(
        by=await suite.chair(),
        passages=(Passage(from_post="huyen-clerk", to_post="xa-tan-lap-clerk"),),
        singled=(),
        chains={"xa-tan-lap-clerk": ("xa-tan-lap", "tinh")},
        reasons=document("why"),
    )
    await suite.handlers["discipline"].handle(SUCCESSION, suite.plans["split"], split, request())
    for act in ACTS:
        await suite.approve(act)
    suite.set_clock(AFTER)

    for act in ACTS:
        await suite.carry_out(act)

    organisation = await suite.organisation()
    owned = suite.follow_ups()
    heirs = {agency: heir for _, before, _, heir in ACTS.values() for agency in before}
    assert set(owned) == set(cases)
    for finding_id, (owner, agency) in owned.items():
        held = queries.holder(organisation, owner, REFORM)
        assert held is not None, f"{cases[finding_id]}: nobody holds {owner}"
        assert organisation.agencies[agency].exists(REFORM)
        assert organisation.posts[owner].agency_id == agency
        assert agency in {heirs.get(cases[finding_id], cases[finding_id]), "xa-tan-lap"}
    assert Counter(owner for owner, _ in owned.values())["xa-tan-lap-clerk"] == 1
    reviews = suite.database.execute("select distinct authority_post from discipline.review_view")
    questions = suite.database.execute("select distinct authority_post from discipline.responsibility_view")
    assert reviews == questions == [("tinh-head",)]
    assert [queries.holder(organisation, str(post), REFORM) is not None for (post,) in reviews] == [True]


async def test_the_report_says_what_went_where_and_adds_up(suite: Suite) -> None:
    cases = [await suite.open_case("huyen", confirmed=True) for _ in range(3)] + [await suite.open_case("huyen")]
    await announced(suite)
    await suite.approve("split")
    suite.set_clock(AFTER)
    foreseen = await open_matters(suite.discipline.pool, await suite.organisation(), await suite.plan("split"))

    await suite.carry_out("split")

    went = (await suite.plan("split")).went
    assert list(went) == foreseen
    assert sum(one.count for one in went if one.moved) == len(cases)
    [(reviews,)] = suite.database.execute("select count(*) from discipline.review_view")
    assert [(one.matter.value, one.count) for one in went if not one.moved] == [("review", reviews)]
    assert await open_matters(suite.discipline.pool, await suite.organisation(), await suite.plan("split")) == [
        one for one in went if not one.moved
    ]


async def test_history_is_not_rewritten(suite: Suite) -> None:
    finding_id = await suite.open_case("huyen")
    before = await suite.discipline.load(FOLLOW_UP.stream(finding_id))
    await announced(suite)
    await suite.approve("split")
    suite.set_clock(AFTER)

    await suite.carry_out("split")

    after = await suite.discipline.load(FOLLOW_UP.stream(finding_id))
    assert list(after[: len(before)]) == list(before)
    assert [recorded.event.type for recorded in after[len(before) :]] == ["discipline.follow_up_passed_on.v1"]
    organisation = await suite.organisation()
    assert queries.holder(organisation, "huyen-head", date(2025, 6, 30)) is not None
    assert queries.holder(organisation, "huyen-head", REFORM) is None


async def test_it_is_refused_before_the_day_and_without_approval(suite: Suite) -> None:
    await suite.open_case("huyen")
    await announced(suite)
    with pytest.raises(SuccessionNotApproved):
        await suite.carry_out("split")
    await suite.approve("split")
    with pytest.raises(SuccessionAhead):
        await suite.carry_out("split")
    assert {owner for owner, _ in suite.follow_ups().values()} == {"huyen-head"}


async def test_one_that_dies_on_the_way_has_moved_nothing_and_begins_anew(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [await suite.open_case("huyen") for _ in range(5)]
    await announced(suite)
    await suite.approve("split")
    suite.set_clock(AFTER)
    monkeypatch.setattr(succession, "PAGE", 2)
    pages: list[int] = []
    pass_on = succession._Act._pass_on

    async def dies(act: Any, plan: Any, page: Any, today: date) -> None:
        await pass_on(act, plan, page, today)
        pages.append(len(page))
        if len(pages) == 2:
            raise ConnectionError

    with monkeypatch.context() as crash:
        crash.setattr(succession._Act, "_pass_on", dies)
        with pytest.raises(ConnectionError):
            await suite.carry_out("split")
    assert pages == [2, 2]
    assert {owner for owner, _ in suite.follow_ups().values()} == {"huyen-head"}

    await suite.carry_out("split")

    assert [owner for owner, _ in suite.follow_ups().values()] == ["xa-phu-son-head"] * len(cases)
    stream = await suite.discipline.load(SUCCESSION.stream(suite.plans["split"]))
    assert sum(isinstance(recorded.event, SuccessionCarriedOut) for recorded in stream) == 1


async def test_an_act_that_is_withdrawn_takes_its_plan_along(suite: Suite) -> None:
    await announced(suite)

    await suite.record(WithdrawRestructuring(suite.plans["merge"]))

    assert (await suite.plan("merge")).status == "withdrawn"
