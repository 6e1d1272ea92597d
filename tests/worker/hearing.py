"""The counting worker of a newer release, which also hears: `python -m tests.worker.hearing`; may kill itself."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from services.adapters.kafka import learning
from services.adapters.kafka.learning import Lessons
from services.application.reactions import BatchTransaction, Lesson
from services.entrypoints.worker import run
from tests.worker import counting
from tests.worker.process import perhaps_die

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from asyncpg import Connection, Record
    from structlog.typing import EventDict

    from schemas.envelope import Recorded
    from tests.parts import Database

HEARD = "create table discipline.heard (stream text primary key, version int not null, times int not null)"
_HEAR = """
    insert into heard as known (stream, version, times) values ($1, $2, 1)
    on conflict (stream) do update set version = excluded.version, times = known.times + 1
    where known.version < excluded.version"""
POINTS = ("folded", "folds_on", "lesson_learned", "before_joining", "before_catching_up", "lesson_caught_up")
"""Between every two steps of a lesson, in their order."""


async def fold(connection: Connection[Record], batch: Sequence[Recorded]) -> None:
    """Count what is newer than what was heard: what is folded out of its order is missing in the count."""
    for one in batch:
        await connection.execute(_HEAR, one.stream, one.version)


async def hear(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """The same as an effect."""
    await fold(transaction.connection, batch)


LESSON = Lesson("heard", counting.TOPIC, fold)
SPEC = replace(counting.SPEC, effects=(*counting.SPEC.effects, hear), lessons=(LESSON,))


def heard(database: Database) -> dict[str, tuple[int, int]]:
    """What was heard: stream → last version, and how many."""
    rows = database.execute("select stream, version, times from discipline.heard")
    return {str(stream): (int(str(version)), int(str(times))) for stream, version, times in rows}


def die_where_it_is_said(_logger: object, _method: str, said: EventDict) -> EventDict:
    """Before the line is written."""
    perhaps_die(said["event"])
    return said


_learn, _read, _calls = Lessons.learn, Lessons._read, [0]


async def dying_fold(connection: Connection[Record], batch: Sequence[Recorded]) -> None:
    """With something written and not committed; or when something was committed and more is to come."""
    _calls[0] += 1
    if _calls[0] > 1:
        perhaps_die("folds_on")
    await fold(connection, batch)
    perhaps_die("folded")


async def learn(self: Lessons, stop: asyncio.Event) -> None:
    """Then wait until the test lets it join."""
    await _learn(self, stop)
    perhaps_die("before_joining")
    await asyncio.to_thread(_held)


def _held() -> None:
    while "HOLD" in os.environ and not Path(os.environ["HOLD"]).exists():
        time.sleep(0.05)


async def read(self: Lessons, lesson: Lesson, missing: Mapping[int, range], stop: asyncio.Event) -> int:
    """What others have taken is not yet folded."""
    if not self.under_way and missing:
        perhaps_die("before_catching_up")
    return await _read(self, lesson, missing, stop)


if __name__ == "__main__":
    learning.BATCH = 10
    learning.log = structlog.wrap_logger(
        structlog.PrintLogger(sys.stdout), processors=[die_where_it_is_said, structlog.processors.JSONRenderer()]
    )
    Lessons.learn = learn  # type: ignore[method-assign]  # a crash is staged from the inside
    Lessons._read = read  # type: ignore[method-assign]  # a crash is staged from the inside
    code = run(replace(SPEC, lessons=(replace(LESSON, fold=dying_fold),)))
    sys.stdout.flush()
    os._exit(code)
