"""The directory: the organisation as it stands now, asked by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspection.organisation import queries
from inspection.organisation.decide import decide
from inspection.organisation.evolve import evolve
from inspection.organisation.state import INITIAL, Organisation
from services.application.aggregate import Aggregate
from services.application.coalescing import Coalesced

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from inspection.organisation.commands import Command
    from schemas.inspection.organisation import AnyOrganisationEvent
    from services.application.handler import Handler

ORGANISATION: Aggregate[Organisation, Command, AnyOrganisationEvent] = Aggregate(
    "inspection", "organisation", INITIAL, decide, evolve, snapshot_every=200
)
AUTHORITY = "authority"
"""The suite serves one authority, so its organisation is one stream."""
STREAM = ORGANISATION.stream(AUTHORITY)


class Directory:
    """The organisation for whoever puts its facts on commands or asks for permissions.

    `current()` is the organisation with everything that was recorded before the call; its queries by day are the
    functions of `inspection.organisation.queries`.
    """

    def __init__(self, read: Callable[[], Awaitable[Organisation]]) -> None:
        self.current = Coalesced(read)

    async def within(self, agency_id: str, ancestor_id: str, day: date) -> bool:
        """Whether the agency is the ancestor or stands below it on that day."""
        return queries.within(await self.current(), agency_id, ancestor_id, day)

    async def parent(self, agency_id: str, day: date) -> str | None:
        """The agency above on that day; none at the root or for an unknown one."""
        return queries.parent(await self.current(), agency_id, day)

    async def subtree(self, ancestor_id: str, day: date) -> frozenset[str]:
        """The ancestor and every agency below it on that day, ended ones that it inherited included."""
        return queries.subtree(await self.current(), ancestor_id, day)


def own_directory(handler: Handler) -> Directory:
    """The directory of the context in which the organisation is recorded."""

    async def read() -> Organisation:
        state: Organisation = (await handler.load(ORGANISATION, STREAM)).state
        return state

    return Directory(read)
