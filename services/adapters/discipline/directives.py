"""The directives as this context knows them: a copy of their events, for what is asked under their terms.

The events are copied, not what they were folded to, so a newer version of the suite folds them anew by itself.
"""

from __future__ import annotations

from functools import reduce
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, cast

import orjson

from schemas.base import encode
from schemas.inspection.directives import DirectiveEvent
from schemas.registry import decode
from services.application.directives import DIRECTIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from asyncpg import Connection, Pool, Record

    from inspection.directives.state import Directive
    from schemas.envelope import Recorded
    from schemas.inspection.directives import AnyDirectiveEvent
    from services.application.reactions import BatchTransaction

_KEEP = """
insert into directive_copy (directive_id, version, event)
select directive_id, version, event::jsonb
from unnest($1::text[], $2::integer[], $3::text[]) as new(directive_id, version, event)
order by directive_id, version on conflict do nothing"""
_READ = "select event from directive_copy where directive_id = $1 order by version"
_READ_ALL = "select directive_id, event from directive_copy order by directive_id, version"


async def keep_directives(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Copy the batch's events of directives: an effect of the discipline worker."""
    await fold_directives(transaction.connection, batch)


async def fold_directives(connection: Connection[Record], batch: Sequence[Recorded]) -> None:
    """Copy what is told of directives, each event once."""
    told = [(one.event, one.version) for one in batch if isinstance(one.event, DirectiveEvent)]
    if told:
        ids, versions = [event.directive_id for event, _ in told], [version for _, version in told]
        await connection.execute(_KEEP, ids, versions, [encode(event).decode() for event, _ in told])


async def copied_directive(pool: Pool[Record], directive_id: str) -> Directive:
    """A directive as it is known here; one that is not known was never adopted."""
    return _folded(await pool.fetch(_READ, directive_id))


async def copied_directives(source: Pool[Record] | Connection[Record]) -> list[Directive]:
    """Every directive as it is known here, by id."""
    by_id = groupby(await source.fetch(_READ_ALL), key=itemgetter("directive_id"))
    return [_folded(rows) for _, rows in by_id]


def _folded(rows: Iterable[Record]) -> Directive:
    return reduce(DIRECTIVE.evolve, (_decoded(row["event"]) for row in rows), DIRECTIVE.initial)


def _decoded(event: str) -> AnyDirectiveEvent:
    return cast("AnyDirectiveEvent", decode(orjson.loads(event)["type"], event))
