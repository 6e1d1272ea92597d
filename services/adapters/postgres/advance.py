"""Moving the demo clock: from due time to due time, and at each until the suite has done what it brings.

A context says what comes next and what is not done yet by two functions in its schema, where it has them:
`next_due() returns timestamptz` (the earliest moment at which something of it falls due and has not been done) and
`unsettled() returns text` (what is on its way; null when nothing is).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

EVENT_SOURCED = ("inspection", "discipline", "notifier")
SETTLE_SECONDS = 60.0
_PAUSE = 0.02


class ClockStandsStill(Exception):
    """The deployment was not started with the demo clock."""


class ClockGoesForward(Exception):
    """A moment in the past was asked for."""


@dataclass
class NotSettled(Exception):
    """The suite did not get done with what a moment brought."""

    moment: datetime
    unsettled: tuple[str, ...]


class DemoClock:
    """The deployment's clock in the hands of its administrator.

    Args:
        admin_dsn: libpq address of the database, as who migrates.
        patience: seconds that the suite gets at each step.
    """

    def __init__(self, admin_dsn: str, *, patience: float = SETTLE_SECONDS) -> None:
        self._connection = psycopg.connect(admin_dsn, autocommit=True)
        self._patience = patience

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def now(self) -> datetime:
        """Return the suite's time."""
        return cast("datetime", self._value(sql.SQL("select suite.now()")))

    def movable(self) -> bool:
        """Return whether the deployment was started with the demo clock."""
        return bool(self._value(sql.SQL("select movable from suite.clock")))

    def advance(self, to: datetime, *, reached: Callable[[datetime], None] = lambda _: None) -> None:
        """Move the time to a moment, stopping at everything that falls due on the way.

        Args:
            to: the moment.
            reached: told of each stop when the suite is done with it.

        Raises:
            ClockStandsStill: without the demo clock.
            ClockGoesForward: it is later already.
            NotSettled: the suite did not get done in time.
        """
        if not self.movable():
            raise ClockStandsStill
        if to < self.now():
            raise ClockGoesForward
        self.settle()
        while (due := self.next_due()) is not None and due < to:
            self._set(due)
            self.settle()
            reached(due)
        self._set(to)
        self.settle()
        reached(to)

    def next_due(self) -> datetime | None:
        """Return when something falls due next in any context."""
        found = [cast("datetime | None", self._value(function)) for function in self._functions("next_due")]
        return min((moment for moment in found if moment is not None), default=None)

    def settle(self) -> None:
        """Return when every event is applied everywhere, nothing is due, and nothing new came of it.

        Raises:
            NotSettled: it took too long.
        """
        until = time.monotonic() + self._patience
        while True:
            positions = self._positions()  # before the moment, so that applied through it covers all of them
            moment = self.now()
            while left := self._left(moment):
                if time.monotonic() > until:
                    raise NotSettled(moment, left)
                time.sleep(_PAUSE)
            if self._positions() == positions:
                return

    def _set(self, moment: datetime) -> None:
        """Set the time, never back: what fell due while the suite was busy is passed already."""
        self._connection.execute(
            'update suite.clock set "offset" = greatest("offset", %s - clock_timestamp())', [moment]
        )
        self._wake()

    def _wake(self) -> None:
        self._connection.execute("notify suite_clock")

    def _left(self, moment: datetime) -> tuple[str, ...]:
        """Return what is not done yet as of a moment, in words for an operator."""
        self._wake()
        left = [f"{name}: {behind}" for name, behind in self._behind(moment)]
        left += [f"{name}: {count} wait for their turn" for name, count in self._waiting()]
        due = self.next_due()
        if due is not None and due <= moment:
            left.append(f"due {due.isoformat()}")
        left += [str(told) for function in self._functions("unsettled") if (told := self._value(function)) is not None]
        return tuple(left)

    def _behind(self, moment: datetime) -> Iterator[tuple[str, str]]:
        """Yield each consumer's topic that was not applied through a moment, with how far it was."""
        statement = sql.SQL(
            "select consumer || ' ' || topic, min(through) from {}.applied_watermarks"
            " group by consumer, topic having min(through) < %s"
        )
        for schema in self._schemas():
            for name, through in self._connection.execute(statement.format(sql.Identifier(schema)), [moment]):
                yield name, through.isoformat()

    def _waiting(self) -> Iterator[tuple[str, int]]:
        """Yield each consumer's topic with messages that wait for one before them, and how many: no watermark says so.

        Not those behind one that failed: an operator is to say what becomes of it.
        """
        statement = sql.SQL(
            "select p.consumer || ' ' || p.topic, count(*) from {parked} p where p.state = 'waiting' and not exists ("
            " select from {parked} f where f.consumer = p.consumer and f.topic = p.topic and f.key = p.key"
            " and f.state in ('failed', 'dead')) group by p.consumer, p.topic"
        )
        for schema in self._schemas():
            yield from self._connection.execute(statement.format(parked=sql.Identifier(schema, "parked")))

    def _positions(self) -> list[object]:
        statement = sql.SQL("select max(position) from {}.events")
        return [self._value(statement.format(sql.Identifier(schema))) for schema in self._schemas()]

    def _schemas(self) -> list[str]:
        found = self._connection.execute(
            "select nspname from pg_namespace where nspname = any(%s) order by nspname", [list(EVENT_SOURCED)]
        )
        return [name for (name,) in found]

    def _functions(self, name: str) -> list[sql.Composed]:
        found = self._connection.execute(
            "select n.nspname from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
            " where p.proname = %s and n.nspname = any(%s) order by n.nspname",
            [name, list(EVENT_SOURCED)],
        )
        return [sql.SQL("select {}()").format(sql.Identifier(schema, name)) for (schema,) in found]

    def _value(self, statement: sql.SQL | sql.Composed) -> object:
        row = self._connection.execute(statement).fetchone()
        return row[0] if row else None
