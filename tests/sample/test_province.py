"""The sample province holds together, and founding it again changes nothing."""

import json
import re
from collections import Counter
from datetime import UTC, date, datetime
from uuid import uuid4

import jsonschema
import pytest
import yaml

from inspection.organisation import queries
from inspection.organisation.commands import FoundOrganisation, VacatePost
from inspection.organisation.decide import decide
from inspection.organisation.evolve import evolve
from inspection.organisation.state import INITIAL, Organisation
from schemas.inspection.organisation import AgencyKind, PostKind
from schemas.values import Name
from services.adapters import packs
from services.adapters.sample_province import sample_province
from services.application.directory import AUTHORITY, ORGANISATION
from services.application.founding import AnotherOrganisation, found
from services.application.handler import Handler, Request
from services.application.identity import Role
from services.application.province import namesakes
from services.entrypoints.commands.schemas import PROVINCE
from tests.fakes.memory_store import MemoryStore

PACKS = [packs.read(path) for path in packs.shipped()]
BEFORE, AFTER = date(2024, 10, 7), date(2025, 7, 1)
PROVINCE_FILE = PROVINCE.with_name("province.yaml")


class Noon:
    async def now(self) -> datetime:
        return datetime(2024, 10, 7, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def organisation() -> Organisation:
    state = INITIAL
    for command in sample_province().commands(state):
        for event in decide(command, state):
            state = evolve(state, event)
    return state


def _kinds(state: Organisation, day: date) -> Counter[AgencyKind]:
    return Counter(agency.kind for agency in state.agencies.values() if agency.exists(day))


def test_before_the_reform_it_has_every_kind_of_agency(organisation: Organisation) -> None:
    kinds = _kinds(organisation, BEFORE)
    assert set(kinds) == set(AgencyKind)
    assert kinds[AgencyKind.DEPARTMENT] >= 8
    assert kinds[AgencyKind.DISTRICT] >= 4
    assert kinds[AgencyKind.COMMUNE] >= 10


def test_from_the_first_of_july_2025_on_there_are_no_districts(organisation: Organisation) -> None:
    kinds = _kinds(organisation, AFTER)
    assert AgencyKind.DISTRICT not in kinds
    assert AgencyKind.DISTRICT_OFFICE not in kinds
    assert kinds[AgencyKind.COMMUNE] == 5


def test_whatever_ended_has_an_heir_that_lives(organisation: Organisation) -> None:
    ended = [agency for agency in organisation.agencies.values() if agency.ended_on]
    heirs = {agency.agency_id: queries.living(organisation, agency.agency_id, AFTER) for agency in ended}
    assert heirs["huyen-song-trang"] == heirs["xa-vinh-trach"] == "xa-song-trang"
    assert heirs["so-thong-tin-truyen-thong"] == "so-khoa-hoc-cong-nghe"
    assert None not in heirs.values()


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_every_agency_has_a_head_and_a_ladder_above(organisation: Organisation, day: date) -> None:
    for agency in organisation.agencies.values():
        if agency.exists(day):
            posts = queries.posts_around(organisation, agency.agency_id, day)
            assert queries.holder(organisation, posts.head, day) is not None
            assert queries.holder(organisation, posts.chair, day) is not None


def test_every_post_is_held_on_its_first_day(organisation: Organisation) -> None:
    vacant = [post.post_id for post in organisation.posts.values() if not post.holders]
    assert vacant == []
    assert {post.kind for post in organisation.posts.values()} == set(PostKind)


def test_every_agency_that_a_pack_names_is_there(organisation: Organisation) -> None:
    owners: set[str] = set()
    for pack in PACKS:
        owners |= {row.owner for row in pack.duties} | {row.owner for row in pack.indicators}
        owners |= {row.owner for row in pack.reports}
    named = {owner.removeprefix("agency:") for owner in owners if owner.startswith("agency:")}
    assert named <= set(organisation.agencies)
    assert {AgencyKind(owner) for owner in owners if owner in set(AgencyKind)} <= set(_kinds(organisation, BEFORE))


def test_every_role_has_an_account() -> None:
    held = {role for member in sample_province().members(BEFORE) for role in member.roles}
    assert held == set(Role)


def test_user_names_and_people_are_one_to_one() -> None:
    members = sample_province().members(BEFORE)
    assert namesakes(sample_province()) == []
    assert len({member.person_id for member in members}) == len(members)
    assert len({member.person.name for member in members}) == len(members)


def test_nobody_can_be_reached_outside_the_sample() -> None:
    addresses = [str(member.person.email) for member in sample_province().members(BEFORE)]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+@binhlam\.example\.invalid", address) for address in addresses)


def test_an_account_belongs_to_the_agency_of_the_day() -> None:
    chair_of_the_district = sample_province().person_of("huyen-song-trang-chu-tich")

    def agency(day: date) -> str | None:
        return {member.person_id: member.agency_id for member in sample_province().members(day)}[chair_of_the_district]

    assert (agency(BEFORE), agency(AFTER)) == ("huyen-song-trang", "xa-song-trang")


def test_the_file_keeps_the_schema_that_editors_use() -> None:
    plain = json.loads(json.dumps(yaml.safe_load(PROVINCE_FILE.read_text(encoding="utf-8")), default=str))
    jsonschema.validate(plain, json.loads(PROVINCE.read_text(encoding="utf-8")), jsonschema.Draft202012Validator)


async def test_founding_it_again_does_nothing() -> None:
    store = MemoryStore()
    first = await found(sample_province(), PACKS, Handler(store, Noon()))
    before = len(store.events)
    assert first == before > 300
    assert await found(sample_province(), PACKS, Handler(store, Noon())) == 0
    assert len(store.events) == before


@pytest.mark.parametrize("stopped_after", [0, 1, 50, 200, 333, 390])
async def test_founding_goes_on_where_it_was_stopped(stopped_after: int) -> None:
    whole, stopped = MemoryStore(), MemoryStore()
    await found(sample_province(), PACKS, Handler(whole, Noon()))
    with pytest.raises(_Stopped):
        await found(sample_province(), PACKS, _Stopping(stopped, Noon(), stopped_after))
    await found(sample_province(), PACKS, Handler(stopped, Noon()))
    assert [recorded.event_id for recorded in stopped.events] == [recorded.event_id for recorded in whole.events]


class _Stopped(Exception):
    pass


class _Stopping(Handler):
    def __init__(self, store: MemoryStore, clock: Noon, after: int) -> None:
        super().__init__(store, clock)
        self._left = after

    async def handle(self, *command: object, **named: object) -> object:  # type: ignore[override] # passes all on
        if self._left == 0:
            raise _Stopped
        self._left -= 1
        return await super().handle(*command, **named)  # type: ignore[arg-type] # passes all on


async def test_what_an_administrator_changed_stays() -> None:
    store = MemoryStore()
    handler = Handler(store, Noon())
    await found(sample_province(), PACKS, handler)
    vacate = VacatePost("so-y-te-chuyen-vien", AFTER)
    id_ = uuid4()
    await handler.handle(ORGANISATION, AUTHORITY, vacate, Request(id_, "administrator", id_, id_))
    assert await found(sample_province(), PACKS, handler) == 0


async def test_another_authoritys_store_is_left_alone() -> None:
    handler = Handler(MemoryStore(), Noon())
    id_ = uuid4()
    other = FoundOrganisation("ubnd-tinh-khac", Name(vi="UBND tỉnh khác", en="Another province"), BEFORE)
    await handler.handle(ORGANISATION, AUTHORITY, other, Request(id_, "administrator", id_, id_))
    with pytest.raises(AnotherOrganisation):
        await found(sample_province(), PACKS, handler)
