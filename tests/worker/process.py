"""The counting worker as a process, which may kill itself at a chosen point: `python -m tests.worker.process`."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sys
from typing import TYPE_CHECKING

from aiokafka.client import AIOKafkaClient  # type: ignore[import-untyped]

from services.adapters.kafka.handling import Handling, Judged
from services.application.reactions import BatchTransaction, WorkerSpec
from services.entrypoints.worker import run
from tests.worker.counting import SPEC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.envelope import Recorded
    from services.adapters.kafka.taking import Mark, Taken

POINT = os.environ.get("CRASH_POINT", "")
CHANCE = float(os.environ.get("CRASH_CHANCE", "0"))
LEFT_BEHIND: list[asyncio.Task[None]] = []
_handle = Handling.carry_out


def perhaps_die(point: str) -> None:
    """SIGKILL this process, by chance, at the chosen point."""
    if point == POINT and random.random() < CHANCE:
        os.kill(os.getpid(), signal.SIGKILL)


async def never_end() -> None:
    """Go on, whoever cancels it."""
    while True:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(60)


async def before_effect(_transaction: BatchTransaction, _recorded: Sequence[Recorded]) -> None:
    """Between the events of a batch and its effects."""
    if "LEFT_BEHIND" in os.environ:
        LEFT_BEHIND.append(asyncio.create_task(never_end()))
    perhaps_die("before_effect")


async def before_commit(_transaction: BatchTransaction, _recorded: Sequence[Recorded]) -> None:
    """When everything is written and nothing committed."""
    perhaps_die("before_commit")


async def carry_out(self: Handling, messages: Sequence[Taken], marks: Sequence[Mark] = ()) -> Judged:
    """As the worker does; then between commit and acknowledgement."""
    judged = await _handle(self, messages, marks)
    perhaps_die("before_ack")
    return judged


async def knows_no_broker(*_: object) -> str:
    """As aiokafka fails where the first answer that it got named no broker."""
    raise AssertionError("Did we not perform bootstrap?")


if "KNOWS_NO_BROKER" in os.environ:
    AIOKafkaClient.coordinator_lookup = knows_no_broker

Handling.carry_out = carry_out  # type: ignore[method-assign]  # a crash is staged from the inside

if __name__ == "__main__":
    effects = (before_effect, *SPEC.effects, before_commit)
    code = run(WorkerSpec(SPEC.context, SPEC.topics, SPEC.react, effects))
    sys.stdout.flush()
    os._exit(code)
