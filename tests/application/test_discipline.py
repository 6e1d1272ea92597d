"""The discipline context's commands on a store in memory, with the facts that the organisation gives them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import reduce
from uuid import UUID, uuid4

import pytest

from discipline.follow_ups.commands import Acknowledge, AssignOwner, OpenFollowUp, VerifyRemediation
from discipline.follow_ups.refusals import NotTheOwner, SubordinateCannotJudge
from discipline.follow_ups.state import FollowUp
from discipline.records.commands import CountFinding
from discipline.records.state import Record, record_id
from inspection.organisation.evolve import evolve
from inspection.organisation.state import INITIAL, Organisation
from schemas.values import Posts
from services.application.discipline.aggregates import FOLLOW_UP, RECORD, REVIEW
from services.application.discipline.facts import Facts
from services.application.discipline.standing import PostNotInDirectory
from services.application.handler import Handler, Request
from services.application.identity import Principal, Role
from tests.discipline.samples import CONFIRMED, named, submitted
from tests.fakes.memory_store import MemoryStore
from tests.inspection.province import (
    COMMUNE,
    DISTRICT,
    NEW_COMMUNE,
    PROVINCE,
    REFORMED,
    person,
)

BEFORE, AFTER = datetime(2025, 6, 2, 2, tzinfo=UTC), datetime(2025, 7, 2, 2, tzinfo=UTC)
"""Before and after districts ended."""
TOKEN_ENDS = datetime(2027, 1, 1, tzinfo=UTC)
ORGANISATION: Organisation = reduce(evolve, REFORMED, INITIAL)
FINDING = uuid4()


class Clock:
    async def now(self) -> datetime:
        return BEFORE


def principal(name: str, *roles: Role, agency_id: str | None = None) -> Principal:
    return Principal(person(name), frozenset(roles or {Role.HEAD}), agency_id, TOKEN_ENDS)


def facts(name: str, at: datetime = BEFORE, *roles: Role, agency_id: str | None = None) -> Facts:
    return Facts(principal(name, *roles, agency_id=agency_id), ORGANISATION, at)


def request() -> Request:
    command_id = uuid4()
    return Request(command_id, "somebody", command_id, command_id)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
async def handler(store: MemoryStore) -> Handler:
    """With a follow-up that the district's head owns."""
    handler = Handler(store, Clock())
    opens = submitted()
    finding = opens.model_copy(
        update={
            "finding_id": FINDING,
            "content": opens.content.model_copy(update={"agency_id": DISTRICT}),
            "posts": Posts(
                head=f"{DISTRICT}-head", superior=f"{PROVINCE}-head", inspectorate="x", chair=f"{PROVINCE}-head"
            ),
        }
    )
    await handler.handle(FOLLOW_UP, FINDING, OpenFollowUp(finding), request())
    return handler


async def followed(handler: Handler) -> FollowUp:
    state = (await handler.load(FOLLOW_UP, FOLLOW_UP.stream(FINDING))).state
    assert isinstance(state, FollowUp)
    return state


async def test_a_command_leaves_its_events_and_its_row(handler: Handler, store: MemoryStore) -> None:
    known = facts(f"head of {DISTRICT}")

    await handler.handle(FOLLOW_UP, FINDING, Acknowledge(known.by(f"{DISTRICT}-head")), request())

    row = store.views["follow_up_view"][str(FINDING)]
    assert (row["status"], row["version"], row["owner_post"]) == ("acknowledged", 2, f"{DISTRICT}-head")


def test_where_somebody_stood_on_a_day_arrives_with_him() -> None:
    """The district's head of before the reform."""
    former = facts(f"head of {DISTRICT}", AFTER).by()

    assert former.belonged_to(DISTRICT, date(2025, 6, 30))
    assert not former.belonged_to(DISTRICT, date(2025, 7, 1))
    assert not former.belongs_to(DISTRICT)
    assert facts("anybody", AFTER, agency_id=COMMUNE).by().belongs_to(COMMUNE)
    assert not facts("anybody", AFTER, agency_id=COMMUNE).by().belongs_to(PROVINCE)


