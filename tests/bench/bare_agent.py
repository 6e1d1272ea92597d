"""A bare Faust agent that only counts: `python -m tests.bench.bare_agent BROKERS GROUP MESSAGES TOPIC…`.

Prints how many messages a second it took, from the first to the last. Its settings are the worker's.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from typing import Any

import faust
import uvloop
from mode.supervisors import CrashingSupervisor


async def measure(brokers: str, group: str, messages: int, topics: list[str], folder: str) -> float:
    """Messages a second; the folder is for what Faust makes on disk, whether it keeps tables or not."""
    app = faust.App(
        group,
        broker=f"kafka://{brokers}",
        agent_supervisor=CrashingSupervisor,
        broker_commit_interval=0.2,
        consumer_auto_offset_reset="earliest",
        datadir=folder,
        key_serializer="raw",
        store="memory://",
        stream_buffer_maxsize=256,
        stream_wait_empty=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        value_serializer="raw",
        web_enabled=False,
    )
    taken: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    async def count(stream: Any) -> None:
        seen, started = 0, 0.0
        async for _ in stream:
            seen += 1
            if seen == 1:
                started = time.perf_counter()
            if seen == messages:
                taken.set_result(time.perf_counter() - started)

    app.agent(app.topic(*topics, key_type=bytes, value_type=bytes))(count)
    await app.start()
    return messages / await taken


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        with tempfile.TemporaryDirectory() as folder:
            measured = runner.run(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:], folder))
        sys.stdout.write(f"{measured}\n")
        sys.stdout.flush()
        os._exit(0)  # it has nothing to leave behind
