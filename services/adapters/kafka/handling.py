"""A batch of messages in one transaction: inbox, commands, effects and watermarks commit together or not at all.

Locks are taken in the one order of the store: inbox → append lock → events → views. Commands are
decided before the append lock is taken, on states read in the same transaction; whoever comes
between is found by the version, and the batch is decided anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from services.adapters.kafka.faults import RACES, describe, is_world
from services.adapters.kafka.folding import Fold, States, wanted
from services.adapters.kafka.parking import Overtaken, Tables
from services.adapters.kafka.queue import Inbox, Parked, Verdict
from services.adapters.kafka.taking import understand
from services.adapters.kafka.transaction import LostRace, Transaction
from services.adapters.postgres.append_lock import locked, unpromised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asyncpg import Connection, Record

    from services.adapters.kafka.folding import AnyAggregate
    from services.adapters.kafka.queue import Key
    from services.adapters.kafka.taking import Mark, Taken
    from services.adapters.postgres.store import PostgresStore
    from services.application.reactions import WorkerSpec

log = structlog.get_logger(__name__)

OPTIMISTIC_TRIES = 3
"""After so many lost races the append lock is taken before the decisions: slower for others, and certain."""
TRIES = 12
_NEWEST = 2**62
"""An arrival later than that of any row."""


@dataclass
class Judged:
    """What became of the messages of a batch."""

    handled: list[Taken] = field(default_factory=list)
    parked: list[Taken] = field(default_factory=list)
    duplicates: int = 0
    filled: list[Key] = field(default_factory=list)
    """Keys under which something waited for one of these messages."""


class Handling:
    """Handles a worker's messages.

    Args:
        store: the context's store.
        spec: what the worker does.
        tables: the consumer's rows.
        first_pause: seconds until a message that failed is tried again.
    """

    def __init__(self, store: PostgresStore, spec: WorkerSpec, tables: Tables, *, first_pause: float) -> None:
        self.store = store
        self.spec = spec
        self.tables = tables
        self.states = States(store)
        self.taught = frozenset(lesson.topic for lesson in spec.lessons)
        """Topics of which some fold may have missed what was handled before."""
        self._first_pause = first_pause

    async def carry_out(self, messages: Sequence[Taken], marks: Sequence[Mark] = ()) -> Judged:
        """Handle a batch and commit; a message that cannot be handled is parked, and it alone.

        Raises what the infrastructure raises: then nothing was committed, or nobody knows.
        """
        for message in messages:
            understand(message, self.spec.react)
        one_by_one = False
        for number in range(1, TRIES + 1):
            try:
                async with self.store.pool.acquire() as connection, connection.transaction():
                    attempt = _Attempt(self, connection, messages, marks)  # type: ignore[arg-type]  # a pool's proxy
                    if one_by_one:
                        await attempt.one_by_one()
                    else:
                        await attempt.together(certain=number > OPTIMISTIC_TRIES)
                await attempt.committed()
                return attempt.judged
            except (LostRace, Overtaken, *RACES) as race:
                self.states.forget(wanted(reaction for message in messages for reaction in message.reactions))
                log.info("batch_lost_race", context=self.spec.context, kind=type(race).__name__, number=number)
                # Lost under the lock, it was no race: a command was carried out before, without its inbox row.
                one_by_one = number > OPTIMISTIC_TRIES
            except Exception as failure:
                if is_world(failure) or one_by_one:
                    raise
                log.warning("batch_redone_one_by_one", context=self.spec.context, error=describe(failure))
                one_by_one = True
        raise RuntimeError("a batch lost every race")

    async def one(self, transaction: Transaction, message: Taken) -> None:
        """Handle one message within a savepoint of a transaction that holds the append lock.

        Raises whatever the message causes; then nothing of it is left behind.
        """
        if message.fault is not None:
            raise message.fault
        assert message.recorded is not None  # noqa: S101 - understood, or at fault
        async with transaction.connection.transaction():
            await transaction.carry_out(message.recorded, message.reactions)
            for effect in self.spec.effects:
                await effect(transaction, [message.recorded])

    async def fold_again(self, connection: Connection[Record], messages: Sequence[Taken]) -> None:
        """Fold what was handled before, perhaps by a process of the release before, which did not know the fold.

        The append lock is held. Raises whatever a fold raises.
        """
        for lesson in self.spec.lessons:
            of_lesson = [one.recorded for one in messages if one.topic == lesson.topic and one.recorded is not None]
            if of_lesson:
                async with connection.transaction():
                    await lesson.fold(connection, of_lesson)

    async def begin(self, connection: Connection[Record]) -> Transaction:
        """Begin a transaction that holds the append lock."""
        return Transaction(connection, self.store, self.states, await locked(connection))


class _Attempt:
    """One try at a batch."""

    def __init__(
        self, handling: Handling, connection: Connection[Record], messages: Sequence[Taken], marks: Sequence[Mark]
    ) -> None:
        self.judged = Judged()
        self._handling = handling
        self._connection = connection
        self._messages = messages
        self._marks = marks
        self._fold: Fold | None = None
        self._known: dict[str, int] = {}
        self._before: list[Taken] = []
        """What had been handled before this batch: folded first, since what is handled now comes after it."""

    async def together(self, *, certain: bool) -> None:
        """Decide everything, then append everything at once."""
        handling = self._handling
        inbox = await self._open(claim=certain)
        known = self._known = dict(inbox.taken)
        if certain:
            await locked(self._connection)
        states = await handling.states.fresh(self._connection, self._wanted(), keep=True)
        now = await unpromised(self._connection)
        self._fold = Fold(states, now)
        transaction = Transaction(self._connection, handling.store, handling.states, now, self._fold)
        for message in self._messages:
            if self._admitted(inbox, message) and not self._decided(transaction, message):
                self._failed(inbox, message)
        await self._write_down(known, inbox)
        settled = await transaction.settle()
        handled = [message.recorded for message in self.judged.handled if message.recorded is not None]
        if self._before or (handling.spec.effects and handled):
            if not settled:
                transaction.stamp(await locked(self._connection))
            await handling.fold_again(self._connection, self._before)
        if handling.spec.effects and handled:
            for effect in handling.spec.effects:
                await effect(transaction, handled)
            await transaction.settle()

    async def one_by_one(self) -> None:
        """Each message in a savepoint of its own, so that only the bad one is parked."""
        inbox = await self._open(claim=True)
        known = self._known = dict(inbox.taken)
        transaction = await self._handling.begin(self._connection)
        for message in self._messages:
            if not self._admitted(inbox, message):
                await self._fold_those_before(transaction)
                continue
            try:
                await self._handling.one(transaction, message)
            except (LostRace, *RACES):
                raise
            except Exception as fault:
                if is_world(fault):
                    raise
                message.fault = fault
                self._failed(inbox, message)
        await self._write_down(known, inbox)

    async def _fold_those_before(self, transaction: Transaction) -> None:
        """One by one: a fold that fails on what was handled before must not stop what comes behind it."""
        before, self._before = self._before, []
        for message in before:
            try:
                await self._handling.fold_again(transaction.connection, [message])
            except RACES:
                raise
            except Exception as fault:
                if is_world(fault):
                    raise
                event_id, error = message.event_id, describe(fault)
                log.error("not_folded_again", context=self._handling.spec.context, event_id=event_id, error=error)  # noqa: TRY400 - as told of what is parked

    async def committed(self) -> None:
        """Keep what is now true."""
        if self._fold is not None:
            await self._handling.states.committed(self._fold.after, self._fold.aggregates)

    async def _open(self, *, claim: bool) -> Inbox:
        places = [message.place for message in self._messages]
        streams = [message.stream for message in self._messages if message.stream is not None]
        return await self._handling.tables.open(self._connection, places, streams, claim=claim)

    def _wanted(self) -> dict[str, AnyAggregate]:
        return wanted(reaction for message in self._messages for reaction in message.reactions)

    def _admitted(self, inbox: Inbox, message: Taken) -> bool:
        """Judge a message by its place; count it as handled, unless it turns out to have a fault."""
        if message.stream is None or message.version is None:
            return True
        match inbox.admit(message.place, message.stream, message.version):
            case Verdict.DUPLICATE:
                self.judged.duplicates += 1
                known = self._known.get(message.stream, 0)
                if message.version <= known and message.topic in self._handling.taught:  # not of this batch, nor parked
                    self._before.append(message)
                return False
            case Verdict.WAIT:
                message.fault = None  # it is looked at when it is its turn
                self._park(inbox, message)
                return False
            case Verdict.HANDLE:
                inbox.take(message.stream, message.version)
                self.judged.handled.append(message)
                if inbox.waiting.get(message.place):
                    self.judged.filled.append(message.place)
                return True

    def _decided(self, transaction: Transaction, message: Taken) -> bool:
        if message.fault is None and message.recorded is not None:
            try:
                transaction.decide(message.recorded, message.reactions)
            except Exception as fault:  # noqa: BLE001 - a decider's refusal or defect parks this message alone
                message.fault = fault
        return message.fault is None

    def _failed(self, inbox: Inbox, message: Taken) -> None:
        if message.stream is not None and message.version is not None:
            inbox.take(message.stream, message.version - 1)
            self.judged.handled.pop()  # it was counted last
        self._park(inbox, message)

    def _park(self, inbox: Inbox, message: Taken) -> None:
        self.judged.parked.append(message)
        arrival = _NEWEST + len(self.judged.parked)
        inbox.park(message.place, Parked(arrival, message.stream, message.version))

    async def _write_down(self, known: dict[str, int], inbox: Inbox) -> None:
        """Everything of the worker's own, before the append lock is taken."""
        tables, connection = self._handling.tables, self._connection
        reached = {stream: version for stream, version in inbox.taken.items() if version > 0 or stream in known}
        await tables.move(connection, known, reached)
        if self.judged.parked:
            await tables.park(connection, self.judged.parked, self._handling._first_pause)  # noqa: SLF001 - its own part
        if self.judged.filled:
            await tables.wake(connection, self.judged.filled)
        if self._marks:
            await tables.follow(connection, self._marks)
            await connection.execute("select pg_notify($1, '')", f"{self._handling.spec.context}_watermark")
