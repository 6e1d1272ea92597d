"""The organisation as other contexts know it: a copy of its events, kept by their workers (`<schema>.directory_copy`).

The events are copied, not what they were folded to, so a newer version of the suite folds them anew by itself.
"""

from __future__ import annotations

from functools import reduce
from operator import itemgetter
from typing import TYPE_CHECKING, cast

import orjson

from inspection.organisation.evolve import evolve
from inspection.organisation.state import INITIAL, Organisation
from schemas.base import encode
from schemas.inspection.organisation import OrganisationEvent
from schemas.registry import decode
from services.application.directory import Directory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asyncpg import Connection, Pool, Record

    from schemas.envelope import Recorded
    from schemas.inspection.organisation import AnyOrganisationEvent
    from services.application.reactions import BatchTransaction

_KEPT = "select version from directory_copy where authority_id = $1 for update"
_KEEP = """
insert into directory_copy as kept (authority_id, version, state) values ($1, $2, $3::text::jsonb)
on conflict (authority_id) do update set version = excluded.version, state = kept.state || excluded.state
"""
_TAIL = """
select version, array(
    select event::text from jsonb_array_elements(state) with ordinality as e(event, number)
    where number > $1 order by number) as events
from directory_copy where version > $1
"""


async def keep_directory(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Copy the batch's events of the organisation: an effect of every worker whose context asks the directory."""
    told = [(recorded.version, event) for recorded in batch if isinstance(event := recorded.event, OrganisationEvent)]
    if not told:
        return
    authority_id = told[0][1].authority_id
    known = await transaction.connection.fetchval(_KEPT, authority_id) or 0
    fresh = [(version, encode(event)) for version, event in told if version > known]
    if fresh:
        events = b",".join(event for _, event in fresh).decode()
        await transaction.connection.execute(_KEEP, authority_id, fresh[-1][0], f"[{events}]")


class CopiedOrganisation:
    """Reads the copy: what is known stays in memory, only what came since is fetched."""

    def __init__(self) -> None:
        self._known: tuple[int, Organisation] = (0, INITIAL)

    async def read(self, source: Pool[Record] | Connection[Record]) -> Organisation:
        """The organisation as the source sees it, or newer: an event that was seen once never changes."""
        version, state = self._known
        row = await source.fetchrow(_TAIL, version)
        if row is None:
            return state
        state = reduce(evolve, map(_decoded, row["events"]), state)
        self._known = max(self._known, (row["version"], state), key=itemgetter(0))
        return state


def _decoded(event: str) -> AnyOrganisationEvent:
    decoded = decode(orjson.loads(event)["type"], event)
    return cast("AnyOrganisationEvent", decoded)


def copied_directory(pool: Pool[Record]) -> Directory:
    """The directory of a context that keeps a copy."""
    copy = CopiedOrganisation()
    return Directory(lambda: copy.read(pool))
