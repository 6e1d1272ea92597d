"""Carrying out a plan of succession: everything that is open passes on in one transaction, or nothing does.

The append lock is taken first, so what is open can neither change nor grow meanwhile. A process that dies on the way
leaves nothing behind, and the same command sent again begins anew.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid5

from discipline.days import local_day
from discipline.successions.commands import CarryOutSuccession
from discipline.successions.refusals import SuccessionUnknown
from inspection.directives.queries import owed_by
from inspection.organisation import queries
from schemas.discipline.successions import Matter, Went
from services.adapters.discipline.directives import copied_directives
from services.adapters.kafka.folding import States
from services.adapters.postgres.append_lock import locked
from services.application.discipline.aggregates import FOLLOW_UP, SUCCESSION
from services.application.discipline.successions import Goals
from services.application.handler import Done, prepare
from services.application.ports import Won

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date, datetime
    from uuid import UUID

    from asyncpg import Connection, Pool, Record

    from discipline.follow_ups.commands import PassOn
    from discipline.standing import Person
    from discipline.successions.state import Succession
    from inspection.organisation.state import Organisation
    from services.adapters.postgres.store import PostgresStore
    from services.application.handler import Loaded, Request
    from services.application.ports import Append

_OWNED = "select id, owner_post from follow_up_view where going_on and owner_post = any($1) order by id"
_OF_THESE = "select id from follow_up_view where going_on and owner_post = any($1) and id = any($2::uuid[])"
_REVIEWS = """
select agency_id as place, authority_post, count(*) as number from review_view
where (agency_id = any($1) or authority_post = any($2)) and (
    status <> all($3) or status = 'expired' and 'discipline.complaint_filed.v1' = (
        select type from events where stream = 'review-' || review_view.id and type = any($4)
        order by version desc limit 1))
group by 1, 2 order by 1, 2"""
_QUESTIONS = """
select agency_id as place, authority_post, count(*) as number from responsibility_view
where (agency_id = any($1) or authority_post = any($2)) and waiting > 0 group by 1, 2 order by 1, 2"""
_SEATS = """
select seat.value->>'post_id' as place, authority_post, count(*) as number
from board_view, jsonb_array_elements(seats) as seat
where not dissolved and seat.value->>'post_id' = any($1) group by 1, 2 order by 1, 2"""
_CONSULTATIONS = """
select case when consulted_agency = any($1) then consulted_agency else asking_agency end as place, count(*) as number
from consultation_view
where (consulted_agency = any($1) or asking_agency = any($1)) and (going_on or status = 'lapsed')
group by 1 order by 1"""
OVER = ["refused", "lapsed", "terminated", "ended", "exempted", "closed", "revoked", "expired"]
"""Reviews that are not open any more; but an expired one is as long as a complaint waits for its answer."""
_COMPLAINED = [
    "discipline.decision_served.v1",
    *(f"discipline.complaint_{what}.v1" for what in ("filed", "rejected", "answered")),
]
"""A complaint waits when the last of these is its filing; one against an earlier decision went with that decision."""
PAGE = 1_000
"""Follow-ups in one statement of the transaction."""


class LostRace(Exception):
    """Somebody appended without the lock; cannot happen while everybody takes it."""


@dataclass(frozen=True)
class CarryingOut:
    """One plan being carried out, by one person."""

    store: PostgresStore
    organisation: Organisation
    by: Person

    async def run(self, succession_id: UUID, request: Request) -> Done:
        """Pass everything on; return the plan's version.

        Raises:
            Refusal: why it cannot be carried out; nothing has happened.
        """
        async with self.store.pool.acquire() as connection, connection.transaction():
            now = await locked(connection)
            stream = SUCCESSION.stream(succession_id)
            states = States(self.store)
            loaded = (await states.fresh(connection, {stream: SUCCESSION}, keep=False))[stream]  # type: ignore[arg-type]  # a pool's proxy
            if loaded.state is None:
                raise SuccessionUnknown
            act = _Act(self, connection, states, now, request)  # type: ignore[arg-type]  # likewise
            return await act.run(loaded, stream)


@dataclass
class _Act:
    """The one transaction."""

    whole: CarryingOut
    connection: Connection[Record]
    states: States
    now: datetime
    request: Request

    async def run(self, loaded: Loaded, stream: str) -> Done:
        """Decide on the plan first: what is refused moves nothing."""
        plan: Succession = loaded.state
        organisation, today = self.whole.organisation, local_day(self.now)
        owned = await self.connection.fetch(_OWNED, owning_posts(organisation, plan))
        goals = Goals(organisation, plan, today)
        went = [*_moved(goals, owned), *await _staying(self.connection, goals)]
        command = CarryOutSuccession(
            by=self.whole.by,
            chair=queries.chair(organisation, today) or "",
            at=self.now,
            today=today,
            recorded=recorded(organisation, plan, today),
            went=tuple(went),
        )
        own, after = prepare(SUCCESSION, stream, loaded, command, self.request, self.now)
        for start in range(0, len(owned), PAGE):
            await self._pass_on(goals, owned[start : start + PAGE])
        await self._append([own])
        return Done(stream, after.version)

    async def _pass_on(self, goals: Goals, page: list[Record]) -> None:
        streams = {FOLLOW_UP.stream(row["id"]): row for row in page}
        states = await self.states.fresh(self.connection, dict.fromkeys(streams, FOLLOW_UP), keep=False)
        around: dict[str, PassOn] = {}
        appends = []
        for stream, row in streams.items():
            to_post = goals.of(row["id"], row["owner_post"])
            if to_post not in around:
                around[to_post] = goals.command(to_post)
            command_id = uuid5(self.request.command_id, stream)
            request = replace(self.request, command_id=command_id, idempotency=None, expected_version=None)
            append, _ = prepare(FOLLOW_UP, stream, states[stream], around[to_post], request, self.now)
            appends.append(append)
        await self._append(appends)

    async def _append(self, appends: list[Append]) -> None:
        outcomes = await self.whole.store.append_within(self.connection, appends)
        if not all(isinstance(outcome, Won) for outcome in outcomes):
            raise LostRace


async def owned_by(source: Pool[Record], posts: Collection[str], finding_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of the follow-ups go on and belong to one of the posts."""
    rows = await source.fetch(_OF_THESE, list(posts), sorted(finding_ids))
    return frozenset(row["id"] for row in rows)


