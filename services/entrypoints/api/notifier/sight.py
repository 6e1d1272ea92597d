"""Which alerts a caller sees: those that told one of his posts, and those of agencies within his reach.

An alert about a review, or about an inspection that nobody may expect, is seen only by who was told and by auditors.
Nobody sees an alert about his own review, or about that of a board in which he takes no part, whatever post he holds.
A collective's review is that of whoever belonged to it at a fact, or belongs to it now.
What told somebody as the person he is, he no longer sees once his seat on the board is vacant or another's, nor once
another keeps the file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from inspection.organisation import queries
from services.adapters.notifier import boards, concerned
from services.application.identity import Role
from services.entrypoints.api.refusals import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from services.adapters.notifier.boards import Limits
    from services.entrypoints.api.call import Call

PEOPLE = frozenset(
    {
        Role.INSPECTOR,
        Role.TEAM_LEADER,
        Role.AGENCY_USER,
        Role.HEAD,
        Role.BOARD_MEMBER,
        Role.BOARD_SECRETARY,
        Role.INSPECTORATE_OFFICER,
        Role.AUTHORITY,
    }
)
"""Who can be told something."""
READERS = PEOPLE | {Role.AUDITOR}

BARRED = """
    exists (select from stall_case left join board on board.id = (stall_case.state->>'board_id')::uuid
        where stall_case.case_id = alert_view.case_id and stall_case.case_kind in ('review', 'responsibility')
            and ((stall_case.state->'subjects')::jsonb
                    @> jsonb_build_array(jsonb_build_object('person_id', {person}::uuid))
                or (stall_case.state->'subject'->>'person_id')::uuid = {person}
                or {person} = any(board.recused || board.related)
                or stall_case.case_kind = 'review' and stall_case.case_id = any({conflicted}::uuid[])))
"""
"""Whether an alert is about the review of a person, or of a board in which he takes no part, or may not on this day."""
VISIBLE = f"""
    ($1 or told && $2::text[] or told @> array[$4::uuid::text] and case_id <> all($6::uuid[])
        or (case_kind in ('finding', 'follow_up') and ($3::text[] is null or agency_id = any($3))))
    and not {BARRED.format(person="$4", conflicted="$5")}
"""
"""A condition on `alert_view`; its parameters are those of `Sight.parameters`."""

_ONE = f"select confidential from alert_view where {VISIBLE} and id = $7"  # noqa: S608 -- our own condition
_READ = """
insert into confidential_reads (alert_id, reader, route, correlation_id)
select alert_id, $2, $3, $4 from unnest($1::uuid[]) as read(alert_id)
"""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a caller sees."""

    everything: bool
    posts: tuple[str, ...]
    """That he holds today, or has inherited."""
    agencies: frozenset[str] | None
    person_id: UUID
    limits: Limits
    """Of the boards on which he sits or sat."""

    @property
    def parameters(self) -> tuple[bool, list[str], list[str] | None, UUID, tuple[UUID, ...], tuple[UUID, ...]]:
        """Of `VISIBLE`."""
        agencies = None if self.agencies is None else sorted(self.agencies)
        kept = self.limits.conflicted, self.limits.vacated
        return self.everything, list(self.posts), agencies, self.person_id, *kept


async def held(call: Call) -> tuple[str, ...]:
    """The posts that the caller holds today."""
    return queries.posts_of(await call.organisation(), call.principal.person_id, await call.today())


async def posts(call: Call) -> tuple[str, ...]:
    """The posts that the caller holds today, and those that have ended and come to him: what they were told is his."""
    found = queries.posts_with_inherited(await call.organisation(), call.principal.person_id, await call.today())
    return tuple(sorted(found))


async def sight(call: Call) -> Sight:
    """What the caller sees today."""
    auditor = Role.AUDITOR in call.principal.roles
    return Sight(auditor, await posts(call), await call.agencies(), call.principal.person_id, await limits(call))


async def limits(call: Call) -> Limits:
    """What is kept from the caller today: by the boards on which he sits, and of collectives to which he belonged."""
    organisation, day = await call.organisation(), await call.today()
    who = call.context.pool, call.principal.person_id, organisation, day
    kept = await boards.limits(*who)
    return replace(kept, conflicted=(*kept.conflicted, *await concerned.reviews_of_collectives(*who)))


async def in_sight(call: Call) -> None:
    """Scope of the routes of one alert. Raises `NotFound`: to others it does not exist."""
    seen = (await sight(call)).parameters
    confidential = await call.context.pool.fetchval(_ONE, *seen, call.path_id("alert_id"))
    if confidential is None:
        raise NotFound
    if confidential:
        await remember(call, [call.path_id("alert_id")])


async def remember(call: Call, alert_ids: Iterable[UUID]) -> None:
    """Record that the caller reads confidential alerts, before they are shown."""
    if ids := list(alert_ids):
        exchange = call.exchange
        await call.context.pool.execute(_READ, ids, call.principal.actor, exchange.template, exchange.correlation_id)