async def test_what_an_ended_agency_owed_is_its_successors(handler: Handler) -> None:
    """The district ended on 1 July 2025; its successor's head acts in its place, and its own former head no more."""
    owner = f"{DISTRICT}-head"
    former, heir = facts(f"head of {DISTRICT}", AFTER), facts(f"head of {NEW_COMMUNE}", AFTER)

    with pytest.raises(NotTheOwner):
        await handler.handle(FOLLOW_UP, FINDING, Acknowledge(former.by(owner)), request())
    await handler.handle(FOLLOW_UP, FINDING, Acknowledge(heir.by(owner)), request())

    assert (await followed(handler)).acknowledged
    assert heir.around(await followed(handler)).agency_id == NEW_COMMUNE
    assert heir.posts() == {f"{NEW_COMMUNE}-head", owner}
    assert heir.may_see(await followed(handler))
    assert not former.may_see(await followed(handler))


async def test_the_successors_head_gives_it_to_a_post_of_his_own(handler: Handler) -> None:
    heir = facts(f"head of {NEW_COMMUNE}", AFTER)
    state = await followed(handler)

    owner = heir.place(f"{NEW_COMMUNE}-head")
    await handler.handle(FOLLOW_UP, FINDING, AssignOwner(heir.by(), heir.around(state), owner), request())

    assert (await followed(handler)).owner_post == f"{NEW_COMMUNE}-head"


async def test_before_the_reform_a_commune_stands_below_the_district_and_judges_nothing_of_it(handler: Handler) -> None:
    below = facts(f"head of {COMMUNE}")
    command = VerifyRemediation(below.by(), below.around(await followed(handler)))

    with pytest.raises(SubordinateCannotJudge):
        await handler.handle(FOLLOW_UP, FINDING, command, request())


async def test_an_account_of_the_agency_counts_without_any_post(handler: Handler) -> None:
    newcomer = facts("newcomer", BEFORE, Role.INSPECTOR, agency_id=DISTRICT)

    with pytest.raises(SubordinateCannotJudge):
        await handler.handle(
            FOLLOW_UP, FINDING, VerifyRemediation(newcomer.by(), newcomer.around(await followed(handler))), request()
        )


async def test_whoever_found_it_sees_it_wherever_he_works_now(handler: Handler) -> None:
    inspector = replace(facts("x"), principal=replace(principal("x", Role.INSPECTOR), person_id=named("inspector")))

    assert inspector.may_see(await followed(handler))
    assert not facts("somebody else", BEFORE, Role.INSPECTOR).may_see(await followed(handler))


def test_a_place_knows_its_chain_and_what_does_not_exist_has_none() -> None:
    found = facts("x").place(f"{COMMUNE}-head")

    assert (found.head, found.chain) == (True, (COMMUNE, DISTRICT, PROVINCE))
    with pytest.raises(PostNotInDirectory):
        facts("x").place("nowhere")
    with pytest.raises(PostNotInDirectory):
        facts("x", AFTER).place(f"{DISTRICT}-head")


async def test_a_long_record_survives_being_kept_as_a_snapshot(store: MemoryStore) -> None:
    handler = Handler(store, Clock())
    id_ = record_id("construction", "da-nang-2090")
    for number in range(130):
        confirmed = CONFIRMED.model_copy(update={"finding_id": UUID(int=number), "fact_date": date(2025, 3, 1)})
        await handler.handle(RECORD, id_, CountFinding(confirmed), request())

    state = (await Handler(store, Clock()).load(RECORD, RECORD.stream(id_))).state

    assert await store.snapshot(RECORD.stream(id_), RECORD.shape) is not None
    assert isinstance(state, Record)
    assert (len(state.counted), len(state.reached)) == (130, 43)


def test_streams_are_named_after_what_they_follow() -> None:
    assert FOLLOW_UP.stream(FINDING) == f"follow_up-{FINDING}"
    assert RECORD.stream(record_id("so-y-te", "da-nang-2090")) == "record-so-y-te.da-nang-2090"
    assert REVIEW.stream(FINDING) == f"review-{FINDING}"