async def open_matters(source: Pool[Record] | Connection[Record], goals: Goals) -> list[Went]:
    """What is open now, and where the plan would have it go."""
    owned = await source.fetch(_OWNED, owning_posts(goals.organisation, goals.plan))
    return [*_moved(goals, owned), *await _staying(source, goals)]


async def _staying(source: Pool[Record] | Connection[Record], goals: Goals) -> list[Went]:
    """What the plan does not move: it is listed, so that nothing is overlooked.

    It goes on under whoever decides on it, or speaks for the agency. Where that is a post of these agencies, its
    successor by the organisation does from the day on: the law and not the plan says who may decide on a person.
    """
    plan = goals.plan
    agencies, posts = list(plan.predecessors), owning_posts(goals.organisation, plan)
    found = {
        Matter.REVIEW: await source.fetch(_REVIEWS, agencies, posts, OVER, _COMPLAINED),
        Matter.RESPONSIBILITY: await source.fetch(_QUESTIONS, agencies, posts),
        Matter.BOARD_SEAT: await source.fetch(_SEATS, posts),
    }
    asked = await source.fetch(_CONSULTATIONS, agencies)
    directives = await copied_directives(source)
    owed = {one: sum(owed_by(directive, one, plan.day) for directive in directives) for one in agencies}
    return [
        *(_decided(matter, row, goals, posts) for matter, rows in found.items() for row in rows),
        *(_spoken_for(Matter.CONSULTATION, row["place"], row["number"], goals) for row in asked),
        *(_spoken_for(Matter.DUTY, place, number, goals) for place, number in sorted(owed.items()) if number),
    ]


def recorded(organisation: Organisation, plan: Succession, day: date) -> bool:
    """Whether every agency has its end by this act."""
    agencies = (organisation.agencies.get(agency_id) for agency_id in plan.predecessors)
    return all(one is not None and one.succession_id == plan.succession_id and one.has_ended(day) for one in agencies)


def owning_posts(organisation: Organisation, plan: Succession) -> list[str]:
    """Every post of the agencies, also one that was created after the plan was proposed, and what had come to them."""
    own = {post for agency_id in plan.predecessors for post in organisation.posts_of_agency.get(agency_id, ())}
    return sorted(own | set(plan.passages))


def _moved(goals: Goals, owned: Iterable[Record]) -> Iterator[Went]:
    counted = Counter((row["owner_post"], goals.of(row["id"], row["owner_post"])) for row in owned)
    for (from_post, to_post), number in sorted(counted.items()):
        yield Went(matter=Matter.FOLLOW_UP, from_place=from_post, to_post=to_post, moved=True, count=number)


def _spoken_for(matter: Matter, agency_id: str, number: int, goals: Goals) -> Went:
    """Whoever heads the agency that inherits asks, answers and does its duties for the one that has ended."""
    return Went(matter=matter, from_place=agency_id, to_post=goals.heir, moved=True, count=number)


def _decided(matter: Matter, row: Record, goals: Goals, posts: Collection[str]) -> Went:
    before = row["authority_post"]
    decides = goals.heir if before in posts else before
    return Went(matter=matter, from_place=row["place"], to_post=decides, moved=decides != before, count=row["number"])
