"""The one transaction of a batch: what effects see of it, and how their commands are decided and stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from services.adapters.kafka.folding import Fold, wanted
from services.application.ports import Replayed, Won

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from asyncpg import Connection, Record

    from schemas.envelope import Recorded
    from schemas.registry import AnyEvent
    from services.adapters.kafka.folding import States
    from services.adapters.postgres.store import PostgresStore
    from services.application.ports import Outcome
    from services.application.reactions import Reaction


class LostRace(Exception):
    """Somebody else appended to a stream between the decision and the append."""


@dataclass
class Transaction:
    """The transaction of a batch, as effects see it (`services.application.reactions.BatchTransaction`)."""

    connection: Connection[Record]
    store: PostgresStore
    states: States
    now: datetime
    fold: Fold | None = None
    """What the whole batch is decided in, to be stored together; None: each call is stored at once."""
    _given: Counter[tuple[UUID, str]] = field(default_factory=Counter)
    _caused: defaultdict[UUID, list[AnyEvent]] = field(default_factory=lambda: defaultdict(list))

    def stamp(self, now: datetime) -> None:
        """Give what is decided from now on this time; of what was decided before, nothing is left to store."""
        self.now = now
        if self.fold is not None:
            self.fold.now = now

    def caused(self, cause: Recorded) -> Sequence[AnyEvent]:
        """Return what commands of this cause have left behind so far."""
        return tuple(self._caused[cause.event_id])

    async def expect(self, reactions: Sequence[Reaction]) -> None:
        """Read the states that commands will be about, in one go."""
        if self.fold is not None:
            await self._learn(self.fold, reactions)

    async def carry_out(self, cause: Recorded, reactions: Sequence[Reaction]) -> Sequence[AnyEvent]:
        """Carry out commands in this transaction, of which the append lock is held; return what happens."""
        if not reactions:
            return ()
        if self.fold is None:
            happened = await self._at_once(cause, reactions)
        else:
            await self._learn(self.fold, reactions)
            happened = self.fold.carry_out(cause, reactions)
        self._caused[cause.event_id] += happened
        return happened

    def decide(self, cause: Recorded, reactions: Sequence[Reaction]) -> None:
        """Decide commands on states that the batch's fold knows."""
        assert self.fold is not None  # noqa: S101 - the batch is carried out together
        self._caused[cause.event_id] += self.fold.carry_out(cause, reactions)

    async def settle(self) -> bool:
        """Store what was decided so far, so that it can be read; return whether there was anything."""
        appends = [] if self.fold is None else self.fold.appends()
        if self.fold is None or not appends:
            return False
        outcomes = await self.store.append_within(self.connection, appends)
        if not all(isinstance(outcome, Won) for outcome in outcomes):
            raise LostRace
        self.fold.stored()
        return True

    async def _learn(self, fold: Fold, reactions: Sequence[Reaction]) -> None:
        unknown = {stream: of for stream, of in wanted(reactions).items() if not fold.knows(stream)}
        # Kept: under the append lock, what this transaction has not touched is committed.
        fold.learn(await self.states.fresh(self.connection, unknown, keep=True))

    async def _at_once(self, cause: Recorded, reactions: Sequence[Reaction]) -> list[AnyEvent]:
        given = Counter(self._given)
        outcomes, happened = await self._appended(cause, reactions)
        if Replayed in outcomes:
            # One was carried out before, without its inbox row: each by itself, so that only that one is passed over.
            self._given = given
            happened = []
            for reaction in reactions:
                happened += (await self._appended(cause, [reaction]))[1]
        return happened

    async def _appended(
        self, cause: Recorded, reactions: Sequence[Reaction]
    ) -> tuple[set[type[Outcome]], list[AnyEvent]]:
        # Not kept: it may hold what this transaction has written and not committed.
        states = await self.states.fresh(self.connection, wanted(reactions), keep=False)
        fold = Fold(states, self.now, self._given)
        happened = fold.carry_out(cause, reactions)
        outcomes = {type(outcome) for outcome in await self.store.append_within(self.connection, fold.appends())}
        if outcomes - {Won, Replayed}:
            raise LostRace
        return outcomes, happened
